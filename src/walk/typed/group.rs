//! Groups of the nodes of a walk.

use super::filter::Part;
use super::position::Position;
use super::{IndexMap, Walk};
use crate::graph::{AgencyId, AgencyRef, DocumentRef, Provider, RegionRef, TypedId};
use std::hash::Hash;

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    /// Groups the items by the keys that `keys` returns for each node. The groups are
    /// in the order in which their keys first occur. A node with several keys is in
    /// several groups, one without keys in none.
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

    /// [`Walk::by`] with ids in place of refs.
    fn by_id<K: Hash + Eq, Keys: IntoIterator<Item = K>>(
        self,
        mut keys: impl FnMut(T) -> Keys,
    ) -> IndexMap<K, Vec<<I::Item as Position>::Item<'g>>> {
        let graph = self.graph;
        let mut groups = IndexMap::<K, Vec<_>>::new();
        self.positions.for_each(|position| {
            for key in keys(position.id()) {
                groups.entry(key).or_default().push(position.clone().at(graph));
            }
        });
        groups
    }
}

impl<'g, T: Part, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    /// Groups the items by the province-level regions of their document
    /// ([`DocumentRef::regions`]), in the order of first occurrence.
    pub fn by_region(self) -> IndexMap<RegionRef<'g>, Vec<<I::Item as Position>::Item<'g>>> {
        let graph = self.graph;
        self.by_id(move |id| id.document(graph).regions())
    }

    /// Groups the items by their document, in the order of first occurrence.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let by_document = graph.walk(graph.measures()).on("中药")?.by_document();
    /// let counts = by_document.iter().map(|(document, measures)| (document.key(), measures.len()));
    /// assert!(counts.eq([
    ///     ("jl-yongchun", 1),
    ///     ("nm-2022-26", 5),
    ///     ("nm-2025-18", 3),
    ///     ("nm-2025-prudent", 1),
    ///     ("sx-2025", 6),
    /// ]));
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn by_document(self) -> IndexMap<DocumentRef<'g>, Vec<<I::Item as Position>::Item<'g>>> {
        let graph = self.graph;
        self.by_id(move |id| [id.document(graph)])
    }
}

impl<'g, P: Provider, I: Iterator<Item: Position<Id = P>>> Walk<'g, P, I> {
    /// Groups measures, or documents without measures, by the agencies responsible
    /// (责任单位), in the order of first occurrence. An agency with two roles in one
    /// provision counts once.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measures = graph.document("sx-2025").unwrap().walk().measures();
    /// let by_agency = measures.on("疫苗")?.by_agency();
    /// let counts = by_agency.iter().map(|(agency, measures)| (agency.name(), measures.len()));
    /// assert!(counts.eq([
    ///     ("山西省市场监督管理局", 1),
    ///     ("山西省药品监督管理局", 1),
    ///     ("山西省财政厅", 1),
    /// ]));
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn by_agency(self) -> IndexMap<AgencyRef<'g>, Vec<<I::Item as Position>::Item<'g>>> {
        let graph = self.graph;
        self.by_id(move |id| {
            let agencies = graph.responsible(id);
            let is_first = move |&at: &usize| !agencies[..at].contains(&agencies[at]);
            (0..agencies.len()).filter(is_first).map(move |at| graph.at(agencies[at]))
        })
    }
}

impl<'g, I: Iterator<Item: Position<Id = AgencyId>>> Walk<'g, AgencyId, I> {
    /// Groups the agencies by their region, in the order of first occurrence.
    /// Agencies without a known region are left out.
    pub fn by_region(self) -> IndexMap<RegionRef<'g>, Vec<<I::Item as Position>::Item<'g>>> {
        self.by(|agency| agency.region())
    }
}
