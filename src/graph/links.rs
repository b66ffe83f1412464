//! The same edges in one numbering of all nodes, for walks over every kind.

use super::edges::Edges;
use super::rows::Rows;
use super::tables::Tables;
use super::*;

/// One end of an edge, seen from the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) node: NodeId,
    pub(crate) edge: EdgeId,
}

/// For each node its edges, in the order of their ids.
#[derive(Debug, PartialEq)]
pub(crate) struct Links {
    /// Where each kind of node begins; then, how many nodes there are.
    kinds: Box<[u32]>,
    /// Where each relation begins, and its kind.
    relations: Box<[(u32, EdgeKind)]>,
    outgoing: Rows<NodeId, Link>,
    incoming: Rows<NodeId, Link>,
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
        let mut outgoing = Vec::with_capacity(edges.proofs.len());
        let mut incoming = Vec::with_capacity(edges.proofs.len());
        edges.each(|source, target| {
            let (source, target) = (id(source), id(target));
            let edge = EdgeId::from_index(outgoing.len());
            outgoing.push((source, Link { node: target, edge }));
            incoming.push((target, Link { node: source, edge }));
        });
        let nodes = kinds[kinds.len() - 1] as usize;
        Links {
            outgoing: Rows::build(nodes, &outgoing),
            incoming: Rows::build(nodes, &incoming),
            kinds: kinds.into(),
            relations: relations.into(),
        }
    }

    pub(crate) fn nodes(&self) -> usize {
        self.outgoing.keys()
    }

    pub(crate) fn edges(&self) -> usize {
        self.outgoing.len()
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

    pub(crate) fn outgoing(&self, node: NodeId) -> &[Link] {
        self.outgoing.row(node)
    }

    pub(crate) fn incoming(&self, node: NodeId) -> &[Link] {
        self.incoming.row(node)
    }
}
