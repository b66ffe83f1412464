//! Time, size and memory of each exported format, on a synthetic corpus of 50,000 measures.
//!
//! ```text
//! cargo bench --bench export --features csv,xlsx,rdf,graphml,sqlite,parquet,akn
//! cargo bench --bench export --features csv,xlsx,rdf,graphml,sqlite,parquet,akn -- 10000
//! ```
//!
//! Memory is the peak of allocated bytes above the graph, as a part of the graph's own memory: 0 is a
//! stream. SQLite's pages are allocated in C and not counted. Files are saved in the system's folder of
//! temporary files. One run, on one core.

use std::fs;
use std::path::Path;
use std::time::Instant;

use peak_alloc::PeakAlloc;
use policygraph::export::csv::CsvOptions;
use policygraph::export::graphml::GraphmlOptions;
use policygraph::export::rdf::{RdfFormat, RdfOptions};
use policygraph::export::{self, akn, csv, graphml, parquet, rdf, sqlite, xlsx};
use policygraph::{Corpus, Graph, Lexicon, read};
use policygraph_testkit::synthetic;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SEED: u64 = 53;
const DEFAULT: usize = 50_000;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let size = asked.unwrap_or(DEFAULT);
    let lexicon = Lexicon::builtin();
    let saved = saved_graph(size);
    let before = MEMORY.current_usage();
    let graph = &Graph::from_bytes(&saved).expect("it was saved");
    let of_graph = (MEMORY.current_usage() - before) as f64;
    drop(saved);
    assert!(graph.measures().len().abs_diff(size) < size / 50);

    let tables = export::tables(graph).with_lexicon(lexicon);
    let start = Instant::now();
    let rows: usize = tables.iter().map(|table| table.rows().count()).sum();
    println!("{:.0} MB of memory for the graph", of_graph / 1e6);
    println!("{rows} rows in {:.2} s, without writing\n", start.elapsed().as_secs_f64());
    println!("{:<10}{:>8}{:>8}{:>10}{:>8}", "", "s", "MB", "MB/s", "memory");

    let folder = tempfile::tempdir().expect("a folder of temporary files");
    let run = |name: &str, save: &dyn Fn(&Path) -> Result<(), policygraph::Error>| {
        let path = folder.path().join(name);
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let start = Instant::now();
        save(&path).expect("the disk has room");
        let seconds = start.elapsed().as_secs_f64();
        let memory = (MEMORY.peak_usage() - before) as f64 / of_graph;
        let size = bytes(&path) as f64 / 1e6;
        println!("{name:<10}{seconds:>8.2}{size:>8.1}{:>10.1}{memory:>8.2}", size / seconds);
    };
    let rdf = |format| {
        let tables = &tables;
        move |path: &Path| rdf::save(tables, format, &RdfOptions::default(), path)
    };
    run("csv", &|path| csv::save_folder(&tables, path, &CsvOptions::default()));
    run("neo4j", &|path| csv::save_neo4j(&tables, path));
    run("parquet", &|path| parquet::save_folder(&tables, path));
    run("sqlite", &|path| sqlite::save(&tables, path));
    run("graphml", &|path| graphml::save(&tables, &GraphmlOptions::default(), path));
    run("turtle", &rdf(RdfFormat::Turtle));
    run("jsonld", &rdf(RdfFormat::JsonLd));
    run("nquads", &rdf(RdfFormat::NQuads));
    run("xlsx", &|path| xlsx::save(graph, lexicon, path));
    run("akn", &|path| {
        fs::create_dir(path).expect("a folder of temporary files");
        let mut names = graph.documents().zip(0_u32..);
        names.try_for_each(|(id, name)| akn::save(graph.at(id), path.join(format!("{name}.xml"))))
    });
}

/// Returns the bytes of the saved graph of a synthetic corpus.
fn saved_graph(size: usize) -> Vec<u8> {
    let made = synthetic::documents(SEED, size);
    let records = made.map(|made| read(Lexicon::builtin(), &made.key, made.text));
    let graph = records.collect::<Corpus>().graph(Lexicon::builtin());
    let mut bytes = Vec::new();
    graph.write_to(&mut bytes).expect("memory is written to");
    bytes
}

/// Returns the size of a file, or of the files of a folder.
fn bytes(path: &Path) -> u64 {
    let metadata = fs::metadata(path).expect("it was saved");
    if metadata.is_file() {
        return metadata.len();
    }
    let files = fs::read_dir(path).expect("it was saved");
    files.map(|file| bytes(&file.expect("it was saved").path())).sum()
}
