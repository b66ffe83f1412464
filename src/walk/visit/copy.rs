//! A graph of petgraph's own, for those who want to change one.

use super::Subgraph;
use crate::graph::{EdgeKind, Graph, Node, NodeId};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, GraphBase, IntoEdgeReferences, IntoNodeReferences, NodeCount,
    NodeIndexable,
};

impl Graph {
    /// A copy in petgraph's own form: what each node is, what each edge says.
    /// Its indices are those of [`NodeId`]s and [`EdgeId`](crate::graph::EdgeId)s
    /// as long as nothing is removed. O(nodes + edges).
    ///
    /// ```
    /// use petgraph::graph::EdgeIndex;
    /// use petgraph::visit::EdgeIndexable;
    ///
    /// let graph = policygraph::builtin();
    /// let owned = graph.to_petgraph();
    ///
    /// // The way back, to the ends of an edge and to its proof.
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
    /// A copy in petgraph's own form. Its indices are those of the view.
    /// O(nodes + edges), of the view alone.
    ///
    /// ```
    /// use policygraph::graph::{EdgeKind, NodeKind};
    /// use policygraph::walk::Scope;
    ///
    /// let graph = policygraph::builtin();
    /// let scope = Scope::default().nodes([NodeKind::Document, NodeKind::Policy]);
    /// let mut lineage = graph.subgraph(scope.edges([EdgeKind::Implements])).to_petgraph();
    ///
    /// // What no document implements is of no interest: drop it.
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

    // References come by the node that they leave, indices by relation.
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
