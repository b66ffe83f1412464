//! `build`: a saved graph, and its index beside it.

use crate::cli::Common;
use crate::corpus::{Documents, index_path};
use crate::output::{Failure, report};
use policygraph::Lexicon;
use policygraph::similar::Index;
use std::path::{Path, PathBuf};

pub fn run(
    paths: &[PathBuf],
    output: &Path,
    force: bool,
    common: &Common,
) -> Result<usize, Failure> {
    let paths = [paths, &common.corpus].concat();
    if paths.is_empty() {
        return Err(Failure::new("give a folder or files to build a graph of"));
    }
    super::export::check_new(output, force)?;
    let mut documents = Documents::read(&paths, common)?;
    let unread = documents.finish(common)?;
    let lexicon = Lexicon::builtin();
    let graph = documents.corpus.graph(lexicon);
    let index = Index::new(&*graph, lexicon);
    graph.save(output)?;
    index.save(index_path(output))?;
    if !common.quiet {
        report(format_args!("saved {} and {}", output.display(), index_path(output).display()));
    }
    Ok(unread)
}
