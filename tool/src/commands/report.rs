//! `report`: a page, or a folder of pages, for people.

use super::export::check_new;
use crate::corpus::Loaded;
use crate::output::{Failure, report as tell};
use policygraph::Graph;
use policygraph::report::{self, Language, Options};
use std::path::Path;

pub fn run(
    loaded: &Loaded,
    output: &Path,
    force: bool,
    since: Option<&Path>,
    language: Language,
) -> Result<(), Failure> {
    check_new(output, force)?;
    let older = since.map(Graph::load).transpose()?;
    let options = Options {
        language,
        older: older.as_ref(),
        unread: loaded.left_out.clone(),
        ..Options::default()
    };
    let index = loaded.index()?;
    report::save(&index, &options, output)?;
    let pages = loaded.graph.documents().len() > options.max_documents;
    let first = if pages { output.join("index.html") } else { output.to_owned() };
    tell(format_args!("wrote {}", first.display()));
    Ok(())
}
