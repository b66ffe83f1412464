//! What a walk may touch.

use super::ranges::Ranges;
use crate::graph::{EdgeKind, Graph, NodeKind};

/// What a walk may touch, and how far it goes. By default everything, along
/// edges and against them, to any depth.
///
/// The nodes from and to which a walk is asked for are always in its scope.
///
/// ```
/// use policygraph::graph::{EdgeKind, NodeKind};
/// use policygraph::walk::Scope;
///
/// // What agencies do together, with nothing in between but measures.
/// let scope = Scope::default().nodes([NodeKind::Agency, NodeKind::Measure]).depth(2);
/// assert!(scope.has_node(NodeKind::Agency) && !scope.has_node(NodeKind::Product));
/// assert!(scope.has_edge(EdgeKind::Responsible));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    nodes: u32,
    edges: u32,
    depth: u32,
    along: bool,
}

impl Default for Scope {
    fn default() -> Self {
        Scope { nodes: u32::MAX, edges: u32::MAX, depth: u32::MAX, along: false }
    }
}

impl Scope {
    /// Only nodes of these kinds.
    pub fn nodes(self, kinds: impl IntoIterator<Item = NodeKind>) -> Self {
        let nodes = kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u32);
        Scope { nodes, ..self }
    }

    /// Only edges of these kinds.
    pub fn edges(self, kinds: impl IntoIterator<Item = EdgeKind>) -> Self {
        let edges = kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u32);
        Scope { edges, ..self }
    }

    /// At most so many edges from the start.
    pub fn depth(self, depth: u32) -> Self {
        Scope { depth, ..self }
    }

    /// Only along edges, never against them.
    pub fn outgoing_only(self) -> Self {
        Scope { along: true, ..self }
    }

    /// Whether nodes of this kind are in it.
    pub fn has_node(self, kind: NodeKind) -> bool {
        self.nodes & 1 << kind as u32 != 0
    }

    /// Whether edges of this kind are in it.
    pub fn has_edge(self, kind: EdgeKind) -> bool {
        self.edges & 1 << kind as u32 != 0
    }

    pub(super) fn reaches(self, depth: u32) -> bool {
        depth <= self.depth
    }

    pub(super) fn is_outgoing_only(self) -> bool {
        self.along
    }

    pub(super) fn and_node(self, kind: NodeKind) -> Self {
        Scope { nodes: self.nodes | 1 << kind as u32, ..self }
    }

    /// The places of its nodes.
    pub(super) fn places(self, graph: &Graph) -> Ranges {
        let kinds = NodeKind::ALL.iter().filter(|&&kind| self.has_node(kind));
        Ranges::new(kinds.map(|&kind| graph.links().nodes_of(kind)))
    }

    /// The places of its edges: of its kinds, between nodes of its kinds.
    pub(super) fn relations(self, graph: &Graph) -> Ranges {
        let relations = graph.links().relations().iter().filter(|(kind, ends, _)| {
            self.has_edge(*kind) && ends.iter().all(|&end| self.has_node(end))
        });
        Ranges::new(relations.map(|(.., places)| places.clone()))
    }
}

const _: () = assert!(NodeKind::ALL.len() <= 32 && EdgeKind::ALL.len() <= 32);
