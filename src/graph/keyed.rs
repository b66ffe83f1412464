//! Serialises results with keys in place of ids.

use serde::ser::{SerializeStruct, SerializeStructVariant};
use serde::{Serialize, Serializer};

use super::{Evidence, Graph, MeasureId, Node, Proof};

/// A result that serialises with keys in place of ids, as ids change when a document
/// is added. Made by [`Graph::keyed`].
///
/// ```
/// use policygraph::similar::{Index, SearchOptions};
/// use policygraph::{Lexicon, builtin};
///
/// let index = Index::new(builtin(), Lexicon::builtin());
/// let found = index.search("药物警戒", &SearchOptions::default());
/// let json = &serde_json::to_value(builtin().keyed(&found)).unwrap()[0];
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
    /// Returns a form of `value` that serialises with keys in place of ids: of a node, an
    /// evidence, a proof, a path, a match, an alignment, a coverage, a passage, a pair of
    /// near-duplicates, or a list of these.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// let (.., evidence) = measure.responsible().next().unwrap();
    /// let json = serde_json::to_value(graph.keyed(&evidence))?;
    /// assert_eq!((&json["document"], &json["words"]), (&"sx-2025".into(), &"省药监局".into()));
    ///
    /// let article = measure.articles().next().unwrap();
    /// let json = serde_json::to_value(graph.keyed(&article.proof()))?;
    /// assert_eq!(json["derived"]["method"], "wording");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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

/// The key of the node: `"measure:sx-2025/9"`.
impl Serialize for Keyed<'_, Node> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.graph.key(*self.value).serialize(serializer)
    }
}

/// `{document, span, rule, words}`, with the key of the document.
impl Serialize for Keyed<'_, Evidence> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Evidence { document, span, rule } = *self.value;
        let mut fields = serializer.serialize_struct("Evidence", 4)?;
        fields.serialize_field("document", self.graph.at(document).key())?;
        fields.serialize_field("span", &span)?;
        fields.serialize_field("rule", &rule)?;
        fields.serialize_field("words", self.graph.quote(*self.value))?;
        fields.end()
    }
}

/// `{text}` with the evidence, `"vocabulary"`, or `{derived}` with `{method, score}`.
impl Serialize for Keyed<'_, Proof> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Proof::Text(evidence) => {
                let evidence = self.graph.keyed(evidence);
                serializer.serialize_newtype_variant("Proof", 0, "text", &evidence)
            }
            Proof::Vocabulary => serializer.serialize_unit_variant("Proof", 1, "vocabulary"),
            Proof::Derived { method, score } => {
                let mut fields = serializer.serialize_struct_variant("Proof", 2, "derived", 2)?;
                fields.serialize_field("method", method)?;
                fields.serialize_field("score", score)?;
                fields.end()
            }
        }
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

/// A list, in order.
impl<T> Serialize for Keyed<'_, Vec<T>>
where
    for<'b> Keyed<'b, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.graph.keyed(&**self.value).serialize(serializer)
    }
}
