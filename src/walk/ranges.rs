//! A set of places in a numbering, and what of a node's edges lies in it.

use crate::graph::{Direction, EdgeId, Graph, Id, NodeId};
use std::ops::Range;

/// Places that stand together, and how many of the set stand before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) places: Range<usize>,
    before: usize,
}

/// Some of a numbering: ascending stretches, none empty, none that touch. They
/// are few: what stands together is merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ranges(Vec<Stretch>);

impl Ranges {
    /// Of ascending, disjoint ranges.
    pub(super) fn new(ranges: impl IntoIterator<Item = Range<usize>>) -> Ranges {
        let mut stretches: Vec<Stretch> = Vec::new();
        for places in ranges.into_iter().filter(|places| !places.is_empty()) {
            match stretches.last_mut() {
                Some(last) if last.places.end == places.start => last.places.end = places.end,
                last => {
                    let before = last.map_or(0, |last| last.before + last.places.len());
                    stretches.push(Stretch { places, before });
                }
            }
        }
        Ranges(stretches)
    }

    pub(super) fn stretches(&self) -> &[Stretch] {
        &self.0
    }

    pub(super) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| last.before + last.places.len())
    }

    pub(super) fn contains(&self, place: usize) -> bool {
        self.index_of(place).is_some()
    }

    /// How many of the set stand before a place of it.
    #[inline]
    pub(super) fn index_of(&self, place: usize) -> Option<usize> {
        let stretch = self.0.iter().find(|stretch| place < stretch.places.end)?;
        Some(stretch.before + place.checked_sub(stretch.places.start)?)
    }

    /// The place before which `index` of the set stand.
    #[inline]
    pub(super) fn place(&self, index: usize) -> usize {
        let holds = |stretch: &&Stretch| index < stretch.before + stretch.places.len();
        let stretch = self.0.iter().find(holds).expect("an index of this view");
        stretch.places.start + index - stretch.before
    }
}

/// What of a side of a node lies in a set of edges, stretch by stretch.
///
/// A side is in the order of its edges, so what is left out is jumped over:
/// O(log side) a stretch, and less where the side lies in one.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs<'a> {
    nodes: &'a [NodeId],
    edges: &'a [EdgeId],
    stretches: &'a [Stretch],
}

impl<'a> Runs<'a> {
    #[inline]
    pub(super) fn new((nodes, edges): (&'a [NodeId], &'a [EdgeId]), within: &'a Ranges) -> Self {
        Runs { nodes, edges, stretches: &within.0 }
    }

    /// Those of one side of a node.
    #[inline]
    pub(super) fn of(
        graph: &'a Graph,
        node: NodeId,
        direction: Direction,
        within: &'a Ranges,
    ) -> Self {
        Runs::new(graph.links().next_to(node, direction), within)
    }

    /// At most so many edges are left.
    pub(super) fn at_most(&self) -> usize {
        if self.stretches.is_empty() { 0 } else { self.edges.len() }
    }

    #[inline]
    fn split(&mut self, at: usize) -> (&'a [NodeId], &'a [EdgeId]) {
        let (nodes, edges) = (self.nodes.split_at(at), self.edges.split_at(at));
        (self.nodes, self.edges) = (nodes.1, edges.1);
        (nodes.0, edges.0)
    }
}

impl<'a> Iterator for Runs<'a> {
    type Item = (&'a [NodeId], &'a [EdgeId]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (first, last) = (self.edges.first()?.index(), self.edges.last()?.index());
            let Range { start, end } = self.stretches.first()?.places;
            if first >= end {
                self.stretches = &self.stretches[1..];
            } else if first < start {
                self.split(self.edges.partition_point(|edge| edge.index() < start));
            } else if last < end {
                return Some(self.split(self.edges.len()));
            } else {
                return Some(self.split(self.edges.partition_point(|edge| edge.index() < end)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const PLACES: usize = 40;

    fn ranges(set: &BTreeSet<usize>) -> Ranges {
        Ranges::new(set.iter().map(|&place| place..place + 1))
    }

    fn places() -> impl Strategy<Value = BTreeSet<usize>> {
        prop::collection::btree_set(0..PLACES, 0..PLACES)
    }

    proptest! {
        #[test]
        fn ranges_number_a_set(set in places()) {
            let ranges = ranges(&set);
            prop_assert_eq!(ranges.len(), set.len());
            let gaps = |pair: &[Stretch]| pair[0].places.end < pair[1].places.start;
            prop_assert!(ranges.stretches().windows(2).all(gaps), "{:?}", ranges);
            for place in 0..=PLACES {
                prop_assert_eq!(ranges.contains(place), set.contains(&place));
            }
            for (index, &place) in set.iter().enumerate() {
                prop_assert_eq!(ranges.index_of(place), Some(index));
                prop_assert_eq!(ranges.place(index), place);
            }
        }

        #[test]
        fn runs_are_the_edges_of_a_side_in_a_set(side in places(), set in places()) {
            let edges: Vec<EdgeId> = side.iter().map(|&edge| EdgeId::from_index(edge)).collect();
            let nodes: Vec<NodeId> = side.iter().map(|&edge| NodeId::from_index(edge)).collect();
            let within = ranges(&set);
            let mut found = Vec::new();
            for (nodes, edges) in Runs::new((&nodes, &edges), &within) {
                prop_assert!(!edges.is_empty());
                prop_assert!(nodes.iter().map(|node| node.index()).eq(edges.iter().map(|edge| edge.index())));
                found.extend(edges.iter().map(|edge| edge.index()));
            }
            prop_assert_eq!(found, side.intersection(&set).copied().collect::<Vec<_>>());
        }
    }
}
