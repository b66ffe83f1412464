//! Triples of edges, and statements with their evidence.

use super::nodes::{READING, expression};
use super::sink::Sink;
use super::terms::*;
use crate::graph::{DocId, EdgeId, EdgeKind, Evidence, Graph, Node, Proof};
use crate::sha256::{hex, sha256};
use crate::text::Span;
use oxrdf::{NamedNode, NamedNodeRef, vocab::rdf};
use std::collections::BTreeSet;
use std::io;

/// Characters of the text before and after a quote.
const CONTEXT: usize = 16;

/// Hexadecimal digits of the name of a statement: 128 bits, so that no two are equal by chance.
const DIGITS: usize = 32;

/// Writes every edge, each followed by its statement; and the spans of the evidence.
pub(super) fn write(graph: &Graph, names: Names<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut spans = BTreeSet::new();
    let mut edges = Vec::new();
    graph.relations().relations(|kind, _, count| edges.push((kind, count)));
    let mut start = 0;
    for (kind, count) in edges {
        for edge in (start..start + count).map(EdgeId::from_index) {
            if let Some(evidence) = write_edge(graph, names, kind, edge, sink)? {
                spans.insert((evidence.document, evidence.span));
            }
        }
        start += count;
    }
    for (document, span) in spans {
        write_span(graph, names, document, span, sink)?;
    }
    Ok(())
}

/// Writes an edge, and its statement if a text states it or a method derived it. Returns the
/// evidence.
fn write_edge(
    graph: &Graph,
    names: Names<'_>,
    kind: EdgeKind,
    edge: EdgeId,
    sink: &mut Sink<'_>,
) -> io::Result<Option<Evidence>> {
    let (source, target) = graph.endpoints(edge);
    let (subject, object) = (names.node(graph, source), names.node(graph, target));
    let predicate = predicate_of(graph, kind, source);
    sink.more(subject.clone()).iri(predicate, &object)?;
    if let Some(of_role) = graph.role(edge) {
        sink.more(subject.clone()).iri(role(of_role), &object)?;
    }
    let proof = graph.proof(edge);
    if proof == Proof::Vocabulary {
        return Ok(None);
    }

    let digits = digest(graph, kind, edge, source, target);
    let name = names.named(&format!("statement:{digits}"));
    let mut statement = sink.subject(name.clone(), rdf::STATEMENT)?;
    statement.iri(rdf::SUBJECT, &subject)?;
    let predicate = graph.role(edge).map_or(predicate, role);
    statement.iri(rdf::PREDICATE, predicate)?;
    statement.iri(rdf::OBJECT, &object)?;
    if let Some(resolution) = graph.resolution(edge) {
        statement.string(NAMING, resolution.naming.name())?;
        statement.decimal(NAMING_SCORE, Some(resolution.score))?;
    }
    statement.iri(WAS_GENERATED_BY, &names.named(READING))?;
    let evidence = match proof {
        Proof::Text(evidence) => evidence,
        Proof::Derived { method, score } => {
            statement.string(METHOD, method.name())?;
            statement.decimal(SCORE, Some(score))?;
            return Ok(None);
        }
        Proof::Vocabulary => return Ok(None),
    };
    statement.string(RULE, evidence.rule.name())?;
    let span = names.named(&span_key(graph, evidence.document, evidence.span));
    statement.iri(WAS_DERIVED_FROM, &span)?;
    let mut annotation = sink.subject(names.named(&format!("annotation:{digits}")), ANNOTATION)?;
    annotation.iri(HAS_BODY, &name)?;
    annotation.iri(HAS_TARGET, &span)?;
    Ok(Some(evidence))
}

/// Returns the predicate of an edge. The agencies of a report did not pass it: it reports their act.
fn predicate_of(graph: &Graph, kind: EdgeKind, source: Node) -> NamedNodeRef<'static> {
    match (kind, source) {
        (EdgeKind::IssuedBy, Node::Document(id)) if graph.at(id).genre().is_report() => {
            REPORTS_ACT_OF
        }
        _ => predicate(kind),
    }
}

/// Returns the name of a statement: a checksum of what it says, so that it is the same in every
/// graph that has the edge.
fn digest(graph: &Graph, kind: EdgeKind, edge: EdgeId, source: Node, target: Node) -> String {
    let role = graph.role(edge).map_or("", |role| role.name());
    let keys = [graph.key(source), graph.key(target)].map(|key| key.to_string());
    let text = format!("{}\0{}\0{}\0{role}", kind.name(), keys[0], keys[1]);
    let mut digits = hex(&sha256(text.as_bytes()));
    digits.truncate(DIGITS);
    digits
}

fn span_key(graph: &Graph, document: DocId, span: Span) -> String {
    format!("span:{}/{}-{}", graph.at(document).key(), span.start, span.end)
}

/// Writes the words of a span and its place in the text of its document.
fn write_span(
    graph: &Graph,
    names: Names<'_>,
    document: DocId,
    span: Span,
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    let key = span_key(graph, document, span);
    let [quote, position]: [NamedNode; 2] =
        ["quote", "position"].map(|part| names.part(&key, part));
    let mut resource = sink.subject(names.named(&key), SPECIFIC_RESOURCE)?;
    resource.iri(HAS_SOURCE, &expression(names, graph.at(document)))?;
    resource.iri(HAS_SELECTOR, &quote)?;
    resource.iri(HAS_SELECTOR, &position)?;

    let text = &*graph.at(document).record().text;
    let (start, end) = (span.start as usize, span.end as usize);
    // Empty only for a record that was made by hand.
    let (before, exact, after) = match (text.get(..start), text.get(start..end), text.get(end..)) {
        (Some(before), Some(exact), Some(after)) => (before, exact, after),
        _ => ("", "", ""),
    };
    let mut selector = sink.subject(quote, QUOTE_SELECTOR)?;
    selector.chinese(EXACT, exact)?;
    selector.chinese(PREFIX, last_chars(before))?;
    selector.chinese(SUFFIX, first_chars(after))?;
    let mut selector = sink.subject(position, DATA_SELECTOR)?;
    selector.integer(START, span.start)?;
    selector.integer(END, span.end)
}

fn last_chars(text: &str) -> &str {
    let start = text.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    &text[start..]
}

fn first_chars(text: &str) -> &str {
    let end = text.char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| at);
    &text[..end]
}
