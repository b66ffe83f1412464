//! Growth of memory and time of a graph with the corpus, on synthetic corpora of 10,000 and
//! 100,000 measures, and optionally 1,000,000:
//!
//! ```text
//! cargo bench --bench scale               # up to 100,000
//! cargo bench --bench scale -- 1000000    # up to a million: minutes, some GB
//! ```
//!
//! Each row is per measure, edge or node, and should stay constant; the last column is the
//! ratio of the largest corpus to the smallest. Memory is live memory as counted by the
//! allocator. Times are of one run, walks the fastest of a few.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use peak_alloc::PeakAlloc;
use petgraph::visit::{EdgeCount, NodeCount};
use policygraph::graph::{Id, Node};
use policygraph::walk::Scope;
use policygraph::{Corpus, Graph, Lexicon, read};
use policygraph_testkit::synthetic;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SEED: u64 = 53;
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const DEFAULT: usize = 100_000;

/// Number of runs of a walk; the fastest counts.
const RUNS: usize = 5;

/// The results for one corpus, by name and unit.
type Figures = Vec<(&'static str, f64)>;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let largest = asked.unwrap_or(DEFAULT);
    let sizes: Vec<usize> = SIZES.into_iter().filter(|&size| size <= largest).collect();
    Lexicon::builtin();
    let columns: Vec<Figures> = sizes.iter().map(|&size| measure(size)).collect();
    print(&sizes, &columns);
}

fn print(sizes: &[usize], columns: &[Figures]) {
    for size in sizes {
        print!("{size:>12}");
    }
    println!("       ratio  measures");
    let [Some(smallest), Some(largest)] = [columns.first(), columns.last()] else { return };
    for (row, (name, _)) in smallest.iter().enumerate() {
        for column in columns {
            print!("{:>12.2}", column[row].1);
        }
        println!("{:>12.2}  {name}", largest[row].1 / smallest[row].1);
    }
}

fn measure(size: usize) -> Figures {
    let mut figures = Vec::new();
    let corpus = reading(size, &mut figures);
    let graph = assembling(corpus, &mut figures);
    walking(&graph, &mut figures);
    figures
}

/// Reads texts into records, on one core. Generating the texts is not timed.
fn reading(size: usize, figures: &mut Figures) -> Corpus {
    progress(size, "measures: reading");
    let before = MEMORY.current_usage();
    let mut corpus = Corpus::new();
    let (mut measures, mut bytes, mut seconds) = (0, 0, 0.0);
    for made in synthetic::documents(SEED, size) {
        bytes += made.text.len();
        let start = Instant::now();
        let record = read(Lexicon::builtin(), &made.key, made.text);
        seconds += start.elapsed().as_secs_f64();
        measures += record.measures.len();
        corpus.insert(record);
    }
    assert!(measures.abs_diff(size) < size / 50, "{measures} measures, not {size}");
    let kept = MEMORY.current_usage() - before;
    let per = |whole: f64| whole / measures as f64;
    figures.push(("text, bytes a measure", per(bytes as f64)));
    figures.push(("records beside the text, bytes a measure", per((kept - bytes) as f64)));
    figures.push(("reading, µs a measure", per(seconds * 1e6)));
    figures.push(("reading, MB/s", bytes as f64 / 1e6 / seconds));
    corpus
}

