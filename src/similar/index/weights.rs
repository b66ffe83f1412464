//! Weights of features in a corpus, and the score of two measures.
//!
//! Weights are integers, so that sums of products do not depend on the order of
//! addition: scores are equal to the bit on any number of threads, from either side, and
//! in an extended or a new index. Explanations use the same scale in `f64`
//! ([`vector`](crate::features::vector)): they need no such equality, and keep the exact
//! proportions.

use crate::features::{Bag, Feature, scale};
use crate::hash::KeyedMap;
use crate::number::to_f32;

/// The integer for a scale of 1. Scales are below 2^4 and impacts at most 2^6, so that
/// weights stay below 2^20, and a sum of a million products of two fits into a `u64`.
const ONE: f64 = 1024.0;

/// The number of texts, and the document frequency of each feature.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statistics {
    pub texts: usize,
    pub document_frequency: KeyedMap<Feature, u32>,
}

impl Statistics {
    /// Returns the number of texts with a feature, at least 1.
    pub(crate) fn document_frequency(&self, feature: Feature) -> usize {
        self.document_frequency.get(&feature).map_or(1, |&frequency| frequency.max(1) as usize)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and below 2^4 times ONE"
    )]
    pub(crate) fn row(&self, feature: Feature) -> FeatureWeight {
        let frequency = self.document_frequency(feature);
        let scale = scale(feature, self.texts.max(1), frequency);
        FeatureWeight { scale: (scale * ONE).round() as u32, level: level(frequency) }
    }

    /// Returns the number of rarity levels: one for each doubling of the document
    /// frequency.
    pub(crate) fn levels(&self) -> usize {
        usize::from(level(self.texts.max(1))) + 1
    }
}

/// Returns the rarity level of a document frequency from 1.
#[expect(clippy::cast_possible_truncation, reason = "a logarithm of 64 bits is below 64")]
fn level(frequency: usize) -> u8 {
    frequency.ilog2() as u8
}

/// The weight of a feature.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FeatureWeight {
    /// The weight of an impact of 1.
    pub scale: u32,
    /// Rarity level: the lower, the rarer.
    pub level: u8,
}

/// A text that is compared with many.
pub(crate) struct Query {
    /// Features and their weights.
    pub terms: Vec<(Feature, u32)>,
    /// The squared length of its vector.
    pub norm: u64,
}

impl Query {
    pub(crate) fn new(bag: &Bag, statistics: &Statistics) -> Self {
        let weigh =
            |&(feature, impact): &(Feature, u32)| (feature, impact * statistics.row(feature).scale);
        let terms: Vec<(Feature, u32)> = bag.iter().map(weigh).collect();
        Query { norm: terms.iter().map(|&(_, weight)| square(weight)).sum(), terms }
    }
}

pub(crate) fn square(weight: u32) -> u64 {
    u64::from(weight) * u64::from(weight)
}

/// Returns the cosine of two texts, in 0..=1; 1 for a text and itself.
///
/// * `dot`: their dot product.
/// * `a`, `b`: the squared lengths of their vectors.
pub(crate) fn score(dot: u64, a: u64, b: u64) -> f32 {
    if dot > 0 { to_f32((dot as f64 / (a as f64 * b as f64).sqrt()).min(1.0)) } else { 0.0 }
}
