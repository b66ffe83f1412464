//! Pairs the measures of two documents that correspond: `align [LEFT RIGHT]`.
//!
//! The program `policygraph align` prints the same side by side, with what is in one document only.

mod terminal;

use policygraph::similar::Index;
use policygraph::{Lexicon, builtin};
use std::process::ExitCode;
use terminal::{arguments, print_page, refuse};

/// The two built-in documents with the most measures that implement 国办发〔2024〕53号.
const DEFAULT: [&str; 2] = ["sx-2025", "nm-2025-18"];

fn main() -> ExitCode {
    let arguments = arguments();
    let names: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [left, right] = match names[..] {
        [] => DEFAULT,
        [left, right] => [left, right],
        _ => return refuse("usage: align [LEFT RIGHT]"),
    };
    let graph = builtin();
    let (Some(left), Some(right)) = (graph.document(left), graph.document(right)) else {
        let keys: Vec<&str> = graph.documents().map(|id| graph.at(id).key()).collect();
        return refuse(format!("documents are {}", keys.join(", ")));
    };
    let alignment = Index::new(graph, Lexicon::builtin()).align(left.id(), right.id());
    let mut page = String::new();
    for pair in &alignment.pairs {
        // = for two measures that are each other's best counterpart.
        let sign = if pair.mutual { '=' } else { '~' };
        let [left, right] = [pair.left, pair.right].map(|id| graph.at(id));
        page += &format!("{:.2} {sign} {left} | {right}\n", pair.score);
    }
    print_page(&page)
}
