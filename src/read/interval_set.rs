//! Which ranges lie inside or across others.

use std::ops::Range;

/// Ranges that are asked, often, what they cover. Each answer is O(log n).
#[derive(Default)]
pub(crate) struct Cover {
    /// Starts, ascending, and the greatest end of the ranges up to there.
    ends: Vec<(usize, usize)>,
}

impl FromIterator<Range<usize>> for Cover {
    fn from_iter<I: IntoIterator<Item = Range<usize>>>(ranges: I) -> Self {
        let mut ends: Vec<_> = ranges.into_iter().map(|range| (range.start, range.end)).collect();
        ends.sort_unstable();
        let mut greatest = 0;
        for (_, end) in &mut ends {
            greatest = greatest.max(*end);
            *end = greatest;
        }
        Cover { ends }
    }
}

impl Cover {
    /// True if all of `range` lies in one of the ranges.
    pub fn holds(&self, range: &Range<usize>) -> bool {
        self.greatest_end(range.start + 1) >= range.end
    }

    /// True if one of the ranges shares a byte with `range`.
    pub fn meets(&self, range: &Range<usize>) -> bool {
        self.greatest_end(range.end) > range.start
    }

    /// The greatest end of the ranges that start before `limit`; 0 if none does.
    fn greatest_end(&self, limit: usize) -> usize {
        let before = self.ends.partition_point(|&(start, _)| start < limit);
        self.ends[..before].last().map_or(0, |&(_, end)| end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_look_at_each_range() {
        let ranges = [3..9, 4..5, 12..12, 15..20, 18..23];
        let cover: Cover = ranges.iter().cloned().collect();
        for (start, end) in (0..25).flat_map(|start| (start + 1..26).map(move |end| (start, end))) {
            let holds = ranges.iter().any(|r| r.start <= start && end <= r.end);
            let meets = ranges.iter().any(|r| r.start < end && start < r.end);
            assert_eq!(cover.holds(&(start..end)), holds, "{start}..{end}");
            assert_eq!(cover.meets(&(start..end)), meets, "{start}..{end}");
        }
    }
}
