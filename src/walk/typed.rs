//! Typed walks: the kind of node is known at every step.

mod due;
mod filter;
mod group;
mod hops;
mod named;
mod repeat;
mod roles;
mod steps;
#[cfg(test)]
mod tests;
mod position;

pub use filter::Part;
#[doc(no_inline)]
pub use indexmap::IndexMap;
pub use named::Named;
pub use position::{PathTo, Position};

use crate::graph::{
    AgencyId, AgencyRef, ArticleId, ArticleRef, DeadlineId, DeadlineRef, DocId, DocumentRef, Graph,
    MeasureId, MeasureRef, PlatformId, PlatformRef, PolicyId, PolicyRef, ProductId, ProductRef,
    RegionId, RegionRef, SectionId, SectionRef, TargetId, TargetRef, TypedId, each_node,
};
use fixedbitset::FixedBitSet;
use std::cmp::Reverse;
use std::iter::{Once, once};
use std::marker::PhantomData;

/// A lazy walk over nodes of the kind `T`: a chain of hops and filters, then an
/// iterator, a count or groups.
///
/// It begins with [`Graph::walk`] or with the `walk` method of a ref. Hops have the
/// names that they have on refs: a walk over agencies has
/// [`duties`](#method.duties), as an [`AgencyRef`] has. (A ref is better for a
/// single hop: it gives the length and the proofs.)
///
/// * Items are refs. [`ids`](Walk::ids) returns ids, and
///   [`with_paths`](Walk::with_paths) returns [`PathTo`]s: refs with the path that
///   led to them, edge by edge, each with its proof.
/// * Order: depth first. Nodes reached from an earlier node come earlier; those
///   reached from one node are in the order of the hop.
/// * A node is returned once for each path that leads to it; call
///   [`distinct`](Walk::distinct) for each node once.
/// * A filter by a name returns a `Result`, by an id or a ref the walk: [`Named`].
/// * Lazy: a hop reads one slice for each node and allocates nothing; methods that
///   allocate say so. Consuming the whole walk at once ([`counts`](Walk::counts),
///   `for_each`, `sum`) is fastest, because adjacent slices are merged. The closures
///   of filters may then run before those of later steps.
///
/// The agencies that share a duty with 山西省药品监督管理局, with the number of
/// shared duties:
///
/// ```
/// let graph = policygraph::builtin();
/// let agency = graph.agency("山西省药品监督管理局").unwrap();
///
/// let shared = agency.walk().duties().responsible().except(agency).counts();
///
/// assert_eq!(shared.len(), 12);
/// let first = shared[..4].iter().map(|&(agency, times)| (agency.name(), times));
/// assert!(first.eq([
///     ("山西省卫生健康委员会", 11),
///     ("山西省市场监督管理局", 10),
///     ("山西省财政厅", 7),
///     ("山西省工业和信息化厅", 6),
/// ]));
/// ```
///
/// The measures on Chinese medicine (中药) or a narrower product, in documents that
/// implement 国办发〔2024〕53号, by province:
///
/// ```
/// let graph = policygraph::builtin();
/// let policy = graph.policy("国办发〔2024〕53号").unwrap();
///
/// let by_province = policy.walk().implemented_by().measures().on("中药")?.by_region();
///
/// let found: Vec<String> = by_province
///     .iter()
///     .map(|(region, measures)| {
///         let keys: Vec<_> = measures.iter().map(|measure| measure.key().to_string()).collect();
///         format!("{}: {}", region.name(), keys.join(" "))
///     })
///     .collect();
/// assert_eq!(found, [
///     "内蒙古自治区: nm-2025-18/2 nm-2025-18/3 nm-2025-18/15",
///     "山西省: sx-2025/4 sx-2025/12 sx-2025/17 sx-2025/23 sx-2025/24 sx-2025/26",
/// ]);
/// # Ok::<(), policygraph::Error>(())
/// ```
///
/// The instruments that measures of two or more provinces cite:
///
/// ```
/// let graph = policygraph::builtin();
///
/// let common = graph
///     .walk(graph.policies())
///     .filter(|policy| policy.walk().cited_by().by_region().len() >= 2);
///
/// let mut titles: Vec<_> = common.map(|policy| policy.title()).collect();
/// titles.sort();
/// assert_eq!(titles, ["中药材生产质量管理规范", "化妆品监督管理条例"]);
/// ```
///
/// The articles of 国办发〔2024〕53号 that measures of 山西省 carry out, and those
/// without such a measure in the corpus:
///
/// ```
/// let graph = policygraph::builtin();
/// let policy = graph.policy("国办发〔2024〕53号").unwrap();
/// let region = graph.region("山西省").unwrap();
///
/// let (found, not_found): (Vec<_>, Vec<_>) = policy.articles().partition(|article| {
///     article.walk().carried_out_by().in_region(region).next().is_some()
/// });
///
/// assert_eq!(found.len(), 21);
/// let headings = not_found.iter().map(|article| (article.ordinal(), article.heading()));
/// assert!(headings.eq([
///     (6, "加强药品医疗器械注册申报前置指导"),
///     (9, "优化药品补充申请审评审批"),
///     (19, "探索生物制品分段生产模式"),
/// ]));
/// ```
#[derive(Clone)]
#[must_use = "a walk is lazy: it does nothing until it is consumed"]
pub struct Walk<'g, T, I> {
    graph: &'g Graph,
    positions: I,
    at: PhantomData<fn() -> T>,
}

