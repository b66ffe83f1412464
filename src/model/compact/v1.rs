//! Records in saved files of format 1: chapters without prose.

use super::v2;
use crate::model::{
    Citation, Dates, Found, Genre, Heading, Measure, Note, Provision, Record, Section,
};
use crate::text::{Origin, Span};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A record of a file of format 1.
pub(crate) struct RecordV1(pub(crate) Record);

#[derive(Deserialize)]
#[serde(remote = "Record")]
struct Compact {
    key: String,
    #[serde(with = "super::text")]
    text: String,
    #[serde(with = "super::v2::OriginV2")]
    origin: Origin,
    title: Option<Found<String>>,
    number: Option<Found<String>>,
    genre: Genre,
    issuers: Vec<Found<String>>,
    addressees: Vec<Found<String>>,
    region: Vec<String>,
    dates: Dates,
    implements: Vec<Citation>,
    repeals: Vec<Citation>,
    #[serde(deserialize_with = "sections")]
    sections: Vec<Section>,
    subsections: Vec<Heading>,
    #[serde(deserialize_with = "v2::measures")]
    measures: Vec<Measure>,
    #[serde(deserialize_with = "v2::body")]
    body: Option<Provision>,
    notes: Vec<Note>,
}

/// The heading of a chapter.
#[derive(Deserialize)]
struct Chapter {
    _section: Option<u32>,
    ordinal: u32,
    title: String,
    span: Span,
}

fn sections<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Section>, D::Error> {
    let section = |chapter: Chapter| {
        let Chapter { _section: _, ordinal, title, span } = chapter;
        Section { ordinal, title, span, prose: Vec::new(), provision: Provision::default() }
    };
    let chapters = Vec::<Chapter>::deserialize(deserializer)?;
    Ok(chapters.into_iter().map(section).collect())
}

impl<'de> Deserialize<'de> for RecordV1 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let record = Compact::deserialize(deserializer)?;
        record.check().map_err(D::Error::custom)?;
        Ok(RecordV1(record))
    }
}
