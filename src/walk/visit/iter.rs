//! Items and iterators of petgraph's visit traits.

use crate::graph::{Direction, EdgeId, EdgeKind, Graph, Node, NodeId, Proof};
use crate::walk::ranges::{EdgeRuns, IdRanges, RankedRange};
use petgraph::visit::{EdgeRef, NodeRef};
use std::fmt;
use std::ops::Range;
use std::slice::Iter;

/// An edge with both its ends. Its petgraph weight is its [`EdgeKind`].
///
/// ```
/// use petgraph::visit::IntoEdges;
/// use policygraph::graph::EdgeKind;
///
/// let graph = policygraph::builtin();
/// let measure = graph.node_id(graph.measure("sx-2025/8").unwrap().id());
/// let duty = graph.edges(measure).find(|edge| edge.kind() == EdgeKind::Responsible).unwrap();
/// assert_eq!(graph.label(graph.node_at(duty.target)), "山西省药品监督管理局");
/// assert_eq!(duty.quote(), Some("省药监局"));
/// ```
#[derive(Clone, Copy)]
pub struct Edge<'g> {
    graph: &'g Graph,
    /// Id of the edge.
    pub id: EdgeId,
    /// The node that the edge leaves.
    pub source: NodeId,
    /// The node that the edge enters.
    pub target: NodeId,
}

impl<'g> Edge<'g> {
    /// Returns the edge between `node` and an adjacent node, in this direction from
    /// `node`.
    #[inline]
    fn new(
        graph: &'g Graph,
        node: NodeId,
        direction: Direction,
        (adjacent, id): (NodeId, EdgeId),
    ) -> Self {
        let (source, target) = match direction {
            Direction::Outgoing => (node, adjacent),
            Direction::Incoming => (adjacent, node),
        };
        Edge { graph, id, source, target }
    }

    /// Kind of the edge. O(1).
    pub fn kind(&self) -> EdgeKind {
        self.graph.edge_kind(self.id)
    }

    /// Proof of the edge: read from a text, known from a vocabulary, or derived. O(1).
    pub fn proof(&self) -> Proof {
        self.graph.proof(self.id)
    }

    /// Returns the words of the text that prove the edge, if it was read from a text.
    pub fn quote(&self) -> Option<&'g str> {
        self.proof().evidence().map(|evidence| self.graph.quote(evidence))
    }
}

/// Equal if they are the same edge of the same graph.
impl PartialEq for Edge<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.graph, other.graph)
    }
}

impl Eq for Edge<'_> {}

impl fmt::Debug for Edge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Edge { id, source, target, .. } = self;
        write!(f, "{id:?}: {source:?} {} {target:?}", self.kind().phrase(Direction::Outgoing))
    }
}

impl EdgeRef for Edge<'_> {
    type NodeId = NodeId;
    type EdgeId = EdgeId;
    type Weight = EdgeKind;

    #[inline]
    fn source(&self) -> NodeId {
        self.source
    }

    #[inline]
    fn target(&self) -> NodeId {
        self.target
    }

    #[inline]
    fn weight(&self) -> &EdgeKind {
        self.graph.links().edge_kind(self.id)
    }

    #[inline]
    fn id(&self) -> EdgeId {
        self.id
    }
}

impl Graph {
    /// Returns the edge with both its ends. O(log nodes).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let parent = graph.document("sx-2025").unwrap().implements().next().unwrap();
    /// let edge = graph.edge(parent.edge());
    /// assert_eq!(graph.node_at(edge.target), parent.node());
    /// assert_eq!(edge.quote(), parent.quote());
    /// ```
    pub fn edge(&self, id: EdgeId) -> Edge<'_> {
        let (source, target) = self.endpoints(id);
        Edge { graph: self, id, source: self.node_id(source), target: self.node_id(target) }
    }
}

/// A [`Node`] and its [`NodeId`]. Its petgraph weight is the [`Node`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeEntry {
    /// The id among the nodes of all kinds.
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

/// Ids of the nodes of a graph or a subgraph, ascending.
#[derive(Clone, Debug)]
pub struct NodeIdentifiers<'a> {
    range: Range<usize>,
    rest: Iter<'a, RankedRange>,
}

impl<'a> NodeIdentifiers<'a> {
    pub(super) fn all(nodes: usize) -> Self {
        NodeIdentifiers { range: 0..nodes, rest: [].iter() }
    }

    pub(super) fn within(nodes: &'a IdRanges) -> Self {
        NodeIdentifiers { range: 0..0, rest: nodes.as_slice().iter() }
    }
}

impl Iterator for NodeIdentifiers<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        loop {
            if let Some(index) = self.range.next() {
                return Some(NodeId::from_index(index));
            }
            self.range = self.rest.next()?.range.clone();
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest: usize = self.rest.clone().map(|next| next.range.len()).sum();
        let count = self.range.len() + rest;
        (count, Some(count))
    }
}

impl ExactSizeIterator for NodeIdentifiers<'_> {}

/// Nodes of a graph or a subgraph with their ids, ascending.
#[derive(Clone, Debug)]
pub struct NodeReferences<'a> {
    pub(super) graph: &'a Graph,
    pub(super) nodes: NodeIdentifiers<'a>,
}

