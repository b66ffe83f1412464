//! What is around a node, the nearest first.

use super::Scope;
use super::scoped_edges::ScopedEdges;
use super::visit::Visited;
use crate::graph::{Graph, Node, NodeId};
use petgraph::visit::{VisitMap, Visitable};

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
pub struct Neighborhood<'g> {
    reach: ScopedEdges<'g>,
    scope: Scope,
    visited: Visited,
    /// In the order in which they are given.
    found: Vec<NodeId>,
    next: usize,
    /// How far the next is, and where in `found` those one farther begin.
    depth: u32,
    level: usize,
}

impl Graph {
    /// The nodes around `start` within `scope`, from `start` itself on.
    /// O(nodes + edges) to the end, of those it meets; the walk allots one bit a
    /// node.
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
    /// let near: Vec<_> = graph.neighborhood(agency.node(), scope).collect();
    /// assert_eq!((near[0].node, near[0].depth), (agency.node(), 0));
    /// let science = graph.agency("山西省科学技术厅").unwrap();
    /// assert!(near.iter().any(|visit| visit.node == science.node() && visit.depth == 2));
    /// ```
    pub fn neighborhood(&self, start: impl Into<Node>, scope: Scope) -> Neighborhood<'_> {
        let start = self.node_id(start);
        let mut visited = self.visit_map();
        visited.visit(start);
        let reach = ScopedEdges::new(self, scope, [start; 2]);
        Neighborhood { reach, scope, visited, found: vec![start], next: 0, depth: 0, level: 1 }
    }
}

impl Iterator for Neighborhood<'_> {
    type Item = Visit;

    #[inline]
    fn next(&mut self) -> Option<Visit> {
        let id = *self.found.get(self.next)?;
        if self.next == self.level {
            self.depth += 1;
            self.level = self.found.len();
        }
        self.next += 1;
        if self.scope.reaches(self.depth + 1) {
            let Neighborhood { reach, visited, found, .. } = self;
            reach.nodes(id, reach.forward(), |node| {
                if visited.visit(node) {
                    found.push(node);
                }
            });
        }
        Some(Visit { node: self.reach.graph.node_at(id), depth: self.depth })
    }

    /// The same without looking at every step where it stands.
    fn fold<B, F: FnMut(B, Visit) -> B>(self, init: B, mut f: F) -> B {
        let Neighborhood { reach, scope, mut visited, mut found, mut next, mut level, mut depth } =
            self;
        let graph = reach.graph;
        let mut folded = init;
        while let Some(&id) = found.get(next) {
            if next == level {
                depth += 1;
                level = found.len();
            }
            next += 1;
            if scope.reaches(depth + 1) {
                reach.nodes(id, reach.forward(), |node| {
                    if visited.visit(node) {
                        found.push(node);
                    }
                });
            }
            folded = f(folded, Visit { node: graph.node_at(id), depth });
        }
        folded
    }
}
