//! Plain data that is read from one document.
//!
//! Every fact is a value with the span that proves it and the [`Rule`] that read it ([`Found`]).
//! The text is held once, in [`Record::text`]; all spans refer to it.

mod citation;
mod compact;
mod date;
mod deadline;
mod document;
mod json;
mod provision;
mod target;
pub(crate) mod terms;

pub(crate) use compact::{RecordV1, RecordV2};

pub use citation::{Citation, InstrumentKind};
pub use date::{Date, Dates, PartialDate};
pub use deadline::{Anchor, Deadline, Term};
pub use document::{Found, Genre, Heading, Note, Record, Rule, Section};
pub use provision::{ClassDuty, Duty, Measure, Modality, Provision, Role};
pub use target::{Comparator, Target};
