use fixedbitset::FixedBitSet;

use super::{Id, MeasureId};

/// 范围 — the measures that are asked among.
///
/// Whatever [`walk`](crate::walk) filters by serves: regions, dates, genres,
/// products, documents, what is in force. Made once, it serves many questions.
///
/// ```
/// use policygraph::graph::MeasureSet;
/// use policygraph::similar::{Index, Options};
/// use policygraph::{Date, Lexicon, PartialDate, builtin};
///
/// let graph = builtin();
/// let index = Index::new(graph, Lexicon::builtin());
/// let question = "检验用量由3倍减为2倍";
///
/// // Of 内蒙古自治区, since 2025, on drugs or anything narrower.
/// let documents = graph.walk(graph.documents()).in_region("内蒙古自治区").unwrap();
/// let recent = documents.dated(PartialDate::month(2025, 1).unwrap()..);
/// let among: MeasureSet = recent.measures().on("药品").unwrap().ids().collect();
/// let found = index.text(question, &Options { among: Some(&among), ..Options::default() });
/// assert_eq!(graph.at(found[0].measure).key().to_string(), "nm-2025-18/7");
///
/// // What is in force.
/// let in_force = graph.as_of(Date::constant(2026, 1, 1)).in_force();
/// let among: MeasureSet = in_force.flat_map(|document| document.measures()).map(|m| m.id()).collect();
/// let found = index.text(question, &Options { among: Some(&among), ..Options::default() });
/// assert_eq!(graph.at(found[0].measure).key().to_string(), "sx-2025/11");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasureSet(FixedBitSet);

impl MeasureSet {
    /// Number of measures.
    pub fn len(&self) -> usize {
        self.0.count_ones(..)
    }

    /// Returns true if the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_clear()
    }

    /// Returns true if the set contains the measure.
    pub fn contains(&self, measure: MeasureId) -> bool {
        self.0.contains(measure.index())
    }

    /// All of them, ascending.
    pub fn iter(&self) -> impl Iterator<Item = MeasureId> {
        self.0.ones().map(MeasureId::from_index)
    }
}

impl FromIterator<MeasureId> for MeasureSet {
    fn from_iter<I: IntoIterator<Item = MeasureId>>(measures: I) -> Self {
        MeasureSet(measures.into_iter().map(|measure| measure.index()).collect())
    }
}
