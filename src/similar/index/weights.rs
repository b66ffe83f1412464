//! TF-IDF weights of features in a corpus, and the score of two measures.
//!
//! Weights are integers, so that sums of products do not depend on the order of
//! addition: scores are equal to the bit on any number of threads, from either side, and
//! in an extended or a new index. Explanations and article matching use the same `tf` and
//! `scale` in `f64` ([`vector`](crate::features::vector)): they need no such equality, and
//! keep the exact proportions.

use crate::features::{Bag, Feature, Field, scale, tf};
use crate::hash::KeyedMap;
use crate::number::{to_f32, to_u32};

/// The integer for a weight of 1. Weights are below 2^10, so that products stay below
/// 2^44, and a sum of a million products fits into a `u64`.
const ONE: f64 = 4096.0;

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

    pub(crate) fn row(&self, feature: Feature) -> FeatureWeight {
        let frequency = self.document_frequency(feature);
        let scale = scale(feature, self.texts.max(1), frequency);
        FeatureWeight { scale: scale * ONE, field: feature.field(), level: level(frequency) }
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
    scale: f64,
    pub field: Field,
    /// Rarity level: the lower, the rarer.
    pub level: u8,
}

/// Term frequency weights of small counts, tabulated.
pub(crate) struct Tf([[f64; Tf::TABLE]; Field::COUNT]);

impl Tf {
    const TABLE: usize = 64;

    pub(crate) fn new() -> Self {
        let mut table = [[0.0; Tf::TABLE]; Field::COUNT];
        for field in Field::ALL {
            for (count, tf) in table[field as usize].iter_mut().enumerate() {
                *tf = self::tf(field, to_u32(count));
            }
        }
        Tf(table)
    }

    /// Returns the integer weight of `count` occurrences of a feature.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a weight is not negative, and a float that is too large becomes the largest integer"
    )]
    pub(crate) fn weight(&self, row: FeatureWeight, count: u32) -> u32 {
        let tabulated = self.0[row.field as usize].get(count as usize).copied();
        // To the nearest; `f64::round` is a function call on baseline x86-64.
        (tabulated.unwrap_or_else(|| tf(row.field, count)) * row.scale + 0.5) as u32
    }
}

/// The squared length of a text's vector, by field; 0 if it has no feature of the field.
pub(crate) type Norms = [u64; Field::COUNT];

/// Returns the sum of the weights of a text's fields.
pub(crate) fn whole(norms: &Norms) -> f64 {
    let present = Field::ALL.iter().zip(norms).filter(|(_, norm)| **norm > 0);
    present.map(|(field, _)| field.weight()).sum()
}

/// A text that is compared with many.
pub(crate) struct Query {
    /// Features and their integer weights.
    pub terms: Vec<(Feature, u32)>,
    pub norms: Norms,
}

impl Query {
    pub(crate) fn new(bag: &Bag, statistics: &Statistics, tf: &Tf) -> Self {
        let weigh = |&(feature, count): &(Feature, u32)| {
            (feature, tf.weight(statistics.row(feature), count))
        };
        let terms: Vec<(Feature, u32)> = bag.iter().map(weigh).collect();
        let mut norms = Norms::default();
        for &(feature, weight) in &terms {
            norms[feature.field() as usize] += square(weight);
        }
        Query { terms, norms }
    }
}

pub(crate) fn square(weight: u32) -> u64 {
    u64::from(weight) * u64::from(weight)
}

/// Returns the weighted sum of the cosines of two texts over √(W(a) · W(b)), where W is
/// the sum of the weights of a text's fields; in 0..=1, 1 for a text and itself.
///
/// * `dots`: the dot product of each field.
pub(crate) fn score(dots: &Norms, a: &Norms, b: &Norms) -> f32 {
    mean(cosines(dots, a, b), a, b)
}

/// Returns the sum of the cosines, each times the weight of its field.
pub(crate) fn cosines(dots: &Norms, a: &Norms, b: &Norms) -> f64 {
    let mut sum = 0.0;
    for field in Field::ALL {
        let at = field as usize;
        if dots[at] > 0 {
            sum += field.weight() * dots[at] as f64 / (a[at] as f64 * b[at] as f64).sqrt();
        }
    }
    sum
}

/// Returns the sum over √(W(a) · W(b)), at most 1.
pub(crate) fn mean(sum: f64, a: &Norms, b: &Norms) -> f32 {
    if sum > 0.0 { to_f32((sum / (whole(a) * whole(b)).sqrt()).min(1.0)) } else { 0.0 }
}
