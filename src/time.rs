//! Questions of time: which documents are in force on a day ([`AsOf`], 时效), and
//! which documents adopt a policy, by date ([`Adoption`]).
//!
//! ```
//! use policygraph::Date;
//! use policygraph::time::Status;
//!
//! let graph = policygraph::builtin();
//! let document = graph.document("sx-2025").unwrap();
//! assert_eq!(graph.as_of(Date::constant(2026, 1, 1)).status(document.id()), Status::InForce);
//! ```

mod adoption;
mod as_of;
mod printed;
mod status;
#[cfg(test)]
mod tests;

pub use adoption::Adoption;
pub use as_of::{AsOf, StatusCensus};
pub use printed::{DateKind, PrintedDate};
pub use status::{Comments, Reason, Repeal, Status};
