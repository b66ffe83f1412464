//! `asof`: the documents and their status on a day.

use crate::output::{Failure, Page, print_lines};
use policygraph::{Date, Graph};
use serde_json::json;

pub fn run(graph: &Graph, day: Date, json: bool) -> Result<(), Failure> {
    let on = graph.as_of(day);
    let documents = graph.documents().map(|id| graph.at(id));
    if json {
        let line = |document: policygraph::graph::DocumentRef| {
            let value = json!({
                "document": document.key(),
                "number": document.number(),
                "title": document.title(),
                "status": on.status(document.id()).name(),
                "reason": on.reason(document.id()).to_string(),
            });
            format!("{value}\n")
        };
        return print_lines(&documents.map(line).collect::<String>());
    }
    let mut page = Page::new();
    page.heading(format_args!("Status on {day} (时效)"));
    let rows = documents.map(|document| {
        let id = document.id();
        let title = document.title().unwrap_or("–").to_owned();
        let status = format!("{:#}", on.status(id));
        vec![document.key().to_owned(), status, on.reason(id).to_string(), title]
    });
    let rows: Vec<_> = rows.collect();
    page.table(&[22, 20, 30], rows);
    page.print()
}
