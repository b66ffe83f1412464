//! Readers go on undisturbed while a corpus changes.

#![cfg(feature = "builtin")]

use policygraph::graph::NodeKind;
use policygraph::walk::Scope;
use policygraph::{Corpus, Graph, Lexicon, seeds};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::thread;

/// What a reader sees of a graph, counted in three ways that must agree: its
/// documents, the measures of these, and a walk from them to their duties.
fn is_whole(graph: &Graph) -> bool {
    let documents: Vec<_> = graph.documents().map(|id| graph.at(id)).collect();
    let below: usize = documents.iter().map(|document| document.measures().len()).sum();
    let said: usize = documents.iter().map(|document| document.record().measures.len()).sum();
    let duties: usize = graph.measures().map(|measure| graph.responsible(measure).len()).sum();
    let back: usize = graph.agencies().map(|agency| graph.duties(agency).len()).sum();
    let quoted = graph.measures().all(|id| {
        graph.at(id).responsible().all(|(.., evidence)| !graph.quote(evidence).is_empty())
    });
    let around = documents.first().is_none_or(|document| {
        let scope = Scope::default().nodes([NodeKind::Document, NodeKind::Measure]).depth(1);
        graph.neighborhood(document.node(), scope).count() == 1 + document.measures().len()
    });
    (below, duties) == (said, back) && below == graph.measures().len() && quoted && around
}

#[test]
fn sixteen_threads_see_only_whole_graphs_while_a_corpus_is_replaced() {
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
                        assert!(is_whole(&graph), "{graph:?}");
                        seen.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        // Every document comes, is replaced, and goes, one at a time.
        let next = |corpus: &mut Corpus| {
            let read = seen.load(Ordering::Relaxed);
            *shared.write().unwrap() = corpus.graph(lexicon);
            // Each graph is read before the next takes its place.
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
