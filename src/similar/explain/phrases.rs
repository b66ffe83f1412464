//! Shared words, gathered into readable phrases.
//!
//! A score is a sum over characters and bigrams: 检验用量 would be seven terms. So the
//! shared words are read off the match from left to right, each as long as possible, and
//! the contribution of each feature is divided equally among its occurrences. The weights
//! of the phrases sum to the weights of their features.

use std::collections::HashMap;

use super::suffix_array::{SuffixArray, UnitRuns};
use crate::features::{Feature, TextUnit, units};
use crate::text::Span;

/// Minimum length of a run that counts as the wording of a policy, in units. Shorter runs
/// are common terms of the field.
const MIN_WORDING: usize = 5;

/// A slice of a text.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'t> {
    pub text: &'t str,
    /// Its byte offset; `None` for a label or heading that is not printed so in the text.
    pub at: Option<usize>,
}

/// A phrase that two texts share, as the match prints it.
pub(crate) struct Phrase<'t> {
    pub text: &'t str,
    /// Its span in the match, if it is printed there.
    pub matched: Option<Span>,
    /// Its span in the query, if it is printed there.
    pub query: Option<Span>,
    pub weight: f64,
    /// The part of `weight` that comes from the wording of a common policy.
    pub parent_weight: f64,
}

/// The units of a text, with their places.
struct UnitText<'t> {
    pieces: Vec<Piece<'t>>,
    /// For each unit its piece and its place there.
    places: Vec<(usize, TextUnit)>,
}

impl<'t> UnitText<'t> {
    fn new(pieces: Vec<Piece<'t>>) -> Self {
        let places = pieces.iter().enumerate();
        let places = places.flat_map(|(n, piece)| units(piece.text).map(move |unit| (n, unit)));
        UnitText { places: places.collect(), pieces }
    }

    fn runs(&self) -> UnitRuns {
        UnitRuns::new(self.places.iter().map(|(_, unit)| *unit))
    }

    /// Returns the piece of the units `from..to`, and their span in it.
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

/// A text indexed for comparison with many.
pub(crate) struct IndexedText<'t> {
    text: UnitText<'t>,
    suffixes: SuffixArray,
}

impl<'t> IndexedText<'t> {
    pub(crate) fn new(pieces: Vec<Piece<'t>>) -> Self {
        let text = UnitText::new(pieces);
        IndexedText { suffixes: SuffixArray::new(text.runs()), text }
    }
}

/// The wording (原文) of a policy, as far as its outline contains it.
pub(crate) struct Wording(SuffixArray);

impl Wording {
    pub(crate) fn new<'w>(texts: impl Iterator<Item = &'w str>) -> Self {
        let units: Vec<TextUnit> = texts.flat_map(units).collect();
        Wording(SuffixArray::new(UnitRuns::new(units.into_iter())))
    }
}

/// Returns for each unit, and for the bigram that it ends, true if it lies in a run of at
/// least [`MIN_WORDING`] units that the query and one of the policies contain as well.
fn is_policy_wording(
    matched: &UnitRuns,
    query: &SuffixArray,
    policies: &[&Wording],
) -> Vec<[bool; 2]> {
    let mut end = 0;
    let of_unit = |unit| {
        let before = end;
        let suffix = matched.suffix(unit);
        let longest = policies.iter().map(|policy| policy.0.longest(suffix).0).max().unwrap_or(0);
        // Few runs are long enough to search the query.
        if longest >= MIN_WORDING {
            let both = longest.min(query.longest(suffix).0);
            if both >= MIN_WORDING {
                end = end.max(unit + both);
            }
        }
        [unit < end, unit < before]
    };
    (0..matched.features.len()).map(of_unit).collect()
}

/// The weight of a phrase or of one occurrence of a feature.
#[derive(Clone, Copy, Default)]
struct Weight {
    all: f64,
    /// The part of `all` that is the wording of a common policy.
    parent: f64,
}

impl Weight {
    fn add(&mut self, other: Weight) {
        self.all += other.all;
        self.parent += other.parent;
    }
}

/// For each unit of the match: the weight of its feature there, and of the bigram that it
/// ends; `None` for a feature that is not shared.
struct UnitWeights(Vec<[Option<Weight>; 2]>);

