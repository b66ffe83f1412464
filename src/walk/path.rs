//! Paths between two nodes.

use super::distances::Distances;
use super::scoped_edges::ScopedEdges;
use super::{Scope, Step};
use crate::graph::{Direction, EdgeId, Graph, Keyed, Node, NodeId};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// A path from one node to another, edge by edge.
///
/// With [`Graph::keyed`] it serialises with keys and words in place of ids:
///
/// ```
/// use policygraph::walk::Scope;
///
/// let graph = policygraph::builtin();
/// let measure = graph.measure("sx-2025/8").unwrap();
/// let agency = graph.agency("山西省药品监督管理局").unwrap();
/// let path = graph.path(measure.node(), agency.node(), Scope::default()).unwrap();
///
/// let json = serde_json::to_value(graph.keyed(&path))?;
/// assert_eq!(json["start"], "measure:sx-2025/8");
/// assert_eq!(json["steps"][0]["phrase"], "responsible");
/// assert_eq!(json["steps"][0]["node"], "agency:山西省药品监督管理局");
/// assert_eq!(json["steps"][0]["proof"]["text"]["words"], "省药监局");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The first node.
    pub start: Node,
    /// The edges in order, each with the node that it leads to. Empty if the start
    /// is the goal.
    pub steps: Vec<Step>,
}

impl Path {
    /// Returns the nodes from the start to the end.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node> + Clone {
        std::iter::once(self.start).chain(self.steps.iter().map(|step| step.node))
    }
}

/// `{start, steps}`, with the key of the first node.
impl Serialize for Keyed<'_, Path> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Path { start, steps } = self.value;
        let mut fields = serializer.serialize_struct("Path", 2)?;
        fields.serialize_field("start", &self.graph.keyed(start))?;
        fields.serialize_field("steps", &self.graph.keyed(steps))?;
        fields.end()
    }
}

/// `{kind, phrase, node, proof}`.
impl Serialize for Keyed<'_, Step> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let step = self.value;
        let mut fields = serializer.serialize_struct("Step", 4)?;
        fields.serialize_field("kind", &step.kind)?;
        fields.serialize_field("phrase", step.phrase())?;
        fields.serialize_field("node", &self.graph.keyed(&step.node))?;
        fields.serialize_field("proof", &self.graph.keyed(&step.proof))?;
        fields.end()
    }
}

/// Iterator over the simple paths from one node to another: shortest first, paths
/// of one length in the order of their [`steps`](Graph::steps).
///
/// Lazy: each path is searched for when it is asked for.
#[derive(Clone, Debug)]
pub struct Paths<'g> {
    scoped: ScopedEdges<'g>,
    scope: Scope,
    distances: Distances,
    start: NodeId,
    goal: NodeId,
    /// Length of the paths that are searched for.
    length: u32,
    /// The next greater length that a path may have.
    next_length: Option<u32>,
    /// Nodes of the path so far.
    path: Vec<Reached>,
    /// Stack of the steps still to be tried.
    pending: Vec<Reached>,
}

/// A node of a path, with its number of edges from the start and the last of them.
#[derive(Clone, Copy, Debug)]
struct Reached {
    node: NodeId,
    depth: u32,
    over: Option<(EdgeId, Direction)>,
}

impl Graph {
    /// Returns a shortest path within `scope`, the first of [`paths`](Graph::paths).
    /// O(n + e) in the nodes and edges nearer to the goal than the start is.
    ///
    /// Two measures that name a common product such as 药品 are two steps apart. A
    /// scope without products finds more specific connections.
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

    /// Returns the simple paths (no node twice) within `scope`: shortest first,
    /// paths of one length in the order of their [`steps`](Graph::steps). Two edges
    /// between the same nodes make two paths.
    ///
    /// Distances are computed backward from the goal, one level at a time as the
    /// paths get longer, and a node too far from the goal is never entered. A path
    /// of `k` edges costs O(k · d), where `d` is the maximum degree of a node; so
    /// does each dead end, a partial path that the goal can be reached from only
    /// through its own nodes. The number of paths can grow exponentially with `k`:
    /// set a depth in the scope, or take the first few.
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
    /// // Connections between two agencies of a province, shortest first.
    /// let through = [NodeKind::Document, NodeKind::Measure];
    /// assert_eq!(routes("山西省农业农村厅", "山西省林业和草原局", &through), [
    ///     "issued, issued by",
    ///     "duties, responsible",
    ///     "issued, contains, responsible",
    ///     "duties, part of, issued by",
    /// ]);
    ///
    /// // Between agencies of two provinces: a policy that both implement.
    /// let through = [NodeKind::Document, NodeKind::Measure, NodeKind::Policy];
    /// assert_eq!(routes("山西省药品监督管理局", "内蒙古自治区药品监督管理局", &through), [
    ///     "issued, implements, implemented by, issued by",
    /// ]);
    /// ```
    pub fn paths(&self, from: impl Into<Node>, to: impl Into<Node>, scope: Scope) -> Paths<'_> {
        let (start, goal) = (self.node_id(from), self.node_id(to));
        let distances = Distances::to(goal, self.links().nodes());
        Paths {
            scoped: ScopedEdges::new(self, scope, [start, goal]),
            scope,
            next_length: distances.at_least(start),
            distances,
            start,
            goal,
            length: 0,
            path: Vec::new(),
            pending: Vec::new(),
        }
    }
}

impl Iterator for Paths<'_> {
    type Item = Path;

    fn next(&mut self) -> Option<Path> {
        loop {
            while let Some(reached) = self.pending.pop() {
                self.path.truncate(reached.depth as usize);
                self.path.push(reached);
                if reached.node == self.goal {
                    return Some(self.found());
                }
                self.extend_from(reached);
            }
            self.length = self.next_length.take().filter(|&length| self.scope.has_depth(length))?;
            self.distances.grow(&self.scoped, self.length.saturating_sub(1));
            self.pending.push(Reached { node: self.start, depth: 0, over: None });
        }
    }
}

impl Paths<'_> {
    /// Pushes the steps from which the goal can be reached within the length, and
    /// notes the next greater length that the others allow.
    fn extend_from(&mut self, from: Reached) {
        let depth = from.depth + 1;
        let first = self.pending.len();
        for &direction in self.scoped.forward() {
            for (nodes, edges) in self.scoped.runs(from.node, direction) {
                for (&node, &edge) in nodes.iter().zip(edges) {
                    let Some(remaining) = self.distances.at_least(node) else { continue };
                    let on_path = || self.path.iter().any(|reached| reached.node == node);
                    if !self.scoped.admits(node) || on_path() {
                        continue;
                    }
                    let length = depth + remaining;
                    if length > self.length {
                        let next = self.next_length.map_or(length, |next| next.min(length));
                        self.next_length = Some(next);
                    } else if node != self.goal || length == self.length {
                        self.pending.push(Reached { node, depth, over: Some((edge, direction)) });
                    }
                }
            }
        }
        self.pending[first..].reverse();
    }

    fn found(&self) -> Path {
        let graph = self.scoped.graph;
        let steps = self.path.iter().filter_map(|reached| {
            let (edge, direction) = reached.over?;
            Some(Step::new(graph, reached.node, edge, direction))
        });
        Path { start: graph.node_at(self.start), steps: steps.collect() }
    }
}
