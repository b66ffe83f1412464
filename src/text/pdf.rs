//! The text layer of a PDF (feature `pdf`).

use super::Source;
use super::file::unsupported;
use super::paged::{Line, paragraphs};
use crate::error::{Error, ErrorKind};
use pdf_oxide::PdfDocument;
use pdf_oxide::layout::TextLine;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Takes the text out of a PDF: the lines of its pages in reading order, joined to paragraphs, without
/// artifacts (running heads of browsers), running heads and page numbers.
///
/// Fails if the file is damaged or encrypted, has no text layer, or a text layer that maps its glyphs to
/// no characters.
pub(super) fn pdf(bytes: &[u8]) -> Result<Source, Error> {
    // The library is large and reads what others wrote: a panic in it is a damaged file.
    let lines = catch_unwind(AssertUnwindSafe(|| lines(bytes)));
    let lines = lines.unwrap_or_else(|_| Err(damaged("it breaks the PDF reader")))?;
    let (all, unmapped) = unmapped(&lines);
    if unmapped > all / MAX_UNMAPPED {
        return Err(unsupported(format!(
            "is a PDF with a garbled text layer: {unmapped} of {all} characters have no Unicode; recognise its text (OCR)"
        )));
    }
    paragraphs(lines).ok_or_else(|| {
        unsupported(
            "is a PDF without a text layer, probably of scanned pages: recognise its text first (OCR)",
        )
    })
}

/// Maximum share of characters without Unicode: one in this number.
const MAX_UNMAPPED: usize = 10;

/// Returns the lines of all pages.
fn lines(bytes: &[u8]) -> Result<Vec<Line>, Error> {
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(damaged)?;
    if document.is_encrypted() && !document.authenticate(b"").unwrap_or(false) {
        return Err(unsupported("is an encrypted PDF: remove its password"));
    }
    let pages = document.page_count().map_err(damaged)?;
    let mut lines = Vec::new();
    for (number, page) in (1..).zip(0..pages) {
        let (_, _, _, top) = document.get_page_media_box(page).unwrap_or((0.0, 0.0, 595.0, 842.0));
        let found =
            document.extract_text_lines_with_thresholds_no_artifacts(page, None, None, None);
        for found in &found.map_err(damaged)? {
            push(line(found, number, top), &mut lines);
        }
    }
    Ok(lines)
}

/// Appends a line. The library parts a line at wide gaps, as if they were between columns.
fn push(line: Line, lines: &mut Vec<Line>) {
    match lines.last_mut() {
        Some(last)
            if last.page == line.page
                && (last.bottom - line.bottom).abs() < 0.3 * line.size
                && last.right <= line.left =>
        {
            last.words = format!("{} {}", last.words, line.words);
            last.right = line.right;
            last.top = last.top.min(line.top);
        }
        _ => lines.push(line),
    }
}

/// Returns a line of a page, whose top edge is at `top` in the coordinates of PDF, which go upwards.
fn line(found: &TextLine, page: u32, top: f32) -> Line {
    /// Minimum width of a blank between Chinese characters, in characters.
    const BLANK: f32 = 0.3;
    let mut words = String::new();
    let mut size: f32 = 0.0;
    let mut right = f32::NEG_INFINITY;
    for word in &found.words {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let gap = word.bbox.x - right;
        let wide = gap > BLANK * word.avg_font_size;
        let between = latin(words.chars().next_back()) && latin(word.text.chars().next());
        if !words.is_empty() && (wide || between && gap > 0.1 * word.avg_font_size) {
            words.push(' ');
        }
        words += &word.text;
        right = word.bbox.x + word.bbox.width;
        size = size.max(word.avg_font_size);
    }
    Line {
        page,
        left: found.bbox.x,
        top: top - found.bbox.y - found.bbox.height,
        right: found.bbox.x + found.bbox.width,
        bottom: top - found.bbox.y,
        size,
        words,
    }
}

/// Returns the number of characters, and of those that are no characters of a text: U+FFFD, control
/// characters and private ones.
fn unmapped(lines: &[Line]) -> (usize, usize) {
    let unmapped =
        |c: char| c == '\u{FFFD}' || c.is_control() || ('\u{E000}'..='\u{F8FF}').contains(&c);
    let chars = || lines.iter().flat_map(|line| line.words.chars()).filter(|c| !c.is_whitespace());
    (chars().count(), chars().filter(|&c| unmapped(c)).count())
}

fn damaged(cause: impl std::fmt::Display) -> Error {
    let message = format!("is a damaged PDF: {cause}; print it to a new PDF");
    Error::new(ErrorKind::Corrupt, "", message)
}
