use serde::{Deserialize, Serialize};

/// A half-open byte range `[start, end)` of a document's text.
///
/// Offsets count UTF-8 bytes of [`Record::text`](crate::Record::text) and fall
/// on character boundaries, so a span always slices. Serialised as
/// `[start, end]`.
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
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, which must not be smaller.
    pub const fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// The text it covers. Panics if the span is not one of `text`.
    pub fn slice(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Whether all of `other` lies in it.
    pub(crate) fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The text it covers; none if the span is not one of `text`.
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
