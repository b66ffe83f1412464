//! Names as people type them → the nodes that they can mean.

use super::spelling::Spelling;
use crate::error::Error;
use crate::graph::schema::{each_named_node, keep_named};
use crate::graph::{DocId, Graph, Id, Node, NodeKey, NodeKind, PolicyId, TypedId};
use crate::lexicon::Lexicon;
use std::collections::BTreeMap;

/// A node that a name can mean: [`Graph::find`], [`Graph::nearest`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// The node. [`Graph::label`] gives its canonical name.
    pub node: Node,
    /// Kind of match.
    pub matched: NameMatch,
    /// Similarity of the names, in 0..=1: 1 for the same name, another name of
    /// the node or another spelling; below 1 for a part of a name or a similar
    /// one.
    pub score: f32,
}

impl Candidate {
    /// Returns the kind of the node.
    pub fn kind(&self) -> NodeKind {
        self.node.kind()
    }
}

/// Kinds of matches between a name and a node. Ordered, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NameMatch {
    /// It is the key, canonical name, label, full name, number or title.
    Exact,
    /// It is another name of the node: a title as other documents cite it, a
    /// region's short name (山西), a product's other wording (药物), the short
    /// name of a known instrument (GMP).
    Alias,
    /// It is a spelling of one of these names by the rules of the vocabularies:
    /// `国办发[2024]53号`, 山西省药监局, a title without 关于 or 的.
    Variant,
    /// It is a part of one of these names, of two characters or more.
    Part,
    /// It is only similar.
    Similar,
}

impl Graph {
    /// Finds the nodes that a name can mean, as people type names, by the
    /// built-in vocabularies.
    ///
    /// * `name`: a name, title, number or key, with or without 《》. Full-width
    ///   and half-width characters are the same, blanks do not count.
    /// * Returns every candidate once: documents, policies, agencies, products,
    ///   regions and platforms by name, a measure by its key (`sx-2025/8`), a node
    ///   of any kind by its [`NodeKey`] (`article:国办发〔2024〕53号/8`). Ordered by [`NameMatch`],
    ///   then by descending score, then by kind and id.
    /// * Returns nothing for an unknown name; [`nearest`](Self::nearest) then
    ///   gives suggestions.
    /// * O(length of all names).
    ///
    /// ```
    /// use policygraph::graph::{NameMatch, NodeKind};
    ///
    /// let graph = policygraph::builtin();
    /// let best = |name| graph.find(name)[0];
    ///
    /// let agency = best("山西省药监局");
    /// assert_eq!((agency.kind(), agency.matched), (NodeKind::Agency, NameMatch::Variant));
    /// assert_eq!(graph.label(agency.node), "山西省药品监督管理局");
    ///
    /// let policy = best("国办发[2024]53号");
    /// assert_eq!(policy.kind(), NodeKind::Policy);
    /// assert_eq!(policy, best("全面深化药品医疗器械监管改革促进医药产业高质量发展意见"));
    ///
    /// assert_eq!(graph.label(best("国家卫健委").node), "国家卫生健康委员会");
    /// assert_eq!(graph.label(best("山西").node), "山西省");
    /// assert!(graph.find("疫苖").is_empty());
    /// ```
    pub fn find(&self, name: &str) -> Vec<Candidate> {
        self.find_with(Lexicon::builtin(), name)
    }

    /// Finds the nodes that a name can mean, as [`find`](Self::find) does, by
    /// the vocabularies of `lexicon`.
    pub fn find_with(&self, lexicon: &Lexicon, name: &str) -> Vec<Candidate> {
        let typed = Spelling::new(name, lexicon);
        let mut found = Candidates::default();
        if typed.name.is_empty() {
            return Vec::new();
        }
        let measure = self.measure(&typed.name).map(|measure| measure.node());
        let keyed = name.trim().parse::<NodeKey>().ok().and_then(|key| self.node(&key));
        for node in measure.into_iter().chain(keyed) {
            found.add(node, NameMatch::Exact, 1.0);
        }
        self.each_name(lexicon, |node, kind, name| {
            if let Some((matched, score)) = typed.matches(name, kind, lexicon)
                && self.may_issue(node, typed.issuer())
            {
                found.add(node, matched, score);
            }
        });
        for node in self.resolved(lexicon, &typed.name) {
            found.add(node, NameMatch::Variant, 1.0);
        }
        found.sorted()
    }

