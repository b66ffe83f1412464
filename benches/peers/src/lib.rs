//! The texts and words of the comparisons.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

/// Returns the texts of the seeds.
pub fn texts() -> Vec<String> {
    policygraph::seeds().into_iter().map(|seed| seed.text).collect()
}

/// Returns the size of all texts in bytes.
pub fn bytes(texts: &[String]) -> u64 {
    texts.iter().map(|text| text.len() as u64).sum()
}

/// Returns all names and words of `data/lexicon` that may occur in a text, without sources
/// and keys, ascending.
pub fn words() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/lexicon");
    let mut words = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let json = std::fs::read_to_string(file.unwrap().path()).unwrap();
        collect(&serde_json::from_str(&json).unwrap(), &mut words);
    }
    words.into_iter().collect()
}

fn collect(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(word) if word.chars().any(|c| !c.is_ascii()) => {
            words.insert(word.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, words)),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| *name != "source");
            fields.for_each(|(_, field)| collect(field, words));
        }
        _ => {}
    }
}
