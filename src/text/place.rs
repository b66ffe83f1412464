use super::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The place (位置) of words in a file.
///
/// ```
/// use policygraph::{Area, TableCell, Place, Span};
///
/// let area = Area { left: 72, top: 96, right: 523, bottom: 112 };
/// assert_eq!(Place::Page { number: 3, area }.to_string(), "page 3, 72–523 × 96–112 pt");
/// let cell = TableCell { table: 1, row: 2, column: 4 };
/// let place = Place::Paragraph { number: 17, cell: Some(cell) };
/// assert_eq!(place.to_string(), "paragraph 17, table 1, row 2, column 4");
/// assert_eq!(Place::Bytes(Span::new(3, 15)).to_string(), "bytes 3–15");
/// ```
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Place {
    /// A byte range of the file's text: of plain text, markdown or HTML.
    Bytes(Span),
    /// A line on a page of an OFD or PDF file.
    Page {
        /// Number of the page (页), from 1.
        number: u32,
        /// Box of the line.
        area: Area,
    },
    /// A paragraph of a Word document.
    Paragraph {
        /// Number of the paragraph (段落) in the document, from 1. Paragraphs without words and those
        /// in cells count too.
        number: u32,
        /// TableCell of a table that the paragraph is in.
        cell: Option<TableCell>,
    },
}

impl Place {
    /// Returns the byte range in the file's text; `None` for a page or paragraph.
    ///
    /// ```
    /// use policygraph::{Source, Span};
    ///
    /// let source = Source::from("一、加强监管");
    /// assert_eq!(source.origin.place(Span::new(6, 18)).bytes(), Some(Span::new(6, 18)));
    /// ```
    pub fn bytes(self) -> Option<Span> {
        match self {
            Place::Bytes(span) => Some(span),
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Bytes(Span { start, end }) => write!(f, "bytes {start}–{end}"),
            Place::Page { number, area } => write!(f, "page {number}, {area}"),
            Place::Paragraph { number, cell: None } => write!(f, "paragraph {number}"),
            Place::Paragraph { number, cell: Some(cell) } => {
                write!(f, "paragraph {number}, {cell}")
            }
        }
    }
}

/// A box on a page, in whole points (1/72 inch) from the top left corner of the page, rounded outwards.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Area {
    /// Distance of the left edge from the left edge of the page.
    pub left: i32,
    /// Distance of the top from the top of the page.
    pub top: i32,
    /// Distance of the right edge from the left edge of the page.
    pub right: i32,
    /// Distance of the bottom from the top of the page.
    pub bottom: i32,
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Area { left, top, right, bottom } = self;
        write!(f, "{left}–{right} × {top}–{bottom} pt")
    }
}

/// A cell (单元格) of a table, each number from 1.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TableCell {
    /// Number of the table in the document.
    pub table: u32,
    /// Number of the row in the table.
    pub row: u32,
    /// Number of the column in the table. A cell over several columns has the first.
    pub column: u32,
}

impl fmt::Display for TableCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TableCell { table, row, column } = self;
        write!(f, "table {table}, row {row}, column {column}")
    }
}
