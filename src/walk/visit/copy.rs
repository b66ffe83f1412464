//! Copies in petgraph's own form, which can be changed.

use super::Subgraph;
use crate::graph::{EdgeKind, Graph, Node, NodeId};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, GraphBase, IntoEdgeReferences, IntoNodeReferences, NodeCount,
    NodeIndexable,
};

impl Graph {
    /// Returns a copy as a petgraph [`DiGraph`], with the [`Node`] and the
    /// [`EdgeKind`] as weights. Its indices are those of the [`NodeId`]s and
    /// [`EdgeId`](crate::graph::EdgeId)s as long as nothing is removed.
    /// O(nodes + edges).
    ///
    /// ```
    /// use petgraph::graph::EdgeIndex;
    /// use petgraph::visit::EdgeIndexable;
    ///
    /// let graph = policygraph::builtin();
    /// let owned = graph.to_petgraph();
    ///
    /// // From an index of the copy to the edge of the graph, its ends and its proof.
    /// let last = EdgeIndex::new(owned.edge_count() - 1);
    /// let (source, target) = owned.edge_endpoints(last).unwrap();
    /// let edge = EdgeIndexable::from_index(graph, last.index());
    /// assert_eq!(graph.endpoints(edge), (owned[source], owned[target]));
    /// assert!(graph.proof(edge).evidence().is_none()); // derived edges come last
    /// ```
    pub fn to_petgraph(&self) -> DiGraph<Node, EdgeKind> {
        copy(self)
    }
}

impl Subgraph<'_> {
    /// Returns a copy as a petgraph [`DiGraph`]. Its indices are those of the
    /// subgraph. O(nodes + edges) of the subgraph.
    ///
    /// ```
    /// use policygraph::graph::{EdgeKind, NodeKind};
    /// use policygraph::walk::Scope;
    ///
    /// let graph = policygraph::builtin();
    /// let scope = Scope::default().nodes([NodeKind::Document, NodeKind::Policy]);
    /// let mut lineage = graph.subgraph(scope.edges([EdgeKind::Implements])).to_petgraph();
    ///
    /// // Drop the policies that no document implements.
    /// lineage.retain_nodes(|lineage, node| lineage.neighbors_undirected(node).next().is_some());
    /// let named = lineage.map(|_, &node| graph.label(node), |_, kind| *kind);
    /// assert!(named.node_weights().any(|name| name.starts_with("国务院办公厅关于全面深化")));
    /// ```
    pub fn to_petgraph(&self) -> DiGraph<Node, EdgeKind> {
        copy(self)
    }
}

fn copy<G>(graph: G) -> DiGraph<Node, EdgeKind>
where
    G: Data<NodeWeight = Node, EdgeWeight = EdgeKind> + GraphBase<NodeId = NodeId>,
    G: IntoNodeReferences + IntoEdgeReferences,
    G: NodeCount + NodeIndexable + EdgeCount + EdgeIndexable,
{
    use petgraph::visit::{EdgeRef, NodeRef};

    // `edge_references` is in the order of source nodes, not of edge indices.
    let mut edges = vec![None; graph.edge_count()];
    for edge in graph.edge_references() {
        let ends = [edge.source(), edge.target()]
            .map(|node| NodeIndex::new(NodeIndexable::to_index(&graph, node)));
        edges[EdgeIndexable::to_index(&graph, edge.id())] = Some((ends, *edge.weight()));
    }
    let mut owned = DiGraph::with_capacity(graph.node_count(), edges.len());
    for node in graph.node_references() {
        owned.add_node(*node.weight());
    }
    for ([source, target], kind) in edges.into_iter().flatten() {
        owned.add_edge(source, target, kind);
    }
    owned
}
