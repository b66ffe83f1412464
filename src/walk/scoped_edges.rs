//! The edges of a graph that are in a scope.

use super::Scope;
use super::ranges::{EdgeRuns, IdRanges};
use crate::graph::{Direction, Graph, Id, NodeId};

/// The edges that a search within a scope may follow.
#[derive(Clone, Debug)]
pub(super) struct ScopedEdges<'g> {
    pub(super) graph: &'g Graph,
    edges: IdRanges,
    /// True if every edge of the graph is in scope.
    everything: bool,
    outgoing_only: bool,
    /// Present if the start or the end is of a kind out of scope: the nodes in
    /// scope, and the two exceptions.
    ends: Option<(IdRanges, [NodeId; 2])>,
}

impl<'g> ScopedEdges<'g> {
    /// The two `ends` are in scope whatever their kind.
    pub(super) fn new(graph: &'g Graph, scope: Scope, ends: [NodeId; 2]) -> Self {
        let kinds = ends.map(|end| graph.node_at(end).kind());
        let with_ends = kinds.into_iter().fold(scope, Scope::with_node);
        let edges = with_ends.edge_ranges(graph);
        ScopedEdges {
            graph,
            everything: edges.len() == graph.links().edges() && with_ends == scope,
            edges,
            outgoing_only: scope.is_outgoing_only(),
            ends: (with_ends != scope).then(|| (scope.node_ranges(graph), ends)),
        }
    }

    /// Directions in which a search leaves a node.
    pub(super) fn forward(&self) -> &'static [Direction] {
        match self.outgoing_only {
            true => &[Direction::Outgoing],
            false => &[Direction::Outgoing, Direction::Incoming],
        }
    }

    /// Directions in which a search from the goal leaves a node.
    pub(super) fn backward(&self) -> &'static [Direction] {
        match self.outgoing_only {
            true => &[Direction::Incoming],
            false => &[Direction::Outgoing, Direction::Incoming],
        }
    }

    pub(super) fn runs(&self, node: NodeId, direction: Direction) -> EdgeRuns<'_> {
        EdgeRuns::of(self.graph, node, direction, &self.edges)
    }

    /// Returns true if a search may enter `node` over an edge in scope.
    pub(super) fn admits(&self, node: NodeId) -> bool {
        match &self.ends {
            None => true,
            Some((nodes, ends)) => nodes.contains(node.index()) || ends.contains(&node),
        }
    }

    /// Calls `each` with the neighbors of `node` in these directions.
    #[inline]
    pub(super) fn for_each_neighbor(
        &self,
        node: NodeId,
        directions: &[Direction],
        mut each: impl FnMut(NodeId),
    ) {
        if self.everything {
            let links = self.graph.links();
            let nodes = match directions {
                &[direction] => links.nodes_next_to(node, direction),
                _ => links.nodes_around(node),
            };
            return nodes.iter().for_each(|&node| each(node));
        }
        for &direction in directions {
            let nodes = self.runs(node, direction).flat_map(|(nodes, _)| nodes);
            nodes.filter(|&&node| self.admits(node)).for_each(|&node| each(node));
        }
    }
}
