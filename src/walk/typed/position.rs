//! Positions of a walk: a bare id, or an id with the path that led to it.

use super::hops::{Row, RowSlice, SeparateRow};
use super::sealed::Sealed;
use crate::graph::{Direction, EdgeId, Graph, Node, NodeId, TypedId};
use crate::walk::{Path, Step};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A position of a [`Walk`](super::Walk): an id, or a [`PathTo`] with an id. Sealed:
/// other crates cannot implement it.
pub trait Position: Clone + Sealed {
    /// Id type of the node.
    type Id: TypedId;
    /// Type of the position after a hop to a node of kind `T`.
    type Then<T: TypedId>: Position<Id = T>;
    /// Item of the walk: a ref, or a [`PathTo`].
    type Item<'g>;

    /// Id of the node.
    fn id(&self) -> Self::Id;

    /// Returns the item of the walk at this position.
    #[doc(hidden)]
    fn at(self, graph: &Graph) -> Self::Item<'_>;

    /// Returns the positions after a hop to each of `ends`. Only a path reads `edges`.
    #[doc(hidden)]
    fn hop<T: TypedId, E: Iterator<Item = (T, EdgeId)>>(
        self,
        direction: Direction,
        ends: RowSlice<'_, T>,
        edges: impl FnOnce(Self::Id) -> E,
    ) -> impl Row<Item = Self::Then<T>>;

    /// Returns the positions after a hop over each of `edges`.
    #[doc(hidden)]
    fn follow<T: TypedId>(
        self,
        direction: Direction,
        edges: impl Iterator<Item = (T, EdgeId)>,
    ) -> impl Row<Item = Self::Then<T>>;
}

impl<T: TypedId> Sealed for PathTo<'_, T> {}

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

    fn follow<T: TypedId>(
        self,
        _: Direction,
        edges: impl Iterator<Item = (T, EdgeId)>,
    ) -> impl Row<Item = T> {
        SeparateRow(edges.map(|(id, _)| id))
    }

    fn hop<T: TypedId, E: Iterator<Item = (T, EdgeId)>>(
        self,
        _: Direction,
        ends: RowSlice<'_, T>,
        _: impl FnOnce(Id) -> E,
    ) -> impl Row<Item = T> {
        ends
    }
}

/// A node and the path that led a walk to it. It dereferences to the ref of the
/// node.
///
/// Paths share their common beginning: each hop allocates one link.
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

/// The last step of a path, linked to the steps before it.
struct Link {
    edge: EdgeId,
    direction: Direction,
    node: NodeId,
    before: Option<Arc<Link>>,
}

/// Drops the links in a loop: recursion would overflow the stack on a long path.
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

    /// Returns the node that the walk reached.
    pub fn to(&self) -> T::Ref<'g> {
        self.to
    }

    /// Returns the path to the node, each step with its edge and its proof. O(steps).
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
        _: RowSlice<'_, T>,
        edges: impl FnOnce(Id) -> E,
    ) -> impl Row<Item = PathTo<'h, T>> {
        let edges = edges(self.id);
        self.follow(direction, edges)
    }

    fn follow<T: TypedId>(
        self,
        direction: Direction,
        edges: impl Iterator<Item = (T, EdgeId)>,
    ) -> impl Row<Item = PathTo<'h, T>> {
        SeparateRow(edges.map(move |(id, edge)| {
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