/// Builds a graph of the records: a new one, and with one more document.
fn assembling(mut corpus: Corpus, figures: &mut Figures) -> Arc<Graph> {
    progress(corpus.len(), "documents: assembling");
    let key = corpus.iter().nth(corpus.len() / 2).expect("a document").key.clone();
    let last = corpus.remove(&key).expect("it is there");
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = Instant::now();
    let graph = corpus.graph(Lexicon::builtin());
    let anew = start.elapsed().as_secs_f64();
    let most = MEMORY.peak_usage() - before;
    let kept = MEMORY.current_usage() - before;

    let measures = graph.measures().len() as f64;
    let per = |whole: f64| whole / measures;
    figures.push(("nodes a measure", per(graph.node_count() as f64)));
    figures.push(("edges a measure", per(graph.edge_count() as f64)));
    figures.push(("assembling, µs a measure", per(anew * 1e6)));
    figures.push(("most while assembling, bytes a measure", per(most as f64)));

    drop(graph);
    let again = fastest(|| {
        corpus.remove(&key);
        corpus.graph(Lexicon::builtin());
        corpus.insert(last.clone());
        let start = Instant::now();
        let graph = corpus.graph(Lexicon::builtin());
        assert_eq!(graph.documents().len(), corpus.len());
        start.elapsed().as_secs_f64()
    });
    figures.push(("assembling again, one document more, ms", again * 1e3));
    figures.push(("times as fast as from nothing", anew / again));

    // A corpus made from a graph has no assembly state: the difference is that state.
    let graph = corpus.graph(Lexicon::builtin());
    let both = MEMORY.current_usage();
    drop(std::mem::replace(&mut corpus, Corpus::from(&*graph)));
    let forms = both - MEMORY.current_usage();
    figures.push(("graph, bytes a measure", per((kept - forms) as f64)));
    figures.push(("kept to assemble again, bytes a measure", per(forms as f64)));
    graph
}

/// Returns the least result of a few runs.
fn fastest(mut run: impl FnMut() -> f64) -> f64 {
    (0..RUNS).map(|_| run()).fold(f64::INFINITY, f64::min)
}

fn walking(graph: &Graph, figures: &mut Figures) {
    progress(graph.measures().len(), "measures: walking");
    let hop = || graph.measures().map(|measure| visit(graph.responsible(measure))).sum();
    figures.push(("typed hop, ns an edge", nanoseconds(hop)));

    // The duties of a hub grow with the corpus: a thousand measures are enough.
    let few: Vec<_> = graph.measures().step_by(graph.measures().len().div_ceil(1000)).collect();
    let two = || {
        let agencies = few.iter().flat_map(|&measure| graph.responsible(measure));
        agencies.map(|&agency| visit(graph.duties(agency))).sum()
    };
    figures.push(("two hops, ns an edge of the second", nanoseconds(two)));

    // Measures on vaccines, in documents that implement the policy, and their issuers.
    let product = graph.product("疫苗").expect("seeds name it").id();
    let policy = graph.policy("国办发〔2024〕53号").expect("seeds cite it").id();
    let three = || {
        let measures = graph.covered_by(product);
        let documents = measures.iter().map(|&measure| graph.document_of(measure));
        let carrying = documents.filter(|&document| graph.implements(document).contains(&policy));
        carrying.for_each(|document| _ = visit(graph.issued_by(document)));
        measures.len()
    };
    figures.push(("filtered three hops, ns a measure", nanoseconds(three)));

    // A graph without the table of open walks, which the first walk builds.
    let fresh = Corpus::from(graph).graph(Lexicon::builtin());
    let before = MEMORY.current_usage();
    let start = Instant::now();
    let edges = fresh.edge_count();
    let table = start.elapsed().as_secs_f64();
    let kept = MEMORY.current_usage() - before;
    let per = |whole: f64| whole / graph.measures().len() as f64;
    figures
        .push(("table of open walks, made at the first, ns an edge", table * 1e9 / edges as f64));
    figures.push(("table of open walks, bytes a measure", per(kept as f64)));
    drop(fresh);

    let start: Node = graph.documents().next().expect("documents").into();
    // Each edge is visited from both ends.
    let all = || {
        let reached = graph.neighborhood(start, Scope::default()).count();
        assert!(reached * 100 > graph.node_count() * 95, "{reached} nodes");
        2 * graph.edge_count()
    };
    figures.push(("breadth first over everything, ns an edge's end", nanoseconds(all)));
}

/// Visits each id; returns their number.
fn visit<I: Id>(ids: &[I]) -> usize {
    ids.iter().for_each(|id| _ = black_box(id));
    ids.len()
}

/// Returns the time per visited item. `walk` returns the number of visited items.
fn nanoseconds(walk: impl Fn() -> usize) -> f64 {
    fastest(|| {
        let start = Instant::now();
        let visited = walk();
        assert!(visited > 100, "{visited}");
        start.elapsed().as_secs_f64() * 1e9 / visited as f64
    })
}

/// Prints the progress on standard error.
fn progress(count: usize, work: &str) {
    eprintln!("{count} {work}");
}
