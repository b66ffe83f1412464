//! Keys of nodes: they stay the same when other documents are added or removed, while ids change.

use super::Graph;
use super::ids::{ArticleId, DeadlineId, DocId, MeasureId, PolicyId, SectionId, TargetId};
use super::kinds::{Node, NodeKind};
use super::provider::ProviderId;
use super::refs::PolicyRef;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Key of a measure: the key of its document, `/`, its position there from 1.
///
/// ```
/// use policygraph::graph::MeasureKey;
///
/// let key: MeasureKey = "sx-2025/11".parse().unwrap();
/// assert_eq!((&*key.document, key.position), ("sx-2025", 11));
/// assert_eq!(key.to_string(), "sx-2025/11");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureKey<'g> {
    /// Key of the document.
    pub document: Cow<'g, str>,
    /// Position among the measures of the document, from 1.
    pub position: usize,
}

impl<'g> MeasureKey<'g> {
    /// Returns the key of the measure at a position, from 1, of the document with this
    /// key.
    pub fn new(document: impl Into<Cow<'g, str>>, position: usize) -> Self {
        MeasureKey { document: document.into(), position }
    }

    /// Returns the same key, independent of the graph.
    pub fn into_owned(self) -> MeasureKey<'static> {
        MeasureKey::new(self.document.into_owned(), self.position)
    }
}

impl fmt::Display for MeasureKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.document, self.position)
    }
}

/// Key of a node of any kind: unique in a graph, and the same in every graph that has the node.
/// Ordered by kind, then by content.
///
/// As text it is the name of the kind, `:`, and the content. Parsing is unambiguous whatever
/// characters a document key or a title contains. In serde formats it is that text.
///
/// Chapters, measures, targets and deadlines have their position in the key: one that is inserted changes
/// the keys of those after it.
///
/// ```
/// use policygraph::graph::NodeKey;
///
/// let graph = policygraph::builtin();
/// let target = graph.measure("sx-2025/11").unwrap().targets().nth(1).unwrap();
/// let key = graph.key(target.id());
/// assert_eq!(key.to_string(), "target:sx-2025/11#2");
/// assert_eq!(graph.node(&key), Some(target.node()));
///
/// let key: NodeKey = "policy:国办发〔2024〕53号".parse()?;
/// assert_eq!(graph.label(graph.node(&key).unwrap()), "国务院办公厅关于全面深化药品医疗器械监管改革促进医药产业高质量发展的意见");
/// # Ok::<(), policygraph::graph::InvalidKey>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NodeKey<'g> {
    /// `document:sx-2025`: the key of the document.
    Document(Cow<'g, str>),
    /// `section:sx-2025/§2`: the second chapter of the document.
    Section {
        /// Key of the document.
        document: Cow<'g, str>,
        /// Position among the chapters of the document, from 1.
        position: usize,
    },
    /// `measure:sx-2025/11`: the key of the measure.
    Measure(MeasureKey<'g>),
    /// `agency:山西省药品监督管理局`: the canonical name of the agency.
    Agency(Cow<'g, str>),
    /// `policy:国办发〔2024〕53号`: the number of the policy, else its title. Policies without a
    /// number have different titles. The key changes when a document that is added prints the
    /// number, or a fuller title of a policy without number.
    Policy(Cow<'g, str>),
    /// `article:国办发〔2024〕53号/8`: an article of a policy.
    Article {
        /// Number of the policy, else its title.
        policy: Cow<'g, str>,
        /// Ordinal of the article.
        ordinal: u32,
    },
    /// `product:医疗器械`: the label of the product.
    Product(Cow<'g, str>),
    /// `region:山西省`: the full name of the region.
    Region(Cow<'g, str>),
    /// `target:sx-2025/11#2`: the second target of a measure; `target:sx-2025/§2#1`: the first
    /// target in the prose of a chapter; `target:sx-2025/#1`: the first target of a document
    /// without measures.
    Target {
        /// Key of the document.
        document: Cow<'g, str>,
        /// The part of the document that sets the target.
        part: ProviderPart,
        /// Position among the targets of that part, from 1.
        position: usize,
    },
    /// `deadline:sx-2025/11#2`: the second deadline of a measure, with a key like that of a target.
    Deadline {
        /// Key of the document.
        document: Cow<'g, str>,
        /// The part of the document that sets the deadline.
        part: ProviderPart,
        /// Position among the deadlines of that part, from 1.
        position: usize,
    },
    /// `platform:药品追溯协同平台`: the name of the platform.
    Platform(Cow<'g, str>),
}

/// The part of a document that sets a target or a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProviderPart {
    /// The document, which has no measures.
    Document,
    /// The measure at this position, from 1.
    Measure(usize),
    /// The prose of the chapter at this position, from 1.
    Section(usize),
}

impl NodeKey<'_> {
    /// Returns the kind of the node.
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
            NodeKey::Deadline { .. } => NodeKind::Deadline,
            NodeKey::Platform(_) => NodeKind::Platform,
        }
    }

    /// Returns the same key, independent of the graph.
    pub fn into_owned(self) -> NodeKey<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            NodeKey::Document(key) => NodeKey::Document(owned(key)),
            NodeKey::Section { document, position } => {
                NodeKey::Section { document: owned(document), position }
            }
            NodeKey::Measure(key) => NodeKey::Measure(key.into_owned()),
            NodeKey::Agency(name) => NodeKey::Agency(owned(name)),
            NodeKey::Policy(name) => NodeKey::Policy(owned(name)),
            NodeKey::Article { policy, ordinal } => {
                NodeKey::Article { policy: owned(policy), ordinal }
            }
            NodeKey::Product(label) => NodeKey::Product(owned(label)),
            NodeKey::Region(name) => NodeKey::Region(owned(name)),
            NodeKey::Target { document, part, position } => {
                NodeKey::Target { document: owned(document), part, position }
            }
            NodeKey::Deadline { document, part, position } => {
                NodeKey::Deadline { document: owned(document), part, position }
            }
            NodeKey::Platform(name) => NodeKey::Platform(owned(name)),
        }
    }
}

