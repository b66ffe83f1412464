//! The tokens of a measure, and the fingerprints of their runs (k-grams).

use std::hash::Hasher;
use std::ops::Range;

use daachorse::DoubleArrayAhoCorasick;
use memchr::memmem;
use rustc_hash::FxHasher;

use crate::features::{Feature, provision_spans, units};
use crate::graph::MeasureRef;
use crate::text::Span;

/// Number of tokens of a fingerprint.
pub(super) const GRAM: usize = 6;

/// Number of adjacent fingerprints of which at least one is kept.
const WINDOW: usize = 5;

/// Length of a common run that is always found.
pub(super) const ANCHOR: usize = GRAM + WINDOW - 1;

/// Maximum number of names of a measure that are searched one by one. More are searched in
/// one pass, so that the work stays linear; building the automaton costs more than a few
/// searches.
const MAX_SEARCHES: usize = 32;

/// Maximum number of names of an automaton; it has room for sixteen times as many.
const MAX_NAMES: usize = 1 << 20;

/// A character, or a run of Latin letters or digits, folded.
#[derive(Clone, Copy)]
pub(super) struct PassageToken {
    pub feature: Feature,
    pub span: Span,
    /// True for a title, a name or boilerplate: it may be part of a passage but does not
    /// count.
    pub masked: bool,
    /// True if a responsibility clause was left out before it.
    pub apart: bool,
}

/// Returns the tokens of a measure, without responsibility clauses, punctuation and space.
pub(super) fn tokens(measure: MeasureRef<'_>) -> Vec<PassageToken> {
    let text = &measure.document().record().text;
    let mut names = names(measure).into_iter().peekable();
    let mut named = 0;
    let mut tokens = Vec::new();
    for piece in provision_spans(measure.record()) {
        let start = piece.start as usize;
        let mut apart = true;
        let mut quoted = 0_u32;
        let piece = piece.slice(text);
        let mut endings = Endings { piece, next: 0 };
        let mut seen = 0;
        for unit in units(piece) {
            for (at, c) in piece[seen..unit.start].char_indices() {
                match c {
                    '《' => quoted += u32::from(endings.closes(seen + at)),
                    '》' => quoted = quoted.saturating_sub(1),
                    '。' => quoted = 0,
                    _ => {}
                }
            }
            seen = unit.end;
            let span = Span::new(start + unit.start, start + unit.end);
            while let Some(name) = names.next_if(|name| name.start <= span.start) {
                named = named.max(name.end);
            }
            let masked = quoted > 0 || span.end <= named;
            tokens.push(PassageToken { feature: unit.feature, span, masked, apart });
            apart = false;
        }
    }
    tokens
}

/// The marks 》 and 。 of a text, found from left to right.
struct Endings<'t> {
    piece: &'t str,
    /// Byte offset of the last mark found, or the end of the text.
    next: usize,
}

impl Endings<'_> {
    /// Returns true if 》 follows `at` in the same sentence: it may be missing in the source.
    ///
    /// * `at`: ascending from call to call, so that each byte is searched once.
    fn closes(&mut self, at: usize) -> bool {
        if self.next <= at {
            let found = self.piece[at..].find(['》', '。']);
            self.next = found.map_or(self.piece.len(), |found| at + found);
        }
        self.piece[self.next..].starts_with('》')
    }
}

/// Returns the occurrences of the names of agencies, platforms and instruments, by start.
fn names(measure: MeasureRef<'_>) -> Vec<Span> {
    let text = &measure.document().record().text;
    let whole = measure.record().span;
    let provision = &measure.record().provision;
    let named = provision.agencies.iter().chain(&provision.platforms).map(|found| found.span);
    let named = named.chain(provision.cites.iter().map(|citation| citation.span));
    let mut names: Vec<&str> = named.map(|span| span.slice(text)).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !name.is_empty());
    let start = whole.start as usize;
    let mut found: Vec<Span> = occurrences(whole.slice(text), &names)
        .into_iter()
        .map(|range| Span::new(start + range.start, start + range.end))
        .collect();
    found.sort_unstable_by_key(|name| name.start);
    found
}

