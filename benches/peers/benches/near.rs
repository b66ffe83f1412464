//! Near-duplicate pairs compared with gaoya: MinHash with locality-sensitive hashing.
//!
//! ```text
//! cargo bench --bench near             # 10,000 measures
//! ```
//!
//! Ground truth: all pairs of measures whose sets of character pairs have a Jaccard
//! similarity of at least 0.8, by brute force. Ours is exact; gaoya's bands and width are
//! for 0.8. One thread each (run it with `taskset -c 0`, as ours uses all cores).
//! Preparation is timed separately: sets of pairs for both, signatures and bands for gaoya.

use std::collections::BTreeSet;
use std::time::Instant;

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use policygraph::graph::MeasureId;
use policygraph::reuse::near_duplicates;
use policygraph::similar::provision_text;
use policygraph::{Corpus, Graph, Lexicon};
use policygraph_testkit::synthetic;

const SEED: u64 = 53;
const JACCARD: f64 = 0.8;

/// Bands and width of gaoya's example for a threshold of 0.8.
const BANDS: (usize, usize) = (42, 3);

fn main() {
    let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let size: usize = size.unwrap_or(10_000);
    eprintln!("generating {size} measures");
    let mut corpus: Corpus = synthetic::records(SEED, size).into_iter().collect();
    let graph = corpus.graph(Lexicon::builtin());
    let measures: Vec<MeasureId> = graph.measures().collect();
    let (sets_made, sets) =
        timed(|| measures.iter().map(|&id| pairs(&graph, id)).collect::<Vec<_>>());

    eprintln!("brute force");
    let mut truth: BTreeSet<(usize, usize)> = BTreeSet::new();
    for b in 0..sets.len() {
        for a in 0..b {
            if jaccard(&sets[a], &sets[b]) >= JACCARD {
                truth.insert((a, b));
            }
        }
    }
    println!(
        "{} measures, {} pairs with a Jaccard similarity of at least {JACCARD}\n",
        sets.len(),
        truth.len()
    );
    println!("                  prep., s pairs, s  recall  precision");

    eprintln!("gaoya");
    let start = Instant::now();
    let hasher = MinHasher32::new(BANDS.0 * BANDS.1);
    let mut lsh = MinHashIndex::new(BANDS.0, BANDS.1, JACCARD);
    let signatures: Vec<Vec<u32>> =
        sets.iter().map(|set| hasher.create_signature(set.iter())).collect();
    for (n, signature) in signatures.iter().enumerate() {
        lsh.insert(n, signature.clone());
    }
    let made = sets_made + start.elapsed().as_secs_f64();
    let start = Instant::now();
    let mut found = Vec::new();
    for (b, signature) in signatures.iter().enumerate() {
        found.extend(lsh.query(signature).into_iter().filter(|&&a| a < b).map(|&a| (a, b)));
    }
    print("gaoya", made, start.elapsed().as_secs_f64(), &truth, found);

    eprintln!("ours");
    let place = |id: MeasureId| measures.binary_search(&id).unwrap();
    let (made, pairs) = timed(|| near_duplicates(&graph, JACCARD as f32));
    let (seconds, found) = timed(|| pairs.collect::<Vec<_>>());
    let found = found.iter().map(|pair| (place(pair.a), place(pair.b))).collect();
    print("ours", made, seconds, &truth, found);
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed().as_secs_f64(), made)
}

fn print(
    name: &str,
    made: f64,
    seconds: f64,
    truth: &BTreeSet<(usize, usize)>,
    found: Vec<(usize, usize)>,
) {
    let found: BTreeSet<(usize, usize)> = found.into_iter().collect();
    let right = truth.intersection(&found).count() as f64;
    println!(
        "{name:16} {made:8.2}  {seconds:8.2}   {:5.3}      {:5.3}",
        right / truth.len() as f64,
        right / found.len() as f64
    );
}

/// Returns the pairs of adjacent characters of a measure, ascending.
fn pairs(graph: &Graph, measure: MeasureId) -> Vec<[char; 2]> {
    let measure = graph.at(measure);
    let mut pairs = Vec::new();
    for piece in provision_text(measure.record(), &measure.document().record().text) {
        let mut before = None;
        for c in piece.chars() {
            let now = c.is_alphanumeric().then_some(c);
            pairs.extend(before.zip(now).map(|(a, b)| [a, b]));
            before = now;
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn jaccard(a: &[[char; 2]], b: &[[char; 2]]) -> f64 {
    // Sets of very different sizes cannot reach the threshold.
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