impl fmt::Display for NodeKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.kind())?;
        match self {
            NodeKey::Document(name)
            | NodeKey::Agency(name)
            | NodeKey::Policy(name)
            | NodeKey::Product(name)
            | NodeKey::Region(name)
            | NodeKey::Platform(name) => f.write_str(name),
            NodeKey::Section { document, position } => write!(f, "{document}/§{position}"),
            NodeKey::Measure(key) => write!(f, "{key}"),
            NodeKey::Article { policy, ordinal } => write!(f, "{policy}/{ordinal}"),
            NodeKey::Target { document, part, position }
            | NodeKey::Deadline { document, part, position } => {
                write!(f, "{document}/{part}#{position}")
            }
        }
    }
}

impl fmt::Display for ProviderPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProviderPart::Document => Ok(()),
            ProviderPart::Measure(measure) => write!(f, "{measure}"),
            ProviderPart::Section(section) => write!(f, "§{section}"),
        }
    }
}

/// A text that is not a key: the error of `FromStr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidKey {
    text: String,
    form: &'static str,
}

impl InvalidKey {
    fn new(text: &str, form: &'static str) -> Self {
        InvalidKey { text: text.to_owned(), form }
    }
}

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a key; expected {}", self.text, self.form)
    }
}

impl std::error::Error for InvalidKey {}

/// Reads a number as `Display` prints it: `+8` and `08` are no numbers of a key.
fn number<N: FromStr + ToString>(text: &str) -> Option<N> {
    text.parse().ok().filter(|number: &N| number.to_string() == text)
}

/// Reads a position, which is at least 1.
fn position(text: &str) -> Option<usize> {
    number(text).filter(|&position| position > 0)
}

impl FromStr for MeasureKey<'static> {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let split = text.rsplit_once('/');
        let key = split.and_then(|(document, place)| {
            Some(MeasureKey::new(document.to_owned(), position(place)?))
        });
        key.ok_or_else(|| InvalidKey::new(text, "document key, `/` and a position: sx-2025/11"))
    }
}