impl Iterator for NodeReferences<'_> {
    type Item = NodeEntry;

    fn next(&mut self) -> Option<NodeEntry> {
        let id = self.nodes.next()?;
        Some(NodeEntry { id, node: self.graph.node_at(id) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.nodes.size_hint()
    }
}

impl ExactSizeIterator for NodeReferences<'_> {}

/// The whole adjacency of one node in one direction: each neighbor with the edge
/// to it, in the order of the edges.
#[derive(Clone, Debug)]
pub struct Adjacency<'a> {
    nodes: Iter<'a, NodeId>,
    /// Edges of which those from `at` on lead to `nodes`.
    edges: &'a [EdgeId],
    at: usize,
}

impl<'a> Adjacency<'a> {
    #[inline]
    pub(super) fn of(graph: &'a Graph, node: NodeId, direction: Direction) -> Self {
        let (nodes, edges, at) = graph.links().adjacent(node, direction);
        Adjacency { nodes: nodes.iter(), edges, at }
    }

    #[inline]
    fn new((nodes, edges): (&'a [NodeId], &'a [EdgeId])) -> Self {
        Adjacency { nodes: nodes.iter(), edges, at: 0 }
    }
}

impl Iterator for Adjacency<'_> {
    type Item = (NodeId, EdgeId);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let node = *self.nodes.next()?;
        // Each node has its edge. A lookup that could panic would be made also for callers that do
        // not use the edge, as page_rank.
        let edge = self.edges.get(self.at).copied().unwrap_or(EdgeId::from_index(0));
        self.at += 1;
        Some((node, edge))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.nodes.size_hint()
    }
}

/// The part of an adjacency whose edges are in a subgraph.
#[derive(Clone, Debug)]
pub struct ScopedAdjacency<'a> {
    run: Adjacency<'a>,
    rest: EdgeRuns<'a>,
}

impl<'a> ScopedAdjacency<'a> {
    /// Returns every edge of `node`, or those in `within`.
    #[inline]
    pub(super) fn of(
        graph: &'a Graph,
        node: NodeId,
        direction: Direction,
        within: Option<&'a IdRanges>,
    ) -> Self {
        match within {
            None => ScopedAdjacency {
                run: Adjacency::of(graph, node, direction),
                rest: EdgeRuns::default(),
            },
            Some(edges) => {
                let rest = EdgeRuns::of(graph, node, direction, edges);
                ScopedAdjacency { rest, ..ScopedAdjacency::empty() }
            }
        }
    }

    fn empty() -> Self {
        ScopedAdjacency { run: Adjacency::new((&[], &[])), rest: EdgeRuns::default() }
    }
}

impl Iterator for ScopedAdjacency<'_> {
    type Item = (NodeId, EdgeId);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.run.next() {
                return Some(next);
            }
            self.run = Adjacency::new(self.rest.next()?);
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (run, _) = self.run.size_hint();
        (run, Some(run + self.rest.max_len()))
    }
}

/// Neighbors of one node in a subgraph, in the order of the edges to them. A
/// neighbor that two edges lead to comes twice.
#[derive(Clone, Debug)]
pub struct Neighbors<'a>(pub(super) ScopedAdjacency<'a>);

impl Iterator for Neighbors<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        self.0.next().map(|(node, _)| node)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Outgoing or incoming edges of one node, ascending by id: all of them
/// ([`Adjacency`]), or those in a subgraph ([`ScopedAdjacency`]).
#[derive(Clone, Debug)]
pub struct Edges<'a, A> {
    pub(super) graph: &'a Graph,
    pub(super) node: NodeId,
    pub(super) direction: Direction,
    pub(super) adjacency: A,
}

impl<'a, A: Iterator<Item = (NodeId, EdgeId)>> Iterator for Edges<'a, A> {
    type Item = Edge<'a>;

    #[inline]
    fn next(&mut self) -> Option<Edge<'a>> {
        let (graph, node, direction) = (self.graph, self.node, self.direction);
        self.adjacency.next().map(|adjacent| Edge::new(graph, node, direction, adjacent))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.adjacency.size_hint()
    }

    #[inline]
    fn fold<B, F: FnMut(B, Edge<'a>) -> B>(self, init: B, mut f: F) -> B {
        let Edges { graph, node, direction, adjacency } = self;
        adjacency
            .fold(init, |folded, adjacent| f(folded, Edge::new(graph, node, direction, adjacent)))
    }
}

/// Edges of a graph or a subgraph, in the order of the nodes that they leave.
#[derive(Clone, Debug)]
pub struct EdgeReferences<'a> {
    nodes: NodeIdentifiers<'a>,
    edges: Edges<'a, ScopedAdjacency<'a>>,
    within: Option<&'a IdRanges>,
}

impl<'a> EdgeReferences<'a> {
    pub(super) fn new(
        graph: &'a Graph,
        nodes: NodeIdentifiers<'a>,
        within: Option<&'a IdRanges>,
    ) -> Self {
        let edges = Edges {
            graph,
            node: NodeId::from_index(0),
            direction: Direction::Outgoing,
            adjacency: ScopedAdjacency::empty(),
        };
        EdgeReferences { nodes, edges, within }
    }
}

impl<'a> Iterator for EdgeReferences<'a> {
    type Item = Edge<'a>;

    #[inline]
    fn next(&mut self) -> Option<Edge<'a>> {
        loop {
            if let Some(edge) = self.edges.next() {
                return Some(edge);
            }
            let node = self.nodes.next()?;
            let Edges { graph, direction, .. } = self.edges;
            let adjacency = ScopedAdjacency::of(graph, node, direction, self.within);
            self.edges = Edges { graph, node, direction, adjacency };
        }
    }
}