/// Returns the occurrences of `names` in `text`, in any order; those inside another one may
/// be left out. O(text + names).
///
/// * `names`: distinct, not empty.
fn occurrences<'t>(text: &'t str, names: &[&'t str]) -> Vec<Range<usize>> {
    if names.len() <= MAX_SEARCHES {
        let of_name = |&name: &&'t str| {
            let found = memmem::find_iter(text.as_bytes(), name);
            found.map(|at| at..at + name.len())
        };
        return names.iter().flat_map(of_name).collect();
    }
    let mut all = Vec::new();
    for names in names.chunks(MAX_NAMES) {
        let automaton = DoubleArrayAhoCorasick::<u32>::new(names);
        let automaton = automaton.expect("names are few, distinct and not empty");
        // Without suffixes there is one match for each end, the longest.
        let found = automaton.find_overlapping_no_suffix_iter(text);
        all.extend(found.map(|found| found.start()..found.end()));
    }
    all
}

/// Returns the fingerprint of each run of [`GRAM`] tokens with its position; runs across an
/// omitted clause have none.
pub(super) fn grams(tokens: &[PassageToken]) -> impl Iterator<Item = (usize, u32)> {
    let runs = tokens.windows(GRAM).enumerate().filter(|(_, run)| joined(run));
    runs.map(|(at, run)| (at, hash(run)))
}

/// Returns true if no clause was omitted inside the run.
pub(super) fn joined(run: &[PassageToken]) -> bool {
    run[1..].iter().all(|token| !token.apart)
}

/// Returns the fingerprints of runs that are not masked as a whole.
pub(super) fn counted_grams(tokens: &[PassageToken]) -> impl Iterator<Item = (usize, u32)> {
    let counts = |at: usize| tokens[at..at + GRAM].iter().any(|token| !token.masked);
    grams(tokens).filter(move |gram| counts(gram.0))
}

fn hash(run: &[PassageToken]) -> u32 {
    let mut hasher = FxHasher::default();
    run.iter().for_each(|token| hasher.write_u64(token.feature.bits()));
    // The upper half of the product is mixed better.
    (hasher.finish() >> 32) as u32
}

/// Selects the least fingerprint of each window of [`WINDOW`] positions, the last of equal
/// ones. Of [`ANCHOR`] adjacent tokens with fingerprints at least one is kept.
///
/// * `tokens`: number of tokens.
///
/// Source: Schleimer, Wilkerson, Aiken, “Winnowing: local algorithms for
/// document fingerprinting” (2003).
pub(super) fn winnowed(grams: &[(usize, u32)], tokens: usize) -> Vec<(usize, u32)> {
    let mut kept: Vec<(usize, u32)> = Vec::new();
    let mut first = 0;
    for start in 0..=tokens.saturating_sub(ANCHOR) {
        while grams.get(first).is_some_and(|gram| gram.0 < start) {
            first += 1;
        }
        let window = grams[first..].iter().take_while(|gram| gram.0 < start + WINDOW);
        let least = window.min_by_key(|&&(at, hash)| (hash, usize::MAX - at));
        kept.extend(least.filter(|&least| kept.last() != Some(least)));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns for each byte true if it is inside an occurrence.
    fn covered(text: &str, found: &[Range<usize>]) -> Vec<bool> {
        (0..text.len()).map(|at| found.iter().any(|range| range.contains(&at))).collect()
    }

    proptest! {
        #[test]
        fn many_names_are_found_as_few_are(
            text in "[甲乙丙丁a]{0,60}",
            mut names in prop::collection::btree_set("[甲乙丙丁a]{1,3}", MAX_SEARCHES + 1..60),
        ) {
            // A search for one name skips occurrences that overlap the one before.
            names.retain(|name| !name.starts_with(name.chars().next_back().unwrap()));
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let few = names.chunks(MAX_SEARCHES).flat_map(|names| occurrences(&text, names));
            let few: Vec<Range<usize>> = few.collect();
            prop_assert_eq!(covered(&text, &occurrences(&text, &names)), covered(&text, &few));
        }

        #[test]
        fn a_title_closes_in_its_sentence(piece in "[《》。甲]{0,30}") {
            let mut endings = Endings { piece: &piece, next: 0 };
            for (at, _) in piece.char_indices().filter(|(_, c)| *c == '《') {
                let first = piece[at..].chars().find(|c| matches!(c, '》' | '。'));
                prop_assert_eq!(endings.closes(at), first == Some('》'));
            }
        }
    }
}
