//! petgraph's visit traits on [`Graph`](crate::Graph) and
//! [`Subgraph`], and copies in petgraph's own form.
//!
//! The types here are the associated types that those traits ask for. They are
//! public because the traits are public; no caller needs to name them.

mod copy;
mod iter;
mod subgraph;
mod traits;
mod visited;

pub use iter::{
    Adjacency, Edge, EdgeReferences, Edges, Neighbors, NodeEntry, NodeIdentifiers, NodeReferences,
    ScopedAdjacency,
};
pub use subgraph::Subgraph;
pub use visited::Visited;
