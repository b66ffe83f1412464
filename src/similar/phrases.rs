//! Shared features gathered into the phrases that people read.
//!
//! A score is made of characters and pairs; 检验用量 would be seven reasons. So
//! the words that two texts share are read off one of them, from left to
//! right, each as long as possible, and every feature's share of the score is
//! divided equally among the places where it stands. Nothing is added or lost:
//! the phrases weigh what their features weigh.

use std::collections::HashMap;

use super::Shared;
use crate::features::{Feature, Unit, units};

/// A longer shared passage is given in pieces of this many characters, which
/// bounds the work on texts that repeat themselves.
const LONGEST: usize = 32;

/// A text as units, with the stretches that no punctuation breaks.
pub(super) struct Passage<'t> {
    pieces: Vec<&'t str>,
    features: Vec<Feature>,
    /// For each unit: its piece and what it covers there.
    places: Vec<(usize, Unit)>,
    /// For each unit: where its stretch ends, at most [`LONGEST`] units on.
    ends: Vec<usize>,
}

impl<'t> Passage<'t> {
    pub fn new(pieces: impl IntoIterator<Item = &'t str>) -> Self {
        let pieces: Vec<&str> = pieces.into_iter().collect();
        let places: Vec<(usize, Unit)> = pieces
            .iter()
            .enumerate()
            .flat_map(|(n, piece)| units(piece).map(move |unit| (n, unit)))
            .collect();
        let mut ends = vec![0; places.len()];
        let mut end = places.len();
        for i in (0..places.len()).rev() {
            ends[i] = end.min(i + LONGEST);
            if !places[i].1.joined {
                end = i;
            }
        }
        let features = places.iter().map(|(_, unit)| unit.feature).collect();
        Passage { pieces, features, places, ends }
    }

    fn joined(&self, unit: usize) -> bool {
        self.places[unit].1.joined
    }

    /// The pair that ends with `unit`.
    fn pair(&self, unit: usize) -> Option<Feature> {
        self.joined(unit).then(|| Feature::pair(self.features[unit - 1], self.features[unit]))
    }

    /// From `unit` on to the end of its stretch.
    fn ahead(&self, unit: usize) -> &[Feature] {
        &self.features[unit..self.ends[unit]]
    }

    fn text(&self, from: usize, to: usize) -> &'t str {
        let (piece, first) = self.places[from];
        &self.pieces[piece][first.start..self.places[to - 1].1.end]
    }
}

/// All that is said in a text, sorted, so that the longest passage in common
/// with another is found by halving.
pub(super) struct Sayings<'t> {
    passage: Passage<'t>,
    order: Vec<usize>,
}

impl<'t> Sayings<'t> {
    pub fn new(passage: Passage<'t>) -> Self {
        let mut order: Vec<usize> = (0..passage.features.len()).collect();
        order.sort_by(|&a, &b| passage.ahead(a).cmp(passage.ahead(b)));
        Sayings { passage, order }
    }

    /// How many units of the beginning of `ahead` are also said here.
    fn longest(&self, ahead: &[Feature]) -> usize {
        let at = self.order.partition_point(|&unit| self.passage.ahead(unit) < ahead);
        let neighbours = &self.order[at.saturating_sub(1)..self.order.len().min(at + 1)];
        let common = |&unit: &usize| {
            self.passage.ahead(unit).iter().zip(ahead).take_while(|(a, b)| a == b).count()
        };
        neighbours.iter().map(common).max().unwrap_or(0)
    }
}

