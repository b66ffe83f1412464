//! Writes the report of the thirteen built-in documents: `report [FILE]`.

mod terminal;

use policygraph::report::{self, Options};
use policygraph::similar::Index;
use policygraph::{Lexicon, builtin};
use std::process::ExitCode;

fn main() -> ExitCode {
    let path = std::env::args().nth(1).unwrap_or_else(|| "report.html".to_owned());
    let index = Index::new(builtin(), Lexicon::builtin());
    match report::save(&index, &Options::default(), &path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::report(error);
            ExitCode::FAILURE
        }
    }
}
