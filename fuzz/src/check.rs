//! Invariants of records, graphs and indexes. Each function panics if one does not hold.

use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use policygraph::graph::Node;
use policygraph::reuse::{Fingerprints, PassageOptions, near_duplicates};
use policygraph::similar::{Index, SearchOptions, provision_text};
use policygraph::walk::Scope;
use policygraph::{Corpus, Date, Graph, Lexicon, Origin, Record, Source, Span, read};
use policygraph_testkit::invariants::check;
use serde_json::Value;
use std::hint::black_box;
use std::ops::Deref;

/// Maximum number of nodes whose surroundings are walked.
const MAX_STARTS: usize = 24;

/// Reads a source twice: the two records must be equal and hold all invariants of [`check`].
pub fn read_twice(source: &Source) -> Record {
    let once = read(Lexicon::builtin(), "input", source.clone());
    let again = read(Lexicon::builtin(), "input", source.clone());
    assert!(once == again, "reading is not deterministic");
    check(&once);
    json(&once);
    once
}

/// Checks the map from the text of a source to `file`.
pub fn source(source: &Source, file: &str) {
    let text = source.text.as_str();
    let place = |start: usize, end: usize| {
        source.origin.place(Span::new(start, end)).bytes().unwrap().slice(file)
    };
    for (at, c) in text.char_indices() {
        let place = place(at, at + c.len_utf8());
        let is_reference = place.starts_with('&');
        let same = c.is_whitespace() || is_reference || place.chars().eq([c]);
        let same = same || is_replaced(&source.origin, at);
        assert!(same, "{c:?} at {at} is not {place:?}");
    }
    // Spans of several characters, which may begin and end in different pieces.
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for (number, &start) in ends.iter().enumerate().step_by(1 + ends.len() / 64) {
        let further = [number, number + 2, number + 7, ends.len() - 1 - number / 2];
        for &end in further.iter().filter_map(|&end| ends.get(end)).filter(|&&end| end >= start) {
            place(start, end);
        }
    }
}

/// Returns true if the piece of text at `at` replaces another text of the file: 发布日期 for the name
/// of a meta element.
fn is_replaced(origin: &Origin, at: usize) -> bool {
    let next = origin.pieces.partition_point(|&(piece, _)| piece as usize <= at);
    let piece = next.checked_sub(1).and_then(|number| origin.pieces.get(number));
    let after = origin.pieces.get(next);
    piece
        .zip(after)
        .is_some_and(|(&(start, place), &(end, _))| end - start != place.end - place.start)
}

/// Checks that the JSON of a record is read as the same record, and that each surface in it is the
/// slice of its span.
pub fn json(record: &Record) {
    let json = serde_json::to_string(record).expect("a record has a JSON form");
    let again: Record = serde_json::from_str(&json).expect("written JSON is read");
    assert!(again == *record, "written JSON is read as another record");
    surfaces(&serde_json::from_str(&json).expect("written JSON is valid"), &record.text);
}

fn surfaces(value: &Value, text: &str) {
    if let Some([start, end]) = value.get("span").and_then(Value::as_array).map(Vec::as_slice) {
        let at = |end: &Value| end.as_u64().expect("an offset is a number") as usize;
        for surface in ["surface", "text"].into_iter().filter_map(|field| value.get(field)) {
            assert_eq!(surface, &text[at(start)..at(end)]);
        }
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| surfaces(item, text)),
        Value::Object(fields) => fields.values().for_each(|field| surfaces(field, text)),
        _ => {}
    }
}

/// Checks the graph of these records, and its similarity index.
pub fn graph_of(records: impl IntoIterator<Item = Record>) {
    let corpus_graph = records.into_iter().collect::<Corpus>().graph(Lexicon::builtin());
    graph(&corpus_graph);
    index(&Index::new(&*corpus_graph, Lexicon::builtin()));
}

/// Calls every method of a graph that follows an id, a span or a position in a table.
pub fn graph(graph: &Graph) {
    documents(graph);
    measures(graph);
    edges(graph);
    walks(graph);
    for note in graph.notes() {
        note.span.slice(&graph.at(note.document).record().text);
    }
    for policy in graph.policies().map(|id| graph.at(id)) {
        let find = graph.policy(policy.title()).map(|policy| policy.id());
        black_box((find, policy.adoptions().len(), policy.issued(), policy.kind()));
        policy.issuers().chain(policy.aliases()).for_each(|name| _ = black_box(name.len()));
    }
    assert!(graph.difference(graph).is_empty(), "a graph differs from itself");
    let again = Corpus::from(graph).graph(Lexicon::builtin());
    assert_eq!(again.documents().len(), graph.documents().len());
}

