//! Saved graphs and saved indexes.

use crate::check;
use crate::container::changed;
use crate::material::BASE;
use policygraph::similar::Index;
use policygraph::{Graph, Lexicon};

/// Loads a saved graph: `data` is a file, or edits of one.
pub fn graph_file(data: &[u8]) {
    let file = changed(&BASE.graph_file, data);
    let Ok(graph) = Graph::from_bytes(&file) else { return };
    check::graph(&graph);
    let mut saved = Vec::new();
    graph.write_to(&mut saved).expect("a vector takes all bytes");
    let again = Graph::from_bytes(&saved).expect("a written graph loads");
    assert!(again == graph, "a saved graph loads as another one");
}

/// Loads a saved index: `data` is a file, or edits of one.
pub fn index_file(data: &[u8]) {
    let file = changed(&BASE.index_file, data);
    let graph = &*BASE.graph;
    let Ok(index) = Index::from_bytes(&file, graph, Lexicon::builtin()) else { return };
    check::index(&index);
    let mut saved = Vec::new();
    index.write_to(&mut saved).expect("a vector takes all bytes");
    let again =
        Index::from_bytes(&saved, graph, Lexicon::builtin()).expect("a written index loads");
    check::same_answers(&index, &again);
}
