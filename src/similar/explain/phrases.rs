//! Shared words gathered into the phrases that people read.
//!
//! A score is made of characters and pairs; 检验用量 would be seven reasons. So
//! the words that two texts share are read off one of them, from left to
//! right, each as long as possible, and every feature's share of the score is
//! divided equally among the places where it stands. Nothing is added or lost:
//! the phrases weigh what their features weigh.

use std::collections::HashMap;

use super::suffix_array::{Sorted, Stretches};
use crate::features::{Feature, Unit, units};
use crate::text::Span;

/// So many characters in a row that a policy has as well are its wording; fewer
/// are the words of the trade.
const WORDING: usize = 5;

/// A piece of what is said.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'t> {
    pub text: &'t str,
    /// Where it stands; none for a label that the text does not print.
    pub at: Option<usize>,
}

/// A phrase that two texts share, as one of them prints it.
pub(crate) struct Phrase<'t> {
    pub text: &'t str,
    /// Where it stands there, if it is printed.
    pub found: Option<Span>,
    /// Where it stands in the other text, if it is printed there.
    pub asked: Option<Span>,
    pub weight: f64,
    /// What of the weight is the parent's wording.
    pub of_parent: f64,
}

/// A text that can be quoted.
struct Passage<'t> {
    pieces: Vec<Piece<'t>>,
    /// For each unit: its piece and what it covers there.
    places: Vec<(usize, Unit)>,
}

impl<'t> Passage<'t> {
    fn new(pieces: Vec<Piece<'t>>) -> Self {
        let places = pieces.iter().enumerate();
        let places = places.flat_map(|(n, piece)| units(piece.text).map(move |unit| (n, unit)));
        Passage { places: places.collect(), pieces }
    }

    fn stretches(&self) -> Stretches {
        Stretches::new(self.places.iter().map(|(_, unit)| *unit))
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

/// All that is said in a text, to be compared with many.
pub(crate) struct Sayings<'t> {
    passage: Passage<'t>,
    sorted: Sorted,
}

impl<'t> Sayings<'t> {
    pub fn new(pieces: Vec<Piece<'t>>) -> Self {
        let passage = Passage::new(pieces);
        Sayings { sorted: Sorted::new(passage.stretches()), passage }
    }
}

/// 原文 — the wording of a policy, as far as its outline has it.
pub(crate) struct Wording(Sorted);

impl Wording {
    pub fn new<'w>(texts: impl Iterator<Item = &'w str>) -> Self {
        let units: Vec<Unit> = texts.flat_map(units).collect();
        Wording(Sorted::new(Stretches::new(units.into_iter())))
    }
}

/// For each unit whether it, and the pair that it ends, stand in a run of at least
/// [`WORDING`] units that `said` and one of the policies have as well.
fn of_policies(found: &Stretches, said: &Sorted, policies: &[&Wording]) -> Vec<[bool; 2]> {
    let mut end = 0;
    let of_unit = |unit| {
        let before = end;
        let ahead = found.ahead(unit);
        let longest = policies.iter().map(|policy| policy.0.longest(ahead).0).max().unwrap_or(0);
        // Few are long enough to ask further.
        if longest >= WORDING {
            let both = longest.min(said.longest(ahead).0);
            if both >= WORDING {
                end = end.max(unit + both);
            }
        }
        [unit < end, unit < before]
    };
    (0..found.features.len()).map(of_unit).collect()
}

