//! Sets of ids as ranges, and the part of an adjacency that is in such a set.

use crate::graph::{Direction, EdgeId, Graph, Id, NodeId};
use std::ops::Range;

/// Consecutive ids of a set, with the number of smaller ids in the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RankedRange {
    pub(super) range: Range<usize>,
    rank: usize,
}

/// A set of node or edge ids, as ascending ranges. No range is empty and no two
/// touch. There are few: one for each kind at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct IdRanges(Vec<RankedRange>);

impl IdRanges {
    /// Merges ascending, disjoint ranges.
    pub(super) fn new(ranges: impl IntoIterator<Item = Range<usize>>) -> IdRanges {
        let mut merged: Vec<RankedRange> = Vec::new();
        for range in ranges.into_iter().filter(|range| !range.is_empty()) {
            match merged.last_mut() {
                Some(last) if last.range.end == range.start => last.range.end = range.end,
                last => {
                    let rank = last.map_or(0, |last| last.rank + last.range.len());
                    merged.push(RankedRange { range, rank });
                }
            }
        }
        IdRanges(merged)
    }

    pub(super) fn as_slice(&self) -> &[RankedRange] {
        &self.0
    }

    pub(super) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| last.rank + last.range.len())
    }

    pub(super) fn contains(&self, id: usize) -> bool {
        self.rank(id).is_some()
    }

    /// Number of smaller ids in the set, for an id of the set.
    #[inline]
    pub(super) fn rank(&self, id: usize) -> Option<usize> {
        let next = self.0.iter().find(|next| id < next.range.end)?;
        Some(next.rank + id.checked_sub(next.range.start)?)
    }

    /// Returns the id of this rank.
    #[inline]
    pub(super) fn select(&self, rank: usize) -> usize {
        let holds = |next: &&RankedRange| rank < next.rank + next.range.len();
        let range = self.0.iter().find(holds).expect("an index of this subgraph");
        range.range.start + rank - range.rank
    }
}

/// Iterator over the part of an adjacency whose edges are in a set, as slices.
///
/// An adjacency is sorted by edge, so that edges outside the set are skipped by
/// binary search: O(log degree) for each range, and less if all edges are in one.
#[derive(Clone, Debug, Default)]
pub(super) struct EdgeRuns<'a> {
    nodes: &'a [NodeId],
    edges: &'a [EdgeId],
    ranges: &'a [RankedRange],
}

impl<'a> EdgeRuns<'a> {
    #[inline]
    pub(super) fn new((nodes, edges): (&'a [NodeId], &'a [EdgeId]), within: &'a IdRanges) -> Self {
        EdgeRuns { nodes, edges, ranges: &within.0 }
    }

    /// Runs of the adjacency of `node` in this direction.
    #[inline]
    pub(super) fn of(
        graph: &'a Graph,
        node: NodeId,
        direction: Direction,
        within: &'a IdRanges,
    ) -> Self {
        EdgeRuns::new(graph.links().next_to(node, direction), within)
    }

    /// Upper bound of the number of edges left.
    pub(super) fn max_len(&self) -> usize {
        if self.ranges.is_empty() { 0 } else { self.edges.len() }
    }

    #[inline]
    fn take(&mut self, count: usize) -> (&'a [NodeId], &'a [EdgeId]) {
        let (nodes, edges) = (self.nodes.split_at(count), self.edges.split_at(count));
        (self.nodes, self.edges) = (nodes.1, edges.1);
        (nodes.0, edges.0)
    }
}

impl<'a> Iterator for EdgeRuns<'a> {
    type Item = (&'a [NodeId], &'a [EdgeId]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (first, last) = (self.edges.first()?.index(), self.edges.last()?.index());
            let Range { start, end } = self.ranges.first()?.range;
            if first >= end {
                self.ranges = &self.ranges[1..];
            } else if first < start {
                self.take(self.edges.partition_point(|edge| edge.index() < start));
            } else if last < end {
                return Some(self.take(self.edges.len()));
            } else {
                return Some(self.take(self.edges.partition_point(|edge| edge.index() < end)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const IDS: usize = 40;

    fn ranges(set: &BTreeSet<usize>) -> IdRanges {
        IdRanges::new(set.iter().map(|&id| id..id + 1))
    }

    fn ids() -> impl Strategy<Value = BTreeSet<usize>> {
        prop::collection::btree_set(0..IDS, 0..IDS)
    }

    proptest! {
        #[test]
        fn rank_and_select_are_inverse(set in ids()) {
            let ranges = ranges(&set);
            prop_assert_eq!(ranges.len(), set.len());
            let gaps = |pair: &[RankedRange]| pair[0].range.end < pair[1].range.start;
            prop_assert!(ranges.as_slice().windows(2).all(gaps), "{:?}", ranges);
            for id in 0..=IDS {
                prop_assert_eq!(ranges.contains(id), set.contains(&id));
            }
            for (rank, &id) in set.iter().enumerate() {
                prop_assert_eq!(ranges.rank(id), Some(rank));
                prop_assert_eq!(ranges.select(rank), id);
            }
        }

        #[test]
        fn runs_are_the_adjacent_edges_in_a_set(adjacent in ids(), set in ids()) {
            let edges: Vec<EdgeId> = adjacent.iter().map(|&edge| EdgeId::from_index(edge)).collect();
            let nodes: Vec<NodeId> = adjacent.iter().map(|&edge| NodeId::from_index(edge)).collect();
            let within = ranges(&set);
            let mut found = Vec::new();
            for (nodes, edges) in EdgeRuns::new((&nodes, &edges), &within) {
                prop_assert!(!edges.is_empty());
                prop_assert!(nodes.iter().map(|node| node.index()).eq(edges.iter().map(|edge| edge.index())));
                found.extend(edges.iter().map(|edge| edge.index()));
            }
            prop_assert_eq!(found, adjacent.intersection(&set).copied().collect::<Vec<_>>());
        }
    }
}