    /// Finds the nodes with the most similar names, for a name that
    /// [`find`](Self::find) does not know.
    ///
    /// * Returns at most `limit` candidates, the most similar first, then by kind
    ///   and id. The score is the larger of `1 - edits / length`, in characters
    ///   of the longer name, and 0.8 × the share of the adjacent character pairs
    ///   of `name` that the node's name contains. Candidates have a score of 0.3
    ///   or more.
    /// * Compares the first 64 characters of `name` with those of each name:
    ///   O(64 × length of all names).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let nearest = graph.nearest("疫苖", 3);
    /// assert_eq!(graph.label(nearest[0].node), "疫苗");
    /// ```
    pub fn nearest(&self, name: &str, limit: usize) -> Vec<Candidate> {
        self.nearest_of(Lexicon::builtin(), name, limit, |_| true)
    }

    /// Returns the one node of a kind that a name means, as [`find`](Self::find)
    /// reads names. A part of a name is not enough.
    ///
    /// * Errors: [`UnknownName`](crate::ErrorKind::UnknownName) lists up to three
    ///   of the nearest names, [`AmbiguousName`](crate::ErrorKind::AmbiguousName)
    ///   up to three of the nodes with this name.
    /// * O(1) to O(log names) for the exact name, else as `find`.
    ///
    /// ```
    /// use policygraph::graph::{ProductId, RegionId};
    ///
    /// let graph = policygraph::builtin();
    /// let shanxi: RegionId = graph.named("山西")?;
    /// assert_eq!(graph.at(shanxi).name(), "山西省");
    ///
    /// let error = graph.named::<ProductId>("疫苖").unwrap_err();
    /// assert_eq!(error.suggestions()[0], "疫苗");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn named<I: TypedId>(&self, name: &str) -> Result<I, Error> {
        let id = |node: Node| I::from_index(node.index());
        if let Some(node) = self.exact(I::KIND, name) {
            return Ok(id(node));
        }
        let lexicon = Lexicon::builtin();
        let mut found = self.find_with(lexicon, name);
        found.retain(|candidate| candidate.kind() == I::KIND);
        let best = found.first().map_or(NameMatch::Part, |best| best.matched);
        found.retain(|candidate| candidate.matched == best);
        let kind = I::KIND.name();
        match &found[..] {
            [one] if best < NameMatch::Part => Ok(id(one.node)),
            several if best < NameMatch::Part => {
                Err(Error::ambiguous_name(name, kind, several.len(), self.labels(several)))
            }
            _ => {
                let nearest = self.nearest_of(lexicon, name, LISTED, |kind| kind == I::KIND);
                Err(Error::unknown_name(name, kind, self.labels(&nearest)))
            }
        }
    }

    /// Returns the canonical names of the first candidates.
    fn labels(&self, candidates: &[Candidate]) -> Vec<String> {
        let labels = candidates.iter().take(LISTED).map(|candidate| self.label(candidate.node));
        labels.map(|label| label.into_owned()).collect()
    }

    /// False for a policy of other issuers than the one that a typed title names.
    fn may_issue(&self, node: Node, issuer: &str) -> bool {
        let Node::Policy(policy) = node else { return true };
        let issuers = &self.tables.policies[policy.index()].issuers;
        issuer.is_empty() || issuers.is_empty() || issuers.iter().any(|one| **one == *issuer)
    }

    /// Returns the nodes with the canonical names that the vocabularies give for a
    /// name.
    fn resolved(&self, lexicon: &Lexicon, name: &str) -> Vec<Node> {
        let mut nodes = Vec::new();
        let agency = lexicon.canonical_agency(name);
        nodes.extend(agency.and_then(|name| self.exact(NodeKind::Agency, &name)));
        let region = lexicon.canonical_region(name);
        nodes.extend(region.and_then(|name| self.exact(NodeKind::Region, &name)));
        let products = lexicon.product_labels(name).into_iter();
        nodes.extend(products.filter_map(|label| self.exact(NodeKind::Product, label)));
        let instrument = lexicon.known_instrument(name);
        nodes.extend(instrument.and_then(|known| {
            let number = known.number.as_deref();
            let numbered = number.and_then(|number| self.exact(NodeKind::Policy, number));
            numbered.or_else(|| self.exact(NodeKind::Policy, &known.title))
        }));
        nodes
    }

    fn nearest_of(
        &self,
        lexicon: &Lexicon,
        name: &str,
        limit: usize,
        of_kind: impl Fn(NodeKind) -> bool,
    ) -> Vec<Candidate> {
        let typed = Spelling::new(name, lexicon);
        let mut found = Candidates::default();
        let mut compare = typed.comparer();
        self.each_name(lexicon, |node, _, name| {
            if of_kind(node.kind()) {
                let score = compare.similarity(name);
                if score >= MIN_SIMILARITY {
                    found.add(node, NameMatch::Similar, score);
                }
            }
        });
        let mut nearest = found.sorted();
        nearest.truncate(limit);
        nearest
    }

    /// Calls `each` with every name of every node that has one, and whether the
    /// name is the node's own.
    fn each_name(&self, lexicon: &Lexicon, mut each: impl FnMut(Node, NameKind, &str)) {
        let tables = &self.tables;
        for (at, record) in tables.documents.iter().enumerate() {
            let node = Node::from(DocId::from_index(at));
            each(node, NameKind::Own, &record.key);
            record.title.iter().for_each(|title| each(node, NameKind::Own, &title.value));
            record.number.iter().for_each(|number| each(node, NameKind::Number, &number.value));
        }
        for (at, row) in tables.policies.iter().enumerate() {
            let node = Node::from(PolicyId::from_index(at));
            each(node, NameKind::Own, &row.title);
            row.number.iter().for_each(|number| each(node, NameKind::Number, number));
            row.aliases.iter().for_each(|alias| each(node, NameKind::Alias, alias));
        }
        self.each_canonical_name(|node, name| each(node, NameKind::Own, name));
        for (name, short) in lexicon.body_aliases() {
            if let Some(agency) = self.agency(name) {
                each(agency.node(), NameKind::Alias, short);
            }
        }
        for product in lexicon.products() {
            if let Some(node) = self.product(&product.label).map(|product| product.node()) {
                product.forms.iter().for_each(|form| each(node, NameKind::Alias, form));
            }
        }
        for region in self.regions() {
            for alias in lexicon.region_aliases(tables.regions.name(region)) {
                each(region.into(), NameKind::Alias, alias);
            }
        }
    }
}