/// The phrases of `found` that `said` has too, heaviest first, then in the
/// order of `found`.
///
/// * `parts`: what each shared word adds to the score.
/// * `policies`: those that both carry out.
pub(crate) fn shared<'t>(
    said: &Sayings<'_>,
    found: Vec<Piece<'t>>,
    parts: &[(Feature, f64)],
    policies: &[&Wording],
) -> Vec<Phrase<'t>> {
    let found = Passage::new(found);
    let stretches = found.stretches();
    let of_policies = of_policies(&stretches, &said.sorted, policies);
    let features = &stretches.features;
    let part = |feature| parts.binary_search_by_key(&feature, |&(f, _)| f).ok();
    let mut times = vec![0_u32; parts.len()];
    let mut count = |feature| {
        let part = part(feature);
        part.inspect(|&n| times[n] += 1)
    };
    // For each unit: its part, and that of the pair that it ends.
    let held: Vec<[Option<usize>; 2]> = (0..features.len())
        .map(|unit| {
            let joined = found.places[unit].1.joined;
            let pair = joined.then(|| Feature::pair(features[unit - 1], features[unit]));
            [count(features[unit]), pair.and_then(&mut count)]
        })
        .collect();
    // What a unit and its pair weigh, and how much of that is a policy's.
    let weight = |unit: usize, which: usize| {
        held[unit][which].map_or([0.0; 2], |n| {
            let weight = parts[n].1 / f64::from(times[n]);
            [weight, if of_policies[unit][which] { weight } else { 0.0 }]
        })
    };

    let mut phrases: Vec<(usize, usize, usize, [f64; 2])> = Vec::new();
    let mut unit = 0;
    while unit < held.len() {
        let (length, asked) = said.sorted.longest(stretches.ahead(unit));
        if length == 0 {
            unit += 1;
            continue;
        }
        let mut sum = [0.0; 2];
        for (at, which) in (unit..unit + length).flat_map(|at| [(at, 0), (at, 1)]) {
            let [all, of_parent] = weight(at, which);
            sum[0] += all;
            sum[1] += of_parent;
        }
        // A pair across the end of one phrase belongs to both.
        if held[unit][1].is_some() {
            let last = phrases.last_mut().expect("a shared pair begins with a shared unit");
            for (n, weight) in weight(unit, 1).into_iter().enumerate() {
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
        let place = *places.entry(&features[from..to]).or_insert(all.len());
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

    fn pieces(text: &str) -> Vec<Piece<'_>> {
        vec![Piece { text, at: Some(0) }]
    }

    /// All features weigh alike.
    fn explain<'t>(said: &str, found: &'t str) -> (Vec<Phrase<'t>>, f64) {
        let of = |text| vector(&words(text), 1, |_| Some(1));
        let parts = parts(&of(said), &of(found));
        let phrases = shared(&Sayings::new(pieces(said)), pieces(found), &parts, &[]);
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

    #[test]
    fn what_a_policy_says_in_a_row_is_its_wording() {
        let policies = [
            Wording::new(["加强临床试验", "优化审评审批机制"].into_iter()),
            Wording::new(["检验用量减少"].into_iter()),
        ];
        let of = |said: &str, found: &'static str| {
            let bag = |text| vector(&words(text), 1, |_| Some(1));
            let parts = parts(&bag(said), &bag(found));
            let [one, two] = &policies;
            let phrases = shared(&Sayings::new(pieces(said)), pieces(found), &parts, &[one, two]);
            let part =
                |phrase: Phrase<'_>| (phrase.text.to_owned(), phrase.of_parent / phrase.weight);
            phrases.into_iter().map(part).collect::<Vec<_>>()
        };
        // Fewer than five, or of two headings, are the words of the trade.
        assert_eq!(of("临床试验优化", "临床试验优化"), [("临床试验优化".to_owned(), 0.0)]);
        assert_eq!(of("优化审评审批", "优化审评审批"), [("优化审评审批".to_owned(), 1.0)]);
        assert_eq!(of("检验用量减少", "检验用量减少"), [("检验用量减少".to_owned(), 1.0)]);
        // Both must say it, not its parts.
        let parts = of("优化、审评、审批", "优化审评审批");
        assert!(parts.iter().all(|part| part.1 == 0.0), "{parts:?}");
        let [(_, part)] = &of("试点优化审评审批", "试点优化审评审批")[..] else {
            panic!()
        };
        assert!((0.6..0.8).contains(part), "{part}");
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