impl UnitWeights {
    /// * `parts`: the contribution of each shared word, ascending by feature.
    fn new(
        matched: &UnitText<'_>,
        features: &[Feature],
        parts: &[(Feature, f64)],
        is_policy_wording: &[[bool; 2]],
    ) -> Self {
        let mut occurrences = vec![0_u32; parts.len()];
        let mut count = |feature| {
            let part = parts.binary_search_by_key(&feature, |&(f, _)| f).ok();
            part.inspect(|&n| occurrences[n] += 1)
        };
        let shared: Vec<[Option<usize>; 2]> = (0..features.len())
            .map(|unit| {
                let joined = matched.places[unit].1.joined;
                let bigram = joined.then(|| Feature::pair(features[unit - 1], features[unit]));
                [count(features[unit]), bigram.and_then(&mut count)]
            })
            .collect();
        let weight = |part: usize, of_policy: bool| {
            let all = parts[part].1 / f64::from(occurrences[part]);
            Weight { all, parent: if of_policy { all } else { 0.0 } }
        };
        let weights = shared.iter().zip(is_policy_wording).map(|(shared, of_policy)| {
            [0, 1].map(|which| shared[which].map(|part| weight(part, of_policy[which])))
        });
        UnitWeights(weights.collect())
    }
}

/// An occurrence of a shared phrase in the match.
struct Occurrence {
    unit: usize,
    length: usize,
    /// The first unit of an occurrence in the query.
    query: usize,
    weight: Weight,
}

/// Splits the shared words of the match into phrases, from left to right, each as long as
/// possible.
fn occurrences(runs: &UnitRuns, query: &SuffixArray, weights: &UnitWeights) -> Vec<Occurrence> {
    let mut occurrences: Vec<Occurrence> = Vec::new();
    let mut unit = 0;
    while unit < runs.features.len() {
        let (length, at) = query.longest(runs.suffix(unit));
        if length == 0 {
            unit += 1;
            continue;
        }
        let mut sum = Weight::default();
        for weight in weights.0[unit..unit + length].iter().flatten() {
            sum.add(weight.unwrap_or_default());
        }
        // Half of a bigram across the boundary of two phrases belongs to each. A shared bigram
        // begins with a shared unit, unless a saved index states other features than the text has.
        if let (Some(weight), Some(last)) = (weights.0[unit][1], occurrences.last_mut()) {
            sum.all -= weight.all / 2.0;
            sum.parent -= weight.parent / 2.0;
            last.weight.all += weight.all / 2.0;
            last.weight.parent += weight.parent / 2.0;
        }
        occurrences.push(Occurrence { unit, length, query: at, weight: sum });
        unit += length;
    }
    occurrences
}

