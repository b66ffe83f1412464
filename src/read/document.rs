//! Facts about the whole document: title, number, issuers, dates, genre, and
//! the instruments that it implements or repeals.

pub(super) mod dates;
mod issuer_names;
mod line_forms;
mod number;
mod title;
mod stated;
mod issuers;
mod addressees;
mod signature;
mod genre;
mod validity;
mod comments;
mod implements;
pub(super) mod head;
pub(super) mod repeals;
