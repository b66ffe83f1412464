//! Keys of edges, and the nodes of a graph by key.

use crate::graph::{Direction, EdgeKind, Graph, Node, NodeKey};
use crate::model::Role;
use petgraph::visit::{IntoNodeReferences, NodeRef};
use serde::Serialize;
use std::fmt;

/// Key of an edge: its kind, the keys of its ends and its role. Ordered in this order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct EdgeKey<'g> {
    /// Kind of the edge.
    pub kind: EdgeKind,
    /// Key of its source.
    pub source: NodeKey<'g>,
    /// Key of its target.
    pub target: NodeKey<'g>,
    /// Role of the agency; `None` if the edge is not [`EdgeKind::Responsible`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// Prints `measure:sx-2025/8 — responsible (sole) → agency:山西省药品监督管理局`.
impl fmt::Display for EdgeKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = self.role.map(|role| format!(" ({role})")).unwrap_or_default();
        let phrase = self.kind.phrase(Direction::Outgoing);
        write!(f, "{} — {phrase}{role} → {}", self.source, self.target)
    }
}

/// A node with its key.
pub(super) struct KeyedNode<'g> {
    pub(super) key: NodeKey<'g>,
    pub(super) node: Node,
}

/// Returns the nodes of a graph, by key. Most are in this order already, by id.
pub(super) fn keyed(graph: &Graph) -> Vec<KeyedNode<'_>> {
    let nodes = graph.node_references().map(|entry| *entry.weight());
    let mut keyed: Vec<_> = nodes.map(|node| KeyedNode { key: graph.key(node), node }).collect();
    keyed.sort_by(|a, b| a.key.cmp(&b.key));
    keyed
}
