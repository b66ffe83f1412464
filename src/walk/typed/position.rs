//! Where a walk stands: a bare id, or an id that remembers its way.

use super::hops::{Apart, Ends, Row};
use crate::graph::{Direction, EdgeId, Graph, Node, NodeId, TypedId};
use crate::walk::{Path, Step};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Where a [`Walk`](super::Walk) stands: an id, or a [`PathTo`] to one.
pub trait Position: Clone {
    /// The kind of its node.
    type Id: TypedId;
    /// The same, one hop on, at a node of another kind.
    type Then<T: TypedId>: Position<Id = T>;
    /// What a walk hands out: a ref, or the reached.
    type Item<'g>;

    /// Its node.
    fn id(&self) -> Self::Id;
    #[doc(hidden)]
    fn at(self, graph: &Graph) -> Self::Item<'_>;
    /// Goes on to each of `ends`; who remembers the way asks for the edges too.
    #[doc(hidden)]
    fn hop<T: TypedId, E: Iterator<Item = (T, EdgeId)>>(
        self,
        direction: Direction,
        ends: Ends<'_, T>,
        edges: impl FnOnce(Self::Id) -> E,
    ) -> impl Row<Item = Self::Then<T>>;
}

impl<Id: TypedId> Position for Id {
    type Id = Id;
    type Then<T: TypedId> = T;
    type Item<'g> = Id::Ref<'g>;

    fn id(&self) -> Id {
        *self
    }

    fn at(self, graph: &Graph) -> Id::Ref<'_> {
        graph.at(self)
    }

    fn hop<T: TypedId, E: Iterator<Item = (T, EdgeId)>>(
        self,
        _: Direction,
        ends: Ends<'_, T>,
        _: impl FnOnce(Id) -> E,
    ) -> impl Row<Item = T> {
        ends
    }
}

/// A node at the end of a way (it derefs to it), and the way.
///
/// Trails share the way that they went together: each hop of each allots one
/// link of it.
///
/// ```
/// let graph = policygraph::builtin();
/// let measure = graph.measure("sx-2025/8").unwrap();
/// let reached = measure.walk().with_paths().document().implements().next().unwrap();
/// assert_eq!(reached.number(), Some("国办发〔2024〕53号"));
///
/// let path = reached.path();
/// let phrases: Vec<_> = path.steps.iter().map(|step| step.phrase()).collect();
/// assert_eq!(phrases, ["part of", "implements"]);
/// let evidence = path.steps[1].proof.evidence().unwrap();
/// assert!(graph.quote(evidence).contains("全面深化药品医疗器械监管改革"));
/// ```
#[derive(Clone)]
pub struct PathTo<'g, T: TypedId> {
    graph: &'g Graph,
    start: Node,
    id: T,
    to: T::Ref<'g>,
    last: Option<Arc<Link>>,
}

/// One step of a reached, and those before it.
struct Link {
    edge: EdgeId,
    direction: Direction,
    node: NodeId,
    before: Option<Arc<Link>>,
}

/// One by one: a long reached must not drop its links within each other.
impl Drop for Link {
    fn drop(&mut self) {
        let mut before = self.before.take();
        while let Some(mut link) = before.and_then(Arc::into_inner) {
            before = link.before.take();
        }
    }
}

impl<'g, T: TypedId> PathTo<'g, T> {
    pub(super) fn new(graph: &'g Graph, id: T) -> Self {
        PathTo { graph, start: id.into(), id, to: graph.at(id), last: None }
    }

    /// The node at the end.
    pub fn to(&self) -> T::Ref<'g> {
        self.to
    }

    /// The way to it, each step with its edge and its proof.
    pub fn path(&self) -> Path {
        let links = std::iter::successors(self.last.as_deref(), |link| link.before.as_deref());
        let mut steps: Vec<Step> =
            links.map(|link| Step::new(self.graph, link.node, link.edge, link.direction)).collect();
        steps.reverse();
        Path { start: self.start, steps }
    }
}

impl<'h, Id: TypedId> Position for PathTo<'h, Id> {
    type Id = Id;
    type Then<T: TypedId> = PathTo<'h, T>;
    type Item<'g> = PathTo<'h, Id>;

    fn id(&self) -> Id {
        self.id
    }

    fn at(self, _: &Graph) -> Self {
        self
    }

    fn hop<T: TypedId, E: Iterator<Item = (T, EdgeId)>>(
        self,
        direction: Direction,
        _: Ends<'_, T>,
        edges: impl FnOnce(Id) -> E,
    ) -> impl Row<Item = PathTo<'h, T>> {
        Apart(edges(self.id).map(move |(id, edge)| {
            let (graph, start) = (self.graph, self.start);
            let link = Link { edge, direction, node: graph.node_id(id), before: self.last.clone() };
            PathTo { graph, start, id, to: graph.at(id), last: Some(Arc::new(link)) }
        }))
    }
}

impl<'g, T: TypedId> Deref for PathTo<'g, T> {
    type Target = T::Ref<'g>;

    fn deref(&self) -> &T::Ref<'g> {
        &self.to
    }
}

impl<T: TypedId> fmt::Debug for PathTo<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PathTo").field("to", &self.id).field("path", &self.path()).finish()
    }
}
