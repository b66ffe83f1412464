//! `similar`: measures that resemble a measure or words, with the reasons.

use super::facts;
use crate::output::{Failure, Page, flat, print_lines};
use policygraph::Graph;
use policygraph::similar::{Index, Match, SearchOptions, Term};
use serde_json::json;

/// Number of reasons that are printed.
const REASONS: usize = 3;

pub fn run(
    index: &Index<&'static Graph>,
    query: &str,
    limit: usize,
    json: bool,
) -> Result<(), Failure> {
    let graph = index.graph();
    let options = SearchOptions::default().limit(limit).exclude_own_document(true);
    let measure = graph.measure(query);
    if measure.is_none() && query.contains('/') && query.is_ascii() {
        return Err(super::no_measure(graph, query));
    }
    let found = match measure {
        Some(measure) => index.similar_to(measure.id(), &options),
        None => index.search(query, &options),
    };
    if json {
        let line = |found: &Match| {
            let value = json!({
                "measure": graph.at(found.measure).key().to_string(),
                "score": found.score,
                "why": found.explanation.contributions,
            });
            format!("{value}\n")
        };
        return print_lines(&found.iter().map(line).collect::<String>());
    }
    let mut page = Page::new();
    match measure {
        Some(measure) => {
            page.heading(format_args!("{}  {}", measure.key(), facts::heading(measure)))
        }
        None => page.heading(query),
    };
    let mut rows = Vec::new();
    for Match { measure, score, explanation, .. } in found {
        let measure = graph.at(measure);
        rows.push(vec![measure.key().to_string(), format!("{score:.2}"), facts::heading(measure)]);
        for reason in explanation.contributions.iter().take(REASONS) {
            let words = flat(reason.term.text());
            let words = match reason.term {
                Term::Phrase { .. } => format!("「{words}」"),
                _ => format!("{}: {words}", reason.term.kind()),
            };
            rows.push(vec![String::new(), format!("+ {:.2}", reason.weight), words]);
        }
        for pair in &explanation.targets {
            let [query, matched] = [pair.query, pair.matched].map(|id| graph.at(id).record());
            let sign = if pair.agree { "=" } else { "≠" };
            let words = format!("{query} | {matched}");
            rows.push(vec![String::new(), sign.to_owned(), words]);
        }
    }
    if rows.is_empty() {
        page.line("Nothing similar was found.");
    } else {
        page.aligned_table(&[23, 8], &[1], rows);
        page.line("Scores are 0 to 1; + is the share of a reason, = and ≠ compare figures.");
    }
    page.print()
}
