//! Reading a document compared with word segmentation alone.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jieba_rs::Jieba;
use policygraph::{Lexicon, read};
use policygraph_peers::{bytes, texts};

fn words(c: &mut Criterion) {
    let texts = texts();
    let (lexicon, jieba) = (Lexicon::builtin(), Jieba::new());
    let measures = |text: &String| read(lexicon, "bench", text.as_str()).measures.len();
    assert_eq!(texts.iter().map(measures).sum::<usize>(), 131);
    let cut = |text: &String, hmm| jieba.cut(text, hmm).len();
    assert!(texts.iter().map(|text| cut(text, true)).sum::<usize>() > 10_000);

    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes(&texts)));
    group.bench_function("policygraph read", |b| {
        b.iter(|| texts.iter().map(|text| measures(black_box(text))).sum::<usize>());
    });
    for (name, hmm) in [("jieba-rs cut, HMM", true), ("jieba-rs cut", false)] {
        group.bench_function(name, |b| {
            b.iter(|| texts.iter().map(|text| cut(black_box(text), hmm)).sum::<usize>());
        });
    }
    group.finish();
}

criterion_group!(benches, words);
criterion_main!(benches);
