//! Writes the page of the thirteen built-in documents: `report FILE`, or with a number of documents
//! below thirteen a folder of pages: `report FOLDER 5`.

mod terminal;

use policygraph::report::{self, Options};
use policygraph::similar::Index;
use policygraph::{Lexicon, builtin};
use std::process::ExitCode;
use terminal::{arguments, refuse};

fn main() -> ExitCode {
    let arguments = arguments();
    let mut options = Options::default();
    let path = match &arguments[..] {
        [path] => path,
        [path, most] if most.parse::<usize>().is_ok() => {
            options.max_documents = most.parse().unwrap_or_default();
            path
        }
        _ => return refuse("usage: report PATH [MOST-DOCUMENTS-ON-ONE-PAGE]"),
    };
    let index = Index::new(builtin(), Lexicon::builtin());
    match report::save(&index, &options, path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(error),
    }
}
