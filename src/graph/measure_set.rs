//! A set of measures that limits a search.

use fixedbitset::FixedBitSet;

use super::{Id, MeasureId};

/// A set of measures (范围) that limits a search: of [`similar`](crate::similar) measures or
/// of [reused](crate::reuse) passages.
///
/// It collects the result of any [`walk`](crate::walk): regions, dates, genres, products,
/// documents, status. One set serves any number of searches of the graph whose ids it holds.
///
/// ```
/// use policygraph::graph::MeasureSet;
/// use policygraph::similar::{Index, SearchOptions};
/// use policygraph::{Date, Lexicon, PartialDate, builtin};
///
/// let graph = builtin();
/// let index = Index::new(graph, Lexicon::builtin());
/// let query = "检验用量由3倍减为2倍";
///
/// // Documents of 内蒙古自治区 since 2025, measures on drugs or a narrower product.
/// let documents = graph.walk(graph.documents()).in_region("内蒙古自治区").unwrap();
/// let recent = documents.dated(PartialDate::month(2025, 1).unwrap()..);
/// let among: MeasureSet = recent.measures().on("药品").unwrap().ids().collect();
/// let found = index.search(query, &SearchOptions::default().among(&among));
/// assert_eq!(graph.at(found[0].measure).key().to_string(), "nm-2025-18/7");
///
/// // Measures in force.
/// let in_force = graph.as_of(Date::constant(2026, 1, 1)).in_force();
/// let among: MeasureSet = in_force.flat_map(|document| document.measures()).map(|m| m.id()).collect();
/// let found = index.search(query, &SearchOptions::default().among(&among));
/// assert_eq!(graph.at(found[0].measure).key().to_string(), "sx-2025/11");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasureSet(FixedBitSet);

impl MeasureSet {
    /// Returns the number of measures.
    pub fn len(&self) -> usize {
        self.0.count_ones(..)
    }

    /// Returns true if the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_clear()
    }

    /// Returns true if the set contains `measure`.
    pub fn contains(&self, measure: MeasureId) -> bool {
        self.0.contains(measure.index())
    }

    /// Returns the measures, ascending.
    pub fn iter(&self) -> impl Iterator<Item = MeasureId> {
        self.0.ones().map(MeasureId::from_index)
    }
}

impl FromIterator<MeasureId> for MeasureSet {
    fn from_iter<I: IntoIterator<Item = MeasureId>>(measures: I) -> Self {
        MeasureSet(measures.into_iter().map(|measure| measure.index()).collect())
    }
}
