//! Chinese government policy documents as a typed knowledge graph.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod text;
pub mod model;
pub mod lexicon;
pub mod features;
pub mod correspond;
pub mod graph;
pub mod corpus;
pub mod walk;
pub mod similar;

pub use corpus::Corpus;
pub use graph::Graph;
pub use lexicon::Lexicon;
pub use model::*;
pub use text::Span;

/// The graph of annotated seed documents, until the reader reads them.
#[cfg(feature = "builtin")]
pub fn builtin() -> &'static Graph {
    static GRAPH: once_cell::sync::Lazy<Graph> = once_cell::sync::Lazy::new(|| {
        graph::sample::records().into_iter().collect::<Corpus>().graph(Lexicon::builtin())
    });
    &GRAPH
}
