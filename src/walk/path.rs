//! How two nodes hang together.

use super::distances::Distances;
use super::scoped_edges::ScopedEdges;
use super::{Scope, Step};
use crate::graph::{Direction, EdgeId, Graph, Node, NodeId};

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

/// Every path from one node to another that meets no node twice: the shortest
/// first, those of one length in the order of their [`steps`](Graph::steps).
///
/// Lazy: a path is looked for when it is asked for.
#[derive(Clone, Debug)]
pub struct Paths<'g> {
    reach: ScopedEdges<'g>,
    scope: Scope,
    distances: Distances,
    start: NodeId,
    goal: NodeId,
    /// The length that is looked for.
    length: u32,
    /// The least length beyond it that a path may have.
    longer: Option<u32>,
    /// The nodes of the path so far.
    trail: Vec<Reached>,
    /// What is still to be tried, the next last.
    pending: Vec<Reached>,
}

/// A node of a path, so many edges from its start, and the last of them.
#[derive(Clone, Copy, Debug)]
struct Reached {
    node: NodeId,
    depth: u32,
    over: Option<(EdgeId, Direction)>,
}

impl Graph {
    /// A shortest path within `scope`: the first of [`paths`](Graph::paths).
    ///
    /// Everything that names 药品 is two steps apart: a scope without products
    /// finds what is worth telling. O(n + e) in the nodes and edges nearer to
    /// the goal than the start is.
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
        self.paths(from, to, scope).next()
    }

    /// Every path within `scope` that meets no node twice: the shortest first,
    /// those of one length in the order of their [`steps`](Graph::steps). Two
    /// edges between the same nodes make two paths.
    ///
    /// Distances are found from the goal back, a level when the paths get so
    /// long; a node from which the goal is too far is never entered. What
    /// remains are ways that could end only where they have been: paths of `k`
    /// edges cost O(k · d) each, where `d` is the most edges of a node, and as
    /// much for each such way. There may be exponentially many in `k`: give
    /// the scope a depth, or take a few.
    ///
    /// ```
    /// use policygraph::graph::NodeKind;
    /// use policygraph::walk::{Path, Scope, Step};
    ///
    /// let graph = policygraph::builtin();
    /// let routes = |from, to, through: &[NodeKind]| -> Vec<String> {
    ///     let [from, to] = [from, to].map(|name| graph.agency(name).unwrap().node());
    ///     let scope = Scope::default().nodes(through.iter().copied()).depth(4);
    ///     let phrases = |path: Path| path.steps.iter().map(Step::phrase).collect::<Vec<_>>();
    ///     graph.paths(from, to, scope).map(|path| phrases(path).join(", ")).collect()
    /// };
    ///
    /// // What two agencies of a province have in common, shortest first.
    /// let through = [NodeKind::Document, NodeKind::Measure];
    /// assert_eq!(routes("山西省农业农村厅", "山西省林业和草原局", &through), [
    ///     "issued, issued by",
    ///     "duties, responsible",
    ///     "issued, contains, responsible",
    ///     "duties, part of, issued by",
    /// ]);
    ///
    /// // Of two provinces: only that both have taken up one policy.
    /// let through = [NodeKind::Document, NodeKind::Measure, NodeKind::Policy];
    /// assert_eq!(routes("山西省药品监督管理局", "内蒙古自治区药品监督管理局", &through), [
    ///     "issued, implements, implemented by, issued by",
    /// ]);
    /// ```
    pub fn paths(&self, from: impl Into<Node>, to: impl Into<Node>, scope: Scope) -> Paths<'_> {
        let (start, goal) = (self.node_id(from), self.node_id(to));
        let distances = Distances::to(goal, self.links().nodes());
        Paths {
            reach: ScopedEdges::new(self, scope, [start, goal]),
            scope,
            longer: distances.at_least(start),
            distances,
            start,
            goal,
            length: 0,
            trail: Vec::new(),
            pending: Vec::new(),
        }
    }
}

impl Iterator for Paths<'_> {
    type Item = Path;

    fn next(&mut self) -> Option<Path> {
        loop {
            while let Some(reached) = self.pending.pop() {
                self.trail.truncate(reached.depth as usize);
                self.trail.push(reached);
                if reached.node == self.goal {
                    return Some(self.path());
                }
                self.go_on_from(reached);
            }
            self.length = self.longer.take().filter(|&length| self.scope.reaches(length))?;
            self.distances.grow(&self.reach, self.length.saturating_sub(1));
            self.pending.push(Reached { node: self.start, depth: 0, over: None });
        }
    }
}

impl Paths<'_> {
    /// Notes the steps that may end at the goal in time, and how much longer
    /// the others would take.
    fn go_on_from(&mut self, from: Reached) {
        let depth = from.depth + 1;
        let first = self.pending.len();
        for &direction in self.reach.forward() {
            for (nodes, edges) in self.reach.runs(from.node, direction) {
                for (&node, &edge) in nodes.iter().zip(edges) {
                    let Some(left) = self.distances.at_least(node) else { continue };
                    let met = || self.trail.iter().any(|reached| reached.node == node);
                    if !self.reach.admits(node) || met() {
                        continue;
                    }
                    let length = depth + left;
                    if length > self.length {
                        self.longer = Some(self.longer.map_or(length, |least| least.min(length)));
                    } else if node != self.goal || length == self.length {
                        self.pending.push(Reached { node, depth, over: Some((edge, direction)) });
                    }
                }
            }
        }
        self.pending[first..].reverse();
    }

    fn path(&self) -> Path {
        let graph = self.reach.graph;
        let steps = self.trail.iter().filter_map(|reached| {
            let (edge, direction) = reached.over?;
            Some(Step::new(graph, reached.node, edge, direction))
        });
        Path { start: graph.node_at(self.start), steps: steps.collect() }
    }
}
