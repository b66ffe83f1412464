//! Weights of features: the impact of a feature in its measure, times its rarity in the corpus.
//!
//! ```text
//! weight = impact × scale
//! impact = ln(1 + count) · √(rarity among the measures of the document)
//! scale  = √(rarity in the corpus), times 1.75 for a topic
//! rarity = ln(0.15 + texts / document frequency)
//! ```
//!
//! A feature of every measure of a document (药品, 人工智能) names the field of the
//! document, not the subject of the measure. The rarity in the document finds it in a corpus
//! of any fields, the rarity in the corpus finds the language that all documents share. The
//! subject is part of the same vector as the words, so that its share of a text is what the
//! vocabulary of concepts covers of it.
//!
//! An impact is a small integer and depends on the document alone: segments store it in
//! place of the count.

use super::{Bag, Feature, Kind};
use std::collections::BTreeMap;

/// The impact of a feature that occurs once, and in no other measure of the document.
const ONCE: f64 = 2.0;

/// The greatest impact, which no real text reaches.
pub(crate) const MAX_IMPACT: u32 = 64;

/// Added to the quotient of texts and document frequency, so that a feature of every text
/// keeps a weight: no text has length 0, and texts that share only common words are slightly
/// similar.
const COMMON: f64 = 0.15;

/// A unit vector: features ascending, without repeats, weights above 0. Empty for a text
/// without features.
pub(crate) type Vector = Vec<(Feature, f64)>;

/// Replaces the counts of the measures of one document by impacts.
pub(crate) fn document_impacts(measures: &mut [Bag]) {
    let mut frequency: BTreeMap<Feature, usize> = BTreeMap::new();
    for (feature, _) in measures.iter().flatten() {
        *frequency.entry(*feature).or_default() += 1;
    }
    // One more than the measures, so that the only measure of a document is like a text.
    let texts = measures.len() + 1;
    let rarest = rarity(texts, 1);
    for (feature, count) in measures.iter_mut().flatten() {
        *count = impact(*count, (rarity(texts, frequency[feature]) / rarest).sqrt());
    }
}

/// Replaces the counts of a text of its own by impacts.
pub(crate) fn text_impacts(bag: &mut Bag) {
    bag.iter_mut().for_each(|(_, count)| *count = impact(*count, 1.0));
}

/// Returns the impact of `count` occurrences (from 1), in 1..=[`MAX_IMPACT`].
///
/// The logarithm, as ten occurrences do not tell ten times as much as one.
/// Source: Manning, Raghavan, Schütze, *Introduction to Information Retrieval* (2008),
/// 6.4.1, sublinear tf scaling.
///
/// * `rarity`: root of the rarity in the document, in 0..=1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and a float that is too large becomes the largest integer"
)]
fn impact(count: u32, rarity: f64) -> u32 {
    let once = 1_f64.ln_1p();
    let impact = f64::from(count).ln_1p() / once * rarity * ONCE;
    (impact.round() as u32).clamp(1, MAX_IMPACT)
}

/// Returns the scale of a feature that `document_frequency` (from 1) of `texts` texts
/// contain. Topics are few and each tells much.
pub(crate) fn scale(feature: Feature, texts: usize, document_frequency: usize) -> f64 {
    let root = rarity(texts, document_frequency).sqrt();
    match feature.kind() {
        Kind::Text | Kind::Concept(_) => root,
        Kind::Topic(_) => 1.75 * root,
    }
}

/// Returns the inverse document frequency, above 0.
///
/// * `document_frequency`: in 1..=`texts`.
///
/// Source: Salton, Buckley, “Term-weighting approaches in automatic text retrieval”
/// (1988), with [`COMMON`].
fn rarity(texts: usize, document_frequency: usize) -> f64 {
    (COMMON + texts as f64 / document_frequency as f64).ln()
}

/// Returns the unit vector of a bag of impacts, in `f64`.
///
/// Explanations use it; searches use integer weights, which do not depend on the order of
/// addition (`similar/index/weights.rs`).
///
/// * `texts`: number of texts.
/// * `document_frequency`: number of texts with a feature, from 1.
pub(crate) fn vector(
    bag: &[(Feature, u32)],
    texts: usize,
    document_frequency: impl Fn(Feature) -> usize,
) -> Vector {
    let weigh = |&(feature, impact): &(Feature, u32)| {
        (feature, f64::from(impact) * scale(feature, texts, document_frequency(feature)))
    };
    let mut vector: Vector = bag.iter().map(weigh).collect();
    let square: f64 = vector.iter().map(|(_, weight)| weight * weight).sum();
    vector.iter_mut().for_each(|(_, weight)| *weight /= square.sqrt());
    vector
}

/// Returns the contribution of each shared feature to the dot product of two vectors,
/// ascending by feature.
pub(crate) fn parts(a: &[(Feature, f64)], b: &[(Feature, f64)]) -> Vec<(Feature, f64)> {
    let mut b = b.iter().peekable();
    a.iter()
        .filter_map(|&(feature, weight)| {
            while b.next_if(|other| other.0 < feature).is_some() {}
            b.next_if(|other| other.0 == feature).map(|other| (feature, weight * other.1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::words;

    #[test]
    fn the_field_of_a_document_weighs_less_than_the_subject_of_a_measure() {
        let mut measures = ["药品检验", "药品追溯", "药品审评"].map(words);
        document_impacts(&mut measures);
        let printed: Vec<String> =
            measures[0].iter().map(|(feature, impact)| format!("{feature}{impact}")).collect();
        assert_eq!(printed, ["品1", "检2", "药1", "验2", "品检2", "检验2", "药品1"]);
    }

    #[test]
    fn the_only_measure_of_a_document_is_like_a_text() {
        let text = words("加强药品监管,药品检验");
        let (mut alone, mut own) = ([text.clone()], text);
        document_impacts(&mut alone);
        text_impacts(&mut own);
        assert_eq!(alone[0], own);
    }

    #[test]
    fn impacts_are_in_range() {
        assert_eq!([1, 2, 5, 20].map(|count| impact(count, 1.0)), [2, 3, 5, 9]);
        assert_eq!((impact(1, 0.0), impact(u32::MAX, 1.0)), (1, MAX_IMPACT));
    }
}
