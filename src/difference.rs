//! Differences (变化) between two graphs.
//!
//! Nodes are compared by key ([`NodeKey`]) and edges by kind and the keys of their
//! ends ([`EdgeKey`]), because ids change when a document is added. A node or edge
//! is added, removed or changed.
//!
//! ```
//! use policygraph::{Corpus, Lexicon, read};
//!
//! let mut corpus = Corpus::new();
//! corpus.insert(read(Lexicon::builtin(), "note", "一、加强药品监管。\n二、优化服务。"));
//! let older = corpus.graph(Lexicon::builtin());
//! corpus.insert(read(Lexicon::builtin(), "note", "一、加强药品、疫苗监管。\n二、优化服务。"));
//! let newer = corpus.graph(Lexicon::builtin());
//!
//! assert_eq!(older.difference(&newer).to_string(), "\
//! nodes: 0 added, 0 removed, 2 changed
//! ~ document:note: text
//! ~ measure:note/1: text
//! edges: 1 added, 0 removed, 0 changed
//! + measure:note/1 — covers → product:疫苗
//! ");
//! ```

mod attribute;
mod key;
#[cfg(test)]
mod tests;

pub use crate::graph::NodeKey;
pub use attribute::Attribute;
pub use key::EdgeKey;

use crate::graph::{EdgeId, EdgeKind, Graph, Id, Node};
use crate::model::Role;
use key::{KeyedNode, keyed};
use petgraph::visit::{EdgeRef, IntoEdgeReferences, NodeCount};
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// The changes from an older to a newer graph: [`Graph::difference`].
///
/// Serialises with keys in place of ids:
///
/// ```
/// use policygraph::{Corpus, Lexicon, read};
///
/// let mut corpus = Corpus::new();
/// let empty = corpus.graph(Lexicon::builtin());
/// corpus.insert(read(Lexicon::builtin(), "note", "一、加强疫苗监管。\n二、优化服务。"));
/// let graph = corpus.graph(Lexicon::builtin());
///
/// let json = serde_json::to_value(empty.difference(&graph)).unwrap();
/// assert_eq!(json["nodes"][0].to_string(), r#"{"change":"added","key":"document:note"}"#);
/// let covers = json["edges"].as_array().unwrap().iter().find(|edge| edge["kind"] == "covers");
/// assert_eq!(
///     covers.unwrap().to_string(),
///     r#"{"change":"added","kind":"covers","source":"measure:note/1","target":"product:疫苗"}"#
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference<'g> {
    /// Changed nodes, by kind and key.
    pub nodes: Vec<Change<NodeKey<'g>, Node>>,
    /// Changed edges, by kind and the keys of their ends. They include the edges of
    /// added and removed nodes.
    pub edges: Vec<Change<EdgeKey<'g>, EdgeId>>,
}

/// A node or edge that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<K, I> {
    /// Its key, the same in both graphs.
    pub key: K,
    /// The node or edge in the older graph; `None` if it is added.
    pub older: Option<I>,
    /// The node or edge in the newer graph; `None` if it is removed.
    pub newer: Option<I>,
    /// The attributes that differ, ascending; empty if it is added or removed.
    pub attributes: Vec<Attribute>,
}

/// Numbers of changed nodes or edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Number in the newer graph only.
    pub added: usize,
    /// Number in the older graph only.
    pub removed: usize,
    /// Number in both graphs with different attributes.
    pub changed: usize,
}

impl<K, I> Change<K, I> {
    /// Returns true if it is in the newer graph only.
    pub fn is_added(&self) -> bool {
        self.older.is_none()
    }

    /// Returns true if it is in the older graph only.
    pub fn is_removed(&self) -> bool {
        self.newer.is_none()
    }

    /// Returns the change between two nodes or edges with one key; `None` if they are
    /// equal.
    fn between(
        key: K,
        older: Option<I>,
        newer: Option<I>,
        attributes: impl FnOnce(&I, &I) -> Vec<Attribute>,
    ) -> Option<Self> {
        let attributes = match (&older, &newer) {
            (Some(older), Some(newer)) => attributes(older, newer),
            _ => Vec::new(),
        };
        let is_same = older.is_some() && newer.is_some() && attributes.is_empty();
        (!is_same).then_some(Change { key, older, newer, attributes })
    }
}

