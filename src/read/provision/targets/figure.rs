//! Figures: numbers with a unit.

use super::amount::{SHARES, amount, number};
use super::shared_unit::shared_unit;
use super::unit::UnitName;
use crate::lexicon::{Lexicon, Unit};
use crate::read::scanned_text::ScannedText;
use crate::text::cardinal_len;
use std::ops::Range;

/// A number with its unit, as printed.
#[derive(Clone, Debug)]
pub(super) struct Figure<'a> {
    /// Number, both ends of a range, and unit.
    pub(super) range: Range<usize>,
    pub(super) value: f64,
    /// The upper end of a range: 3 of 2-3个.
    pub(super) high: Option<f64>,
    pub(super) unit: UnitName<'a>,
    /// The number is a Chinese numeral.
    pub(super) chinese: bool,
    /// Both ends are bounds: 5万元以上10万元以下. The words are in `range`.
    pub(super) bounded: bool,
}

impl<'a> Figure<'a> {
    /// Returns the unit without its multiplier.
    pub(super) fn base(&self) -> &'a Unit {
        self.unit.base
    }

    pub(super) fn is_share(&self) -> bool {
        matches!(self.base().form.as_str(), "%" | "‰")
    }

    /// Returns true for a share or a multiple of something: 30%, 2倍.
    pub(super) fn is_part(&self) -> bool {
        self.is_share() || self.base().form == "倍"
    }

    /// Returns true for a number or an amount of things: 20家, 120公里. Times, sums, shares and changes
    /// are none.
    pub(super) fn is_of_things(&self) -> bool {
        let unit = self.base();
        let other = unit.time || unit.money || unit.bound || unit.margin || self.is_share();
        let change = matches!(unit.form.as_str(), "倍" | "番" | "百分点");
        unit.count || !(other || change)
    }

    /// Returns the lower and the upper value; the upper one only, if it is no range.
    pub(super) fn values(&self) -> (Option<f64>, Option<f64>) {
        match self.high {
            Some(high) => (Some(self.value), Some(high)),
            None => (None, Some(self.value)),
        }
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
        let start = text.view.index().next_number(words, at..end)?;
        match figure(text.lexicon, words, start) {
            Ok(figure) => return Some(figure),
            Err(next) => at = next,
        }
    }
}

/// Returns true if `text` begins with a number and its unit.
pub(super) fn is_figure(lexicon: &Lexicon, text: &str) -> bool {
    figure(lexicon, text, 0).is_ok()
}

/// Returns the figure at `start`, or the offset at which to continue.
fn figure<'a>(lexicon: &'a Lexicon, text: &'a str, start: usize) -> Result<Figure<'a>, usize> {
    let number = number(&text[start..]);
    if number.len == 0 {
        // All that was read is skipped, so that it is read once.
        return Err(start + cardinal_len(&text[start..]).max('半'.len_utf8()));
    }
    let after_number = start + number.len;
    // 百分之五十
    let start = SHARES.iter().find(|(share, _)| text[..start].ends_with(share));
    let start = start
        .map_or(after_number - number.len, |(share, _)| after_number - number.len - share.len());
    let figure = range(lexicon, text, start).or_else(|| single(lexicon, text, start));
    let Some(figure) = figure else { return Err(after_number) };
    let other = is_other_number(lexicon, text, &figure);
    if other { Err(figure.range.end.max(after_number)) } else { Ok(figure) }
}

/// Returns the range of two numbers with one unit: 2-3个.
fn range<'a>(lexicon: &'a Lexicon, text: &'a str, start: usize) -> Option<Figure<'a>> {
    let low = number(&text[start..]);
    let rest = &text[start + low.len..];
    let second = lexicon.cues.targets.range_marks.strip_start(rest).filter(|_| low.len > 0)?;
    let high = amount(lexicon, second).filter(|high| high.number.chinese == low.chinese)?;
    let end = text.len() - second.len() + high.len;
    Some(Figure {
        range: start..end,
        value: low.value * high.factor,
        high: Some(high.value()),
        unit: high.unit,
        chinese: low.chinese,
        bounded: false,
    })
}