/// The phrases of `found` that `said` has too, heaviest first, then in the
/// order of `found`. `parts` is what each shared feature adds to the score.
pub(super) fn shared<'t>(
    said: &Sayings<'_>,
    found: &Passage<'t>,
    parts: &[(Feature, f32)],
) -> Vec<Shared<'t>> {
    let part = |feature| parts.binary_search_by_key(&feature, |&(f, _)| f).ok();
    let mut times = vec![0_u32; parts.len()];
    let mut count = |feature| {
        let part = part(feature);
        part.inspect(|&n| times[n] += 1)
    };
    // For each unit: its part, and that of the pair that it ends.
    let held: Vec<[Option<usize>; 2]> = (0..found.features.len())
        .map(|unit| [count(found.features[unit]), found.pair(unit).and_then(&mut count)])
        .collect();
    let weight =
        |part: Option<usize>| part.map_or(0.0, |n| f64::from(parts[n].1) / f64::from(times[n]));

    let mut phrases: Vec<(usize, usize, f64)> = Vec::new();
    let mut unit = 0;
    while unit < held.len() {
        let length = said.longest(found.ahead(unit));
        let mut sum = 0.0;
        for [single, pair] in &held[unit..unit + length] {
            sum += weight(*single) + weight(*pair);
        }
        // A pair across the end of one phrase belongs to both.
        if length > 0 && held[unit][1].is_some() {
            let half = weight(held[unit][1]) / 2.0;
            sum -= half;
            phrases.last_mut().expect("a shared pair begins with a shared unit").2 += half;
        }
        if length > 0 {
            phrases.push((unit, unit + length, sum));
        }
        unit += length.max(1);
    }

    let mut places: HashMap<&[Feature], usize> = HashMap::new();
    let mut all: Vec<(&'t str, f64)> = Vec::new();
    for (from, to, weight) in phrases {
        let place = *places.entry(&found.features[from..to]).or_insert(all.len());
        match all.get_mut(place) {
            Some(same) => same.1 += weight,
            None => all.push((found.text(from, to), weight)),
        }
    }
    let mut all: Vec<Shared> =
        all.into_iter().map(|(text, weight)| Shared { text, weight: weight as f32 }).collect();
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{parts, vector};
    use proptest::prelude::*;

    /// All features weigh alike.
    fn explain<'t>(said: &str, found: &'t str) -> (Vec<Shared<'t>>, f32) {
        let parts = parts(&vector([said], |_| Some(1.0)), &vector([found], |_| Some(1.0)));
        let phrases = shared(&Sayings::new(Passage::new([said])), &Passage::new([found]), &parts);
        (phrases, parts.iter().map(|part| part.1).sum())
    }

    fn check(said: &str, found: &str, expected: &str) {
        let phrases: Vec<&str> = explain(said, found).0.iter().map(|phrase| phrase.text).collect();
        assert_eq!(phrases.join(" "), expected, "{said} {found}");
    }

    #[test]
    fn a_phrase_is_as_long_as_both_say_it() {
        check("全项检验用量的3倍减为2倍", "将检验用量由3批减为2批", "检验用量 减为 3 2");
    }

    #[test]
    fn a_phrase_said_twice_is_one_reason() {
        check("监管药品", "药品，药品", "药品");
    }

    #[test]
    fn no_phrase_reaches_across_punctuation() {
        check("推进检验检测", "推进检验、检测", "推进检验 检测");
    }

    #[test]
    fn words_are_quoted_as_the_match_prints_them() {
        check("gmp检查", "ＧＭＰ符合性检查", "检查 ＧＭＰ");
    }

    proptest! {
        #[test]
        fn phrases_weigh_what_features_weigh(said in "[药品监管检验a1，]{0,60}", found in "[药品监管检验a1，]{0,60}") {
            let (phrases, score) = explain(&said, &found);
            let sum: f32 = phrases.iter().map(|phrase| phrase.weight).sum();
            prop_assert!((sum - score).abs() < 1e-5, "{} {}", sum, score);
            prop_assert!(phrases.iter().all(|phrase| phrase.weight > 0.0));
            prop_assert!(phrases.is_sorted_by(|a, b| a.weight >= b.weight));
        }

        #[test]
        fn any_texts_explain(said: String, found: String) {
            let (phrases, score) = explain(&said, &found);
            prop_assert!((phrases.iter().map(|phrase| phrase.weight).sum::<f32>() - score).abs() < 1e-5);
        }
    }
}
