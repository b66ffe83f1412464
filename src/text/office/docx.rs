//! The text of a Word document (.docx, ECMA-376 part 1).

mod body;
mod numbering;
mod numerals;
mod parts;
mod table;

use super::package::Package;
use crate::error::Error;
use crate::text::Source;
use body::Body;
use parts::Parts;

/// Takes the text out of a Word document: a paragraph a line, with tabs between the cells of a
/// table.
///
/// Automatic numbers are written as Word shows them. Footnotes, endnotes and text boxes follow
/// their paragraph. Insertions of tracked changes are kept, deletions are not. Headers, footers,
/// comments, hidden text, bullets and tables of contents are left out.
///
/// Fails if the file is damaged, or if a part of the text is another file inside this one (altChunk).
/// Time and memory are linear in the parts that are read, which are at most 100 times the size of the
/// file.
pub(in crate::text) fn docx(bytes: &[u8]) -> Result<Source, Error> {
    let mut package = Package::open(bytes)?;
    let texts = Parts::texts(&mut package)?;
    let parts = Parts::new(&texts)?;
    let mut body = Body::new(&parts);
    body.blocks(parts.body(), None);
    body.finish()
}
