//! A pass over the posting lists of a query's features, by rarity level, and the bounds
//! on cosines that it gives.

use crate::number::{to_f32, to_u32};
use std::cmp::Reverse;

use super::weighted::{FULL, WeightedSegment};
use super::weights::Query;

/// Number of measures that are compared with a threshold at a time.
const CHUNK: usize = 64;

/// A cursor over the posting lists of a query's features, from the rarest to the most
/// common, one rarity level at a step.
pub(crate) struct LevelCursor<'s> {
    segment: &'s WeightedSegment,
    /// Level, row and query weight of each remaining feature; the next one last.
    rows: Vec<(u8, u32, u32)>,
    /// The first level whose features are not all accumulated.
    level: u8,
    /// The squared length of the remaining query vector.
    remaining: f64,
    /// 1 divided by the length of the query's vector.
    inverse: f32,
}

impl<'s> LevelCursor<'s> {
    /// Creates a cursor before the first level.
    pub(crate) fn new(segment: &'s WeightedSegment, query: &Query) -> Self {
        let row = |&(feature, weight): &_| {
            let row = segment.segment.row(feature)?;
            Some((segment.row(row).level, row, weight))
        };
        let mut rows: Vec<(u8, u32, u32)> = query.terms.iter().filter_map(row).collect();
        rows.sort_unstable_by_key(|&(level, row, _)| {
            Reverse(u64::from(level) << 32 | u64::from(row))
        });
        let norm = query.norm as f64;
        let inverse = if norm > 0.0 { 1.0 / to_f32(norm.sqrt()) } else { 0.0 };
        let mut cursor = LevelCursor { segment, rows, level: 0, remaining: 0.0, inverse };
        cursor.remaining = cursor.rows.iter().map(|row| cursor.square(row.2)).sum();
        cursor
    }

    /// Returns the square of a weight, as a part of the query's unit vector.
    fn square(&self, weight: u32) -> f64 {
        (f64::from(weight) * f64::from(self.inverse)).powi(2)
    }

    /// Returns the number of posting entries of the next level; `None` at the end.
    pub(crate) fn entries_of_level(&self) -> Option<usize> {
        let level = self.rows.last()?.0;
        let of_level = self.rows.iter().rev().take_while(|row| row.0 == level);
        Some(of_level.map(|&(_, row, _)| self.length(row)).sum())
    }

    fn length(&self, row: u32) -> usize {
        self.segment.segment.postings.length(row as usize)
    }

    /// Adds the products of the next level to the accumulators.
    pub(crate) fn advance(&mut self, accumulators: &mut [f32]) {
        let Some(&(level, ..)) = self.rows.last() else { return };
        while let Some((_, row, weight)) = self.rows.pop_if(|row| row.0 == level) {
            let product = weight as f32 * self.segment.row(row).scale as f32;
            self.segment.segment.postings.blocks(row as usize, |measures, impacts| {
                for (&measure, impact) in measures.iter().zip(impacts.iter()) {
                    accumulators[measure as usize] += product * impact as f32;
                }
            });
            self.remaining -= self.square(weight);
        }
        self.level = level + 1;
        if self.rows.is_empty() {
            self.remaining = 0.0;
        }
    }

    /// Returns the upper bound of each measure's cosine, chunk by chunk.
    fn upper_bounds<'a>(
        &'a self,
        accumulators: &'a [f32],
    ) -> impl Iterator<Item = impl Iterator<Item = f32> + Clone + 'a> + 'a {
        let remaining = to_f32(self.remaining.max(0.0).sqrt()) / FULL;
        let suffix_norms = self.segment.suffix_norms(self.level).chunks(CHUNK);
        self.chunks(accumulators).zip(suffix_norms).map(
            move |((accumulators, inverse), suffix_norms)| {
                let of_each = accumulators.iter().zip(inverse).zip(suffix_norms);
                of_each.map(move |((sum, inverse), &suffix_norm)| {
                    sum * inverse * self.inverse + f32::from(suffix_norm) * remaining
                })
            },
        )
    }

    fn chunks<'a>(
        &'a self,
        accumulators: &'a [f32],
    ) -> impl Iterator<Item = (&'a [f32], &'a [f32])> + 'a {
        let inverse = self.segment.inverse_norms.chunks(CHUNK);
        accumulators.chunks(CHUNK).zip(inverse)
    }

    /// Returns true if the upper bounds of more than `limit` measures reach the threshold.
    pub(crate) fn exceeds(&self, limit: usize, threshold: f64, accumulators: &[f32]) -> bool {
        let threshold = to_f32(threshold);
        let mut reached = 0;
        self.upper_bounds(accumulators).any(|chunk| {
            reached += chunk.map(|bound| u32::from(bound >= threshold)).sum::<u32>() as usize;
            reached > limit
        })
    }

    /// Calls `each` with the measures whose upper bound reaches the threshold, and with
    /// that bound.
    pub(crate) fn candidates(
        &self,
        threshold: f64,
        accumulators: &[f32],
        mut each: impl FnMut(u32, f32),
    ) {
        let below = to_f32(threshold).next_down();
        above(below, self.upper_bounds(accumulators), |measure, bound| {
            each(measure, bound);
            below
        });
    }

    /// Calls `each` with the measures whose accumulated cosine, times the length of the
    /// query's vector, exceeds a threshold. It starts at 0; `each` returns the next one.
    pub(crate) fn leaders(&self, accumulators: &[f32], each: impl FnMut(u32, f32) -> f32) {
        let cosines = self.chunks(accumulators).map(|(accumulators, inverse)| {
            accumulators.iter().zip(inverse).map(|(sum, inverse)| sum * inverse)
        });
        above(0.0, cosines, each);
    }
}

/// Calls `each` with the indices and values above the threshold; `each` returns the next
/// threshold.
fn above<C: Iterator<Item = f32> + Clone>(
    mut threshold: f32,
    chunks: impl Iterator<Item = C>,
    mut each: impl FnMut(u32, f32) -> f32,
) {
    for (chunk, values) in chunks.enumerate() {
        // Most chunks have no such value; a fold finds that out without branches.
        if values.clone().fold(false, |any, value| any | (value > threshold)) {
            for (at, value) in values.enumerate() {
                if value > threshold {
                    threshold = each(to_u32(chunk * CHUNK + at), value);
                }
            }
        }
    }
}
