//! Every format holds documents with any characters, and other libraries read them back.

use oxttl::{NQuadsParser, TurtleParser};
use policygraph::export::csv::{CsvOptions, write_table};
use policygraph::export::graphml::GraphmlOptions;
use policygraph::export::rdf::{RdfFormat, RdfOptions};
use policygraph::export::{self, Value, akn, dot, graphml, parquet, rdf, sqlite, xlsx};
use policygraph::walk::Scope;
use policygraph::{Corpus, Graph, Lexicon, read};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;

/// Returns the graph of a document that has `odd` wherever a name or a text can be.
fn graph(key: &str, odd: &str) -> Arc<Graph> {
    let text = format!(
        "关于{odd}的若干措施\n{odd}\n一、{odd}\n(一){odd}。落实《{odd}办法》,2026年底前{odd},\
         时限由58个工作日压缩为30个工作日,建设“{odd}平台”。(省药监局、{odd}局负责)\n{odd}\n\
         (二){odd}\n某某省药品监督管理局\n2025年6月4日"
    );
    let mut corpus = Corpus::new();
    corpus.insert(read(Lexicon::builtin(), key, text));
    corpus.graph(Lexicon::builtin())
}

fn bytes(write: impl FnOnce(&mut Vec<u8>) -> Result<(), policygraph::Error>) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    out
}

fn text(write: impl FnOnce(&mut Vec<u8>) -> Result<(), policygraph::Error>) -> String {
    String::from_utf8(bytes(write)).unwrap()
}

fn check_csv(graph: &Graph) {
    for table in export::tables(graph).iter() {
        let lines = bytes(|out| write_table(&table, out, &CsvOptions::default()));
        let mut reader = csv::Reader::from_reader(&*lines);
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(records.len(), rows.len());
        for (record, row) in records.iter().zip(rows) {
            for (field, value) in record.iter().zip(row) {
                if let Value::Text(text) = value {
                    assert_eq!(field, text);
                }
            }
        }
    }
}

fn check_sqlite(graph: &Graph) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("any.sqlite");
    sqlite::save(&export::tables(graph), &path).unwrap();
    let database = rusqlite::Connection::open(path).unwrap();
    let (text,): (String,) =
        database.query_row("SELECT text FROM texts", [], |row| Ok((row.get(0)?,))).unwrap();
    assert_eq!(text, graph.at(graph.documents().next().unwrap()).record().text);
}

fn check_parquet(graph: &Graph) {
    for table in export::tables(graph).iter() {
        let rows: usize = parquet::record_batches(&table).map(|batch| batch.num_rows()).sum();
        assert_eq!(rows, table.rows().count());
        bytes(|out| parquet::write_table(&table, out));
    }
}

fn check_rdf(graph: &Graph) {
    let tables = export::tables(graph);
    let of = |format| text(|out| rdf::write(&tables, format, &RdfOptions::default(), out));
    let quads: BTreeSet<String> = NQuadsParser::new()
        .for_slice(&of(RdfFormat::NQuads))
        .map(|quad| quad.unwrap().to_string())
        .collect();
    let triples: BTreeSet<String> = TurtleParser::new()
        .for_slice(&of(RdfFormat::Turtle))
        .map(|triple| triple.unwrap().to_string())
        .collect();
    assert_eq!(quads, triples);
}

fn check_xml(graph: &Graph) {
    let xml =
        text(|out| graphml::write(&export::tables(graph), &GraphmlOptions { texts: true }, out));
    roxmltree::Document::parse(&xml).unwrap();
    let document = graph.at(graph.documents().next().unwrap());
    let xml = text(|out| akn::write(document, out));
    let parsed = roxmltree::Document::parse(&xml).unwrap();
    // Characters that XML cannot have are replaced; white space around lines is left out.
    let kept = |text: &str| -> String {
        let is_kept = |c: &char| !c.is_whitespace() && !c.is_control() && *c < '\u{FFFD}';
        text.chars().filter(is_kept).collect()
    };
    let words = parsed.descendants().filter(roxmltree::Node::is_text);
    let words: String = words.map(|node| node.text().unwrap()).collect();
    assert_eq!(kept(&words), kept(&document.record().text));
}

fn check_workbook(graph: &Graph) {
    let workbook = bytes(|out| xlsx::write(graph, Lexicon::builtin(), out));
    let mut workbook: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let sheets = calamine::Reader::worksheets(&mut workbook);
    assert_eq!(sheets.len(), 8);
}

fn check(graph: &Graph) {
    check_csv(graph);
    check_sqlite(graph);
    check_parquet(graph);
    check_rdf(graph);
    check_xml(graph);
    check_workbook(graph);
    let document = graph.documents().next().unwrap();
    text(|out| dot::write(graph, document, Scope::default().depth(2), out));
}

#[test]
fn characters_with_a_meaning_in_a_format_stay_in_every_format() {
    let odds = [
        "\"",
        "''",
        "<b>&amp;",
        "]]>",
        "=1+1",
        "@a;b",
        "\\n\\",
        "\u{0}\u{1}\u{b}",
        "\r\n",
        "\u{fffe}",
        "#%?/ ",
        "🏥\u{202e}",
        "_x0041_",
    ];
    for odd in odds {
        check(&graph(odd, odd));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_in_every_format(
        key in "\\PC{1,8}|.{1,8}",
        odd in "([一-十a-z]|[\"'<>&=;,|#%]|[\u{0}-\u{9f}]|\\PC|.){0,30}",
    ) {
        check(&graph(&key, &odd));
    }
}
