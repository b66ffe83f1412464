//! Counts of nodes and edges by kind.

use super::{EdgeKind, Graph, NodeKind};
use serde::Serialize;

/// Number of nodes and edges of each kind, in the order of the kinds; kinds with none are listed
/// too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Census {
    /// Nodes of each kind.
    pub nodes: Vec<(NodeKind, usize)>,
    /// Edges of each kind.
    pub edges: Vec<(EdgeKind, usize)>,
}

impl Graph {
    /// Counts the nodes and edges of each kind.
    ///
    /// ```
    /// use policygraph::graph::NodeKind;
    ///
    /// let census = policygraph::builtin().census();
    /// assert!(census.nodes.contains(&(NodeKind::Article, 24)));
    /// ```
    pub fn census(&self) -> Census {
        let nodes = NodeKind::ALL.iter().map(|&kind| (kind, self.tables.count(kind))).collect();
        let mut edges: Vec<_> = EdgeKind::ALL.iter().map(|&kind| (kind, 0)).collect();
        self.edges.relations(|kind, _, count| edges[kind as usize].1 += count);
        Census { nodes, edges }
    }
}
