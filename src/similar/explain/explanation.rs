//! 理由 — why two texts are alike, in the words of both.

use super::phrases::{Piece, Sayings, Wording, shared};
use super::sentences::{Sentence, Sides, side_by_side};
use super::targets::{Figures, figures};
use crate::features::{Feature, Field, Kind, said_spans};
use crate::graph::{MeasureId, MeasureRef};
use crate::text::Span;

/// 理由 — why a measure was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why<'i> {
    /// What both share, heaviest first, then phrases in the order of the
    /// measure, concepts, topics, articles. The weights sum to the score, but
    /// for rounding.
    pub shared: Vec<Shared<'i>>,
    /// Sentences of the measure beside those of the question that say it most
    /// alike, one to one, in the order of the measure, of the first hundred of each.
    pub sentences: Vec<Sides>,
    /// Figures that both set for the same thing, in the order of the measure, of
    /// the first hundred of each; none if the question is a text.
    pub figures: Vec<Figures>,
}

impl Why<'_> {
    /// How much of the score is owed to policies that both documents carry out:
    /// runs of at least five characters that both share with one heading or key
    /// term of an article, and likeness to the same articles. The rest is what the
    /// two share beyond these. It is known of policies whose outline is known.
    pub fn of_parent(&self) -> f32 {
        self.shared.iter().map(|shared| shared.of_parent).sum()
    }
}

/// One thing that two texts share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared<'i> {
    /// What it is.
    pub what: What<'i>,
    /// What it adds to the score.
    pub weight: f32,
    /// How much of that is owed to a policy that both carry out.
    pub of_parent: f32,
}

/// What two texts share.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum What<'i> {
    /// The same words, as long as both have them, up to 32 characters.
    Phrase {
        /// As the measure prints them, where it does so first.
        text: &'i str,
        /// Where that is, in the text of the measure's document.
        found: Span,
        /// Where they stand in the question (in the text of the document, if
        /// the question is a measure); none if it means them by other words.
        asked: Option<Span>,
    },
    /// The label of a product that the measure names by other words.
    Product(&'i str),
    /// A concept ([`Lexicon::concepts`](crate::Lexicon::concepts)), in whichever
    /// words.
    Concept(&'i str),
    /// A topic.
    Topic(&'i str),
    /// Likeness to the same articles of an outlined policy, by its number.
    Articles(&'i str),
}

impl<'i> What<'i> {
    /// The words, or the name.
    pub fn text(&self) -> &'i str {
        match *self {
            What::Phrase { text, .. } => text,
            What::Product(name)
            | What::Concept(name)
            | What::Topic(name)
            | What::Articles(name) => name,
        }
    }

    /// `phrase`, `product`, `concept`, `topic` or `articles`.
    pub fn kind(&self) -> &'static str {
        match self {
            What::Phrase { .. } => "phrase",
            What::Product(_) => "product",
            What::Concept(_) => "concept",
            What::Topic(_) => "topic",
            What::Articles(_) => "articles",
        }
    }
}

/// A text as it is compared sentence by sentence and phrase by phrase.
pub(crate) struct Saying<'t> {
    pub pieces: Vec<Piece<'t>>,
    pub sentences: Vec<Sentence>,
    pub measure: Option<MeasureRef<'t>>,
}

/// A question, prepared once for all that is found.
pub(crate) struct Asked<'t> {
    sayings: Sayings<'t>,
    sentences: Vec<Sentence>,
    measure: Option<MeasureRef<'t>>,
}

impl<'t> Asked<'t> {
    pub fn new(saying: Saying<'t>) -> Self {
        let Saying { pieces, sentences, measure } = saying;
        Asked { sayings: Sayings::new(pieces), sentences, measure }
    }

    pub fn measure(&self) -> Option<MeasureId> {
        self.measure.map(|measure| measure.id())
    }

    /// * `parts`: what each shared feature adds to the score, ascending.
    /// * `policies`: the wording of those that both carry out.
    /// * `of_policy`: whether a feature that is not text is likeness to one.
    /// * `name`: what a feature that is not text stands for.
    pub fn why<'i>(
        &self,
        found: Saying<'i>,
        parts: &[(Feature, f64)],
        policies: &[&Wording],
        of_policy: impl Fn(Feature) -> bool,
        name: impl Fn(Kind) -> What<'i>,
    ) -> Why<'i> {
        let words: Vec<(Feature, f64)> =
            parts.iter().copied().filter(|(f, _)| f.field() == Field::Words).collect();
        let phrases = shared(&self.sayings, found.pieces, &words, policies);
        let phrases = phrases.into_iter().map(|phrase| {
            let what = match phrase.found {
                Some(found) => What::Phrase { text: phrase.text, found, asked: phrase.asked },
                None => What::Product(phrase.text),
            };
            (what, phrase.weight, phrase.of_parent)
        });
        let mut all: Vec<(What<'i>, f64, f64)> = phrases.collect();
        for &(feature, weight) in parts.iter().filter(|(f, _)| f.field() != Field::Words) {
            let what = name(feature.kind());
            let of_parent = if of_policy(feature) { weight } else { 0.0 };
            match all.last_mut() {
                // The articles of one policy are one reason.
                Some(last) if last.0 == what => {
                    last.1 += weight;
                    last.2 += of_parent;
                }
                _ => all.push((what, weight, of_parent)),
            }
        }
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        let shared = all.into_iter().map(|(what, weight, of_parent)| Shared {
            what,
            weight: weight as f32,
            of_parent: of_parent as f32,
        });
        let sentences = side_by_side(&self.sentences, &found.sentences);
        let figures = match (self.measure, found.measure) {
            (Some(asked), Some(found)) => figures(asked, found, &sentences),
            _ => Vec::new(),
        };
        Why { shared: shared.collect(), sentences, figures }
    }
}

/// What a measure says, and by which labels.
pub(crate) fn pieces(measure: MeasureRef<'_>) -> Vec<Piece<'_>> {
    let (record, text) = (measure.record(), &measure.document().record().text);
    let said = said_spans(record);
    let mut pieces: Vec<Piece<'_>> =
        said.map(|span| Piece { text: span.slice(text), at: Some(span.start as usize) }).collect();
    let labels = record.provision.products.iter().map(|product| &*product.value);
    pieces.extend(labels.map(|text| Piece { text, at: None }));
    // A heading that a line end breaks reads otherwise than it is printed.
    let heading = record.title.as_ref().map(|title| &*title.value);
    let apart = heading.filter(|heading| !pieces[0].text.contains(heading));
    pieces.extend(apart.map(|text| Piece { text, at: None }));
    pieces
}
