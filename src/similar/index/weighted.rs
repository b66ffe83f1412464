//! A segment with the weights that an index gives its features.

use std::sync::Arc;

use super::query::QueryVector;
use super::segment::Segment;
use super::weights::{FeatureWeight, Norms, Query, Statistics, Tf, cosines, mean, score, square};
use crate::features::Field;

/// The graph index of a measure that the corpus no longer contains.
pub(crate) const GONE: u32 = u32::MAX;

/// A segment and its weights in one index.
pub(crate) struct WeightedSegment {
    pub segment: Arc<Segment>,
    /// For each measure its index in the graph, or [`GONE`].
    pub ids: Vec<u32>,
    rows: Vec<FeatureWeight>,
    norms: Vec<Norms>,
    /// For each field with posting lists: 1 over the length of each measure's
    /// vector, 0 if it is empty or the measure is gone. Empty for other fields.
    inverse_norms: [Vec<f32>; Field::COUNT],
    /// For each rarity level, and after the last: the length of the rest of each
    /// measure's vector of words, from that level on, in units of 1/[`FULL`], rounded up.
    suffix_norms: Vec<Vec<u8>>,
}

/// Upper bound on the rounding error of a sum of up to a thousand `f32` in 0..=1,
/// ten times over.
pub(crate) const SLACK: f32 = 1e-4;

/// The suffix norm of a vector as a whole.
pub(crate) const FULL: f32 = 255.0;

/// The score that a measure must reach, and the known bound of its words.
#[derive(Clone, Copy)]
pub(crate) struct Threshold {
    pub score: f32,
    /// Upper bound of the cosine of its words.
    pub word_cosine: f64,
}

impl WeightedSegment {
    pub(crate) fn new(
        segment: Arc<Segment>,
        ids: Vec<u32>,
        statistics: &Statistics,
        tf: &Tf,
    ) -> Self {
        let rows: Vec<FeatureWeight> =
            segment.features().iter().map(|&feature| statistics.row(feature)).collect();
        let mut norms = vec![Norms::default(); segment.len()];
        let mut suffix_norms = vec![vec![0; segment.len()]; statistics.levels() + 1];
        let mut of_levels = vec![0; statistics.levels()];
        for (measure, norms) in norms.iter_mut().enumerate() {
            segment.forward.blocks(measure, |numbers, counts| {
                for (&row, count) in numbers.iter().zip(counts.iter()) {
                    let row = rows[row as usize];
                    let square = square(tf.weight(row, count));
                    norms[row.field as usize] += square;
                    if row.field == Field::Words {
                        of_levels[row.level as usize] += square;
                    }
                }
            });
            let whole = norms[Field::Words as usize].max(1) as f32;
            let mut suffix = 0;
            for (level, of_level) in of_levels.iter_mut().enumerate().rev() {
                suffix += std::mem::take(of_level);
                suffix_norms[level][measure] = suffix_norm(suffix as f32 / whole);
            }
        }
        let inverse_norms = Field::ALL.map(|field| {
            let inverse = |(norms, &id): (&Norms, &u32)| match norms[field as usize] {
                norm if norm > 0 && id != GONE => 1.0 / (norm as f32).sqrt(),
                _ => 0.0,
            };
            match field.has_postings() {
                true => norms.iter().zip(&ids).map(inverse).collect(),
                false => Vec::new(),
            }
        });
        WeightedSegment { segment, ids, rows, norms, inverse_norms, suffix_norms }
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn norms(&self, measure: usize) -> &Norms {
        &self.norms[measure]
    }

    /// Returns 1 over the length of each measure's vector of a field with posting lists.
    pub(crate) fn inverse_norms(&self, field: Field) -> &[f32] {
        &self.inverse_norms[field as usize]
    }

    /// Returns the rarity level of a row: the lower, the rarer.
    pub(crate) fn level(&self, row: u32) -> u8 {
        self.rows[row as usize].level
    }

    /// Returns the length of the rest of each measure's vector of words from a level
    /// on, in units of 1/[`FULL`]; 0 after the last level.
    pub(crate) fn suffix_norms(&self, level: u8) -> &[u8] {
        &self.suffix_norms[level as usize]
    }

    pub(crate) fn weight(&self, row: u32, count: u32, tf: &Tf) -> u32 {
        tf.weight(self.rows[row as usize], count)
    }

    /// Returns a measure as a query.
    pub(crate) fn query(&self, measure: usize, tf: &Tf) -> Query {
        let features = self.segment.features();
        let mut terms = Vec::new();
        self.segment.forward.blocks(measure, |rows, counts| {
            let weighted = rows.iter().zip(counts.iter());
            terms.extend(
                weighted.map(|(&row, count)| (features[row as usize], self.weight(row, count, tf))),
            );
        });
        Query { terms, norms: self.norms[measure] }
    }

    /// Lays a query out by the rows of this segment, for [`score_if`](Self::score_if).
    pub(crate) fn load_query(&self, query: &Query, vector: &mut QueryVector, tf: &Tf) {
        vector.clear(self.rows.len());
        for &(feature, weight) in &query.terms {
            if let Some(at) = self.segment.row(feature) {
                vector.add(at, self.rows[at as usize], weight, tf);
            }
        }
    }

    /// Returns the exact score of a measure; `None` if it is below the threshold.
    ///
    /// The fields other than words have few features and are added first: with the
    /// bound for the words they already rule out most measures.
    pub(crate) fn score_if(
        &self,
        measure: usize,
        query: &Query,
        vector: &QueryVector,
        tf: &Tf,
        threshold: Threshold,
    ) -> Option<f32> {
        let norms = self.norms[measure];
        let forward = &self.segment.forward;
        let mut dots = Norms::default();
        vector.add_others(&forward.others, measure, tf, &mut dots);
        let mut upper_bound = cosines(&dots, &query.norms, &norms);
        if [query.norms, norms].iter().all(|norms| norms[Field::Words as usize] > 0) {
            upper_bound += Field::Words.weight() * threshold.word_cosine;
        }
        if mean(upper_bound, &query.norms, &norms) + SLACK < threshold.score {
            return None;
        }
        dots[Field::Words as usize] = vector.words(&forward.words, measure, tf);
        Some(score(&dots, &query.norms, &norms))
    }

    /// Returns the memory in bytes, without the documents.
    pub(crate) fn bytes(&self) -> usize {
        let inverse: usize = self.inverse_norms.iter().map(|norms| size_of_val(&**norms)).sum();
        let measure = size_of::<u32>() + size_of::<Norms>() + self.suffix_norms.len();
        let rows = self.rows.len() * size_of::<FeatureWeight>();
        self.segment.bytes() + self.len() * measure + inverse + rows
    }
}

/// Returns the norm of the part of a text in units of [`FULL`] of the whole, rounded up.
///
/// * `share`: square of the quotient, in 0..=1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and at most FULL, which fits"
)]
fn suffix_norm(share: f32) -> u8 {
    (share.sqrt() * FULL).ceil() as u8
}
