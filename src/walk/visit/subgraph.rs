//! The nodes and edges of some kinds, as a graph of its own.

use super::{
    Edge, EdgeReferences, Edges, Neighbors, NodeEntry, NodeIdentifiers, NodeReferences,
    ScopedAdjacency, Visited,
};
use crate::graph::{Direction, EdgeId, EdgeKind, Graph, Id, Node, NodeId};
use crate::walk::Scope;
use crate::walk::ranges::{EdgeRuns, IdRanges};
use petgraph::Directed;
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, GetAdjacencyMatrix, GraphBase, GraphProp, IntoEdgeReferences,
    IntoEdges, IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers,
    IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};

/// The nodes of some kinds, and the edges of some kinds between them.
///
/// petgraph's visit traits are implemented on `&Subgraph`, so that its
/// algorithms and adaptors run on it as on a graph. A node keeps the [`NodeId`]
/// that it has in the graph, but its petgraph *index* counts only the nodes of
/// the subgraph, in the same order; likewise for edges. Nothing is copied:
/// iterating over the edges of a node of degree `d` takes one binary search,
/// O(log d), for each range of edge ids in the subgraph.
///
/// ```
/// use petgraph::algo::page_rank;
/// use petgraph::visit::{NodeCount, NodeIndexable};
/// use policygraph::graph::{EdgeKind, NodeKind};
/// use policygraph::walk::Scope;
///
/// // The instrument with the highest rank among those that measures cite.
/// let graph = policygraph::builtin();
/// let kinds = [NodeKind::Measure, NodeKind::Policy];
/// let cites = graph.subgraph(Scope::default().nodes(kinds).edges([EdgeKind::Cites]));
/// assert_eq!(cites.node_count(), graph.measures().len() + graph.policies().len());
///
/// let ranks: Vec<f64> = page_rank(&cites, 0.85, 5);
/// let first = (0..ranks.len()).max_by(|&a, &b| ranks[a].total_cmp(&ranks[b])).unwrap();
/// let policy = graph.node_at(NodeIndexable::from_index(&cites, first));
/// assert_eq!(graph.label(policy), "中药材生产质量管理规范");
/// ```
#[derive(Clone, Debug)]
pub struct Subgraph<'g> {
    graph: &'g Graph,
    nodes: IdRanges,
    edges: IdRanges,
}

impl Graph {
    /// Returns the nodes of the kinds in `scope` and the edges of its kinds between
    /// them. The depth and the direction of `scope` are ignored. O(kinds): nothing
    /// is copied.
    ///
    /// ```
    /// use petgraph::visit::{EdgeCount, IntoNeighborsDirected};
    /// use policygraph::graph::{Direction, EdgeKind};
    /// use policygraph::walk::Scope;
    ///
    /// let graph = policygraph::builtin();
    /// let issued = graph.subgraph(Scope::default().edges([EdgeKind::IssuedBy]));
    /// let agency = graph.agency("内蒙古自治区药品监督管理局").unwrap();
    /// let documents = issued.neighbors_directed(graph.node_id(agency.id()), Direction::Incoming);
    /// assert_eq!(documents.count(), agency.issued().len());
    /// assert!(issued.edge_count() < graph.edge_count());
    /// ```
    pub fn subgraph(&self, scope: Scope) -> Subgraph<'_> {
        Subgraph { graph: self, nodes: scope.node_ranges(self), edges: scope.edge_ranges(self) }
    }
}

impl<'g> Subgraph<'g> {
    /// Returns the graph that the subgraph is part of.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// Returns true if the node is in the subgraph. O(kinds).
    pub fn has_node(&self, node: NodeId) -> bool {
        self.nodes.contains(node.index())
    }

    /// Returns true if the edge is in the subgraph. O(kinds).
    pub fn has_edge(&self, edge: EdgeId) -> bool {
        self.edges.contains(edge.index())
    }

    #[inline]
    fn adjacency(&self, node: NodeId, direction: Direction) -> ScopedAdjacency<'_> {
        ScopedAdjacency::of(self.graph, node, direction, Some(&self.edges))
    }
}

impl GraphBase for Subgraph<'_> {
    type NodeId = NodeId;
    type EdgeId = EdgeId;
}

/// The weight of a node is the [`Node`], of an edge its [`EdgeKind`].
impl Data for Subgraph<'_> {
    type NodeWeight = Node;
    type EdgeWeight = EdgeKind;
}

impl GraphProp for Subgraph<'_> {
    type EdgeType = Directed;
}

