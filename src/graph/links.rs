//! The adjacency table over nodes of all kinds, for open walks and petgraph's traits.

use super::edges::Relations;
use super::ids::sealed::FromIndex;
use super::ids::{EdgeId, Id, NodeId, not_in_graph, row};
use super::kinds::{EdgeKind, Node, NodeKind};
use super::rows::{Lengths, Rows};
use super::tables::Tables;
use crate::number::to_u32;
use petgraph::Direction;
use std::ops::Range;

/// One direction of a node: its outgoing edges or its incoming ones. The two are adjacent, so that
/// a walk in both directions reads one contiguous range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Side(usize);

impl Side {
    #[inline]
    fn new(node: NodeId, direction: Direction) -> Side {
        Side(2 * node.index() + direction.index())
    }
}

impl FromIndex for Side {
    #[inline]
    fn from_index(index: usize) -> Self {
        Side(index)
    }
}

impl Id for Side {
    const NAME: &'static str = "side";

    #[inline]
    fn index(self) -> usize {
        self.0
    }
}

const KINDS: usize = NodeKind::ALL.len();

/// A relation: the edge kind, the kinds of source and target, the range of its edge ids.
pub(crate) type RelationAt = (EdgeKind, [NodeKind; 2], Range<usize>);

/// The neighbors of each node, in the order of the edges' ids.
#[derive(Debug, PartialEq)]
pub(crate) struct Links {
    /// Position of the first node of each kind; last, the number of nodes.
    kinds: [u32; KINDS + 1],
    /// Relations in the order of their edges.
    relations: Box<[RelationAt]>,
    nodes: Rows<Side, NodeId>,
    /// Parallel to `nodes`: the edges that lead to them.
    edges: Box<[EdgeId]>,
    /// Kind of each edge: one byte, to avoid a search among the relations.
    kind: Box<[EdgeKind]>,
}

impl Links {
    pub(crate) fn build(tables: &Tables, edges: &Relations) -> Links {
        let mut kinds = [0_u32; KINDS + 1];
        for (place, &kind) in NodeKind::ALL.iter().enumerate() {
            let count = u32::try_from(tables.count(kind)).expect("fewer than 2^32 nodes");
            kinds[place + 1] = kinds[place].checked_add(count).expect("fewer than 2^32 nodes");
        }
        let mut relations = Vec::new();
        let mut edge_kinds = Vec::with_capacity(edges.proofs.len());
        edges.relations(|kind, ends, count| {
            let first = edge_kinds.len();
            edge_kinds.resize(first + count, kind);
            relations.push((kind, ends, first..first + count));
        });

        let id =
            |node: Node| NodeId::from_index(kinds[node.kind() as usize] as usize + node.index());
        let sides = 2 * kinds[KINDS] as usize;
        let mut lengths = Lengths::of(sides);
        edges.each(|source, target| {
            lengths.add(Side::new(id(source), Direction::Outgoing));
            lengths.add(Side::new(id(target), Direction::Incoming));
        });
        let mut links = lengths.rows(NodeId::from_index(0), EdgeId::from_index(0));
        let mut next = 0;
        edges.each(|source, target| {
            let (source, target, edge) = (id(source), id(target), EdgeId::from_index(next));
            links.put(Side::new(source, Direction::Outgoing), target, edge);
            links.put(Side::new(target, Direction::Incoming), source, edge);
            next += 1;
        });
        let (nodes, edges) = links.freeze();
        Links { kinds, relations: relations.into(), nodes, edges, kind: edge_kinds.into() }
    }

    #[inline]
    pub(crate) fn nodes(&self) -> usize {
        self.kinds[KINDS] as usize
    }

    #[inline]
    pub(crate) fn edges(&self) -> usize {
        self.edges.len() / 2
    }

    #[inline]
    #[track_caller]
    pub(crate) fn node_id(&self, node: Node) -> NodeId {
        let Range { start, end } = self.nodes_of(node.kind());
        match start + node.index() < end {
            true => NodeId::from_index(start + node.index()),
            false => not_in_graph(node.kind().name(), node.index(), end - start),
        }
    }

    #[inline]
    #[track_caller]
    pub(crate) fn node(&self, id: NodeId) -> Node {
        // The kinds are so few that comparing all is faster than a binary search.
        let id = to_u32(id.index());
        let kind = self.kinds[1..].iter().map(|&end| u32::from(end <= id)).sum::<u32>() as usize;
        match NodeKind::ALL.get(kind) {
            Some(&of) => Node::from_index(of, (id - self.kinds[kind]) as usize),
            None => not_in_graph(NodeId::NAME, id as usize, self.nodes()),
        }
    }

    #[inline]
    #[track_caller]
    pub(crate) fn edge_kind(&self, edge: EdgeId) -> &EdgeKind {
        row(&self.kind, edge)
    }

    /// Positions of the nodes of a kind.
    #[inline]
    pub(crate) fn nodes_of(&self, kind: NodeKind) -> Range<usize> {
        self.kinds[kind as usize] as usize..self.kinds[kind as usize + 1] as usize
    }

    pub(crate) fn relations(&self) -> &[RelationAt] {
        &self.relations
    }

    /// Returns the places of the neighbors of `node`. Panics if the node is of another graph.
    #[inline]
    fn range(&self, node: NodeId, direction: Direction) -> Range<usize> {
        match self.nodes.find(Side::new(node, direction).index()) {
            Some(range) => range,
            None => not_in_graph(NodeId::NAME, node.index(), self.nodes()),
        }
    }

    /// Returns the neighbors of `node` in one direction.
    #[inline]
    pub(crate) fn nodes_next_to(&self, node: NodeId, direction: Direction) -> &[NodeId] {
        &self.nodes.values()[self.range(node, direction)]
    }

    /// Returns the neighbors of `node` in both directions: targets of its outgoing edges, then
    /// sources of its incoming ones.
    #[inline]
    pub(crate) fn nodes_around(&self, node: NodeId) -> &[NodeId] {
        let [start, end] =
            [Direction::Outgoing, Direction::Incoming].map(|direction| self.range(node, direction));
        &self.nodes.values()[start.start..end.end]
    }

    /// Returns the neighbors of `node` in one direction, the edges of the graph in the order of this
    /// table, and the place of the edge to the first neighbor in them.
    #[inline]
    pub(crate) fn adjacent(
        &self,
        node: NodeId,
        direction: Direction,
    ) -> (&[NodeId], &[EdgeId], usize) {
        let range = self.range(node, direction);
        let start = range.start;
        (&self.nodes.values()[range], &self.edges, start)
    }

    /// Returns the neighbors of `node` in one direction, and the edges to them in a
    /// parallel slice.
    #[inline]
    pub(crate) fn next_to(&self, node: NodeId, direction: Direction) -> (&[NodeId], &[EdgeId]) {
        let range = self.range(node, direction);
        (&self.nodes.values()[range.clone()], &self.edges[range])
    }
}
