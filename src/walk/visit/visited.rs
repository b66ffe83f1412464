//! Which nodes a walk has seen.

use crate::graph::{Id, NodeId};
use petgraph::visit::VisitMap;

/// A bit a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visited(Vec<u64>);

impl Visited {
    pub(super) fn none_of(nodes: usize) -> Visited {
        Visited(vec![0; nodes.div_ceil(64)])
    }
}

impl VisitMap<NodeId> for Visited {
    #[inline]
    fn visit(&mut self, node: NodeId) -> bool {
        let (word, bit) = place(node);
        let word = &mut self.0[word];
        let first = *word & bit == 0;
        if first {
            *word |= bit;
        }
        first
    }

    #[inline]
    fn is_visited(&self, node: &NodeId) -> bool {
        let (word, bit) = place(*node);
        self.0[word] & bit != 0
    }

    fn unvisit(&mut self, node: NodeId) -> bool {
        let (word, bit) = place(node);
        let visited = self.0[word] & bit != 0;
        self.0[word] &= !bit;
        visited
    }
}

#[inline]
fn place(node: NodeId) -> (usize, u64) {
    (node.index() / 64, 1 << (node.index() % 64))
}
