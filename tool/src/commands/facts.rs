//! Words for facts.

use policygraph::Graph;
use policygraph::graph::{MeasureRef, Proof};

/// Returns the heading of a measure, or its first words.
pub fn heading(measure: MeasureRef) -> String {
    let words =
        measure.title().map_or_else(|| measure.text().chars().take(24).collect(), str::to_owned);
    crate::output::flat(&words)
}

/// Returns the words that prove an edge, or how it was derived.
pub fn proof(graph: &Graph, proof: Proof) -> String {
    match proof {
        Proof::Text(evidence) => crate::output::quoted(graph.quote(evidence)),
        Proof::Vocabulary => "known from the vocabulary".to_owned(),
        Proof::Derived { method, score } => format!("derived: {method}, {score:.2}"),
    }
}
