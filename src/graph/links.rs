//! The same edges in one numbering of all nodes, for walks over every kind.

use super::edges::Edges;
use super::rows::{Lengths, Rows};
use super::tables::Tables;
use super::*;
use std::ops::Range;

/// One direction of a node: its outgoing edges, or its incoming ones. They
/// stand side by side, so that a walk both ways reads one slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Side(u32);

impl Side {
    fn new(node: NodeId, direction: Direction) -> Side {
        Side::from_index(2 * node.index() + direction.index())
    }
}

impl Id for Side {
    const NAME: &'static str = "side";

    fn index(self) -> usize {
        self.0 as usize
    }

    fn from_index(index: usize) -> Self {
        Side(u32::try_from(index).expect("fewer than 2^31 nodes"))
    }
}

/// For each node the nodes next to it, in the order of the edges' ids.
#[derive(Debug, PartialEq)]
pub(crate) struct Links {
    /// Where each kind of node begins; then, how many nodes there are.
    kinds: Box<[u32]>,
    /// Where each relation begins, and its kind.
    relations: Box<[(u32, EdgeKind)]>,
    nodes: Rows<Side, NodeId>,
    /// Beside `nodes`: the edges that lead to them.
    edges: Box<[EdgeId]>,
}

impl Links {
    pub(crate) fn build(tables: &Tables, edges: &Edges) -> Links {
        let mut kinds = vec![0_u32];
        for &kind in NodeKind::ALL {
            let count = u32::try_from(tables.count(kind)).expect("fewer than 2^32 nodes");
            kinds.push(kinds[kinds.len() - 1].checked_add(count).expect("fewer than 2^32 nodes"));
        }
        let mut relations = Vec::new();
        let mut first = 0;
        edges.count(|kind, count| {
            relations.push((first, kind));
            first += count as u32;
        });

        let id =
            |node: Node| NodeId::from_index(kinds[node.kind() as usize] as usize + node.index());
        let sides = 2 * kinds[kinds.len() - 1] as usize;
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
        Links { kinds: kinds.into(), relations: relations.into(), nodes, edges }
    }

    pub(crate) fn nodes(&self) -> usize {
        self.kinds[self.kinds.len() - 1] as usize
    }

    pub(crate) fn edges(&self) -> usize {
        self.edges.len() / 2
    }

    pub(crate) fn node_id(&self, node: Node) -> NodeId {
        NodeId::from_index(self.kinds[node.kind() as usize] as usize + node.index())
    }

    pub(crate) fn node(&self, id: NodeId) -> Node {
        let kind = self.kinds.partition_point(|&first| first as usize <= id.index()) - 1;
        Node::from_index(NodeKind::ALL[kind], id.index() - self.kinds[kind] as usize)
    }

    pub(crate) fn edge_kind(&self, edge: EdgeId) -> EdgeKind {
        let relation = self.relations.partition_point(|&(first, _)| first as usize <= edge.index());
        self.relations[relation - 1].1
    }

    /// The nodes next to `node`, and beside them the edges.
    pub(crate) fn next_to(&self, node: NodeId, direction: Direction) -> (&[NodeId], &[EdgeId]) {
        self.slices(self.nodes.range(Side::new(node, direction)))
    }

    /// The same, along edges, then against them.
    pub(crate) fn next_to_both_ways(&self, node: NodeId) -> (&[NodeId], &[EdgeId]) {
        let outgoing = self.nodes.range(Side::new(node, Direction::Outgoing));
        let incoming = self.nodes.range(Side::new(node, Direction::Incoming));
        self.slices(outgoing.start..incoming.end)
    }

    fn slices(&self, range: Range<usize>) -> (&[NodeId], &[EdgeId]) {
        (&self.nodes.values()[range.clone()], &self.edges[range])
    }
}
