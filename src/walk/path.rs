//! How two nodes hang together.

use super::{Scope, Step};
use crate::graph::{EdgeKind, Graph, Node, NodeId};
use petgraph::algo::dijkstra;
use petgraph::visit::{
    Data, EdgeFiltered, EdgeRef, IntoEdges, Reversed, UndirectedAdaptor, Visitable,
};

/// A way from one node to another, edge by edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Where it begins.
    pub start: Node,
    /// Its edges, each with the node it leads to. Empty if that is the start.
    pub steps: Vec<Step>,
}

impl Path {
    /// Its nodes, from the start to the end.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node> + Clone {
        std::iter::once(self.start).chain(self.steps.iter().map(|step| step.node))
    }
}

impl Graph {
    /// A shortest path within `scope`; of several, the one that takes the
    /// earlier of its [`steps`](Graph::steps) where they part.
    ///
    /// Everything that names 药品 is two steps apart: a scope without products
    /// finds what is worth telling. petgraph's `dijkstra`, O((n + e) log n) in
    /// the nodes and edges nearer than the goal.
    ///
    /// ```
    /// use policygraph::graph::NodeKind;
    /// use policygraph::walk::Scope;
    ///
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// let parent = graph.policy("国办发〔2024〕53号").unwrap();
    ///
    /// let kinds = NodeKind::ALL.iter().copied().filter(|&kind| kind != NodeKind::Product);
    /// let path = graph.path(measure.node(), parent.node(), Scope::default().nodes(kinds)).unwrap();
    /// let phrases: Vec<_> = path.steps.iter().map(|step| step.phrase()).collect();
    /// assert_eq!(phrases, ["corresponds to", "article of"]);
    /// ```
    pub fn path(&self, from: impl Into<Node>, to: impl Into<Node>, scope: Scope) -> Option<Path> {
        let (from, to) = (from.into(), to.into());
        let ends = (self.node_id(from), self.node_id(to));
        let distance = if scope.is_along() {
            self.distances(Reversed(self), ends, scope)
        } else {
            self.distances(UndirectedAdaptor(self), ends, scope)
        };
        let length = distance(ends.0).filter(|&length| scope.reaches(length))?;

        let mut at = from;
        let mut steps = Vec::with_capacity(length as usize);
        for left in (0..length).rev() {
            let nearer = |step: &Step| {
                scope.has_edge(step.kind)
                    && !(scope.is_along() && step.direction == super::Direction::Incoming)
                    && distance(self.node_id(step.node)) == Some(left)
            };
            let step = self.steps(at).find(nearer).expect("a distance is over an edge");
            at = step.node;
            steps.push(step);
        }
        Some(Path { start: from, steps })
    }

    /// How far each node is from the goal, for all nearer than the start.
    fn distances<'g, G>(
        &'g self,
        view: G,
        (start, goal): (NodeId, NodeId),
        scope: Scope,
    ) -> Box<dyn Fn(NodeId) -> Option<u32> + 'g>
    where
        G: IntoEdges<NodeId = NodeId> + Data<EdgeWeight = EdgeKind> + Visitable,
    {
        let admitted = |edge: G::EdgeRef| {
            let reached = edge.target();
            scope.has_edge(*edge.weight())
                && (reached == start || scope.has_node(self.node(reached).kind()))
        };
        let distance = dijkstra(&EdgeFiltered::from_fn(view, admitted), goal, Some(start), |_| 1);
        Box::new(move |node| distance.get(&node).copied())
    }
}
