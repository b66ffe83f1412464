//! Walks that know their kind at every step, and read like the question.

mod filter;
mod hops;
mod repeat;
mod steps;
#[cfg(test)]
mod tests;
mod position;

pub use filter::{Named, Part};
pub use indexmap::IndexMap;
pub use position::{PathTo, Position};

use crate::graph::*;
use fixedbitset::FixedBitSet;
use std::cmp::Reverse;
use std::hash::Hash;
use std::iter::{Once, once};
use std::marker::PhantomData;

/// A walk that stands at nodes of the kind `T`: hop on, sift, then iterate or
/// count.
///
/// It begins with [`Graph::walk`] or with the `walk` of a ref. A hop has the
/// name that it has on a ref: a walk of agencies has [`duties`](#method.duties),
/// as an [`AgencyRef`] has. (A single hop is best taken from the ref itself: it
/// tells its length and its proofs.)
///
/// * Items are refs; [`ids`](Walk::ids) gives ids, and
///   [`with_paths`](Walk::with_paths) gives [`PathTo`]s: refs with the way that
///   led to them, edge by edge, each with its proof.
/// * Order: depth first. What is reached from an earlier node comes earlier;
///   from one node, in the order of its hop.
/// * A node comes as often as ways lead to it, but after
///   [`distinct`](Walk::distinct).
/// * Lazy: a hop reads one slice a node and allocates nothing. What needs a
///   set or a table says so. What goes to the end at once ([`counts`](Walk::counts),
///   `for_each`, `sum`) is the fastest: it reads what stands side by side in one
///   go, so that the closures of filters are called ahead of what follows them.
///
/// The agencies that share a duty with 山西省药品监督管理局, and how often:
///
/// ```
/// let graph = policygraph::builtin();
/// let agency = graph.agency("山西省药品监督管理局").unwrap();
///
/// let shared = agency.walk().duties().responsible().except(agency).counts();
///
/// assert_eq!(shared.len(), 12);
/// let most = shared[..4].iter().map(|&(agency, times)| (agency.name(), times));
/// assert!(most.eq([
///     ("山西省卫生健康委员会", 11),
///     ("山西省市场监督管理局", 10),
///     ("山西省财政厅", 7),
///     ("山西省工业和信息化厅", 6),
/// ]));
/// ```
///
/// The measures on 中药, or on anything narrower, in documents that carry out
/// 国办发〔2024〕53号, by province:
///
/// ```
/// let graph = policygraph::builtin();
/// let policy = graph.policy("国办发〔2024〕53号").unwrap();
///
/// let by_province = policy.walk().implemented_by().measures().on("中药").by_region();
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
/// The articles of 国办发〔2024〕53号 that 山西省 carries out, and those that
/// are not found in its documents:
///
/// ```
/// let graph = policygraph::builtin();
/// let policy = graph.policy("国办发〔2024〕53号").unwrap();
///
/// let (found, not_found): (Vec<_>, Vec<_>) = policy.articles().partition(|article| {
///     article.walk().carried_out_by().in_region("山西省").next().is_some()
/// });
///
/// assert_eq!(found.len(), 22);
/// let headings = not_found.iter().map(|article| (article.ordinal(), article.heading()));
/// assert!(headings.eq([
///     (6, "加强药品医疗器械注册申报前置指导"),
///     (19, "探索生物制品分段生产模式"),
/// ]));
/// ```
#[derive(Clone)]
#[must_use = "a walk is lazy: it goes nowhere until it is iterated or counted"]
pub struct Walk<'g, T, I> {
    graph: &'g Graph,
    stops: I,
    at: PhantomData<fn() -> T>,
}

impl Graph {
    /// A walk from these nodes, in their order.
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
    ($($node:ident($id:ident),)*) => {$(
        impl<'g> $node<'g> {
            /// A walk from here: see [`Walk`](crate::walk::Walk).
            pub fn walk(self) -> Walk<'g, $id, Once<$id>> {
                Walk::new(self.graph(), once(self.id()))
            }
        }
    )*};
}

starts! {
    DocumentRef(DocId),
    SectionRef(SectionId),
    MeasureRef(MeasureId),
    AgencyRef(AgencyId),
    PolicyRef(PolicyId),
    ArticleRef(ArticleId),
    ProductRef(ProductId),
    RegionRef(RegionId),
    TargetRef(TargetId),
    PlatformRef(PlatformId),
}

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    fn new(graph: &'g Graph, stops: I) -> Self {
        Walk { graph, stops, at: PhantomData }
    }

    /// The ids alone.
    pub fn ids(self) -> impl Iterator<Item = T> {
        self.stops.map(|stop| stop.id())
    }

    /// Each node once, where it is first met. Allots one bit a node of the kind.
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
        let first = move |stop: &I::Item| !met.put(stop.id().index());
        Walk::new(self.graph, self.stops.filter(first))
    }

    /// Each node and how often it is met: the most frequent first, those as
    /// frequent by id. Allots one word a node of the kind.
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

    /// What is met, under each of its keys: the keys in the order in which they
    /// are first met, and what has none left out.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let parent = graph.policy("国办发〔2024〕53号").unwrap();
    /// let by_chapter = parent.walk().articles().by(|article| [article.chapter()]);
    /// assert_eq!(by_chapter[&3].len(), 6);
    /// ```
    pub fn by<K: Hash + Eq, Keys: IntoIterator<Item = K>>(
        self,
        mut keys: impl FnMut(T::Ref<'g>) -> Keys,
    ) -> IndexMap<K, Vec<<I::Item as Position>::Item<'g>>> {
        let graph = self.graph;
        self.by_id(move |id| keys(graph.at(id)))
    }

    fn by_id<K: Hash + Eq, Keys: IntoIterator<Item = K>>(
        self,
        mut keys: impl FnMut(T) -> Keys,
    ) -> IndexMap<K, Vec<<I::Item as Position>::Item<'g>>> {
        let graph = self.graph;
        let mut groups = IndexMap::<K, Vec<_>>::new();
        self.stops.for_each(|stop| {
            for key in keys(stop.id()) {
                groups.entry(key).or_default().push(stop.clone().at(graph));
            }
        });
        groups
    }
}

/// The refs, or the trails, in the order of the walk.
impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Iterator for Walk<'g, T, I> {
    type Item = <I::Item as Position>::Item<'g>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.stops.next().map(|stop| stop.at(self.graph))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stops.size_hint()
    }

    /// By the lengths of the slices, where the last step was a hop.
    fn count(self) -> usize {
        self.stops.count()
    }

    /// Whole rows at a time, where [`next`](Iterator::next) must ask at every
    /// step where it is: `for_each`, `sum`, `max` and their like come here.
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        let graph = self.graph;
        self.stops.fold(init, move |folded, stop| f(folded, stop.at(graph)))
    }
}

/// A walk that has not hopped yet knows its length.
impl<T: TypedId, I: ExactSizeIterator<Item: Position<Id = T>>> ExactSizeIterator
    for Walk<'_, T, I>
{
}
