//! Pairs of numeric targets of two measures for the same thing.

use std::collections::BTreeSet;

use super::pairing::{Pair, greedy_matching};
use super::sentences::SentencePair;
use crate::features::{Feature, features};
use crate::graph::{MeasureRef, TargetId, TargetRef};
use crate::text::Span;

/// Two targets for the same thing (指标对照), in the same unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TargetPair {
    /// The target of the query.
    pub query: TargetId,
    /// The target of the match.
    pub matched: TargetId,
    /// True if comparator, start and end are equal.
    pub agree: bool,
}

/// Maximum number of targets of a measure that are compared.
const MAX_TARGETS: usize = 100;

/// Minimum Dice coefficient of the words of two quantities, for targets whose sentences
/// are not paired.
const MIN_DICE: f64 = 0.5;

/// Pairs targets one to one, those of paired sentences first, then by descending
/// similarity of their quantities; in the order of `matched`.
pub(crate) fn pair_targets(
    query: MeasureRef<'_>,
    matched: MeasureRef<'_>,
    sentences: &[SentencePair],
) -> Vec<TargetPair> {
    let (query, matched) = (Quantity::all(query), Quantity::all(matched));
    let mut pairs: Vec<Pair> = Vec::new();
    for (m, one) in matched.iter().enumerate() {
        for (q, other) in query.iter().enumerate() {
            if one.target.record().unit != other.target.record().unit {
                continue;
            }
            let similarity = dice(&other.words, &one.words);
            let in_paired_sentences = sentences
                .iter()
                .any(|pair| pair.query.holds(other.span()) && pair.matched.holds(one.span()));
            if in_paired_sentences || similarity >= MIN_DICE {
                let score = if in_paired_sentences { 1.0 + similarity } else { similarity };
                pairs.push(Pair { score, matched: m, query: q });
            }
        }
    }
    let targets = |pair: Pair| {
        let (query, matched) = (query[pair.query].target, matched[pair.matched].target);
        let (one, other) = (query.record(), matched.record());
        let agree = (one.comparator, one.from, one.to) == (other.comparator, other.from, other.to);
        TargetPair { query: query.id(), matched: matched.id(), agree }
    };
    greedy_matching(pairs).into_iter().map(targets).collect()
}

/// A target, and the words of its quantity.
struct Quantity<'g> {
    target: TargetRef<'g>,
    words: BTreeSet<Feature>,
}

impl<'g> Quantity<'g> {
    /// Returns the first [`MAX_TARGETS`] of a measure.
    fn all(measure: MeasureRef<'g>) -> Vec<Self> {
        let words = |target: TargetRef<'g>| features(&target.record().quantity).collect();
        let targets = measure.targets().take(MAX_TARGETS);
        targets.map(|target| Quantity { target, words: words(target) }).collect()
    }

    fn span(&self) -> Span {
        self.target.record().span
    }
}

/// Returns the Dice coefficient: twice the common words over the words of both; 1 if equal.
fn dice(a: &BTreeSet<Feature>, b: &BTreeSet<Feature>) -> f64 {
    let all = a.len() + b.len();
    if all == 0 { 0.0 } else { 2.0 * a.intersection(b).count() as f64 / all as f64 }
}