/// Returns the phrases of the match that the query contains too, by descending weight,
/// then in text order. A repeated phrase is returned once, with the sum of its weights.
///
/// * `parts`: the contribution of each shared word to the score, ascending by feature.
/// * `policies`: the wording of the policies that both documents implement.
pub(crate) fn shared_phrases<'t>(
    query: &IndexedText<'_>,
    matched: Vec<Piece<'t>>,
    parts: &[(Feature, f64)],
    policies: &[&Wording],
) -> Vec<Phrase<'t>> {
    let matched = UnitText::new(matched);
    let runs = matched.runs();
    let is_policy_wording = is_policy_wording(&runs, &query.suffixes, policies);
    let weights = UnitWeights::new(&matched, &runs.features, parts, &is_policy_wording);

    let mut places: HashMap<&[Feature], usize> = HashMap::new();
    let mut phrases: Vec<Phrase<'t>> = Vec::new();
    for Occurrence { unit, length, query: at, weight } in
        occurrences(&runs, &query.suffixes, &weights)
    {
        let end = unit + length;
        let place = *places.entry(&runs.features[unit..end]).or_insert(phrases.len());
        match phrases.get_mut(place) {
            Some(same) => {
                same.weight += weight.all;
                same.parent_weight += weight.parent;
            }
            None => phrases.push(Phrase {
                text: matched.text(unit, end),
                matched: matched.span(unit, end),
                query: query.text.span(at, at + length),
                weight: weight.all,
                parent_weight: weight.parent,
            }),
        }
    }
    phrases.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{parts, vector, words};
    use proptest::prelude::*;

    fn pieces(text: &str) -> Vec<Piece<'_>> {
        vec![Piece { text, at: Some(0) }]
    }

    /// Explains with equal weights for all features.
    fn explain<'t>(query: &str, matched: &'t str) -> (Vec<Phrase<'t>>, f64) {
        let of = |text| vector(&words(text), 1, |_| 1);
        let parts = parts(&of(query), &of(matched));
        let phrases =
            shared_phrases(&IndexedText::new(pieces(query)), pieces(matched), &parts, &[]);
        (phrases, parts.iter().map(|part| part.1).sum())
    }

    fn check(query: &str, matched: &str, expected: &str) {
        let phrases: Vec<&str> =
            explain(query, matched).0.iter().map(|phrase| phrase.text).collect();
        assert_eq!(phrases.join(" "), expected, "{query} {matched}");
    }

    #[test]
    fn a_phrase_is_as_long_as_possible() {
        check("全项检验用量的3倍减为2倍", "将检验用量由3批减为2批", "检验用量 减为 3 2");
    }

    #[test]
    fn a_repeated_phrase_is_one_term() {
        check("监管药品", "药品，药品", "药品");
    }

    #[test]
    fn no_phrase_spans_punctuation() {
        check("推进检验检测", "推进检验、检测", "推进检验 检测");
    }

    #[test]
    fn phrases_are_quoted_from_the_match() {
        check("gmp检查", "ＧＭＰ符合性检查", "检查 ＧＭＰ");
    }

    #[test]
    fn a_phrase_has_its_spans_in_both_texts() {
        let (query, matched) = ("将gmp检查前移", "ＧＭＰ符合性检查");
        for phrase in explain(query, matched).0 {
            assert_eq!(phrase.matched.unwrap().slice(matched), phrase.text);
            assert!(["检查", "gmp"].contains(&phrase.query.unwrap().slice(query)));
        }
    }

    #[test]
    fn a_long_run_of_a_policy_is_its_wording() {
        let policies = [
            Wording::new(["加强临床试验", "优化审评审批机制"].into_iter()),
            Wording::new(["检验用量减少"].into_iter()),
        ];
        let of = |query: &str, matched: &'static str| {
            let bag = |text| vector(&words(text), 1, |_| 1);
            let parts = parts(&bag(query), &bag(matched));
            let [one, two] = &policies;
            let phrases = shared_phrases(
                &IndexedText::new(pieces(query)),
                pieces(matched),
                &parts,
                &[one, two],
            );
            let part =
                |phrase: Phrase<'_>| (phrase.text.to_owned(), phrase.parent_weight / phrase.weight);
            phrases.into_iter().map(part).collect::<Vec<_>>()
        };
        // Runs of fewer than five units, or across two headings, do not count.
        assert_eq!(of("临床试验优化", "临床试验优化"), [("临床试验优化".to_owned(), 0.0)]);
        assert_eq!(of("优化审评审批", "优化审评审批"), [("优化审评审批".to_owned(), 1.0)]);
        assert_eq!(of("检验用量减少", "检验用量减少"), [("检验用量减少".to_owned(), 1.0)]);
        // Both texts must contain the run as a whole.
        let parts = of("优化、审评、审批", "优化审评审批");
        assert!(parts.iter().all(|part| part.1 == 0.0), "{parts:?}");
        let [(_, part)] = &of("试点优化审评审批", "试点优化审评审批")[..] else {
            panic!()
        };
        assert!((0.6..0.8).contains(part), "{part}");
    }

    proptest! {
        #[test]
        fn phrases_weigh_what_features_weigh(query in "[药品监管检验a1，]{0,60}", matched in "[药品监管检验a1，]{0,60}") {
            let (phrases, score) = explain(&query, &matched);
            let sum: f64 = phrases.iter().map(|phrase| phrase.weight).sum();
            prop_assert!((sum - score).abs() < 1e-5, "{} {}", sum, score);
            prop_assert!(phrases.iter().all(|phrase| phrase.weight > 0.0));
            prop_assert!(phrases.is_sorted_by(|a, b| a.weight >= b.weight));
        }

        #[test]
        fn any_texts_explain(query: String, matched: String) {
            let (phrases, score) = explain(&query, &matched);
            prop_assert!((phrases.iter().map(|phrase| phrase.weight).sum::<f64>() - score).abs() < 1e-5);
        }
    }
}
