//! Loads texts and their gold records.

use policygraph::{Lexicon, Record, decode, read};
use policygraph_testkit::extraction::add_deadlines;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

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
    let files = usable(files(texts), &mut problems);
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
    let deadlines = deadlines(gold).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    for file in usable(files(gold), &mut problems) {
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        match gold_record(&file).and_then(|(key, gold)| Ok((document(&key)?, gold))) {
            Ok((record, mut gold)) => {
                if let Some(deadlines) = &deadlines {
                    add_deadlines(&mut gold, deadlines);
                }
                documents.push((record, gold));
            }
            Err(problem) => problems.push(format!("{}: {problem}", file.display())),
        }
    }
    (documents, problems)
}

/// Returns the content of `deadlines.json` beside a folder of gold records; `None` if there is none.
fn deadlines(gold: &Path) -> Result<Option<Value>, String> {
    let file = gold.join("../deadlines.json");
    match fs::read_to_string(&file) {
        Ok(json) => {
            let value = serde_json::from_str(&json);
            value.map(Some).map_err(|error| format!("{}: {error}", file.display()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", file.display())),
    }
}

/// Returns a gold record and its `doc`.
fn gold_record(file: &Path) -> Result<(String, Value), String> {
    let json = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let required: Required = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    let gold = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    Ok((required.doc, gold))
}

fn usable(files: Result<Vec<PathBuf>, String>, problems: &mut Problems) -> Vec<PathBuf> {
    files.unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    })
}

/// Returns the files of a folder by name, or a message.
///
/// Files of 0 bytes are left out: kernel interfaces, which may never end, give this size.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let list = || -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut files = list().map_err(|error| format!("{}: {error}", folder.display()))?;
    files.retain(|file| file.metadata().is_ok_and(|of| of.is_file() && of.len() > 0));
    files.sort();
    Ok(files)
}
