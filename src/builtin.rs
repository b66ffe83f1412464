//! Thirteen documents of 2022–2025 in five files, embedded.

use crate::corpus::Corpus;
use crate::graph::Graph;
use crate::lexicon::Lexicon;
use crate::model::Record;
use crate::number::to_u32;
use crate::parallel;
use crate::read::read;
use crate::text::{Origin, Source};
use once_cell::sync::Lazy;
use serde::Deserialize;
use std::sync::Arc;

/// Embeds files of `data/seeds`, by name.
macro_rules! embed {
    ($($file:literal)*) => {
        [$(($file, include_str!(concat!("../data/seeds/", $file)))),*]
    };
}

const FILES: [(&str, &str); 5] = embed! {
    "nm-2025-18.txt"
    "nm-2022-26.txt"
    "sx-2025.txt"
    "nm-2025-prudent.txt"
    "digest-2025-06.txt"
};

#[derive(Deserialize)]
struct Manifest {
    entries: Vec<ManifestEntry>,
}

/// One document of a file.
#[derive(Deserialize)]
struct ManifestEntry {
    key: String,
    file: String,
    /// First and last line, from 1; `None` for the whole file.
    lines: Option<(usize, usize)>,
}

/// Reads the thirteen embedded documents and returns their records, in the order of the files.
///
/// ```
/// let records = policygraph::seeds();
/// assert_eq!(records.len(), 13);
/// assert_eq!(records.iter().map(|record| record.measures.len()).sum::<usize>(), 131);
/// ```
pub fn seeds() -> Vec<Record> {
    let manifest: Manifest = serde_json::from_str(include_str!("../data/seeds/manifest.json"))
        .expect("the manifest is tested");
    // Made before the threads start, as it uses several itself.
    let lexicon = Lexicon::builtin();
    parallel::map(&manifest.entries, |entry| entry.read(lexicon))
}

/// Returns the graph of the thirteen embedded documents, which the first call makes.
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

impl ManifestEntry {
    fn read(&self, lexicon: &Lexicon) -> Record {
        let file = text(&self.file);
        let (first, last) = self.lines.unwrap_or((1, usize::MAX));
        let (start, end) = (line_start(file, first - 1), line_start(file, last));
        let origin =
            Origin { file: Some(self.file.clone()), offset: to_u32(start), ..Origin::default() };
        read(lexicon, &self.key, Source { origin, ..Source::from(&file[start..end]) })
    }
}

fn text(name: &str) -> &'static str {
    let (_, text) = FILES.iter().find(|(file, _)| *file == name).expect("the manifest is tested");
    text
}

/// Returns the byte offset of the line at `index`, from 0, or the end of the text.
fn line_start(text: &str, index: usize) -> usize {
    match index {
        0 => 0,
        _ => text.match_indices('\n').nth(index - 1).map_or(text.len(), |(at, _)| at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use sha2::{Digest, Sha256};

    fn manifest() -> Value {
        serde_json::from_str(include_str!("../data/seeds/manifest.json")).unwrap()
    }

    #[test]
    fn files_have_the_checksums_of_the_manifest() {
        let manifest = manifest();
        let files = manifest["files"].as_array().unwrap();
        assert_eq!(files.len(), FILES.len());
        for (file, (name, text)) in files.iter().zip(FILES) {
            let digest = Sha256::digest(text);
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((&file["file"], &file["sha256"]), (&name.into(), &digest.into()));
        }
    }

    #[test]
    fn entries_have_the_titles_and_sources_of_their_documents() {
        let manifest = manifest();
        let entries = manifest["entries"].as_array().unwrap();
        let records = seeds();
        assert_eq!(entries.len(), records.len());
        for (entry, record) in entries.iter().zip(records) {
            let title = record.title.as_ref().map(|title| title.value.as_str());
            assert_eq!(entry["title"].as_str(), title, "{}", record.key);
            let source = entry["source"].as_str().unwrap();
            assert!(record.text.contains(source), "{}: {source}", record.key);
        }
    }
}
