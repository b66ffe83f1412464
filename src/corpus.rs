//! A set of records and its graph.

mod duplicates;
mod lines;

pub use duplicates::{Duplicate, Duplicates, SameBy};

use crate::graph::{Assembler, Graph};
use crate::lexicon::Lexicon;
use crate::model::Record;
use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::sync::Arc;

/// An ordered map of records by key (文库), and the graph of them.
///
/// Records can be added, replaced and removed; [`graph`](Self::graph) then updates
/// the graph. Records are shared with the graphs, not copied.
///
/// ```
/// use policygraph::{Corpus, Lexicon};
///
/// let mut corpus: Corpus = policygraph::seeds().into_iter().collect();
/// let parent = "国办发〔2024〕53号";
///
/// let before = corpus.graph(Lexicon::builtin());
/// corpus.remove("sx-2025");
/// let after = corpus.graph(Lexicon::builtin());
///
/// // The older graph does not change.
/// assert!(before.policy(parent).unwrap().implemented_by().any(|by| by.key() == "sx-2025"));
/// assert!(after.policy(parent).unwrap().implemented_by().all(|by| by.key() != "sx-2025"));
/// ```
#[derive(Clone, Default)]
pub struct Corpus {
    records: BTreeMap<Box<str>, Arc<Record>>,
    assembler: Assembler,
}

impl Corpus {
    /// Makes a corpus without records.
    pub fn new() -> Self {
        Corpus::default()
    }

    /// Adds a record under its key. Returns the record that it replaces.
    pub fn insert(&mut self, record: impl Into<Arc<Record>>) -> Option<Arc<Record>> {
        let record = record.into();
        self.records.insert(record.key.as_str().into(), record)
    }

    /// Removes and returns the record with this key.
    pub fn remove(&mut self, key: &str) -> Option<Arc<Record>> {
        self.records.remove(key)
    }

    /// Returns the record with this key.
    pub fn get(&self, key: &str) -> Option<&Record> {
        self.records.get(key).map(|record| &**record)
    }

    /// Returns the records, by key.
    pub fn iter(&self) -> Records<'_> {
        self.into_iter()
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns true if the corpus has no records.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Assembles the graph of the records. Equal records give an equal graph,
    /// whatever was inserted or removed before.
    ///
    /// * The first graph takes time linear in the facts of the records. Later
    ///   ones, with the same lexicon, process the changed records and the
    ///   documents with citations that can now refer to another policy; the rest
    ///   is copied from the last graph. Without a change it returns the last graph
    ///   itself.
    /// * Graphs are immutable and share records and names.
    ///
    /// Panics on a hand-made record with clauses that are not in order within their
    /// measure.
    ///
    /// ```
    /// use policygraph::{Corpus, Lexicon, read};
    /// use std::sync::Arc;
    ///
    /// let lexicon = Lexicon::builtin();
    /// let mut corpus: Corpus = policygraph::seeds().into_iter().collect();
    /// let graph = corpus.graph(lexicon);
    /// assert!(Arc::ptr_eq(&graph, &corpus.graph(lexicon)));
    ///
    /// corpus.insert(read(lexicon, "new", "一、落实《药品管理法》,加强疫苗监管。"));
    /// assert_eq!(corpus.graph(lexicon).documents().len(), graph.documents().len() + 1);
    /// ```
    pub fn graph(&mut self, lexicon: &Lexicon) -> Arc<Graph> {
        self.assembler.graph(self.records.values(), lexicon)
    }
}

/// The records of a graph. The first graph of the corpus is assembled from nothing.
impl From<&Graph> for Corpus {
    fn from(graph: &Graph) -> Self {
        graph.records().cloned().collect()
    }
}

/// Corpora are equal if their records are.
impl PartialEq for Corpus {
    fn eq(&self, other: &Self) -> bool {
        self.records == other.records
    }
}

/// Formats the keys only.
impl fmt::Debug for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.records.keys()).finish()
    }
}

/// Iterates over the records, by key.
///
/// ```
/// let corpus: policygraph::Corpus = policygraph::seeds().into_iter().collect();
/// for record in &corpus {
///     assert!(corpus.get(&record.key).is_some());
/// }
/// ```
impl<'c> IntoIterator for &'c Corpus {
    type Item = &'c Record;
    type IntoIter = Records<'c>;

    fn into_iter(self) -> Records<'c> {
        Records(self.records.values())
    }
}

/// Iterator over the records of a [`Corpus`], by key: [`Corpus::iter`].
#[derive(Clone, Debug)]
pub struct Records<'c>(btree_map::Values<'c, Box<str>, Arc<Record>>);

impl<'c> Iterator for Records<'c> {
    type Item = &'c Record;

    fn next(&mut self) -> Option<&'c Record> {
        self.0.next().map(|record| &**record)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Records<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|record| &**record)
    }
}

impl ExactSizeIterator for Records<'_> {}

impl std::iter::FusedIterator for Records<'_> {}

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
