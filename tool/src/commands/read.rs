//! `read`: the records of documents as JSON lines.

use crate::cli::Common;
use crate::corpus::Documents;
use crate::output::Failure;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub fn run(paths: &[PathBuf], output: Option<&Path>, common: &Common) -> Result<usize, Failure> {
    let documents = Documents::read(paths, common)?;
    let unread = documents.finish(common)?;
    match output {
        None => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            written(documents.corpus.write_json_lines(&mut out))?;
            out.flush()?;
        }
        Some(path) => super::export::file(path, |out| {
            Ok(documents.corpus.write_json_lines(io::BufWriter::new(out))?)
        })?,
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
