//! `align`: the measures of two documents side by side.

use super::{document, facts};
use crate::output::{Failure, Page, print_lines};
use policygraph::Graph;
use policygraph::graph::MeasureId;
use policygraph::similar::Index;
use serde_json::json;

pub fn run(
    index: &Index<&'static Graph>,
    left: &str,
    right: &str,
    json: bool,
) -> Result<(), Failure> {
    let graph = index.graph();
    let (left, right) = (document(graph, left)?, document(graph, right)?);
    let alignment = index.align(left.id(), right.id());
    if json {
        let mut lines = String::new();
        for pair in &alignment.pairs {
            lines += &format!("{}\n", json!(graph.keyed(pair)));
        }
        let [only_left, only_right] = [&alignment.only_left, &alignment.only_right];
        let alone =
            json!({ "only_left": graph.keyed(only_left), "only_right": graph.keyed(only_right) });
        return print_lines(&(lines + &format!("{alone}\n")));
    }
    let heading = |id: MeasureId| {
        let measure = graph.at(id);
        format!("{} {}", measure.key().position, facts::heading(measure))
    };
    let mut page = Page::new();
    page.heading(format_args!("{} and {} (对照)", left.key(), right.key()));
    let mut last = None;
    let rows = alignment.pairs.iter().map(|pair| {
        let again = last.replace(pair.left) == Some(pair.left);
        let sign = if pair.mutual { "=" } else { "~" };
        let left = if again { String::new() } else { heading(pair.left) };
        vec![left, format!("{sign} {:.2}", pair.score), heading(pair.right)]
    });
    let rows: Vec<_> = rows.collect();
    page.table(&[(page.width - 12) / 2, 8], rows);
    for (document, alone) in [(left, &alignment.only_left), (right, &alignment.only_right)] {
        page.line(format_args!("Without a counterpart, of {}:", document.key()));
        for &id in alone {
            page.line(format_args!("  {}", heading(id)));
        }
        if alone.is_empty() {
            page.line("  none");
        }
    }
    page.line("\n= each is the best match of the other, ~ a further match; scores are 0 to 1.");
    page.print()
}
