//! Figures: numbers with a unit.

use crate::lexicon::{Lexicon, TargetCues, Unit};
use crate::read::scanned_text::ScannedText;
use crate::text::{cardinal, cardinal_len, find_number};
use std::ops::Range;

/// A number with its unit, as printed.
#[derive(Clone, Debug)]
pub(super) struct Figure<'a> {
    /// Number, both ends of a range, and unit.
    pub(super) range: Range<usize>,
    pub(super) value: f64,
    /// The upper end of a range: 3 of 2-3个.
    pub(super) high: Option<f64>,
    pub(super) unit: &'a Unit,
    /// Name of the unit in a target.
    pub(super) unit_name: &'a str,
    /// The number is a Chinese numeral.
    pub(super) chinese: bool,
}

impl Figure<'_> {
    pub(super) fn is_share(&self) -> bool {
        matches!(self.unit_name, "%" | "‰")
    }
}

/// Returns the first figure in `at..end`. O(n).
pub(super) fn next_figure<'a>(
    text: &ScannedText<'a>,
    mut at: usize,
    end: usize,
) -> Option<Figure<'a>> {
    let words = text.before(end);
    loop {
        let start = at + find_number(&words[at..])?;
        match figure(text.lexicon, words, start) {
            Ok(figure) => return Some(figure),
            Err(next) => at = next,
        }
    }
}

/// Returns the figure at `start`, or the offset at which to continue.
fn figure<'a>(lexicon: &'a Lexicon, text: &'a str, start: usize) -> Result<Figure<'a>, usize> {
    let (value, len, chinese) = number(&text[start..]);
    if len == 0 {
        // All that was read is skipped, so that it is read once.
        return Err(start + cardinal_len(&text[start..]));
    }
    let cues = &lexicon.cues.targets;
    let second = second_end(cues, &text[start + len..], chinese);
    let mut high = second.map(|(value, _)| value);
    let rest = &text[start + len + second.map_or(0, |(_, len)| len)..];
    let rest = rest.trim_start_matches("余");
    let unit_start = text.len() - rest.len();
    let Some((unit, multiplier)) = unit(lexicon, rest) else { return Err(unit_start) };
    let mut end = unit_start + multiplier + unit.form.len();
    let printed_unit = &text[unit_start..end];
    // 10%至20%, but not 由3批至1批
    let changes = cues.change_starts.end(&text[..start]).is_some();
    if high.is_none()
        && !changes
        && let Some((value, len)) = second_end(cues, &text[end..], chinese)
        && text[end + len..].starts_with(printed_unit)
    {
        high = Some(value);
        end += len + printed_unit.len();
    }
    let unit_name = unit.unit.as_deref().unwrap_or(printed_unit);
    let figure = Figure { range: start..end, value, high, unit, unit_name, chinese };
    if is_other_number(cues, text, &figure) { Err(end) } else { Ok(figure) }
}

/// Returns the upper end of a range, with the mark before it: 至20 after 10. Returns
/// value and length.
fn second_end(cues: &TargetCues, text: &str, chinese: bool) -> Option<(f64, usize)> {
    let rest = cues.range_marks.strip_start(text)?;
    let (value, len, other) = number(rest);
    (len > 0 && other == chinese).then_some((value, text.len() - rest.len() + len))
}

/// Returns the unit at the start of `text`, and the length of a multiplier before it:
/// 1万名 counts 名.
fn unit<'a>(lexicon: &'a Lexicon, text: &str) -> Option<(&'a Unit, usize)> {
    let units = &lexicon.quantities.units;
    let multiplied = || {
        let rest = lexicon.cues.targets.multipliers.strip_start(text)?;
        let unit = units.start(rest)?;
        let counts = unit.count && unit.form.chars().count() == 1;
        counts.then_some((unit, text.len() - rest.len()))
    };
    multiplied().or_else(|| Some((units.start(text)?, 0)))
}

/// Returns true for a number that is not a quantity: 第3, GS-2024, 2024年, 6月30日,
/// 一带一路.
fn is_other_number(cues: &TargetCues, text: &str, figure: &Figure) -> bool {
    let &Figure { ref range, value, high, unit, chinese, .. } = figure;
    let before = text[..range.start].chars().next_back();
    let part = before.is_some_and(|c| {
        c == '第' || c.is_ascii_alphabetic() || (c == '-' && !chinese) || c == '.'
    });
    let year = unit.form == "年" && !chinese && value >= 1900.0;
    let day = unit.form == "日" && before == Some('月');
    // Chinese numerals count with few units: 一批, but not 一件.
    let idiom = chinese && !unit.time && high.is_none() && !cues.counted_units.contains(&unit.form);
    part || year || day || idiom
}

/// Returns the number at the start of `text`, its length (0 if there is none), and true
/// if it is a Chinese numeral.
fn number(text: &str) -> (f64, usize, bool) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut len = digits(text);
    if len > 0 {
        // 1,200
        while len > 0 && text[len..].starts_with(',') && digits(&text[len + 1..]) == 3 {
            len += 4;
        }
        let fraction = text[len..].strip_prefix('.').map_or(0, digits);
        len += if fraction > 0 { fraction + 1 } else { 0 };
        return (text[..len].replace(',', "").parse().unwrap_or(f64::NAN), len, false);
    }
    cardinal(text).map_or((0.0, 0, true), |(value, len)| (value.into(), len, true))
}
