use super::pieces::part_of_origin;
use super::{Place, Span};
use serde::{Deserialize, Serialize};

/// A text to read and its origin (来源).
///
/// Made from a string, from a [`Decoded`](crate::Decoded) text, by
/// [`markdown`](crate::markdown), by `html` (feature `html`), or from the bytes of a file with
/// [`Source::from_bytes`].
///
/// ```
/// use policygraph::{Lexicon, decode, markdown, read};
///
/// let file = "## **一、加快审批**\n审批时限**压缩至30个工作日**。".as_bytes();
/// let record = read(Lexicon::builtin(), "note", markdown(decode(file)));
///
/// let measure = &record.measures[0];
/// assert_eq!(measure.span.slice(&record.text), "加快审批\n审批时限压缩至30个工作日。");
/// let target = record.origin.place(measure.provision.targets[0].span).bytes().unwrap();
/// assert_eq!(&file[target.start as usize..target.end as usize], "审批时限**压缩至30个工作日".as_bytes());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The text without markup. The spans of a record are byte ranges of it.
    pub text: String,
    /// Position of the text in its file.
    pub origin: Origin,
    /// Number of bytes that [`Source::MAX_LEN`] leaves out after the text.
    pub left_out: usize,
}

impl Source {
    /// Maximum length in bytes of a text, and of the file that a text is extracted from: 1 GiB.
    ///
    /// [`read`](crate::read) reads a longer text up to the last whole character before it, and leaves
    /// a [`Note`](crate::Note) there. Offsets in 32 bits then also hold the text of a page, which may
    /// be longer than the page: `&nGt;` is two characters of three bytes.
    ///
    /// ```
    /// assert!(policygraph::Source::MAX_LEN < u32::MAX as usize / 2);
    /// ```
    pub const MAX_LEN: usize = 1 << 30;

    /// Returns the parts of the text that begin at these offsets, ascending, and at its start. Each
    /// keeps its place in the file. O(n).
    pub(crate) fn parts(self, starts: &[usize]) -> Vec<Source> {
        if starts.is_empty() {
            return vec![self];
        }
        let ends = starts.iter().copied().chain([self.text.len()]);
        let mut start = 0;
        let part = |end: usize| {
            let range = start..end;
            start = end;
            let left_out = if end == self.text.len() { self.left_out } else { 0 };
            let origin = part_of_origin(&self.text, &self.origin, range.clone());
            Source { text: self.text[range].to_owned(), origin, left_out }
        };
        ends.map(part).collect()
    }

    /// Cuts the text to at most `limit` bytes of whole characters.
    pub(crate) fn within(mut self, limit: usize) -> Source {
        if self.text.len() > limit {
            let is_end = |&end: &usize| self.text.is_char_boundary(end);
            let end = (0..=limit).rev().find(is_end).unwrap_or(0);
            self.left_out = self.left_out.saturating_add(self.text.len() - end);
            self.text.truncate(end);
        }
        self
    }
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        Source { text, ..Source::default() }
    }
}

impl From<&str> for Source {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Source {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

/// The position of a document's text in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Origin {
    /// Name of the file, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// WHATWG name of the file's encoding, if [`decode`](crate::decode) decoded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Byte offset of the document in the text of the file.
    #[serde(default)]
    pub offset: u32,
    /// For a text extracted from markup: the start of each piece of the text, ascending, and the
    /// byte range of the file's text that it comes from; the last is an empty piece at the end. A
    /// piece corresponds to its range byte by byte if the lengths are equal, and as a whole if they
    /// differ: a space for `&nbsp;`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<(u32, Span)>,
    /// For a text that is taken from a `.docx`, `.ofd` or PDF file: the start of each paragraph or
    /// line in the text, ascending, and its place in the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<(u32, Place)>,
}

impl Origin {
    /// Returns the place in the file of a span of the document's text, so that a person finds the
    /// words there. O(log n).
    ///
    /// For text, markdown and HTML: the byte range with the markup inside it. It counts the bytes of
    /// the file, or of the decoded text if the file is not UTF-8. For other files: the paragraph, or
    /// the page and the box, of the first line of the span.
    ///
    /// ```
    /// use policygraph::{Place, Span, markdown};
    ///
    /// let file = "为**鼓励**创新";
    /// let source = markdown(file);
    /// let Place::Bytes(place) = source.origin.place(Span::new(3, 12)) else { unreachable!() };
    /// assert_eq!((Span::new(3, 12).slice(&source.text), place.slice(file)), ("鼓励创", "鼓励**创"));
    /// ```
    pub fn place(&self, span: Span) -> Place {
        let next = self.places.partition_point(|&(start, _)| start <= span.start);
        match self.places.get(next.saturating_sub(1)) {
            Some(&(_, place)) => place,
            None => Place::Bytes(self.bytes(span)),
        }
    }

    /// Returns the byte range of the file's text that a span comes from.
    pub(super) fn bytes(&self, span: Span) -> Span {
        if self.pieces.is_empty() {
            let shift = |at: u32| at.saturating_add(self.offset);
            return Span { start: shift(span.start), end: shift(span.end) };
        }
        let (start, _) = self.ends(span.start, span.start);
        let last = span.end.saturating_sub(1).max(span.start);
        let (_, end) = self.ends(last, span.end);
        Span { start, end: end.max(start) }
    }

    /// Returns the ends in the file of `start..end`, which is inside one piece.
    fn ends(&self, start: u32, end: u32) -> (u32, u32) {
        let next = self.pieces.partition_point(|&(piece, _)| piece <= start);
        let (piece, place) = self.pieces[next.saturating_sub(1)];
        let len = self.pieces.get(next).map_or(0, |&(after, _)| after.saturating_sub(piece));
        if len != place.end.saturating_sub(place.start) {
            return (place.start, place.end);
        }
        let at = |offset: u32| place.start.saturating_add(offset.saturating_sub(piece).min(len));
        (at(start), at(end))
    }
}
