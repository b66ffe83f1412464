//! Ids, rows, node tables, evidence: the frozen graph.

mod ids;

pub use ids::*;
