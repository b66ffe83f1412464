//! Scan and build time of automata over the words of the lexicon. All find the same
//! leftmost-longest matches.

use std::hint::black_box;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use daachorse::{
    CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, DoubleArrayAhoCorasick,
    DoubleArrayAhoCorasickBuilder, MatchKind,
};
use policygraph_peers::{bytes, texts, words};

fn charwise(words: &[String]) -> CharwiseDoubleArrayAhoCorasick<u32> {
    let builder = CharwiseDoubleArrayAhoCorasickBuilder::new();
    builder.match_kind(MatchKind::LeftmostLongest).build(words).unwrap()
}

fn bytewise(words: &[String]) -> DoubleArrayAhoCorasick<u32> {
    let builder = DoubleArrayAhoCorasickBuilder::new();
    builder.match_kind(MatchKind::LeftmostLongest).build(words).unwrap()
}

fn automaton(words: &[String], kind: AhoCorasickKind) -> AhoCorasick {
    AhoCorasickBuilder::new()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .kind(Some(kind))
        .build(words)
        .unwrap()
}

fn scan(c: &mut Criterion) {
    let (words, texts) = (words(), texts());
    let charwise_made = charwise(&words);
    let bytewise_made = bytewise(&words);
    let nfa = automaton(&words, AhoCorasickKind::ContiguousNFA);
    let dfa = automaton(&words, AhoCorasickKind::DFA);
    let all: [(&str, &dyn Fn(&str) -> usize); 4] = [
        ("daachorse charwise", &|text| charwise_made.leftmost_find_iter(text).count()),
        ("daachorse bytewise", &|text| bytewise_made.leftmost_find_iter(text).count()),
        ("aho-corasick nfa", &|text| nfa.find_iter(text).count()),
        ("aho-corasick dfa", &|text| dfa.find_iter(text).count()),
    ];
    let found = |find: &dyn Fn(&str) -> usize| texts.iter().map(|text| find(text)).sum::<usize>();
    let expected = found(all[0].1);
    assert!(expected > 1_000);

    let mut group = c.benchmark_group("scan");
    group.throughput(Throughput::Bytes(bytes(&texts)));
    for (name, find) in all {
        assert_eq!(found(find), expected, "{name}");
        group.bench_function(name, |b| b.iter(|| found(black_box(find))));
    }
    group.finish();

    let mut group = c.benchmark_group("build");
    group.throughput(Throughput::Elements(words.len() as u64)).sample_size(10);
    group.bench_function("daachorse charwise", |b| b.iter(|| charwise(&words)));
    group.bench_function("daachorse bytewise", |b| b.iter(|| bytewise(&words)));
    group.bench_function("aho-corasick nfa", |b| {
        b.iter(|| automaton(&words, AhoCorasickKind::ContiguousNFA));
    });
    group.bench_function("aho-corasick dfa", |b| {
        b.iter(|| automaton(&words, AhoCorasickKind::DFA));
    });
    group.finish();
}

criterion_group!(benches, scan);
criterion_main!(benches);
