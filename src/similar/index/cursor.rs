//! A way through a field's features of a query, from the rarest on, and how far
//! what was gained on it may lead.

use std::cmp::Reverse;

use super::weighted::{FULL, Shard};
use super::weights::{Query, Tf};
use crate::features::Field;

/// So many measures are looked through at a time.
const CHUNK: usize = 64;

/// Counts up to this are usual.
const USUAL: usize = 8;

/// A way through a field's features of a query, from the rarest on, level by
/// level.
pub(crate) struct Traversal<'s> {
    shard: &'s Shard,
    /// Levels, rows and what they weigh in the query; the next one last.
    rows: Vec<(u8, u32, u32)>,
    /// Measures may have what is of this level and above that was not gone
    /// through.
    level: u8,
    /// The square of the length of what is left of the query's vector.
    ahead: f64,
    /// 1 over the length of the query's vector.
    pub inverse: f32,
}

impl<'s> Traversal<'s> {
    pub fn new(shard: &'s Shard, query: &Query, field: Field) -> Self {
        let of_field = query.terms.iter().filter(|(feature, _)| feature.field() == field);
        let row = |&(feature, weight): &_| {
            let row = shard.segment.row(feature)?;
            Some((shard.level(row), row, weight))
        };
        let mut rows: Vec<(u8, u32, u32)> = of_field.filter_map(row).collect();
        rows.sort_unstable_by_key(|&(level, row, _)| {
            Reverse(u64::from(level) << 32 | u64::from(row))
        });
        let norm = query.norms[field as usize] as f64;
        let mut traversal = Traversal {
            shard,
            rows,
            level: 0,
            ahead: 0.0,
            inverse: if norm > 0.0 { 1.0 / norm.sqrt() as f32 } else { 0.0 },
        };
        traversal.ahead = traversal.rows.iter().map(|row| traversal.square(row.2)).sum();
        traversal
    }

    /// The square of a weight, as a part of the query's vector.
    fn square(&self, weight: u32) -> f64 {
        (f64::from(weight) * f64::from(self.inverse)).powi(2)
    }

    /// Entries that are left.
    pub fn left(&self) -> usize {
        self.rows.iter().map(|&(_, row, _)| self.length(row)).sum()
    }

    /// Entries of the level that comes next; none at the end.
    pub fn entries_of_level(&self) -> Option<usize> {
        let level = self.rows.last()?.0;
        let of_level = self.rows.iter().rev().take_while(|row| row.0 == level);
        Some(of_level.map(|&(_, row, _)| self.length(row)).sum())
    }

    fn length(&self, row: u32) -> usize {
        self.shard.segment.postings.length(row as usize)
    }

    /// Goes through a level, if there is one.
    pub fn go_on(&mut self, gained: &mut [f32], tf: &Tf) -> bool {
        let Some(&(level, ..)) = self.rows.last() else { return false };
        while let Some((_, row, weight)) = self.rows.pop_if(|row| row.0 == level) {
            let gain = |count| weight as f32 * self.shard.weight(row, count, tf) as f32;
            let usual: [f32; USUAL] = std::array::from_fn(|less| gain(less as u32 + 1));
            self.shard.segment.postings.blocks(row as usize, |measures, counts| {
                for (&measure, &less) in measures.iter().zip(counts) {
                    let usual = usual.get(less as usize).copied();
                    gained[measure as usize] += usual.unwrap_or_else(|| gain(less + 1));
                }
            });
            self.ahead -= self.square(weight);
        }
        self.level = level + 1;
        if self.rows.is_empty() {
            self.ahead = 0.0;
        }
        true
    }

    /// The most that the words of all measures reach, chunk by chunk.
    fn reach<'a>(
        &'a self,
        gained: &'a [f32],
    ) -> impl Iterator<Item = impl Iterator<Item = f32> + Clone + 'a> + 'a {
        let ahead = self.ahead.max(0.0).sqrt() as f32 / FULL;
        let of_measures = gained.chunks(CHUNK).zip(self.shard.inverse[0].chunks(CHUNK));
        let tails = self.shard.tails(self.level).chunks(CHUNK);
        of_measures.zip(tails).map(move |((gained, inverse), tails)| {
            let of_each = gained.iter().zip(inverse).zip(tails);
            of_each.map(move |((gained, inverse), &tail)| {
                gained * inverse * self.inverse + f32::from(tail) * ahead
            })
        })
    }

    /// Whether the words of more than so many measures may reach the least.
    pub fn is_reached_by(&self, many: usize, least: f64, gained: &[f32]) -> bool {
        let least = least as f32;
        let mut met = 0;
        self.reach(gained).any(|chunk| {
            met += chunk.map(|most| u32::from(most >= least)).sum::<u32>() as usize;
            met > many
        })
    }

    /// Calls `each` with the measures whose words may reach the least, and with
    /// what they reach at most.
    pub fn within_reach(&self, least: f64, gained: &[f32], mut each: impl FnMut(u32, f32)) {
        let below = (least as f32).next_down();
        above(below, self.reach(gained), |measure, most| {
            each(measure, most);
            below
        });
    }

    /// Calls `each` with the measures that have gained more than the least, which
    /// `each` gives anew.
    pub fn gained_more(&self, least: f32, gained: &[f32], each: impl FnMut(u32, f32) -> f32) {
        let chunks = gained.chunks(CHUNK).zip(self.shard.inverse[0].chunks(CHUNK));
        let gains = chunks.map(|(gained, inverse)| {
            gained.iter().zip(inverse).map(|(gained, inverse)| gained * inverse)
        });
        above(least, gains, each);
    }
}

/// Calls `each` with the places and values above the least, which `each` gives
/// anew.
fn above<C: Iterator<Item = f32> + Clone>(
    mut least: f32,
    chunks: impl Iterator<Item = C>,
    mut each: impl FnMut(u32, f32) -> f32,
) {
    for (chunk, values) in chunks.enumerate() {
        // Most chunks have none, which is seen without a branch for each value.
        if values.clone().fold(false, |any, value| any | (value > least)) {
            for (at, value) in values.enumerate() {
                if value > least {
                    least = each((chunk * CHUNK + at) as u32, value);
                }
            }
        }
    }
}
