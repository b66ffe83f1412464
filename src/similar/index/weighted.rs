//! A segment with the weights that an index gives its features.

use std::sync::Arc;

use super::query::QueryVector;
use super::segment::Segment;
use super::weights::{FeatureWeight, Query, Statistics, score, square};

/// The graph index of a measure that the corpus no longer contains.
pub(crate) const GONE: u32 = u32::MAX;

/// A segment and its weights in one index.
pub(crate) struct WeightedSegment {
    pub segment: Arc<Segment>,
    /// For each measure its index in the graph, or [`GONE`].
    pub ids: Vec<u32>,
    rows: Vec<FeatureWeight>,
    /// The squared length of each measure's vector.
    norms: Vec<u64>,
    /// 1 over the length of each measure's vector, 0 if it is empty or the measure is gone.
    pub inverse_norms: Vec<f32>,
    /// For each rarity level, and after the last: the length of the rest of each
    /// measure's vector, from that level on, in units of 1/[`FULL`], rounded up.
    suffix_norms: Vec<Vec<u8>>,
}

/// The suffix norm of a vector as a whole.
pub(crate) const FULL: f32 = 255.0;

impl WeightedSegment {
    pub(crate) fn new(segment: Arc<Segment>, ids: Vec<u32>, statistics: &Statistics) -> Self {
        let rows: Vec<FeatureWeight> =
            segment.features().iter().map(|&feature| statistics.row(feature)).collect();
        let mut norms = vec![0; segment.len()];
        let mut suffix_norms = vec![vec![0; segment.len()]; statistics.levels() + 1];
        let mut of_levels = vec![0; statistics.levels()];
        for (measure, norm) in norms.iter_mut().enumerate() {
            segment.forward.blocks(measure, |numbers, impacts| {
                for (&row, impact) in numbers.iter().zip(impacts.iter()) {
                    let row = rows[row as usize];
                    of_levels[row.level as usize] += square(impact * row.scale);
                }
            });
            *norm = of_levels.iter().sum();
            let whole = (*norm).max(1) as f32;
            let mut suffix = 0;
            for (level, of_level) in of_levels.iter_mut().enumerate().rev() {
                suffix += std::mem::take(of_level);
                suffix_norms[level][measure] = suffix_norm(suffix as f32 / whole);
            }
        }
        let inverse = |(&norm, &id): (&u64, &u32)| match norm {
            norm if norm > 0 && id != GONE => 1.0 / (norm as f32).sqrt(),
            _ => 0.0,
        };
        let inverse_norms = norms.iter().zip(&ids).map(inverse).collect();
        WeightedSegment { segment, ids, rows, norms, inverse_norms, suffix_norms }
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns the scale and the rarity level of a row.
    pub(crate) fn row(&self, row: u32) -> FeatureWeight {
        self.rows[row as usize]
    }

    /// Returns the length of the rest of each measure's vector from a level on, in units
    /// of 1/[`FULL`]; 0 after the last level.
    pub(crate) fn suffix_norms(&self, level: u8) -> &[u8] {
        &self.suffix_norms[level as usize]
    }

    /// Returns a measure as a query.
    pub(crate) fn query(&self, measure: usize) -> Query {
        let features = self.segment.features();
        let mut terms = Vec::new();
        self.segment.forward.blocks(measure, |rows, impacts| {
            let weigh = |(&row, impact): (&u32, u32)| {
                (features[row as usize], impact * self.row(row).scale)
            };
            terms.extend(rows.iter().zip(impacts.iter()).map(weigh));
        });
        Query { terms, norm: self.norms[measure] }
    }

    /// Lays a query out by the rows of this segment, for [`score`](Self::score).
    pub(crate) fn load_query(&self, query: &Query, vector: &mut QueryVector) {
        vector.clear(self.rows.len());
        for &(feature, weight) in &query.terms {
            if let Some(row) = self.segment.row(feature) {
                vector.add(row, weight, self.row(row).scale);
            }
        }
    }

    /// Returns the exact score of a measure.
    pub(crate) fn score(&self, measure: usize, query: &Query, vector: &QueryVector) -> f32 {
        let dot = vector.dot(&self.segment.forward, measure);
        score(dot, query.norm, self.norms[measure])
    }

    /// Returns the memory in bytes, without the documents.
    pub(crate) fn bytes(&self) -> usize {
        let measure =
            size_of::<u32>() + size_of::<u64>() + size_of::<f32>() + self.suffix_norms.len();
        let rows = self.rows.len() * size_of::<FeatureWeight>();
        self.segment.bytes() + self.len() * measure + rows
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
