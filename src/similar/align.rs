use std::ops::Deref;

use rustc_hash::FxHashSet;

use super::Index;
use crate::graph::{DocId, Graph, MeasureId};

/// From this score on two measures of two documents are said to correspond: of
/// the pairs of measures of unrelated seed documents, two in a hundred reach it.
/// It was not chosen by judged pairs; what is right of what is said at it,
/// `evaluate similarity` prints.
pub const CORRESPONDS: f32 = 0.25;

/// A pair is not far behind the best one of at least one of its two: it reaches
/// this share of its score.
const NEAR_BEST: f32 = 0.7;

/// 对照 — which measures of two documents say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Pairs, by the left measure, then score descending, then by the right. A
    /// measure may stand in several: one to many, or many to many.
    pub pairs: Vec<Aligned>,
    /// Measures of the left document without a counterpart, ascending.
    pub only_left: Vec<MeasureId>,
    /// Measures of the right document without one, ascending.
    pub only_right: Vec<MeasureId>,
}

/// Two measures that correspond.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aligned {
    /// Of the left document.
    pub left: MeasureId,
    /// Of the right one.
    pub right: MeasureId,
    /// How alike they are, in [`CORRESPONDS`]`..=1`.
    pub score: f32,
    /// Whether each is the other's best: the pairs that are, are one to one.
    pub mutual: bool,
}

impl<G: Deref<Target = Graph>> Index<G> {
    /// Which measures of two documents say the same. From the other side it is
    /// the same, mirrored. Compares each with each.
    ///
    /// ```
    /// use policygraph::graph::MeasureId;
    /// use policygraph::similar::Index;
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let [sx, nm] = ["sx-2025", "nm-2025-18"].map(|key| builtin().document(key).unwrap().id());
    /// let alignment = index.align(sx, nm);
    ///
    /// let key = |id: MeasureId| builtin().at(id).key().position;
    /// let one_to_one = alignment.pairs.iter().filter(|pair| pair.mutual);
    /// let found: Vec<_> = one_to_one.map(|pair| (key(pair.left), key(pair.right))).collect();
    /// assert_eq!(found[..3], [(1, 1), (3, 8), (4, 2)]);
    /// // 加强知识产权保护 has no counterpart there.
    /// assert!(alignment.only_left.iter().any(|&id| key(id) == 6));
    /// ```
    pub fn align(&self, left: DocId, right: DocId) -> Alignment {
        let measures = |document| self.graph.measures_of(document).collect::<Vec<_>>();
        let (lefts, rights) = (measures(left), measures(right));
        let scores: Vec<Vec<f32>> = lefts.iter().map(|&id| self.scores(id, &rights)).collect();
        let best_of_left: Vec<f32> = scores.iter().map(|row| most(row.iter().copied())).collect();
        let best_of_right: Vec<f32> =
            (0..rights.len()).map(|at| most(scores.iter().map(|row| row[at]))).collect();

        let mut pairs = Vec::new();
        for (l, row) in scores.iter().enumerate() {
            let start = pairs.len();
            for (r, &score) in row.iter().enumerate() {
                let (of_left, of_right) = (best_of_left[l], best_of_right[r]);
                if score >= CORRESPONDS && score >= NEAR_BEST * of_left.min(of_right) {
                    let mutual = score == of_left && score == of_right;
                    pairs.push(Aligned { left: lefts[l], right: rights[r], score, mutual });
                }
            }
            pairs[start..].sort_by(|a, b| b.score.total_cmp(&a.score));
        }
        one_to_one(&mut pairs);
        let alone = |all: Vec<MeasureId>, side: fn(&Aligned) -> MeasureId| {
            let met: FxHashSet<MeasureId> = pairs.iter().map(side).collect();
            all.into_iter().filter(|id| !met.contains(id)).collect()
        };
        let only_left = alone(lefts, |pair| pair.left);
        let only_right = alone(rights, |pair| pair.right);
        Alignment { pairs, only_left, only_right }
    }
}

fn most(scores: impl Iterator<Item = f32>) -> f32 {
    scores.fold(0.0, f32::max)
}

/// Where several are as alike, the first is the best.
fn one_to_one(pairs: &mut [Aligned]) {
    let (mut lefts, mut rights) = (FxHashSet::default(), FxHashSet::default());
    for pair in pairs {
        pair.mutual &= !lefts.contains(&pair.left) && !rights.contains(&pair.right);
        if pair.mutual {
            lefts.insert(pair.left);
            rights.insert(pair.right);
        }
    }
}
