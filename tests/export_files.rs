//! Writes every format into the folder `EXPORT_DIR`, where `.ci/readers.py` opens them.

use policygraph::export::csv::CsvOptions;
use policygraph::export::graphml::GraphmlOptions;
use policygraph::export::rdf::{RdfFormat, RdfOptions};
use policygraph::export::{self, akn, csv, dot, graphml, parquet, rdf, sqlite, xlsx};
use policygraph::walk::Scope;
use policygraph::{Corpus, Lexicon, builtin, read};
use policygraph_testkit::synthetic;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

#[test]
#[ignore = "writes files for other programs"]
fn every_format_is_saved() {
    let folder = PathBuf::from(std::env::var_os("EXPORT_DIR").expect("EXPORT_DIR names a folder"));
    fs::create_dir_all(folder.join("akn")).unwrap();
    let (graph, lexicon) = (builtin(), Lexicon::builtin());
    let tables = export::tables(graph).with_lexicon(lexicon);
    csv::save_folder(&tables, folder.join("csv"), &CsvOptions::default()).unwrap();
    csv::save_folder(&tables, folder.join("excel"), &CsvOptions { excel: true }).unwrap();
    csv::save_neo4j(&tables, folder.join("neo4j")).unwrap();
    xlsx::save(graph, lexicon, folder.join("policies.xlsx")).unwrap();
    sqlite::save(&tables, folder.join("policies.sqlite")).unwrap();
    parquet::save_folder(&tables, folder.join("parquet")).unwrap();
    graphml::save(&tables, &GraphmlOptions::default(), folder.join("policies.graphml")).unwrap();
    for format in [RdfFormat::Turtle, RdfFormat::NQuads, RdfFormat::JsonLd] {
        let path = folder.join(format!("policies.{}", format.extension()));
        rdf::save(&tables, format, &RdfOptions::default(), path).unwrap();
    }
    for document in graph.documents().map(|id| graph.at(id)) {
        akn::save(document, folder.join(format!("akn/{}.xml", document.key()))).unwrap();
    }
    akn_of_synthetic_documents(&folder.join("akn-synthetic"));
    let measure = graph.measure("sx-2025/8").unwrap();
    let out = File::create(folder.join("measure.dot")).unwrap();
    dot::write(graph, measure.node(), Scope::default().depth(1), out).unwrap();
}

/// Saves documents of other forms than the embedded ones, each also cut in the middle.
fn akn_of_synthetic_documents(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let mut corpus = Corpus::new();
    for made in synthetic::documents(7, 600) {
        let middle = made.text.len() / 2;
        let half = (middle..).find(|&at| made.text.is_char_boundary(at)).unwrap();
        let cut = made.text[half..].to_owned();
        corpus.insert(read(Lexicon::builtin(), &format!("{}-cut", made.key), cut));
        corpus.insert(read(Lexicon::builtin(), &made.key, made.text));
    }
    let graph = corpus.graph(Lexicon::builtin());
    for (name, document) in graph.documents().map(|id| graph.at(id)).enumerate() {
        akn::save(document, folder.join(format!("{name}.xml"))).unwrap();
    }
}
