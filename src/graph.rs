//! The frozen graph: typed ids, one table a node kind, one row table a relation.
//!
//! Three names for a thing, by what you hold: [`Measure`](crate::Measure) is
//! what was read, plain data; [`MeasureId`] is its place in a graph, a `u32`;
//! [`MeasureRef`] is id and graph together, and reads like a sentence. A method
//! of [`Graph`] that takes an id gives ids, as slices; one that takes a name
//! gives a ref; a method of a ref gives refs. [`Graph::at`] makes a ref of an
//! id, `id()` an id of a ref.
//!
//! Ids follow the keys of the documents, so they change when a document is
//! added; keys and names do not. An id belongs to the graph that gave it:
//! another graph panics or means another node.
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
mod label;
mod find;
mod census;
mod measure_set;

mod carry_over;
mod policies;
mod assemble;
mod saved;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

pub(crate) use assemble::Assembler;
pub use census::Census;
pub use find::{Candidate, NameMatch};
pub use ids::{
    AgencyId, ArticleId, DocId, EdgeId, Id, MeasureId, NodeId, PlatformId, PolicyId, ProductId,
    RegionId, SectionId, TargetId,
};
pub use key::{InvalidKey, MeasureKey, NodeKey, TargetPart};
pub use kinds::{EdgeKind, Node, NodeKind, UnknownKind};
pub use measure_set::MeasureSet;
pub use petgraph::Direction;
pub use proof::{Evidence, Method, Naming, Proof, Resolution};
pub use provider::Provider;
pub use refs::{
    AgencyRef, ArticleRef, DocumentRef, Hop, MeasureRef, PlatformRef, PolicyRef, ProductRef,
    RegionRef, SectionRef, TargetRef, TypedId,
};
pub(crate) use rows::Relation;
pub(crate) use schema::{each_part_relation, each_provision_relation, each_relation};
pub use tables::Basis;

use crate::model::{Record, Role};
use crate::text::Span;
use edges::Edges;
use links::Links;
use once_cell::sync::OnceCell;
use std::fmt;
use std::sync::Arc;
use tables::Tables;

/// 知识图谱 — all that a corpus says, frozen and shareable.
///
/// Made by [`Corpus::graph`](crate::corpus::Corpus::graph). Two graphs of the
/// same records and lexicon are equal.
///
/// What typed hops need is made at once. The table that open walks and petgraph's
/// traits go by is made when one of them first asks, O(nodes + edges), and kept.
pub struct Graph {
    tables: Tables,
    edges: Edges,
    links: OnceCell<Links>,
    notes: Box<[GraphNote]>,
}

/// Something odd between documents, and where it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphNote {
    /// The document that says it.
    pub document: DocId,
    /// The bytes of its text.
    pub span: Span,
    /// What is odd, and what it may mean.
    pub message: String,
}

impl Graph {
    /// The exact words of the document.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// let target = measure.targets().next().unwrap();
    /// let evidence = target.evidence();
    /// assert!(graph.quote(evidence).contains("58个工作日"));
    /// ```
    pub fn quote(&self, evidence: Evidence) -> &str {
        let Evidence { document, span, .. } = evidence;
        // Nothing only where somebody has made a saved file up: see `saved`.
        span.get(&self.tables.record(document).text).unwrap_or_default()
    }

    /// Why an edge is there. O(1).
    pub fn proof(&self, edge: EdgeId) -> Proof {
        self.edges.proofs[edge.index()]
    }

    /// How the words of a citation were found to mean its policy: for edges
    /// that implement, repeal or cite. O(1).
    pub fn resolution(&self, edge: EdgeId) -> Option<Resolution> {
        self.edges.resolution(edge)
    }

    /// 职责 — the agency's part, for edges of responsibility. O(1).
    ///
    /// ```
    /// use policygraph::graph::EdgeKind;
    ///
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// let mut steps = graph.steps(measure.node());
    /// let step = steps.find(|step| step.kind == EdgeKind::Responsible).unwrap();
    /// assert_eq!(graph.role(step.edge), Some(policygraph::Role::Sole));
    /// ```
    pub fn role(&self, edge: EdgeId) -> Option<Role> {
        self.edges.role(edge)
    }

    /// What is odd between documents, in their order.
    pub fn notes(&self) -> &[GraphNote] {
        &self.notes
    }

    /// The node's place in the numbering that all kinds share. O(1).
    pub fn node_id(&self, node: impl Into<Node>) -> NodeId {
        self.links().node_id(node.into())
    }

    /// The node at a place of the shared numbering. O(1).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let node = graph.measure("sx-2025/8").unwrap().node();
    /// assert_eq!(graph.node_at(graph.node_id(node)), node);
    /// ```
    #[inline]
    pub fn node_at(&self, id: NodeId) -> Node {
        self.links().node(id)
    }

    /// What an edge says. O(1).
    pub fn edge_kind(&self, edge: EdgeId) -> EdgeKind {
        *self.links().edge_kind(edge)
    }

    /// Where an edge begins, and where it leads. O(log nodes).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let document = graph.document("sx-2025").unwrap();
    /// let parent = document.implements().next().unwrap();
    /// assert_eq!(graph.endpoints(parent.edge()), (document.node(), parent.node()));
    /// ```
    pub fn endpoints(&self, edge: EdgeId) -> (Node, Node) {
        self.edges.ends(edge)
    }

    /// The records of the documents, by key.
    #[inline]
    pub(crate) fn records(&self) -> impl ExactSizeIterator<Item = &Arc<Record>> {
        self.tables.documents.iter()
    }

    /// The record with this key. O(log documents).
    pub(crate) fn shared(&self, key: &str) -> Option<&Arc<Record>> {
        self.tables.document(key).map(|id| &self.tables.documents[id.index()])
    }

    #[inline]
    pub(crate) fn links(&self) -> &Links {
        self.links.get_or_init(|| Links::build(&self.tables, &self.edges))
    }
}

/// The rest follows from these.
impl PartialEq for Graph {
    fn eq(&self, other: &Self) -> bool {
        let Graph { tables, edges, notes, links: _ } = self;
        (tables, edges, notes) == (&other.tables, &other.edges, &other.notes)
    }
}

/// The census, not the content.
impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph").field("census", &self.census()).field("notes", &self.notes).finish()
    }
}
