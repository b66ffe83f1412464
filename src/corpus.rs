//! Records in, graph out.

use crate::graph::Graph;
use crate::lexicon::Lexicon;
use crate::model::Record;
use std::collections::BTreeMap;
use std::sync::Arc;

/// 文库 — records by key.
///
/// An ordered map: whatever is returned is ordered by key, whichever record
/// came first. Add, replace or remove one, then assemble again; records are
/// shared with the graphs made of them, not copied.
///
/// ```
/// use policygraph::{Corpus, Lexicon};
///
/// let mut corpus: Corpus = policygraph::builtin()
///     .documents()
///     .map(|id| policygraph::builtin().at(id).record().clone())
///     .collect();
/// let parent = "国办发〔2024〕53号";
///
/// let graph = corpus.graph(Lexicon::builtin());
/// assert!(graph.policy(parent).unwrap().implemented_by().any(|by| by.key() == "sx-2025"));
///
/// corpus.remove("sx-2025");
/// let graph = corpus.graph(Lexicon::builtin());
/// assert!(graph.policy(parent).unwrap().implemented_by().all(|by| by.key() != "sx-2025"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corpus {
    records: BTreeMap<Box<str>, Arc<Record>>,
}

impl Corpus {
    /// A corpus without records.
    pub fn new() -> Self {
        Corpus::default()
    }

    /// Adds a record under its key; returns the one that it replaces.
    pub fn insert(&mut self, record: impl Into<Arc<Record>>) -> Option<Arc<Record>> {
        let record = record.into();
        self.records.insert(record.key.as_str().into(), record)
    }

    /// Takes the record of this key out.
    pub fn remove(&mut self, key: &str) -> Option<Arc<Record>> {
        self.records.remove(key)
    }

    /// The record of this key.
    pub fn get(&self, key: &str) -> Option<&Record> {
        self.records.get(key).map(|record| &**record)
    }

    /// The records, by key.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Record> + DoubleEndedIterator + Clone {
        self.records.values().map(|record| &**record)
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Assembles the graph of these records; linear in what they say. Equal
    /// records give an equal graph.
    pub fn graph(&self, lexicon: &Lexicon) -> Graph {
        Graph::assemble(self.records.values().cloned().collect(), lexicon)
    }
}

impl<R: Into<Arc<Record>>> FromIterator<R> for Corpus {
    fn from_iter<I: IntoIterator<Item = R>>(records: I) -> Self {
        let mut corpus = Corpus::new();
        corpus.extend(records);
        corpus
    }
}

impl<R: Into<Arc<Record>>> Extend<R> for Corpus {
    fn extend<I: IntoIterator<Item = R>>(&mut self, records: I) {
        for record in records {
            self.insert(record);
        }
    }
}
