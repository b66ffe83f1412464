//! Suffix arrays over units, and the longest run that two texts have in common.

use crate::features::{Feature, TextUnit};

/// Maximum length of a common run in units. A longer one is found in pieces, which bounds
/// the work on repetitive texts.
const MAX_RUN: usize = 32;

/// The units of a text, in runs without punctuation.
pub(crate) struct UnitRuns {
    pub features: Vec<Feature>,
    /// For each unit the end of its run, at most [`MAX_RUN`] units on.
    ends: Vec<usize>,
}

impl UnitRuns {
    pub(crate) fn new(
        units: impl DoubleEndedIterator<Item = TextUnit> + ExactSizeIterator + Clone,
    ) -> Self {
        let mut ends = vec![0; units.len()];
        let mut end = units.len();
        for (at, unit) in units.clone().enumerate().rev() {
            ends[at] = end.min(at + MAX_RUN);
            if !unit.joined {
                end = at;
            }
        }
        UnitRuns { features: units.map(|unit| unit.feature).collect(), ends }
    }

    /// Returns the suffix of its run that begins at `unit`.
    pub(crate) fn suffix(&self, unit: usize) -> &[Feature] {
        &self.features[unit..self.ends[unit]]
    }
}

/// The units of a text sorted by their suffixes, so that a binary search finds the longest
/// run in common with another text.
pub(crate) struct SuffixArray {
    runs: UnitRuns,
    order: Vec<usize>,
}

impl SuffixArray {
    pub(crate) fn new(runs: UnitRuns) -> Self {
        let mut order: Vec<usize> = (0..runs.features.len()).collect();
        order.sort_by(|&a, &b| runs.suffix(a).cmp(runs.suffix(b)));
        SuffixArray { runs, order }
    }

    /// Returns the length of the longest prefix of `suffix` that this text contains, and
    /// the unit at which it occurs; of equally long ones, the first in text order of the
    /// two neighbors in the array.
    pub(crate) fn longest(&self, suffix: &[Feature]) -> (usize, usize) {
        let at = self.order.partition_point(|&unit| self.runs.suffix(unit) < suffix);
        let neighbors = &self.order[at.saturating_sub(1)..self.order.len().min(at + 1)];
        let common = |&unit: &usize| {
            let own = self.runs.suffix(unit).iter();
            (own.zip(suffix).take_while(|(a, b)| a == b).count(), unit)
        };
        let best = neighbors.iter().map(common).max_by_key(|&(n, unit)| (n, usize::MAX - unit));
        best.unwrap_or((0, 0))
    }
}
