//! What petgraph's algorithms are handed: nodes and edges that know their graph.

use crate::graph::{Direction, EdgeId, EdgeKind, Graph, Id, Node, NodeId, Proof};
use crate::walk::ranges::{Ranges, Runs, Stretch};
use petgraph::visit::{EdgeRef, NodeRef};
use std::fmt;
use std::ops::Range;
use std::slice::Iter;

/// One edge with both its ends. It weighs what it says.
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
    /// The edge.
    pub id: EdgeId,
    /// Where it begins.
    pub source: NodeId,
    /// Where it leads.
    pub target: NodeId,
}

impl<'g> Edge<'g> {
    /// What it says. O(1).
    pub fn kind(&self) -> EdgeKind {
        self.graph.edge_kind(self.id)
    }

    /// Why it is there. O(1).
    pub fn proof(&self) -> Proof {
        self.graph.proof(self.id)
    }

    /// The words that say so, if a text does.
    pub fn quote(&self) -> Option<&'g str> {
        self.proof().evidence().map(|evidence| self.graph.quote(evidence))
    }
}

/// Equal: the same edge of the same graph.
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
    /// An edge with both its ends. O(log nodes).
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

/// A node with its place in the shared numbering. It weighs what it is.
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

/// Nodes, in the shared numbering.
#[derive(Clone, Debug)]
pub struct NodeIdentifiers<'a> {
    run: Range<usize>,
    rest: Iter<'a, Stretch>,
}

impl<'a> NodeIdentifiers<'a> {
    pub(in crate::walk) fn all(nodes: usize) -> Self {
        NodeIdentifiers { run: 0..nodes, rest: [].iter() }
    }

    pub(in crate::walk) fn within(nodes: &'a Ranges) -> Self {
        NodeIdentifiers { run: 0..0, rest: nodes.stretches().iter() }
    }
}

impl Iterator for NodeIdentifiers<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        loop {
            if let Some(place) = self.run.next() {
                return Some(NodeId::from_index(place));
            }
            self.run = self.rest.next()?.places.clone();
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest: usize = self.rest.clone().map(|stretch| stretch.places.len()).sum();
        let count = self.run.len() + rest;
        (count, Some(count))
    }
}

impl ExactSizeIterator for NodeIdentifiers<'_> {}

/// Nodes with what they are, in the shared numbering.
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

/// The nodes next to one, along its edges or against them, in the order of the
/// edges' ids; one that two edges lead to comes twice.
#[derive(Clone, Debug)]
pub struct Neighbors<'a> {
    run: Iter<'a, NodeId>,
    rest: Runs<'a>,
}

impl<'a> Neighbors<'a> {
    #[inline]
    pub(in crate::walk) fn within(
        graph: &'a Graph,
        node: NodeId,
        direction: Direction,
        edges: &'a Ranges,
    ) -> Self {
        let rest = Runs::of(graph, node, direction, edges);
        Neighbors { run: [].iter(), rest }
    }
}

impl Iterator for Neighbors<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        loop {
            if let Some(&node) = self.run.next() {
                return Some(node);
            }
            self.run = self.rest.next()?.0.iter();
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.run.len(), Some(self.run.len() + self.rest.at_most()))
    }
}

/// The edges that leave one node, or reach it, in the order of their ids.
#[derive(Clone, Debug)]
pub struct Edges<'a> {
    graph: &'a Graph,
    node: NodeId,
    direction: Direction,
    run: (Iter<'a, NodeId>, Iter<'a, EdgeId>),
    rest: Runs<'a>,
}

impl<'a> Edges<'a> {
    fn none(graph: &'a Graph) -> Self {
        let node = NodeId::from_index(0);
        let (run, rest) = (([].iter(), [].iter()), Runs::default());
        Edges { graph, node, direction: Direction::Outgoing, run, rest }
    }

    /// Those that leave another node.
    #[inline]
    fn of(&self, node: NodeId, within: Option<&'a Ranges>) -> Self {
        match within {
            None => Edges::all(self.graph, node, Direction::Outgoing),
            Some(edges) => Edges::within(self.graph, node, Direction::Outgoing, edges),
        }
    }

    #[inline]
    pub(in crate::walk) fn all(graph: &'a Graph, node: NodeId, direction: Direction) -> Self {
        let (nodes, edges) = graph.links().next_to(node, direction);
        let run = (nodes.iter(), edges.iter());
        Edges { graph, node, direction, run, rest: Runs::default() }
    }

    #[inline]
    pub(in crate::walk) fn within(
        graph: &'a Graph,
        node: NodeId,
        direction: Direction,
        edges: &'a Ranges,
    ) -> Self {
        let rest = Runs::of(graph, node, direction, edges);
        Edges { graph, node, direction, run: ([].iter(), [].iter()), rest }
    }
}

impl<'a> Iterator for Edges<'a> {
    type Item = Edge<'a>;

    #[inline]
    fn next(&mut self) -> Option<Edge<'a>> {
        loop {
            if let (Some(&far), Some(&id)) = (self.run.0.next(), self.run.1.next()) {
                let (source, target) = match self.direction {
                    Direction::Outgoing => (self.node, far),
                    Direction::Incoming => (far, self.node),
                };
                return Some(Edge { graph: self.graph, id, source, target });
            }
            let (nodes, edges) = self.rest.next()?;
            self.run = (nodes.iter(), edges.iter());
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.run.0.len(), Some(self.run.0.len() + self.rest.at_most()))
    }
}

/// Edges, by the node they leave.
#[derive(Clone, Debug)]
pub struct EdgeReferences<'a> {
    nodes: NodeIdentifiers<'a>,
    edges: Edges<'a>,
    within: Option<&'a Ranges>,
}

impl<'a> EdgeReferences<'a> {
    pub(in crate::walk) fn new(
        graph: &'a Graph,
        nodes: NodeIdentifiers<'a>,
        within: Option<&'a Ranges>,
    ) -> Self {
        EdgeReferences { nodes, edges: Edges::none(graph), within }
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
            self.edges = self.edges.of(node, self.within);
        }
    }
}
