//! Time and memory of reading by the length of the text, for a document of 1, 10
//! and 100 MB and for each adversarial input; then the growth of reading, graphs,
//! indexes, fingerprints and near-duplicates on known bad and random patterns.
//!
//! ```text
//! cargo bench --bench growth                       # 1 MB and 4 MB, 200 random patterns
//! cargo bench --bench growth -- 128                # 128 KB and 512 KB, without the document
//! cargo bench --bench growth -- patterns 5000 1    # patterns only: 5,000 from seed 1 on
//! cargo bench --bench growth -- megabyte 500 1     # reading 1 MB: patterns and adversarial inputs
//! ```
//!
//! The patterns that grow most are listed, as the ratio of the CPU times at four times
//! the length (`policygraph_testkit::growth`).
//!
//! With `megabyte`, the texts of 1 MB that take the most CPU time are listed, then those that take the
//! most memory. The exit code is 1 if one takes more than [`MAX_SECONDS`].
//!
//! Else the exit code is 1 if the time per byte of an adversarial input or pattern at four
//! times the length exceeds [`MAX_GROWTH`] times that at the length itself. Linear
//! work is near 1, quadratic work at 4. Of several runs of each length the
//! fastest counts, and runs are repeated before a text is reported, as other
//! processes slow some of them.
//!
//! Memory is the peak of allocated bytes per byte of text while reading, the
//! record and its copy of the text included. It is counted and thus the same on
//! every run.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use peak_alloc::PeakAlloc;
use policygraph::{Lexicon, Source, markdown, read, seeds};
use policygraph_testkit::adversarial::{self, Input};
use policygraph_testkit::growth::{
    FACTOR, Growth, Inputs, Limits, Operation, growth, least_seconds,
};
use policygraph_testkit::patterns::{self, Format, Layout, Pattern};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const KB: usize = 1 << 10;
const MB: usize = 1 << 20;

/// Maximum ratio of the times per byte of the longer and the shorter text.
const MAX_GROWTH: f64 = 1.6;

/// Maximum CPU time of reading 1 MB, in seconds.
const MAX_SECONDS: f64 = 1.0;

/// Number of runs of each text.
const RUNS: usize = 2;

/// Number of further pairs of runs for a text that grows too fast.
const RETRIES: usize = 8;

/// Number of random patterns, unless it is given.
const RANDOM: u64 = 200;

/// Number of patterns listed.
const LISTED: usize = 25;

/// Limits of the first measurement of a pattern.
const LIMITS: Limits =
    Limits { seconds: 5e-3, bytes: 1 << 18, ratio: FACTOR as f64 * MAX_GROWTH, runs: 3 };

/// Limits for a pattern that grew too fast.
const AGAIN: Limits = Limits { seconds: 2e-2, bytes: 1 << 20, runs: 8, ..LIMITS };

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let number = |at: usize| arguments.get(at).and_then(|argument| argument.parse::<u64>().ok());
    Lexicon::builtin();
    if arguments.first().is_some_and(|first| first == "megabyte") {
        return megabyte(number(1).unwrap_or(RANDOM), number(2).unwrap_or(0));
    }
    let mut superlinear = Vec::new();
    if arguments.first().is_none_or(|first| first != "patterns") {
        superlinear.extend(adversarial_inputs(number(0)));
    }
    superlinear.extend(pattern_table(number(1).unwrap_or(RANDOM), number(2).unwrap_or(0)));
    if superlinear.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("the time per byte grows with the length of: {}", superlinear.join(", "));
    ExitCode::FAILURE
}

/// Reads the documents and the adversarial inputs, and returns the names of those that grow
/// faster than linear.
///
/// * `kilobytes`: length of the adversarial inputs; `None` for 1 MB, and the documents.
fn adversarial_inputs(kilobytes: Option<u64>) -> Vec<String> {
    if kilobytes.is_none() {
        document_sizes();
    }
    let length = kilobytes.map_or(MB, |kilobytes| kilobytes as usize * KB);
    println!("{:>8} {:>8} {:>8} {:>8}", "MB/s", "4 ×", "growth", "memory");
    let plain = |text: &str| Source::from(text);
    let texts = |length| adversarial::repeated(length).chain(adversarial::numbered(length));
    let mut superlinear = compare(texts(length), texts(4 * length), plain);
    let texts = adversarial::markdown;
    superlinear.extend(compare(texts(length), texts(4 * length), |text| markdown(text)));
    #[cfg(feature = "html")]
    {
        let texts = adversarial::html;
        let source = |text: &str| policygraph::html(text);
        superlinear.extend(compare(texts(length), texts(4 * length), source));
    }
    println!();
    superlinear
}

/// Measures the known and some random patterns, prints those that grow most, and returns the
/// names of those that grow faster than linear.
fn pattern_table(random: u64, seed: u64) -> Vec<String> {
    let mut found: Vec<(Growth, Operation, Pattern)> = Vec::new();
    let all = patterns::known().into_iter();
    for pattern in all.chain((seed..seed + random).map(patterns::random)) {
        let mut inputs = Inputs::new(&pattern);
        for operation in Operation::ALL {
            let mut grown = growth(operation, &mut inputs, &LIMITS);
            if grown.is_some_and(|grown| grown.ratio > LIMITS.ratio) {
                grown = growth(operation, &mut inputs, &AGAIN).or(grown);
            }
            found.extend(grown.map(|grown| (grown, operation, pattern.clone())));
        }
    }
    found.sort_by(|a, b| b.0.ratio.total_cmp(&a.0.ratio));
    println!(
        "{} measurements; the {LISTED} with the greatest ratio of the times at four times the length",
        found.len()
    );
    println!(
        "{:>6} {:>8} {:>8} {:>8}  {:<18} pattern",
        "ratio", "KB", "ms", "ms, 4 ×", "operation"
    );
    for (Growth { bytes, seconds, ratio }, operation, pattern) in found.iter().take(LISTED) {
        let [short, long] = seconds.map(|seconds| seconds * 1e3);
        let kilobytes = bytes / KB;
        println!("{ratio:>6.1} {kilobytes:>8} {short:>8.1} {long:>8.1}  {operation:<18} {pattern}");
    }
    let superlinear = found.iter().take_while(|(grown, ..)| grown.ratio > LIMITS.ratio);
    superlinear.map(|(_, operation, pattern)| format!("{operation} of {pattern}")).collect()
}

