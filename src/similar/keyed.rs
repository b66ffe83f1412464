//! Serialises results with keys in place of ids.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Aligned, Alignment, Cell, CoverageLevel, Explanation, Match, TargetPair};
use crate::graph::{Keyed, MeasureId, TargetId};

/// `{measure, score, explanation}`.
impl Serialize for Keyed<'_, Match<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Match { measure, score, explanation } = self.value;
        let mut fields = serializer.serialize_struct("Match", 3)?;
        fields.serialize_field("measure", &self.graph.keyed(measure))?;
        fields.serialize_field("score", score)?;
        fields.serialize_field("explanation", &self.graph.keyed(explanation))?;
        fields.end()
    }
}

/// `{contributions, sentences, targets}`.
impl Serialize for Keyed<'_, Explanation<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Explanation { contributions, sentences, targets } = self.value;
        let mut fields = serializer.serialize_struct("Explanation", 3)?;
        fields.serialize_field("contributions", contributions)?;
        fields.serialize_field("sentences", sentences)?;
        fields.serialize_field("targets", &self.graph.keyed(targets))?;
        fields.end()
    }
}

/// `{query, matched, agree}`, each target as in a record.
impl Serialize for Keyed<'_, TargetPair> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TargetPair { query, matched, agree } = *self.value;
        let record = |target: TargetId| self.graph.at(target).record();
        let mut fields = serializer.serialize_struct("TargetPair", 3)?;
        fields.serialize_field("query", record(query))?;
        fields.serialize_field("matched", record(matched))?;
        fields.serialize_field("agree", &agree)?;
        fields.end()
    }
}

/// `{left, right, score, mutual}`.
impl Serialize for Keyed<'_, Aligned> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Aligned { left, right, score, mutual } = self.value;
        let mut fields = serializer.serialize_struct("Aligned", 4)?;
        fields.serialize_field("left", &self.graph.keyed(left))?;
        fields.serialize_field("right", &self.graph.keyed(right))?;
        fields.serialize_field("score", score)?;
        fields.serialize_field("mutual", mutual)?;
        fields.end()
    }
}

/// `{pairs, only_left, only_right}`.
impl Serialize for Keyed<'_, Alignment> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Alignment { pairs, only_left, only_right } = self.value;
        let mut fields = serializer.serialize_struct("Alignment", 3)?;
        fields.serialize_field("pairs", &self.graph.keyed(pairs))?;
        fields.serialize_field("only_left", &self.graph.keyed(only_left))?;
        fields.serialize_field("only_right", &self.graph.keyed(only_right))?;
        fields.end()
    }
}

/// `{measure, score}`.
impl Serialize for Keyed<'_, (MeasureId, f32)> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Scored", 2)?;
        fields.serialize_field("measure", &self.graph.keyed(&self.value.0))?;
        fields.serialize_field("score", &self.value.1)?;
        fields.end()
    }
}

/// `{standing, stated, partial}`: the level, then measures by score.
impl Serialize for Keyed<'_, Cell> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let level = match self.value.level() {
            CoverageLevel::Corresponding => "stated",
            CoverageLevel::Partial => "partial",
            CoverageLevel::NotFound => "not found in this corpus",
        };
        let mut fields = serializer.serialize_struct("Cell", 3)?;
        fields.serialize_field("standing", level)?;
        fields.serialize_field("stated", &self.graph.keyed(&self.value.corresponding))?;
        fields.serialize_field("partial", &self.graph.keyed(&self.value.partial))?;
        fields.end()
    }
}
