//! What is like this measure? Asked of the seeds, of up to 100,000 measures
//! made of their sentences, and of a text that only repeats itself.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use policygraph::similar::{Index, Options};
use policygraph::{Corpus, Graph, Lexicon, Measure, Provision, Span, builtin};

/// Measures of one made-up document.
const PER_DOCUMENT: usize = 50;

/// Numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// A graph whose documents have these measures.
fn graph(measures: &[String]) -> Arc<Graph> {
    let model = builtin().at(builtin().documents().next().unwrap()).record();
    let records = measures.chunks(PER_DOCUMENT).enumerate().map(|(number, chunk)| {
        let mut record = model.clone();
        record.key = format!("made-{number:06}");
        record.text.clear();
        record.implements.clear();
        record.sections.clear();
        record.measures.clear();
        for (n, text) in (1..).zip(chunk) {
            let start = record.text.len();
            record.text.push_str(text);
            let span = Span::new(start, record.text.len());
            let provision = Provision::default();
            record.measures.push(Measure {
                n,
                section: None,
                title: None,
                span,
                clauses: Vec::new(),
                provision,
            });
        }
        record
    });
    records.collect::<Corpus>().graph(Lexicon::builtin())
}

/// Measures of five sentences of the seeds each, one character in forty
/// exchanged for another of theirs, so that the vocabulary grows as well.
fn made_up(count: usize) -> Vec<String> {
    let seeds: Vec<&str> =
        builtin().measures().map(|measure| builtin().at(measure).text()).collect();
    let sentences: Vec<&str> = seeds.iter().flat_map(|text| text.split_inclusive('。')).collect();
    let characters: Vec<char> = seeds.iter().flat_map(|text| text.chars()).collect();
    let mut dice = Dice(53);
    let mut measure = || {
        let picked: Vec<&str> = (0..5).map(|_| sentences[dice.below(sentences.len())]).collect();
        let exchange =
            |c| if dice.below(40) == 0 { characters[dice.below(characters.len())] } else { c };
        picked.into_iter().flat_map(str::chars).map(exchange).collect()
    };
    (0..count).map(|_| measure()).collect()
}

fn bytes(graph: &Graph) -> u64 {
    graph.measures().map(|measure| graph.at(measure).text().len() as u64).sum()
}

/// How fast are measures indexed?
fn build(c: &mut Criterion) {
    let mut group = c.benchmark_group("index");
    group.sample_size(10);
    // One measure of 1 MB, nothing but 药品.
    let nasty = vec!["药品".repeat(1 << 20 >> 3), "药品。".into()];
    let made = [
        ("10000", graph(&made_up(10_000))),
        ("100000", graph(&made_up(100_000))),
        ("nasty", graph(&nasty)),
    ];
    let seeds = [("seeds", builtin())];
    for (name, graph) in seeds.into_iter().chain(made.iter().map(|(name, graph)| (*name, &**graph)))
    {
        let measure = graph.measures().last().unwrap();
        let own = Index::new(graph)
            .text(graph.at(measure).text(), &Options { top: 1, ..Options::default() });
        assert_eq!(own[0].measure, measure);

        group.throughput(Throughput::Bytes(bytes(graph)));
        group.bench_function(name, |b| b.iter(|| Index::new(black_box(graph))));
    }
    group.finish();
}

/// What are the ten most similar measures, and why?
fn top(c: &mut Criterion) {
    let mut group = c.benchmark_group("top10");
    group.sample_size(20);
    for count in [1_000, 10_000, 100_000] {
        let graph = graph(&made_up(count));
        let index = Index::new(&graph);
        let measures: Vec<_> = graph.measures().step_by(count / 100).collect();
        for (name, explain) in [("ranked", false), ("explained", true)] {
            let options = Options { explain, ..Options::default() };
            assert_eq!(index.like(measures[0], &options).len(), 10);

            let mut next = measures.iter().cycle();
            group.bench_function(BenchmarkId::new(name, count), |b| {
                b.iter(|| index.like(*next.next().unwrap(), &options));
            });
        }
    }

    let graph = graph(&["药品".repeat(1 << 20 >> 3), "检验".repeat(1 << 20 >> 3)]);
    let index = Index::new(&graph);
    let question = "药品检验".repeat(1 << 20 >> 4);
    let options = Options::default();
    assert_eq!(index.text(&question, &options)[0].why.len(), 1);
    group.throughput(Throughput::Bytes(question.len() as u64));
    group.bench_function("nasty", |b| b.iter(|| index.text(&question, &options)));
    group.finish();
}

criterion_group!(benches, build, top);
criterion_main!(benches);
