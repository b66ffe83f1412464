//! How fast are hops, walks, paths and assembling, at 10,000 measures?
//!
//! The corpus is synthetic and always the same: 500 documents of 20 measures,
//! a few products that nearly everything names, and many agencies with few
//! duties. Hubs are the nasty input: a path may or may not go through products.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use petgraph::visit::{Bfs, EdgeCount, NodeCount};
use policygraph::graph::{EdgeKind, NodeKind};
use policygraph::walk::Scope;
use policygraph::{
    Citation, Corpus, Dates, Duty, Found, Genre, Graph, InstrumentKind, Lexicon, Measure, Origin,
    Provision, Record, Role, Rule, Span,
};
use std::hint::black_box;

const MEASURES: usize = 20;
const TEXT: &str = "加快临床急需药品医疗器械审批上市。(省药监局负责)";

/// A small generator with a fixed seed: SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    /// Small numbers are the likeliest: as products and agencies are.
    fn skewed(&mut self, bound: usize) -> usize {
        let widest = self.below(bound) + 1;
        self.below(widest)
    }
}

fn found(value: String) -> Found<String> {
    Found { value, span: Span::new(0, TEXT.len()), rule: Rule::Lexicon }
}

fn citation(title: String) -> Citation {
    let span = Span::new(0, TEXT.len());
    Citation { title, number: None, kind: InstrumentKind::Policy, span, rule: Rule::BookTitle }
}

fn measure(random: &mut Random, n: u32, agencies: usize) -> Measure {
    let span = Span::new(0, TEXT.len());
    let responsible = (0..1 + random.below(4))
        .map(|_| Duty {
            agency: format!("机关{}", random.skewed(agencies)),
            role: Role::Joint,
            span,
        })
        .collect();
    let products =
        (0..1 + random.below(4)).map(|_| found(format!("产品{}", random.skewed(60)))).collect();
    let cites =
        (0..random.below(2)).map(|_| citation(format!("办法{}", random.skewed(2_000)))).collect();
    Measure {
        n,
        section: None,
        title: Some(found(TEXT.to_owned())),
        span,
        clauses: Vec::new(),
        provision: Provision { responsible, products, cites, ..Provision::default() },
    }
}

fn record(random: &mut Random, index: usize, measures: usize, documents: usize) -> Record {
    let measures = (1..=measures as u32).map(|n| measure(random, n, documents)).collect();
    Record {
        key: format!("doc-{index:07}"),
        text: TEXT.to_owned(),
        origin: Origin::default(),
        title: None,
        number: None,
        genre: Genre::Measures,
        issuers: vec![found(format!("机关{}", random.below(documents)))],
        addressees: Vec::new(),
        region: Vec::new(),
        dates: Dates::default(),
        implements: vec![citation(format!("意见{}", random.skewed(20)))],
        repeals: Vec::new(),
        sections: Vec::new(),
        subsections: Vec::new(),
        measures,
        body: None,
        notes: Vec::new(),
    }
}

fn corpus(measures: usize) -> Corpus {
    let documents = measures / MEASURES;
    let mut random = Random(53);
    (0..documents).map(|index| record(&mut random, index, MEASURES, documents)).collect()
}

fn graph(measures: usize) -> Graph {
    corpus(measures).graph(Lexicon::builtin())
}

