//! Correspondence (对应) of measures to the articles of a national policy.
//!
//! A provincial measure seldom cites the article that it implements. If the outline of
//! the policy is known, the measure is compared with each article: with its heading,
//! chapter, key terms and product labels, by words and by subject
//! ([`features`](crate::features)), in the vocabulary of the articles. Words that no
//! article contains are ignored, so that the length of a measure does not lower its score.
//!
//! The result is derived, not read, and has a score. It is meaningful only if the
//! measure's document implements the policy, which the caller checks.

use crate::number::to_f32;
use std::collections::BTreeMap;

use crate::features::{Bag, Extractor, Feature, Field, Kind, Vector};
use crate::lexicon::{Outline, OutlineArticle};

/// Minimum score of a corresponding article, if the score is also near the best one
/// ([`RATIO`]).
///
/// About 1 % of the pairs of a seed measure whose document does not implement
/// 国办发〔2024〕53号 and one of its 24 articles reach it. It was chosen by this rate, not on
/// the judged alignment; `docs/accuracy.md` has precision and recall.
pub(crate) const THRESHOLD: f32 = 0.37;

/// Minimum score of a corresponding article, as a share of the score of the measure's best
/// article.
pub(crate) const RATIO: f32 = 0.7;

/// The articles of one policy, indexed for comparison with measures.
pub(crate) struct Articles {
    /// The features of all articles, ascending.
    vocabulary: Vec<Feature>,
    /// The articles that contain each feature, with its weight there.
    postings: Vec<Vec<(usize, f64)>>,
    len: usize,
}

/// An article that a measure may correspond to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ArticleCandidate {
    /// Its index in the outline, from 0; not its printed ordinal.
    pub article: usize,
    /// In 0..=1.
    pub score: f32,
}

impl Articles {
    /// Indexes the articles of an outline, in order.
    pub(crate) fn new(extractor: &Extractor, outline: &Outline) -> Self {
        let bags = bags(extractor, outline);
        let mut frequency: BTreeMap<Feature, usize> = BTreeMap::new();
        for (feature, _) in bags.iter().flatten() {
            *frequency.entry(*feature).or_default() += 1;
        }
        let vocabulary: Vec<Feature> = frequency.keys().copied().collect();
        let mut postings = vec![Vec::new(); vocabulary.len()];
        for (article, bag) in bags.iter().enumerate() {
            let document_frequency = |feature| frequency.get(&feature).copied();
            for (feature, weight) in vector(bag, bags.len(), document_frequency) {
                let place = vocabulary.binary_search(&feature).expect("collected from the bags");
                postings[place].push((article, weight));
            }
        }
        Articles { vocabulary, postings, len: bags.len() }
    }

    /// Returns the articles that share a feature with a measure, by descending score, ties
    /// in outline order.
    ///
    /// * `bag`: the features of the measure, from the extractor that the articles were
    ///   indexed with.
    pub(crate) fn corresponding(&self, bag: &Bag) -> Vec<ArticleCandidate> {
        let candidate = |(article, score): (usize, f64)| ArticleCandidate {
            article,
            score: to_f32(score.min(1.0)),
        };
        let mut candidates: Vec<ArticleCandidate> =
            self.scores(bag).into_iter().enumerate().map(candidate).collect();
        candidates.retain(|candidate| candidate.score > 0.0);
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        candidates
    }

    fn scores(&self, bag: &Bag) -> Vec<f64> {
        let place = |feature| self.vocabulary.binary_search(&feature).ok();
        let document_frequency = |feature| place(feature).map(|place| self.postings[place].len());
        let mut scores = vec![0.0; self.len];
        for (feature, weight) in vector(bag, self.len, document_frequency) {
            for (article, other) in place(feature).into_iter().flat_map(|at| &self.postings[at]) {
                scores[*article] += weight * other;
            }
        }
        scores
    }
}

/// Returns the weight of the cosine of a field. A rule of articles is a heading and a few key
/// terms, in which the subject is a fixed part.
fn field_weight(field: Field) -> f64 {
    match field {
        Field::Words => 0.7,
        Field::Subject => 0.2,
    }
}

/// Returns the vector of a bag. Each field is scaled to a length whose square is its share of
/// the weights of the bag's fields, so that the dot product of two vectors is the weighted
/// mean of their cosines.
///
/// * `texts`: number of texts.
/// * `document_frequency`: number of texts with a feature; `None` leaves the feature out.
fn vector(
    bag: &[(Feature, u32)],
    texts: usize,
    document_frequency: impl Fn(Feature) -> Option<usize>,
) -> Vector {
    let weigh = |&(feature, count): &(Feature, u32)| {
        let rarity = (1.0 + texts as f64 / document_frequency(feature)? as f64).ln();
        let topic = if matches!(feature.kind(), Kind::Topic(_)) { 2.0 } else { 1.0 };
        Some((feature, f64::from(count).ln_1p() * rarity * topic))
    };
    let mut vector: Vector = bag.iter().filter_map(weigh).collect();
    let mut squares = [0.0; Field::COUNT];
    for (feature, weight) in &vector {
        squares[feature.field() as usize] += weight * weight;
    }
    let present = Field::ALL.iter().zip(squares).filter(|(_, square)| *square > 0.0);
    let whole: f64 = present.map(|(field, _)| field_weight(*field)).sum();
    for (feature, weight) in &mut vector {
        let field = feature.field();
        *weight *= (field_weight(field) / whole / squares[field as usize]).sqrt();
    }
    vector
}

