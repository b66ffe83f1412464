//! Filters: by product, region, genre, date and validity.

use super::{Named, Position, Walk};
use crate::graph::{
    AgencyId, ArticleId, DeadlineId, DocId, DocumentRef, Graph, Id, MeasureId, ProductId, Provider,
    RegionId, SectionId, TargetId, TypedId,
};
use crate::model::{Date, Genre, PartialDate};
use fixedbitset::FixedBitSet;
use std::iter::Once;
use std::ops::{Bound, RangeBounds};

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    /// Keeps the nodes for which `keep` returns true.
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
        let keep = move |position: &I::Item| keep(graph.at(position.id()));
        Walk::new(graph, self.positions.filter(keep))
    }

    /// Keeps every node but this one. Returns a `Result` for a name: see [`Named`].
    pub fn except<N: Named<T>>(
        self,
        node: N,
    ) -> N::Output<Walk<'g, T, impl Iterator<Item = I::Item>>> {
        let Walk { graph, positions, .. } = self;
        node.resolve(graph, |node| {
            Walk::new(graph, positions.filter(move |position| position.id() != node))
        })
    }
}

/// Returns the set of `node` and every node that repeated hops lead to.
fn closure<'g, T: TypedId, J: Iterator<Item = T>>(
    graph: &'g Graph,
    node: T,
    hops: impl FnMut(Walk<'g, T, Once<T>>) -> Walk<'g, T, J>,
) -> FixedBitSet {
    let reached = graph.walk([node]).repeat(usize::MAX, hops);
    reached.ids().map(|id| id.index()).collect()
}

/// Returns the set of `region` and every region within it.
fn area(graph: &Graph, region: RegionId) -> FixedBitSet {
    closure(graph, region, |walk| walk.divided_into())
}

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    /// Keeps the nodes whose `products` contain this product or a narrower one.
    fn on_product<N: Named<ProductId>>(
        self,
        product: N,
        products: impl Fn(T) -> &'g [ProductId],
    ) -> N::Output<Walk<'g, T, impl Iterator<Item = I::Item>>> {
        let Walk { graph, positions, .. } = self;
        product.resolve(graph, |product| {
            let labels = closure(graph, product, |walk| walk.narrower());
            let keep = move |position: &I::Item| {
                products(position.id()).iter().any(|product| labels.contains(product.index()))
            };
            Walk::new(graph, positions.filter(keep))
        })
    }
}

impl<'g, P: Provider, I: Iterator<Item: Position<Id = P>>> Walk<'g, P, I> {
    /// Keeps the measures, or the documents by their own provision, that name this
    /// product or a narrower one.
    ///
    /// Returns a `Result` for a name: see [`Named`]. Allocates one bit for each
    /// product.
    pub fn on<N: Named<ProductId>>(
        self,
        product: N,
    ) -> N::Output<Walk<'g, P, impl Iterator<Item = I::Item>>> {
        let graph = self.graph;
        self.on_product(product, |id| graph.covers(id))
    }
}

impl<'g, I: Iterator<Item: Position<Id = ArticleId>>> Walk<'g, ArticleId, I> {
    /// Keeps the articles about this product or a narrower one.
    ///
    /// Returns a `Result` for a name: see [`Named`]. Allocates one bit for each
    /// product.
    pub fn on<N: Named<ProductId>>(
        self,
        product: N,
    ) -> N::Output<Walk<'g, ArticleId, impl Iterator<Item = I::Item>>> {
        let graph = self.graph;
        self.on_product(product, |id| graph.article_covers(id))
    }
}

/// Id of a document, or of a part of one, which has the document's region, genre and
/// dates. Sealed: other crates cannot implement it.
pub trait Part: TypedId {
    /// Returns the document. O(1).
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

parts!(SectionId, MeasureId, TargetId, DeadlineId);

impl<'g, T: Part, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    fn in_documents(
        self,
        mut keep: impl FnMut(DocumentRef<'g>) -> bool,
    ) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let graph = self.graph;
        let keep = move |position: &I::Item| keep(position.id().document(graph));
        Walk::new(graph, self.positions.filter(keep))
    }

    /// Keeps the nodes in documents of this region or a region within it, at every
    /// level of government.
    ///
    /// A document belongs to the regions that it speaks for
    /// ([`DocumentRef::regions`], province-level) and to the regions of the agencies
    /// that issued it ([`AgencyRef::region`](crate::graph::AgencyRef::region), any level): a document of 太原市 is
    /// found by 太原市 and by 山西省, one of 山西省 only by 山西省. Both are found by
    /// 中国.
    ///
    /// Returns a `Result` for a name: see [`Named`]. Allocates one bit for each
    /// region.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let documents = graph.walk(graph.documents()).in_region("重庆市")?;
    /// let keys = ["cq-clues", "cq-smart-equipment", "sc-cq-community"];
    /// assert!(documents.map(|document| document.key()).eq(keys));
    /// let everywhere = graph.walk(graph.documents()).in_region("中国")?.count();
    /// assert_eq!(everywhere, graph.documents().len());
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    ///
    /// ```
    /// use policygraph::{Corpus, Lexicon, read};
    ///
    /// let text = "太原市市场监督管理局关于优化服务的若干措施\n一、加快审评。";
    /// let mut corpus = Corpus::new();
    /// corpus.insert(read(Lexicon::builtin(), "ty-1", text));
    /// let graph = corpus.graph(Lexicon::builtin());
    /// for region in ["太原市", "山西省", "中国"] {
    ///     let measures = graph.walk(graph.measures()).in_region(region)?;
    ///     assert!(measures.map(|measure| measure.key().to_string()).eq(["ty-1/1"]));
    /// }
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn in_region<N: Named<RegionId>>(
        self,
        region: N,
    ) -> N::Output<Walk<'g, T, impl Iterator<Item = I::Item>>> {
        let graph = self.graph;
        region.resolve(graph, |region| {
            let area = area(graph, region);
            self.in_documents(move |document| {
                let spoken_for = graph.speaks_for(document.id()).iter();
                let issuers = graph.issued_by(document.id()).iter();
                let of_issuers = issuers.flat_map(|&issuer| graph.belongs_to(issuer));
                spoken_for.chain(of_issuers).any(|region| area.contains(region.index()))
            })
        })
    }

    /// Keeps the nodes in documents of this genre (文种).
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

    /// Keeps the nodes in documents issued in this range of dates (成文日期, else
    /// 发布日期).
    ///
    /// A month means all its days, in the range as in a document: 2025-06 is within
    /// ..=2025-06, but not within ..=2025-06-29. Documents without a date are left
    /// out.
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

    /// Keeps the nodes in documents that are in force on `day` by their printed
    /// dates: see [`Graph::as_of`].
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
}

impl<'g, I: Iterator<Item: Position<Id = AgencyId>>> Walk<'g, AgencyId, I> {
    /// Keeps the agencies of this region or a region within it. Returns a `Result`
    /// for a name: see [`Named`]. Allocates one bit for each region.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let document = graph.document("sc-cq-community").unwrap();
    /// let agencies = document.walk().responsible().in_region("四川省")?;
    /// assert!(agencies.map(|agency| agency.name()).eq(["四川省药品监督管理局"]));
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn in_region<N: Named<RegionId>>(
        self,
        region: N,
    ) -> N::Output<Walk<'g, AgencyId, impl Iterator<Item = I::Item>>> {
        let graph = self.graph;
        region.resolve(graph, |region| {
            let area = area(graph, region);
            self.filter(move |agency| {
                agency.region().is_some_and(|region| area.contains(region.id().index()))
            })
        })
    }
}
