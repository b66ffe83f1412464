//! Tables (表格) on pages: the rules between cells → rows of cells.

use super::piece::{Piece, into_lines, line};
use super::{Line, Part, join};
use std::ops::Range;

/// A straight line that is drawn on a page, level or upright, in points from its top left corner.
#[derive(Clone, Copy, Debug)]
pub(in crate::text) struct Rule {
    level: bool,
    /// Distance from the top, or from the left.
    at: f32,
    from: f32,
    to: f32,
}

/// Maximum distance of rules that meet, in points: half the width of a thick one.
const NEAR: f32 = 3.0;

impl Rule {
    /// Returns the rule between two points; `None` if it is short, or neither level nor upright.
    pub(in crate::text) fn between(a: (f32, f32), b: (f32, f32)) -> Option<Rule> {
        let [wide, high] = [(a.0 - b.0).abs(), (a.1 - b.1).abs()];
        let level = wide > high;
        let (at, from, to) = match level {
            true => ((a.1 + b.1) / 2.0, a.0.min(b.0), a.0.max(b.0)),
            false => ((a.0 + b.0) / 2.0, a.1.min(b.1), a.1.max(b.1)),
        };
        let finite = at.is_finite() && from.is_finite() && to.is_finite();
        (finite && wide.min(high) < 1.0 && wide.max(high) > 2.0 * NEAR).then_some(Rule {
            level,
            at,
            from,
            to,
        })
    }

    /// Returns true if the rule passes over a distance from the left, or from the top.
    fn covers(&self, at: f32) -> bool {
        self.from <= at && at <= self.to
    }
}

/// A table: the edges of its columns and rows, and its cells.
struct Grid {
    columns: Vec<f32>,
    rows: Vec<f32>,
    /// By row and column: the place of the cell's first row and column in this list.
    cells: Vec<usize>,
}

/// Maximum number of columns, and of rows.
const MAX_COLUMNS: usize = 64;
const MAX_ROWS: usize = 512;

/// Maximum length in bytes of a cell that is repeated.
const MAX_REPEATED: usize = 600;

/// Maximum length of all repeated cells of a table, as a multiple of its words.
const MAX_COPIES: usize = 4;

/// Separates the lines inside a cell, which do not end the row.
const BREAK: &str = "\u{2028}";

/// Returns the lines of a page, with a table as rows of cells. Merged cells are repeated.
pub(super) fn with_tables(lines: Vec<Vec<Piece>>, rules: &[Rule], page: u32) -> Vec<Line> {
    let grids = grids(rules);
    let mut inside: Vec<Vec<(usize, Piece)>> = grids.iter().map(|_| Vec::new()).collect();
    // The lines outside of tables, and the first line of each table.
    let mut outside = Vec::new();
    for pieces in lines {
        let mut kept = Vec::new();
        for piece in pieces {
            // Tables are below each other.
            let middle = (piece.top + piece.bottom) / 2.0;
            let above = grids.partition_point(|grid| grid.rows[0] <= middle);
            let found = above.checked_sub(1).and_then(|at| Some((at, grids[at].cell(&piece)?)));
            match found {
                Some((grid, cell)) => {
                    if inside[grid].is_empty() {
                        outside.push(Err(grid));
                    }
                    inside[grid].push((cell, piece));
                }
                None => kept.push(piece),
            }
        }
        if !kept.is_empty() {
            outside.push(Ok(kept));
        }
    }
    let mut found = Vec::new();
    for one in outside {
        match one {
            Ok(pieces) => found.push(line(&pieces, page)),
            Err(grid) => {
                let pieces = std::mem::take(&mut inside[grid]);
                found.extend(grids[grid].lines(pieces, page));
            }
        }
    }
    found
}

impl Grid {
    /// Returns the cell that has the middle of a piece.
    fn cell(&self, piece: &Piece) -> Option<usize> {
        let slot = |edges: &[f32], at: f32| {
            let after = edges.partition_point(|&edge| edge <= at);
            (after > 0 && after < edges.len()).then(|| after - 1)
        };
        let column = slot(&self.columns, (piece.left + piece.right) / 2.0)?;
        let row = slot(&self.rows, (piece.top + piece.bottom) / 2.0)?;
        Some(self.cells[row * self.width() + column])
    }

