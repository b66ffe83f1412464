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
}

// One stands beside every edge.
const _: () = assert!(size_of::<Proof>() == 16);
