//! GraphML is read by another library with the values that were written.

use policygraph::export;
use policygraph::export::graphml::{GraphmlOptions, write};
use policygraph::{Corpus, Lexicon, builtin, read};
use roxmltree::{Document, Node};
use std::collections::{HashMap, HashSet};

fn written(graph: &policygraph::Graph) -> String {
    let mut out = Vec::new();
    write(&export::tables(graph), &GraphmlOptions { texts: true }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Returns the attributes of a node or an edge, by name.
fn data<'x>(of: Node<'x, 'x>, names: &HashMap<&str, &'x str>) -> HashMap<&'x str, &'x str> {
    let children = of
        .children()
        .filter(|child| child.has_tag_name(("http://graphml.graphdrawing.org/xmlns", "data")));
    children
        .map(|child| (names[child.attribute("key").unwrap()], child.text().unwrap_or("")))
        .collect()
}

#[test]
fn every_node_and_edge_is_read_back_with_its_attributes() {
    let graph = builtin();
    let xml = written(graph);
    let document = Document::parse(&xml).unwrap();
    let elements = |name: &'static str| {
        document
            .descendants()
            .filter(move |node| node.tag_name().name() == name)
            .collect::<Vec<_>>()
    };
    let names: HashMap<&str, &str> = elements("key")
        .into_iter()
        .map(|key| (key.attribute("id").unwrap(), key.attribute("attr.name").unwrap()))
        .collect();
    let mut keys = HashMap::new();
    for node in elements("node") {
        let attributes = data(node, &names);
        keys.insert(node.attribute("id").unwrap(), attributes["key"]);
        let at = graph.node(&attributes["key"].parse().unwrap()).unwrap();
        assert_eq!(attributes["label"], graph.label(at));
        assert_eq!(attributes["kind"], at.kind().name());
    }
    let census = graph.census();
    assert_eq!(keys.len(), census.nodes.iter().map(|(_, count)| count).sum::<usize>());

    let edges = elements("edge");
    assert_eq!(edges.len(), census.edges.iter().map(|(_, count)| count).sum::<usize>());
    let mut rows: HashMap<(String, String, String), usize> = HashMap::new();
    for edge in edges {
        let attributes = data(edge, &names);
        let [source, target] =
            ["source", "target"].map(|end| keys[edge.attribute(end).unwrap()].to_owned());
        *rows.entry((attributes["kind"].to_owned(), source, target)).or_default() += 1;
    }
    for table in export::tables(graph).iter() {
        if let export::TableKind::Edges(kind) = table.kind() {
            for row in table.rows() {
                let key = (kind.name().to_owned(), row[0].to_string(), row[1].to_string());
                assert!(rows.contains_key(&key), "{key:?}");
            }
        }
    }
}

#[test]
fn values_are_of_the_declared_types() {
    let xml = written(builtin());
    let document = Document::parse(&xml).unwrap();
    let keys = document.descendants().filter(|node| node.tag_name().name() == "key");
    let types: HashMap<_, _> = keys
        .map(|key| (key.attribute("id").unwrap(), key.attribute("attr.type").unwrap()))
        .collect();
    let mut seen = HashSet::new();
    for value in document.descendants().filter(|node| node.tag_name().name() == "data") {
        let (kind, text) = (types[value.attribute("key").unwrap()], value.text().unwrap_or(""));
        match kind {
            "long" => assert!(text.parse::<i64>().is_ok(), "{text}"),
            "double" => assert!(text.parse::<f64>().is_ok(), "{text}"),
            "boolean" => assert!(text.parse::<bool>().is_ok(), "{text}"),
            other => assert_eq!(other, "string"),
        }
        seen.insert(kind);
    }
    assert_eq!(seen.len(), 4);
}

#[test]
fn a_name_of_an_attribute_has_one_type_in_all_tables() {
    let mut kinds = HashMap::new();
    for table in export::tables(builtin()).iter() {
        let is_edge = match table.kind() {
            export::TableKind::Nodes(_) => false,
            export::TableKind::Edges(_) => true,
            _ => continue,
        };
        for column in table.columns() {
            let kind = *kinds.entry((is_edge, column.name)).or_insert(column.kind);
            assert_eq!(kind, column.kind, "{}.{}", table.name(), column.name);
        }
    }
}

#[test]
fn characters_that_xml_cannot_have_do_not_break_the_file() {
    let mut corpus = Corpus::new();
    corpus.insert(read(Lexicon::builtin(), "a<b&\u{1}\"", "一、加强\u{c}监管<&>。"));
    let xml = written(&corpus.graph(Lexicon::builtin()));
    let document = Document::parse(&xml).unwrap();
    let has = |text: &str| {
        document.descendants().any(|node| node.is_text() && node.text().unwrap().contains(text))
    };
    assert!(has("document:a<b&\u{fffd}\"") && has("监管<&>"));
}
