//! Lines on pages → paragraphs (OFD, PDF).
//!
//! A page has lines at places, and no paragraphs. A line is joined with the next if it reaches the right
//! edge of the text and the next begins at the left edge: the first line of a paragraph is indented,
//! the last one ends before the edge.

mod furniture;

use super::place::Area;
use super::{Origin, Place, Source};
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
}

impl Line {
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

/// Returns the text of lines in reading order, without running heads and page numbers; `None` if there
/// is no text. O(n log n).
pub(super) fn paragraphs(lines: Vec<Line>) -> Option<Source> {
    let lines = without_furniture(lines);
    let edges = Edges::of(&lines);
    let mut text = String::new();
    let mut places = Vec::new();
    let mut last: Option<&Line> = None;
    for line in &lines {
        let words = line.words.trim();
        if words.is_empty() {
            continue;
        }
        match last {
            Some(last) if edges.joins(last, line) => {
                // A figure goes on in the next line, a Latin word does not.
                let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                if letter(text.chars().next_back()) && letter(words.chars().next()) {
                    text.push(' ');
                }
            }
            Some(_) => text.push('\n'),
            None => {}
        }
        places.push((to_u32(text.len()), Place::Page { number: line.page, area: line.area() }));
        text += words;
        last = Some(line);
    }
    let origin = Origin { places, ..Origin::default() };
    (!text.is_empty()).then_some(Source { text, origin, left_out: 0 })
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
        let begins = lines.windows(2).filter(|pair| !edges.is_full(&pair[0])).map(|pair| &pair[1]);
        let begins = lines.first().into_iter().chain(begins);
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
    fn a_full_line_ends_before_an_item_without_indent() {
        let lines = vec![
            line(1, 1, [10, 30], "1.加快审批办理。"),
            line(1, 2, [10, 30], "2.优化服务方式。"),
        ];
        let source = paragraphs(lines).unwrap();
        assert_eq!(source.text, "1.加快审批办理。\n2.优化服务方式。");
    }
}
