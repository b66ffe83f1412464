//! Gold records of a folder, each with the record that is measured against it.
//!
//! `data/gold/README.md` defines a gold record. `deadlines.json` beside the folder has the deadlines
//! of its measures.

use crate::extraction::add_deadlines;
use policygraph::Record;
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The record of a document and its gold record.
pub type Document = (Record, Value);

/// Messages on files that cannot be used.
pub type Problems = Vec<String>;

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

/// Returns the gold records of a folder (`*.json`), by file name, each with its document.
///
/// * `record`: returns the record with the key `doc` of a gold record, or a message.
///
/// ```
/// use policygraph::{Lexicon, read};
/// use policygraph_testkit::gold;
///
/// let folder = tempfile::tempdir().unwrap();
/// std::fs::write(folder.path().join("a.json"), r#"{ "doc": "a", "measures": [] }"#).unwrap();
/// std::fs::write(folder.path().join("b.json"), "{}").unwrap();
/// let (documents, problems) =
///     gold::documents(folder.path(), |key| Ok(read(Lexicon::builtin(), key, "一、检测水质。")));
/// assert_eq!(documents[0].0.measures.len(), 1);
/// assert!(problems[0].contains("b.json: missing field `doc`"));
/// ```
pub fn documents(
    folder: &Path,
    record: impl Fn(&str) -> Result<Record, String>,
) -> (Vec<Document>, Problems) {
    let mut problems = Problems::new();
    let mut documents = Vec::new();
    let deadlines = deadlines(folder).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let files = files(folder).unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    });
    for file in files {
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        match gold_record(&file).and_then(|(key, gold)| Ok((record(&key)?, gold))) {
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
fn deadlines(folder: &Path) -> Result<Option<Value>, String> {
    let file = folder.join("../deadlines.json");
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

/// Returns the files of a folder by name, or a message.
///
/// Files of 0 bytes are left out: kernel interfaces, which may never end, give this size.
///
/// ```
/// let problem = policygraph_testkit::gold::files("no-such-folder".as_ref()).unwrap_err();
/// assert!(problem.starts_with("no-such-folder: "));
/// ```
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let list = || -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut files = list().map_err(|error| format!("{}: {error}", folder.display()))?;
    files.retain(|file| file.metadata().is_ok_and(|of| of.is_file() && of.len() > 0));
    files.sort();
    Ok(files)
}
