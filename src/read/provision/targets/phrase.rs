//! The other parts of a target's clause: deadline, frequency, and the noun without
//! the words around it.

use crate::lexicon::Lexicon;
use crate::text::{is_counting, until_mark};

/// Returns the deadline in a clause before its figure: 3年内, 2027年底前, 到2030年.
pub(super) fn deadline<'t>(lexicon: &Lexicon, left: &'t str) -> Option<&'t str> {
    let date = |c: char| c.is_ascii_digit() || is_counting(c) || matches!(c, '年' | '月');
    left.match_indices(['年', '月', '日']).find_map(|(at, unit)| {
        let before = left[..at].trim_end_matches(date);
        let start = before.len() - if before.ends_with('到') { '到'.len_utf8() } else { 0 };
        let until = lexicon.cues.targets.deadline_ends.start(&left[at + unit.len()..]);
        let by_year = start < before.len() && unit == "年" && at - before.len() == 4;
        let until = until.or(by_year.then_some(""))?;
        let end = at + unit.len() + until.len();
        // 毕业5年内的 tells who is meant.
        let who = left[end..].starts_with('的');
        (before.len() < at && !who).then(|| &left[start..end])
    })
}

/// Returns the frequency in a clause before its figure: 每季度, 每3年.
pub(super) fn frequency<'t>(lexicon: &Lexicon, left: &'t str) -> Option<&'t str> {
    left.rmatch_indices('每').find_map(|(at, _)| {
        let every = &left[at..];
        if let Some(usual) = lexicon.quantities.frequencies.start(every) {
            return Some(&every[..usual.len()]);
        }
        let rest = &every['每'.len_utf8()..];
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "两三".contains(c));
        let len = lexicon.cues.targets.frequency_units.start(unit)?.len();
        (unit.len() < rest.len()).then(|| &every[..every.len() - unit.len() + len])
    })
}

/// Returns the quantity that a noun phrase names: without deadline, opening
/// particles, closing verbs and frequency.
pub(super) fn quantity<'t>(lexicon: &Lexicon, noun: &'t str, deadline: Option<&str>) -> &'t str {
    let noun = strip_opening(lexicon, noun);
    let noun = deadline.and_then(|deadline| noun.strip_prefix(deadline)).unwrap_or(noun);
    strip_closing(lexicon, noun)
}

/// Removes the particles at the start: 将药品注册检验…, 加大对货值金额….
fn strip_opening<'t>(lexicon: &Lexicon, noun: &'t str) -> &'t str {
    let noun = noun.trim_start_matches(['和', '及']);
    let noun = noun.rfind('对').map_or(noun, |at| &noun[at + '对'.len_utf8()..]);
    lexicon.cues.targets.aims.strip_start(noun).unwrap_or(noun).trim_start_matches('其')
}

/// Removes the verbs at the end, and the frequency before them: 各盟市每年组织.
fn strip_closing<'t>(lexicon: &Lexicon, noun: &'t str) -> &'t str {
    let mut noun = noun;
    loop {
        let end = noun.trim_end_matches(['的', '为', '可', '应', '按', '、']);
        let end = end.strip_suffix("分别").unwrap_or(end);
        let verb = lexicon.quantities.set.end(end);
        let end = verb.map_or(end, |verb| &end[..end.len() - verb.len()]);
        if end.len() == noun.len() {
            break;
        }
        noun = end;
    }
    let every = frequency(lexicon, noun);
    let noun = every.and_then(|every| noun.strip_suffix(every)).unwrap_or(noun);
    // 各盟市 acts; it is not measured.
    if noun.starts_with('各') && noun.chars().count() <= 4 { "" } else { noun }
}

/// Returns the phrase after a figure, up to the next mark.
pub(super) fn following(right: &str) -> &str {
    let right = right.trim_start_matches(['的', '后', '前', ',']);
    until_mark(right, 30, &[',', '。', ';', '(', '\n'])
}
