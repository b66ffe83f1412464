//! Distances of nodes from the goal of a path search, computed level by level.

use super::scoped_edges::ScopedEdges;

use crate::graph::{Id, NodeId, not_in_graph};

/// Distances of all nodes at most `depth` edges from the goal.
#[derive(Clone, Debug)]
pub(super) struct Distances {
    /// For each node its distance plus 1, or 0 if not known: zeroed memory is not
    /// touched until it is written.
    known: Vec<u32>,
    /// The nodes at `depth`.
    frontier: Vec<NodeId>,
    depth: u32,
}

impl Distances {
    pub(super) fn to(goal: NodeId, nodes: usize) -> Distances {
        let mut known = vec![0; nodes];
        match known.get_mut(goal.index()) {
            Some(known) => *known = 1,
            None => not_in_graph(NodeId::NAME, goal.index(), nodes),
        }
        Distances { known, frontier: vec![goal], depth: 0 }
    }

    /// Searches on from the goal until every node within `depth` edges is known.
    pub(super) fn grow(&mut self, scoped: &ScopedEdges<'_>, depth: u32) {
        while self.depth < depth && !self.frontier.is_empty() {
            self.depth += 1;
            let Distances { known, frontier, depth } = self;
            for node in std::mem::take(frontier) {
                scoped.for_each_neighbor(node, scoped.backward(), |node| {
                    let known = &mut known[node.index()];
                    if *known == 0 {
                        *known = *depth + 1;
                        frontier.push(node);
                    }
                });
            }
        }
    }

    /// Lower bound of the distance from `node` to the goal, exact for known nodes.
    /// `None` if the goal cannot be reached.
    pub(super) fn at_least(&self, node: NodeId) -> Option<u32> {
        match self.known[node.index()] {
            0 if self.frontier.is_empty() => None,
            0 => Some(self.depth + 1),
            known => Some(known - 1),
        }
    }
}
