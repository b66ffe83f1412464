//! How far nodes are from the goal of a walk, found level by level as needed.

use super::scoped_edges::ScopedEdges;
use crate::graph::{Id, NodeId};

/// The distances of all nodes at most `depth` from the goal.
#[derive(Clone, Debug)]
pub(super) struct Distances {
    /// By node, one more than its distance: zeros cost nothing until touched.
    known: Vec<u32>,
    /// The nodes at `depth`.
    frontier: Vec<NodeId>,
    depth: u32,
}

impl Distances {
    pub(super) fn to(goal: NodeId, nodes: usize) -> Distances {
        let mut known = vec![0; nodes];
        known[goal.index()] = 1;
        Distances { known, frontier: vec![goal], depth: 0 }
    }

    /// Walks back from the goal until all nodes so near are known.
    pub(super) fn grow(&mut self, reach: &ScopedEdges<'_>, depth: u32) {
        while self.depth < depth && !self.frontier.is_empty() {
            self.depth += 1;
            let Distances { known, frontier, depth } = self;
            for node in std::mem::take(frontier) {
                reach.nodes(node, reach.backward(), |node| {
                    let known = &mut known[node.index()];
                    if *known == 0 {
                        *known = *depth + 1;
                        frontier.push(node);
                    }
                });
            }
        }
    }

    /// The fewest edges from a node to the goal, or fewer; none if no way leads
    /// there.
    pub(super) fn at_least(&self, node: NodeId) -> Option<u32> {
        match self.known[node.index()] {
            0 if self.frontier.is_empty() => None,
            0 => Some(self.depth + 1),
            known => Some(known - 1),
        }
    }
}
