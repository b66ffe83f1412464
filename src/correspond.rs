//! 对应 — which articles of a national policy a measure corresponds to.
//!
//! A province's measures seldom say which article they carry out. Where the
//! outline of a policy is known, a measure of a document that implements it is
//! compared with each of its articles: with the heading, chapter, key terms and
//! product labels of the article, by words and by subject
//! ([`features`](crate::features)), in the vocabulary of the articles. A word
//! that no article says neither helps nor hurts, so that a long measure is not
//! less like an article than a short one.
//!
//! What comes out is derived, not read: it carries [`METHOD`] and a score, and
//! means nothing unless the measure's document implements the policy, which
//! the caller knows.

use std::collections::BTreeMap;

use crate::features::{Bag, Extractor, Feature, Field, vector};
use crate::lexicon::{Outline, OutlineArticle};

/// The name of the method, for the edges that it derives.
pub const METHOD: &str = "tf-idf of words and subject in the vocabulary of the articles, 2";

/// From this score on a measure is said to correspond to an article, if the
/// article is not far behind the best one ([`RATIO`]).
///
/// Of the seed measures whose documents do not carry out 国办发〔2024〕53号, and
/// of its 24 articles, about one pair in a hundred reaches it: so rarely do
/// chance and the common trade alone. It was not chosen by the judged alignment
/// (`data/gold/parent-alignment.json`, the 28 measures of sx-2025). Measured
/// there: of what is said 1.00 is right, and of what both readers gave 0.86 is
/// found that is close (mean grade 2 or more), 0.59 of all (grade 1 or more).
/// The ranking as a whole has a mean average precision of 0.88.
pub const THRESHOLD: f32 = 0.38;

/// An article that is said to correspond reaches this share of the score of the
/// measure's best article.
pub const RATIO: f32 = 0.7;

/// The articles of one policy, ready to be compared with measures.
pub struct Articles {
    /// What the articles say, ascending.
    vocabulary: Vec<Feature>,
    /// For each of these: the articles that hold it, and its weight there.
    postings: Vec<Vec<(usize, f64)>>,
    len: usize,
}

/// 对应 — an article that a measure may correspond to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Its place in the outline's list, from 0; not its printed ordinal.
    pub article: usize,
    /// In 0..=1.
    pub score: f32,
}

impl Articles {
    /// Reads the articles of an outline, in its order.
    pub fn new(extractor: &Extractor, outline: &Outline) -> Self {
        let bags: Vec<Bag> =
            outline.articles.iter().map(|article| bag(extractor, outline, article)).collect();
        let mut holding: BTreeMap<Feature, usize> = BTreeMap::new();
        for (feature, _) in bags.iter().flatten() {
            *holding.entry(*feature).or_default() += 1;
        }
        let vocabulary: Vec<Feature> = holding.keys().copied().collect();
        let mut postings = vec![Vec::new(); vocabulary.len()];
        for (article, bag) in bags.iter().enumerate() {
            let held = |feature| holding.get(&feature).copied();
            for (feature, weight) in vector(bag, bags.len(), held) {
                let place = vocabulary.binary_search(&feature).expect("collected from the bags");
                postings[place].push((article, weight));
            }
        }
        Articles { vocabulary, postings, len: bags.len() }
    }

    /// The articles that share something with a measure, best first, ties in
    /// the order of the outline.
    ///
    /// * `bag`: of the measure, by the extractor that the articles were read by.
    ///
    /// ```
    /// use policygraph::correspond::{Articles, stated};
    /// use policygraph::features::Extractor;
    /// use policygraph::lexicon::Lexicon;
    ///
    /// let outline = &Lexicon::builtin().outlines()[0];
    /// let extractor = Extractor::new(Lexicon::builtin());
    /// let text = "促进仿制药质量提升。提高仿制药生产监管质效,加强对委托研发、受托生产的监管。";
    /// let found = Articles::new(&extractor, outline).corresponding(&extractor.text(text));
    /// let [best] = stated(&found) else { panic!() };
    /// assert_eq!(outline.articles[best.article].heading, "促进仿制药质量提升");
    /// ```
    pub fn corresponding(&self, bag: &Bag) -> Vec<Candidate> {
        let candidate =
            |(article, score): (usize, f64)| Candidate { article, score: score.min(1.0) as f32 };
        let mut candidates: Vec<Candidate> =
            self.scores(bag).into_iter().enumerate().map(candidate).collect();
        candidates.retain(|candidate| candidate.score > 0.0);
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        candidates
    }

