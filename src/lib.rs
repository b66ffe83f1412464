#![doc = include_str!("../README.md")]
#![warn(unreachable_pub)]
// A number that wraps is another row of a table. A cast has a proof beside it.
#![cfg_attr(
    not(test),
    warn(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)
)]

#[cfg(doctest)]
#[doc = include_str!("../docs/cookbook.md")]
pub struct Cookbook;

#[cfg(doctest)]
#[doc = include_str!("../docs/export.md")]
pub struct ExportPage;

mod error;
mod number;
mod container;
mod parallel;
mod text;
mod model;
mod sha256;
pub mod lexicon;
mod outline;
mod split;
mod read;
mod hash;
mod features;
mod correspond;
pub mod graph;
pub mod corpus;
pub mod time;
pub mod walk;
pub mod radar;
pub mod difference;
pub mod similar;
pub mod reuse;
pub mod verify;
pub mod export;
pub mod partition;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "folder")]
pub mod folder;

pub use corpus::Corpus;
pub use difference::Difference;
pub use error::{Error, ErrorKind, printable};
pub use graph::Graph;
pub use lexicon::{Lexicon, Vocabulary};
pub use model::*;
pub use parallel::with_threads;
pub use read::read;
pub use split::split;
#[cfg(feature = "html")]
pub use text::html;
pub use text::{Area, Decoded, Origin, Place, Source, Span, TableCell, decode, markdown};

#[cfg(feature = "builtin")]
mod builtin;
#[cfg(feature = "builtin")]
pub use builtin::{builtin, seeds};
