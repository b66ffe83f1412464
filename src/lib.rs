#![forbid(unsafe_code)]

pub mod text;
pub mod model;
pub mod lexicon;
pub mod features;
pub mod correspond;

pub mod graph;

pub use model::*;
pub use text::Span;
