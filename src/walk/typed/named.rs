//! Nodes as arguments of filters: an id, a ref or a name.

use super::sealed::Sealed;
use crate::error::Error;
use crate::graph::{
    AgencyId, AgencyRef, ArticleId, ArticleRef, DeadlineId, DeadlineRef, DocId, DocumentRef, Graph,
    MeasureId, MeasureRef, PlatformId, PlatformRef, PolicyId, PolicyRef, ProductId, ProductRef,
    RegionId, RegionRef, SectionId, SectionRef, TargetId, TargetRef, TypedId, each_node,
};

/// A node given to a filter such as [`on`](super::Walk#method.on): its id, its ref,
/// or its name. Sealed: other crates cannot implement it.
///
/// An id or a ref belongs to the graph, so that the filter returns the walk. A name
/// (`&str`) may be unknown, so that the filter returns a `Result`: it reads the name
/// as [`Graph::named`] does, and the error lists the nearest names.
///
/// ```
/// let graph = policygraph::builtin();
/// let measures = graph.walk(graph.measures());
///
/// let vaccines = graph.product("疫苗").unwrap();
/// let count = measures.clone().on(vaccines).count();
/// assert_eq!(count, measures.clone().on("疫苗")?.count());
///
/// let error = measures.on("疫苖").err().unwrap(); // 苖 for 苗
/// assert!(error.to_string().contains("疫苗"));
/// # Ok::<(), policygraph::Error>(())
/// ```
pub trait Named<T>: Sealed {
    /// Result of the filter: `W` for an id or a ref, `Result<W, Error>` for a name.
    type Output<W>;

    /// Calls `then` with the id of the node.
    #[doc(hidden)]
    fn resolve<W>(self, graph: &Graph, then: impl FnOnce(T) -> W) -> Self::Output<W>;
}

impl<T: TypedId> Named<T> for T {
    type Output<W> = W;

    fn resolve<W>(self, _: &Graph, then: impl FnOnce(T) -> W) -> W {
        then(self)
    }
}

macro_rules! refs {
    ($(
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, $resolved:ident, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
    )*) => {$(
        impl Sealed for $ref<'_> {}

        impl Named<$id> for $ref<'_> {
            type Output<W> = W;

            fn resolve<W>(self, _: &Graph, then: impl FnOnce($id) -> W) -> W {
                then(self.id())
            }
        }
    )*};
}

each_node!(refs);

impl Sealed for &str {}

macro_rules! names {
    ($($id:ident),*) => {$(
        impl Named<$id> for &str {
            type Output<W> = Result<W, Error>;

            fn resolve<W>(self, graph: &Graph, then: impl FnOnce($id) -> W) -> Result<W, Error> {
                graph.named(self).map(then)
            }
        }
    )*};
}

names!(DocId, MeasureId, AgencyId, PolicyId, ProductId, RegionId, PlatformId);
