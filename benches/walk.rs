//! Speed of hops, searches, paths and assembling at 10,000 measures, beside the same
//! questions on petgraph's own graphs.
//!
//! The corpus is made of the seeds' material and always the same. Hubs are the
//! adversarial input: a few products that nearly all measures name, one policy that
//! most documents carry out.
//!
//! The peer has the same nodes and edges: a `DiGraph` whose weights are enums, with
//! filters on the edges of a node, and for plain breadth-first search the compact
//! `Csr`. Its answers are compared with ours before both are timed; then the ratio
//! of the speeds is printed.

use std::cell::Cell;
use std::collections::VecDeque;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{
    BatchSize, Bencher, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main,
};
use petgraph::algo::page_rank;
use petgraph::csr::Csr;
use petgraph::graph::NodeIndex;
use petgraph::visit::{
    Bfs, EdgeRef, GraphRef, IntoEdgeReferences, IntoNeighbors, NodeCount, VisitMap, Visitable,
};
use policygraph::graph::{Direction, EdgeKind, Id, Node, NodeKind};
use policygraph::walk::{Scope, Visit};
use policygraph::{Corpus, Graph, Lexicon};
use policygraph_testkit::synthetic;

const SEED: u64 = 53;

fn graph(measures: usize) -> Arc<Graph> {
    synthetic::records(SEED, measures).into_iter().collect::<Corpus>().graph(Lexicon::builtin())
}

/// The same graph without kinds, and without parallel edges.
fn csr(graph: &Graph, both_ways: bool) -> Csr<(), ()> {
    let ends = graph
        .edge_references()
        .map(|edge| (edge.source.index() as u32, edge.target.index() as u32));
    let mut edges: Vec<_> = ends.collect();
    if both_ways {
        edges.extend(edges.clone().into_iter().map(|(source, target)| (target, source)));
    }
    edges.sort_unstable();
    edges.dedup();
    Csr::from_sorted_edges(&edges).expect("sorted")
}

fn index(id: impl Id) -> NodeIndex {
    NodeIndex::new(id.index())
}

/// Times two ways to one answer, by the number of elements.
fn race(c: &mut Criterion, question: &str, elements: usize, ours: impl Fn(), peers: impl Fn()) {
    let mut group = c.benchmark_group(question);
    group.throughput(Throughput::Elements(elements as u64));
    let fastest = [Cell::new(f64::INFINITY), Cell::new(f64::INFINITY)];
    group.bench_function("policygraph", |b| time(b, &fastest[0], &ours));
    group.bench_function("petgraph", |b| time(b, &fastest[1], &peers));
    group.finish();
    let ratio = fastest[1].get() / fastest[0].get();
    if ratio.is_finite() {
        println!("{question}: {ratio:.1} × petgraph\n");
    }
}

fn time(b: &mut Bencher, fastest: &Cell<f64>, walk: impl Fn()) {
    b.iter_custom(|times| -> Duration {
        let start = Instant::now();
        (0..times).for_each(|_| walk());
        let elapsed = start.elapsed();
        fastest.set(fastest.get().min(elapsed.as_secs_f64() / times as f64));
        elapsed
    });
}

/// A walk, with the function from its items to node indices.
type Query<I, E> = (I, E);

/// Checks that two walks reach the same nodes in any order, then times both. The sum
/// of the node indices is timed, so that each node is read.
fn compare<I: Iterator, J: Iterator>(
    c: &mut Criterion,
    question: &str,
    (ours, number): Query<impl Fn() -> I, impl Fn(I::Item) -> usize>,
    place: impl Fn(I::Item) -> usize,
    (peers, peers_number): Query<impl Fn() -> J, impl Fn(J::Item) -> usize>,
) {
    let mut answer: Vec<usize> = ours().map(number).collect();
    let mut peers_answer: Vec<usize> = peers().map(&peers_number).collect();
    answer.sort_unstable();
    peers_answer.sort_unstable();
    assert!(answer.len() > 100, "{question}: {}", answer.len());
    assert_eq!(answer, peers_answer, "{question}");

    let ours = || _ = black_box(ours().map(&place).fold(0, usize::wrapping_add));
    let peers = || _ = black_box(peers().map(&peers_number).fold(0, usize::wrapping_add));
    race(c, question, answer.len(), ours, peers);
}

