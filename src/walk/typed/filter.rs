//! Filters by what people ask: where, when, what kind, on what.

use super::*;
use crate::model::{Date, Genre, PartialDate};
use std::ops::{Bound, RangeBounds};

/// Whatever names one node: its id, its ref, or the name that [`Graph`] finds
/// it by, such as 山西省 ([`Graph::region`]).
pub trait Named<T> {
    /// The node; none for a name that the graph does not know.
    fn id_in(self, graph: &Graph) -> Option<T>;
}

impl<T: TypedId> Named<T> for T {
    fn id_in(self, _: &Graph) -> Option<T> {
        Some(self)
    }
}

macro_rules! named {
    ($($node:ident($id:ident) $(= $find:ident)?;)*) => {$(
        impl Named<$id> for $node<'_> {
            fn id_in(self, _: &Graph) -> Option<$id> {
                Some(self.id())
            }
        }

        $(impl Named<$id> for &str {
            fn id_in(self, graph: &Graph) -> Option<$id> {
                graph.$find(self).map($node::id)
            }
        })?
    )*};
}

named! {
    DocumentRef(DocId) = document;
    SectionRef(SectionId);
    MeasureRef(MeasureId) = measure;
    AgencyRef(AgencyId) = agency;
    PolicyRef(PolicyId) = policy;
    ArticleRef(ArticleId);
    ProductRef(ProductId) = product;
    RegionRef(RegionId) = region;
    TargetRef(TargetId);
    PlatformRef(PlatformId) = platform;
}

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    /// Only nodes of which this is true.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let document = graph.document("sx-2025").unwrap();
    /// let measures = document.walk().measures().filter(|measure| measure.targets().len() > 1);
    /// assert!(measures.map(|measure| measure.key().position).eq([10, 11, 12]));
    /// ```
    pub fn filter(
        self,
        mut keep: impl FnMut(T::Ref<'g>) -> bool,
    ) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let graph = self.graph;
        let keep = move |stop: &I::Item| keep(graph.at(stop.id()));
        Walk::new(graph, self.stops.filter(keep))
    }

    /// All but this node. A name that the graph does not know is no node.
    pub fn except(self, node: impl Named<T>) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let node = node.id_in(self.graph);
        let keep = move |stop: &I::Item| Some(stop.id()) != node;
        Walk::new(self.graph, self.stops.filter(keep))
    }
}

/// A node and all that the hops lead to, as a set; none if the name is unknown.
fn and_all<'g, T: TypedId, J: Iterator<Item = T>>(
    graph: &'g Graph,
    node: impl Named<T>,
    hops: impl FnMut(Walk<'g, T, Once<T>>) -> Walk<'g, T, J>,
) -> FixedBitSet {
    let all = graph.walk(node.id_in(graph)).repeat(usize::MAX, hops);
    all.ids().map(|id| id.index()).collect()
}

macro_rules! on {
    ($($(#[$doc:meta])* $id:ident: $products:ident;)*) => {$(
        impl<'g, I: Iterator<Item: Position<Id = $id>>> Walk<'g, $id, I> {
            $(#[$doc])*
            pub fn on(
                self,
                product: impl Named<ProductId>,
            ) -> Walk<'g, $id, impl Iterator<Item = I::Item>> {
                let graph = self.graph;
                let labels = and_all(graph, product, |walk| walk.narrower());
                let keep = move |stop: &I::Item| {
                    let products = graph.$products(stop.id());
                    products.iter().any(|product| labels.contains(product.index()))
                };
                Walk::new(graph, self.stops.filter(keep))
            }
        }
    )*};
}

on! {
    /// Those that name this product or anything narrower; none for a name that
    /// the graph does not know. Allots one bit a product.
    MeasureId: covers;
    /// Those whose body names this product or anything narrower.
    DocId: covers;
    /// Those about this product or anything narrower.
    ArticleId: article_covers;
}

/// A document, or a part of one: what has its region, its genre and its date.
pub trait Part: TypedId {
    /// The document. O(1).
    fn document(self, graph: &Graph) -> DocumentRef<'_>;
}

impl Part for DocId {
    fn document(self, graph: &Graph) -> DocumentRef<'_> {
        graph.at(self)
    }
}

macro_rules! parts {
    ($($id:ident),*) => {$(
        impl Part for $id {
            fn document(self, graph: &Graph) -> DocumentRef<'_> {
                graph.at(self).document()
            }
        }
    )*};
}

parts!(SectionId, MeasureId, TargetId);

