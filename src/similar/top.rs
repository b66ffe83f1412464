//! The best few of many scores.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The `top` greatest `scores` above 0 whose position passes `keep`, greatest
/// first, ties by position. `keep` is asked only of what would be among them.
pub(super) fn top(scores: &[f32], top: usize, keep: impl Fn(u32) -> bool) -> Vec<(u32, f32)> {
    let mut best: BinaryHeap<Reverse<u64>> = BinaryHeap::new();
    for (position, &score) in scores.iter().enumerate() {
        let rank = Reverse(rank(position as u32, score));
        let full = best.len() >= top;
        if score <= 0.0
            || full && best.peek().is_none_or(|worst| rank > *worst)
            || !keep(position as u32)
        {
            continue;
        }
        if full {
            best.pop();
        }
        best.push(rank);
    }
    best.into_sorted_vec()
        .into_iter()
        .map(|Reverse(rank)| (!(rank as u32), f32::from_bits((rank >> 32) as u32)))
        .collect()
}

/// One number to compare by: the greater, the better. The bits of floats
/// from 0 up are in the order of the floats.
fn rank(position: u32, score: f32) -> u64 {
    u64::from(score.to_bits()) << 32 | u64::from(!position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_full_sort(tenths in prop::collection::vec(0_u8..10, 0..40), k in 0_usize..12, parity in 0_u32..3) {
            let scores: Vec<f32> = tenths.iter().map(|&n| f32::from(n) / 10.0).collect();
            let keep = |position: u32| position % 3 != parity;
            let mut all: Vec<(u32, f32)> = (0..).zip(scores.iter().copied()).filter(|&(p, s)| s > 0.0 && keep(p)).collect();
            all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            all.truncate(k);
            prop_assert_eq!(top(&scores, k, keep), all);
        }
    }
}
