//! The frozen graph: typed ids, a table for each kind of node, rows for each relation.
//!
//! A thing has three types: [`Measure`](crate::Measure) is the record that was read, plain data;
//! [`MeasureId`] is its position in a graph, a `u32`; [`MeasureRef`] is an id together with its
//! graph. A method of [`Graph`] that takes an id returns ids, as slices; one that takes a name
//! returns a ref; a method of a ref returns refs. [`Graph::at`] turns an id into a ref, `id()` a
//! ref into an id.
//!
//! Ids follow the keys of the documents, so they change when a document is added. Keys
//! ([`Graph::key`], [`NodeKey`]) and names do not. An id is valid only in the graph that returned
//! it: another graph panics or returns another node ([`Id`]).
//!
//! ```
//! let graph = policygraph::builtin();
//!
//! let measure = graph.measure("sx-2025/8").unwrap();
//! assert_eq!(measure.title(), Some("加快临床急需药品医疗器械审批上市"));
//!
//! for (agency, role, evidence) in measure.responsible() {
//!     assert_eq!(agency.name(), "山西省药品监督管理局");
//!     assert_eq!(role, policygraph::Role::Sole);
//!     assert_eq!(graph.quote(evidence), "省药监局");
//! }
//! ```

mod schema;

mod ids;
mod kinds;
mod proof;
mod rows;

mod tables;
mod edges;
mod links;
mod provider;
mod hops;

mod refs;
mod key;
mod keyed;
mod label;
mod find;
mod census;
mod measure_set;

mod carry_over;
mod codes;
mod policies;
mod assemble;
mod saved;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

pub(crate) use assemble::{Assembler, graph_with_policies};
pub use census::Census;
pub use find::{Candidate, NameMatch};
pub use ids::*;
pub use key::{InvalidKey, MeasureKey, NodeKey, ProviderPart};
pub use keyed::Keyed;
pub use kinds::{EdgeKind, Node, NodeKind};
pub use measure_set::MeasureSet;
pub use petgraph::Direction;
pub(crate) use policies::{citations, groups};
pub use proof::{Evidence, Method, Naming, Proof, Resolution};
pub use provider::Provider;
pub use refs::*;
pub(crate) use rows::Relation;
pub(crate) use schema::{each_node, each_part_relation, each_provision_relation, each_relation};
pub use tables::Basis;

use crate::model::Record;
use crate::text::Span;
use edges::Relations;
use links::Links;
use once_cell::sync::OnceCell;
use std::fmt;
use std::sync::Arc;
use tables::Tables;

/// The knowledge graph (知识图谱) of a corpus, frozen and shareable between threads.
///
/// Made by [`Corpus::graph`](crate::corpus::Corpus::graph). Two graphs of the same records and
/// lexicon are equal.
///
/// The rows of typed hops are built with the graph. The adjacency table of open walks and of
/// petgraph's traits is built on first use, O(nodes + edges), and kept.
pub struct Graph {
    tables: Tables,
    edges: Relations,
    links: OnceCell<Links>,
    notes: Box<[GraphNote]>,
}

/// An inconsistency between documents, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphNote {
    /// The document that contains the words.
    pub document: DocId,
    /// Byte range of the words in its text.
    pub span: Span,
    /// The inconsistency and its possible reason.
    pub message: String,
}

impl Graph {
    /// Inconsistencies between documents, in the order of the documents.
    pub fn notes(&self) -> &[GraphNote] {
        &self.notes
    }

    /// Returns the position of the node in the numbering that all kinds share. O(1).
    #[track_caller]
    pub fn node_id(&self, node: impl Into<Node>) -> NodeId {
        self.links().node_id(node.into())
    }

    /// Returns the node at a position of the numbering that all kinds share. O(1).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let node = graph.measure("sx-2025/8").unwrap().node();
    /// assert_eq!(graph.node_at(graph.node_id(node)), node);
    /// ```
    #[inline]
    #[track_caller]
    pub fn node_at(&self, id: NodeId) -> Node {
        self.links().node(id)
    }

    /// Kind of the edge. O(1).
    #[track_caller]
    pub fn edge_kind(&self, edge: EdgeId) -> EdgeKind {
        *self.links().edge_kind(edge)
    }

    /// Source and target of the edge. O(log nodes).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let document = graph.document("sx-2025").unwrap();
    /// let parent = document.implements().next().unwrap();
    /// assert_eq!(graph.endpoints(parent.edge()), (document.node(), parent.node()));
    /// ```
    #[track_caller]
    pub fn endpoints(&self, edge: EdgeId) -> (Node, Node) {
        self.edges.ends(edge)
    }

    /// Returns the records of the documents, by key.
    #[inline]
    pub(crate) fn records(&self) -> impl ExactSizeIterator<Item = &Arc<Record>> {
        self.tables.documents.iter()
    }

    /// Returns the record with this key. O(log documents).
    pub(crate) fn shared(&self, key: &str) -> Option<&Arc<Record>> {
        self.tables.document(key).map(|id| &self.tables.documents[id.index()])
    }

    #[inline]
    pub(crate) fn links(&self) -> &Links {
        self.links.get_or_init(|| Links::build(&self.tables, &self.edges))
    }
}

/// Compares tables, edges and notes; the adjacency table follows from them.
impl PartialEq for Graph {
    fn eq(&self, other: &Self) -> bool {
        let Graph { tables, edges, notes, links: _ } = self;
        (tables, edges, notes) == (&other.tables, &other.edges, &other.notes)
    }
}

/// Prints the census and the notes, not the content.
impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph").field("census", &self.census()).field("notes", &self.notes).finish()
    }
}
