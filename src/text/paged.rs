//! Lines on pages → paragraphs (OFD, PDF).
//!
//! A page has lines at places, and no paragraphs. A line is joined with the next if it reaches the right
//! edge of the text and the next begins at the left edge: the first line of a paragraph is indented,
//! the last one ends before the edge. Words between the rules of a table are its cells.

mod furniture;
mod grid;
mod piece;

pub(super) use grid::Rule;
pub(super) use piece::Piece;
#[cfg(feature = "office")]
pub(super) use piece::into_lines;

use super::file::unsupported;
use super::place::Area;
use super::{Origin, Place, Source};
use crate::error::Error;
use crate::number::to_u32;
use furniture::without_furniture;

/// A line of words on a page, in points from the top left corner.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Number of the page, from 1.
    pub(super) page: u32,
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
    /// Size of its characters.
    pub(super) size: f32,
    pub(super) words: String,
    pub(super) part: Part,
}

/// The part of a page that a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A line of text.
    Text,
    /// Words in columns with wide gaps between them, without rules.
    Columns,
    /// The first cell of a row of a table.
    Row,
    /// Another cell of the row.
    Cell,
}

/// The lines of a page in reading order, each of pieces from left to right, and the rules on it.
pub(super) struct Page {
    /// Number of the page, from 1.
    pub(super) number: u32,
    pub(super) lines: Vec<Vec<Piece>>,
    pub(super) rules: Vec<Rule>,
}

impl Line {
    /// Returns true for a cell of a table.
    fn is_cell(&self) -> bool {
        matches!(self.part, Part::Row | Part::Cell)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a float saturates")]
    fn area(&self) -> Area {
        Area {
            left: self.left.floor() as i32,
            top: self.top.floor() as i32,
            right: self.right.ceil() as i32,
            bottom: self.bottom.ceil() as i32,
        }
    }
}

/// Maximum share of characters without Unicode: one in this number.
const MAX_UNMAPPED: usize = 10;

/// Returns the text of pages, without running heads and page numbers. O(n log n).
///
/// * `what`: the kind of file, for errors.
/// * Fails if there is no text, or one whose glyphs are mapped to no characters.
pub(super) fn text(what: &str, pages: Vec<Page>) -> Result<Source, Error> {
    let page = |page: Page| grid::with_tables(page.lines, &page.rules, page.number);
    let lines: Vec<Line> = pages.into_iter().flat_map(page).collect();
    let (all, unmapped) = unmapped(&lines);
    if unmapped > all / MAX_UNMAPPED {
        return Err(unsupported(format!(
            "is {what} with a garbled text layer: {unmapped} of {all} characters have no Unicode; recognise its text (OCR)"
        )));
    }
    paragraphs(lines).ok_or_else(|| {
        unsupported(format!(
            "is {what} without a text layer, probably of scanned pages: recognise its text first (OCR)"
        ))
    })
}

/// Returns the number of characters, and of those that are no characters of a text: U+FFFD, control
/// characters and private ones.
fn unmapped(lines: &[Line]) -> (usize, usize) {
    let unmapped = |c: char| {
        c == '\u{FFFD}'
            || (c.is_control() && !c.is_whitespace())
            || ('\u{E000}'..='\u{F8FF}').contains(&c)
    };
    let chars = || lines.iter().flat_map(|line| line.words.chars()).filter(|c| !c.is_whitespace());
    (chars().count(), chars().filter(|&c| unmapped(c)).count())
}

fn paragraphs(lines: Vec<Line>) -> Option<Source> {
    let lines = without_repeated_heads(without_furniture(lines));
    let edges = Edges::of(&lines);
    let mut text = String::new();
    let mut places = Vec::new();
    let mut last: Option<&Line> = None;
    for line in &lines {
        let words = line.words.trim();
        if words.is_empty() && !line.is_cell() {
            continue;
        }
        let joined = last.is_some_and(|last| edges.joins(last, line));
        match last {
            Some(_) if line.part == Part::Cell => text.push('\t'),
            Some(_) if !joined => text.push('\n'),
            _ => {}
        }
        let place = Place::Page { number: line.page, area: line.area() };
        let start = to_u32(text.len());
        if joined {
            join(&mut text, words);
        } else {
            text += words;
        }
        places.push((start, place));
        last = Some(line);
    }
    let origin = Origin { places, ..Origin::default() };
    (!text.is_empty()).then_some(Source { text, origin, left_out: 0 })
}

/// Removes the first row of a table from a page on which the table goes on.
fn without_repeated_heads(lines: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::new();
    // The first row of the table, if the last line is of one.
    let mut head: Option<Vec<String>> = None;
    let row = |a: &Line, b: &Line| !(a.is_cell() && b.part == Part::Cell);
    for row in lines.chunk_by(|a, b| !row(a, b)) {
        if !row[0].is_cell() {
            head = None;
        } else {
            let words: Vec<String> = row.iter().map(|cell| cell.words.clone()).collect();
            let next_page = kept.last().is_some_and(|last| last.page != row[0].page);
            match &head {
                Some(head) if next_page && *head == words => continue,
                Some(_) => {}
                None => head = Some(words),
            }
        }
        kept.extend_from_slice(row);
    }
    kept
}

/// Appends the words of the next line. A figure goes on in it, a Latin word does not.
fn join(text: &mut String, words: &str) {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if letter(text.chars().next_back()) && letter(words.chars().next()) {
        text.push(' ');
    }
    *text += words;
}

/// The edges of the text on its pages.
struct Edges {
    left: f32,
    right: f32,
    /// True if the first lines of paragraphs are indented.
    indented: bool,
}

impl Edges {
    /// Finds the edges: the left one of most lines, and the right one that several lines reach.
    fn of(lines: &[Line]) -> Edges {
        let lines: Vec<&Line> = lines.iter().filter(|line| !line.is_cell()).collect();
        let mut left: Vec<f32> = lines.iter().map(|line| line.left).collect();
        left.sort_by(f32::total_cmp);
        let mut right: Vec<f32> = lines.iter().map(|line| line.right).collect();
        right.sort_by(f32::total_cmp);
        // A line in a margin does not make an edge: one in ten may be outside.
        let outside = lines.len() / 10;
        let right = right.iter().rev().nth(outside).copied().unwrap_or(0.0);
        let left = left.get(outside).copied().unwrap_or(0.0);
        let edges = Edges { left, right, indented: false };
        // A paragraph begins at the start, and after a line that is not full.
        let begins = lines.windows(2).filter(|pair| !edges.is_full(pair[0])).map(|pair| pair[1]);
        let begins = lines.first().copied().into_iter().chain(begins);
        let (indented, others): (Vec<&Line>, Vec<&Line>) =
            begins.partition(|line| edges.begins(line));
        Edges { indented: !indented.is_empty() && 2 * indented.len() >= others.len(), ..edges }
    }

