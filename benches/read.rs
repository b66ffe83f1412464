//! How fast is a document read? Asked of the seeds as they are and of the shapes
//! that texts arrive in; and how long the first question takes, from nothing.

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use policygraph::{Lexicon, Record, read, seeds};

/// Set for a child process that makes the built-in graph and says how many
/// nanoseconds that took.
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

/// How many bytes a second, one core: every seed as printed, its lines run
/// together by blanks, each sentence on a line of its own.
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

/// How fast does a record become JSON, and JSON a record?
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

/// How long does the first call of `builtin()` take? Each in a process of its
/// own, vocabularies included; the start of the process is not.
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
