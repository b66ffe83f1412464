//! Proofs of edges.

use super::Graph;
use super::ids::{DocId, EdgeId, row};
use crate::model::terms::terms;
use crate::model::{Role, Rule};
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// The words of a document that state a fact (出处).
///
/// [`Graph::quote`] returns the words. With [`Graph::keyed`] it serialises as
/// `{document, span, rule, words}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    /// The document that contains the words.
    pub document: DocId,
    /// Byte range of the words in its text.
    pub span: Span,
    /// The rule that read them.
    pub rule: Rule,
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
/// With [`Graph::keyed`] it serialises as `{text}`, `"vocabulary"` or `{derived}`.
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

impl Proof {
    /// Returns the words that prove the edge, if it was read from a text.
    pub fn evidence(self) -> Option<Evidence> {
        match self {
            Proof::Text(evidence) => Some(evidence),
            Proof::Vocabulary | Proof::Derived { .. } => None,
        }
    }

    /// Returns the same proof with the document ids of another graph.
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
    /// Returns the words of an evidence, as printed.
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

    /// Proof of an edge. O(1).
    #[track_caller]
    pub fn proof(&self, edge: EdgeId) -> Proof {
        *row(&self.edges.proofs, edge)
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
