//! Sequences of changes to a corpus.

use crate::check;
use policygraph::similar::Index;
use policygraph::{Corpus, Graph, Lexicon, Record, read};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Maximum number of operations of one run.
const MAX_OPERATIONS: usize = 24;

/// Changes a corpus, and compares it with one made from nothing.
///
/// A line of `data` is one operation; its first character names it, its second is the key:
///
/// ```text
/// -a       removes the document a
/// g        assembles the graph, and compares it with one assembled from nothing
/// s        saves the graph, loads it, and goes on with its records
/// j        writes JSON lines, reads them, and goes on with their records
/// i        extends the index, and compares it with a new one
/// +a text  any other character adds or replaces the document a; | is a line break
/// ```
pub fn corpus_ops(data: &[u8]) {
    let lexicon = Lexicon::builtin();
    let script = String::from_utf8_lossy(data);
    let mut corpus = Corpus::new();
    let mut expected: BTreeMap<String, Record> = BTreeMap::new();
    let mut index: Option<Index<Arc<Graph>>> = None;
    for line in script.lines().take(MAX_OPERATIONS) {
        let mut chars = line.chars();
        let operation = chars.next();
        let key = chars.next().unwrap_or('a').to_string();
        match operation {
            Some('-') => assert_eq!(corpus.remove(&key).as_deref(), expected.remove(&key).as_ref()),
            Some('g') => _ = compared(&mut corpus, &expected),
            Some('s') => corpus = Corpus::from(&reloaded(&corpus.graph(lexicon))),
            Some('j') => corpus = reread(&corpus),
            Some('i') => {
                let graph = corpus.graph(lexicon);
                let fresh = Index::new(Arc::clone(&graph), lexicon);
                let extended = index.as_ref().map(|index| index.extended(graph));
                if let Some(extended) = &extended {
                    check::same_answers(extended, &fresh);
                }
                index = extended.or(Some(fresh));
            }
            _ => {
                let text = chars.as_str().replace('|', "\n");
                let record = read(lexicon, &key, text);
                let replaced = corpus.insert(record.clone());
                assert_eq!(replaced.as_deref(), expected.insert(key, record).as_ref());
            }
        }
    }
    check::graph(&compared(&mut corpus, &expected));
}

/// Returns the graph of the corpus. It must equal one assembled from nothing, of records in another
/// order.
fn compared(corpus: &mut Corpus, expected: &BTreeMap<String, Record>) -> Arc<Graph> {
    assert!(corpus.iter().eq(expected.values()), "the records differ from the expected ones");
    let graph = corpus.graph(Lexicon::builtin());
    let mut fresh: Corpus = expected.values().rev().cloned().collect();
    assert!(*graph == *fresh.graph(Lexicon::builtin()), "the graph depends on earlier ones");
    graph
}

fn reloaded(graph: &Graph) -> Graph {
    let mut saved = Vec::new();
    graph.write_to(&mut saved).expect("a vector takes all bytes");
    let loaded = Graph::from_bytes(&saved).expect("a written graph loads");
    assert!(loaded == *graph, "a saved graph loads as another one");
    loaded
}

fn reread(corpus: &Corpus) -> Corpus {
    let mut lines = Vec::new();
    corpus.write_json_lines(&mut lines).expect("a vector takes all bytes");
    let read: Result<Corpus, _> = Corpus::read_json_lines(&lines[..]).collect();
    let read = read.expect("written lines are read");
    assert!(read == *corpus, "written records are read as other ones");
    read
}
