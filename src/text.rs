//! Bytes to text, markup to words, spans of them, and the normalised view that
//! the reader works on.

mod decode;
mod find;
#[cfg(feature = "html")]
mod html;
mod markdown;
mod source;
mod span;
mod view;

pub use decode::{Decoded, decode};
pub(crate) use find::{
    after_last, contains_any, find, is_within, occurrences, prefix_end, suffix_start,
};
#[cfg(feature = "html")]
pub use html::html;
pub use markdown::markdown;
pub use source::{Origin, Source};
pub use span::Span;
pub(crate) use view::{View, is_han, is_numeral};
