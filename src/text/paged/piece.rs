//! Words at a place of a page, and lines of them.

use super::{Line, Part};

/// Words at a place of a page, in points from its top left corner.
#[derive(Clone, Debug)]
pub(in crate::text) struct Piece {
    pub(in crate::text) left: f32,
    pub(in crate::text) top: f32,
    pub(in crate::text) right: f32,
    pub(in crate::text) bottom: f32,
    /// Size of its characters.
    pub(in crate::text) size: f32,
    pub(in crate::text) words: String,
}

/// Joins the pieces of a line, which are in reading order.
pub(super) fn line(pieces: &[Piece], page: u32) -> Line {
    /// Minimum width of a blank, in characters, and between Latin words.
    const BLANK: f32 = 0.3;
    const LATIN_BLANK: f32 = 0.1;
    /// Minimum width of a gap between columns, in characters.
    const COLUMN: f32 = 1.5;
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mut words = String::new();
    let mut right = f32::NEG_INFINITY;
    let mut columns = 0;
    for piece in pieces {
        let gap = piece.left - right;
        let between = latin(words.chars().next_back()) && latin(piece.words.chars().next());
        let blank = if between { LATIN_BLANK } else { BLANK };
        if !words.is_empty() && gap > blank * piece.size {
            words.push(' ');
            columns += u32::from(gap > COLUMN * piece.size);
        }
        words += &piece.words;
        right = right.max(piece.right);
    }
    let least = |edge: fn(&Piece) -> f32| pieces.iter().map(edge).fold(f32::INFINITY, f32::min);
    let most = |edge: fn(&Piece) -> f32| pieces.iter().map(edge).fold(f32::NEG_INFINITY, f32::max);
    Line {
        page,
        left: least(|piece| piece.left),
        top: least(|piece| piece.top),
        right: most(|piece| piece.right),
        bottom: most(|piece| piece.bottom),
        size: most(|piece| piece.size),
        words,
        part: if columns > 1 { Part::Columns } else { Part::Text },
    }
}

/// Sorts pieces into lines: from top to bottom, each from left to right.
pub(in crate::text) fn into_lines(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    pieces.sort_by(|a, b| a.bottom.total_cmp(&b.bottom).then(a.left.total_cmp(&b.left)));
    let together =
        |a: &Piece, b: &Piece| (b.bottom - a.bottom).abs() < 0.5 * a.size.min(b.size).max(0.1);
    let line = |line: &[Piece]| {
        let mut line = line.to_vec();
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
        line
    };
    pieces.chunk_by(together).map(line).collect()
}
