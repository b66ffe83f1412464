//! Breadth-first search from a node.

use super::Scope;
use super::scoped_edges::ScopedEdges;
use super::visit::Visited;
use crate::graph::{Graph, Node, NodeId};
use petgraph::visit::{VisitMap, Visitable};

/// A node of a neighborhood, with its distance from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The node.
    pub node: Node,
    /// Minimum number of edges from the start.
    pub depth: u32,
}

/// Iterator over the nodes around a start, by breadth-first search: nearest first,
/// each node once; nodes of one depth in the order of the steps that first reach
/// them.
#[derive(Clone, Debug)]
pub struct Neighborhood<'g> {
    scoped: ScopedEdges<'g>,
    scope: Scope,
    visited: Visited,
    /// Queue of the search, including the nodes already returned.
    found: Vec<NodeId>,
    next: usize,
    /// Depth of the next node.
    depth: u32,
    /// Index in `found` of the first node of the next depth.
    next_level: usize,
}

impl Graph {
    /// Returns the nodes around `start` within `scope`, `start` included, nearest
    /// first. O(nodes + edges) of the part that is searched; allocates one bit for
    /// each node of the graph.
    ///
    /// ```
    /// use policygraph::graph::{EdgeKind, Node, NodeKind};
    /// use policygraph::walk::Scope;
    ///
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("山西省药品监督管理局").unwrap();
    ///
    /// // Agencies that share a measure with it are two steps away.
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
        let scoped = ScopedEdges::new(self, scope, [start; 2]);
        Neighborhood {
            scoped,
            scope,
            visited,
            found: vec![start],
            next: 0,
            depth: 0,
            next_level: 1,
        }
    }
}

impl Iterator for Neighborhood<'_> {
    type Item = Visit;

    #[inline]
    fn next(&mut self) -> Option<Visit> {
        let id = *self.found.get(self.next)?;
        if self.next == self.next_level {
            self.depth += 1;
            self.next_level = self.found.len();
        }
        self.next += 1;
        if self.scope.has_depth(self.depth + 1) {
            let Neighborhood { scoped, visited, found, .. } = self;
            scoped.for_each_neighbor(id, scoped.forward(), |node| {
                if visited.visit(node) {
                    found.push(node);
                }
            });
        }
        Some(Visit { node: self.scoped.graph.node_at(id), depth: self.depth })
    }

    /// Keeps the state in local variables, which is faster than repeated `next`.
    fn fold<B, F: FnMut(B, Visit) -> B>(self, init: B, mut f: F) -> B {
        let Neighborhood {
            scoped,
            scope,
            mut visited,
            mut found,
            mut next,
            mut next_level,
            mut depth,
        } = self;
        let graph = scoped.graph;
        let mut folded = init;
        while let Some(&id) = found.get(next) {
            if next == next_level {
                depth += 1;
                next_level = found.len();
            }
            next += 1;
            if scope.has_depth(depth + 1) {
                scoped.for_each_neighbor(id, scoped.forward(), |node| {
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
