//! 对应 — which articles of a national policy a measure corresponds to.
//!
//! A province's measures seldom say which article they carry out. Where the
//! outline of a policy is known, a measure of a document that implements it is
//! compared with each of its articles: the article as its heading, key terms
//! and product labels, the measure as its text and the labels of its products,
//! both as TF-IDF vectors ([`features`](crate::features)) in the vocabulary of
//! the articles. A word that no article says neither helps nor hurts, so that
//! a long measure is not less like an article than a short one.
//!
//! What comes out is derived, not read: it carries [`METHOD`] and a score, and
//! means nothing unless the measure's document implements the policy, which
//! the caller knows.

use std::collections::BTreeMap;

use crate::features::{Feature, counts, features, idf, tf};
use crate::lexicon::OutlineArticle;

/// The name of the method, for the edges that it derives.
pub const METHOD: &str = "tf-idf in the vocabulary of the articles, 1";

/// From this score on a measure is said to correspond to an article.
///
/// A round figure that lets through few articles by chance: measured on the 28
/// measures of sx-2025 against `data/gold/parent-alignment.json`, of the pairs
/// at or above it 0.89 are right, and it finds 0.59 of those that both readers
/// gave (mean grade 1 or more), 0.82 of the close ones (grade 2 or more). What
/// the ranking as a whole is worth: mean average precision 0.82, nDCG@10 0.90.
pub const THRESHOLD: f32 = 0.3;

/// The articles of one policy, ready to be compared with measures.
pub struct Articles {
    /// The features of the articles, ascending.
    vocabulary: Vec<Feature>,
    /// The idf of each feature, and its weight in the articles that hold it.
    postings: Vec<(f64, Vec<(usize, f32)>)>,
    len: usize,
}

/// 对应 — an article that a measure may correspond to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Its place in the outline's list, from 0; not its printed ordinal.
    pub article: usize,
    /// Cosine, in 0..=1.
    pub score: f32,
}

impl Articles {
    /// Reads the articles of an outline, in its order.
    pub fn new(articles: &[OutlineArticle]) -> Self {
        let bags: Vec<Vec<(Feature, u32)>> =
            articles.iter().map(|article| counts(pieces(article))).collect();
        let mut holding: BTreeMap<Feature, usize> = BTreeMap::new();
        for (feature, _) in bags.iter().flatten() {
            *holding.entry(*feature).or_default() += 1;
        }
        let vocabulary: Vec<Feature> = holding.keys().copied().collect();
        let idf = |holding: usize| (idf(articles.len(), holding), Vec::new());
        let mut postings: Vec<(f64, Vec<(usize, f32)>)> = holding.into_values().map(idf).collect();
        let place = |feature| vocabulary.binary_search(feature).expect("collected from the bags");
        for (article, bag) in bags.iter().enumerate() {
            let bag: Vec<(usize, u32)> = bag.iter().map(|(f, count)| (place(f), *count)).collect();
            for (place, weight) in weigh(&bag, &postings) {
                postings[place].1.push((article, weight));
            }
        }
        Articles { vocabulary, postings, len: articles.len() }
    }

    /// The articles that share a word with a measure, best first, ties in the
    /// order of the outline. Many may score above [`THRESHOLD`], or none.
    ///
    /// * `text`: the measure's heading and text without its responsibility
    ///   clauses, in any number of pieces, and the labels of its products.
    ///
    /// ```
    /// use policygraph::correspond::{Articles, THRESHOLD};
    /// use policygraph::lexicon::Lexicon;
    ///
    /// let outline = &Lexicon::builtin().outlines()[0];
    /// let text = "促进仿制药质量提升。提高仿制药生产监管质效,加强对委托研发、受托生产的监管。";
    /// let found = Articles::new(&outline.articles).corresponding([text, "仿制药"]);
    /// assert_eq!(outline.articles[found[0].article].heading, "促进仿制药质量提升");
    /// assert!(found[0].score >= THRESHOLD && found[1].score < THRESHOLD);
    /// ```
    pub fn corresponding<'t>(&self, text: impl IntoIterator<Item = &'t str>) -> Vec<Candidate> {
        let place = |feature| self.vocabulary.binary_search(&feature).ok();
        let mut places: Vec<usize> =
            text.into_iter().flat_map(features).filter_map(place).collect();
        places.sort_unstable();
        let bag: Vec<(usize, u32)> =
            places.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect();

        let mut scores = vec![0.0; self.len];
        for (place, weight) in weigh(&bag, &self.postings) {
            for (article, other) in &self.postings[place].1 {
                scores[*article] += weight * other;
            }
        }
        let candidate =
            |(article, score): (usize, f32)| Candidate { article, score: score.min(1.0) };
        let mut candidates: Vec<Candidate> =
            scores.into_iter().enumerate().map(candidate).collect();
        candidates.retain(|candidate| candidate.score > 0.0);
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        candidates
    }
}

/// The unit vector of a bag: places in the vocabulary and their weights.
fn weigh<'b>(
    bag: &'b [(usize, u32)],
    postings: &[(f64, Vec<(usize, f32)>)],
) -> impl Iterator<Item = (usize, f32)> + 'b {
    let weights: Vec<f64> = bag.iter().map(|&(place, n)| tf(n) * postings[place].0).collect();
    let length = weights.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
    bag.iter().zip(weights).map(move |((place, _), weight)| (*place, (weight / length) as f32))
}

fn pieces(article: &OutlineArticle) -> impl Iterator<Item = &str> {
    [&article.heading]
        .into_iter()
        .chain(&article.key_terms)
        .chain(&article.products)
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use proptest::prelude::*;

    fn check(text: &[&str], expected: &[u32]) {
        let articles = &Lexicon::builtin().outlines()[0].articles;
        let found = Articles::new(articles).corresponding(text.iter().copied());
        let ordinals: Vec<u32> = found
            .iter()
            .take_while(|c| c.score >= THRESHOLD)
            .map(|c| articles[c.article].n)
            .collect();
        assert_eq!(ordinals, expected, "{text:?}");
    }

    #[test]
    fn one_measure_may_carry_out_two_articles() {
        // sx-2025, item 17, and 20 and 21 of the parent: import and export.
        check(
            &[
                "优化药品医疗器械进出口支持。鼓励已在境内上市在境外生产的医疗器械转移我省生产。推进企业高质量“出海”,优化我省药品医疗器械产品出口销售证明办理流程。",
            ],
            &[21, 20],
        );
    }

    #[test]
    fn products_are_words_too() {
        let (text, product) = ("加强生产监管", "血液制品");
        check(&[text], &[]);
        check(&[text, product], &[14]);
    }

    #[test]
    fn what_has_no_word_in_common_corresponds_to_nothing() {
        check(&["Hello, world"], &[]);
        check(&[], &[]);
        assert_eq!(Articles::new(&[]).corresponding(["药品"]), []);
    }

    proptest! {
        #[test]
        fn scores_are_in_order_and_in_range(text in "\\PC{0,40}|[药品医疗器械审评批，]{0,40}") {
            let found = Articles::new(&Lexicon::builtin().outlines()[0].articles).corresponding([&*text]);
            prop_assert!(found.iter().all(|c| c.score > 0.0 && c.score <= 1.0));
            prop_assert!(found.is_sorted_by(|a, b| (b.score, a.article) <= (a.score, b.article)));
        }
    }
}