    /// Number of columns.
    fn width(&self) -> usize {
        self.columns.len() - 1
    }

    /// Returns the rows: a line a cell. Pieces that make no table are lines of text.
    fn lines(&self, pieces: Vec<(usize, Piece)>, page: u32) -> Vec<Line> {
        let mut contents: Vec<Vec<Piece>> = vec![Vec::new(); self.cells.len()];
        let mut all = Vec::new();
        for (cell, piece) in pieces {
            all.push(piece.clone());
            contents[cell].push(piece);
        }
        let width = self.width();
        let wide = self.cells.chunks(width).filter(|row| {
            let mut full: Vec<usize> = row.to_vec();
            full.dedup();
            full.iter().filter(|&&cell| !contents[cell].is_empty()).count() > 1
        });
        // A table that a page ends or begins in may have one row there.
        let wide = wide.count();
        if wide == 0 || wide == 1 && self.columns.len() < 4 {
            return into_lines(all).iter().map(|pieces| line(pieces, page)).collect();
        }
        let len: usize = contents.iter().flatten().map(|piece| piece.words.len()).sum();
        let mut spare = MAX_COPIES * len;
        // A column in which no cell with words begins is of merged cells alone.
        let begins = |column: usize| {
            (column..contents.len()).step_by(width).any(|cell| !contents[cell].is_empty())
        };
        let columns: Vec<usize> = (0..width).filter(|&column| begins(column)).collect();
        let cells: Vec<Option<Line>> = (0..self.cells.len())
            .map(|at| {
                let right = self.right(at);
                let pieces = std::mem::take(&mut contents[at]);
                (!pieces.is_empty()).then(|| self::cell(pieces, right, page))
            })
            .collect();
        let mut lines = Vec::new();
        for (row, slots) in self.cells.chunks(width).enumerate() {
            if slots.iter().all(|&cell| cells[cell].is_none()) {
                continue;
            }
            let alone = slots.iter().all(|&cell| cell == slots[0]);
            let count = if alone { 1 } else { columns.len() };
            for (place, &column) in columns.iter().enumerate().take(count) {
                let cell = slots[column];
                let part = if place == 0 { Part::Row } else { Part::Cell };
                let own = cell == row * width + column;
                let words = cells[cell].as_ref().filter(|line| {
                    let len = line.words.len();
                    let repeats = !own && len <= MAX_REPEATED && len <= spare;
                    spare -= if repeats { len } else { 0 };
                    own || repeats
                });
                let empty = || self.empty(row, column, page);
                lines.push(Line { part, ..words.cloned().unwrap_or_else(empty) });
            }
        }
        lines
    }

    /// Returns the right edge of a cell.
    fn right(&self, cell: usize) -> f32 {
        let width = self.width();
        let row = &self.cells[cell / width * width..][..width];
        let last = row.iter().rposition(|&slot| slot == cell).unwrap_or(cell % width);
        self.columns[last + 1]
    }

    /// Returns a cell without words.
    fn empty(&self, row: usize, column: usize, page: u32) -> Line {
        let [left, right] = [self.columns[column], self.columns[column + 1]];
        let [top, bottom] = [self.rows[row], self.rows[row + 1]];
        let words = String::new();
        Line { page, left, top, right, bottom, size: 0.0, words, part: Part::Cell }
    }
}

/// Joins the pieces of a cell. A line that reaches the right edge of the cell goes on in the next.
fn cell(pieces: Vec<Piece>, right: f32, page: u32) -> Line {
    /// Maximum distance of a full line from the edge of its cell, in characters.
    const SHORT: f32 = 1.6;
    let mut lines = into_lines(pieces).into_iter().map(|pieces| line(&pieces, page));
    let mut found = lines.next().expect("a cell has a piece");
    let mut last = found.right;
    for next in lines {
        match last >= right - SHORT * next.size {
            true => join(&mut found.words, next.words.trim()),
            false => found.words += &(BREAK.to_owned() + next.words.trim()),
        }
        last = next.right;
        found.left = found.left.min(next.left);
        found.right = found.right.max(next.right);
        found.bottom = found.bottom.max(next.bottom);
        found.size = found.size.max(next.size);
    }
    found.words = found.words.trim().replace('\t', " ");
    found
}

