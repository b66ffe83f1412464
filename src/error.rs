//! The one error type.

mod printable;

pub use printable::printable;
use std::fmt;

/// An error with a kind, a place and advice.
///
/// Vocabularies, records, files, names and arguments can be wrong. Texts cannot: reading a text
/// never fails, and anything odd in it becomes a [`Note`](crate::Note).
///
/// The message has the form `place: what is wrong; what to do`, on one line; control characters of
/// names and texts in it are [escaped](crate::printable). [`source`](std::error::Error::source)
/// is the cause, for instance an [`std::io::Error`], if there is one.
///
/// ```
/// use policygraph::{ErrorKind, Lexicon, Vocabulary};
///
/// let error = Lexicon::builtin().with(Vocabulary::Products, "{").unwrap_err();
/// assert_eq!((error.kind(), error.place()), (ErrorKind::Vocabulary, "products.json"));
/// assert!(error.to_string().starts_with("products.json: "));
/// ```
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    place: String,
    message: String,
    suggestions: Vec<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kind of an [`Error`], for callers that handle some kinds and report the rest.
///
/// ```
/// use policygraph::{ErrorKind, Graph};
///
/// let error = Graph::load("no-such-file.policygraph").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Io);
/// let error = Graph::from_bytes(b"no graph").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Corrupt);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file, folder, reader or writer cannot be read or written.
    Io,
    /// An entry of a vocabulary is malformed, or contradicts another entry.
    Vocabulary,
    /// A record is malformed: wrong JSON, or a span that does not slice to its words.
    Record,
    /// A file is damaged, cut off, or not a saved graph or index.
    Corrupt,
    /// A saved file is intact, but its format version is not supported by this release, or it was
    /// made with other vocabularies than those given.
    Incompatible,
    /// A file has a format that is not supported, or only with a feature that is off.
    UnsupportedFormat,
    /// No node of the graph has this name. See [`Error::suggestions`].
    UnknownName,
    /// Several nodes of one kind have this name. See [`Error::suggestions`].
    AmbiguousName,
    /// An argument is invalid: a vector with NaN, a date that does not exist.
    InvalidInput,
}

impl Error {
    pub(crate) fn new(
        kind: ErrorKind,
        place: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let (place, message) = (place.into(), message.into());
        Error { kind, place, message, suggestions: Vec::new(), source: None }
    }

    /// Creates the error of a file or folder `place` that cannot be read or written. The message
    /// is `doing`, then the cause.
    pub(crate) fn io(
        place: impl Into<String>,
        doing: &str,
        cause: impl Into<std::io::Error>,
    ) -> Self {
        let cause = cause.into();
        Error::new(ErrorKind::Io, place, format!("{doing}: {cause}")).with_source(cause)
    }

    /// Returns the same error at another place.
    pub(crate) fn at(self, place: impl Into<String>) -> Self {
        Error { place: place.into(), ..self }
    }

    /// Creates the error of a caller's writer that fails.
    pub(crate) fn not_written(cause: std::io::Error) -> Self {
        Error::io("writer", "cannot be written to", cause)
    }

    /// Creates the error of a `name` that no node of `kind` (`product`) has.
    ///
    /// * `nearest`: the most similar names, best first.
    pub(crate) fn unknown_name(name: &str, kind: &str, nearest: Vec<String>) -> Self {
        let advice = match nearest.is_empty() {
            true => String::new(),
            false => format!("; nearest: {}", nearest.join(", ")),
        };
        let message = format!("no {kind} of this name in the graph{advice}");
        Error { suggestions: nearest, ..Error::new(ErrorKind::UnknownName, name, message) }
    }

    /// Creates the error of a `name` that `count` nodes of `kind` have.
    ///
    /// * `some`: canonical names of the first ones.
    pub(crate) fn ambiguous_name(name: &str, kind: &str, count: usize, some: Vec<String>) -> Self {
        let message = format!(
            "{count} nodes of kind {kind} have this name; give more of it: {}",
            some.join(", ")
        );
        Error { suggestions: some, ..Error::new(ErrorKind::AmbiguousName, name, message) }
    }

    pub(crate) fn with_source(
        self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Error { source: Some(source.into()), ..self }
    }

    /// Returns the kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the place: a file with its line or byte, a vocabulary, a record, or the unknown name.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns the names nearest to an unknown one, best first, or some that an ambiguous one can mean;
    /// empty for other kinds.
    pub fn suggestions(&self) -> &[String] {
        &self.suggestions
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", printable(&self.place), printable(&self.message))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
