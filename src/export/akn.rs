//! Akoma Ntoso 3.0 (OASIS LegalDocML): a document as a `doc` with its hierarchy. Feature `akn`.
//!
//! * Chapters are `chapter`, measures `article`, headings between them `crossHeading`; text before them
//!   is the `preface`, text after them the `conclusions`. Every character of the text is in the file
//!   except white space around lines, in the same order.
//! * In the text, citations are `ref`, agencies `organization`, and deadlines with a day `date`; the title
//!   is `docTitle`, the number `docNumber`, the date of signing `docDate`.
//! * An `eId` follows the naming convention: `chp_2__art_8` is the eighth measure of the document, in
//!   its second chapter. It is the position, as printed ordinals can repeat.
//!
//! A document without a printed date has 0001-01-01 as the date of its work, which the schema
//! requires.
//!
//! ```
//! use policygraph::export::akn;
//!
//! let document = policygraph::builtin().document("sx-2025").unwrap();
//! let mut out = Vec::new();
//! akn::write(document, &mut out)?;
//! let xml = String::from_utf8(out).unwrap();
//! assert!(xml.contains(r#"<article eId="chp_2__art_8"><num>(八)</num>"#));
//! # Ok::<(), policygraph::Error>(())
//! ```

mod body;
mod element;
mod inline;
mod meta;

use crate::container;
use crate::error::Error;
use crate::graph::DocumentRef;
use element::Output;
use std::io::{self, Write};
use std::path::Path;

/// Namespace of Akoma Ntoso 3.0.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Writes a document. Characters that XML cannot have become U+FFFD. Linear in the text.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the writer fails.
///
/// ```
/// use policygraph::export::akn;
///
/// let news = policygraph::builtin().document("sc-cq-community").unwrap();
/// let mut out = Vec::new();
/// akn::write(news, &mut out)?;
/// assert!(String::from_utf8(out).unwrap().contains(r#"<doc name="news">"#));
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn write(document: DocumentRef<'_>, out: impl Write) -> Result<(), Error> {
    write_document(document, out).map_err(Error::not_written)
}

/// Saves a file as [`write()`] makes it. A file at `path` is replaced when the new one is complete.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the file cannot be created, written or replaced.
///
/// ```
/// use policygraph::export::akn;
///
/// let folder = tempfile::tempdir().unwrap();
/// let document = policygraph::builtin().document("nm-2025-18").unwrap();
/// akn::save(document, folder.path().join("nm-2025-18.xml"))?;
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn save(document: DocumentRef<'_>, path: impl AsRef<Path>) -> Result<(), Error> {
    container::save(path.as_ref(), |out| write_document(document, out))
}

fn write_document(document: DocumentRef<'_>, out: impl Write) -> io::Result<()> {
    let mut out = Output::new(out);
    out.declaration()?;
    out.open("akomaNtoso", &[("xmlns", NAMESPACE)])?;
    out.open("doc", &[("name", document.genre().name())])?;
    let organizations = meta::organizations(document);
    meta::write(document, &organizations, &mut out)?;
    let inlines = inline::all(document, &organizations);
    body::write(document.record(), &inlines, &mut out)?;
    out.close("doc")?;
    out.close("akomaNtoso")?;
    out.finish()
}
