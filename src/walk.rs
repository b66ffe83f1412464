//! Walks: along hops that have a name, and over nodes of every kind.
//!
//! A [`Walk`] takes the typed hops of [`graph`](crate::graph) one after the
//! other, and reads like the question:
//!
//! ```
//! let graph = policygraph::builtin();
//! let parent = graph.policy("国办发〔2024〕53号").unwrap();
//!
//! // Who answers for the measures on 医疗器械 that carry it out in 山西省.
//! let agencies = parent
//!     .walk()
//!     .implemented_by()
//!     .in_region("山西省")
//!     .measures()
//!     .on("医疗器械")
//!     .responsible()
//!     .counts();
//! let (agency, times) = agencies[0];
//! assert_eq!((agency.name(), times), ("山西省药品监督管理局", 15));
//! ```
//!
//! Where the question is open, what is around this measure, what connects these
//! two, there are neighbourhoods and paths within a [`Scope`]. petgraph's visit
//! traits are implemented on `&Graph`, and on `&Subgraph` for some kinds of nodes
//! and edges, so its algorithms run without a copy.
//!
//! A node has three forms: [`Node`], what it is; [`NodeId`],
//! its place among all kinds ([`node_id`](Graph::node_id) and
//! [`node`](Graph::node) turn one into the other); and petgraph's index, a
//! `usize` from 0 (`NodeIndexable`), the same place in a graph, and the place
//! among its own nodes in a view. An [`EdgeId`] leads to its ends
//! ([`endpoints`](Graph::endpoints)), its kind, its proof.
//!
//! ```
//! use petgraph::algo::connected_components;
//!
//! let graph = policygraph::builtin();
//! assert!(connected_components(graph) < graph.census().nodes.iter().map(|(_, n)| n).sum());
//! ```

mod scope;
mod ranges;
mod scoped_edges;
mod neighborhood;
mod distances;
mod path;
mod typed;
pub mod visit;
#[cfg(test)]
mod tests;

pub use neighborhood::{Neighborhood, Visit};
pub use path::{Path, Paths};
pub use scope::Scope;
pub use typed::{IndexMap, Named, Part, PathTo, Position, Walk};
pub use visit::{Edge, Subgraph};

use crate::graph::{Direction, EdgeId, EdgeKind, Graph, Node, NodeId, Proof};

/// One edge, seen from a node that it touches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// What the edge says.
    pub kind: EdgeKind,
    /// Along the edge, or against it.
    pub direction: Direction,
    /// The node it leads to.
    pub node: Node,
    /// The edge.
    pub edge: EdgeId,
    /// Why the edge is there.
    pub proof: Proof,
}

impl Step {
    fn new(graph: &Graph, node: NodeId, edge: EdgeId, direction: Direction) -> Step {
        let (kind, proof) = (graph.edge_kind(edge), graph.proof(edge));
        Step { kind, direction, node: graph.node_at(node), edge, proof }
    }

    /// How it reads: `cites`, `cited by`.
    pub fn phrase(&self) -> &'static str {
        self.kind.phrase(self.direction)
    }
}

impl Graph {
    /// The edges of a node of any kind: those that leave it, then those that
    /// reach it, each in the order of their ids.
    ///
    /// ```
    /// use policygraph::graph::Node;
    ///
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// let step = graph.steps(measure.node()).next().unwrap();
    /// assert_eq!(step.phrase(), "responsible");
    /// assert_eq!(step.node, graph.agency("山西省药品监督管理局").unwrap().node());
    /// ```
    pub fn steps(&self, node: impl Into<Node>) -> impl Iterator<Item = Step> + Clone {
        let id = self.node_id(node);
        let links = move |direction| {
            let (nodes, edges) = self.links().next_to(id, direction);
            nodes.iter().zip(edges).map(move |(&node, &edge)| (node, edge, direction))
        };
        let both = links(Direction::Outgoing).chain(links(Direction::Incoming));
        both.map(|(node, edge, direction)| Step::new(self, node, edge, direction))
    }
}
