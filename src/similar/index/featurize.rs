//! Features of measures and texts, and the outlines of policies that explanations know.

use crate::number::to_u32;
use std::sync::Arc;

use crate::correspond::Articles;
use crate::features::{Bag, Extractor, Feature, Kind, MAX_IMPACT, document_impacts, text_impacts};
use crate::lexicon::{Concepts, Lexicon, Outline};
use crate::model::{Measure, Record};
use crate::similar::explain::phrases::Wording;

/// A policy with a known outline.
pub(crate) struct Outlined {
    /// Document number (文号).
    pub number: String,
    /// Headings of its articles, in order.
    pub headings: Vec<String>,
    pub wording: Wording,
    pub articles: Articles,
}

/// Extracts features with one vocabulary.
#[derive(Clone)]
pub(crate) struct Featurizer {
    extractor: Extractor,
    /// In the order of the vocabulary.
    outlines: Arc<[Outlined]>,
}

impl Featurizer {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let extractor = Extractor::new(lexicon);
        let outlined = |outline: &Outline| Outlined {
            number: outline.number.clone(),
            headings: outline.articles.iter().map(|article| article.heading.clone()).collect(),
            wording: wording(outline),
            articles: Articles::new(&extractor, outline),
        };
        let outlines = lexicon.outlines().iter().map(outlined).collect();
        Featurizer { extractor, outlines }
    }

    /// Hash of the concepts in use. Features made under different hashes are not comparable.
    pub(crate) fn version_hash(&self) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        let mut add = |word: &str| {
            hasher.update(&(to_u32(word.len())).to_le_bytes());
            hasher.update(word.as_bytes());
        };
        for concept in self.concepts().table() {
            [&concept.topic, &concept.concept]
                .into_iter()
                .chain(&concept.forms)
                .for_each(|of| add(of));
        }
        hasher.finalize()
    }

    pub(crate) fn outlines(&self) -> &[Outlined] {
        &self.outlines
    }

    pub(crate) fn concepts(&self) -> &Concepts {
        self.extractor.concepts()
    }

    /// Returns true if a text may have a feature with this impact: its concept or topic
    /// exists.
    pub(crate) fn is_possible(&self, feature: Feature, impact: u32) -> bool {
        let exists = match feature.kind() {
            Kind::Text => true,
            Kind::Concept(place) => (place as usize) < self.concepts().table().len(),
            Kind::Topic(place) => (place as usize) < self.concepts().topics(),
        };
        exists && impact <= MAX_IMPACT
    }

    /// Returns the features of the measures of a document, with impacts.
    pub(crate) fn document(&self, record: &Record) -> Vec<Bag> {
        let mut bags: Vec<Bag> =
            record.measures.iter().map(|measure| self.counts(record, measure)).collect();
        document_impacts(&mut bags);
        bags
    }

    /// Returns the features of a text, with impacts.
    pub(crate) fn text(&self, text: &str) -> Bag {
        let mut bag = self.extractor.text(text);
        text_impacts(&mut bag);
        bag
    }

    /// Returns the features of a measure, with counts.
    pub(crate) fn counts(&self, record: &Record, measure: &Measure) -> Bag {
        self.extractor.measure(record, measure)
    }
}

fn wording(outline: &Outline) -> Wording {
    let texts =
        outline.articles.iter().flat_map(|of| [&of.heading].into_iter().chain(&of.key_terms));
    Wording::new(texts.map(String::as_str))
}
