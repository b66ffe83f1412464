//! Speed of reading the seed documents, as printed and in other line layouts; of
//! writing and reading JSON; and the time of the first call of `builtin()`.

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use policygraph::{Lexicon, Record, read, seeds};

/// Environment variable of a child process that makes the built-in graph and prints
/// the time in nanoseconds.
const COLD: &str = "POLICYGRAPH_BENCH_COLD";

fn texts(shape: impl Fn(&str) -> String) -> Vec<String> {
    seeds().iter().map(|seed| shape(&seed.text)).collect()
}

fn bytes(texts: &[String]) -> u64 {
    texts.iter().map(|text| text.len() as u64).sum()
}

fn measures(texts: &[String]) -> usize {
    texts.iter().map(|text| record(text).measures.len()).sum()
}

fn record(text: &str) -> Record {
    read(Lexicon::builtin(), "bench", text)
}

/// Reads each seed document on one core: as printed, with lines joined by spaces, and
/// with a line per sentence. Bytes per second.
fn shapes(c: &mut Criterion) {
    let printed = texts(str::to_owned);
    assert_eq!(measures(&printed), 131);
    let flattened = texts(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let lined = texts(|text| text.replace('。', "。\n"));
    assert!(measures(&flattened) > 100 && measures(&lined) > 100);

    let mut group = c.benchmark_group("read");
    for (name, texts) in [("seeds", printed), ("flattened", flattened), ("lined", lined)] {
        group.throughput(Throughput::Bytes(bytes(&texts)));
        group.bench_function(name, |b| {
            b.iter(|| {
                texts.iter().map(|text| record(black_box(text)).measures.len()).sum::<usize>()
            });
        });
    }
    group.finish();
}

/// Writes records as JSON and reads them. Bytes of JSON per second.
fn json(c: &mut Criterion) {
    let records = seeds();
    let lines: Vec<String> =
        records.iter().map(|record| serde_json::to_string(record).unwrap()).collect();
    let back: Vec<Record> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(back, records);

    let mut group = c.benchmark_group("json");
    group.throughput(Throughput::Bytes(bytes(&lines)));
    group.bench_function("write", |b| {
        b.iter(|| {
            records.iter().map(|record| serde_json::to_vec(record).unwrap().len()).sum::<usize>()
        });
    });
    group.bench_function("read", |b| {
        b.iter(|| lines.iter().filter(|line| serde_json::from_str::<Record>(line).is_ok()).count());
    });
    group.finish();
}

/// Time of the first call of `builtin()`, each in a new process. Includes the
/// vocabularies, not the start of the process.
fn cold(c: &mut Criterion) {
    let child = || -> Duration {
        let this = std::env::current_exe().unwrap();
        let output = Command::new(this).env(COLD, "1").output().unwrap();
        Duration::from_nanos(String::from_utf8(output.stdout).unwrap().trim().parse().unwrap())
    };
    let mut group = c.benchmark_group("cold");
    group.sample_size(20);
    group.bench_function("builtin", |b| {
        b.iter_custom(|times| (0..times).map(|_| child()).sum());
    });
    group.finish();
}

criterion_group!(benches, shapes, json, cold);

fn main() {
    if std::env::var_os(COLD).is_some() {
        let start = Instant::now();
        assert_eq!(black_box(policygraph::builtin()).measures().len(), 131);
        println!("{}", start.elapsed().as_nanos());
        return;
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