/// Returns the tables that rules make, from top to bottom: two columns or more.
fn grids(rules: &[Rule]) -> Vec<Grid> {
    let mut upright: Vec<&Rule> = rules.iter().filter(|rule| !rule.level).collect();
    upright.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut level: Vec<&Rule> = rules.iter().filter(|rule| rule.level).collect();
    level.sort_by(|a, b| a.at.total_cmp(&b.at));
    // Upright rules that touch or pass each other are of one table.
    let mut grids = Vec::new();
    let mut start = 0;
    let mut bottom = f32::NEG_INFINITY;
    for at in 0..=upright.len() {
        if upright.get(at).is_none_or(|rule| rule.from > bottom + NEAR) {
            if start < at {
                let top = upright[start].from;
                let first = level.partition_point(|rule| rule.at < top - NEAR);
                let end = level.partition_point(|rule| rule.at <= bottom + NEAR);
                grids.extend(grid(&upright[start..at], &level[first..end]));
            }
            start = at;
        }
        bottom = upright.get(at).map_or(bottom, |rule| bottom.max(rule.to));
    }
    grids
}

fn grid(upright: &[&Rule], level: &[&Rule]) -> Option<Grid> {
    // The outer edges may have no rule.
    let ends = level.iter().flat_map(|rule| [rule.from, rule.to]);
    let [first, last] =
        [ends.clone().fold(f32::INFINITY, f32::min), ends.fold(f32::NEG_INFINITY, f32::max)];
    let places = upright.iter().map(|rule| rule.at).chain([first, last]);
    let columns = edges(places.filter(|at| at.is_finite()));
    if !(3..=MAX_COLUMNS + 1).contains(&columns.len()) {
        return None;
    }
    // A rule below words, which is shorter than a column, is no edge of rows.
    let level: Vec<&Rule> =
        level.iter().copied().filter(|rule| !spans(&columns, rule).is_empty()).collect();
    let rows = edges(level.iter().map(|rule| rule.at));
    if !(2..=MAX_ROWS + 1).contains(&rows.len()) {
        return None;
    }
    let [width, height] = [columns.len() - 1, rows.len() - 1];
    // By row and column: a wall at the right, and a wall below.
    let mut right = vec![false; width * height];
    let mut below = vec![false; width * height];
    for rule in upright {
        let edge = nearest(&columns, rule.at);
        if edge > 0 {
            spans(&rows, rule)
                .for_each(|row| right[row * width + (edge - 1).min(width - 1)] = true);
        }
    }
    for rule in level {
        let edge = nearest(&rows, rule.at);
        if edge > 0 {
            spans(&columns, rule).for_each(|column| below[(edge - 1) * width + column] = true);
        }
    }
    let cells = cells(width, height, &right, &below)?;
    Some(Grid { columns, rows, cells })
}

/// Returns the first slot of the cell of each slot; `None` if a cell is no rectangle.
fn cells(width: usize, height: usize, right: &[bool], below: &[bool]) -> Option<Vec<usize>> {
    let mut cells = vec![usize::MAX; width * height];
    for at in 0..cells.len() {
        if cells[at] != usize::MAX {
            continue;
        }
        let (row, column) = (at / width, at % width);
        let ends = |slot: &usize| right[row * width + slot];
        let last = (column..width - 1).find(ends).unwrap_or(width - 1);
        let mut bottom = row;
        while bottom + 1 < height {
            let walls = (column..=last).filter(|slot| below[bottom * width + slot]).count();
            match walls {
                0 => bottom += 1,
                walls if walls == last + 1 - column => break,
                _ => return None,
            }
        }
        for slot in (row..=bottom).flat_map(|row| (column..=last).map(move |c| row * width + c)) {
            if cells[slot] != usize::MAX {
                return None;
            }
            cells[slot] = at;
        }
    }
    Some(cells)
}

/// Returns the places of edges, ascending: those near each other are one.
fn edges(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|b, a| *b - *a <= NEAR);
    places
}

/// Returns the edge that is nearest to a place.
fn nearest(edges: &[f32], at: f32) -> usize {
    let after = edges.partition_point(|&edge| edge <= at).min(edges.len() - 1);
    let before = after.saturating_sub(1);
    if at - edges[before] <= edges[after] - at { before } else { after }
}