impl NodeCount for Subgraph<'_> {
    #[inline]
    fn node_count(&self) -> usize {
        self.nodes.len()
    }
}

/// The index of a node counts the nodes of the subgraph. Panics for a node that
/// is not in it.
impl NodeIndexable for Subgraph<'_> {
    #[inline]
    fn node_bound(&self) -> usize {
        self.nodes.len()
    }

    #[inline]
    fn to_index(&self, node: NodeId) -> usize {
        self.nodes.rank(node.index()).expect("a node of this subgraph")
    }

    #[inline]
    fn from_index(&self, index: usize) -> NodeId {
        NodeId::from_index(self.nodes.select(index))
    }
}

impl NodeCompactIndexable for Subgraph<'_> {}

impl EdgeCount for Subgraph<'_> {
    #[inline]
    fn edge_count(&self) -> usize {
        self.edges.len()
    }
}

/// The index of an edge counts the edges of the subgraph. Panics for an edge that
/// is not in it.
impl EdgeIndexable for Subgraph<'_> {
    #[inline]
    fn edge_bound(&self) -> usize {
        self.edges.len()
    }

    #[inline]
    fn to_index(&self, edge: EdgeId) -> usize {
        self.edges.rank(edge.index()).expect("an edge of this subgraph")
    }

    #[inline]
    fn from_index(&self, index: usize) -> EdgeId {
        EdgeId::from_index(self.edges.select(index))
    }
}

/// The map has one bit for each node of the graph.
impl Visitable for Subgraph<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        self.graph.visit_map()
    }

    fn reset_map(&self, map: &mut Visited) {
        self.graph.reset_map(map);
    }
}

impl<'a> IntoNodeIdentifiers for &'a Subgraph<'_> {
    type NodeIdentifiers = NodeIdentifiers<'a>;

    fn node_identifiers(self) -> NodeIdentifiers<'a> {
        NodeIdentifiers::within(&self.nodes)
    }
}

impl<'a> IntoNodeReferences for &'a Subgraph<'_> {
    type NodeRef = NodeEntry;
    type NodeReferences = NodeReferences<'a>;

    fn node_references(self) -> NodeReferences<'a> {
        NodeReferences { graph: self.graph, nodes: self.node_identifiers() }
    }
}

impl<'a> IntoNeighbors for &'a Subgraph<'_> {
    type Neighbors = Neighbors<'a>;

    #[inline]
    fn neighbors(self, node: NodeId) -> Neighbors<'a> {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'a> IntoNeighborsDirected for &'a Subgraph<'_> {
    type NeighborsDirected = Neighbors<'a>;

    #[inline]
    fn neighbors_directed(self, node: NodeId, direction: Direction) -> Neighbors<'a> {
        Neighbors(self.adjacency(node, direction))
    }
}

impl<'a> IntoEdges for &'a Subgraph<'_> {
    type Edges = Edges<'a, ScopedAdjacency<'a>>;

    #[inline]
    fn edges(self, node: NodeId) -> Self::Edges {
        self.edges_directed(node, Direction::Outgoing)
    }
}

impl<'a> IntoEdgesDirected for &'a Subgraph<'_> {
    type EdgesDirected = Edges<'a, ScopedAdjacency<'a>>;

    #[inline]
    fn edges_directed(self, node: NodeId, direction: Direction) -> Self::EdgesDirected {
        let adjacency = self.adjacency(node, direction);
        Edges { graph: self.graph, node, direction, adjacency }
    }
}

impl<'a> IntoEdgeReferences for &'a Subgraph<'_> {
    type EdgeRef = Edge<'a>;
    type EdgeReferences = EdgeReferences<'a>;

    fn edge_references(self) -> EdgeReferences<'a> {
        EdgeReferences::new(self.graph, self.node_identifiers(), Some(&self.edges))
    }
}

/// No matrix is built, as for a [`Graph`].
impl GetAdjacencyMatrix for Subgraph<'_> {
    type AdjMatrix = ();

    fn adjacency_matrix(&self) {}

    fn is_adjacent(&self, (): &(), from: NodeId, to: NodeId) -> bool {
        let targets = self.graph.links().next_to(from, Direction::Outgoing);
        let sources = self.graph.links().next_to(to, Direction::Incoming);
        let (shorter, other) = match targets.0.len() <= sources.0.len() {
            true => (targets, to),
            false => (sources, from),
        };
        EdgeRuns::new(shorter, &self.edges).any(|(nodes, _)| nodes.contains(&other))
    }
}