impl FromStr for NodeKey<'static> {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let invalid = |form| InvalidKey::new(text, form);
        let kind = text.split_once(':').and_then(|(kind, rest)| Some((kind.parse().ok()?, rest)));
        let (kind, rest) = kind.ok_or_else(|| invalid("kind of node, `:` and content"))?;
        let name = || Cow::Owned(rest.to_owned());
        Ok(match kind {
            NodeKind::Document => NodeKey::Document(name()),
            NodeKind::Agency => NodeKey::Agency(name()),
            NodeKind::Policy => NodeKey::Policy(name()),
            NodeKind::Product => NodeKey::Product(name()),
            NodeKind::Region => NodeKey::Region(name()),
            NodeKind::Platform => NodeKey::Platform(name()),
            NodeKind::Measure => NodeKey::Measure(rest.parse()?),
            NodeKind::Section => {
                section(rest).ok_or_else(|| invalid("section:, document key, `/§`, a position"))?
            }
            NodeKind::Article => {
                article(rest).ok_or_else(|| invalid("article:, policy, `/`, an ordinal"))?
            }
            NodeKind::Target | NodeKind::Deadline => fact(kind, rest).ok_or_else(|| {
                invalid(
                    "target: or deadline:, document key, `/`, position of a measure or §chapter, \
                     `#`, a position",
                )
            })?,
        })
    }
}

fn section(text: &str) -> Option<NodeKey<'static>> {
    let (document, place) = text.rsplit_once("/§")?;
    Some(NodeKey::Section { document: document.to_owned().into(), position: position(place)? })
}

fn article(text: &str) -> Option<NodeKey<'static>> {
    let (policy, ordinal) = text.rsplit_once('/')?;
    Some(NodeKey::Article { policy: policy.to_owned().into(), ordinal: number(ordinal)? })
}

/// Reads the key of a target or a deadline.
fn fact(kind: NodeKind, text: &str) -> Option<NodeKey<'static>> {
    let (provider, place) = text.rsplit_once('#')?;
    let (document, part) = provider.rsplit_once('/')?;
    let part = match part.strip_prefix('§') {
        Some(section) => ProviderPart::Section(position(section)?),
        None if part.is_empty() => ProviderPart::Document,
        None => ProviderPart::Measure(position(part)?),
    };
    let (document, position) = (document.to_owned().into(), position(place)?);
    Some(match kind {
        NodeKind::Deadline => NodeKey::Deadline { document, part, position },
        _ => NodeKey::Target { document, part, position },
    })
}

/// Serde by the text of a key.
macro_rules! as_text {
    ($($key:ident),*) => {$(
        impl Serialize for $key<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $key<'_> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                $key::from_str(&text).map_err(de::Error::custom)
            }
        }
    )*};
}

as_text!(MeasureKey, NodeKey);

