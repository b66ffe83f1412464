//! An instrument from its title and number, its issuers, and the numbers in a
//! range.

use super::agencies;
use super::names::{Identity, NamedInstrument, Names};
use super::numbers::{Serial, digits, numbers_at, serial_ending, standard_len};
use super::title_forms::numbered_kind;
use crate::lexicon::{Instrument, STATE, TitleKey};
use crate::model::{InstrumentKind, Rule};
use crate::read::scanned_text::ScannedText;
use crate::text::{NameMark, is_han, since_mark};
use std::ops::Range;
use std::rc::Rc;

/// Returns an instrument by its title and number as printed. Where the
/// vocabulary knows it, title, kind and missing number are the official ones.
pub(crate) fn instrument(
    text: &ScannedText,
    title: String,
    number: Option<String>,
    title_range: Range<usize>,
    range: Range<usize>,
    rule: Rule,
) -> NamedInstrument {
    let instruments = &text.lexicon.instruments;
    let key = TitleKey::new(&title);
    let known = number.as_deref().and_then(|number| instruments.numbered(number));
    let identity = match known.or_else(|| instruments.titled(&key)) {
        Some(known) => known_identity(known, number),
        None => {
            let kind = match rule {
                Rule::Number => numbered_kind(text.lexicon, &title),
                _ => instruments.kind(&title),
            };
            let kind = match kind {
                InstrumentKind::Other if is_standard(text, number.as_deref()) => {
                    InstrumentKind::Standard
                }
                kind => kind,
            };
            Identity { title, key, number, kind }
        }
    };
    NamedInstrument { identity: Rc::new(identity), title_range, range, rule }
}

/// Returns true for the code of a standard: GB/T 26341-2010.
fn is_standard(text: &ScannedText, number: Option<&str>) -> bool {
    let standards = &text.lexicon.instruments.standards;
    number.is_some_and(|number| {
        let code = |start: &String| number.strip_prefix(start.as_str());
        standards.iter().filter_map(code).any(|rest| standard_len(rest) > 0)
    })
}

/// Returns an instrument of the vocabulary, with the number as printed if there is one.
pub(crate) fn known_identity(known: &Instrument, number: Option<String>) -> Identity {
    Identity {
        title: known.title.clone(),
        key: TitleKey::new(&known.title),
        number: number.or_else(|| known.number.clone()),
        kind: known.kind,
    }
}

/// Returns the start of the issuers' names that end at `open`: 国家药监局《,
/// 中共中央、国务院《. `open` itself if there are none.
pub(crate) fn issuer_start(names: &Names, from: usize, open: usize) -> usize {
    /// Maximum length of the issuers' names in characters.
    const ISSUERS: usize = 60;
    let text = names.text;
    let clause = since_mark(text.slice(from..open), ISSUERS, &['。', ';', '\n', '》']);
    let from = open - clause.len();
    let mut start = open;
    for mention in agencies::mentions(names, &(from..open)).into_iter().rev() {
        let between = text.slice(mention.range.end..start);
        if !(between.is_empty() || between == "、") || (between == "、" && start == open) {
            break;
        }
        start = mention.range.start;
    }
    start
}

/// Returns the document numbers, orders and announcements in a range.
pub(crate) fn numbers_in(names: &Names, range: &Range<usize>) -> Vec<(Range<usize>, String)> {
    let text = names.text.slice(range.clone());
    let in_view = |words: Range<usize>| range.start + words.start..range.start + words.end;
    let ends: Vec<usize> =
        names.text.marks(NameMark::Number, range.clone()).map(|at| at - range.start).collect();
    if ends.is_empty() {
        return Vec::new();
    }
    let codes = numbers_at(names.text.lexicon, text, &ends).into_iter();
    let codes = codes.map(|(words, number)| (in_view(words), number));
    codes.chain(serials_in(names, range, &ends)).collect()
}

/// Returns the orders and announcements in a range, and the further numbers of each:
/// 海关总署公告2020年第75号、2018年第194号、第219号. O(n).
///
/// * `ends`: the offsets of all 号 in the range.
fn serials_in(names: &Names, range: &Range<usize>, ends: &[usize]) -> Vec<(Range<usize>, String)> {
    let text = names.text.slice(range.clone());
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for &end in ends {
        let serial = || {
            let Serial { range: words, number } = serial_ending(names.text.lexicon, text, end)?;
            let words = range.start + words.start..range.start + words.end;
            let start = series_agency_start(names, range.start, words.start)?;
            let agency = names.text.slice(start..words.start).trim_start_matches(STATE);
            Some((start..words.end, [agency, &number].concat()))
        };
        let further = |last: &(Range<usize>, String)| {
            let from = last.0.end - range.start;
            let rest =
                names.text.lexicon.cues.numbers.run_marks.strip_start(text.get(from..end)?)?;
            // The mark can end with 第.
            let at = end - rest.len();
            let at = if text[..at].ends_with('第') { at - '第'.len_utf8() } else { at };
            let number = next_in_series(&last.1, &text[at..end])?;
            let end = end + '号'.len_utf8();
            let ends = continues_series(names, &text[end..]);
            ends.then(|| (range.start + at..range.start + end, number))
        };
        let next = serial().or_else(|| found.last().and_then(further));
        found.extend(next);
    }
    found
}

/// Returns the number of an announcement after another one: 公告2018年第194号 for 2018年第194 after
/// 公告2020年第75号. Without a year it has 第: 3号 can be a gate.
fn next_in_series(last: &str, words: &str) -> Option<String> {
    let (before, _) = last.rsplit_once('第')?;
    let year = words.get(..4).filter(|year| digits(year) && words[4..].starts_with('年'));
    let n = year.map_or(words, |_| &words[4 + '年'.len_utf8()..]);
    let n = match n.strip_prefix('第') {
        Some(n) => n,
        None => year.map(|_| n)?,
    };
    let kind = before.trim_end_matches('年').trim_end_matches(|c: char| c.is_ascii_digit());
    let announced = before.ends_with('年') && digits(n);
    announced.then(|| match year {
        Some(year) => [kind, year, "年第", n, "号"].concat(),
        None => [before, "第", n, "号"].concat(),
    })
}

/// Returns true if the words after a further number leave it one: 第3号航站楼 is a building.
fn continues_series(names: &Names, after: &str) -> bool {
    let cues = &names.text.lexicon.cues.numbers;
    !after.starts_with(is_han) || cues.continuations.start(after).is_some()
}

/// Returns the start of the agency's name before a number in its own series at `end`.
fn series_agency_start(names: &Names, from: usize, end: usize) -> Option<usize> {
    let start = issuer_start(names, from, end);
    let before = names.text.slice(from..end);
    let unlisted = names.text.lexicon.cues.citations.counting_bodies.end(before);
    let start = if start < end { start } else { end - unlisted?.len() };
    let nation = names.text.slice(from..start).ends_with(STATE);
    Some(if nation { start - STATE.len() } else { start })
}
