//! Set of visited nodes, for petgraph's `Visitable`.

use crate::graph::{Id, NodeId};
use fixedbitset::FixedBitSet;
use petgraph::visit::VisitMap;

/// Set of visited nodes: one bit for each node of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visited(FixedBitSet);

impl Visited {
    /// Returns an empty set for nodes with an index less than `nodes`.
    pub(in crate::walk) fn with_capacity(nodes: usize) -> Visited {
        Visited(FixedBitSet::with_capacity(nodes))
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl VisitMap<NodeId> for Visited {
    #[inline]
    fn visit(&mut self, node: NodeId) -> bool {
        !self.0.put(node.index())
    }

    #[inline]
    fn is_visited(&self, node: &NodeId) -> bool {
        self.0.contains(node.index())
    }

    #[inline]
    fn unvisit(&mut self, node: NodeId) -> bool {
        let visited = self.is_visited(&node);
        self.0.remove(node.index());
        visited
    }
}
