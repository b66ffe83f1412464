//! Graphs are read on many threads while a corpus changes, and no result depends on the number of
//! threads.

#![cfg(feature = "builtin")]

use policygraph::graph::NodeKind;
use policygraph::reuse::{Fingerprints, near_duplicates};
use policygraph::similar::Index;
use policygraph::walk::Scope;
use policygraph::{Corpus, Graph, Lexicon, seeds, with_threads};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::thread;

/// Returns true if three ways of counting agree: the measures of all documents, the duties from both
/// ends, and the neighborhood of a document.
fn is_consistent(graph: &Graph) -> bool {
    let documents: Vec<_> = graph.documents().map(|id| graph.at(id)).collect();
    let below: usize = documents.iter().map(|document| document.measures().len()).sum();
    let recorded: usize = documents.iter().map(|document| document.record().measures.len()).sum();
    let duties: usize = graph.measures().map(|measure| graph.responsible(measure).len()).sum();
    let back: usize = graph.agencies().map(|agency| graph.duties(agency).len()).sum();
    let quoted = graph.measures().all(|id| {
        graph.at(id).responsible().all(|(.., evidence)| !graph.quote(evidence).is_empty())
    });
    let around = documents.first().is_none_or(|document| {
        let scope = Scope::default().nodes([NodeKind::Document, NodeKind::Measure]).depth(1);
        graph.neighborhood(document.node(), scope).count() == 1 + document.measures().len()
    });
    (below, duties) == (recorded, back) && below == graph.measures().len() && quoted && around
}

#[test]
fn sixteen_threads_see_only_consistent_graphs_while_a_corpus_changes() {
    let lexicon = Lexicon::builtin();
    let seeds = seeds();
    let mut corpus = Corpus::new();
    let shared: RwLock<Arc<Graph>> = RwLock::new(corpus.graph(lexicon));
    let (done, seen) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        let readers: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        let graph = shared.read().unwrap().clone();
                        assert!(is_consistent(&graph), "{graph:?}");
                        seen.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        // Each document is added, replaced and removed, one at a time.
        let next = |corpus: &mut Corpus| {
            let read = seen.load(Ordering::Relaxed);
            *shared.write().unwrap() = corpus.graph(lexicon);
            // Readers have seen the graph before the next one replaces it.
            while seen.load(Ordering::Relaxed) < read + 16
                && !readers.iter().any(|r| r.is_finished())
            {
                thread::yield_now();
            }
        };
        for seed in &seeds {
            corpus.insert(seed.clone());
            next(&mut corpus);
        }
        for seed in &seeds {
            let mut half = seed.clone();
            half.measures.truncate(half.measures.len() / 2);
            corpus.insert(half);
            next(&mut corpus);
        }
        for seed in &seeds {
            corpus.remove(&seed.key);
            next(&mut corpus);
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(corpus.is_empty());
    assert!(seen.into_inner() >= 16 * 3 * seeds.len());
}

#[test]
fn results_are_equal_on_any_number_of_threads() {
    /// Saved graph and index, shares of passages, and near-duplicates, of the seeds.
    fn results() -> (Vec<u8>, Vec<u8>, String, String) {
        let lexicon = Lexicon::builtin();
        let graph = seeds().into_iter().collect::<Corpus>().graph(lexicon);
        let (mut saved, mut index) = (Vec::new(), Vec::new());
        graph.write_to(&mut saved).unwrap();
        let loaded = Graph::from_bytes(&saved).unwrap();
        assert!(loaded == *graph);
        Index::new(&loaded, lexicon).write_to(&mut index).unwrap();
        let fingerprints = Fingerprints::new(&loaded);
        let shares = loaded.documents().map(|id| fingerprints.shares(id, &Default::default()));
        let shares = format!("{:?}", shares.collect::<Vec<_>>());
        let near = format!("{:?}", near_duplicates(&loaded, 0.2).collect::<Vec<_>>());
        (saved, index, shares, near)
    }
    let alone = with_threads(1, results);
    for threads in [2, 5] {
        assert!(with_threads(threads, results) == alone, "{threads} threads");
    }
    assert!(results() == alone, "one thread per core");
}
