//! Why an edge is there.

use super::DocId;
use crate::model::Rule;
use crate::text::Span;

/// 出处 — the words of a document that say so.
///
/// [`Graph::quote`](super::Graph::quote) gives the words themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    /// The document that says it.
    pub document: DocId,
    /// The bytes of its text.
    pub span: Span,
    /// How they were read.
    pub rule: Rule,
}

/// How an edge that no text states was derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Two texts bear the same document number.
    SameNumber,
    /// Two texts bear the same title, and their issuers do not differ.
    SameTitle,
    /// A measure and an article share their words
    /// ([`correspond`](crate::correspond)).
    Wording,
}

/// How the words of a citation were found to mean their policy.
///
/// ```
/// use policygraph::graph::Naming;
///
/// let graph = policygraph::builtin();
/// let document = graph.document("sc-cq-community").unwrap();
/// let cited = document.cites().next().unwrap();
/// // …促进医药产业高质量发展意见, which drops the 的 of the official title
/// let resolution = cited.resolution().unwrap();
/// assert_eq!(resolution.naming, Naming::SimilarTitle);
/// assert!(resolution.score > 0.95 && resolution.score < 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolution {
    /// By what it is named.
    pub naming: Naming,
    /// How sure it is, in 0..=1: 1 by title or number, 0.9 by a short name; of a
    /// similar title, the share of the longer one's characters that both have.
    pub score: f32,
}

/// By what a citation names its policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// Its title, or the title without the issuer.
    Title,
    /// Its number.
    Number,
    /// Its title in another wording: without 的 or 中华人民共和国, or as that of
    /// the notice that hands it on.
    SimilarTitle,
    /// A name that a vocabulary or the text gives it: GMP, 《意见》.
    ShortName,
}

/// Why an edge is there: read, known beforehand, or derived.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Proof {
    /// A document says so.
    Text(Evidence),
    /// The vocabularies say so: taxonomy, administrative order, outlines.
    Vocabulary,
    /// No text says so; a method concludes it.
    Derived {
        /// The method.
        method: Method,
        /// How sure it is, in 0..=1.
        score: f32,
    },
}

impl Proof {
    /// The words that prove it, if it was read from a text.
    pub fn evidence(self) -> Option<Evidence> {
        match self {
            Proof::Text(evidence) => Some(evidence),
            Proof::Vocabulary | Proof::Derived { .. } => None,
        }
    }

    /// The same proof where documents have other ids.
    pub(crate) fn renumbered(self, document: impl Fn(DocId) -> DocId) -> Proof {
        match self {
            Proof::Text(evidence) => {
                Proof::Text(Evidence { document: document(evidence.document), ..evidence })
            }
            known => known,
        }
    }
}

// One stands beside every edge.
const _: () = assert!(size_of::<Proof>() == 16);
