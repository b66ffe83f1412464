//! Where a walk may go from a node: a scope, looked up in a graph once.

use super::Scope;
use super::ranges::{Ranges, Runs};
use crate::graph::{Direction, Graph, Id, NodeId};

/// The edges that a walk within a scope may take.
#[derive(Clone, Debug)]
pub(super) struct ScopedEdges<'g> {
    pub(super) graph: &'g Graph,
    edges: Ranges,
    /// Whether these are all: then there is nothing to search for.
    everything: bool,
    along: bool,
    /// Where an end of the walk is of a kind that is out of scope: no other
    /// node of that kind is admitted.
    ends: Option<(Ranges, [NodeId; 2])>,
}

impl<'g> ScopedEdges<'g> {
    /// Of a walk whose ends are in scope whatever they are.
    pub(super) fn new(graph: &'g Graph, scope: Scope, ends: [NodeId; 2]) -> Self {
        let kinds = ends.map(|end| graph.node_at(end).kind());
        let with_ends = kinds.into_iter().fold(scope, Scope::and_node);
        let edges = with_ends.relations(graph);
        ScopedEdges {
            graph,
            everything: edges.len() == graph.links().edges() && with_ends == scope,
            edges,
            along: scope.is_outgoing_only(),
            ends: (with_ends != scope).then(|| (scope.places(graph), ends)),
        }
    }

    /// The sides of a node on which a walk goes on.
    pub(super) fn forward(&self) -> &'static [Direction] {
        match self.along {
            true => &[Direction::Outgoing],
            false => &[Direction::Outgoing, Direction::Incoming],
        }
    }

    /// The sides on which it came.
    pub(super) fn backward(&self) -> &'static [Direction] {
        match self.along {
            true => &[Direction::Incoming],
            false => &[Direction::Outgoing, Direction::Incoming],
        }
    }

    pub(super) fn runs(&self, node: NodeId, direction: Direction) -> Runs<'_> {
        Runs::of(self.graph, node, direction, &self.edges)
    }

    /// Whether a node that such an edge leads to may be entered.
    pub(super) fn admits(&self, node: NodeId) -> bool {
        match &self.ends {
            None => true,
            Some((nodes, ends)) => nodes.contains(node.index()) || ends.contains(&node),
        }
    }

    /// The nodes next to one on these sides.
    #[inline]
    pub(super) fn nodes(&self, node: NodeId, sides: &[Direction], mut each: impl FnMut(NodeId)) {
        if self.everything {
            let links = self.graph.links();
            let nodes = match sides {
                &[side] => links.nodes_next_to(node, side),
                _ => links.nodes_around(node),
            };
            return nodes.iter().for_each(|&node| each(node));
        }
        for &side in sides {
            let nodes = self.runs(node, side).flat_map(|(nodes, _)| nodes);
            nodes.filter(|&&node| self.admits(node)).for_each(|&node| each(node));
        }
    }
}
