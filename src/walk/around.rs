//! What is around a node, the nearest first.

use super::{Scope, Visited};
use crate::graph::{Graph, Link, Node, NodeId};
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
    graph: &'g Graph,
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
        Around { graph: self, scope, visited, queue: VecDeque::from([(start, 0)]) }
    }
}

impl Iterator for Around<'_> {
    type Item = Visit;

    fn next(&mut self) -> Option<Visit> {
        let (id, depth) = self.queue.pop_front()?;
        if self.scope.reaches(depth + 1) {
            let links = self.graph.links();
            self.discover(links.outgoing(id), depth + 1);
            if !self.scope.is_along() {
                self.discover(links.incoming(id), depth + 1);
            }
        }
        Some(Visit { node: self.graph.node(id), depth })
    }
}

impl Around<'_> {
    fn discover(&mut self, links: &[Link], depth: u32) {
        for link in links {
            let admitted = !self.visited.is_visited(&link.node)
                && self.scope.has_edge(self.graph.edge_kind(link.edge))
                && self.scope.has_node(self.graph.node(link.node).kind());
            if admitted && self.visited.visit(link.node) {
                self.queue.push_back((link.node, depth));
            }
        }
    }
}