/// Returns the columns, or rows, of which a rule passes over the middle.
fn spans(edges: &[f32], rule: &Rule) -> Range<usize> {
    let middle = |slot: usize| (edges[slot] + edges[slot + 1]) / 2.0;
    let slots = edges.len() - 1;
    let start = (0..slots).find(|&slot| middle(slot) >= rule.from).unwrap_or(slots);
    let end = (start..slots).find(|&slot| !rule.covers(middle(slot))).unwrap_or(slots);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the rules of a table of columns 100 points wide and rows 20 points high.
    fn rules(columns: u16, rows: u16) -> Vec<Rule> {
        let x = |column: u16| 100.0 * f32::from(column);
        let y = |row: u16| 20.0 * f32::from(row);
        let level = (0..=rows).filter_map(|row| Rule::between((0.0, y(row)), (x(columns), y(row))));
        let upright = (0..=columns)
            .filter_map(|column| Rule::between((x(column), 0.0), (x(column), y(rows))));
        level.chain(upright).collect()
    }

    fn piece(left: f32, top: f32, words: &str) -> Piece {
        let right = left + 10.0 * words.chars().count() as f32;
        Piece { left, top, right, bottom: top + 9.0, size: 10.0, words: words.to_owned() }
    }

    #[track_caller]
    fn check(pieces: Vec<Piece>, rules: &[Rule], expected: &str) {
        let mut text = String::new();
        for line in with_tables(into_lines(pieces), rules, 1) {
            text += if line.part == Part::Cell { "\t" } else { "\n" };
            text += &line.words;
        }
        assert_eq!(text.trim_start(), expected);
    }

    #[test]
    fn words_between_rules_are_cells() {
        let pieces = vec![
            piece(0.0, -30.0, "分工表"),
            piece(5.0, 5.0, "任务"),
            piece(105.0, 5.0, "单位"),
            piece(105.0, 21.0, "市商务局"),
            piece(105.0, 31.0, "市财政局"),
            piece(5.0, 26.0, "推行一窗受理"),
            piece(0.0, 70.0, "说明"),
        ];
        let expected = "分工表\n任务\t单位\n推行一窗受理\t市商务局\u{2028}市财政局\n说明";
        check(pieces.clone(), &rules(2, 2), expected);
        // A frame around a page makes no table.
        check(pieces, &rules(1, 2), "分工表\n任务 单位\n市商务局\n推行一窗受理\n市财政局\n说明");
    }

    #[test]
    fn merged_cells_are_repeated() {
        let mut rules = rules(2, 3);
        // The first column of the last two rows is one cell.
        rules.retain(|rule| !(rule.level && rule.at == 40.0));
        rules.extend(Rule::between((100.0, 40.0), (200.0, 40.0)));
        let pieces = vec![
            piece(5.0, 5.0, "任务"),
            piece(105.0, 5.0, "单位"),
            piece(5.0, 35.0, "绿化"),
            piece(105.0, 25.0, "甲局"),
            piece(105.0, 45.0, "乙局"),
        ];
        check(pieces, &rules, "任务\t单位\n绿化\t甲局\n绿化\t乙局");
    }

    #[test]
    fn a_full_line_of_a_cell_goes_on_in_the_next() {
        let pieces = vec![
            piece(5.0, 5.0, "任务"),
            piece(105.0, 5.0, "单位"),
            piece(5.0, 21.0, "推行并联审批一窗"),
            piece(5.0, 31.0, "受理"),
            piece(105.0, 25.0, "甲局"),
        ];
        check(pieces, &rules(2, 2), "任务\t单位\n推行并联审批一窗受理\t甲局");
    }

    #[test]
    fn a_column_of_merged_cells_alone_is_left_out() {
        let mut rules = rules(3, 2);
        rules.retain(|rule| rule.level || rule.at != 100.0);
        let pieces = vec![
            piece(5.0, 5.0, "任务"),
            piece(205.0, 5.0, "单位"),
            piece(5.0, 25.0, "绿化"),
            piece(205.0, 25.0, "甲局"),
        ];
        rules.extend(Rule::between((100.0, 40.0), (100.0, 50.0)));
        check(pieces, &rules, "任务\t单位\n绿化\t甲局");
    }
}