/// Returns the leading candidates that correspond, by [`THRESHOLD`] and [`RATIO`]; may be
/// empty. Every caller decides by this rule.
///
/// * `candidates`: by descending score.
pub(crate) fn above_threshold(candidates: &[ArticleCandidate]) -> &[ArticleCandidate] {
    let best = candidates.first().map_or(0.0, |best| best.score);
    let threshold = THRESHOLD.max(RATIO * best);
    &candidates[..candidates.partition_point(|candidate| candidate.score >= threshold)]
}

/// Returns the features of each article.
fn bags(extractor: &Extractor, outline: &Outline) -> Vec<Bag> {
    // Of chapters with one ordinal the first counts.
    let chapters = outline.chapters.iter().rev();
    let chapters: BTreeMap<u32, &str> = chapters.map(|of| (of.ordinal, &*of.title)).collect();
    let bag = |article: &OutlineArticle| {
        let pieces = [&article.heading].into_iter().chain(&article.key_terms).map(String::as_str);
        let labels = article.products.iter().map(String::as_str);
        let chapter = chapters.get(&article.chapter).copied().unwrap_or_default();
        extractor.bag(Some(&article.heading), pieces, labels, chapter)
    };
    outline.articles.iter().map(bag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use proptest::prelude::*;

    fn found(text: &[&str], labels: &[&str]) -> Vec<ArticleCandidate> {
        let extractor = Extractor::new(Lexicon::builtin());
        let outline = &Lexicon::builtin().outlines()[0];
        let bag = extractor.bag(None, text.iter().copied(), labels.iter().copied(), "");
        Articles::new(&extractor, outline).corresponding(&bag)
    }

    fn check(text: &[&str], labels: &[&str], expected: &[u32]) {
        let articles = &Lexicon::builtin().outlines()[0].articles;
        let found = found(text, labels);
        let ordinals: Vec<u32> =
            above_threshold(&found).iter().map(|c| articles[c.article].ordinal).collect();
        assert_eq!(ordinals, expected, "{text:?}");
    }

    #[test]
    fn one_measure_may_implement_two_articles() {
        // sx-2025, item 17, and 20 and 21 of the parent: import and export.
        check(
            &[
                "优化药品医疗器械进出口支持。鼓励已在境内上市在境外生产的医疗器械转移我省生产。推进企业高质量“出海”,优化我省药品医疗器械产品出口销售证明办理流程。",
            ],
            &["进口医疗器械", "医疗器械"],
            &[20, 21],
        );
    }

    #[test]
    fn products_are_words_too() {
        let text = ["加强生产监管"];
        let of =
            |found: Vec<ArticleCandidate>| found.iter().find(|c| c.article == 13).map(|c| c.score);
        assert!(of(found(&text, &["血液制品"])) > of(found(&text, &[])));
    }

    #[test]
    fn a_measure_without_common_words_corresponds_to_nothing() {
        check(&["Hello, world"], &[], &[]);
        check(&[], &[], &[]);
        let (extractor, mut outline) =
            (Extractor::new(Lexicon::builtin()), Lexicon::builtin().outlines()[0].clone());
        outline.articles.clear();
        assert_eq!(Articles::new(&extractor, &outline).corresponding(&extractor.text("药品")), []);
    }

    #[test]
    fn an_article_corresponds_to_itself_alone() {
        let extractor = Extractor::new(Lexicon::builtin());
        let outline = &Lexicon::builtin().outlines()[0];
        let articles = Articles::new(&extractor, outline);
        for (place, bag) in bags(&extractor, outline).iter().enumerate() {
            let found = articles.corresponding(bag);
            assert_eq!(found[0], ArticleCandidate { article: place, score: 1.0 });
            assert!(above_threshold(&found).len() == 1);
        }
    }

    proptest! {
        #[test]
        fn scores_are_in_order_and_in_range(text in "\\PC{0,40}|[药品医疗器械审评批，]{0,40}") {
            let found = found(&[&text], &[]);
            prop_assert!(found.iter().all(|c| c.score > 0.0 && c.score <= 1.0));
            prop_assert!(found.is_sorted_by(|a, b| (b.score, a.article) <= (a.score, b.article)));
        }
    }
}
