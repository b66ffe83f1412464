//! Shared words gathered into the phrases that people read.
//!
//! A score is made of characters and pairs; 检验用量 would be seven reasons. So
//! the words that two texts share are read off one of them, from left to
//! right, each as long as possible, and every feature's share of the score is
//! divided equally among the places where it stands. Nothing is added or lost:
//! the phrases weigh what their features weigh.

use std::collections::HashMap;

use crate::features::{Feature, Unit, units};
use crate::text::Span;

/// A longer shared passage is given in pieces of this many characters, which
/// bounds the work on texts that repeat themselves.
const LONGEST: usize = 32;

/// A piece of what is said.
#[derive(Clone, Copy)]
pub(super) struct Piece<'t> {
    pub text: &'t str,
    /// Where it stands; none for a label that the text does not print.
    pub at: Option<usize>,
}

/// A phrase that two texts share, as one of them prints it.
pub(super) struct Phrase<'t> {
    pub text: &'t str,
    /// Where it stands there, if it is printed.
    pub found: Option<Span>,
    /// Where it stands in the other text, if it is printed there.
    pub asked: Option<Span>,
    pub weight: f64,
    /// What of the weight is the parent's wording.
    pub of_parent: f64,
}

/// A text as units, with the stretches that no punctuation breaks.
pub(super) struct Passage<'t> {
    pieces: Vec<Piece<'t>>,
    features: Vec<Feature>,
    /// For each unit: its piece and what it covers there.
    places: Vec<(usize, Unit)>,
    /// For each unit: where its stretch ends, at most [`LONGEST`] units on.
    ends: Vec<usize>,
}

impl<'t> Passage<'t> {
    pub fn new(pieces: Vec<Piece<'t>>) -> Self {
        let places: Vec<(usize, Unit)> = pieces
            .iter()
            .enumerate()
            .flat_map(|(n, piece)| units(piece.text).map(move |unit| (n, unit)))
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

    /// The pair that ends with `unit`.
    fn pair(&self, unit: usize) -> Option<Feature> {
        let joined = self.places[unit].1.joined;
        joined.then(|| Feature::pair(self.features[unit - 1], self.features[unit]))
    }

    /// From `unit` on to the end of its stretch.
    fn ahead(&self, unit: usize) -> &[Feature] {
        &self.features[unit..self.ends[unit]]
    }

    fn bytes(&self, from: usize, to: usize) -> (Piece<'t>, Span) {
        let (piece, first) = self.places[from];
        (self.pieces[piece], Span::new(first.start, self.places[to - 1].1.end))
    }

    fn text(&self, from: usize, to: usize) -> &'t str {
        let (piece, bytes) = self.bytes(from, to);
        bytes.slice(piece.text)
    }