/// Reads each pattern and each adversarial input at 1 MB, and prints those that take the most time
/// and those that take the most memory.
fn megabyte(random: u64, seed: u64) -> ExitCode {
    let known = patterns::known().into_iter();
    let mut all: Vec<_> = known.chain((seed..seed + random).map(patterns::random)).collect();
    all.retain(|pattern| pattern.layout == Layout::OneDocument);
    let plain = adversarial::repeated(MB).chain(adversarial::numbered(MB));
    all.extend(plain.map(|input| whole(input, Format::Text)));
    all.extend(adversarial::markdown(MB).map(|input| whole(input, Format::Markdown)));
    all.extend(adversarial::html(MB).map(|input| whole(input, Format::Html)));

    let mut runs: Vec<(f64, f64, Pattern)> = Vec::new();
    for pattern in all {
        let bytes = if pattern.unit.is_empty() { 0 } else { MB };
        let memory = measure(&pattern.texts(bytes)[0], |text| pattern.source(text)).memory;
        let seconds = least_seconds(Operation::Read, &mut Inputs::new(&pattern), bytes, RUNS);
        runs.push((seconds.unwrap_or_default(), memory, pattern));
    }
    let print = |runs: &[(f64, f64, Pattern)]| {
        println!("{:>8} {:>8}  pattern", "CPU ms", "memory");
        for (seconds, memory, pattern) in runs.iter().take(LISTED) {
            println!("{:>8.0} {memory:>8.1}  {pattern}", seconds * 1e3);
        }
    };
    println!("{} texts of 1 MB; the {LISTED} largest in memory, then the slowest", runs.len());
    runs.sort_by(|a, b| b.1.total_cmp(&a.1));
    print(&runs);
    runs.sort_by(|a, b| b.0.total_cmp(&a.0));
    print(&runs);
    if runs.first().is_some_and(|&(seconds, ..)| seconds > MAX_SECONDS) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Returns an adversarial input as a pattern without units.
fn whole(input: Input, format: Format) -> Pattern {
    let Input { name, text } = input;
    let (unit, tail, layout) = (String::new(), String::new(), Layout::OneDocument);
    Pattern { name, head: text, unit, tail, layout, format }
}

/// Prints speed and memory of a document of 1, 10 and 100 MB.
fn document_sizes() {
    println!("{:>8} {:>8} {:>8} {:>8}", "1 MB", "10 MB", "100 MB", "memory");
    let mut peak = 0.0_f64;
    for size in [1, 10, 100] {
        let text = document(size * MB);
        let run = |_| measure(&text, |text| text.into());
        let runs: Vec<Run> = (0..RUNS).map(run).collect();
        peak = runs.iter().map(|run| run.memory).fold(peak, f64::max);
        print!("{:>8.1} ", speed(&text, fastest(&runs)));
    }
    println!("{peak:>8.1}  a document\n");
}

/// Returns a seed document with its measures repeated up to about `bytes`.
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

/// Reads each pair of texts, prints a row for it, and returns the names of those
/// that grow faster than linear.
fn compare(
    small: impl Iterator<Item = Input>,
    large: impl Iterator<Item = Input>,
    source: impl Fn(&str) -> Source + Copy,
) -> Vec<String> {
    let mut superlinear = Vec::new();
    for (small, large) in small.zip(large) {
        let texts = [&small.text, &large.text];
        let mut runs = [Vec::new(), Vec::new()];
        let mut growth = f64::INFINITY;
        for run in 0..RUNS + RETRIES {
            if run >= RUNS && growth <= MAX_GROWTH {
                break;
            }
            for (text, runs) in texts.iter().zip(&mut runs) {
                runs.push(measure(text, source));
            }
            let [small, large] = [0, 1].map(|at| speed(texts[at], fastest(&runs[at])));
            growth = small / large;
        }
        let [at_length, at_four_times] = [0, 1].map(|at| speed(texts[at], fastest(&runs[at])));
        let memory = runs.iter().flatten().map(|run| run.memory).fold(0.0, f64::max);
        println!(
            "{at_length:>8.1} {at_four_times:>8.1} {growth:>8.2} {memory:>8.1}  {:?}",
            small.name
        );
        if growth > MAX_GROWTH {
            superlinear.push(small.name);
        }
    }
    superlinear
}

/// One reading of a text.
struct Run {
    seconds: f64,
    /// Peak of allocated bytes per byte of text.
    memory: f64,
}

fn measure(text: &str, source: impl Fn(&str) -> Source) -> Run {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = Instant::now();
    let record = black_box(read(Lexicon::builtin(), "bench", source(text)));
    let seconds = start.elapsed().as_secs_f64();
    drop(record);
    Run { seconds, memory: (MEMORY.peak_usage() - before) as f64 / text.len() as f64 }
}

/// Returns the time of the fastest run, in seconds.
fn fastest(runs: &[Run]) -> f64 {
    runs.iter().map(|run| run.seconds).fold(f64::INFINITY, f64::min)
}

/// Returns the speed in MB/s.
fn speed(text: &str, seconds: f64) -> f64 {
    text.len() as f64 / 1e6 / seconds
}
