//! The sheet of coverage: an article of a policy in each row, a document in each column.

use super::cell::Cell;
use super::sheet::{Heading, Sheet};
use super::sheets::measure_link;
use crate::graph::{DocId, Graph, MeasureId};
use crate::lexicon::Lexicon;
use crate::similar;
use rust_xlsxwriter::{Workbook, XlsxError};
use std::collections::BTreeSet;

/// Maximum number of columns of a sheet.
const MAX_COLUMNS: usize = 16_384;

/// Columns before those of the documents.
const FIRST: [Heading<'_>; 3] =
    [("政策", "Policy", 30.0), ("条", "Article", 8.0), ("条标题", "Heading", 36.0)];

/// Writes the coverage of every policy with an outline that documents implement. Documents without
/// room for a column are left out.
pub(super) fn write(
    workbook: &mut Workbook,
    graph: &Graph,
    lexicon: &Lexicon,
) -> Result<(), XlsxError> {
    let outlined = graph.policies().filter(|&policy| {
        !graph.articles_of(policy).is_empty() && !graph.implemented_by(policy).is_empty()
    });
    let coverages = outlined
        .filter_map(|policy| Some((policy, similar::coverage(graph, lexicon, policy)?)))
        .collect::<Vec<_>>();
    let columns: BTreeSet<DocId> =
        coverages.iter().flat_map(|(_, coverage)| &coverage.columns).copied().collect();
    let columns: Vec<DocId> = columns.into_iter().take(MAX_COLUMNS - FIRST.len()).collect();
    let headings = columns.iter().map(|&document| -> Heading<'_> {
        let document = graph.at(document);
        (document.title().unwrap_or("未命名"), document.key(), 24.0)
    });
    let headings: Vec<Heading<'_>> = FIRST.into_iter().chain(headings).collect();
    let mut sheet = Sheet::new(workbook, "落实 Coverage", &headings, 3)?;
    for (policy, coverage) in &coverages {
        for (article, cells) in coverage.articles.iter().zip(&coverage.cells) {
            let article = graph.at(*article);
            let first = [
                graph.at(*policy).title().into(),
                Cell::Integer(article.ordinal()),
                article.heading().into(),
            ];
            let of_documents = columns.iter().map(|document| {
                let place = coverage.columns.iter().position(|column| column == document);
                place.map_or(Cell::Empty, |place| best(graph, &cells[place]))
            });
            sheet.row(first.into_iter().chain(of_documents))?;
        }
    }
    sheet.finish()
}

/// Returns the best measure: one that corresponds, else a similar one, with 部分.
fn best<'g>(graph: &'g Graph, cell: &similar::Cell) -> Cell<'g> {
    let key = |measure: MeasureId| graph.at(measure).key().to_string();
    match (cell.corresponding.first(), cell.partial.first()) {
        (Some(&(measure, score)), _) => {
            measure_link(graph.at(measure), Some(format!("{} ({score:.2})", key(measure))))
        }
        (None, Some(&(measure, score))) => measure_link(
            graph.at(measure),
            Some(format!("部分 partial: {} ({score:.2})", key(measure))),
        ),
        (None, None) => "未找到 not found".into(),
    }
}
