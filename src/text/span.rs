use serde::{Deserialize, Serialize};

/// A half-open byte range `[start, end)` of a document's text.
///
/// Offsets are UTF-8 bytes of [`Record::text`](crate::Record::text) on character boundaries, so
/// that a span of a record always slices its text. Serialised as `[start, end]`.
///
/// ```
/// use policygraph::Span;
///
/// let text = "(省药监局负责)";
/// let span = Span::new(1, 13);
/// assert_eq!(span.slice(text), "省药监局");
/// ```
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(with = "[u32; 2]"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Returns the span from `start` to `end`. `end` must not be less than `start`.
    ///
    /// # Panics
    ///
    /// If an end is past 4 GiB. Texts that are read end before ([`Source::MAX_LEN`](crate::Source)).
    #[expect(clippy::cast_possible_truncation, reason = "both ends are compared with u32::MAX")]
    pub const fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        assert!(start <= u32::MAX as usize && end <= u32::MAX as usize, "a span ends past 4 GiB");
        Span { start: start as u32, end: end as u32 }
    }

    /// Returns the text of the span.
    ///
    /// # Panics
    ///
    /// If the span is out of bounds or not on character boundaries of `text`.
    pub fn slice(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Returns true if the span contains all of `other`.
    pub(crate) fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the text of the span; `None` if it is not a span of `text`.
    pub(crate) fn get(self, text: &str) -> Option<&str> {
        text.get(self.start as usize..self.end as usize)
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Span { start, end }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}
