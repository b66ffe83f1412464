//! The texts and words that every peer gets.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

/// The texts of the seeds.
pub fn texts() -> Vec<String> {
    policygraph::seeds().into_iter().map(|seed| seed.text).collect()
}

/// Bytes of all texts.
pub fn bytes(texts: &[String]) -> u64 {
    texts.iter().map(|text| text.len() as u64).sum()
}

/// Every name and word of `data/lexicon` that a text can hold, sources and keys
/// left out, ascending.
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
            let said = fields.iter().filter(|(name, _)| *name != "source");
            said.for_each(|(_, field)| collect(field, words));
        }
        _ => {}
    }
}
