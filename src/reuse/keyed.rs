//! Serialises passages and near-duplicates with the keys of their measures.

use std::cmp::Ordering;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{NearDuplicate, Passage};
use crate::graph::Keyed;

/// `{query, query_span, measure, match_span, chars, similarity, changes, dated}`, with
/// `dated` as `earlier`, `same day`, `later` or null.
impl Serialize for Keyed<'_, Passage> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Passage { query, query_span, measure, match_span, chars, similarity, changes, dated } =
            self.value;
        let dated = dated.map(|order| match order {
            Ordering::Less => "earlier",
            Ordering::Equal => "same day",
            Ordering::Greater => "later",
        });
        let mut fields = serializer.serialize_struct("Passage", 8)?;
        fields.serialize_field("query", &self.graph.keyed(query))?;
        fields.serialize_field("query_span", query_span)?;
        fields.serialize_field("measure", &self.graph.keyed(measure))?;
        fields.serialize_field("match_span", match_span)?;
        fields.serialize_field("chars", chars)?;
        fields.serialize_field("similarity", similarity)?;
        fields.serialize_field("changes", changes)?;
        fields.serialize_field("dated", &dated)?;
        fields.end()
    }
}

/// `{a, b, resemblance}`.
impl Serialize for Keyed<'_, NearDuplicate> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let NearDuplicate { a, b, resemblance } = self.value;
        let mut fields = serializer.serialize_struct("NearDuplicate", 3)?;
        fields.serialize_field("a", &self.graph.keyed(a))?;
        fields.serialize_field("b", &self.graph.keyed(b))?;
        fields.serialize_field("resemblance", resemblance)?;
        fields.end()
    }
}
