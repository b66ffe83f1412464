//! Features of measures and texts: words, subject, and the similarity to each article
//! of the outlined policies.

use crate::number::to_u32;
use std::sync::Arc;

use crate::correspond::Articles;
use crate::features::{Bag, Extractor, Feature, Kind};
use crate::lexicon::{Concepts, Lexicon, Outline};
use crate::model::{Measure, Record};
use crate::similar::explain::phrases::Wording;

/// The count that represents a cosine of 1.
const COSINE_UNIT: f64 = 1000.0;

/// The greatest count of an article, that of a cosine of 1.
const MAX_COSINE: u32 = 1000;

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

    /// Hash of the concepts and outlines in use. Features made under different hashes are
    /// not comparable.
    pub(crate) fn version_hash(&self) -> u64 {
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
        let concepts = hasher.finalize();
        let mut hasher = crc32fast::Hasher::new();
        for outlined in &*self.outlines {
            hasher.update(outlined.number.as_bytes());
            hasher.update(&outlined.articles.version_hash().to_le_bytes());
        }
        u64::from(concepts) << 32 | u64::from(hasher.finalize())
    }

    pub(crate) fn outlines(&self) -> &[Outlined] {
        &self.outlines
    }

    pub(crate) fn concepts(&self) -> &Concepts {
        self.extractor.concepts()
    }

    /// Returns true if a text may have `count` occurrences of the feature: its concept, topic
    /// or article exists.
    pub(crate) fn is_possible(&self, feature: Feature, count: u32) -> bool {
        match feature.kind() {
            Kind::Text => true,
            Kind::Concept(place) => (place as usize) < self.concepts().table().len(),
            Kind::Topic(place) => (place as usize) < self.concepts().topics(),
            Kind::Article(outline, place) => {
                let outlined = self.outlines.get(outline as usize);
                let exists = outlined.is_some_and(|of| (place as usize) < of.headings.len());
                exists && count <= MAX_COSINE
            }
        }
    }

    pub(crate) fn measure(&self, record: &Record, measure: &Measure) -> Bag {
        self.with_articles(self.extractor.measure(record, measure))
    }

    pub(crate) fn text(&self, text: &str) -> Bag {
        self.with_articles(self.extractor.text(text))
    }

    fn with_articles(&self, mut bag: Bag) -> Bag {
        let profiles: Vec<Vec<f64>> =
            self.outlines.iter().map(|outlined| outlined.articles.profile(&bag)).collect();
        for (outline, cosines) in (0..).zip(profiles) {
            let counts = cosines.into_iter().map(count);
            let counted = (0..).zip(counts).filter(|&(_, count)| count > 0);
            bag.extend(counted.map(|(place, count)| (Feature::article(outline, place), count)));
        }
        // Articles sort before runs of Latin letters.
        bag.sort_unstable_by_key(|&(feature, _)| feature);
        bag
    }
}

/// Returns the count that stands for a similarity to an article.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cosine of vectors that are not negative is in 0..=1"
)]
fn count(cosine: f64) -> u32 {
    (cosine * COSINE_UNIT).round() as u32
}

fn wording(outline: &Outline) -> Wording {
    let texts =
        outline.articles.iter().flat_map(|of| [&of.heading].into_iter().chain(&of.key_terms));
    Wording::new(texts.map(String::as_str))
}
