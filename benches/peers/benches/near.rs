//! Near-duplicate pairs beside gaoya's MinHash with locality-sensitive hashing.
//!
//! ```text
//! cargo bench --bench near             # 10,000 measures
//! ```
//!
//! The truth: pairs of measures the sets of whose pairs of characters have a
//! Jaccard similarity of 0.8 and more, by comparing each with each. Ours finds
//! pairs by its own score, so its threshold is the greatest at which 0.95 of
//! them are among what it finds; gaoya's bands and width are for 0.8. One thread
//! each (run it with `taskset -c 0`, as ours takes all cores). Times hold the
//! index and all pairs.

#[path = "../../support/made.rs"]
mod made;

use std::collections::BTreeSet;
use std::time::Instant;

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use policygraph::features::{Feature, features, said};
use policygraph::graph::MeasureId;
use policygraph::similar::Index;
use policygraph::{Corpus, Graph, Lexicon};

const SEED: u64 = 53;
const JACCARD: f64 = 0.8;

/// gaoya's example for a threshold of 0.8: 42 bands of 3.
const BANDS: (usize, usize) = (42, 3);

fn main() {
    let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let size: usize = size.unwrap_or(10_000);
    eprintln!("making {size} measures");
    let mut corpus: Corpus = made::records(SEED, size).into_iter().collect();
    let graph = corpus.graph(Lexicon::builtin());
    let measures: Vec<MeasureId> = graph.measures().collect();
    let sets: Vec<Vec<Feature>> = measures.iter().map(|&id| pairs(&graph, id)).collect();

    eprintln!("comparing each with each");
    let mut truth: BTreeSet<(usize, usize)> = BTreeSet::new();
    for b in 0..sets.len() {
        for a in 0..b {
            if jaccard(&sets[a], &sets[b]) >= JACCARD {
                truth.insert((a, b));
            }
        }
    }
    println!("{} measures, {} pairs with a Jaccard similarity of {JACCARD} and more\n", sets.len(), truth.len());
    println!("                        s    recall  precision");

    eprintln!("gaoya");
    let start = Instant::now();
    let hasher = MinHasher32::new(BANDS.0 * BANDS.1);
    let mut lsh = MinHashIndex::new(BANDS.0, BANDS.1, JACCARD);
    let signatures: Vec<Vec<u32>> = sets.iter().map(|set| hasher.create_signature(set.iter())).collect();
    for (n, signature) in signatures.iter().enumerate() {
        lsh.insert(n, signature.clone());
    }
    let mut found = BTreeSet::new();
    for (b, signature) in signatures.iter().enumerate() {
        found.extend(lsh.query(signature).into_iter().filter(|&&a| a < b).map(|&a| (a, b)));
    }
    print("gaoya", start.elapsed().as_secs_f64(), &truth, &found);

    eprintln!("ours");
    let index = Index::new(&*graph, Lexicon::builtin());
    let place = |id: MeasureId| measures.binary_search(&id).unwrap();
    // By which threshold the greater part of the truth is found.
    let mut scores: Vec<f32> = truth.iter().map(|&(a, b)| index.score(measures[a], measures[b])).collect();
    scores.sort_by(f32::total_cmp);
    let threshold = scores[scores.len() / 20];
    drop(index);
    let start = Instant::now();
    let index = Index::new(&*graph, Lexicon::builtin());
    let found = index.near_duplicates(threshold).map(|pair| (place(pair.a), place(pair.b))).collect();
    print(&format!("ours, {threshold:.3}"), start.elapsed().as_secs_f64(), &truth, &found);
}

fn print(name: &str, seconds: f64, truth: &BTreeSet<(usize, usize)>, found: &BTreeSet<(usize, usize)>) {
    let right = truth.intersection(found).count() as f64;
    println!("{name:18} {seconds:7.2}   {:7.3}  {:7.3}", right / truth.len() as f64, right / found.len() as f64);
}

/// The pairs of characters of a measure, ascending.
fn pairs(graph: &Graph, measure: MeasureId) -> Vec<Feature> {
    let measure = graph.at(measure);
    let pieces = said(measure.record(), &measure.document().record().text);
    let pairs = pieces.flat_map(features).filter(|feature| feature.to_string().chars().count() > 1);
    pairs.collect::<BTreeSet<_>>().into_iter().collect()
}

fn jaccard(a: &[Feature], b: &[Feature]) -> f64 {
    // Sets of too different sizes cannot reach it.
    let [less, more] = [a.len().min(b.len()), a.len().max(b.len())];
    if (less as f64) < JACCARD * more as f64 {
        return 0.0;
    }
    let (mut x, mut y, mut both) = (0, 0, 0);
    while x < a.len() && y < b.len() {
        match a[x].cmp(&b[y]) {
            std::cmp::Ordering::Less => x += 1,
            std::cmp::Ordering::Greater => y += 1,
            std::cmp::Ordering::Equal => (x, y, both) = (x + 1, y + 1, both + 1),
        }
    }
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}
