//! Files by the ending of their names.

use super::{Source, decode, markdown};
use crate::error::Error;

/// A format of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
}

impl Format {
    /// Returns the format of a file with this name, by its ending; `None` for an unknown
    /// ending.
    pub(crate) fn of(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" | "shtml" => Some(Format::Html),
            _ => None,
        }
    }
}

impl Source {
    /// Decodes a file by the ending of its name: an HTML page (`.html`, `.htm`, `.shtml`; feature
    /// `html`), markdown (`.md`, `.markdown`), or plain text with any other ending.
    ///
    /// # Errors
    ///
    /// For a page, if the feature `html` is off. The content of a file is never an error.
    ///
    /// ```
    /// use policygraph::Source;
    ///
    /// let source = Source::file("notes/1.md", "**一、**加强监管".as_bytes())?;
    /// assert_eq!(source.text, "一、加强监管");
    /// assert_eq!(source.origin.file.as_deref(), Some("notes/1.md"));
    /// assert_eq!(Source::file("page.html", b"<p>").is_ok(), cfg!(feature = "html"));
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn file(name: &str, bytes: &[u8]) -> Result<Source, Error> {
        let mut source = Source::from(decode(bytes));
        source.origin.file = Some(name.to_owned());
        match Format::of(name) {
            Some(Format::Html) => page(source),
            Some(Format::Markdown) => Ok(markdown(source)),
            Some(Format::Text) | None => Ok(source),
        }
    }
}

#[cfg(feature = "html")]
fn page(source: Source) -> Result<Source, Error> {
    Ok(super::html(source))
}

#[cfg(not(feature = "html"))]
fn page(source: Source) -> Result<Source, Error> {
    use crate::error::ErrorKind;
    let name = source.origin.file.unwrap_or_default();
    let message = "is an HTML page; enable the feature `html` of policygraph to read it";
    Err(Error::new(ErrorKind::UnsupportedFormat, name, message))
}
