//! The outline of a document: head, chapters, measures and closing lines, by position. Meaning
//! is read later, in `read`.

mod articles;
mod attached;
mod closing;
mod decimal;
mod heading;
mod hierarchy;
mod items;
mod layout;
mod lists;
mod marker;
mod prose;
mod report;
mod tables;
mod texts;
mod titles;

pub(crate) use closing::body_end;
pub(crate) use items::Diagnostic;
pub(crate) use layout::{Layout, MeasureBlock, Row, Title};
pub(crate) use report::Report;