    /// How like each article the words of a measure are, from 0, in the order
    /// of the outline.
    pub(crate) fn profile(&self, bag: &Bag) -> Vec<f64> {
        let words = bag.iter().filter(|(feature, _)| feature.field() == Field::Words);
        self.scores(&words.copied().collect())
    }

    /// Of what each article says, and what it weighs.
    pub(crate) fn fingerprint(&self) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        for (feature, held) in self.vocabulary.iter().zip(&self.postings) {
            hasher.update(&feature.bits().to_le_bytes());
            for (article, weight) in held {
                hasher.update(&(*article as u32).to_le_bytes());
                hasher.update(&weight.to_bits().to_le_bytes());
            }
        }
        hasher.finalize()
    }

    fn scores(&self, bag: &Bag) -> Vec<f64> {
        let place = |feature| self.vocabulary.binary_search(&feature).ok();
        let held = |feature| place(feature).map(|place| self.postings[place].len());
        let mut scores = vec![0.0; self.len];
        for (feature, weight) in vector(bag, self.len, held) {
            for (article, other) in place(feature).into_iter().flat_map(|at| &self.postings[at]) {
                scores[*article] += weight * other;
            }
        }
        scores
    }
}

/// Those of the candidates, best first, that the measure is said to correspond
/// to: many, or none.
pub fn stated(candidates: &[Candidate]) -> &[Candidate] {
    let best = candidates.first().map_or(0.0, |best| best.score);
    let least = THRESHOLD.max(RATIO * best);
    &candidates[..candidates.partition_point(|candidate| candidate.score >= least)]
}

fn bag(extractor: &Extractor, outline: &Outline, article: &OutlineArticle) -> Bag {
    let pieces = [&article.heading].into_iter().chain(&article.key_terms).map(String::as_str);
    let labels = article.products.iter().map(String::as_str);
    let chapter = outline.chapters.iter().find(|chapter| chapter.n == article.chapter);
    let chapter = chapter.map_or("", |chapter| &chapter.title);
    extractor.bag(Some(&article.heading), pieces, labels, chapter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use proptest::prelude::*;

    fn found(text: &[&str], labels: &[&str]) -> Vec<Candidate> {
        let extractor = Extractor::new(Lexicon::builtin());
        let outline = &Lexicon::builtin().outlines()[0];
        let bag = extractor.bag(None, text.iter().copied(), labels.iter().copied(), "");
        Articles::new(&extractor, outline).corresponding(&bag)
    }

    fn check(text: &[&str], labels: &[&str], expected: &[u32]) {
        let articles = &Lexicon::builtin().outlines()[0].articles;
        let found = found(text, labels);
        let ordinals: Vec<u32> = stated(&found).iter().map(|c| articles[c.article].n).collect();
        assert_eq!(ordinals, expected, "{text:?}");
    }

    #[test]
    fn one_measure_may_carry_out_two_articles() {
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
        let of = |found: Vec<Candidate>| found.iter().find(|c| c.article == 13).map(|c| c.score);
        assert!(of(found(&text, &["血液制品"])) > of(found(&text, &[])));
    }

    #[test]
    fn what_has_no_word_in_common_corresponds_to_nothing() {
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
        for (place, article) in outline.articles.iter().enumerate() {
            let found = articles.corresponding(&bag(&extractor, outline, article));
            assert_eq!(found[0], Candidate { article: place, score: 1.0 });
            assert!(stated(&found).len() == 1);
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
