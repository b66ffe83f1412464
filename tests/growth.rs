//! Work grows linearly with the text: reading, graphs, indexes, fingerprints, near-duplicates.
//!
//! The texts are the known bad patterns and some random ones of the test kit; its module
//! `growth` tells how work is measured. `benches/growth.rs` runs many more at greater lengths.

use std::hash::BuildHasher;

use policygraph_testkit::growth::{Growth, Inputs, Limits, Operation, growth, least_seconds};
use policygraph_testkit::patterns::{self, Format, Layout, Pattern};
use rustc_hash::FxBuildHasher;

/// Maximum ratio of the times at four times the length: linear work is near 4, quadratic work
/// at 16.
const MAX_RATIO: f64 = 8.0;

/// Number of random patterns.
const RANDOM: u64 = 16;

/// Limits of the first measurement.
const SHORT: Limits = Limits { seconds: 1e-3, bytes: 1 << 12, ratio: MAX_RATIO, runs: 3 };

/// Limits for what grew too fast in the first: four times the length, and more runs.
const LONG: Limits = Limits { seconds: 4e-3, bytes: 1 << 15, ratio: MAX_RATIO, runs: 8 };

/// Returns a line for each operation that grows faster than linear on the pattern.
fn superlinear(pattern: &Pattern) -> Vec<String> {
    let grows = |grown: &Growth| grown.ratio > MAX_RATIO;
    let mut inputs = Inputs::new(pattern);
    let of = |&operation: &Operation| {
        growth(operation, &mut inputs, &SHORT).filter(grows)?;
        let Growth { bytes, ratio, .. } = growth(operation, &mut inputs, &LONG).filter(grows)?;
        Some(format!("{operation}: {ratio:.1} times the work from {bytes} bytes, {pattern}"))
    };
    Operation::ALL.iter().filter_map(of).collect()
}

#[track_caller]
fn check(patterns: impl Iterator<Item = Pattern>) {
    let found: Vec<String> = patterns.flat_map(|pattern| superlinear(&pattern)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn known_patterns_take_linear_time() {
    check(patterns::known().into_iter());
}

#[test]
fn random_patterns_take_linear_time() {
    check((0..RANDOM).map(patterns::random));
}

/// Returns a document of one measure with `count` pairs of characters, drawn from those for
/// which `chosen` returns true.
fn pairs(count: usize, chosen: impl Fn(u64) -> bool) -> Pattern {
    let characters = '\u{4E00}'..='\u{9FA5}';
    let all = characters.clone().flat_map(|a| characters.clone().map(move |b| (a, b)));
    let chosen = all.filter(|&(a, b)| chosen(u64::from(a) << 32 | u64::from(b))).take(count);
    let words: Vec<String> = chosen.map(|(a, b)| format!("{a}{b}，")).collect();
    assert_eq!(words.len(), count);
    Pattern {
        name: "pairs".to_owned(),
        head: format!("一、{}", words.concat()),
        unit: "甲".to_owned(),
        tail: String::new(),
        layout: Layout::OneDocument,
        format: Format::Text,
    }
}

/// A hash function that an author can predict lets all features fall into one part of the
/// table: 20,000 pairs then take 30 times as long.
#[test]
fn features_chosen_to_collide_cost_no_more_than_others() {
    const PAIRS: usize = 20_000;
    // Bits 6 to 14: in a table of 32,768 buckets all start in the first 64.
    let collide = |key| FxBuildHasher.hash_one(key) & 0x7FC0 == 0;
    let apart = |key: u64| key.is_multiple_of(509);
    for operation in [Operation::Index, Operation::NearDuplicates, Operation::Fingerprints] {
        let [others, chosen] = [pairs(PAIRS, apart), pairs(PAIRS, collide)]
            .map(|pattern| least_seconds(operation, &mut Inputs::new(&pattern), 0, 5).unwrap());
        let ratio = chosen / others;
        assert!(ratio < 4.0, "{operation}: {ratio:.1} times the work of other pairs");
    }
}
