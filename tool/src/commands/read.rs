//! `read`: the records of documents as JSON lines.

use crate::cli::Common;
use crate::corpus::Documents;
use crate::output::Failure;
use std::io;
use std::path::{Path, PathBuf};

pub fn run(
    paths: &[PathBuf],
    output: Option<&Path>,
    force: bool,
    common: &Common,
) -> Result<usize, Failure> {
    if let Some(path) = output {
        super::export::check_new(path, force)?;
    }
    let documents = Documents::read(paths, common)?;
    let unread = documents.finish(common)?;
    match output {
        None => written(documents.corpus.write_json_lines(io::stdout().lock()))?,
        Some(path) => documents.corpus.save_json_lines(path)?,
    }
    Ok(unread)
}

/// Ends quietly if nobody reads the output.
fn written(result: Result<(), policygraph::Error>) -> Result<(), Failure> {
    result.map_err(|error| {
        let cause =
            std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<io::Error>());
        match cause.map(io::Error::kind) {
            Some(io::ErrorKind::BrokenPipe) => Failure::ClosedPipe,
            _ => Failure::from(error),
        }
    })
}
