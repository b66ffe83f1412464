//! Loads texts and their gold records.

use policygraph::{Lexicon, Record, decode, read};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The record of a document and its gold annotation.
pub type Document = (Record, Value);

/// Messages on files that cannot be used.
pub type Problems = Vec<String>;

const SEEDS_GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/gold/documents");

/// Required fields of a gold record; the others are optional.
#[derive(Deserialize)]
struct Required {
    doc: String,
    #[serde(rename = "measures")]
    _measures: Vec<RequiredMeasure>,
}

#[derive(Deserialize)]
struct RequiredMeasure {
    #[serde(rename = "n")]
    _n: u32,
    #[serde(rename = "starts")]
    _starts: String,
    #[serde(rename = "ends")]
    _ends: String,
}

/// Returns the annotated seed documents.
pub fn seeds() -> (Vec<Document>, Problems) {
    let seeds = policygraph::seeds();
    pair(Path::new(SEEDS_GOLD), |key| {
        let seed = seeds.iter().find(|seed| seed.key == key);
        seed.cloned().ok_or_else(|| format!("{key} is not a seed document"))
    })
}

/// Returns the texts of one folder with the gold records of another.
pub fn corpus(texts: &Path, gold: &Path) -> (Vec<Document>, Problems) {
    let mut problems = Problems::new();
    let files = files(texts, &mut problems);
    let by_stem: BTreeMap<_, _> =
        files.iter().rev().filter_map(|file| Some((file.file_stem()?.to_str()?, file))).collect();
    let (documents, more) = pair(gold, |key| {
        let file = by_stem
            .get(key)
            .ok_or_else(|| format!("there is no text {key}.* in {}", texts.display()))?;
        let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(read(Lexicon::builtin(), key, decode(&bytes).text))
    });
    problems.extend(more);
    (documents, problems)
}

/// Returns the gold records of a folder by file name, each with its document.
fn pair(
    gold: &Path,
    document: impl Fn(&str) -> Result<Record, String>,
) -> (Vec<Document>, Problems) {
    let mut problems = Problems::new();
    let mut documents = Vec::new();
    for file in files(gold, &mut problems) {
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        match gold_record(&file).and_then(|(key, gold)| Ok((document(&key)?, gold))) {
            Ok(document) => documents.push(document),
            Err(problem) => problems.push(format!("{}: {problem}", file.display())),
        }
    }
    (documents, problems)
}

/// Returns a gold record and its `doc`.
fn gold_record(file: &Path) -> Result<(String, Value), String> {
    let json = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let required: Required = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    let gold = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    Ok((required.doc, gold))
}

/// Returns the files of a folder by name.
fn files(folder: &Path, problems: &mut Problems) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    match fs::read_dir(folder) {
        Ok(entries) => paths.extend(entries.flatten().map(|entry| entry.path())),
        Err(error) => problems.push(format!("{}: {error}", folder.display())),
    }
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}
