//! 变化: what is different between two graphs.
//!
//! Ids change when a document is added; keys do not. So nodes are told by their
//! keys ([`NodeKey`]) and edges by what they say of which nodes ([`EdgeKey`]),
//! and what is found is added, removed or changed.
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
use key::{Keyed, keyed};
use petgraph::visit::{EdgeRef, IntoEdgeReferences, NodeCount};
use std::cmp::Ordering;
use std::fmt;

/// What is different between an older and a newer graph: [`Graph::difference`].
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'g> {
    /// Nodes, by kind and key.
    pub nodes: Vec<Change<NodeKey<'g>, Node>>,
    /// Edges, by kind and the keys of their ends. Those of a node that is added
    /// or removed are among them.
    pub edges: Vec<Change<EdgeKey<'g>, EdgeId>>,
}

/// One node or edge that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<K, I> {
    /// What it is known by in both graphs.
    pub key: K,
    /// It in the older graph; `None` if it is added.
    pub older: Option<I>,
    /// It in the newer graph; `None` if it is removed.
    pub newer: Option<I>,
    /// If it is in both: what of it is different, ascending.
    pub attributes: Vec<Attribute>,
}

/// How many nodes or edges are different, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the newer graph only.
    pub added: usize,
    /// In the older graph only.
    pub removed: usize,
    /// In both, and not the same.
    pub changed: usize,
}

impl<K, I> Change<K, I> {
    /// In the newer graph only.
    pub fn is_added(&self) -> bool {
        self.older.is_none()
    }

    /// In the older graph only.
    pub fn is_removed(&self) -> bool {
        self.newer.is_none()
    }

    /// The change between two of one key, if there is any.
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
    /// Whether the graphs say the same.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.edges.is_empty()
    }

    /// How many nodes are different.
    pub fn count_nodes(&self) -> Counts {
        Counts::of(&self.nodes)
    }

    /// How many edges are different.
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
    /// What `newer` adds, removes and changes.
    ///
    /// A node changes where what was read of it does, an edge where the words
    /// that say it do, or the rule, the score or the resolution. Where the words
    /// stand is not compared: text that is put before them changes nothing. Nor
    /// is where a document came from, what was noted while reading it, or in
    /// which order it names things.
    ///
    /// Measures, chapters and targets go by their position. One that is put in
    /// between moves those behind it: each is then compared with the one that
    /// stood in its place, and the last is added.
    ///
    /// Sorts the keys, then walks both graphs side by side: O(n log n) in nodes
    /// and edges; what ids have sorted already is not sorted again.
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
        for (was, is) in side_by_side(&was, &is, |was, is| was.key.cmp(&is.key)) {
            let key = union.add((older, was), (newer, is));
            let [was, is] = [was, is].map(|keyed| keyed.map(|keyed| keyed.node));
            let attributes =
                |&was: &Node, &is: &Node| attribute::of_nodes((older, was), (newer, is));
            nodes.extend(Change::between(key, was, is, attributes));
        }

        let was = said(older, &union.older);
        let is = said(newer, &union.newer);
        let mut edges = Vec::new();
        for (was, is) in side_by_side(&was, &is, |was, is| was.what.cmp(&is.what)) {
            let (kind, source, target, role) = was.or(is).expect("one of them").what;
            let [was, is] = [was, is].map(|said| said.map(|said| said.edge));
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

/// The nodes of both graphs in the order of their keys, so that an edge is
/// compared by numbers.
struct Union<'g> {
    keys: Vec<NodeKey<'g>>,
    /// The rank of each node, by its place in the shared numbering.
    older: Vec<u32>,
    newer: Vec<u32>,
}

/// An edge: what it says of the nodes of which ranks.
struct Said {
    what: (EdgeKind, u32, u32, Option<Role>),
    edge: EdgeId,
}

impl<'g> Union<'g> {
    fn of(older: &Graph, newer: &Graph) -> Self {
        let [older, newer] = [older, newer].map(|graph| vec![0; graph.node_count()]);
        Union { keys: Vec::new(), older, newer }
    }

    /// Ranks a node of either graph, or of both, behind those before it.
    fn add(
        &mut self,
        (older, was): (&Graph, Option<&Keyed<'g>>),
        (newer, is): (&Graph, Option<&Keyed<'g>>),
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

/// What every edge of a graph says, sorted.
fn said(graph: &Graph, ranks: &[u32]) -> Vec<Said> {
    let edges = graph.edge_references().map(|edge| {
        let [source, target] = [edge.source(), edge.target()].map(|node| ranks[node.index()]);
        let edge = edge.id();
        Said { what: (graph.edge_kind(edge), source, target, graph.role(edge)), edge }
    });
    let mut said: Vec<Said> = edges.collect();
    said.sort_by_key(|said| said.what); // finds the runs that ids have sorted already
    said
}

/// Walks two sorted lists; what is equal in both comes together.
fn side_by_side<'l, T>(
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

/// A line each: `+` added, `-` removed, `~` changed, and in what.
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

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { added, removed, changed } = self;
        write!(f, "{added} added, {removed} removed, {changed} changed")
    }
}

/// The counts, and below them a line a change.
impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "nodes: {}", self.count_nodes())?;
        self.nodes.iter().try_for_each(|change| writeln!(f, "{change}"))?;
        writeln!(f, "edges: {}", self.count_edges())?;
        self.edges.iter().try_for_each(|change| writeln!(f, "{change}"))
    }
}
