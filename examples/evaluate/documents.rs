//! Loads texts and their gold records.

use policygraph::{Lexicon, Source, read};
use policygraph_testkit::gold::{self, Document, Problems, files};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SEEDS_GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/gold/documents");

/// Returns the annotated seed documents.
pub fn seeds() -> (Vec<Document>, Problems) {
    let seeds = policygraph::seeds();
    gold::documents(Path::new(SEEDS_GOLD), |key| {
        let seed = seeds.iter().find(|seed| seed.key == key);
        seed.cloned().ok_or_else(|| format!("{key} is not a seed document"))
    })
}

/// Returns the texts of one folder with the gold records of another.
pub fn corpus(texts: &Path, gold: &Path) -> (Vec<Document>, Problems) {
    let mut problems = Problems::new();
    let mut files = files(texts).unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    });
    // Of a text and its web page, the text, which is last: the page has more around it.
    files.sort_by_key(|file| file.extension().is_some_and(|ending| ending == "txt"));
    let by_stem: BTreeMap<_, _> =
        files.iter().filter_map(|file| Some((file.file_stem()?.to_str()?, file))).collect();
    let (documents, more) = gold::documents(gold, |key| {
        let file = by_stem
            .get(key)
            .ok_or_else(|| format!("there is no text {key}.* in {}", texts.display()))?;
        let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let source = Source::from_bytes(&file.to_string_lossy(), &bytes);
        let source = source.map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(read(Lexicon::builtin(), key, source))
    });
    problems.extend(more);
    (documents, problems)
}
