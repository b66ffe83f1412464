use super::{Decoded, Span, decode, markdown};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// 来源 — a text to read, and where it was found.
///
/// Made of a string, of what [`decode`](crate::decode) gives, or from a marked-up
/// text by [`markdown`](crate::markdown) and `html` (feature `html`).
///
/// ```
/// use policygraph::{Lexicon, decode, markdown, read};
///
/// let file = "## **一、加快审批**\n审批时限**压缩至30个工作日**。".as_bytes();
/// let record = read(Lexicon::builtin(), "note", markdown(decode(file)));
///
/// let measure = &record.measures[0];
/// assert_eq!(measure.span.slice(&record.text), "加快审批\n审批时限压缩至30个工作日。");
/// let target = record.origin.place(measure.provision.targets[0].span);
/// assert_eq!(&file[target.start as usize..target.end as usize], "审批时限**压缩至30个工作日".as_bytes());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The words, without markup; the spans of a record count its bytes.
    pub text: String,
    /// Where they were found.
    pub origin: Origin,
}

impl Source {
    /// A file, by the ending of its name: a page (`.html`, `.htm`, `.shtml`; feature
    /// `html`), markdown (`.md`), else plain text.
    ///
    /// ```
    /// use policygraph::Source;
    ///
    /// let source = Source::file("notes/1.md", "**一、**加强监管".as_bytes());
    /// assert_eq!(source.text, "一、加强监管");
    /// assert_eq!(source.origin.file.as_deref(), Some("notes/1.md"));
    /// ```
    pub fn file(name: &str, bytes: &[u8]) -> Source {
        let mut source = Source::from(decode(bytes));
        source.origin.file = Some(name.to_owned());
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => markdown(source),
            #[cfg(feature = "html")]
            "html" | "htm" | "shtml" => super::html(source),
            _ => source,
        }
    }
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        Source { text, origin: Origin::default() }
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

impl From<Decoded> for Source {
    fn from(Decoded { text, encoding, .. }: Decoded) -> Self {
        Source { text, origin: Origin { encoding: Some(encoding.into()), ..Origin::default() } }
    }
}

/// Where a document's text was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Origin {
    /// The file's name, if it came from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The file's encoding, by its WHATWG name, if it was decoded here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Bytes of the file's text that stand before the document's.
    #[serde(default)]
    pub offset: u32,
    /// Of a text taken out of markup: where each piece of it begins, ascending,
    /// and the bytes of the file's text that it stands for; the last is the empty
    /// piece at the end. A piece is as long as its bytes, or something else in
    /// their place: a space for `&nbsp;`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<(u32, Span)>,
}

impl Origin {
    /// Where the words of `span` stand in the file's text: its bytes, or, of a
    /// file that is not UTF-8, those of its text as decoded. From the first word
    /// to the last, with the markup between them. O(log n).
    ///
    /// ```
    /// use policygraph::{Span, markdown};
    ///
    /// let file = "为**鼓励**创新";
    /// let source = markdown(file);
    /// let place = source.origin.place(Span::new(3, 12));
    /// assert_eq!((Span::new(3, 12).slice(&source.text), place.slice(file)), ("鼓励创", "鼓励**创"));
    /// ```
    pub fn place(&self, span: Span) -> Span {
        if self.pieces.is_empty() {
            let shift = |at: u32| at.saturating_add(self.offset);
            return Span { start: shift(span.start), end: shift(span.end) };
        }
        let (start, _) = self.ends(span.start, span.start);
        let last = span.end.saturating_sub(1).max(span.start);
        let (_, end) = self.ends(last, span.end);
        Span { start, end: end.max(start) }
    }

    /// Where the file has the two ends of `start..end`, which lies in one piece.
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

/// A text that is taken, piece by piece, out of another.
pub(super) struct Pieces {
    pub text: String,
    /// As [`Origin::pieces`], without the last.
    pub pieces: Vec<(u32, Span)>,
}

impl Pieces {
    /// For a text of at most so many bytes.
    pub fn new(capacity: usize) -> Self {
        Pieces { text: String::with_capacity(capacity), pieces: Vec::new() }
    }

    /// Appends `words`, which stand at `place`, or are put in place of what stands there.
    pub fn push(&mut self, words: &str, place: Range<usize>) {
        if words.is_empty() {
            return;
        }
        let here = self.text.len();
        let place = Span::new(place.start, place.end);
        self.text.push_str(words);
        match self.pieces.last_mut() {
            // Goes on where the piece before ends, character by character.
            Some((piece, last))
                if last.end == place.start
                    && words.len() == (place.end - place.start) as usize
                    && here - *piece as usize == (last.end - last.start) as usize =>
            {
                last.end = place.end;
            }
            _ => self.pieces.push((here as u32, place)),
        }
    }

    /// The text, and the way from it to where the one it was taken from was found.
    pub fn finish(mut self, origin: Origin) -> Source {
        let end = self.pieces.last().map_or(0, |(_, place)| place.end);
        self.pieces.push((self.text.len() as u32, Span { start: end, end }));
        let pieces =
            self.pieces.into_iter().map(|(piece, place)| (piece, origin.place(place))).collect();
        Source { text: self.text, origin: Origin { pieces, ..origin } }
    }
}
