//! Walks over the graph: typed hops, neighborhoods, paths, and petgraph's algorithms.
//!
//! A [`Walk`] chains the typed hops of [`graph`](crate::graph) and filters between
//! them:
//!
//! ```
//! let graph = policygraph::builtin();
//! let parent = graph.policy("国办发〔2024〕53号").unwrap();
//!
//! // Agencies of 山西省 responsible for the measures on medical devices (医疗器械)
//! // that implement it, by number of measures.
//! let documents = parent.walk().implemented_by().in_region("山西省")?;
//! let agencies = documents.measures().on("医疗器械")?.responsible().counts();
//! let (agency, count) = agencies[0];
//! assert_eq!((agency.name(), count), ("山西省药品监督管理局", 15));
//! # Ok::<(), policygraph::Error>(())
//! ```
//!
//! For open questions (the surroundings of a measure, the connections between two
//! nodes) there are [neighborhoods](Graph::neighborhood) and [paths](Graph::paths)
//! within a [`Scope`]. petgraph's visit traits are implemented on `&Graph`, and on
//! [`&Subgraph`](Subgraph) for some kinds of nodes and edges, so that petgraph's
//! algorithms run without a copy.
//!
//! A node has three forms: [`Node`], its kind and typed id; [`NodeId`], its id among
//! the nodes of all kinds ([`node_id`](Graph::node_id) and
//! [`node_at`](Graph::node_at) convert); and petgraph's index, a `usize` from 0
//! (`NodeIndexable`), which equals the [`NodeId`] in a graph and counts only its own
//! nodes in a subgraph. An [`EdgeId`] leads to the edge's
//! [ends](Graph::endpoints), kind and proof.
//!
//! ```
//! use petgraph::algo::connected_components;
//!
//! let graph = policygraph::builtin();
//! let nodes = graph.census().nodes.iter().map(|(_, count)| count).sum();
//! assert!(connected_components(graph) < nodes);
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

/// An edge seen from one of its nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Kind of the edge.
    pub kind: EdgeKind,
    /// Outgoing from the node, or incoming.
    pub direction: Direction,
    /// The node at the other end.
    pub node: Node,
    /// Id of the edge.
    pub edge: EdgeId,
    /// Proof of the edge.
    pub proof: Proof,
}

impl Step {
    fn new(graph: &Graph, node: NodeId, edge: EdgeId, direction: Direction) -> Step {
        let (kind, proof) = (graph.edge_kind(edge), graph.proof(edge));
        Step { kind, direction, node: graph.node_at(node), edge, proof }
    }

    /// Returns the English phrase for the step: `cites`, `cited by`.
    pub fn phrase(&self) -> &'static str {
        self.kind.phrase(self.direction)
    }
}

impl Graph {
    /// Returns the edges of a node of any kind: outgoing edges first, then incoming
    /// ones, each ascending by id.
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
