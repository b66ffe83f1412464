//! The tokens of a measure, and the fingerprints of their runs (k-grams).

use std::hash::Hasher;

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
        let mut seen = 0;
        for unit in units(piece) {
            for (at, c) in piece[seen..unit.start].char_indices() {
                match c {
                    '《' => quoted += u32::from(closes(&piece[seen + at..])),
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

/// Returns true if the 》 of a 《 is in the same sentence: it may be missing in the source.
fn closes(text: &str) -> bool {
    text.find(['》', '。']).is_some_and(|at| text[at..].starts_with('》'))
}

/// Returns all occurrences of the names of agencies, platforms and instruments, ascending.
fn names(measure: MeasureRef<'_>) -> Vec<Span> {
    let text = &measure.document().record().text;
    let whole = measure.record().span;
    let provision = &measure.record().provision;
    let named = provision.agencies.iter().chain(&provision.platforms).map(|found| found.span);
    let named = named.chain(provision.cites.iter().map(|citation| citation.span));
    let mut aliases: Vec<&str> = named.map(|span| span.slice(text)).collect();
    aliases.sort_unstable();
    aliases.dedup();
    let start = whole.start as usize;
    let mut names: Vec<Span> = aliases
        .into_iter()
        .filter(|alias| !alias.is_empty())
        .flat_map(|alias| {
            let found = memmem::find_iter(whole.slice(text).as_bytes(), alias);
            found.map(move |at| Span::new(start + at, start + at + alias.len()))
        })
        .collect();
    names.sort_unstable_by_key(|name| name.start);
    names
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