fn hops(c: &mut Criterion) {
    let graph = &*graph(10_000);
    let peer = &graph.to_petgraph();
    let number = |node: Node| graph.node_id(node).index();
    let responsible = |&kind: &EdgeKind| kind == EdgeKind::Responsible;
    let measures = &graph.measures().collect::<Vec<_>>();
    let nodes = &measures.iter().map(|&id| index(graph.node_id(id))).collect::<Vec<_>>();

    let agencies = || graph.walk(measures.iter().copied()).responsible();
    let peers_agencies = || {
        let edges = nodes.iter().flat_map(|&measure| peer.edges(measure));
        edges.filter(|edge| responsible(edge.weight())).map(|edge| edge.target())
    };
    compare(
        c,
        "hop: responsible agencies of every measure",
        (|| agencies().ids(), |agency| number(agency.into())),
        Id::index,
        (peers_agencies, NodeIndex::index),
    );

    let peers_colleagues = || {
        let edges = peers_agencies()
            .flat_map(|agency| peer.edges_directed(agency, Direction::Incoming))
            .filter(|edge| responsible(edge.weight()));
        // A document without measures can name a responsible agency too.
        edges.map(|edge| edge.source()).filter(|&node| peer[node].kind() == NodeKind::Measure)
    };
    compare(
        c,
        "two hops: measures that share an agency with every measure",
        (|| agencies().duties().ids(), |measure| number(measure.into())),
        Id::index,
        (peers_colleagues, NodeIndex::index),
    );

    // Issuers of measures on vaccines, in documents that implement one policy.
    let product = graph.product("疫苗").unwrap().id();
    let policy = graph.policy("国办发〔2024〕53号").unwrap().id();
    let issuers = || {
        let measures = graph.walk([product]).covered_by();
        let documents = measures.document();
        documents.filter(|document| graph.implements(document.id()).contains(&policy)).issuers()
    };
    let into = |node, kind| {
        let edges = peer.edges_directed(node, Direction::Incoming);
        edges.filter(move |edge| *edge.weight() == kind).map(|edge| edge.source())
    };
    let [peers_product, peers_policy] =
        [Node::from(product), policy.into()].map(|node| index(graph.node_id(node)));
    let peers_issuers = || {
        into(peers_product, EdgeKind::Covers)
            .filter(|&node| peer[node].kind() == NodeKind::Measure)
            .flat_map(|measure| into(measure, EdgeKind::Contains))
            .filter(|&node| peer[node].kind() == NodeKind::Document)
            .filter(|&document| {
                let mut edges = peer.edges_connecting(document, peers_policy);
                edges.any(|edge| *edge.weight() == EdgeKind::Implements)
            })
            .flat_map(|document| peer.edges(document))
            .filter(|edge| *edge.weight() == EdgeKind::IssuedBy)
            .map(|edge| edge.target())
    };
    compare(
        c,
        "three hops: issuers of measures on vaccines under one policy",
        (|| issuers().ids(), |agency| number(agency.into())),
        Id::index,
        (peers_issuers, NodeIndex::index),
    );
}

/// petgraph's breadth-first search from several starts.
fn search<G>(graph: G, starts: Vec<G::NodeId>) -> impl Iterator<Item = G::NodeId>
where
    G: GraphRef + Visitable + IntoNeighbors,
{
    let mut bfs = Bfs { stack: VecDeque::new(), discovered: graph.visit_map() };
    for start in starts {
        bfs.discovered.visit(start);
        bfs.stack.push_back(start);
    }
    std::iter::from_fn(move || bfs.next(graph))
}

fn breadth_first(c: &mut Criterion) {
    let graph = &*graph(10_000);
    let first: Node = graph.documents().next().unwrap().into();
    let peer = &csr(graph, true);
    let peers_first = graph.node_id(first).index() as u32;
    compare(
        c,
        "breadth first over everything, both ways",
        (
            || graph.neighborhood(first, Scope::default()),
            |visit: Visit| graph.node_id(visit.node).index(),
        ),
        |visit| visit.depth as usize,
        (|| search(peer, vec![peers_first]), |node| node as usize),
    );

    let documents: Vec<_> = graph.documents().map(|id| graph.node_id(id)).collect();
    let peer = &csr(graph, false);
    let peers_documents: Vec<u32> = documents.iter().map(|id| id.index() as u32).collect();
    compare(
        c,
        "petgraph's Bfs along edges, from all documents",
        (|| search(graph, documents.clone()), Id::index),
        Id::index,
        (|| search(peer, peers_documents.clone()), |node| node as usize),
    );

    let scope = Scope::default();
    let near = scope.nodes([NodeKind::Measure, NodeKind::Agency]).edges([EdgeKind::Responsible]);
    let agency = graph.agencies().max_by_key(|&agency| graph.duties(agency).len()).unwrap();
    let found = graph.neighborhood(agency, near.depth(2)).count();
    assert!((100..10_000).contains(&found), "{found}");
    let mut group = c.benchmark_group("around");
    group.throughput(Throughput::Elements(found as u64));
    group.bench_function("filtered by kind, depth 2", |b| {
        b.iter(|| graph.neighborhood(agency, near.depth(2)).count());
    });
    group.finish();
}

/// On the built-in documents: petgraph's algorithm is quadratic in the nodes.
fn rank(c: &mut Criterion) {
    let graph = policygraph::builtin();
    let peer = &graph.to_petgraph();
    let ranks = page_rank(graph, 0.85_f64, 3);
    assert_eq!(ranks, page_rank(peer, 0.85_f64, 3));
    race(
        c,
        "page rank of the seeds",
        ranks.len(),
        || _ = black_box(page_rank(graph, 0.85_f64, 3)),
        || _ = black_box(page_rank(peer, 0.85_f64, 3)),
    );
}

fn shortest_path(c: &mut Criterion) {
    let graph = graph(10_000);
    let measures = graph.measures();
    let [from, to]: [Node; 2] =
        [measures.clone().next(), measures.last()].map(|m| m.unwrap().into());
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
            graph.neighborhood(from, scope).find(|visit| visit.node == to).unwrap().depth as usize,
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
        let graph = graph(measures);
        assert!(graph.measures().len().abs_diff(measures) < measures / 20);
        assert!(graph.node_count() > measures);
        group.throughput(Throughput::Elements(graph.measures().len() as u64));
        group.bench_function(BenchmarkId::from_parameter(measures), |b| {
            let assemble = |mut corpus: Corpus| corpus.graph(Lexicon::builtin());
            b.iter_batched(|| Corpus::from(&*graph), assemble, BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, hops, breadth_first, rank, shortest_path, assemble);
criterion_main!(benches);
