//! The measures of two versions of a document: added, removed, moved, altered.
//!
//! Measures with the same words are one measure, wherever they are. The others are paired by their
//! common characters, so that one inserted measure is one change.

use crate::graph::{DocumentRef, MeasureRef};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Least share of common pairs of characters of two wordings of one measure.
const ALTERED: f64 = 0.5;

/// Number of measures of each version, without those with the same words, that are compared each with
/// each; others are added or removed.
const COMPARED: usize = 300;

/// A change of a measure, with the older and the newer one.
pub(super) enum Change<'g> {
    Added(MeasureRef<'g>),
    Removed(MeasureRef<'g>),
    /// The same words at another place.
    Moved(MeasureRef<'g>, MeasureRef<'g>),
    /// Other words, at the same place or another.
    Altered(MeasureRef<'g>, MeasureRef<'g>),
}

/// Returns the changes in the order of the newer document, then what was removed.
pub(super) fn changes<'g>(older: DocumentRef<'g>, newer: DocumentRef<'g>) -> Vec<Change<'g>> {
    let was: Vec<MeasureRef<'g>> = older.measures().collect();
    let is: Vec<MeasureRef<'g>> = newer.measures().collect();
    let same = same_words(&was, &is);
    let altered = altered(&was, &is, &same);
    let in_place = longest_ascending(&same.values().copied().collect::<Vec<_>>());
    let mut changes = Vec::new();
    for (n, &measure) in is.iter().enumerate() {
        match (same.get(&n), altered.get(&n)) {
            (Some(old), _) if in_place.contains(old) => {}
            (Some(&old), _) => changes.push(Change::Moved(was[old], measure)),
            (None, Some(&old)) => changes.push(Change::Altered(was[old], measure)),
            (None, None) => changes.push(Change::Added(measure)),
        }
    }
    let kept: BTreeSet<usize> = same.values().chain(altered.values()).copied().collect();
    let removed = was.iter().enumerate().filter(|(n, _)| !kept.contains(n));
    changes.extend(removed.map(|(_, &measure)| Change::Removed(measure)));
    changes
}

/// Places of measures of the newer document, with those in the older one.
type Pairs = BTreeMap<usize, usize>;

/// Returns the pairs with the same words, each measure once.
fn same_words(was: &[MeasureRef<'_>], is: &[MeasureRef<'_>]) -> Pairs {
    let words = |measure: &MeasureRef<'_>| -> String {
        measure.text().chars().filter(|c| !c.is_whitespace()).collect()
    };
    let mut by_words: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, measure) in was.iter().enumerate().rev() {
        by_words.entry(words(measure)).or_default().push(n);
    }
    let pair = |(n, measure)| Some((n, by_words.get_mut(&words(measure))?.pop()?));
    is.iter().enumerate().filter_map(pair).collect()
}

/// Returns the pairs of other measures with most common words, the best first, each measure once.
fn altered(was: &[MeasureRef<'_>], is: &[MeasureRef<'_>], same: &Pairs) -> Pairs {
    let taken: BTreeSet<usize> = same.values().copied().collect();
    let old: Vec<_> = (0..was.len()).filter(|n| !taken.contains(n)).take(COMPARED).collect();
    let new: Vec<_> = (0..is.len()).filter(|n| !same.contains_key(n)).take(COMPARED).collect();
    let old: Vec<_> = old.into_iter().map(|n| (n, bigrams(was[n].text()))).collect();
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for n in new {
        let own = bigrams(is[n].text());
        let scores = old.iter().map(|(o, other)| (dice(&own, other), n, *o));
        scored.extend(scores.filter(|(score, ..)| *score >= ALTERED));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut pairs, mut used) = (Pairs::new(), BTreeSet::new());
    for (_, n, o) in scored {
        if !pairs.contains_key(&n) && used.insert(o) {
            pairs.insert(n, o);
        }
    }
    pairs
}

fn bigrams(text: &str) -> BTreeSet<(char, char)> {
    let chars = text.chars().filter(|c| !c.is_whitespace());
    chars.clone().zip(chars.skip(1)).collect()
}

/// Returns twice the common part over both.
fn dice(a: &BTreeSet<(char, char)>, b: &BTreeSet<(char, char)>) -> f64 {
    let all = a.len() + b.len();
    if all == 0 { 0.0 } else { 2.0 * a.intersection(b).count() as f64 / all as f64 }
}

/// Returns the items of the longest ascending subsequence: those that did not move.
fn longest_ascending(items: &[usize]) -> BTreeSet<usize> {
    // The place of the last item of the best subsequence of each length, and the item before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let length = ends.partition_point(|&end| items[end] < *item);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let last = ends.last().copied();
    std::iter::successors(last, |&at| before[at]).map(|at| items[at]).collect()
}
