//! The five seed files: thirteen documents of 2022–2025, embedded.

use crate::corpus::Corpus;
use crate::graph::Graph;
use crate::lexicon::Lexicon;
use crate::model::Record;
use crate::parallel;
use crate::read::read;
use crate::text::{Origin, Source};
use include_dir::{Dir, include_dir};
use once_cell::sync::Lazy;
use serde::Deserialize;
use std::sync::Arc;

static SEEDS: Dir = include_dir!("$CARGO_MANIFEST_DIR/data/seeds");

#[derive(Deserialize)]
struct Manifest {
    entries: Vec<Seed>,
}

/// One document of a seed file.
#[derive(Deserialize)]
struct Seed {
    key: String,
    file: String,
    /// First and last line, from 1; the whole file if absent.
    lines: Option<(usize, usize)>,
}

/// The records of the thirteen seed documents, in the order of the files, read
/// anew on each call.
///
/// ```
/// let records = policygraph::seeds();
/// assert_eq!(records.len(), 13);
/// assert_eq!(records.iter().map(|record| record.measures.len()).sum::<usize>(), 131);
/// ```
pub fn seeds() -> Vec<Record> {
    let manifest: Manifest =
        serde_json::from_str(text("manifest.json")).expect("the manifest is tested");
    // Made before the threads start, as it uses several itself.
    let lexicon = Lexicon::builtin();
    parallel::map(&manifest.entries, |seed| seed.read(lexicon))
}

/// The graph of the thirteen seed documents, read at the first call and shared.
///
/// ```
/// let graph = policygraph::builtin();
/// assert_eq!((graph.documents().len(), graph.measures().len()), (13, 131));
/// ```
pub fn builtin() -> &'static Graph {
    static GRAPH: Lazy<Arc<Graph>> =
        Lazy::new(|| seeds().into_iter().collect::<Corpus>().graph(Lexicon::builtin()));
    &GRAPH
}

impl Seed {
    fn read(&self, lexicon: &Lexicon) -> Record {
        let file = text(&self.file);
        let (first, last) = self.lines.unwrap_or((1, usize::MAX));
        let start = line_start(file, first - 1);
        let end = line_start(file, last);
        let origin =
            Origin { file: Some(self.file.clone()), offset: start as u32, ..Origin::default() };
        read(lexicon, &self.key, Source { text: file[start..end].to_owned(), origin })
    }
}

fn text(file: &str) -> &'static str {
    let file = SEEDS.get_file(file).expect("the manifest names files that are there");
    simdutf8::basic::from_utf8(file.contents()).expect("the seeds are UTF-8")
}

/// Where the line with this index, from 0, starts.
fn line_start(text: &str, line: usize) -> usize {
    match line {
        0 => 0,
        line => text.match_indices('\n').nth(line - 1).map_or(text.len(), |(at, _)| at + 1),
    }
}
