//! What is around a node, the nearest first.

use super::reach::Reach;
use super::{Scope, Visited};
use crate::graph::{Graph, Node, NodeId};
use petgraph::visit::{VisitMap, Visitable};
use std::collections::VecDeque;

/// One node of a neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The node.
    pub node: Node,
    /// The fewest edges that lead to it from the start.
    pub depth: u32,
}

/// A breadth-first walk: the nearest nodes first, each once; at one depth in
/// the order of the steps that first reach them.
#[derive(Clone, Debug)]
pub struct Around<'g> {
    reach: Reach<'g>,
    scope: Scope,
    visited: Visited,
    queue: VecDeque<(NodeId, u32)>,
}

impl Graph {
    /// The nodes around `start` within `scope`, from `start` itself on.
    /// O(nodes + edges) to the end; the walk allots one bit a node.
    ///
    /// ```
    /// use policygraph::graph::{EdgeKind, Node, NodeKind};
    /// use policygraph::walk::Scope;
    ///
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("山西省药品监督管理局").unwrap();
    ///
    /// // Who shares a measure with it, and how many steps away.
    /// let scope = Scope::default().edges([EdgeKind::Responsible]).depth(2);
    /// let near: Vec<_> = graph.around(agency.node(), scope).collect();
    /// assert_eq!((near[0].node, near[0].depth), (agency.node(), 0));
    /// let science = graph.agency("山西省科学技术厅").unwrap();
    /// assert!(near.iter().any(|visit| visit.node == science.node() && visit.depth == 2));
    /// ```
    pub fn around(&self, start: impl Into<Node>, scope: Scope) -> Around<'_> {
        let start = self.node_id(start);
        let mut visited = self.visit_map();
        visited.visit(start);
        let reach = Reach::new(self, scope, [start; 2]);
        Around { reach, scope, visited, queue: VecDeque::from([(start, 0)]) }
    }
}

impl Iterator for Around<'_> {
    type Item = Visit;

    fn next(&mut self) -> Option<Visit> {
        let (id, depth) = self.queue.pop_front()?;
        if self.scope.reaches(depth + 1) {
            self.discover(id, depth + 1);
        }
        Some(Visit { node: self.reach.graph.node(id), depth })
    }
}

impl Around<'_> {
    fn discover(&mut self, from: NodeId, depth: u32) {
        for &direction in self.reach.forward() {
            for (nodes, _) in self.reach.runs(from, direction) {
                for &node in nodes {
                    if self.reach.admits(node) && self.visited.visit(node) {
                        self.queue.push_back((node, depth));
                    }
                }
            }
        }
    }
}