macro_rules! canonical_names {
    ($($table:ident: $kind:ident, $id:ident;)*) => {
        impl Graph {
            /// Returns the node of `kind` with exactly this name.
            fn exact(&self, kind: NodeKind, name: &str) -> Option<Node> {
                match kind {
                    NodeKind::Document => self.document(name).map(|document| document.node()),
                    NodeKind::Measure => self.measure(name).map(|measure| measure.node()),
                    NodeKind::Policy => self.policy(name).map(|policy| policy.node()),
                    NodeKind::Section
                    | NodeKind::Article
                    | NodeKind::Target
                    | NodeKind::Deadline => None,
                    $(NodeKind::$kind => self.tables.$table.id(name).map(Node::from),)*
                }
            }

            /// Calls `each` with the canonical name of every node that is known by one.
            fn each_canonical_name(&self, mut each: impl FnMut(Node, &str)) {
                $(self.$table().for_each(|id| each(id.into(), self.tables.$table.name(id)));)*
            }
        }
    };
}

each_named_node!(canonical_names);

/// Maximum number of names in an error.
const LISTED: usize = 3;

/// Least score of a similar name.
const MIN_SIMILARITY: f32 = 0.3;

/// Kinds of names of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// Its key, title, label or canonical name.
    Own,
    /// Its number (文号).
    Number,
    /// Another name.
    Alias,
}

/// The best match of each node.
#[derive(Default)]
struct Candidates(BTreeMap<Node, (NameMatch, f32)>);

impl Candidates {
    fn add(&mut self, node: Node, matched: NameMatch, score: f32) {
        let best = self.0.entry(node).or_insert((matched, score));
        if matched < best.0 || (matched == best.0 && score > best.1) {
            *best = (matched, score);
        }
    }

    fn sorted(self) -> Vec<Candidate> {
        let candidates = self.0.into_iter();
        let mut candidates: Vec<Candidate> =
            candidates.map(|(node, (matched, score))| Candidate { node, matched, score }).collect();
        // Stable: nodes ascend already.
        candidates
            .sort_by(|a, b| a.matched.cmp(&b.matched).then_with(|| b.score.total_cmp(&a.score)));
        candidates
    }
}