/// Returns the figure at `start`, and the second end of its range: 10%至20%, 5万元以上10万元以下.
fn single<'a>(lexicon: &'a Lexicon, text: &'a str, start: usize) -> Option<Figure<'a>> {
    let low = amount(lexicon, &text[start..])?;
    let end = start + low.len;
    let figure = Figure {
        range: start..end,
        value: low.value(),
        high: None,
        unit: shared_unit(lexicon, text, start, &low).unwrap_or(low.unit),
        chinese: low.number.chinese,
        bounded: false,
    };
    // 1.80周岁及以上 is item 1 of a list.
    if figure.base().age && figure.value.fract() > 0.0 {
        let item = text[start..].find('.').map_or(0, |dot| dot + 1);
        return single(lexicon, text, start + item);
    }
    Some(upper_end(lexicon, text, &figure).unwrap_or(figure))
}

/// Returns a figure with the second amount after it, the upper end of one range.
fn upper_end<'a>(lexicon: &'a Lexicon, text: &'a str, low: &Figure<'a>) -> Option<Figure<'a>> {
    let (cues, q) = (&lexicon.cues.targets, &lexicon.quantities);
    let rest = &text[low.range.end..];
    let (middle, bounded) = match q.above.strip_start(rest) {
        Some(above) => (cues.range_middles.strip_start(above).unwrap_or(above), true),
        None => (cues.range_marks.strip_start(rest)?, false),
    };
    // 由3批至1批 is a change.
    if !bounded && cues.change_starts.end(&text[..low.range.start]).is_some() {
        return None;
    }
    let high = amount(lexicon, middle)?;
    let value = high.unit.convert(low.value, &low.unit)?;
    let end = text.len() - middle.len() + high.len;
    let below = q.below.start(&text[end..]).filter(|_| bounded);
    if bounded && below.is_none() && middle.len() == rest.len() {
        return None;
    }
    // 5万元以上10万元 without 以下 is no range; 5万元以上不足10万元 is one.
    let open = bounded && below.is_none();
    let negated = || cues.range_middles.end(&text[..text.len() - middle.len()]);
    if open && negated().is_none_or(|middle| !middle.starts_with(['不', '未', '低', '少'])) {
        return None;
    }
    Some(Figure {
        range: low.range.start..end + below.map_or(0, str::len),
        value,
        high: Some(high.value()),
        unit: high.unit,
        chinese: low.chinese,
        bounded,
    })
}

/// Returns true for a number that is not a quantity: 第3, GS-2024, 2024年, 2025级, 6月30日, 一带一路,
/// 每6个月, 三分之一, 三年行动.
fn is_other_number(lexicon: &Lexicon, text: &str, figure: &Figure) -> bool {
    let &Figure { ref range, value, high, chinese, .. } = figure;
    let unit = figure.base();
    let before = text[..range.start].chars().next_back();
    let after = &text[range.end..];
    let part = before.is_some_and(|c| {
        c == '第' || c.is_ascii_alphabetic() || (c == '-' && !chinese) || matches!(c, '.' | '×')
    });
    let year = (unit.form == "年" || unit.cohort) && !chinese && value >= 1900.0;
    let day = unit.form == "日" && before == Some('月');
    let every = unit.time && (before == Some('每') || is_period(lexicon, after));
    // 1ms has another unit.
    let cut = text[..range.end].ends_with(|c: char| c.is_ascii_alphabetic())
        && after.starts_with(|c: char| c.is_ascii_alphabetic());
    let plan = unit.form == "年" && is_plan(lexicon, &text[..range.start], after);
    let fraction = unit.form == "分" && after.starts_with('之');
    // 上半年 and 半数 are no figures.
    let half =
        value == 0.5 && chinese && (!unit.time || matches!(before, Some('上' | '下' | '前')));
    // Chinese numerals count with few units: 一批, but not 一件.
    let counted = unit.time
        || unit.money
        || unit.age
        || high.is_some()
        || figure.is_share()
        || lexicon.cues.targets.counted_units.contains(&unit.form);
    part || cut || plan || year || day || every || fraction || half || (chinese && !counted)
}

/// Returns true for the years in the name of a plan: 三年行动. A bound or the name of a term before
/// them makes them a figure: 缓缴期限3年滚动使用.
fn is_plan(lexicon: &Lexicon, before: &str, after: &str) -> bool {
    let (cues, q) = (&lexicon.cues.targets, &lexicon.quantities);
    let bound =
        || [&cues.terms, &q.at_least, &q.at_most].into_iter().any(|w| w.end(before).is_some());
    cues.plan_names.start(after).is_some() && !bound()
}

/// Returns true if a time before `text` is how often something is done: 半年 of 半年一次.
fn is_period(lexicon: &Lexicon, text: &str) -> bool {
    let times = amount(lexicon, text);
    times.is_some_and(|times| matches!(times.unit.base.form.as_str(), "次" | "轮"))
}
