//! Aligns the measures of two documents: `align [LEFT RIGHT] [--json]`.
//!
//! The default is the two seed documents with the most measures that implement
//! 国办发〔2024〕53号. `--json` writes one line per pair, then one line with the
//! measures without a counterpart.

mod terminal;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};
use policygraph::graph::{DocId, MeasureId};
use policygraph::similar::{Alignment, Index};
use policygraph::{Graph, Lexicon, builtin};
use serde_json::json;
use std::process::ExitCode;
use terminal::{arguments, print_lines, print_page, refuse};

const DEFAULT: [&str; 2] = ["sx-2025", "nm-2025-18"];

fn main() -> ExitCode {
    let (options, names): (Vec<String>, Vec<String>) =
        arguments().into_iter().partition(|argument| argument.starts_with('-'));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let names = match names[..] {
        [] => DEFAULT,
        [left, right] => [left, right],
        _ => return refuse("usage: align [LEFT RIGHT] [--json]"),
    };
    if options.iter().any(|option| option != "--json") {
        return refuse("usage: align [LEFT RIGHT] [--json]");
    }
    let graph = builtin();
    let mut documents = Vec::new();
    for name in names {
        match graph.document(name) {
            Some(document) => documents.push(document.id()),
            None => {
                let keys: Vec<&str> = graph.documents().map(|id| graph.at(id).key()).collect();
                return refuse(format!("{name} is not a document; there are {}", keys.join(", ")));
            }
        }
    }
    let index = Index::new(graph, Lexicon::builtin());
    let alignment = index.align(documents[0], documents[1]);
    match options.is_empty() {
        true => print_page(&page(graph, documents[0], documents[1], &alignment)),
        false => print_lines(&lines(graph, &alignment)),
    }
}

/// Returns the position and the heading of a measure, or its first words.
fn heading(graph: &Graph, measure: MeasureId) -> String {
    let measure = graph.at(measure);
    let begins = || measure.text().chars().take(24).chain(['…']).collect();
    let heading = measure.title().map_or_else(begins, str::to_owned);
    format!("{} {}", measure.key().position, heading.replace('\n', ""))
}

fn page(graph: &Graph, left: DocId, right: DocId, alignment: &Alignment) -> String {
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| width.0.clamp(72, 120));
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    // Chinese headings wrap anywhere, not only at the space after the number.
    table.set_delimiter('\t');
    table.set_header([graph.at(left).key(), "", graph.at(right).key()]);
    let mut last = None;
    for pair in &alignment.pairs {
        let again = last.replace(pair.left) == Some(pair.left);
        let sign = if pair.mutual { "=" } else { "~" };
        table.add_row([
            if again { String::new() } else { heading(graph, pair.left) },
            format!("{sign} {:.2}", pair.score),
            heading(graph, pair.right),
        ]);
    }
    let sides = (width - 10) / 2;
    let fixed = |width| ColumnConstraint::Absolute(Width::Fixed(width));
    table.set_constraints([sides, 8, sides].map(fixed));
    table.column_mut(1).expect("of three").set_cell_alignment(CellAlignment::Center);
    let mut page = format!("{}\n\n", table.trim_fmt());
    for (document, alone) in [(left, &alignment.only_left), (right, &alignment.only_right)] {
        page += &format!("Without a counterpart, of {}:\n", graph.at(document).key());
        alone.iter().for_each(|&id| page += &format!("  {}\n", heading(graph, id)));
        if alone.is_empty() {
            page += "  none\n";
        }
    }
    page + "\n= each is the best match of the other, ~ a further match. Scores are similarity of\n\
            wording and subject, 0 to 1; `explore MEASURE` explains them.\n"
}

fn lines(graph: &Graph, alignment: &Alignment) -> String {
    let mut lines = String::new();
    for pair in &alignment.pairs {
        lines += &format!("{}\n", json!(graph.keyed(pair)));
    }
    let [only_left, only_right] = [&alignment.only_left, &alignment.only_right];
    let alone =
        json!({ "only_left": graph.keyed(only_left), "only_right": graph.keyed(only_right) });
    lines + &format!("{alone}\n")
}