    /// Returns true if a line reaches the right edge.
    fn is_full(&self, line: &Line) -> bool {
        /// Maximum distance from the right edge in characters: a mark that may not begin a line takes
        /// one or two characters to the next.
        const SHORT: f32 = 2.2;
        line.right >= self.right - SHORT * line.size.max(1.0)
    }

    /// Returns true if a line does not begin at the left edge.
    fn begins(&self, line: &Line) -> bool {
        /// Maximum distance from the left edge in characters; an indent is two.
        const INDENT: f32 = 0.9;
        line.left >= self.left + INDENT * line.size || line.left + line.size < self.left
    }

    /// Returns true if a line goes on in the next.
    fn joins(&self, line: &Line, next: &Line) -> bool {
        /// Maximum distance between the tops of two lines, in heights of a line.
        const APART: f32 = 3.0;
        if line.part != Part::Text || next.part != Part::Text {
            return false;
        }
        let size = line.size.max(1.0);
        let same = (line.size - next.size).abs() <= 0.15 * size;
        let near =
            line.page != next.page || (next.top > line.top && next.top - line.top <= APART * size);
        let ends = !self.indented && ends(&line.words, &next.words);
        self.is_full(line) && !self.begins(next) && same && near && !ends
    }
}

/// Returns true if a paragraph ends whatever the width of its last line: at a stop before the ordinal
/// of an item.
fn ends(words: &str, next: &str) -> bool {
    words.trim_end().ends_with(['。', '：', '；']) && super::opens_item(next.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a line that fills columns of 10 points: its first and its last character.
    fn line(page: u32, row: u32, columns: [u32; 2], words: &str) -> Line {
        let point = |n: u32| n as f32 * 10.0;
        Line {
            page,
            left: point(columns[0]),
            top: point(2 * row),
            right: point(columns[1]),
            bottom: point(2 * row + 1),
            size: 10.0,
            words: words.to_owned(),
            part: Part::Text,
        }
    }

    #[test]
    fn full_lines_go_on_in_the_next_also_on_the_next_page() {
        let lines = vec![
            line(1, 1, [14, 26], "若干措施"),
            line(1, 2, [12, 30], "一、加快审批，推"),
            line(1, 3, [10, 29], "行并联审批，压缩"),
            line(1, 4, [10, 20], "审批时限。"),
            line(1, 5, [12, 30], "二、优化服务，实"),
            line(1, 30, [20, 21], "1"),
            line(2, 1, [10, 18], "行即收即检。"),
            line(2, 30, [20, 21], "2"),
        ];
        let source = paragraphs(lines).unwrap();
        assert_eq!(
            source.text,
            "若干措施\n一、加快审批，推行并联审批，压缩审批时限。\n二、优化服务，实行即收即检。"
        );
        let at = source.text.find("行即收").unwrap();
        let place = source.origin.place(crate::Span::new(at, at + 9));
        assert_eq!(place.to_string(), "page 2, 100–180 × 20–30 pt");
    }

    #[test]
    fn a_table_goes_on_over_a_page_without_its_head() {
        let cell = |page, row, part, words| Line { part, ..line(page, row, [10, 20], words) };
        let lines = vec![
            cell(1, 1, Part::Row, "任务"),
            cell(1, 1, Part::Cell, "单位"),
            cell(1, 2, Part::Row, "绿化"),
            cell(1, 2, Part::Cell, ""),
            cell(2, 1, Part::Row, "任务"),
            cell(2, 1, Part::Cell, "单位"),
            cell(2, 2, Part::Row, "防汛"),
            cell(2, 2, Part::Cell, "水利局"),
        ];
        assert_eq!(paragraphs(lines).unwrap().text, "任务\t单位\n绿化\t\n防汛\t水利局");
    }

    #[test]
    fn a_full_line_ends_before_an_item_without_indent() {
        let lines = vec![
            line(1, 1, [10, 30], "1.加快审批办理。"),
            line(1, 2, [10, 30], "2.优化服务方式。"),
        ];
        let source = paragraphs(lines).unwrap();
        assert_eq!(source.text, "1.加快审批办理。\n2.优化服务方式。");
    }
}
