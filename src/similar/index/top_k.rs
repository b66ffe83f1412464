//! The k best of many scores.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The k greatest scores offered so far, ties by ascending id.
pub(crate) struct TopK {
    k: usize,
    /// The worst of them on top.
    heap: BinaryHeap<Reverse<u64>>,
}

impl TopK {
    pub(crate) fn new(k: usize) -> Self {
        TopK { k, heap: BinaryHeap::new() }
    }

    pub(crate) fn k(&self) -> usize {
        self.k
    }

    pub(crate) fn is_full(&self) -> bool {
        self.heap.len() >= self.k
    }

    /// Returns the score that a new entry must reach; 0 while there is room.
    pub(crate) fn threshold(&self) -> f32 {
        match self.heap.peek() {
            Some(Reverse(worst)) if self.is_full() => score(*worst),
            _ => 0.0,
        }
    }

    /// Adds a score above 0 if it is among the k best.
    pub(crate) fn push(&mut self, id: u32, score: f32) {
        let rank = Reverse(rank(id, score));
        let full = self.is_full();
        if score <= 0.0 || full && self.heap.peek().is_none_or(|worst| rank > *worst) {
            return;
        }
        if full {
            self.heap.pop();
        }
        self.heap.push(rank);
    }

    /// Returns the entries by descending score, ties by id.
    pub(crate) fn into_sorted(self) -> impl Iterator<Item = (u32, f32)> {
        let sorted = self.heap.into_sorted_vec().into_iter();
        sorted.map(|Reverse(rank)| unpacked(rank))
    }
}

/// Packs score and id into one number: the greater, the better. The bit patterns of
/// non-negative floats are in the order of the floats.
fn rank(id: u32, score: f32) -> u64 {
    u64::from(score.to_bits()) << 32 | u64::from(!id)
}

fn score(rank: u64) -> f32 {
    unpacked(rank).1
}

/// Returns the id and the score of a rank.
#[expect(clippy::cast_possible_truncation, reason = "takes the halves of a number")]
fn unpacked(rank: u64) -> (u32, f32) {
    (!(rank as u32), f32::from_bits((rank >> 32) as u32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_full_sort(tenths in prop::collection::vec(0_u8..10, 0..40), k in 0_usize..12) {
            let scores: Vec<f32> = tenths.iter().map(|&n| f32::from(n) / 10.0).collect();
            let mut all: Vec<(u32, f32)> = (0..).zip(scores.iter().copied()).filter(|&(_, s)| s > 0.0).collect();
            all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let threshold = all.get(k.wrapping_sub(1)).map_or(0.0, |worst| worst.1);
            all.truncate(k);
            let mut top = TopK::new(k);
            for (id, &score) in scores.iter().enumerate().rev() {
                top.push(id as u32, score);
            }
            prop_assert!(k == 0 || top.threshold() == threshold);
            prop_assert_eq!(top.into_sorted().collect::<Vec<_>>(), all);
        }
    }
}
