//! Figures of two measures for the same thing.

use std::collections::BTreeSet;

use super::pairing::{Pair, one_to_one};
use super::sentences::Sides;
use crate::features::features;
use crate::graph::{MeasureRef, TargetId, TargetRef};

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

/// Figures measure the same thing if what they measure shares this part of its
/// words (Dice), or if their sentences stand side by side.
const ALIKE: f64 = 0.5;

/// One to one, the most alike first chosen; in the order of `found`.
pub(super) fn figures(
    asked: MeasureRef<'_>,
    found: MeasureRef<'_>,
    sides: &[Sides],
) -> Vec<Figures> {
    let beside = |asked: TargetRef<'_>, found: TargetRef<'_>| {
        let (asked, found) = (asked.record().span, found.record().span);
        sides.iter().any(|side| side.asked.holds(asked) && side.found.holds(found))
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for (f, one) in found.targets().enumerate() {
        for (a, other) in asked.targets().enumerate() {
            let likeness = dice(&other.record().quantity_of, &one.record().quantity_of);
            let beside = beside(other, one);
            if one.record().unit == other.record().unit && (beside || likeness >= ALIKE) {
                let score = if beside { 1.0 + likeness } else { likeness };
                pairs.push(Pair { score, found: f, asked: a });
            }
        }
    }
    let (asked, found): (Vec<_>, Vec<_>) = (asked.targets().collect(), found.targets().collect());
    let figures = |pair: Pair| {
        let (asked, found) = (asked[pair.asked], found[pair.found]);
        let (one, other) = (asked.record(), found.record());
        let agree = (one.comparator, one.from, one.to) == (other.comparator, other.from, other.to);
        Figures { asked: asked.id(), found: found.id(), agree }
    };
    one_to_one(pairs).into_iter().map(figures).collect()
}

/// Twice what both have over what each has: 1 for the same words.
fn dice(a: &str, b: &str) -> f64 {
    let of = |text| features(text).collect::<BTreeSet<_>>();
    let (a, b) = (of(a), of(b));
    let all = a.len() + b.len();
    if all == 0 { 0.0 } else { 2.0 * a.intersection(&b).count() as f64 / all as f64 }
}
