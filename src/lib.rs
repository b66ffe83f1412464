#![forbid(unsafe_code)]

pub mod error;
pub mod text;
pub mod model;
pub mod lexicon;
mod outline;
mod read;
pub mod graph;

pub use error::Error;
pub use read::read;
pub use lexicon::{Lexicon, Vocabulary};
pub use model::*;
pub use text::{Decoded, Span, decode};

#[cfg(feature = "builtin")]
mod builtin;
#[cfg(feature = "builtin")]
pub use builtin::seeds;
