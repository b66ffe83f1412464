use serde::{Serialize, Serializer};

use super::{Graph, MeasureId};

/// A result that serialises with keys in place of ids, as ids change when a document
/// is added. Made by [`Graph::keyed`].
///
/// ```
/// use policygraph::similar::{Index, SearchOptions};
/// use policygraph::{Lexicon, builtin};
///
/// let index = Index::new(builtin(), Lexicon::builtin());
/// let found = index.search("药物警戒", &SearchOptions::default());
/// let json = serde_json::to_value(builtin().keyed(&found[0])).unwrap();
/// let key = builtin().at(found[0].measure).key().to_string();
/// assert_eq!(json["measure"].as_str(), Some(&*key));
/// let term = found[0].explanation.contributions[0].term;
/// assert_eq!(json["explanation"]["contributions"][0]["feature"], term.text());
/// ```
pub struct Keyed<'a, T: ?Sized> {
    pub(crate) graph: &'a Graph,
    pub(crate) value: &'a T,
}

impl Graph {
    /// Returns a form of `value` that serialises with keys in place of ids: of a match,
    /// an alignment, a coverage, a passage, a pair of near-duplicates.
    pub fn keyed<'a, T: ?Sized>(&'a self, value: &'a T) -> Keyed<'a, T> {
        Keyed { graph: self, value }
    }
}

/// The key of the measure: `"sx-2025/9"`.
impl Serialize for Keyed<'_, MeasureId> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.graph.at(*self.value).key())
    }
}

/// A list, in order.
impl<T> Serialize for Keyed<'_, [T]>
where
    for<'b> Keyed<'b, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.value.iter().map(|value| self.graph.keyed(value)))
    }
}
