//! The data tables of a page: rows and columns, with merged cells repeated.

use super::lines::{Cell, Page};
use crate::text::pieces::Pieces;
use std::ops::Range;

/// A table of which the cells hold words, not the parts of a page.
pub(super) struct DataTable {
    /// Lines of the page.
    pub lines: Range<usize>,
    /// Number of columns.
    columns: usize,
    cells: Vec<DataCell>,
}

struct DataCell {
    lines: Range<usize>,
    place: Cell,
}

/// Maximum number of columns, and of rows and columns that a cell extends over.
const MAX_CELLS: usize = 64;

/// Separates the lines inside a cell, which do not end the row.
const BREAK: &str = "\u{2028}";

/// Returns the data tables of a page, ascending and disjoint: tables with two rows or more of two
/// cells or more, without a table inside, and without labels (发文机关：) before their cells. O(n).
pub(super) fn data_tables(page: &Page) -> Vec<DataTable> {
    let elements = &page.elements;
    // By element: the table around it.
    let mut around: Vec<Option<usize>> = vec![None; elements.len()];
    let mut cells: Vec<Vec<usize>> = vec![Vec::new(); elements.len()];
    let mut nested = vec![false; elements.len()];
    for at in 1..elements.len() {
        let parent = elements[at].parent;
        around[at] = if elements[parent].is_table { Some(parent) } else { around[parent] };
        match around[at] {
            Some(table) if elements[at].is_table => nested[table] = true,
            Some(table) if elements[at].cell.is_some() && parent == table => cells[table].push(at),
            _ => {}
        }
    }
    let tables = (0..elements.len()).filter(|&at| elements[at].is_table && !nested[at]);
    tables.filter_map(|at| data_table(page, at, &cells[at])).collect()
}

fn data_table(page: &Page, table: usize, cells: &[usize]) -> Option<DataTable> {
    let elements = &page.elements;
    let cells: Vec<DataCell> = cells
        .iter()
        .filter_map(|&at| {
            Some(DataCell { lines: elements[at].lines.clone(), place: elements[at].cell? })
        })
        .collect();
    let lines = elements[table].lines.clone();
    let first = cells.first()?.lines.start;
    let in_cells: usize = cells.iter().map(|cell| cell.lines.len()).sum();
    let rows = || cells.chunk_by(|a, b| a.place.row == b.place.row);
    let wide = rows().filter(|row| row.len() > 1).count();
    let is_label = |row: &[DataCell]| {
        let line = row[0].lines.clone().next_back();
        line.is_some_and(|line| page.text(&page.lines[line]).trim_end().ends_with(['：', ':']))
    };
    let labels = rows().filter(|row| is_label(row)).count();
    let width =
        |row: &[DataCell]| row.iter().map(|cell| cell.place.columns as usize).sum::<usize>();
    let columns = rows().map(width).max()?.min(MAX_CELLS);
    let whole = first + in_cells == lines.end;
    (whole && wide > 1 && labels == 0).then_some(DataTable { lines, columns, cells })
}

impl DataTable {
    /// Appends the table: a row a line, with tabs between its cells. `kept` are the lines of the
    /// table that are text, ascending. A row of one cell is written as its lines.
    ///
    /// A merged cell is repeated, up to a length, while `spare` bytes are left: the text of a page
    /// is at most twice its length.
    pub(super) fn copy(&self, page: &Page, text: &mut Pieces, kept: &[usize], spare: &mut usize) {
        let first = self.cells.first().map_or(0, |cell| cell.lines.start);
        let above = kept.partition_point(|&line| line < first);
        copy_lines(page, text, &kept[..above], "\n");
        let mut started = above > 0;
        let mut carried: Vec<Option<(usize, usize)>> = vec![None; self.columns];
        let mut at = 0;
        while at < self.cells.len() {
            let row = self.cells[at].place.row;
            let end = at + self.cells[at..].partition_point(|cell| cell.place.row == row);
            let grid = self.row(at..end, &mut carried);
            at = end;
            let words = |cell: usize| {
                let lines = &self.cells[cell].lines;
                let start = kept.partition_point(|&line| line < lines.start);
                &kept[start..start + kept[start..].partition_point(|&line| line < lines.end)]
            };
            if grid.iter().flatten().all(|&(cell, _)| words(cell).is_empty()) {
                continue;
            }
            if started {
                text.separate("\n");
            }
            started = true;
            let alone = grid.iter().flatten().all(|&(cell, _)| Some(cell) == grid[0].map(|c| c.0));
            if alone && grid[0].is_some() {
                grid[0].iter().for_each(|&(cell, _)| copy_lines(page, text, words(cell), "\n"));
                continue;
            }
            for (column, cell) in grid.into_iter().enumerate() {
                if column > 0 {
                    text.separate("\t");
                }
                let Some((cell, repeated)) = cell else { continue };
                let lines = words(cell);
                let len = length(page, lines);
                if !repeated || (len <= MAX_REPEATED && len < *spare) {
                    copy_lines(page, text, lines, BREAK);
                    *spare -= if repeated { len + 1 } else { 0 };
                }
            }
        }
    }

    /// Returns the cell of each column of a row, and true if it is repeated there. `carried` are the
    /// cells that extend from above, by column, each with the number of rows left.
    fn row(
        &self,
        cells: Range<usize>,
        carried: &mut [Option<(usize, usize)>],
    ) -> Vec<Option<(usize, bool)>> {
        let mut grid = vec![None; self.columns];
        for (place, above) in grid.iter_mut().zip(carried.iter_mut()) {
            if let Some((cell, rows)) = above.take() {
                *place = Some((cell, true));
                *above = (rows > 1).then_some((cell, rows - 1));
            }
        }
        let mut column = 0;
        for cell in cells {
            while column < self.columns && grid[column].is_some() {
                column += 1;
            }
            let Cell { rows, columns, .. } = self.cells[cell].place;
            for offset in 0..columns as usize {
                let Some(place) = grid.get_mut(column).filter(|place| place.is_none()) else {
                    break;
                };
                *place = Some((cell, offset > 0));
                carried[column] = (rows > 1).then(|| (cell, rows as usize - 1));
                column += 1;
            }
        }
        grid
    }
}

/// Maximum length in bytes of a cell that is repeated.
const MAX_REPEATED: usize = 600;

/// Returns the length of lines.
fn length(page: &Page, lines: &[usize]) -> usize {
    lines.iter().map(|&line| page.lines[line].words.len() + BREAK.len()).sum()
}

/// Appends lines with `mark` between them.
fn copy_lines(page: &Page, text: &mut Pieces, lines: &[usize], mark: &str) {
    for (place, &line) in lines.iter().enumerate() {
        if place > 0 {
            text.separate(mark);
        }
        text.copy(&page.words, page.lines[line].words.clone());
    }
}
