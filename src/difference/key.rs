//! What a node and an edge are known by from one graph to the next.

use crate::graph::{
    Direction, EdgeKind, Graph, Id, MeasureKey, Node, NodeKind, PolicyRef, TargetRef,
};
use crate::model::Role;
use petgraph::visit::{IntoNodeReferences, NodeRef};
use std::fmt;

/// What a node is known by, whatever its id. Ordered by kind, then by what is
/// written here.
///
/// Parts go by their position: a measure that is inserted moves those behind
/// it, and each of them then differs from the one that stood there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKey<'g> {
    /// A document's key.
    Document(&'g str),
    /// A chapter: its document's key, its position from 1.
    Section {
        /// The document's key.
        document: &'g str,
        /// The position among the document's chapters, from 1.
        position: usize,
    },
    /// A measure's key.
    Measure(MeasureKey<'g>),
    /// An agency's canonical name.
    Agency(&'g str),
    /// A policy's number, else its title: of policies without a number no two
    /// bear one title. One whose number comes to be known is another, and so is
    /// one without a number of which a fuller title comes to be printed.
    Policy(&'g str),
    /// An article of a policy.
    Article {
        /// The policy's number, else its title.
        policy: &'g str,
        /// The ordinal.
        n: u32,
    },
    /// A product's label.
    Product(&'g str),
    /// A region's full name.
    Region(&'g str),
    /// A target: who sets it, and its position there.
    Target {
        /// The document's key.
        document: &'g str,
        /// The position of the measure that sets it, from 1; `None` where the
        /// document's body does.
        measure: Option<usize>,
        /// The position among its targets, from 1.
        position: usize,
    },
    /// A platform's name.
    Platform(&'g str),
}

impl NodeKey<'_> {
    /// What it is the key of.
    pub fn kind(&self) -> NodeKind {
        match self {
            NodeKey::Document(_) => NodeKind::Document,
            NodeKey::Section { .. } => NodeKind::Section,
            NodeKey::Measure(_) => NodeKind::Measure,
            NodeKey::Agency(_) => NodeKind::Agency,
            NodeKey::Policy(_) => NodeKind::Policy,
            NodeKey::Article { .. } => NodeKind::Article,
            NodeKey::Product(_) => NodeKind::Product,
            NodeKey::Region(_) => NodeKind::Region,
            NodeKey::Target { .. } => NodeKind::Target,
            NodeKey::Platform(_) => NodeKind::Platform,
        }
    }
}

/// `measure sx-2025/8`, `agency 山西省药品监督管理局`.
impl fmt::Display for NodeKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NodeKey::Document(key) => write!(f, "document {key}"),
            NodeKey::Section { document, position } => write!(f, "section {document} §{position}"),
            NodeKey::Measure(key) => write!(f, "measure {key}"),
            NodeKey::Agency(name) => write!(f, "agency {name}"),
            NodeKey::Policy(name) => write!(f, "policy {name}"),
            NodeKey::Article { policy, n } => write!(f, "article {policy} §{n}"),
            NodeKey::Product(label) => write!(f, "product {label}"),
            NodeKey::Region(name) => write!(f, "region {name}"),
            NodeKey::Target { document, measure: Some(measure), position } => {
                write!(f, "target {document}/{measure} #{position}")
            }
            NodeKey::Target { document, measure: None, position } => {
                write!(f, "target {document} #{position}")
            }
            NodeKey::Platform(name) => write!(f, "platform {name}"),
        }
    }
}

/// What an edge is known by: what it says, of which nodes. Ordered by kind, then
/// by the keys of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeKey<'g> {
    /// What it says.
    pub kind: EdgeKind,
    /// From which node.
    pub source: NodeKey<'g>,
    /// To which node.
    pub target: NodeKey<'g>,
    /// The part of an agency that is responsible.
    pub role: Option<Role>,
}

/// `measure sx-2025/8 — responsible (sole) → agency 山西省药品监督管理局`.
impl fmt::Display for EdgeKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = match self.role {
            None => "",
            Some(Role::Sole) => " (sole)",
            Some(Role::Lead) => " (lead)",
            Some(Role::Joint) => " (joint)",
            Some(Role::Support) => " (support)",
        };
        let phrase = self.kind.phrase(Direction::Outgoing);
        write!(f, "{} — {phrase}{role} → {}", self.source, self.target)
    }
}

/// A node with its key.
pub(super) struct Keyed<'g> {
    pub(super) key: NodeKey<'g>,
    pub(super) node: Node,
}

/// The nodes of a graph, by key. Sorts what is not sorted by its ids already.
pub(super) fn keyed(graph: &Graph) -> Vec<Keyed<'_>> {
    let nodes = graph.node_references().map(|entry| *entry.weight());
    let mut keyed: Vec<_> = nodes.map(|node| Keyed { key: key(graph, node), node }).collect();
    keyed.sort_by_key(|node| node.key);
    keyed
}

fn number_or_title(policy: PolicyRef<'_>) -> &str {
    policy.number().unwrap_or(policy.title())
}

fn key(graph: &Graph, node: Node) -> NodeKey<'_> {
    match node {
        Node::Document(id) => NodeKey::Document(graph.at(id).key()),
        Node::Section(id) => {
            let document = graph.at(id).document();
            let first = document.sections().next().map_or(id, |first| first.id());
            let position = 1 + id.index() - first.index();
            NodeKey::Section { document: document.key(), position }
        }
        Node::Measure(id) => NodeKey::Measure(graph.at(id).key()),
        Node::Agency(id) => NodeKey::Agency(graph.at(id).name()),
        Node::Policy(id) => NodeKey::Policy(number_or_title(graph.at(id))),
        Node::Article(id) => NodeKey::Article {
            policy: number_or_title(graph.at(id).policy()),
            n: graph.at(id).ordinal(),
        },
        Node::Product(id) => NodeKey::Product(graph.at(id).label()),
        Node::Region(id) => NodeKey::Region(graph.at(id).name()),
        Node::Target(id) => target(graph.at(id)),
        Node::Platform(id) => NodeKey::Platform(graph.at(id).name()),
    }
}

fn target(target: TargetRef<'_>) -> NodeKey<'_> {
    let (graph, document) = (target.graph(), target.document());
    let beside = match target.measure() {
        Some(measure) => graph.commits_to(measure.id()),
        None => graph.body_commits_to(document.id()),
    };
    NodeKey::Target {
        document: document.key(),
        measure: target.measure().map(|measure| measure.key().position),
        position: 1 + beside.partition_point(|&other| other < target.id()),
    }
}
