//! Text → head, chapters, measures, closing lines: where everything stands.
//! Nothing here knows what the words mean.

mod attached;
mod closing;
mod heading;
mod layout;
mod marker;

pub(crate) use layout::{Block, Layout, Title};
pub(crate) use marker::Oddity;