impl Difference<'_> {
    /// Returns true if the graphs have the same content.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.edges.is_empty()
    }

    /// Counts the changed nodes.
    pub fn count_nodes(&self) -> Counts {
        Counts::of(&self.nodes)
    }

    /// Counts the changed edges.
    pub fn count_edges(&self) -> Counts {
        Counts::of(&self.edges)
    }
}

impl Counts {
    fn of<K, I>(changes: &[Change<K, I>]) -> Counts {
        let added = changes.iter().filter(|change| change.is_added()).count();
        let removed = changes.iter().filter(|change| change.is_removed()).count();
        Counts { added, removed, changed: changes.len() - added - removed }
    }
}

impl Graph {
    /// Returns what `newer` adds, removes and changes.
    ///
    /// A node is changed if its facts differ; an edge is changed if its words, rule,
    /// score or resolution differ. Not compared: positions in the text (text inserted
    /// before a fact changes nothing), the origin of a document, the notes of its
    /// record, and the order in which it names things.
    ///
    /// Measures, chapters and targets are compared by position. An inserted one moves
    /// those after it: each is then compared with the one that was at its position
    /// before, and the last is added.
    ///
    /// Sorts both graphs by key and merges them: O(n log n) in nodes and edges;
    /// runs that are sorted by id already are not sorted again.
    ///
    /// ```
    /// use policygraph::difference::NodeKey;
    /// use policygraph::{Corpus, Lexicon};
    ///
    /// let newer = policygraph::builtin();
    /// let mut corpus: Corpus = policygraph::seeds().into_iter().collect();
    /// corpus.remove("nm-cadres");
    /// let older = corpus.graph(Lexicon::builtin());
    ///
    /// let difference = older.difference(newer);
    /// let added = &difference.nodes[0];
    /// assert!(added.is_added());
    /// assert_eq!(added.key, NodeKey::Document("nm-cadres".into()));
    /// assert_eq!(added.newer, Some(newer.document("nm-cadres").unwrap().node()));
    /// assert!(newer.difference(newer).is_empty());
    /// ```
    pub fn difference<'g>(&'g self, newer: &'g Graph) -> Difference<'g> {
        let older = self;
        let was = keyed(older);
        let is = keyed(newer);
        let mut union = Union::of(older, newer);
        let mut nodes = Vec::new();
        for (was, is) in merge_join(&was, &is, |was, is| was.key.cmp(&is.key)) {
            let key = union.add((older, was), (newer, is));
            let [was, is] = [was, is].map(|keyed| keyed.map(|keyed| keyed.node));
            let attributes =
                |&was: &Node, &is: &Node| attribute::of_nodes((older, was), (newer, is));
            nodes.extend(Change::between(key, was, is, attributes));
        }

        let was = ranked_edges(older, &union.older);
        let is = ranked_edges(newer, &union.newer);
        let mut edges = Vec::new();
        for (was, is) in merge_join(&was, &is, |was, is| was.key.cmp(&is.key)) {
            let (kind, source, target, role) = was.or(is).expect("one of them").key;
            let [was, is] = [was, is].map(|ranked| ranked.map(|ranked| ranked.edge));
            let attributes =
                |&was: &EdgeId, &is: &EdgeId| attribute::of_edges(kind, (older, was), (newer, is));
            let [source, target] = [source, target].map(|rank| union.keys[rank as usize].clone());
            edges.extend(Change::between(
                EdgeKey { kind, source, target, role },
                was,
                is,
                attributes,
            ));
        }
        Difference { nodes, edges }
    }
}

/// The nodes of both graphs, ranked by key, so that edges are compared by numbers.
struct Union<'g> {
    keys: Vec<NodeKey<'g>>,
    /// The rank of each node, by `NodeId`.
    older: Vec<u32>,
    newer: Vec<u32>,
}

/// An edge with its key: kind, ranks of source and target, role.
struct RankedEdge {
    key: (EdgeKind, u32, u32, Option<Role>),
    edge: EdgeId,
}

