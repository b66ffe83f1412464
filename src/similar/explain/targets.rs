//! Figures of two measures for the same thing.

use std::collections::BTreeSet;

use super::pairing::{Pair, one_to_one};
use super::sentences::Sides;
use crate::features::{Feature, features};
use crate::graph::{MeasureRef, TargetId, TargetRef};
use crate::text::Span;

/// 指标对照 — what two measures set for the same thing, in the same unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// What the question sets.
    pub asked: TargetId,
    /// What the measure that was found sets.
    pub found: TargetId,
    /// Whether they set the same: comparator, start and end.
    pub agree: bool,
}

/// Figures are compared with each other up to so many of a measure.
const MOST: usize = 100;

/// Figures measure the same thing if what they measure shares this part of its
/// words (Dice), or if their sentences stand side by side.
const ALIKE: f64 = 0.5;

/// One to one, the most alike first chosen; in the order of `found`.
pub(crate) fn figures(
    asked: MeasureRef<'_>,
    found: MeasureRef<'_>,
    sides: &[Sides],
) -> Vec<Figures> {
    let (asked, found) = (Figure::all(asked), Figure::all(found));
    let mut pairs: Vec<Pair> = Vec::new();
    for (f, one) in found.iter().enumerate() {
        for (a, other) in asked.iter().enumerate() {
            if one.target.record().unit != other.target.record().unit {
                continue;
            }
            let likeness = dice(&other.words, &one.words);
            let beside = sides
                .iter()
                .any(|side| side.asked.holds(other.span()) && side.found.holds(one.span()));
            if beside || likeness >= ALIKE {
                let score = if beside { 1.0 + likeness } else { likeness };
                pairs.push(Pair { score, found: f, asked: a });
            }
        }
    }
    let figures = |pair: Pair| {
        let (asked, found) = (asked[pair.asked].target, found[pair.found].target);
        let (one, other) = (asked.record(), found.record());
        let agree = (one.comparator, one.from, one.to) == (other.comparator, other.from, other.to);
        Figures { asked: asked.id(), found: found.id(), agree }
    };
    one_to_one(pairs).into_iter().map(figures).collect()
}

/// A figure and the words for what it measures.
struct Figure<'g> {
    target: TargetRef<'g>,
    words: BTreeSet<Feature>,
}

impl<'g> Figure<'g> {
    /// The first [`MOST`] of a measure.
    fn all(measure: MeasureRef<'g>) -> Vec<Self> {
        let words = |target: TargetRef<'g>| features(&target.record().quantity).collect();
        let targets = measure.targets().take(MOST);
        targets.map(|target| Figure { target, words: words(target) }).collect()
    }

    fn span(&self) -> Span {
        self.target.record().span
    }
}

/// Twice what both have over what each has: 1 for the same words.
fn dice(a: &BTreeSet<Feature>, b: &BTreeSet<Feature>) -> f64 {
    let all = a.len() + b.len();
    if all == 0 { 0.0 } else { 2.0 * a.intersection(b).count() as f64 / all as f64 }
}
