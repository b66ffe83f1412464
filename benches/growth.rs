//! Do time and memory grow with the text, and no faster? Asked of a document of
//! 1, 10 and 100 MB and of every text that is made to hurt.
//!
//! A row is right if its speeds are about equal: then time is linear. Memory is
//! the most that reading holds at once, the record and its copy of the text
//! included, in bytes a byte of text; it is counted and the same on every run.

use std::hint::black_box;
use std::time::Instant;

use peak_alloc::PeakAlloc;
use policygraph::{Lexicon, read, seeds};
use policygraph_testkit::adversarial;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MB: usize = 1 << 20;

/// Runs of each, of which the fastest counts.
const RUNS: usize = 2;

fn main() {
    Lexicon::builtin();
    println!("{:>8} {:>8} {:>8} {:>8}", "1 MB", "10 MB", "100 MB", "memory");
    print("a document", &[1, 10, 100].map(|size| document(size * MB)));
    println!("\n{:>8} {:>8} {:>8}", "1 MB", "4 MB", "memory");
    let [small, large] =
        [MB, 4 * MB].map(|size| adversarial::repeated(size).chain(adversarial::counted(size)));
    for ((name, small), (_, large)) in small.zip(large) {
        print(&name, &[small, large]);
    }
}

/// A seed whose measures are there again and again.
fn document(bytes: usize) -> String {
    let seed = seeds().into_iter().find(|seed| seed.key == "nm-2025-18").unwrap();
    let [first, .., last] = &seed.measures[..] else { panic!("{} measures", seed.measures.len()) };
    let start = seed.text[..first.span.start as usize].rfind('\n').unwrap() + 1;
    let (head, body) = seed.text[..last.span.end as usize].split_at(start);
    let copies = bytes / body.len();
    let text = head.to_owned() + &format!("{body}\n").repeat(copies);
    let measures = read(Lexicon::builtin(), "bench", text.as_str()).measures.len();
    assert_eq!(measures, copies * seed.measures.len());
    text
}

/// Speeds in MB/s, then memory.
fn print(name: &str, texts: &[String]) {
    let measured: Vec<_> = texts.iter().map(|text| measure(text)).collect();
    for (speed, _) in &measured {
        print!("{speed:>8.1} ");
    }
    let memory = measured.iter().map(|(_, memory)| *memory).fold(0.0, f64::max);
    println!("{memory:>8.1}  {name:?}");
}

/// How fast a text is read, in MB/s, and the most memory that takes, in bytes a
/// byte.
fn measure(text: &str) -> (f64, f64) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let run = |_| {
        let start = Instant::now();
        let record = black_box(read(Lexicon::builtin(), "bench", text));
        let seconds = start.elapsed().as_secs_f64();
        assert_eq!(record.text.len(), text.len());
        seconds
    };
    let seconds = (0..RUNS).map(run).fold(f64::INFINITY, f64::min);
    let bytes = text.len() as f64;
    (bytes / 1e6 / seconds, (MEMORY.peak_usage() - before) as f64 / bytes)
}
