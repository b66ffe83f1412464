//! A measure as a row of tokens, and the fingerprints of their runs.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::features::{Feature, said_spans, units};
use crate::graph::MeasureRef;
use crate::text::Span;

/// Characters of one fingerprint.
pub(super) const GRAM: usize = 6;

/// Fingerprints of which at least one is kept.
const WINDOW: usize = 5;

/// A run of so many characters that two texts share is always found.
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
    let names = names(measure);
    let mut tokens = Vec::new();
    for piece in said_spans(measure.record()) {
        let start = piece.start as usize;
        let mut apart = true;
        let mut quoted = 0_u32;
        let piece = piece.slice(text);
        let mut seen = 0;
        for unit in units(piece) {
            for c in piece[seen..unit.start].chars() {
                match c {
                    '《' => quoted += 1,
                    '》' => quoted = quoted.saturating_sub(1),
                    _ => {}
                }
            }
            seen = unit.end;
            let span = Span::new(start + unit.start, start + unit.end);
            let masked = quoted > 0 || names.iter().any(|name| name.holds(span));
            tokens.push(Token { feature: unit.feature, span, masked, apart });
            apart = false;
        }
    }
    tokens
}

/// Where agencies, platforms and instruments are named.
fn names(measure: MeasureRef<'_>) -> Vec<Span> {
    let said = &measure.record().provision;
    let named = said.agencies.iter().chain(&said.platforms).map(|found| found.span);
    named.chain(said.cites.iter().map(|citation| citation.span)).collect()
}

/// The fingerprint of each run of [`GRAM`] tokens, by where it begins; runs that
/// are masked as a whole, or that reach over a clause, have none.
pub(super) fn grams(tokens: &[Token]) -> impl Iterator<Item = (usize, u32)> {
    tokens.windows(GRAM).enumerate().filter_map(|(at, run)| {
        let whole = run[1..].iter().all(|token| !token.apart);
        let counts = run.iter().any(|token| !token.masked);
        (whole && counts).then(|| (at, hash(run)))
    })
}

fn hash(run: &[Token]) -> u32 {
    let mut hasher = FxHasher::default();
    run.iter().for_each(|token| hasher.write_u64(token.feature.bits()));
    // The upper half of the product is the better mixed one.
    (hasher.finish() >> 32) as u32
}

/// Of each [`WINDOW`] neighbouring fingerprints the least, of equals the last.
///
/// Source: Schleimer, Wilkerson, Aiken, “Winnowing: local algorithms for
/// document fingerprinting” (2003).
pub(super) fn winnowed(grams: &[(usize, u32)]) -> Vec<(usize, u32)> {
    let least = |window: &[(usize, u32)]| {
        *window.iter().min_by_key(|&&(at, hash)| (hash, usize::MAX - at)).expect("not empty")
    };
    let mut kept: Vec<(usize, u32)> = match grams.len() {
        0 => Vec::new(),
        short if short < WINDOW => vec![least(grams)],
        _ => grams.windows(WINDOW).map(least).collect(),
    };
    kept.dedup();
    kept
}