impl<'g> Union<'g> {
    fn of(older: &Graph, newer: &Graph) -> Self {
        let [older, newer] = [older, newer].map(|graph| vec![0; graph.node_count()]);
        Union { keys: Vec::new(), older, newer }
    }

    /// Ranks a node of one or both graphs after all nodes before.
    fn add(
        &mut self,
        (older, was): (&Graph, Option<&KeyedNode<'g>>),
        (newer, is): (&Graph, Option<&KeyedNode<'g>>),
    ) -> NodeKey<'g> {
        let rank = u32::try_from(self.keys.len()).expect("fewer than 2^32 nodes in both");
        if let Some(was) = was {
            self.older[older.node_id(was.node).index()] = rank;
        }
        if let Some(is) = is {
            self.newer[newer.node_id(is.node).index()] = rank;
        }
        let key = was.or(is).expect("one of them").key.clone();
        self.keys.push(key.clone());
        key
    }
}

/// Returns the edges of a graph, sorted by key.
fn ranked_edges(graph: &Graph, ranks: &[u32]) -> Vec<RankedEdge> {
    let edges = graph.edge_references().map(|edge| {
        let [source, target] = [edge.source(), edge.target()].map(|node| ranks[node.index()]);
        let edge = edge.id();
        RankedEdge { key: (graph.edge_kind(edge), source, target, graph.role(edge)), edge }
    });
    let mut edges: Vec<RankedEdge> = edges.collect();
    edges.sort_by_key(|edge| edge.key); // detects runs that are sorted by id
    edges
}

/// Merges two sorted lists; equal elements come together.
fn merge_join<'l, T>(
    mut one: &'l [T],
    mut other: &'l [T],
    order: impl Fn(&T, &T) -> Ordering,
) -> impl Iterator<Item = (Option<&'l T>, Option<&'l T>)> {
    std::iter::from_fn(move || {
        let order = match (one.first(), other.first()) {
            (None, None) => return None,
            (Some(a), Some(b)) => order(a, b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        };
        let a = order.is_le().then(|| one.split_off_first()).flatten();
        let b = order.is_ge().then(|| other.split_off_first()).flatten();
        Some((a, b))
    })
}

/// One line: `+` added, `-` removed, `~` changed, then the attributes.
impl<K: fmt::Display, I> fmt::Display for Change<K, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match (self.is_added(), self.is_removed()) {
            (true, _) => '+',
            (_, true) => '-',
            _ => '~',
        };
        write!(f, "{mark} {}", self.key)?;
        for (nth, attribute) in self.attributes.iter().enumerate() {
            write!(f, "{} {attribute}", if nth == 0 { ':' } else { ',' })?;
        }
        Ok(())
    }
}

/// The fields of a change in JSON. Ids are left out: they have a meaning in their graph only.
#[derive(Serialize)]
struct ChangeFields<'c, K> {
    #[serde(flatten)]
    key: K,
    change: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    attributes: &'c [Attribute],
}

impl<'c, K> ChangeFields<'c, K> {
    fn new<C, I>(change: &'c Change<C, I>, key: K) -> Self {
        let attributes = &*change.attributes;
        let change = match (change.is_added(), change.is_removed()) {
            (true, _) => "added",
            (_, true) => "removed",
            _ => "changed",
        };
        ChangeFields { key, change, attributes }
    }
}

#[derive(Serialize)]
struct NodeFields<'k> {
    key: &'k NodeKey<'k>,
}

/// `{key, change, attributes}`.
impl<I> Serialize for Change<NodeKey<'_>, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ChangeFields::new(self, NodeFields { key: &self.key }).serialize(serializer)
    }
}

/// `{kind, source, target, role, change, attributes}`.
impl<I> Serialize for Change<EdgeKey<'_>, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ChangeFields::new(self, &self.key).serialize(serializer)
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { added, removed, changed } = self;
        write!(f, "{added} added, {removed} removed, {changed} changed")
    }
}

/// The counts of nodes and of edges, each with one line per change.
impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "nodes: {}", self.count_nodes())?;
        self.nodes.iter().try_for_each(|change| writeln!(f, "{change}"))?;
        writeln!(f, "edges: {}", self.count_edges())?;
        self.edges.iter().try_for_each(|change| writeln!(f, "{change}"))
    }
}
