//! The explanation (理由) of a score, in the words of both texts.

use crate::number::to_f32;
use serde::{Serialize, Serializer};

use super::phrases::{IndexedText, Piece, Wording, shared_phrases};
use super::sentences::{Sentence, SentencePair, pair_sentences};
use super::targets::{TargetPair, pair_targets};
use crate::features::{Feature, Field, Kind, provision_spans};
use crate::graph::{MeasureId, MeasureRef};
use crate::text::Span;

/// The explanation (理由) of a match.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Explanation<'i> {
    /// Shared terms, by descending weight; ties in the order phrases (in text order),
    /// concepts, topics. The weights sum to the score, up to rounding.
    pub contributions: Vec<Contribution<'i>>,
    /// Pairs of similar sentences, one to one, in the order of the match; of the first 100
    /// sentences of each text.
    pub sentences: Vec<SentencePair>,
    /// Pairs of numeric targets for the same thing, in the order of the match; of the first
    /// 100 targets of each measure. Empty if the query is a text.
    pub targets: Vec<TargetPair>,
}

impl Explanation<'_> {
    /// Returns the part of the score that comes from policies that both documents
    /// implement: runs of at least five characters that both share with one heading or key
    /// term of an article. Only policies with a known outline count.
    pub fn parent_weight(&self) -> f32 {
        self.contributions.iter().map(|contribution| contribution.parent_weight).sum()
    }
}

/// A shared term, and its part of the score.
///
/// Serialises as `{feature, kind, weight, of_parent}`, without the spans of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Contribution<'i> {
    /// The term.
    #[serde(flatten)]
    pub term: Term<'i>,
    /// Its part of the score.
    pub weight: f32,
    /// The part of `weight` that comes from a policy that both documents implement.
    #[serde(rename = "of_parent")]
    pub parent_weight: f32,
}

/// A term that two texts share.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Term<'i> {
    /// The same words, as long as both texts contain them, at most 32 characters.
    Phrase {
        /// Its first occurrence in the match, as printed.
        text: &'i str,
        /// The span of that occurrence in the text of the match's document.
        matched: Span,
        /// A span of it in the query (in the text of the document, if the query is a
        /// measure); `None` if the query contains it only as a label.
        query: Option<Span>,
    },
    /// The label of a product that the match names by other words.
    Product(&'i str),
    /// A concept ([`Lexicon::concepts`](crate::Lexicon::concepts)), in any wording.
    Concept(&'i str),
    /// A topic.
    Topic(&'i str),
}

impl<'i> Term<'i> {
    /// Returns the words or the name.
    pub fn text(&self) -> &'i str {
        match *self {
            Term::Phrase { text, .. } => text,
            Term::Product(name) | Term::Concept(name) | Term::Topic(name) => name,
        }
    }

    /// Returns `phrase`, `product`, `concept` or `topic`.
    pub fn kind(&self) -> &'static str {
        match self {
            Term::Phrase { .. } => "phrase",
            Term::Product(_) => "product",
            Term::Concept(_) => "concept",
            Term::Topic(_) => "topic",
        }
    }
}

/// Serialises as `{feature, kind}`.
impl Serialize for Term<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct TermFields<'a> {
            feature: &'a str,
            kind: &'static str,
        }
        TermFields { feature: self.text(), kind: self.kind() }.serialize(serializer)
    }
}

/// A text with its pieces and sentences.
pub(crate) struct PreparedText<'t> {
    pub pieces: Vec<Piece<'t>>,
    pub sentences: Vec<Sentence>,
    pub measure: Option<MeasureRef<'t>>,
}

/// A query, prepared once for all its matches.
pub(crate) struct PreparedQuery<'t> {
    text: IndexedText<'t>,
    sentences: Vec<Sentence>,
    measure: Option<MeasureRef<'t>>,
}

impl<'t> PreparedQuery<'t> {
    pub(crate) fn new(text: PreparedText<'t>) -> Self {
        let PreparedText { pieces, sentences, measure } = text;
        PreparedQuery { text: IndexedText::new(pieces), sentences, measure }
    }

    pub(crate) fn measure(&self) -> Option<MeasureId> {
        self.measure.map(|measure| measure.id())
    }

    /// Explains the score of `matched`.
    ///
    /// * `parts`: the contribution of each shared feature to the score, ascending.
    /// * `policies`: the wording of the policies that both documents implement.
    /// * `term`: the term of a feature that is not text.
    pub(crate) fn explain<'i>(
        &self,
        matched: PreparedText<'i>,
        parts: &[(Feature, f64)],
        policies: &[&Wording],
        term: impl Fn(Kind) -> Term<'i>,
    ) -> Explanation<'i> {
        let words: Vec<(Feature, f64)> =
            parts.iter().copied().filter(|(f, _)| f.field() == Field::Words).collect();
        let phrases = shared_phrases(&self.text, matched.pieces, &words, policies);
        let phrases = phrases.into_iter().map(|phrase| {
            let term = match phrase.matched {
                Some(matched) => Term::Phrase { text: phrase.text, matched, query: phrase.query },
                None => Term::Product(phrase.text),
            };
            (term, phrase.weight, phrase.parent_weight)
        });
        let mut all: Vec<(Term<'i>, f64, f64)> = phrases.collect();
        for &(feature, weight) in parts.iter().filter(|(f, _)| f.field() != Field::Words) {
            all.push((term(feature.kind()), weight, 0.0));
        }
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        let contributions = all.into_iter().map(|(term, weight, parent_weight)| Contribution {
            term,
            weight: to_f32(weight),
            parent_weight: to_f32(parent_weight),
        });
        let sentences = pair_sentences(&self.sentences, &matched.sentences);
        let targets = match (self.measure, matched.measure) {
            (Some(query), Some(matched)) => pair_targets(query, matched, &sentences),
            _ => Vec::new(),
        };
        Explanation { contributions: contributions.collect(), sentences, targets }
    }
}

/// Returns the printed text of a measure, then the labels of its products, then its
/// heading if the text breaks it across lines.
pub(crate) fn pieces(measure: MeasureRef<'_>) -> Vec<Piece<'_>> {
    let (record, text) = (measure.record(), &measure.document().record().text);
    let mut pieces: Vec<Piece<'_>> = provision_spans(record)
        .map(|span| Piece { text: span.slice(text), at: Some(span.start as usize) })
        .collect();
    let labels = record.provision.products.iter().map(|product| &*product.value);
    pieces.extend(labels.map(|text| Piece { text, at: None }));
    // A heading with a line break differs from its printed form.
    let heading = record.title.as_ref().map(|title| &*title.value);
    let unbroken = heading.filter(|heading| !pieces[0].text.contains(heading));
    pieces.extend(unbroken.map(|text| Piece { text, at: None }));
    pieces
}
