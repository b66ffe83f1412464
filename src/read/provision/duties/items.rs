//! Items of a list of parties: 省教育厅、各市、县人民政府.

use crate::lexicon::Lexicon;
use crate::read::provision::clauses::list_items;
use std::ops::Range;

/// Returns the items of a list of parties. The levels of one class are one item:
/// 各市、州、县人民政府. O(n).
pub(super) fn party_items(lexicon: &Lexicon, text: &str) -> Vec<Range<usize>> {
    let mut items: Vec<Range<usize>> = Vec::new();
    // Place of the first of the levels of a class.
    let mut first = None;
    for item in list_items(text) {
        let words = &text[item.clone()];
        let opens = words.starts_with('各');
        let listed = first.take().filter(|_| text[..item.start].ends_with('、'));
        if listed.is_some() || opens {
            let rest = after_levels(lexicon, words);
            if let Some(place) = listed.filter(|_| is_government(lexicon, &rest)) {
                let class: &mut Range<usize> = &mut items[place];
                class.end = item.end;
                items.truncate(place + 1);
                continue;
            }
            let own_place = opens.then_some(items.len());
            first = listed.or(own_place).filter(|_| rest.is_empty());
        }
        items.push(item);
    }
    items
}

/// Returns the words of an item after the levels of regions that it begins with, without
/// brackets: 人民政府负责 of 各县(市、区)人民政府负责.
fn after_levels(lexicon: &Lexicon, item: &str) -> String {
    let words: String = item.chars().filter(|c| !matches!(c, '(' | ')' | '〔' | '〕')).collect();
    let mut rest = words.strip_prefix('各').unwrap_or(&words);
    let cues = &lexicon.cues.agencies;
    while let Some(after) =
        cues.other_levels.strip_start(rest).or_else(|| cues.relative.strip_start(rest))
    {
        rest = after;
    }
    rest.to_owned()
}

/// Returns true for 人民政府 or 政府 with at most a verb of duty after it: 人民政府负责.
fn is_government(lexicon: &Lexicon, words: &str) -> bool {
    let rest = lexicon.cues.agencies.local_governments.strip_start(words);
    let verb = |rest: &str| lexicon.duties.verbs.end(rest).map_or(0, |(_, len)| len);
    rest.is_some_and(|rest| verb(rest) == rest.len())
}
