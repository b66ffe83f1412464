//! Texts of Word documents and OFD files: packages of XML parts (feature `office`).

mod docx;
mod ofd;
mod package;
mod xml;

pub(super) use docx::docx;
pub(super) use ofd::ofd;

use crate::error::{Error, ErrorKind};

/// Creates the error of a damaged file. The caller adds its place.
fn damaged(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Corrupt, "", what)
}
