//! The outline of a document: head, chapters, measures and closing lines, by position. Meaning
//! is read later, in `read`.

mod attached;
mod closing;
mod heading;
mod items;
mod layout;
mod marker;

pub(crate) use items::Diagnostic;
pub(crate) use layout::{Layout, MeasureBlock, Title};
