//! `mcp`: a server of the Model Context Protocol on standard input and output, for assistants.
//!
//! [`protocol`] holds messages and revisions, [`server`] the loop, [`tools`] the questions,
//! [`resources`] the texts. An answer is made by [`answer`]: one verdict, facts with their words, and
//! what the corpus covers. Nothing is written or fetched, and no file is opened after the corpus and
//! its saved index.

mod answer;
mod arguments;
mod context;
mod protocol;
mod resources;
mod server;
mod tools;

use crate::corpus::Loaded;
use crate::output::Failure;
use context::Context;

/// Answers requests until standard input is closed.
///
/// * `report`: file or address of the report page, for links.
pub fn run(loaded: Loaded, report: Option<&str>) -> Result<(), Failure> {
    let context = Context::new(loaded, report)?;
    server::serve(&context)
}
