//! Rows of units, and the longest run that two have in common.

use crate::features::{Feature, Unit};

/// A longer shared passage is given in pieces of this many characters, which
/// bounds the work on texts that repeat themselves.
const LONGEST: usize = 32;

/// A row of units, in the stretches that no punctuation breaks.
pub(crate) struct Stretches {
    pub features: Vec<Feature>,
    /// For each unit: where its stretch ends, at most [`LONGEST`] units on.
    ends: Vec<usize>,
}

impl Stretches {
    pub fn new(units: impl DoubleEndedIterator<Item = Unit> + ExactSizeIterator + Clone) -> Self {
        let mut ends = vec![0; units.len()];
        let mut end = units.len();
        for (at, unit) in units.clone().enumerate().rev() {
            ends[at] = end.min(at + LONGEST);
            if !unit.joined {
                end = at;
            }
        }
        Stretches { features: units.map(|unit| unit.feature).collect(), ends }
    }

    /// From `unit` on to the end of its stretch.
    pub fn ahead(&self, unit: usize) -> &[Feature] {
        &self.features[unit..self.ends[unit]]
    }
}

/// Units sorted by what is ahead of each, so that the longest run in common with
/// another text is found by halving.
pub(crate) struct Sorted {
    stretches: Stretches,
    order: Vec<usize>,
}

impl Sorted {
    pub fn new(stretches: Stretches) -> Self {
        let mut order: Vec<usize> = (0..stretches.features.len()).collect();
        order.sort_by(|&a, &b| stretches.ahead(a).cmp(stretches.ahead(b)));
        Sorted { stretches, order }
    }

    /// How many units of the beginning of `ahead` also stand here, and from which
    /// unit on.
    pub fn longest(&self, ahead: &[Feature]) -> (usize, usize) {
        let at = self.order.partition_point(|&unit| self.stretches.ahead(unit) < ahead);
        let neighbours = &self.order[at.saturating_sub(1)..self.order.len().min(at + 1)];
        let common = |&unit: &usize| {
            let here = self.stretches.ahead(unit).iter();
            (here.zip(ahead).take_while(|(a, b)| a == b).count(), unit)
        };
        // Of two as long the one that stands first.
        let best = neighbours.iter().map(common).max_by_key(|&(n, unit)| (n, usize::MAX - unit));
        best.unwrap_or((0, 0))
    }
}
