//! Files of any format → texts.

mod format;

use super::{Source, decode, find, markdown};
use crate::error::{Error, ErrorKind};
use format::{Content, Format};

#[cfg(feature = "folder")]
pub(crate) use format::is_document;

impl Source {
    /// Takes the text out of a file. The content decides what the file is, then the ending of its
    /// name.
    ///
    /// | content | feature | read as |
    /// |---|---|---|
    /// | zip with `word/document.xml` | `office` | Word document (`.docx`) |
    /// | zip with `OFD.xml` | `office` | OFD (版式文档, GB/T 33190) |
    /// | `%PDF-` | `pdf` | the text layer of a PDF |
    /// | `<!DOCTYPE html` or `<html`; `.html`, `.htm`, `.shtml` | `html` | [`html`](crate::html) |
    /// | `.md`, `.markdown` | | [`markdown`] |
    /// | any other text | | the text itself |
    ///
    /// Text in any of these is decoded by [`decode`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnsupportedFormat`] for a file that is empty, is not text (`.doc`, images,
    /// archives …), or needs a feature that is off; [`ErrorKind::Corrupt`] for a damaged `.docx`,
    /// `.ofd` or PDF. The message says what the file is and what to do.
    ///
    /// ```
    /// use policygraph::{ErrorKind, Source};
    ///
    /// let source = Source::from_bytes("notes/1.md", "**一、**加强监管".as_bytes())?;
    /// assert_eq!(source.text, "一、加强监管");
    /// assert_eq!(source.origin.file.as_deref(), Some("notes/1.md"));
    ///
    /// let error = Source::from_bytes("措施.txt", b"\x89PNG\r\n\x1A\n").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::UnsupportedFormat);
    /// assert_eq!(error.to_string(), "措施.txt: is an image (PNG): recognise its text first (OCR)");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Source, Error> {
        let source = match Content::of(bytes) {
            Content::Text => from_text(name, bytes),
            #[cfg(feature = "office")]
            Content::Docx => super::office::docx(bytes),
            #[cfg(feature = "office")]
            Content::Ofd => super::office::ofd(bytes),
            #[cfg(feature = "pdf")]
            Content::Pdf => super::pdf::pdf(bytes),
            #[cfg(not(feature = "office"))]
            Content::Docx => Err(needs("a Word document (.docx)", "office")),
            #[cfg(not(feature = "office"))]
            Content::Ofd => Err(needs("an OFD document", "office")),
            #[cfg(not(feature = "pdf"))]
            Content::Pdf => Err(needs("a PDF", "pdf")),
            Content::Other(what) => Err(unsupported(what)),
        };
        let mut source = source.map_err(|error| error.at(name))?;
        source.origin.file = Some(name.to_owned());
        Ok(source)
    }
}

/// Reads a text, markdown or HTML.
fn from_text(name: &str, bytes: &[u8]) -> Result<Source, Error> {
    let decoded = decode(bytes);
    if let Some(defect) = defect(&decoded.text) {
        return Err(unsupported(defect));
    }
    match Format::of_text(name, &decoded.text) {
        Format::Html => page(decoded.into()),
        Format::Markdown => Ok(markdown(decoded)),
        _ => Ok(decoded.into()),
    }
}

#[cfg(feature = "html")]
fn page(source: Source) -> Result<Source, Error> {
    Ok(super::html(source))
}

#[cfg(not(feature = "html"))]
fn page(_: Source) -> Result<Source, Error> {
    Err(needs("an HTML page", "html"))
}

/// Creates the error of a format that needs a feature.
#[cfg(not(all(feature = "html", feature = "office", feature = "pdf")))]
fn needs(what: &str, feature: &str) -> Error {
    unsupported(format!("is {what}; enable the feature `{feature}` of policygraph to read it"))
}

/// Creates the error of a file that is not read. The caller adds its place.
pub(super) fn unsupported(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::UnsupportedFormat, "", what)
}

/// Returns the reason why `text` cannot be a document; `None` if it can.
fn defect(text: &str) -> Option<String> {
    let bad = if may_have_bad(text) { text.chars().filter(|&c| is_bad(c)).count() } else { 0 };
    let chars = || text.chars().count();
    if bad > 0 && bad > chars() / 10 {
        let chars = chars();
        return Some(format!(
            "is not text: {bad} of {chars} characters are malformed or control characters"
        ));
    }
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    text.chars().all(blank).then(|| "is empty".to_owned())
}

/// Returns false if no byte can belong to a character for which [`is_bad`] is true.
fn may_have_bad(text: &str) -> bool {
    // Without a branch, so that many bytes are tested at once.
    let is_control = |byte: u8| byte < b'\t' || (0x0E..0x20).contains(&byte) || byte == 0x7F;
    let controls = text.bytes().fold(false, |has, byte| has | is_control(byte));
    // U+0080 to U+009F are the bytes C2 80 to C2 9F.
    let follows = |at: usize| text.as_bytes().get(at + 1).is_some_and(|&byte| byte < 0xA0);
    controls
        || memchr::memchr_iter(0xC2, text.as_bytes()).any(follows)
        || find(text, "\u{FFFD}").is_some()
}

/// Returns true for U+FFFD and for control characters: text contains few or none.
fn is_bad(c: char) -> bool {
    c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace())
}
