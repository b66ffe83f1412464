//! The one error type.

use std::fmt;

/// What went wrong with a vocabulary, a record or a file: where, what, and what
/// to do about it. Reading text never fails; what looks odd there becomes a
/// [`Note`](crate::Note).
///
/// ```
/// use policygraph::{Lexicon, Vocabulary};
///
/// let error = Lexicon::builtin().with(Vocabulary::Products, "{").unwrap_err();
/// assert!(error.to_string().starts_with("products.json: "));
/// ```
#[derive(Debug)]
pub struct Error {
    place: String,
    message: String,
}

impl Error {
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Error { place: place.into(), message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Error {}
