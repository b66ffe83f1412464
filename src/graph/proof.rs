//! Proofs of edges.

use super::Graph;
use super::ids::{DocId, EdgeId, Id};
use crate::model::terms::terms;
use crate::model::{Role, Rule};
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The words of a document that state a fact (出处).
///
/// [`Graph::quote`] returns the words. It holds an id of its graph, so it is not serialized:
/// [`Graph::quotation`] returns the same with the key of the document and the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    /// The document that contains the words.
    pub document: DocId,
    /// Byte range of the words in its text.
    pub span: Span,
    /// The rule that read them.
    pub rule: Rule,
}

/// [`Evidence`] that is independent of ids: for output and for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Quotation<'g> {
    /// Key of the document that contains the words.
    pub document: &'g str,
    /// Byte range of the words in its text.
    pub span: Span,
    /// The rule that read them.
    pub rule: Rule,
    /// The words.
    pub words: &'g str,
}

/// Prints the words and the key of the document: `省药监局 (sx-2025)`.
impl fmt::Display for Quotation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.words, self.document)
    }
}

terms! {
    /// The method that derived an edge that no text states.
    #[non_exhaustive]
    pub enum Method {
        /// Two texts have the same document number.
        SameNumber = "same_number" "文号相同",
        /// Two texts have the same title and no different issuers.
        SameTitle = "same_title" "标题相同",
        /// A measure and an article have similar words and subjects (TF-IDF cosine in the
        /// vocabulary of the policy's articles).
        Wording = "wording" "文字相近",
    }
}

/// Resolution of a citation to its policy.
///
/// ```
/// use policygraph::graph::Naming;
///
/// let graph = policygraph::builtin();
/// let document = graph.document("sc-cq-community").unwrap();
/// let cited = document.cites().next().unwrap();
/// // …促进医药产业高质量发展意见, without the 的 of the official title
/// let resolution = cited.resolution().unwrap();
/// assert_eq!(resolution.naming, Naming::SimilarTitle);
/// assert!(resolution.score > 0.95 && resolution.score < 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// The kind of name in the citation.
    pub naming: Naming,
    /// Confidence in 0..=1: 1 for a title or number, 0.9 for a short name; for a similar title
    /// the number of common characters divided by the length of the longer title.
    pub score: f32,
}

terms! {
    /// The kind of name by which a citation names its policy.
    #[non_exhaustive]
    pub enum Naming {
        /// The title, or the title without the issuer.
        Title = "title" "标题",
        /// The number.
        Number = "number" "文号",
        /// A variant of the title: without 的 or 中华人民共和国, or the title of the notice that
        /// forwards the policy.
        SimilarTitle = "similar_title" "相近标题",
        /// A short name from a vocabulary or from the text: GMP, 《意见》.
        ShortName = "short_name" "简称",
    }
}

/// Proof of an edge: read from a text, known from a vocabulary, or derived.
///
/// It holds ids of its graph, so it is not serialized: [`Graph::justification`] returns the same
/// with keys and words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Proof {
    /// Words of a document state it.
    Text(Evidence),
    /// The vocabularies state it: taxonomy, administrative hierarchy, outlines.
    Vocabulary,
    /// A method derived it; no text states it.
    Derived {
        /// The method.
        method: Method,
        /// Confidence in 0..=1.
        score: f32,
    },
}

/// A [`Proof`] that is independent of ids: for output and for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Justification<'g> {
    /// Words of a document state it.
    Text(Quotation<'g>),
    /// The vocabularies state it.
    Vocabulary,
    /// A method derived it.
    Derived {
        /// The method.
        method: Method,
        /// Confidence in 0..=1.
        score: f32,
    },
}

impl Proof {
    /// The words that prove the edge, if it was read from a text.
    pub fn evidence(self) -> Option<Evidence> {
        match self {
            Proof::Text(evidence) => Some(evidence),
            Proof::Vocabulary | Proof::Derived { .. } => None,
        }
    }

    /// The same proof with the document ids of another graph.
    pub(crate) fn renumbered(self, document: impl Fn(DocId) -> DocId) -> Proof {
        match self {
            Proof::Text(evidence) => {
                Proof::Text(Evidence { document: document(evidence.document), ..evidence })
            }
            known => known,
        }
    }
}

impl Graph {
    /// The words of an evidence, as printed.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// let target = measure.targets().next().unwrap();
    /// assert!(graph.quote(target.evidence()).contains("58个工作日"));
    /// ```
    pub fn quote(&self, evidence: Evidence) -> &str {
        let Evidence { document, span, .. } = evidence;
        // Empty only for a saved file that was made up by hand: see `saved`.
        span.get(&self.tables.record(document).text).unwrap_or_default()
    }

    /// The evidence with the key of its document and its words. O(1).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// let (.., evidence) = measure.responsible().next().unwrap();
    /// let quotation = graph.quotation(evidence);
    /// assert_eq!(quotation.to_string(), "省药监局 (sx-2025)");
    /// assert_eq!(serde_json::to_value(quotation)?["words"], "省药监局");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn quotation(&self, evidence: Evidence) -> Quotation<'_> {
        let Evidence { document, span, rule } = evidence;
        Quotation { document: self.at(document).key(), span, rule, words: self.quote(evidence) }
    }

    /// The proof with the key of its document and its words. O(1).
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let article = graph.measure("sx-2025/8").unwrap().articles().next().unwrap();
    /// let json = serde_json::to_value(graph.justification(article.proof()))?;
    /// assert_eq!(json["derived"]["method"], "wording");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn justification(&self, proof: Proof) -> Justification<'_> {
        match proof {
            Proof::Text(evidence) => Justification::Text(self.quotation(evidence)),
            Proof::Vocabulary => Justification::Vocabulary,
            Proof::Derived { method, score } => Justification::Derived { method, score },
        }
    }

    /// Proof of an edge. O(1).
    pub fn proof(&self, edge: EdgeId) -> Proof {
        self.edges.proofs[edge.index()]
    }

    /// Resolution of a citation to its policy, for edges that implement, repeal or cite. O(1).
    pub fn resolution(&self, edge: EdgeId) -> Option<Resolution> {
        self.edges.resolution(edge)
    }

    /// Role of the agency (职责), for edges of responsibility. O(1).
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
}

// Each edge has one.
const _: () = assert!(size_of::<Proof>() == 16);
