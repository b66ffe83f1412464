//! Facts about the whole document: title, number, issuers, dates, genre, and
//! the instruments that it implements or repeals.

mod addressees;
mod dates;
mod genre;
pub(super) mod head;
mod implements;
mod issuer_names;
mod issuers;
pub(super) mod repeals;
mod signature;
mod title;
mod validity;