impl<'g, T: Part, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    fn in_documents(
        self,
        mut keep: impl FnMut(DocumentRef<'g>) -> bool,
    ) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let graph = self.graph;
        let keep = move |stop: &I::Item| keep(stop.id().document(graph));
        Walk::new(graph, self.stops.filter(keep))
    }

    /// Only in documents that speak for this region or for one within it; none
    /// for a name that the graph does not know. Allots one bit a region.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let documents = graph.walk(graph.documents()).in_region("重庆市");
    /// let keys = ["cq-clues", "cq-smart-equipment", "sc-cq-community"];
    /// assert!(documents.map(|document| document.key()).eq(keys));
    /// let everywhere = graph.walk(graph.documents()).in_region("中国").count();
    /// assert_eq!(everywhere, graph.documents().len());
    /// ```
    pub fn in_region(
        self,
        region: impl Named<RegionId>,
    ) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let area = and_all(self.graph, region, |walk| walk.divided_into());
        self.in_documents(move |document| {
            document.regions().any(|region| area.contains(region.id().index()))
        })
    }

    /// Only in documents of this genre.
    ///
    /// ```
    /// use policygraph::Genre;
    ///
    /// let graph = policygraph::builtin();
    /// let drafts = graph.walk(graph.documents()).of_genre(Genre::Draft);
    /// assert!(drafts.map(|document| document.key()).eq(["jl-yongchun", "ln-vbp"]));
    /// ```
    pub fn of_genre(self, genre: Genre) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        self.in_documents(move |document| document.genre() == genre)
    }

    /// Only in documents dated within these days: by 成文日期, else by 发布日期.
    ///
    /// A month stands for all its days, in the range as in a document: 2025-06
    /// lies within ..=2025-06, not within ..=2025-06-29. Documents without a
    /// date are left out.
    ///
    /// ```
    /// use policygraph::PartialDate;
    ///
    /// let graph = policygraph::builtin();
    /// let since = PartialDate::month(2025, 7).unwrap();
    /// let keys = graph.walk(graph.documents()).dated(since..).map(|document| document.key());
    /// assert!(keys.eq(["nm-2025-18", "nm-2025-prudent"]));
    /// ```
    pub fn dated(
        self,
        days: impl RangeBounds<PartialDate>,
    ) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let first = match days.start_bound() {
            Bound::Included(date) => Bound::Included(date.first_day()),
            Bound::Excluded(date) => Bound::Excluded(date.last_day()),
            Bound::Unbounded => Bound::Unbounded,
        };
        let last = match days.end_bound() {
            Bound::Included(date) => Bound::Included(date.last_day()),
            Bound::Excluded(date) => Bound::Excluded(date.first_day()),
            Bound::Unbounded => Bound::Unbounded,
        };
        self.in_documents(move |document| {
            document.record().dates.issued().is_some_and(|date| {
                let days = [date.value.first_day(), date.value.last_day()];
                days.iter().all(|day| (first, last).contains(day))
            })
        })
    }

    /// Only in documents whose printed dates say that they hold on this day: see
    /// [`Graph::as_of`].
    ///
    /// ```
    /// use policygraph::Date;
    ///
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("山西省药品监督管理局").unwrap();
    /// let duties = |day| agency.walk().duties().in_force_on(day).distinct().count();
    /// assert_eq!(duties(Date::constant(2025, 6, 15)), 0);
    /// assert_eq!(duties(Date::constant(2025, 6, 16)), agency.walk().duties().distinct().count());
    /// ```
    pub fn in_force_on(self, day: Date) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let as_of = self.graph.as_of(day);
        self.in_documents(move |document| as_of.is_in_force(document.id()))
    }

    /// What is met, under each region for which its document speaks: the regions
    /// in the order in which they are first met.
    pub fn by_region(self) -> IndexMap<RegionRef<'g>, Vec<<I::Item as Position>::Item<'g>>> {
        let graph = self.graph;
        self.by_id(move |id| id.document(graph).regions())
    }
}

impl<'g, I: Iterator<Item: Position<Id = AgencyId>>> Walk<'g, AgencyId, I> {
    /// Only agencies of this region or of one within it; none for a name that
    /// the graph does not know. Allots one bit a region.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let document = graph.document("sc-cq-community").unwrap();
    /// let agencies = document.walk().responsible().in_region("四川省");
    /// assert!(agencies.map(|agency| agency.name()).eq(["四川省药品监督管理局"]));
    /// ```
    pub fn in_region(
        self,
        region: impl Named<RegionId>,
    ) -> Walk<'g, AgencyId, impl Iterator<Item = I::Item>> {
        let area = and_all(self.graph, region, |walk| walk.divided_into());
        self.filter(move |agency| {
            agency.region().is_some_and(|region| area.contains(region.id().index()))
        })
    }

    /// The agencies under their region, in the order in which the regions are
    /// first met; those whose region is not known are left out.
    pub fn by_region(self) -> IndexMap<RegionRef<'g>, Vec<<I::Item as Position>::Item<'g>>> {
        self.by(|agency| agency.region())
    }
}
