//! A set of ranges, for containment and overlap tests.

use std::ops::Range;

/// Ranges, sorted once; each test is O(log n).
#[derive(Default)]
pub(crate) struct IntervalSet {
    /// Starts, ascending, each with the greatest end of the ranges up to it.
    ends: Vec<(usize, usize)>,
}

impl FromIterator<Range<usize>> for IntervalSet {
    fn from_iter<I: IntoIterator<Item = Range<usize>>>(ranges: I) -> Self {
        IntervalSet::new(ranges.into_iter().map(|range| (range.start, range.end)).collect())
    }
}

impl IntervalSet {
    fn new(mut ends: Vec<(usize, usize)>) -> IntervalSet {
        ends.sort_unstable();
        let mut greatest = 0;
        for (_, end) in &mut ends {
            greatest = greatest.max(*end);
            *end = greatest;
        }
        IntervalSet { ends }
    }

    /// Returns true if one of the ranges contains all of `range`.
    pub(crate) fn contains(&self, range: &Range<usize>) -> bool {
        self.greatest_end(range.start + 1) >= range.end
    }

    /// Returns true if one of the ranges shares a byte with `range`.
    pub(crate) fn intersects(&self, range: &Range<usize>) -> bool {
        self.greatest_end(range.end) > range.start
    }

    /// Returns the greatest end of the ranges that start before `limit`; 0 if none
    /// does.
    fn greatest_end(&self, limit: usize) -> usize {
        let before = self.ends.partition_point(|&(start, _)| start < limit);
        self.ends[..before].last().map_or(0, |&(_, end)| end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_scan_of_all_ranges() {
        let ranges = [3..9, 4..5, 12..12, 15..20, 18..23];
        let set: IntervalSet = ranges.iter().cloned().collect();
        for (start, end) in (0..25).flat_map(|start| (start + 1..26).map(move |end| (start, end))) {
            let contains = ranges.iter().any(|r| r.start <= start && end <= r.end);
            let intersects = ranges.iter().any(|r| r.start < end && start < r.end);
            assert_eq!(set.contains(&(start..end)), contains, "{start}..{end}");
            assert_eq!(set.intersects(&(start..end)), intersects, "{start}..{end}");
        }
    }
}
