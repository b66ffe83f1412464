//! The tables of a Word document: rows of cells, with merged cells repeated.

use super::super::xml::Element;
use super::body::{Body, Fragment};
use crate::text::TableCell;
use std::mem;

/// Separates the paragraphs inside a cell, which do not end the row.
const BREAK: &str = "\u{2028}";

/// Maximum number of columns.
const MAX_COLUMNS: usize = 64;

/// Maximum length in bytes of a cell that is repeated.
const MAX_REPEATED: usize = 600;

/// A cell of a row.
struct Cell<'e, 't> {
    element: &'e Element<'t>,
    /// Number of its first column, from 0, and number of columns.
    column: usize,
    columns: usize,
    /// True if it belongs to the cell above it.
    merged: bool,
}

/// Appends a table: a row a line, with tabs between its cells. A table of one row or column, and one
/// with a table inside, lays out a page: its cells are lines.
pub(super) fn push<'t>(body: &mut Body<'_, 't>, table: &Element<'t>) {
    body.tables += 1;
    let number = body.tables;
    let mut rows = Vec::new();
    collect_rows(table, &mut rows);
    let rows: Vec<Vec<Cell<'_, '_>>> = rows.into_iter().map(cells).collect();
    let wide = rows.iter().filter(|row| row.len() > 1).count();
    let nested = rows.iter().flatten().any(|cell| has_table(cell.element));
    if wide < 2 || nested || body.mark == BREAK {
        for (row, cells) in (1..).zip(&rows) {
            for cell in cells.iter().filter(|cell| !cell.merged) {
                body.blocks(cell.element, Some(place(number, row, cell.column)));
            }
        }
        return;
    }
    push_rows(body, number, &rows);
}

fn push_rows<'t>(body: &mut Body<'_, 't>, number: u32, rows: &[Vec<Cell<'_, 't>>]) {
    let columns = rows.iter().flatten().map(|cell| cell.column + cell.columns).max();
    let columns = columns.unwrap_or(0).min(MAX_COLUMNS);
    // The last text of each column, which a merged cell repeats.
    let mut above: Vec<Fragment> = (0..columns).map(|_| Fragment::default()).collect();
    for (row, cells) in (1..).zip(rows) {
        let next = rows.get(row as usize);
        let mut line: Vec<Fragment> = (0..columns).map(|_| Fragment::default()).collect();
        for cell in cells.iter().filter(|cell| cell.column < columns) {
            let own = match cell.merged {
                true => mem::take(&mut above[cell.column]),
                false => content(body, cell, place(number, row, cell.column)),
            };
            for copy in line.iter_mut().skip(cell.column + 1).take(cell.columns - 1) {
                repeat(body, &own, copy);
            }
            line[cell.column] = own;
        }
        if line.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        let alone = cells.len() == 1;
        body.text.text += if body.text.text.is_empty() { "" } else { "\n" };
        for (column, cell) in line.iter().enumerate() {
            if column > 0 {
                body.text.text.push('\t');
            }
            body.text.push(cell);
            if alone {
                break;
            }
        }
        for (column, cell) in line.into_iter().enumerate() {
            let below = next.into_iter().flatten().any(|next| next.merged && next.column == column);
            above[column] = Fragment::default();
            if below {
                repeat(body, &cell, &mut above[column]);
            }
        }
    }
}

/// Copies the text of a cell that may be merged, if it is short, up to the length of the document.
fn repeat(body: &mut Body<'_, '_>, cell: &Fragment, copy: &mut Fragment) {
    let len = cell.text.len();
    if len <= MAX_REPEATED && len < body.spare {
        body.spare -= len;
        copy.push(cell);
    }
}

/// Returns the text of a cell.
fn content<'t>(body: &mut Body<'_, 't>, cell: &Cell<'_, 't>, place: TableCell) -> Fragment {
    let before = mem::take(&mut body.text);
    let mark = mem::replace(&mut body.mark, BREAK);
    body.blocks(cell.element, Some(place));
    body.mark = mark;
    mem::replace(&mut body.text, before)
}

fn place(table: u32, row: u32, column: usize) -> TableCell {
    TableCell { table, row, column: crate::number::to_u32(column + 1) }
}

/// Collects the rows of a table, also those inside controls, without deleted ones.
fn collect_rows<'e, 't>(parent: &'e Element<'t>, rows: &mut Vec<&'e Element<'t>>) {
    for element in parent.children() {
        match element.name() {
            "tr" => {
                let deleted = element.child("trPr").and_then(|properties| properties.child("del"));
                if deleted.is_none() {
                    rows.push(element);
                }
            }
            "del" | "moveFrom" | "tblPr" | "tblGrid" | "sdtPr" => {}
            _ => collect_rows(element, rows),
        }
    }
}

/// Returns the cells of a row with their columns.
fn cells<'e, 't>(row: &'e Element<'t>) -> Vec<Cell<'e, 't>> {
    let count = |properties: Option<&Element<'_>>, name: &str| {
        let value = properties.and_then(|properties| properties.value(name));
        value.and_then(|value| value.parse::<usize>().ok()).map(|n| n.min(MAX_COLUMNS))
    };
    let mut column = count(row.child("trPr"), "gridBefore").unwrap_or(0);
    let mut found = Vec::new();
    collect_cells(row, &mut found);
    let cell = |element: &'e Element<'t>| {
        let properties = element.child("tcPr");
        let columns = count(properties, "gridSpan").unwrap_or(1).max(1);
        let merge = properties.and_then(|properties| properties.child("vMerge"));
        let merged = merge.is_some_and(|m| m.attribute("val").is_none_or(|val| val != "restart"));
        let cell = Cell { element, column, columns, merged };
        column += columns;
        cell
    };
    found.into_iter().map(cell).collect()
}

/// Collects the cells of a row, also those inside controls.
fn collect_cells<'e, 't>(parent: &'e Element<'t>, cells: &mut Vec<&'e Element<'t>>) {
    for element in parent.children() {
        match element.name() {
            "tc" => cells.push(element),
            "trPr" | "tblPrEx" | "sdtPr" => {}
            _ => collect_cells(element, cells),
        }
    }
}

fn has_table(element: &Element<'_>) -> bool {
    element.children().any(|child| child.name() == "tbl" || has_table(child))
}
