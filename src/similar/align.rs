use std::collections::BTreeSet;
use std::ops::Deref;

use super::Index;
use crate::graph::{DocId, Graph, MeasureId};

/// Minimum score of a pair. 2 % of the pairs of measures of unrelated seed documents reach
/// it. It was chosen by this rate, not on judged pairs; `evaluate similarity` prints
/// precision and recall.
const MIN_SCORE: f32 = 0.13;

/// Minimum score of a pair, as a share of the best score of one of its two measures.
const NEAR_BEST: f32 = 0.7;

/// An alignment (对照) of two documents: the pairs of measures that correspond.
///
/// With [`Graph::keyed`] it serialises as `{pairs, only_left, only_right}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Alignment {
    /// Pairs, by the left measure, then by descending score, then by the right measure. A
    /// measure may be in several pairs.
    pub pairs: Vec<Aligned>,
    /// Measures of the left document without a counterpart, ascending.
    pub only_left: Vec<MeasureId>,
    /// Measures of the right document without a counterpart, ascending.
    pub only_right: Vec<MeasureId>,
}

/// Two measures that correspond.
///
/// With [`Graph::keyed`] it serialises as `{left, right, score, mutual}`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Aligned {
    /// The measure of the left document.
    pub left: MeasureId,
    /// The measure of the right document.
    pub right: MeasureId,
    /// Their similarity, in 0.13..=1.
    pub score: f32,
    /// True if each is the other's best counterpart. Mutual pairs are one to one.
    pub mutual: bool,
}

impl<G: Deref<Target = Graph>> Index<G> {
    /// Aligns the measures of two documents. Two measures correspond if their score is at
    /// least 0.13, and at least 0.7 of the best score of one of the two. The alignment of
    /// `right` and `left` is its mirror image. Compares all pairs.
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
    /// assert_eq!(found[..3], [(3, 8), (4, 2), (5, 3)]);
    /// // 加强知识产权保护 has no counterpart there.
    /// assert!(alignment.only_left.iter().any(|&id| key(id) == 6));
    /// ```
    pub fn align(&self, left: DocId, right: DocId) -> Alignment {
        let measures = |document| self.graph.measures_of(document).collect::<Vec<_>>();
        let (lefts, rights) = (measures(left), measures(right));
        let scores: Vec<Vec<f32>> = lefts.iter().map(|&id| self.scores(id, &rights)).collect();
        let best_of_left: Vec<f32> = scores.iter().map(|row| max(row.iter().copied())).collect();
        let best_of_right: Vec<f32> =
            (0..rights.len()).map(|at| max(scores.iter().map(|row| row[at]))).collect();

        let mut pairs = Vec::new();
        for (l, row) in scores.iter().enumerate() {
            let start = pairs.len();
            for (r, &score) in row.iter().enumerate() {
                let (of_left, of_right) = (best_of_left[l], best_of_right[r]);
                if score >= MIN_SCORE && score >= NEAR_BEST * of_left.min(of_right) {
                    let mutual = score == of_left && score == of_right;
                    pairs.push(Aligned { left: lefts[l], right: rights[r], score, mutual });
                }
            }
            pairs[start..].sort_by(|a, b| b.score.total_cmp(&a.score));
        }
        keep_first_mutual(&mut pairs);
        let alone = |all: Vec<MeasureId>, side: fn(&Aligned) -> MeasureId| {
            let met: BTreeSet<MeasureId> = pairs.iter().map(side).collect();
            all.into_iter().filter(|id| !met.contains(id)).collect()
        };
        let only_left = alone(lefts, |pair| pair.left);
        let only_right = alone(rights, |pair| pair.right);
        Alignment { pairs, only_left, only_right }
    }
}

fn max(scores: impl Iterator<Item = f32>) -> f32 {
    scores.fold(0.0, f32::max)
}

/// Makes mutual pairs one to one: of equal scores, the first pair stays mutual.
fn keep_first_mutual(pairs: &mut [Aligned]) {
    let (mut lefts, mut rights) = (BTreeSet::new(), BTreeSet::new());
    for pair in pairs {
        pair.mutual &= !lefts.contains(&pair.left) && !rights.contains(&pair.right);
        if pair.mutual {
            lefts.insert(pair.left);
            rights.insert(pair.right);
        }
    }
}
