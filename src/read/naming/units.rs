//! Names of units, which begin with the names of their bodies: 省药监局信息中心.

use super::enumerations::JOINERS;
use super::names::Names;
use crate::lexicon::{Lexicon, Words};
use crate::text::{first_chars, is_counting, is_han};

/// Returns the rest of the name of a unit at the start of `words`, which follow the name of a body:
/// 信息中心, 综合行政执法支队, 柯城分局. Nothing but known nouns is in it: 引进研究所 is no unit.
pub(super) fn unit_at<'t>(names: &Names, words: &'t str) -> Option<&'t str> {
    let mut len = unit_len(names, words)?;
    // 交警支队特勤大队
    while let Some(more) = unit_len(names, &words[len..]) {
        len += more;
    }
    let (unit, after) = words.split_at(len);
    ends_name(names.text.lexicon, after).then_some(unit)
}

/// Returns true if a name can end before the words `after`: at a mark, a verb, 的 or 和. 检查中心 of
/// 检查中心组学习 is none.
pub(super) fn ends_name(lexicon: &Lexicon, after: &str) -> bool {
    let platforms = &lexicon.platforms;
    let duties = &lexicon.cues.duties;
    let verbs = [
        &platforms.openers,
        &platforms.adverbs,
        &platforms.verbs,
        &duties.leading,
        &duties.supports,
    ];
    !after.starts_with(is_han)
        || after.starts_with(JOINERS)
        || after.starts_with(['的', '等'])
        || verbs.into_iter().any(|words| words.start(after).is_some())
}

/// Returns the length of the name of one unit at the start of `words`.
fn unit_len(names: &Names, words: &str) -> Option<usize> {
    let cues = &names.text.lexicon.cues.agencies;
    if let Some(whole) = cues.whole_units.start(words) {
        return Some(whole.len());
    }
    let mut rest = words;
    loop {
        let named = || cues.units.strip_start(rest).filter(|_| rest.len() < words.len());
        if let Some(after) = after_branch(names, rest).or_else(named) {
            return Some(words.len() - after.len());
        }
        rest = cues.unit_nouns.strip_start(rest)?;
    }
}

/// Returns the text after a branch that a place or an ordinal begins: 柯城分局, 第二分局.
fn after_branch<'t>(names: &Names, words: &'t str) -> Option<&'t str> {
    let branches = &names.text.lexicon.cues.agencies.branches;
    if let Some(number) = words.strip_prefix('第') {
        return branches.strip_start(number.trim_start_matches(is_counting));
    }
    let regions = &names.text.lexicon.regions;
    let region = regions.prefix(words, names.setting());
    if let Some(after) = region.and_then(|(_, len)| branches.strip_start(&words[len..])) {
        return Some(after);
    }
    // 柯城 is short for 柯城区.
    let short = first_chars(words, 2);
    let after = branches.strip_start(&words[short.len()..])?;
    let is_county = |level: &str| {
        let county = [short, level].concat();
        let found = regions.prefix(&county, names.setting());
        found.is_some_and(|(_, len)| len == county.len())
    };
    ["区", "县", "市"].into_iter().any(is_county).then_some(after)
}

/// Returns true if one of `openers`, which no name contains, is in the words between the two parts of
/// a name.
pub(super) fn breaks_name(lexicon: &Lexicon, between: &str, openers: &Words) -> bool {
    let mut rest = between;
    while let Some(word) = openers.last_outside(&lexicon.platforms.kept, rest) {
        let printed = &rest[word.clone()];
        // 药物制剂及辅料重点实验室, 国务院有关部门
        let inside =
            (word.start > 0 && printed == "及") || lexicon.names.classes.starts.contains(printed);
        if !inside {
            return true;
        }
        rest = &rest[..word.start];
    }
    false
}
