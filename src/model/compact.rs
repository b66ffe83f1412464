//! The compact form of a record in saved files: its fields in order, nothing written twice.

mod v1;
mod v2;

pub(crate) use v1::RecordV1;
pub(crate) use v2::RecordV2;

use super::{
    Citation, Dates, Found, Genre, Heading, Measure, Note, Provision, Record, Section, json,
};
use crate::error::{Error, ErrorKind};
use crate::text::{Origin, Place, Span};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::iter;

#[derive(Serialize, Deserialize)]
#[serde(remote = "Record")]
struct Compact {
    key: String,
    #[serde(with = "text")]
    text: String,
    #[serde(with = "CompactOrigin")]
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
    sections: Vec<Section>,
    subsections: Vec<Heading>,
    measures: Vec<Measure>,
    body: Option<Provision>,
    notes: Vec<Note>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Origin")]
struct CompactOrigin {
    file: Option<String>,
    encoding: Option<String>,
    offset: u32,
    pieces: Vec<(u32, Span)>,
    places: Vec<(u32, Place)>,
}

/// JSON for people, the compact form for files.
impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => json::serialize(self, serializer),
            false => Compact::serialize(self, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return json::deserialize(deserializer);
        }
        let record = Compact::deserialize(deserializer)?;
        record.check().map_err(D::Error::custom)?;
        Ok(record)
    }
}

/// A long text as bytes, so that UTF-8 is checked at once and the text copied once.
mod text {
    use serde::de::Visitor;
    use serde::{Deserializer, Serializer};
    use std::fmt;

    pub(super) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(text.as_bytes())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = String;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the bytes of a text")
            }

            fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<String, E> {
                simdutf8::basic::from_utf8(bytes).map(str::to_owned).map_err(E::custom)
            }
        }

        d.deserialize_bytes(Text)
    }
}

impl Record {
    /// Checks that every span slices the text, that measures and their clauses are disjoint, in
    /// order, and contain their parts, and that so are the pieces of prose of a chapter. O(facts).
    pub(crate) fn check(&self) -> Result<(), Error> {
        let slices = |span: Span| span.get(&self.text).is_some();
        if let Some(span) = self.own_spans().find(|&span| !slices(span)) {
            return Err(self.error(format!("{span:?} is not a slice of the text")));
        }
        let unordered =
            |section: &Section| !section.prose.is_sorted_by(|one, next| one.end <= next.start);
        if let Some(place) = self.sections.iter().position(unordered) {
            return Err(self.error(format!("the prose of chapter {} is not in order", place + 1)));
        }
        let body = self.body.iter().chain(self.sections.iter().map(|section| &section.provision));
        if !body
            .chain(self.measures.iter().map(|measure| &measure.provision))
            .all(Provision::deadlines_are_bound)
        {
            return Err(
                self.error("a deadline has a duty or target that does not exist".to_owned())
            );
        }
        let mut end = 0;
        for (position, measure) in (1..).zip(&self.measures) {
            let within = |span: Span| {
                measure.span.start <= span.start && span.end <= measure.span.end && slices(span)
            };
            let title = measure.title.iter().map(|title| title.span);
            let right = slices(measure.span)
                && measure.span.start >= end
                && title.chain(measure.clauses.iter().copied()).all(within)
                && measure.clauses.is_sorted_by(|one, next| one.end <= next.start)
                && measure.provision.spans().all(slices);
            if !right {
                let message = format!("a span of measure {position} is not where it must be");
                return Err(self.error(message));
            }
            end = measure.span.end;
        }
        Ok(())
    }

    /// Spans of everything but the measures. A new field must be listed here to compile.
    fn own_spans(&self) -> impl Iterator<Item = Span> {
        let Record {
            key: _,
            text: _,
            origin: _,
            title,
            number,
            genre: _,
            issuers,
            addressees,
            region: _,
            dates,
            implements,
            repeals,
            sections,
            subsections,
            measures: _,
            body,
            notes,
        } = self;
        let names = title.iter().chain(number).chain(issuers).chain(addressees);
        names
            .map(|found| found.span)
            .chain(dates.printed().map(|found| found.span))
            .chain(implements.iter().chain(repeals).map(|citation| citation.span))
            .chain(sections.iter().flat_map(section_spans))
            .chain(subsections.iter().map(|heading| heading.span))
            .chain(notes.iter().map(|note| note.span))
            .chain(body.iter().flat_map(Provision::spans))
    }

    fn error(&self, message: String) -> Error {
        Error::new(ErrorKind::Record, format!("record {}", self.key), message)
    }
}

/// Spans of a chapter. A new field must be listed here to compile.
fn section_spans(section: &Section) -> impl Iterator<Item = Span> {
    let Section { ordinal: _, title: _, span, prose, provision } = section;
    iter::once(*span).chain(prose.iter().copied()).chain(provision.spans())
}
