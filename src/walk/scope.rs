//! Kinds of nodes and edges that a search may use, its depth and direction.

use super::ranges::IdRanges;
use crate::graph::{EdgeKind, Graph, NodeKind};

/// Kinds of nodes and edges that a search may use, its maximum depth, and its
/// direction. By default every kind, any depth, both directions.
///
/// The start and the end of a search are always in its scope, whatever their kind.
///
/// ```
/// use policygraph::graph::{EdgeKind, NodeKind};
/// use policygraph::walk::Scope;
///
/// // Agencies that share a measure.
/// let scope = Scope::default().nodes([NodeKind::Agency, NodeKind::Measure]).depth(2);
/// assert!(scope.has_node(NodeKind::Agency) && !scope.has_node(NodeKind::Product));
/// assert!(scope.has_edge(EdgeKind::Responsible));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    nodes: u32,
    edges: u32,
    depth: u32,
    outgoing_only: bool,
}

impl Default for Scope {
    fn default() -> Self {
        Scope { nodes: u32::MAX, edges: u32::MAX, depth: u32::MAX, outgoing_only: false }
    }
}

impl Scope {
    /// Limits the scope to nodes of these kinds.
    pub fn nodes(self, kinds: impl IntoIterator<Item = NodeKind>) -> Self {
        let nodes = kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u32);
        Scope { nodes, ..self }
    }

    /// Limits the scope to edges of these kinds.
    pub fn edges(self, kinds: impl IntoIterator<Item = EdgeKind>) -> Self {
        let edges = kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u32);
        Scope { edges, ..self }
    }

    /// Sets the maximum number of edges from the start.
    pub fn depth(self, depth: u32) -> Self {
        Scope { depth, ..self }
    }

    /// Follows edges only from source to target.
    pub fn outgoing_only(self) -> Self {
        Scope { outgoing_only: true, ..self }
    }

    /// Returns true if nodes of this kind are in the scope.
    pub fn has_node(self, kind: NodeKind) -> bool {
        self.nodes & 1 << kind as u32 != 0
    }

    /// Returns true if edges of this kind are in the scope.
    pub fn has_edge(self, kind: EdgeKind) -> bool {
        self.edges & 1 << kind as u32 != 0
    }

    pub(super) fn has_depth(self, depth: u32) -> bool {
        depth <= self.depth
    }

    pub(super) fn is_outgoing_only(self) -> bool {
        self.outgoing_only
    }

    pub(super) fn with_node(self, kind: NodeKind) -> Self {
        Scope { nodes: self.nodes | 1 << kind as u32, ..self }
    }

    /// Ids of the nodes in scope.
    pub(super) fn node_ranges(self, graph: &Graph) -> IdRanges {
        let kinds = NodeKind::ALL.iter().filter(|&&kind| self.has_node(kind));
        IdRanges::new(kinds.map(|&kind| graph.links().nodes_of(kind)))
    }

    /// Ids of the edges of these kinds between nodes in scope.
    pub(super) fn edge_ranges(self, graph: &Graph) -> IdRanges {
        let relations = graph.links().relations().iter().filter(|(kind, ends, _)| {
            self.has_edge(*kind) && ends.iter().all(|&end| self.has_node(end))
        });
        IdRanges::new(relations.map(|(.., edges)| edges.clone()))
    }
}

const _: () = assert!(NodeKind::ALL.len() <= 32 && EdgeKind::ALL.len() <= 32);