/// Traits with this one as a supertrait cannot be implemented by other crates.
mod sealed {
    pub trait Sealed {}

    impl<T: crate::graph::TypedId> Sealed for T {}
}

impl Graph {
    /// Starts a walk from these nodes, in their order.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let cited: usize = graph.measures().map(|measure| graph.cites(measure).len()).sum();
    /// assert_eq!(graph.walk(graph.measures()).cites().count(), cited);
    /// ```
    pub fn walk<T: TypedId, I: IntoIterator<Item = T>>(&self, ids: I) -> Walk<'_, T, I::IntoIter> {
        Walk::new(self, ids.into_iter())
    }
}

macro_rules! starts {
    ($(
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, $resolved:ident, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
    )*) => {$(
        impl<'g> $ref<'g> {
            /// Starts a [`Walk`](crate::walk::Walk) from this node.
            pub fn walk(self) -> Walk<'g, $id, Once<$id>> {
                Walk::new(self.graph(), once(self.id()))
            }
        }
    )*};
}

each_node!(starts);

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    fn new(graph: &'g Graph, positions: I) -> Self {
        Walk { graph, positions, at: PhantomData }
    }

    /// Returns the ids of the nodes.
    pub fn ids(self) -> impl Iterator<Item = T> {
        self.positions.map(|position| position.id())
    }

    /// Keeps the first occurrence of each node. Allocates one bit for each node of the
    /// kind.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let document = graph.document("sx-2025").unwrap();
    /// let agencies = document.walk().measures().responsible();
    /// assert_eq!(agencies.count(), 77);
    /// let agencies = document.walk().measures().responsible().distinct();
    /// assert_eq!(agencies.count(), 13);
    /// ```
    pub fn distinct(self) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let mut met = FixedBitSet::with_capacity(self.graph.node_count_of(T::KIND));
        let first = move |position: &I::Item| !met.put(position.id().index());
        Walk::new(self.graph, self.positions.filter(first))
    }

    /// Returns each node with its number of occurrences: most frequent first, equal
    /// counts by id. Allocates one word for each node of the kind.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let (product, times) = graph.walk(graph.measures()).products().counts()[0];
    /// assert_eq!((product.label(), times), ("药品", 60));
    /// ```
    pub fn counts(self) -> Vec<(T::Ref<'g>, usize)> {
        let graph = self.graph;
        let mut times = vec![0_usize; graph.node_count_of(T::KIND)];
        let mut met = Vec::new();
        self.ids().for_each(|id| {
            let times = &mut times[id.index()];
            if *times == 0 {
                met.push(id);
            }
            *times += 1;
        });
        let times = |id: T| times[id.index()];
        met.sort_unstable_by_key(|&id| (Reverse(times(id)), id));
        met.into_iter().map(|id| (graph.at(id), times(id))).collect()
    }
}

/// Iterates over the refs or [`PathTo`]s, in the order of the walk.
impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Iterator for Walk<'g, T, I> {
    type Item = <I::Item as Position>::Item<'g>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.positions.next().map(|position| position.at(self.graph))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.positions.size_hint()
    }

    /// Adds up the lengths of the slices if the last step was a hop.
    fn count(self) -> usize {
        self.positions.count()
    }

    /// Reads whole slices at a time; `for_each`, `sum` and `max` use it.
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        let graph = self.graph;
        self.positions.fold(init, move |folded, position| f(folded, position.at(graph)))
    }
}

/// The length is known before the first hop.
impl<T: TypedId, I: ExactSizeIterator<Item: Position<Id = T>>> ExactSizeIterator
    for Walk<'_, T, I>
{
}
