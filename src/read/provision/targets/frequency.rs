//! Frequencies: 每季度, 每3年, 半年 of 半年一次.

use crate::lexicon::Lexicon;
use crate::text::{is_counting, last_chars, rfind};

/// Returns the frequency in the clause before a figure of 次 and the like: the last 每季度 or 每3年, or
/// the period directly before the figure, as in 半年一次.
pub(super) fn frequency<'t>(lexicon: &Lexicon, left: &'t str) -> Option<&'t str> {
    last_every(lexicon, left).or_else(|| period(lexicon, left))
}

/// Returns the last frequency with 每 in a clause: 每季度, 每3年.
pub(super) fn last_every<'t>(lexicon: &Lexicon, left: &'t str) -> Option<&'t str> {
    let mut until = left.len();
    while let Some(at) = rfind(&left[..until], "每") {
        if let Some(len) = every(lexicon, &left[at..]) {
            return Some(&left[at..at + len]);
        }
        until = at;
    }
    None
}

/// Returns the length of the frequency at the start of `text`: 每季度, 每3年, 每六个月.
pub(super) fn every(lexicon: &Lexicon, text: &str) -> Option<usize> {
    let rest = text.strip_prefix('每')?;
    if let Some(usual) = lexicon.quantities.frequencies.start(text) {
        return Some(usual.len());
    }
    let unit = rest.trim_start_matches(is_number);
    let len = lexicon.cues.targets.frequency_units.start(unit)?.len();
    (unit.len() < rest.len()).then(|| text.len() - unit.len() + len)
}

/// Returns the period that a clause ends with: 半年, 两年, 一个季度.
fn period<'t>(lexicon: &Lexicon, left: &'t str) -> Option<&'t str> {
    /// Characters of the longest period.
    const LONGEST: usize = 8;
    let near = last_chars(left, LONGEST);
    let unit = lexicon.cues.targets.frequency_units.end(near)?;
    let number = near[..near.len() - unit.len()].trim_end_matches('个');
    let start = number.trim_end_matches(is_number).len();
    // 2024年 is no period.
    let year = number[start..].len() == 4 && number.ends_with(|c: char| c.is_ascii_digit());
    (start < number.len() && !year).then(|| &near[start..])
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || is_counting(c) || c == '半'
}