fn documents(graph: &Graph) {
    let day = Date::constant(2025, 6, 16);
    let validity = graph.as_of(day);
    for document in graph.documents().map(|id| graph.at(id)) {
        black_box((
            document.title(),
            document.number(),
            validity.reason(document.id()).to_string(),
        ));
        document.implements().for_each(|hop| _ = black_box((hop.quote(), hop.title())));
        document.responsible().for_each(|(.., evidence)| _ = black_box(graph.quote(evidence)));
        let found = graph.document(document.key()).expect("a key is found");
        assert_eq!(found.id(), document.id());
    }
}

fn measures(graph: &Graph) {
    for measure in graph.measures().map(|id| graph.at(id)) {
        black_box((measure.key().to_string(), measure.text(), measure.title()));
        measure.section().iter().for_each(|section| _ = black_box(section.title()));
        measure.responsible().for_each(|(agency, _, evidence)| {
            black_box((agency.name(), graph.quote(evidence)));
        });
        measure.targets().for_each(|target| _ = black_box(target.text()));
        measure.articles().for_each(|article| _ = black_box((article.heading(), article.proof())));
        let document = measure.document();
        provision_text(measure.record(), &document.record().text)
            .for_each(|piece| _ = black_box(piece));
    }
}

fn edges(graph: &Graph) {
    for edge in graph.edge_references() {
        if let Some(evidence) = graph.proof(edge.id()).evidence() {
            black_box(graph.quote(evidence));
        }
        black_box((graph.resolution(edge.id()), graph.role(edge.id())));
        let (source, target) = graph.endpoints(edge.id());
        assert_eq!((graph.node_id(source), graph.node_id(target)), (edge.source(), edge.target()));
    }
}

fn walks(graph: &Graph) {
    let nodes: Vec<Node> = nodes(graph);
    for &node in &nodes {
        let key = graph.key(node);
        assert_eq!(graph.node(&key), Some(node), "{key}");
        black_box(graph.label(node));
    }
    let starts = nodes.iter().step_by(1 + nodes.len() / MAX_STARTS);
    for &node in starts {
        graph.steps(node).for_each(|step| _ = black_box(graph.label(step.node)));
        black_box(graph.neighborhood(node, Scope::default().depth(2)));
        black_box(graph.path(node, nodes[0], Scope::default()));
        black_box(graph.paths(nodes[0], node, Scope::default().depth(3)).take(3).count());
    }
    for &node in nodes.iter().step_by(1 + nodes.len() / 2) {
        let label = graph.label(node);
        black_box((graph.find(&label), graph.nearest(&label, 2)));
    }
}

/// Returns all nodes, in the numbering that all kinds share.
fn nodes(graph: &Graph) -> Vec<Node> {
    use petgraph::visit::IntoNodeIdentifiers;
    graph.node_identifiers().map(|id| graph.node_at(id)).collect()
}

/// Calls the searches of an index, and checks the order and the range of scores.
pub fn index<G: Deref<Target = Graph>>(index: &Index<G>) {
    let options = SearchOptions::default();
    let graph = index.graph();
    let measures: Vec<_> = graph.measures().collect();
    for &measure in measures.iter().step_by(1 + measures.len() / 4) {
        let found = index.similar_to(measure, &options);
        assert!(found.is_sorted_by(|a, b| a.score >= b.score), "scores do not descend");
        for one in &found {
            assert!(one.score > 0.0 && one.score <= 1.0, "a score of {}", one.score);
            assert_eq!(index.score(measure, one.measure), index.score(one.measure, measure));
        }
        black_box((index.features(measure), index.explain(measure, measures[0])));
        black_box(index.search(graph.at(measure).text(), &options));
    }
    for policy in graph.policies() {
        black_box(index.coverage(policy));
    }
    let documents: Vec<_> = graph.documents().collect();
    if let [first, .., last] = documents[..] {
        black_box(index.align(first, last));
    }
    reuse(graph);
}

fn reuse(graph: &Graph) {
    let fingerprints = Fingerprints::new(graph);
    for document in graph.documents().take(4) {
        let text = |id| graph.at(graph.document_of(id)).record().text.as_str();
        for passage in fingerprints.of_document(document, &PassageOptions::default()) {
            passage.query_span.slice(text(passage.query));
            passage.match_span.slice(text(passage.measure));
        }
        black_box(fingerprints.shares(document, &PassageOptions::default()));
    }
    for pair in near_duplicates(graph, 0.5).take(100) {
        assert!(pair.a < pair.b && (0.5..=1.0).contains(&pair.resemblance), "{pair:?}");
    }
}

/// Checks that two indexes of equal graphs give the same results for every measure.
pub fn same_answers<G, H>(one: &Index<G>, other: &Index<H>)
where
    G: Deref<Target = Graph>,
    H: Deref<Target = Graph>,
{
    let options = SearchOptions::default();
    for measure in one.graph().measures() {
        assert_eq!(one.features(measure), other.features(measure));
        assert_eq!(one.similar_to(measure, &options), other.similar_to(measure, &options));
    }
}
