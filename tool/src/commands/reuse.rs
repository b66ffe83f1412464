//! `reuse`: passages that measures of different documents have in common.

use super::facts;
use crate::output::{Failure, Page, print_lines};
use policygraph::graph::MeasureId;
use policygraph::reuse::{Fingerprints, NearDuplicate, Passage, PassageOptions, near_duplicates};
use policygraph::{Graph, Span};
use serde_json::json;
use std::cmp::Ordering;

pub fn run(graph: &Graph, name: Option<&str>, limit: usize, json: bool) -> Result<(), Failure> {
    let prints = Fingerprints::new(graph);
    let options = PassageOptions::default();
    let mut found = match name {
        None => {
            // Each pair once, from the first of the two measures.
            let documents = graph.documents().flat_map(|id| prints.of_document(id, &options));
            let mut found: Vec<Passage> = documents.filter(|of| of.query < of.measure).collect();
            found.sort_by_key(|of| std::cmp::Reverse(of.chars));
            found
        }
        Some(name) => match graph.measure(name) {
            Some(measure) => prints.of_measure(measure.id(), &options),
            None if name.contains('/') && graph.document(name).is_none() => {
                return Err(super::no_measure(graph, name));
            }
            None => prints.of_document(super::document(graph, name)?.id(), &options),
        },
    };
    let all = found.len();
    found.truncate(limit);
    if json {
        return print_lines(&found.iter().map(|passage| line(graph, passage)).collect::<String>());
    }
    let mut page = Page::new();
    page.heading(format_args!("{} of {all} passages in common (雷同)", found.len()));
    for passage in &found {
        paragraph(&mut page, graph, passage);
    }
    page.print()
}

/// Prints the pairs of measures with at least this resemblance.
pub fn near(graph: &Graph, threshold: f32, limit: usize, json: bool) -> Result<(), Failure> {
    let mut pairs: Vec<NearDuplicate> = near_duplicates(graph, threshold).collect();
    pairs.sort_by(|a, b| b.resemblance.total_cmp(&a.resemblance));
    pairs.truncate(limit);
    if json {
        // Written as it is: a `Value` has 64 bits, and would print digits that the figure has not.
        let line = |pair: &NearDuplicate| {
            serde_json::to_string(&graph.keyed(pair)).map(|line| line + "\n")
        };
        return print_lines(&pairs.iter().map(line).collect::<Result<String, _>>()?);
    }
    let mut page = Page::new();
    page.heading("Pairs of measures with similar text");
    let side = |id: MeasureId| format!("{} {}", graph.at(id).key(), facts::heading(graph.at(id)));
    let rows = pairs
        .iter()
        .map(|pair| vec![format!("{:.2}", pair.resemblance), side(pair.a), side(pair.b)]);
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        page.line("No two measures are near.");
    } else {
        page.table(&[6], rows);
    }
    page.print()
}

fn text(graph: &Graph, measure: MeasureId) -> &str {
    &graph.at(measure).document().record().text
}

/// Returns a wording with the differences in brackets.
fn marked(text: &str, whole: Span, changes: impl Iterator<Item = Span>) -> String {
    let mut marked = String::new();
    let mut at = whole.start;
    for change in changes {
        marked += Span { start: at, end: change.start }.slice(text);
        marked += &format!("〔{}〕", change.slice(text));
        at = change.end;
    }
    marked += Span { start: at, end: whole.end }.slice(text);
    marked.replace(char::is_whitespace, "")
}

fn paragraph(page: &mut Page, graph: &Graph, passage: &Passage) {
    let dated = match passage.dated {
        Some(Ordering::Less) => "the other is earlier",
        Some(Ordering::Greater) => "the other is later",
        Some(Ordering::Equal) => "same date",
        None => "dates unknown",
    };
    let [query, measure] = [passage.query, passage.measure].map(|id| graph.at(id).key());
    page.line(format_args!(
        "{} characters, {:.0} % similar: {query} and {measure}, {dated}",
        passage.chars,
        passage.similarity * 100.0,
    ));
    let here = passage.changes.iter().map(|change| change.0);
    let there = passage.changes.iter().map(|change| change.1);
    page.line(format_args!("  {}", marked(text(graph, passage.query), passage.query_span, here)));
    page.line(format_args!(
        "  {}\n",
        marked(text(graph, passage.measure), passage.match_span, there)
    ));
}

fn line(graph: &Graph, passage: &Passage) -> String {
    let side = |id: MeasureId, span: Span| {
        json!({
            "measure": graph.at(id).key().to_string(),
            "span": [span.start, span.end],
            "text": span.slice(text(graph, id)),
        })
    };
    let dated = passage.dated.map(|order| match order {
        Ordering::Less => "earlier",
        Ordering::Equal => "same day",
        Ordering::Greater => "later",
    });
    let changes: Vec<[&str; 2]> = passage
        .changes
        .iter()
        .map(|&(here, there)| {
            [here.slice(text(graph, passage.query)), there.slice(text(graph, passage.measure))]
        })
        .collect();
    let line = json!({
        "here": side(passage.query, passage.query_span),
        "there": side(passage.measure, passage.match_span),
        "characters": passage.chars,
        "similarity": passage.similarity,
        "changes": changes,
        "there_is_dated": dated,
    });
    format!("{line}\n")
}
