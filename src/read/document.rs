//! Facts about the whole document: title, number, issuers, dates, genre, and
//! the instruments that it implements or repeals.

pub(crate) mod dates;
pub(crate) mod genre;
pub(crate) mod head;
pub(crate) mod implements;
pub(crate) mod repeals;
pub(crate) mod signature;
pub(crate) mod title;
pub(crate) mod validity;
