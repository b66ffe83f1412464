//! Linked data is read back as the same graph, and every term is declared.

use oxjsonld::JsonLdParser;
use oxrdf::{NamedOrBlankNode, Quad, Term, Triple};
use oxttl::{NQuadsParser, TurtleParser};
use policygraph::export::rdf::{RdfFormat, RdfOptions, write};
use policygraph::export::{self, TableKind};
use policygraph::graph::EdgeKind;
use policygraph::{Corpus, Genre, InstrumentKind, Lexicon, builtin, seeds};
use std::collections::{BTreeSet, HashSet};

const VOCAB: &str = include_str!("../data/vocab.ttl");
const SPACE: &str = "urn:policygraph:vocab#";

fn written(graph: &policygraph::Graph, format: RdfFormat) -> String {
    let tables = export::tables(graph).with_lexicon(Lexicon::builtin());
    let options =
        RdfOptions { as_of: Some("2026-01-01".parse().unwrap()), ..RdfOptions::default() };
    let mut out = Vec::new();
    write(&tables, format, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn turtle(text: &str) -> Vec<Triple> {
    TurtleParser::new().for_slice(text).map(|triple| triple.unwrap()).collect()
}

fn nquads(graph: &policygraph::Graph) -> BTreeSet<String> {
    let text = written(graph, RdfFormat::NQuads);
    let quads = NQuadsParser::new().for_slice(&text).map(|quad| quad.unwrap().to_string());
    quads.collect()
}

#[test]
fn turtle_and_json_are_read_as_the_graph_of_the_quads() {
    let quads = nquads(builtin());
    assert!(quads.len() > 10_000, "{}", quads.len());
    let from_turtle = turtle(&written(builtin(), RdfFormat::Turtle));
    let from_turtle: BTreeSet<String> =
        from_turtle.iter().map(|triple| triple.to_string()).collect();
    assert!(from_turtle == quads);
    let json = written(builtin(), RdfFormat::JsonLd);
    let from_json =
        JsonLdParser::new().for_slice(&json).map(|quad: Result<Quad, _>| quad.unwrap().to_string());
    assert!(from_json.collect::<BTreeSet<_>>() == quads);
}

#[test]
fn equal_graphs_give_equal_bytes() {
    let reversed = seeds().into_iter().rev().collect::<Corpus>().graph(Lexicon::builtin());
    for format in [RdfFormat::Turtle, RdfFormat::NQuads, RdfFormat::JsonLd] {
        assert!(written(builtin(), format) == written(&reversed, format), "{format:?}");
    }
}

#[test]
fn quads_are_canonical() {
    let text = written(builtin(), RdfFormat::NQuads);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "sorted, without repeats");
    assert!(!text.contains("_:"), "no blank node");
}

#[test]
fn every_edge_is_a_triple_and_every_stated_edge_a_statement() {
    let graph = builtin();
    let triples = turtle(&written(graph, RdfFormat::Turtle));
    let of = |predicate: &str| {
        let with = triples.iter().filter(|triple| triple.predicate.as_str().ends_with(predicate));
        with.collect::<HashSet<_>>().len()
    };
    let census = graph.census();
    let edges = |kind| census.edges.iter().find(|(of, _)| *of == kind).unwrap().1;
    assert_eq!(of("ontology#applies"), edges(EdgeKind::Implements));
    assert_eq!(of("vocab#commitsTo"), edges(EdgeKind::CommitsTo));
    assert_eq!(of("core#broader"), edges(EdgeKind::Broader));
    let mut stated = 0;
    for table in
        export::tables(graph).iter().filter(|table| matches!(table.kind(), TableKind::Edges(_)))
    {
        let proof = table.columns().iter().position(|column| column.name == "proof").unwrap();
        stated += table.rows().filter(|row| row[proof].as_text() != Some("vocabulary")).count();
    }
    assert_eq!(of("rdf-syntax-ns#subject"), stated);
}

#[test]
fn every_own_term_is_declared_and_used() {
    let declared: HashSet<String> = turtle(VOCAB)
        .into_iter()
        .filter_map(|triple| match triple.subject {
            NamedOrBlankNode::NamedNode(name) => Some(name.into_string()),
            NamedOrBlankNode::BlankNode(_) => None,
        })
        .filter(|name| name.starts_with(SPACE))
        .collect();
    let mut used = HashSet::new();
    for triple in turtle(&written(builtin(), RdfFormat::Turtle)) {
        used.insert(triple.predicate.into_string());
        if let Term::NamedNode(object) = triple.object {
            used.insert(object.into_string());
        }
    }
    for term in used.iter().filter(|term| term.starts_with(SPACE)) {
        assert!(declared.contains(term), "{term} is not in data/vocab.ttl");
    }
    for name in Genre::ALL
        .iter()
        .map(|genre| genre.name())
        .chain(InstrumentKind::ALL.iter().map(|kind| kind.name()))
    {
        assert!(declared.contains(&format!("{SPACE}type-{name}")), "{name}");
    }
    let code = include_str!("../src/export/rdf/terms.rs");
    for term in declared.iter().filter(|term| !term.contains("#type")) {
        let name = term.strip_prefix(SPACE).unwrap();
        assert!(code.contains(&format!("\"{name}\"")), "{name} is declared and not used");
    }
}

#[test]
fn a_quote_selector_has_the_words_at_the_positions() {
    let triples = turtle(&written(builtin(), RdfFormat::Turtle));
    let object = |subject: &str, predicate: &str| {
        let found = triples.iter().find(|triple| {
            triple.subject.to_string() == subject && triple.predicate.as_str().ends_with(predicate)
        });
        match &found.unwrap().object {
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        }
    };
    let annotated = triples.iter().find(|triple| {
        triple.subject.to_string().contains("annotation:")
            && triple.predicate.as_str().ends_with("hasTarget")
    });
    let span = annotated.unwrap().object.to_string();
    let part = |part: &str| span.replace('>', &format!("#{part}>"));
    let text = object(&object(&span, "hasSource"), "vocab#text");
    let [start, end]: [usize; 2] =
        ["oa#start", "oa#end"].map(|edge| object(&part("position"), edge).parse().unwrap());
    assert_eq!(&text[start..end], object(&part("quote"), "oa#exact"));
    assert!(text[..start].ends_with(&object(&part("quote"), "oa#prefix")));
}
