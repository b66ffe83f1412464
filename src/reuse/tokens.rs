//! A measure as a row of tokens, and the fingerprints of their runs.

use std::hash::Hasher;

use memchr::memmem;
use rustc_hash::FxHasher;

use crate::features::{Feature, said_spans, units};
use crate::graph::MeasureRef;
use crate::text::Span;

/// Characters of one fingerprint.
pub(super) const GRAM: usize = 6;

/// Fingerprints of which at least one is kept.
const WINDOW: usize = 5;

/// A run of so many characters that two texts share is always met.
pub(super) const ANCHOR: usize = GRAM + WINDOW - 1;

/// A character, or a run of Latin letters or digits, folded.
#[derive(Clone, Copy)]
pub(super) struct Token {
    pub feature: Feature,
    pub span: Span,
    /// Of a title, an agency's or a platform's name: it may lie in a passage,
    /// but does not count.
    pub masked: bool,
    /// Whether a responsibility clause was left out before it.
    pub apart: bool,
}

/// What a measure says, without its responsibility clauses, marks and spaces.
pub(super) fn tokens(measure: MeasureRef<'_>) -> Vec<Token> {
    let text = &measure.document().record().text;
    let mut names = names(measure).into_iter().peekable();
    let mut named = 0;
    let mut tokens = Vec::new();
    for piece in said_spans(measure.record()) {
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
            tokens.push(Token { feature: unit.feature, span, masked, apart });
            apart = false;
        }
    }
    tokens
}

/// Whether the 》 of a 《 stands in the same sentence; it may have been lost.
fn closes(text: &str) -> bool {
    text.find(['》', '。']).is_some_and(|at| text[at..].starts_with('》'))
}

/// Where agencies, platforms and instruments are named, each time; ascending.
fn names(measure: MeasureRef<'_>) -> Vec<Span> {
    let text = &measure.document().record().text;
    let whole = measure.record().span;
    let said = &measure.record().provision;
    let named = said.agencies.iter().chain(&said.platforms).map(|found| found.span);
    let named = named.chain(said.cites.iter().map(|citation| citation.span));
    let mut wordings: Vec<&str> = named.map(|span| span.slice(text)).collect();
    wordings.sort_unstable();
    wordings.dedup();
    let start = whole.start as usize;
    let mut names: Vec<Span> = wordings
        .into_iter()
        .filter(|wording| !wording.is_empty())
        .flat_map(|wording| {
            let found = memmem::find_iter(whole.slice(text).as_bytes(), wording);
            found.map(move |at| Span::new(start + at, start + at + wording.len()))
        })
        .collect();
    names.sort_unstable_by_key(|name| name.start);
    names
}

/// The fingerprint of each run of [`GRAM`] tokens, by where it begins; runs that
/// reach over a clause have none.
pub(super) fn grams(tokens: &[Token]) -> impl Iterator<Item = (usize, u32)> {
    let runs = tokens.windows(GRAM).enumerate().filter(|(_, run)| joined(run));
    runs.map(|(at, run)| (at, hash(run)))
}

/// Whether no clause was left out inside of a run.
pub(super) fn joined(run: &[Token]) -> bool {
    run[1..].iter().all(|token| !token.apart)
}

/// Those of the runs that are not masked as a whole.
pub(super) fn counted_grams(tokens: &[Token]) -> impl Iterator<Item = (usize, u32)> {
    let counts = |at: usize| tokens[at..at + GRAM].iter().any(|token| !token.masked);
    grams(tokens).filter(move |gram| counts(gram.0))
}

fn hash(run: &[Token]) -> u32 {
    let mut hasher = FxHasher::default();
    run.iter().for_each(|token| hasher.write_u64(token.feature.bits()));
    // The upper half of the product is the better mixed one.
    (hasher.finish() >> 32) as u32
}

/// Of each [`WINDOW`] neighbouring places the least fingerprint, of equals the
/// last; none where no place has one. So of [`ANCHOR`] tokens at least one is
/// kept, if one of them has any.
///
/// * `tokens`: how many tokens there are.
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
