//! Bytes to text, spans of it, and the normalised view that the reader works on.

mod decode;
mod find;
mod span;
mod view;

pub use decode::{Decoded, decode};
pub(crate) use find::{after_last, contains_any, find, occurrences, prefix_end, suffix_start};
pub use span::Span;
pub(crate) use view::{View, is_han, is_numeral};