    fn span(&self, from: usize, to: usize) -> Option<Span> {
        let (piece, bytes) = self.bytes(from, to);
        let at = |at: usize, byte: u32| at + byte as usize;
        piece.at.map(|start| Span::new(at(start, bytes.start), at(start, bytes.end)))
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

    /// How many units of the beginning of `ahead` are also said here, and from
    /// which unit on.
    fn longest(&self, ahead: &[Feature]) -> (usize, usize) {
        let at = self.order.partition_point(|&unit| self.passage.ahead(unit) < ahead);
        let neighbours = &self.order[at.saturating_sub(1)..self.order.len().min(at + 1)];
        let common = |&unit: &usize| {
            let here = self.passage.ahead(unit).iter();
            (here.zip(ahead).take_while(|(a, b)| a == b).count(), unit)
        };
        // Of two as long the one that stands first.
        let best = neighbours.iter().map(common).max_by_key(|&(n, unit)| (n, usize::MAX - unit));
        best.unwrap_or((0, 0))
    }
}

/// The phrases of `found` that `said` has too, heaviest first, then in the
/// order of `found`.
///
/// * `parts`: what each shared word adds to the score.
/// * `parent`: whether a word is the parent's.
pub(super) fn shared<'t>(
    said: &Sayings<'_>,
    found: &Passage<'t>,
    parts: &[(Feature, f64)],
    parent: impl Fn(Feature) -> bool,
) -> Vec<Phrase<'t>> {
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
    let weight = |part: Option<usize>| {
        part.map_or([0.0; 2], |n| {
            let weight = parts[n].1 / f64::from(times[n]);
            [weight, if parent(parts[n].0) { weight } else { 0.0 }]
        })
    };

    let mut phrases: Vec<(usize, usize, usize, [f64; 2])> = Vec::new();
    let mut unit = 0;
    while unit < held.len() {
        let (length, asked) = said.longest(found.ahead(unit));
        if length == 0 {
            unit += 1;
            continue;
        }
        let mut sum = [0.0; 2];
        for parts in &held[unit..unit + length] {
            for [all, of_parent] in parts.map(weight) {
                sum[0] += all;
                sum[1] += of_parent;
            }
        }
        // A pair across the end of one phrase belongs to both.
        if let pair @ Some(_) = held[unit][1] {
            let last = phrases.last_mut().expect("a shared pair begins with a shared unit");
            for (n, weight) in weight(pair).into_iter().enumerate() {
                sum[n] -= weight / 2.0;
                last.3[n] += weight / 2.0;
            }
        }
        phrases.push((unit, length, asked, sum));
        unit += length;
    }

    let mut places: HashMap<&[Feature], usize> = HashMap::new();
    let mut all: Vec<Phrase<'t>> = Vec::new();
    for (from, length, asked, [weight, of_parent]) in phrases {
        let to = from + length;
        let place = *places.entry(&found.features[from..to]).or_insert(all.len());
        match all.get_mut(place) {
            Some(same) => {
                same.weight += weight;
                same.of_parent += of_parent;
            }
            None => all.push(Phrase {
                text: found.text(from, to),
                found: found.span(from, to),
                asked: said.passage.span(asked, asked + length),
                weight,
                of_parent,
            }),
        }
    }
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{parts, vector, words};
    use proptest::prelude::*;

    fn passage(text: &str) -> Passage<'_> {
        Passage::new(vec![Piece { text, at: Some(0) }])
    }

    /// All features weigh alike.
    fn explain<'t>(said: &str, found: &'t str) -> (Vec<Phrase<'t>>, f64) {
        let of = |text| vector(&words(text), 1, |_| Some(1));
        let parts = parts(&of(said), &of(found));
        let phrases = shared(&Sayings::new(passage(said)), &passage(found), &parts, |_| false);
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

    #[test]
    fn a_phrase_knows_where_it_stands_in_both() {
        let (said, found) = ("将gmp检查前移", "ＧＭＰ符合性检查");
        for phrase in explain(said, found).0 {
            assert_eq!(phrase.found.unwrap().slice(found), phrase.text);
            assert!(["检查", "gmp"].contains(&phrase.asked.unwrap().slice(said)));
        }
    }

    proptest! {
        #[test]
        fn phrases_weigh_what_features_weigh(said in "[药品监管检验a1，]{0,60}", found in "[药品监管检验a1，]{0,60}") {
            let (phrases, score) = explain(&said, &found);
            let sum: f64 = phrases.iter().map(|phrase| phrase.weight).sum();
            prop_assert!((sum - score).abs() < 1e-5, "{} {}", sum, score);
            prop_assert!(phrases.iter().all(|phrase| phrase.weight > 0.0));
            prop_assert!(phrases.is_sorted_by(|a, b| a.weight >= b.weight));
        }

        #[test]
        fn any_texts_explain(said: String, found: String) {
            let (phrases, score) = explain(&said, &found);
            prop_assert!((phrases.iter().map(|phrase| phrase.weight).sum::<f64>() - score).abs() < 1e-5);
        }
    }
}
