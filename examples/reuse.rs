//! Passages that stand in several measures: `reuse [MEASURE | DOCUMENT] [--json]`.
//!
//! Without a name, the longest ones of all seed documents. Below each other stand
//! the two wordings, with what differs in 〔〕; `--json` writes a line a passage.

use policygraph::graph::MeasureId;
use policygraph::reuse::{Fingerprints, Options, Passage};
use policygraph::{Graph, Span, builtin};
use serde_json::json;
use std::cmp::Ordering;
use std::io::{self, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: reuse [MEASURE | DOCUMENT] [--json], for example: reuse sx-2025/11";

/// Passages that are shown if nothing is asked for.
const SHOWN: usize = 20;

fn main() -> ExitCode {
    let (options, names): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with('-'));
    if names.len() > 1 || options.iter().any(|option| option != "--json") {
        return refuse(USAGE);
    }
    let graph = builtin();
    let prints = Fingerprints::new(graph);
    let all = Options::default();
    let found = match names.first().map(|name| (graph.measure(name), graph.document(name), name)) {
        None => {
            // Each pair once, as seen from the first of the two.
            let documents = graph.documents().flat_map(|id| prints.of_document(id, &all));
            let mut found: Vec<Passage> = documents.filter(|of| of.asked < of.measure).collect();
            found.sort_by_key(|of| std::cmp::Reverse(of.characters));
            found.truncate(SHOWN);
            found
        }
        Some((Some(measure), ..)) => prints.of_measure(measure.id(), &all),
        Some((_, Some(document), _)) => prints.of_document(document.id(), &all),
        Some((.., name)) => {
            let keys: Vec<&str> = graph.documents().map(|id| graph.at(id).key()).collect();
            return refuse(&format!(
                "{name} is no measure and no document; documents are {}",
                keys.join(", ")
            ));
        }
    };
    let page: String = match options.is_empty() {
        true if found.is_empty() => "no passage of it was found in other documents\n".to_owned(),
        true => found.iter().map(|passage| paragraph(graph, passage)).collect(),
        false => found.iter().map(|passage| line(graph, passage)).collect(),
    };
    match io::stdout().write_all(page.as_bytes()) {
        // `reuse | head` has read what it wanted.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => refuse(&error.to_string()),
        _ => ExitCode::SUCCESS,
    }
}

fn refuse(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn text(graph: &Graph, measure: MeasureId) -> &str {
    &graph.at(graph.document_of(measure)).record().text
}

/// A wording with what differs in brackets.
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
        Some(Ordering::Less) => "which is dated earlier",
        Some(Ordering::Greater) => "which is dated later",
        Some(Ordering::Equal) => "of the same day",
        None => "dates unknown",
    };
    let here = passage.changes.iter().map(|change| change.0);
    let there = passage.changes.iter().map(|change| change.1);
    format!(
        "{} characters, {:.0} % alike: {} and {}, {dated}\n  {}\n  {}\n\n",
        passage.characters,
        passage.nearness * 100.0,
        key(passage.asked),
        key(passage.measure),
        marked(text(graph, passage.asked), passage.here, here),
        marked(text(graph, passage.measure), passage.there, there),
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
            [here.slice(text(graph, passage.asked)), there.slice(text(graph, passage.measure))]
        })
        .collect();
    let line = json!({
        "here": side(passage.asked, passage.here),
        "there": side(passage.measure, passage.there),
        "characters": passage.characters,
        "nearness": passage.nearness,
        "changes": changes,
        "there_is_dated": dated,
    });
    format!("{line}\n")
}
