//! The valid inputs that targets edit, and words of the readers.

use arbitrary::{Result, Unstructured};
use policygraph::similar::Index;
use policygraph::{Corpus, Graph, Lexicon, read};
use serde_json::Value;
use std::sync::{Arc, LazyLock};

/// Short documents with facts of every kind.
const TEXTS: &[(&str, &str)] = &[
    ("measures", include_str!("../seeds/text/measures.txt")),
    ("notice", include_str!("../seeds/text/notice.txt")),
    ("law", include_str!("../seeds/text/law.txt")),
];

/// The graph of the short documents, its files, and their records.
pub struct Base {
    pub graph: Arc<Graph>,
    pub graph_file: Vec<u8>,
    pub index_file: Vec<u8>,
    pub records: Vec<Value>,
}

pub static BASE: LazyLock<Base> = LazyLock::new(|| {
    let graph = base_graph();
    let (mut graph_file, mut index_file) = (Vec::new(), Vec::new());
    graph.write_to(&mut graph_file).expect("a vector takes all bytes");
    let index = Index::new(&*graph, Lexicon::builtin());
    index.write_to(&mut index_file).expect("a vector takes all bytes");
    let json = |record| serde_json::to_value(record).expect("a record has a JSON form");
    let records = Corpus::from(&*graph).iter().map(json).collect();
    Base { graph, graph_file, index_file, records }
});

/// Returns the graph of the short documents.
pub fn base_graph() -> Arc<Graph> {
    let lexicon = Lexicon::builtin();
    let records = TEXTS.iter().map(|&(key, text)| read(lexicon, key, text));
    records.collect::<Corpus>().graph(lexicon)
}

static DICTIONARY: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    include_str!("../dictionary.txt").lines().filter_map(dictionary_word).collect()
});

static WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| DICTIONARY.iter().filter_map(|word| std::str::from_utf8(word).ok()).collect());

/// Returns the words of `dictionary.txt`: marks, cue words and names that the readers look for.
pub fn dictionary() -> &'static [Vec<u8>] {
    &DICTIONARY
}

/// Chooses a word of the dictionary.
pub fn word(edits: &mut Unstructured) -> Result<&'static str> {
    edits.choose(&WORDS).copied()
}

/// Reads a line of a libFuzzer dictionary, `name="word"` with bytes as `\xE7`; `None` for a comment.
fn dictionary_word(line: &str) -> Option<Vec<u8>> {
    let (_, quoted) = line.strip_suffix('"')?.split_once('"')?;
    let mut word = Vec::new();
    let mut rest = quoted;
    while let Some(first) = rest.bytes().next() {
        let hex = rest.strip_prefix("\\x").and_then(|hex| hex.get(..2));
        let (byte, length) = match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => (byte, 4),
            None => (first, 1),
        };
        word.push(byte);
        rest = &rest[length..];
    }
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_dictionary_word_is_the_word() {
        for line in include_str!("../dictionary.txt").lines() {
            let Some(word) = dictionary_word(line) else { continue };
            let (name, _) = line.split_once('=').unwrap();
            assert!(name.is_empty() || name.as_bytes() == word, "{line}");
        }
        assert!(dictionary().len() > 100);
    }
}
