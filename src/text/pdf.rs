//! The text layer of a PDF (feature `pdf`).

use super::Source;
use super::file::unsupported;
use super::paged::{Page, Piece, Rule, text};
use crate::error::{Error, ErrorKind};
use pdf_oxide::PdfDocument;
use pdf_oxide::elements::{PathContent, PathOperation};
use pdf_oxide::geometry::Rect;
use pdf_oxide::layout::Word;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Takes the text out of a PDF: the lines of its pages in reading order, joined to paragraphs, without
/// artifacts (running heads of browsers), running heads and page numbers.
///
/// Fails if the file is damaged or encrypted, has no text layer, or a text layer that maps its glyphs to
/// no characters.
pub(super) fn pdf(bytes: &[u8]) -> Result<Source, Error> {
    // The library is large and reads what others wrote: a panic in it is a damaged file.
    let pages = catch_unwind(AssertUnwindSafe(|| pages(bytes)));
    text("a PDF", pages.unwrap_or_else(|_| Err(damaged("it breaks the PDF reader")))?)
}

/// Returns the pages.
fn pages(bytes: &[u8]) -> Result<Vec<Page>, Error> {
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(damaged)?;
    if document.is_encrypted() && !document.authenticate(b"").unwrap_or(false) {
        return Err(unsupported("is an encrypted PDF: remove its password"));
    }
    let count = document.page_count().map_err(damaged)?;
    let mut pages = Vec::new();
    for (number, page) in (1..).zip(0..count) {
        let (_, _, _, top) = document.get_page_media_box(page).unwrap_or((0.0, 0.0, 595.0, 842.0));
        let found =
            document.extract_text_lines_with_thresholds_no_artifacts(page, None, None, None);
        let mut lines = Vec::new();
        for found in found.map_err(damaged)? {
            let pieces = found.words.into_iter().map(|word| piece(word, top)).collect();
            push(pieces, &mut lines);
        }
        let paths = document.extract_paths(page).unwrap_or_default();
        let rules = paths.iter().flat_map(|path| rules(path, top)).collect();
        pages.push(Page { number, lines, rules });
    }
    Ok(pages)
}

/// Appends a line. The library parts a line at wide gaps, as if they were between columns.
fn push(pieces: Vec<Piece>, lines: &mut Vec<Vec<Piece>>) {
    let follows = |last: &Piece, next: &Piece| {
        (last.bottom - next.bottom).abs() < 0.3 * next.size && last.right <= next.left
    };
    let last = lines.last_mut();
    match last.filter(|last| last.last().zip(pieces.first()).is_some_and(|(a, b)| follows(a, b))) {
        Some(last) => last.extend(pieces),
        None => lines.push(pieces),
    }
}

/// Returns a word of a page, whose top edge is at `top` in the coordinates of PDF, which go upwards.
fn piece(word: Word, top: f32) -> Piece {
    let Rect { x, y, width, height } = word.bbox;
    Piece {
        left: x,
        top: top - y - height,
        right: x + width,
        bottom: top - y,
        size: word.avg_font_size,
        words: word.text,
    }
}

/// Returns the rules of a path: its straight lines, and the sides of its rectangles.
fn rules(path: &PathContent, top: f32) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut last = None;
    let mut add = |a: (f32, f32), b: (f32, f32)| {
        rules.extend(Rule::between((a.0, top - a.1), (b.0, top - b.1)));
    };
    for operation in &path.operations {
        match *operation {
            PathOperation::MoveTo(x, y) => last = Some((x, y)),
            PathOperation::LineTo(x, y) => {
                last.into_iter().for_each(|last| add(last, (x, y)));
                last = Some((x, y));
            }
            PathOperation::Rectangle(x, y, width, height) => {
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
                (0..4).for_each(|at| add(corners[at], corners[(at + 1) % 4]));
            }
            PathOperation::CurveTo(..) | PathOperation::ClosePath => last = None,
        }
    }
    rules
}

fn damaged(cause: impl std::fmt::Display) -> Error {
    let message = format!("is a damaged PDF: {cause}; print it to a new PDF");
    Error::new(ErrorKind::Corrupt, "", message)
}
