//! Time to load a saved graph, compared with reading its texts.
//!
//! ```text
//! cargo bench --bench saved               # 100,000 measures
//! cargo bench --bench saved -- 1000000    # or any other number
//! ```
//!
//! Texts are read on one core. A graph is loaded from memory on all cores, as
//! `Graph::load` does after reading the file. The first load of a process is printed
//! separately, as it also requests memory from the system; of the other runs the
//! fastest counts.

use std::hint::black_box;
use std::time::Instant;

use policygraph::{Corpus, Graph, Lexicon, Record, read};
use policygraph_testkit::synthetic;

const SEED: u64 = 53;
const DEFAULT: usize = 100_000;

/// Number of runs, of which the fastest counts.
const RUNS: usize = 7;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let size = asked.unwrap_or(DEFAULT);
    let lexicon = Lexicon::builtin();

    eprintln!("{size} measures: reading");
    let (mut records, mut bytes, mut reading) = (Vec::new(), 0, 0.0);
    for made in synthetic::documents(SEED, size) {
        bytes += made.text.len();
        let start = Instant::now();
        records.push(read(lexicon, &made.key, made.text));
        reading += start.elapsed().as_secs_f64();
    }
    let corpus: &mut Corpus = &mut records.into_iter().collect();
    let graph = corpus.graph(lexicon);
    assert!(graph.measures().len().abs_diff(size) < size / 50);

    eprintln!("{size} measures: saving and loading");
    let mut file = Vec::new();
    let saving = fastest(|| {
        file.clear();
        seconds(|| graph.write_to(&mut file).expect("memory is written to"))
    });
    let mut first = 0.0;
    let loading = fastest(|| {
        let mut loaded = None;
        let time = seconds(|| loaded = Some(Graph::from_bytes(&file).expect("it was saved")));
        let loaded = loaded.expect("it was loaded");
        assert_eq!(loaded.measures().len(), graph.measures().len());
        if first == 0.0 {
            assert!(loaded == *graph);
            first = time;
        }
        time
    });
    let mut lines = Vec::new();
    corpus.write_json_lines(&mut lines).expect("memory is written to");
    let json = fastest(|| {
        seconds(|| {
            let records = Corpus::read_json_lines(&lines[..]);
            black_box(records.collect::<Result<Vec<Record>, _>>().expect("they were written"));
        })
    });

    println!("{:>10.1} MB of text", bytes as f64 / 1e6);
    println!("{:>10.1} MB saved, {:.1} MB as JSON lines", mb(&file), mb(&lines));
    println!("{:>10.1} ms to read the texts, on one core", reading * 1e3);
    println!("{:>10.1} ms to read the JSON lines, records only", json * 1e3);
    println!("{:>10.1} ms to save", saving * 1e3);
    println!("{:>10.1} ms to load, {:.1} ms the first time", loading * 1e3, first * 1e3);
    println!(
        "{:>10.1} times as fast as reading, {:.1} the first time",
        reading / loading,
        reading / first
    );
}

fn mb(bytes: &[u8]) -> f64 {
    bytes.len() as f64 / 1e6
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Returns the time of the fastest run.
fn fastest(mut run: impl FnMut() -> f64) -> f64 {
    (0..RUNS).map(|_| run()).fold(f64::INFINITY, f64::min)
}
