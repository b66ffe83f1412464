//! Records in, graph out.

mod lines;

use crate::graph::{Graph, PolicyRegistry};
use crate::lexicon::Lexicon;
use crate::model::Record;
use std::collections::BTreeMap;
use std::fmt;
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
/// let mut corpus: Corpus = policygraph::seeds().into_iter().collect();
/// let parent = "国办发〔2024〕53号";
///
/// let before = corpus.graph(Lexicon::builtin());
/// corpus.remove("sx-2025");
/// let after = corpus.graph(Lexicon::builtin());
///
/// // Whoever still reads the graph of before is not disturbed.
/// assert!(before.policy(parent).unwrap().implemented_by().any(|by| by.key() == "sx-2025"));
/// assert!(after.policy(parent).unwrap().implemented_by().all(|by| by.key() != "sx-2025"));
/// ```
#[derive(Clone, Default)]
pub struct Corpus {
    records: BTreeMap<Box<str>, Arc<Record>>,
    last: Option<Last>,
}

/// The last graph, and what the next one needs of it.
#[derive(Clone)]
struct Last {
    lexicon: Arc<()>,
    forms: Arc<PolicyRegistry>,
    graph: Arc<Graph>,
}

impl Last {
    fn nothing(lexicon: &Lexicon) -> Self {
        let (identity, forms) = (lexicon.identity(), Arc::new(PolicyRegistry::new(lexicon)));
        Last { lexicon: identity, forms, graph: Arc::new(Graph::empty()) }
    }

    fn next(mut self, records: &BTreeMap<Box<str>, Arc<Record>>, lexicon: &Lexicon) -> Self {
        let records = records.values().cloned().collect();
        // A copy of the corpus may still need them.
        let forms = Arc::make_mut(&mut self.forms);
        let graph = Graph::assemble(records, &self.graph, forms, lexicon);
        Last { graph: Arc::new(graph), ..self }
    }
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

    /// Assembles the graph of these records. Equal records give an equal graph,
    /// whatever came and went before.
    ///
    /// * The first time linear in what the records say. Then, with the same
    ///   lexicon, only what has changed is read, and documents whose citations
    ///   have come to mean something else; the rest is copied from the last
    ///   graph. With no change the last graph itself comes back.
    /// * Graphs share records and names, which never change; one that is held
    ///   stays what it is.
    ///
    /// Panics on a record made by hand whose clauses do not lie in order within
    /// their measures.
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
        let last = match self.last.take().filter(|last| lexicon.is(&last.lexicon)) {
            Some(last) if last.graph.is_of(self.records.values()) => last,
            Some(last) if !last.forms.is_mostly_unused() => last.next(&self.records, lexicon),
            _ => Last::nothing(lexicon).next(&self.records, lexicon),
        };
        self.last.insert(last).graph.clone()
    }
}

/// The records of a graph. Its first own graph is assembled from nothing.
impl From<&Graph> for Corpus {
    fn from(graph: &Graph) -> Self {
        graph.records().cloned().collect()
    }
}

/// Equal: the same records.
impl PartialEq for Corpus {
    fn eq(&self, other: &Self) -> bool {
        self.records == other.records
    }
}

/// The keys, not the content.
impl fmt::Debug for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.records.keys()).finish()
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
