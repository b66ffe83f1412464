//! Texts: decoding, markup, spans, and the normalised view that the reader works on.

mod char_index;
mod decode;
mod file;
mod find;
#[cfg(feature = "html")]
mod html;
mod mark;
mod markdown;
mod numeral;
#[cfg(feature = "office")]
mod office;
#[cfg(any(feature = "office", feature = "pdf"))]
mod paged;
mod pieces;
#[cfg(feature = "pdf")]
mod pdf;
mod place;
mod print;
mod source;
mod span;
mod table;
mod view;
mod width;
mod window;

pub(crate) use char_index::NameMark;
pub use decode::{Decoded, decode};
#[cfg(feature = "folder")]
pub(crate) use file::is_document;
pub(crate) use find::{
    CharFilter, find, is_within, lines, occurrences, prefix_end, rfind, suffix_start,
};
#[cfg(feature = "html")]
pub use html::html;
pub(crate) use mark::{after_last, find_mark, rfind_mark, since_mark, until_mark};
pub use markdown::markdown;
pub(crate) use numeral::{
    cardinal, cardinal_len, digit, is_counting, is_numeral, is_one_to_ten, multiplier, ordinal,
};
pub use place::{Area, Place, TableCell};
pub use source::{Origin, Source};
pub use span::Span;
pub(crate) use table::Table;
pub(crate) use view::{View, is_han, is_page_number, opens_item};
pub(crate) use width::{full_width, half_width};
pub(crate) use window::{first_chars, last_chars};
