//! petgraph's visit traits on `&Graph`: directed, over the nodes of all kinds.

use super::{
    Adjacency, Edge, EdgeReferences, Edges, NodeEntry, NodeIdentifiers, NodeReferences, Visited,
};
use crate::graph::{Direction, EdgeId, EdgeKind, Graph, Id, Node, NodeId};
use petgraph::Directed;
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, GetAdjacencyMatrix, GraphBase, GraphProp, IntoEdgeReferences,
    IntoEdges, IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers,
    IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};
use std::iter::Copied;
use std::slice::Iter;

impl GraphBase for Graph {
    type NodeId = NodeId;
    type EdgeId = EdgeId;
}

/// The weight of a node is the [`Node`], of an edge its [`EdgeKind`].
impl Data for Graph {
    type NodeWeight = Node;
    type EdgeWeight = EdgeKind;
}

impl GraphProp for Graph {
    type EdgeType = Directed;
}

impl NodeCount for Graph {
    #[inline]
    fn node_count(&self) -> usize {
        self.links().nodes()
    }
}

/// The index of a node is that of its [`NodeId`]: dense, from 0.
impl NodeIndexable for Graph {
    #[inline]
    fn node_bound(&self) -> usize {
        self.links().nodes()
    }

    #[inline]
    fn to_index(&self, node: NodeId) -> usize {
        node.index()
    }

    #[inline]
    fn from_index(&self, index: usize) -> NodeId {
        NodeId::from_index(index)
    }
}

impl NodeCompactIndexable for Graph {}

impl EdgeCount for Graph {
    #[inline]
    fn edge_count(&self) -> usize {
        self.links().edges()
    }
}

/// The index of an edge is that of its [`EdgeId`]: dense, from 0.
impl EdgeIndexable for Graph {
    #[inline]
    fn edge_bound(&self) -> usize {
        self.links().edges()
    }

    #[inline]
    fn to_index(&self, edge: EdgeId) -> usize {
        edge.index()
    }

    #[inline]
    fn from_index(&self, index: usize) -> EdgeId {
        EdgeId::from_index(index)
    }
}

impl Visitable for Graph {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited::with_capacity(self.node_count())
    }

    fn reset_map(&self, map: &mut Visited) {
        map.clear();
    }
}

impl<'g> IntoNodeIdentifiers for &'g Graph {
    type NodeIdentifiers = NodeIdentifiers<'g>;

    #[inline]
    fn node_identifiers(self) -> NodeIdentifiers<'g> {
        NodeIdentifiers::all(self.node_count())
    }
}

impl<'g> IntoNodeReferences for &'g Graph {
    type NodeRef = NodeEntry;
    type NodeReferences = NodeReferences<'g>;

    fn node_references(self) -> NodeReferences<'g> {
        NodeReferences { graph: self, nodes: self.node_identifiers() }
    }
}

impl<'g> IntoNeighbors for &'g Graph {
    type Neighbors = Copied<Iter<'g, NodeId>>;

    #[inline]
    fn neighbors(self, node: NodeId) -> Self::Neighbors {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for &'g Graph {
    type NeighborsDirected = Copied<Iter<'g, NodeId>>;

    #[inline]
    fn neighbors_directed(self, node: NodeId, direction: Direction) -> Self::NeighborsDirected {
        self.links().nodes_next_to(node, direction).iter().copied()
    }
}

impl<'g> IntoEdges for &'g Graph {
    type Edges = Edges<'g, Adjacency<'g>>;

    #[inline]
    fn edges(self, node: NodeId) -> Self::Edges {
        self.edges_directed(node, Direction::Outgoing)
    }
}

impl<'g> IntoEdgesDirected for &'g Graph {
    type EdgesDirected = Edges<'g, Adjacency<'g>>;

    #[inline]
    fn edges_directed(self, node: NodeId, direction: Direction) -> Self::EdgesDirected {
        let adjacency = Adjacency::of(self, node, direction);
        Edges { graph: self, node, direction, adjacency }
    }
}

impl<'g> IntoEdgeReferences for &'g Graph {
    type EdgeRef = Edge<'g>;
    type EdgeReferences = EdgeReferences<'g>;

    fn edge_references(self) -> EdgeReferences<'g> {
        EdgeReferences::new(self, self.node_identifiers(), None)
    }
}

/// No matrix is built: the shorter of the two adjacencies is searched,
/// O(min(out-degree, in-degree)).
impl GetAdjacencyMatrix for Graph {
    type AdjMatrix = ();

    fn adjacency_matrix(&self) {}

    fn is_adjacent(&self, (): &(), from: NodeId, to: NodeId) -> bool {
        let (targets, _) = self.links().next_to(from, Direction::Outgoing);
        let (sources, _) = self.links().next_to(to, Direction::Incoming);
        match targets.len() <= sources.len() {
            true => targets.contains(&to),
            false => sources.contains(&from),
        }
    }
}
