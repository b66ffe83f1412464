//! Prints the longest passages that a document has in common with others: `reuse [DOCUMENT]`.
//!
//! The program `policygraph reuse` prints both wordings, and passages of all documents.

mod terminal;

use policygraph::builtin;
use policygraph::reuse::{Fingerprints, PassageOptions};
use std::process::ExitCode;
use terminal::{arguments, print_page, refuse};

const DEFAULT: &str = "sx-2025";

/// Number of passages.
const SHOWN: usize = 10;

fn main() -> ExitCode {
    let arguments = arguments();
    let name = match &arguments[..] {
        [] => DEFAULT,
        [name] if !name.starts_with('-') => name,
        _ => return refuse("usage: reuse [DOCUMENT]"),
    };
    let graph = builtin();
    let Some(document) = graph.document(name) else {
        let keys: Vec<&str> = graph.documents().map(|id| graph.at(id).key()).collect();
        return refuse(format!("{name} is not a document; documents are {}", keys.join(", ")));
    };
    let prints = Fingerprints::new(graph);
    let mut found = prints.of_document(document.id(), &PassageOptions::default());
    found.sort_by_key(|passage| std::cmp::Reverse(passage.chars));
    let mut page = String::new();
    for passage in found.iter().take(SHOWN) {
        let [here, there] = [passage.query, passage.measure].map(|id| graph.at(id).key());
        let words = passage.query_span.slice(&document.record().text).replace('\n', "");
        let similar = passage.similarity * 100.0;
        page += &format!("{here} and {there}, {similar:.0} % similar\n  {words}\n");
    }
    print_page(&page)
}
