//! petgraph's visit traits on `&Graph`: directed, over the shared numbering.

use crate::graph::{Direction, EdgeId, EdgeKind, Graph, Id, Link, Node, NodeId};
use petgraph::Directed;
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges,
    IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers,
    IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable, NodeRef, VisitMap,
    Visitable,
};
use std::iter::{Copied, Map};
use std::ops::Range;
use std::slice::Iter;

impl GraphBase for Graph {
    type NodeId = NodeId;
    type EdgeId = EdgeId;
}

/// A node weighs what it is, an edge what it says.
impl Data for Graph {
    type NodeWeight = Node;
    type EdgeWeight = EdgeKind;
}

impl GraphProp for Graph {
    type EdgeType = Directed;
}

impl NodeCount for Graph {
    fn node_count(&self) -> usize {
        self.links().nodes()
    }
}

impl NodeIndexable for Graph {
    fn node_bound(&self) -> usize {
        self.links().nodes()
    }

    fn to_index(&self, node: NodeId) -> usize {
        node.index()
    }

    fn from_index(&self, index: usize) -> NodeId {
        NodeId::from_index(index)
    }
}

impl NodeCompactIndexable for Graph {}

impl EdgeCount for Graph {
    fn edge_count(&self) -> usize {
        self.links().edges()
    }
}

impl EdgeIndexable for Graph {
    fn edge_bound(&self) -> usize {
        self.links().edges()
    }

    fn to_index(&self, edge: EdgeId) -> usize {
        edge.index()
    }

    fn from_index(&self, index: usize) -> EdgeId {
        EdgeId::from_index(index)
    }
}

/// A bit a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visited(Vec<u64>);

impl VisitMap<NodeId> for Visited {
    fn visit(&mut self, node: NodeId) -> bool {
        let (word, bit) = place(node);
        let first = self.0[word] & bit == 0;
        self.0[word] |= bit;
        first
    }

    fn is_visited(&self, node: &NodeId) -> bool {
        let (word, bit) = place(*node);
        self.0[word] & bit != 0
    }

    fn unvisit(&mut self, node: NodeId) -> bool {
        let (word, bit) = place(node);
        let visited = self.0[word] & bit != 0;
        self.0[word] &= !bit;
        visited
    }
}

fn place(node: NodeId) -> (usize, u64) {
    (node.index() / 64, 1 << (node.index() % 64))
}

impl Visitable for Graph {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![0; self.node_count().div_ceil(64)])
    }

    fn reset_map(&self, map: &mut Visited) {
        *map = self.visit_map();
    }
}

impl IntoNodeIdentifiers for &Graph {
    type NodeIdentifiers = Map<Range<usize>, fn(usize) -> NodeId>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        (0..self.node_count()).map(NodeId::from_index)
    }
}

/// A node with its place in the shared numbering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeEntry {
    /// The place.
    pub id: NodeId,
    /// The node.
    pub node: Node,
}

impl NodeRef for NodeEntry {
    type NodeId = NodeId;
    type Weight = Node;

    fn id(&self) -> NodeId {
        self.id
    }

    fn weight(&self) -> &Node {
        &self.node
    }
}

/// All nodes, in the shared numbering.
#[derive(Clone, Debug)]
pub struct NodeReferences<'g> {
    graph: &'g Graph,
    rest: Range<usize>,
}

impl Iterator for NodeReferences<'_> {
    type Item = NodeEntry;

    fn next(&mut self) -> Option<NodeEntry> {
        let id = NodeId::from_index(self.rest.next()?);
        Some(NodeEntry { id, node: self.graph.node(id) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl<'g> IntoNodeReferences for &'g Graph {
    type NodeRef = NodeEntry;
    type NodeReferences = NodeReferences<'g>;

    fn node_references(self) -> NodeReferences<'g> {
        NodeReferences { graph: self, rest: 0..self.node_count() }
    }
}

/// The nodes next to one, along its edges or against them.
#[derive(Clone, Debug)]
pub struct Neighbors<'g>(Copied<Iter<'g, Link>>);

impl Iterator for Neighbors<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        self.0.next().map(|link| link.node)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<'g> IntoNeighbors for &'g Graph {
    type Neighbors = Neighbors<'g>;

    fn neighbors(self, node: NodeId) -> Neighbors<'g> {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for &'g Graph {
    type NeighborsDirected = Neighbors<'g>;

    fn neighbors_directed(self, node: NodeId, direction: Direction) -> Neighbors<'g> {
        Neighbors(links(self, node, direction).iter().copied())
    }
}

fn links(graph: &Graph, node: NodeId, direction: Direction) -> &[Link] {
    match direction {
        Direction::Outgoing => graph.links().outgoing(node),
        Direction::Incoming => graph.links().incoming(node),
    }
}

/// One edge with both its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The edge.
    pub id: EdgeId,
    /// What it says.
    pub kind: EdgeKind,
    /// Where it begins.
    pub source: NodeId,
    /// Where it leads.
    pub target: NodeId,
}

impl EdgeRef for Edge {
    type NodeId = NodeId;
    type EdgeId = EdgeId;
    type Weight = EdgeKind;

    fn source(&self) -> NodeId {
        self.source
    }

    fn target(&self) -> NodeId {
        self.target
    }

    fn weight(&self) -> &EdgeKind {
        &self.kind
    }

    fn id(&self) -> EdgeId {
        self.id
    }
}

/// The edges that leave one node, or reach it.
#[derive(Clone, Debug)]
pub struct Edges<'g> {
    graph: &'g Graph,
    node: NodeId,
    direction: Direction,
    links: Copied<Iter<'g, Link>>,
}

impl Iterator for Edges<'_> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        let link = self.links.next()?;
        let (source, target) = match self.direction {
            Direction::Outgoing => (self.node, link.node),
            Direction::Incoming => (link.node, self.node),
        };
        Some(Edge { id: link.edge, kind: self.graph.edge_kind(link.edge), source, target })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.links.size_hint()
    }
}

impl<'g> IntoEdges for &'g Graph {
    type Edges = Edges<'g>;

    fn edges(self, node: NodeId) -> Edges<'g> {
        self.edges_directed(node, Direction::Outgoing)
    }
}

impl<'g> IntoEdgesDirected for &'g Graph {
    type EdgesDirected = Edges<'g>;

    fn edges_directed(self, node: NodeId, direction: Direction) -> Edges<'g> {
        let links = links(self, node, direction).iter().copied();
        Edges { graph: self, node, direction, links }
    }
}

/// All edges, by the node they leave.
#[derive(Clone, Debug)]
pub struct EdgeReferences<'g> {
    graph: &'g Graph,
    nodes: Range<usize>,
    edges: Option<Edges<'g>>,
}

impl Iterator for EdgeReferences<'_> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        loop {
            if let Some(edge) = self.edges.as_mut().and_then(Iterator::next) {
                return Some(edge);
            }
            let node = NodeId::from_index(self.nodes.next()?);
            self.edges = Some(self.graph.edges(node));
        }
    }
}

impl<'g> IntoEdgeReferences for &'g Graph {
    type EdgeRef = Edge;
    type EdgeReferences = EdgeReferences<'g>;

    fn edge_references(self) -> EdgeReferences<'g> {
        EdgeReferences { graph: self, nodes: 0..self.node_count(), edges: None }
    }
}