fn hops(c: &mut Criterion) {
    let graph = graph(10_000);
    assert_eq!(graph.measures().len(), 10_000);
    let edges: usize = graph.measures().map(|measure| graph.responsible(measure).len()).sum();
    assert!((15_000..25_000).contains(&edges), "{edges}");

    let mut group = c.benchmark_group("hop");
    group.throughput(Throughput::Elements(edges as u64));
    group.bench_function("responsible agencies of every measure", |b| {
        b.iter(|| {
            let agencies = graph.measures().flat_map(|measure| graph.responsible(measure));
            agencies.for_each(|agency| _ = black_box(agency));
        });
    });

    let colleagues = || {
        let agencies = graph.measures().flat_map(|measure| graph.responsible(measure));
        agencies.map(|&agency| graph.duties(agency).len()).sum::<usize>()
    };
    let two: usize = graph.agencies().map(|agency| graph.duties(agency).len().pow(2)).sum();
    assert_eq!(colleagues(), two);
    group.throughput(Throughput::Elements(two as u64));
    group.bench_function("measures that share an agency with every measure", |b| {
        b.iter(|| {
            let agencies = graph.measures().flat_map(|measure| graph.responsible(measure));
            let measures = agencies.flat_map(|&agency| graph.duties(agency));
            measures.for_each(|measure| _ = black_box(measure));
        });
    });
    group.finish();
}

fn breadth_first(c: &mut Criterion) {
    let graph = graph(10_000);
    let start = graph.document("doc-0000000").unwrap().node();
    let scope = Scope::default();
    let all = graph.around(start, scope).count();
    assert!(all > 10_500, "{all}");

    let mut group = c.benchmark_group("breadth first");
    group.throughput(Throughput::Elements(graph.edge_count() as u64 * 2));
    group.bench_function("around, both directions", |b| {
        b.iter(|| graph.around(start, scope).count())
    });

    let id = graph.node_id(start);
    let below = graph.around(start, scope.along()).count();
    let bfs = || {
        let mut bfs = Bfs::new(&graph, id);
        std::iter::from_fn(|| bfs.next(&graph)).count()
    };
    assert_eq!(bfs(), below);
    group.throughput(Throughput::Elements(below as u64));
    group.bench_function("petgraph's Bfs, along edges", |b| b.iter(bfs));

    let near = scope.nodes([NodeKind::Measure, NodeKind::Agency]).edges([EdgeKind::Responsible]);
    let measure = graph.measure("doc-0000000/1").unwrap().node();
    let found = graph.around(measure, near.depth(2)).count();
    assert!((2..10_000).contains(&found), "{found}");
    group.throughput(Throughput::Elements(found as u64));
    group.bench_function("filtered by kind, depth 2", |b| {
        b.iter(|| graph.around(measure, near.depth(2)).count());
    });
    group.finish();
}

fn shortest_path(c: &mut Criterion) {
    let graph = graph(10_000);
    let [from, to] =
        ["doc-0000000/1", "doc-0000499/20"].map(|key| graph.measure(key).unwrap().node());
    let kinds = NodeKind::ALL.iter().copied().filter(|&kind| kind != NodeKind::Product);
    let scopes = [
        ("through anything", Scope::default()),
        ("not through products", Scope::default().nodes(kinds)),
    ];
    let mut group = c.benchmark_group("shortest path");
    for (name, scope) in scopes {
        let path = graph.path(from, to, scope).unwrap();
        assert!((2..=6).contains(&path.steps.len()), "{path:?}");
        assert_eq!(
            graph.around(from, scope).find(|visit| visit.node == to).unwrap().depth as usize,
            path.steps.len(),
        );
        group.bench_function(name, |b| b.iter(|| graph.path(from, to, scope)));
    }
    group.finish();
}

fn assemble(c: &mut Criterion) {
    let mut group = c.benchmark_group("assemble");
    group.sample_size(20);
    for measures in [1_000, 10_000, 100_000] {
        let corpus = corpus(measures);
        let graph = corpus.graph(Lexicon::builtin());
        assert_eq!(graph.measures().len(), measures);
        assert!(graph.node_count() > measures);
        group.throughput(Throughput::Elements(measures as u64));
        group.bench_with_input(BenchmarkId::from_parameter(measures), &corpus, |b, corpus| {
            b.iter(|| corpus.graph(Lexicon::builtin()));
        });
    }
    group.finish();
}

criterion_group!(benches, hops, breadth_first, shortest_path, assemble);
criterion_main!(benches);
