//! Prints passages that measures of different documents have in common:
//! `reuse [MEASURE | DOCUMENT | --near] [--json]`.
//!
//! The default is the longest passages of all seed documents. Both wordings are
//! printed, with the differences in 〔〕; `--json` writes one line per passage.
//! `--near` prints the pairs of measures with the most similar text as a whole.

mod terminal;

use policygraph::graph::MeasureId;
use policygraph::reuse::{Fingerprints, NearDuplicate, Passage, PassageOptions, near_duplicates};
use policygraph::{Graph, Span, builtin};
use serde_json::json;
use std::cmp::Ordering;
use std::process::ExitCode;
use terminal::{arguments, print_lines, print_page, refuse};

const USAGE: &str =
    "usage: reuse [MEASURE | DOCUMENT | --near] [--json], for example: reuse sx-2025/11";

/// Number of passages without a name.
const SHOWN: usize = 20;

/// Minimum resemblance of `--near`. Copies have 0.9 and more; the seed documents
/// contain none.
const NEAR: f32 = 0.2;

fn main() -> ExitCode {
    let (options, names): (Vec<String>, Vec<String>) =
        arguments().into_iter().partition(|argument| argument.starts_with('-'));
    let has = |option: &str| options.iter().any(|given| given == option);
    let (json, near) = (has("--json"), has("--near"));
    let known = options.len() == usize::from(json) + usize::from(near);
    if !known || names.len() + usize::from(near) > 1 {
        return refuse(USAGE);
    }
    let graph = builtin();
    if near {
        let mut pairs: Vec<NearDuplicate> = near_duplicates(graph, NEAR).collect();
        pairs.sort_by(|a, b| b.resemblance.total_cmp(&a.resemblance));
        let form = if json { near_line } else { near_paragraph };
        return print(&pairs.iter().map(|pair| form(graph, pair)).collect::<String>(), json);
    }
    let prints = Fingerprints::new(graph);
    let all = PassageOptions::default();
    let found = match names.first().map(|name| (graph.measure(name), graph.document(name), name)) {
        None => {
            // Each pair once, from the first of the two measures.
            let documents = graph.documents().flat_map(|id| prints.of_document(id, &all));
            let mut found: Vec<Passage> = documents.filter(|of| of.query < of.measure).collect();
            found.sort_by_key(|of| std::cmp::Reverse(of.chars));
            found.truncate(SHOWN);
            found
        }
        Some((Some(measure), ..)) => prints.of_measure(measure.id(), &all),
        Some((_, Some(document), _)) => prints.of_document(document.id(), &all),
        Some((.., name)) => {
            let keys: Vec<&str> = graph.documents().map(|id| graph.at(id).key()).collect();
            return refuse(format!(
                "{name} is neither a measure nor a document; documents are {}",
                keys.join(", ")
            ));
        }
    };
    let page: String = match json {
        true => found.iter().map(|passage| line(graph, passage)).collect(),
        false if found.is_empty() => "no passages in common with other documents\n".to_owned(),
        false => found.iter().map(|passage| paragraph(graph, passage)).collect(),
    };
    print(&page, json)
}

fn print(page: &str, json: bool) -> ExitCode {
    if json { print_lines(page) } else { print_page(page) }
}

fn text(graph: &Graph, measure: MeasureId) -> &str {
    &graph.at(graph.document_of(measure)).record().text
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

fn paragraph(graph: &Graph, passage: &Passage) -> String {
    let key = |id: MeasureId| graph.at(id).key().to_string();
    let dated = match passage.dated {
        Some(Ordering::Less) => "the other is earlier",
        Some(Ordering::Greater) => "the other is later",
        Some(Ordering::Equal) => "same date",
        None => "dates unknown",
    };
    let here = passage.changes.iter().map(|change| change.0);
    let there = passage.changes.iter().map(|change| change.1);
    format!(
        "{} characters, {:.0} % similar: {} and {}, {dated}\n  {}\n  {}\n\n",
        passage.chars,
        passage.similarity * 100.0,
        key(passage.query),
        key(passage.measure),
        marked(text(graph, passage.query), passage.query_span, here),
        marked(text(graph, passage.measure), passage.match_span, there),
    )
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
        "nearness": passage.similarity,
        "changes": changes,
        "there_is_dated": dated,
    });
    format!("{line}\n")
}

fn near_paragraph(graph: &Graph, pair: &NearDuplicate) -> String {
    let side = |id: MeasureId| {
        let measure = graph.at(id);
        let heading = measure
            .title()
            .map_or_else(|| measure.text().chars().take(24).collect(), str::to_owned);
        format!("{} {}", measure.key(), heading.replace(char::is_whitespace, ""))
    };
    format!("{:.2}  {}\n      {}\n\n", pair.resemblance, side(pair.a), side(pair.b))
}

fn near_line(graph: &Graph, pair: &NearDuplicate) -> String {
    format!("{}\n", json!(graph.keyed(pair)))
}