fn number_or_title(policy: PolicyRef<'_>) -> Cow<'_, str> {
    policy.number().unwrap_or(policy.title()).into()
}

impl Graph {
    /// Returns the key of a node. O(log nodes).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let section = graph.measure("sx-2025/8").unwrap().section().unwrap();
    /// assert_eq!(graph.key(section.id()).to_string(), "section:sx-2025/§2");
    /// ```
    pub fn key(&self, node: impl Into<Node>) -> NodeKey<'_> {
        match node.into() {
            Node::Document(id) => NodeKey::Document(self.at(id).key().into()),
            Node::Section(id) => {
                let section = self.at(id);
                let document = section.document().key().into();
                NodeKey::Section { document, position: section.position() }
            }
            Node::Measure(id) => NodeKey::Measure(self.at(id).key()),
            Node::Agency(id) => NodeKey::Agency(self.at(id).name().into()),
            Node::Policy(id) => NodeKey::Policy(number_or_title(self.at(id))),
            Node::Article(id) => {
                let article = self.at(id);
                let policy = number_or_title(article.policy());
                NodeKey::Article { policy, ordinal: article.ordinal() }
            }
            Node::Product(id) => NodeKey::Product(self.at(id).label().into()),
            Node::Region(id) => NodeKey::Region(self.at(id).name().into()),
            Node::Target(id) => {
                let target = self.at(id);
                let part = self.provider_part(target.provider_id());
                let document = target.document().key().into();
                NodeKey::Target { document, part, position: target.position() }
            }
            Node::Deadline(id) => {
                let deadline = self.at(id);
                let part = self.provider_part(deadline.provider_id());
                let document = deadline.document().key().into();
                NodeKey::Deadline { document, part, position: deadline.position() }
            }
            Node::Platform(id) => NodeKey::Platform(self.at(id).name().into()),
        }
    }

    fn provider_part(&self, provider: ProviderId) -> ProviderPart {
        match provider {
            ProviderId::Measure(id) => ProviderPart::Measure(self.at(id).position()),
            ProviderId::Section(id) => ProviderPart::Section(self.at(id).position()),
            ProviderId::Document(_) => ProviderPart::Document,
        }
    }

    /// Returns the node with a key, if the graph has it. O(log names); for an article also
    /// linear in the articles of its policy.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let key = "agency:山西省药品监督管理局".parse().unwrap();
    /// let agency = graph.agency("山西省药品监督管理局").unwrap();
    /// assert_eq!(graph.node(&key), Some(agency.node()));
    /// assert_eq!(graph.node(&"measure:sx-2025/99".parse().unwrap()), None);
    /// ```
    pub fn node(&self, key: &NodeKey<'_>) -> Option<Node> {
        Some(match key {
            NodeKey::Document(key) => self.document_id(key)?.into(),
            NodeKey::Section { document, position } => self.section_id(document, *position)?.into(),
            NodeKey::Measure(key) => self.measure_id(&key.document, key.position)?.into(),
            NodeKey::Agency(name) => self.tables.agencies.id(name)?.into(),
            NodeKey::Policy(name) => self.policy_id(name)?.into(),
            NodeKey::Article { policy, ordinal } => self.article_id(policy, *ordinal)?.into(),
            NodeKey::Product(label) => self.tables.products.id(label)?.into(),
            NodeKey::Region(name) => self.tables.regions.id(name)?.into(),
            NodeKey::Target { document, part, position } => {
                self.target_id(document, *part, *position)?.into()
            }
            NodeKey::Deadline { document, part, position } => {
                self.deadline_id(document, *part, *position)?.into()
            }
            NodeKey::Platform(name) => self.tables.platforms.id(name)?.into(),
        })
    }

    fn document_id(&self, key: &str) -> Option<DocId> {
        self.document(key).map(|document| document.id())
    }

    fn section_id(&self, document: &str, position: usize) -> Option<SectionId> {
        self.tables.sections.at(self.document_id(document)?, position.checked_sub(1)?)
    }

    fn measure_id(&self, document: &str, position: usize) -> Option<MeasureId> {
        self.tables.measures.at(self.document_id(document)?, position.checked_sub(1)?)
    }

    fn policy_id(&self, number_or_title: &str) -> Option<PolicyId> {
        self.tables.policy_names.with_key(number_or_title, &self.tables.policies)
    }

    fn article_id(&self, policy: &str, ordinal: u32) -> Option<ArticleId> {
        let articles = self.articles_of(self.policy_id(policy)?).iter().copied();
        articles.into_iter().find(|&article| self.at(article).ordinal() == ordinal)
    }

    fn target_id(&self, document: &str, part: ProviderPart, position: usize) -> Option<TargetId> {
        let targets = match part {
            ProviderPart::Document => self.commits_to(self.document_id(document)?),
            ProviderPart::Measure(measure) => self.commits_to(self.measure_id(document, measure)?),
            ProviderPart::Section(section) => self.commits_to(self.section_id(document, section)?),
        };
        targets.get(position.checked_sub(1)?).copied()
    }

    fn deadline_id(
        &self,
        document: &str,
        part: ProviderPart,
        position: usize,
    ) -> Option<DeadlineId> {
        let deadlines = match part {
            ProviderPart::Document => self.sets(self.document_id(document)?),
            ProviderPart::Measure(measure) => self.sets(self.measure_id(document, measure)?),
            ProviderPart::Section(section) => self.sets(self.section_id(document, section)?),
        };
        deadlines.get(position.checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::graph::fixture;
    use crate::graph::ids::NodeId;
    use crate::lexicon::Lexicon;
    use crate::model::Citation;
    use petgraph::visit::NodeCount;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    fn nodes(graph: &Graph) -> impl Iterator<Item = Node> {
        (0..graph.node_count()).map(|index| graph.node_at(NodeId::from_index(index)))
    }

    fn keys(graph: &Graph) -> BTreeSet<String> {
        nodes(graph).map(|node| graph.key(node).to_string()).collect()
    }

    fn check(graph: &Graph) {
        for node in nodes(graph) {
            let key = graph.key(node);
            assert_eq!(key.kind(), node.kind());
            assert_eq!(graph.node(&key), Some(node), "{key}");
            assert_eq!(key.to_string().parse().as_ref(), Ok(&key));
            let json = serde_json::to_string(&key).unwrap();
            assert_eq!(serde_json::from_str::<NodeKey>(&json).unwrap(), key);
            assert_eq!(key.clone().into_owned(), key);
        }
        assert_eq!(keys(graph).len(), graph.node_count());
    }

    #[test]
    fn each_node_has_its_own_key() {
        let corpus = fixture::records().into_iter().collect::<Corpus>();
        check(&corpus.clone().graph(Lexicon::builtin()));
    }

    #[cfg(feature = "builtin")]
    #[test]
    fn each_node_of_the_seeds_has_its_own_key() {
        check(crate::builtin());
    }

    #[test]
    fn a_title_that_is_the_number_of_a_policy_is_no_second_policy() {
        let mut records = fixture::records();
        let number = "国办发〔2024〕53号";
        let cited = records[3].implements[0].clone();
        assert_eq!(cited.number.as_deref(), Some(number));
        records[0].implements.push(Citation { title: number.into(), number: None, ..cited });
        let mut corpus: Corpus = records[..3].iter().cloned().collect();
        check(&corpus.graph(Lexicon::builtin()));
        corpus.insert(records[3].clone());
        let graph = corpus.graph(Lexicon::builtin());
        check(&graph);
        assert!(
            graph.implements(DocId::from_index(0)).contains(&graph.policy(number).unwrap().id())
        );
    }

    #[test]
    fn a_text_that_is_no_key_is_an_error() {
        for text in [
            "",
            "sx-2025/11",
            "body:sx-2025",
            "measure:sx-2025",
            "measure:sx-2025/0",
            "measure:sx-2025/08",
            "measure:sx-2025/+8",
            "section:sx-2025/2",
            "target:sx-2025/11",
            "target:sx-2025#1",
            "article:国办发〔2024〕53号",
        ] {
            assert!(text.parse::<NodeKey>().is_err(), "{text}");
        }
        let error = "measure:sx-2025".parse::<NodeKey>().unwrap_err().to_string();
        assert!(error.contains("sx-2025/11"), "{error}");
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop::string::string_regex("[a-c/#§:0-9局 ]{0,8}").unwrap()
    }

    fn any_key() -> impl Strategy<Value = NodeKey<'static>> {
        let places = (any_text(), 1..30_usize, 0..30_usize, 0..11_usize);
        places.prop_map(|(text, position, part, kind)| {
            let name = text.into();
            match kind {
                0 => NodeKey::Document(name),
                1 => NodeKey::Section { document: name, position },
                2 => NodeKey::Measure(MeasureKey::new(name, position)),
                3 => NodeKey::Agency(name),
                4 => NodeKey::Policy(name),
                5 => NodeKey::Article { policy: name, ordinal: position as u32 },
                6 => NodeKey::Region(name),
                7 => NodeKey::Platform(name),
                8 => NodeKey::Target {
                    document: name,
                    part: ProviderPart::Section(part + 1),
                    position,
                },
                9 => NodeKey::Deadline {
                    document: name,
                    part: ProviderPart::Measure(part + 1),
                    position,
                },
                _ => {
                    let part = match part {
                        0 => ProviderPart::Document,
                        measure => ProviderPart::Measure(measure),
                    };
                    NodeKey::Target { document: name, part, position }
                }
            }
        })
    }

    proptest! {
        #[test]
        fn parsing_a_key_gives_the_key_that_was_printed(key in any_key()) {
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }

        #[test]
        fn any_text_is_parsed_to_a_key_that_prints_it_or_not_at_all(
            kind in prop::sample::select(NodeKind::ALL),
            text in any_text(),
        ) {
            let text = format!("{kind}:{text}");
            if let Ok(key) = text.parse::<NodeKey>() {
                prop_assert_eq!(key.to_string(), text);
            }
        }
    }

    proptest! {
        // Each case assembles a graph.
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn keys_do_not_depend_on_the_order_of_insertion(
            records in Just(fixture::records()).prop_shuffle(),
        ) {
            let graph = |records: Vec<_>| -> Arc<Graph> {
                records.into_iter().collect::<Corpus>().graph(Lexicon::builtin())
            };
            prop_assert_eq!(keys(&graph(records)), keys(&graph(fixture::records())));
        }
    }
}
