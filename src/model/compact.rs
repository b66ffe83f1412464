//! The form of a record that is kept in files: its fields as they stand, with
//! nothing written twice.

use super::*;
use crate::error::{Error, ErrorKind};
use crate::text::Origin;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::ser::Serializer;

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
    sections: Vec<Heading>,
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

/// A long text as bytes: they are looked through at once, and copied once.
mod text {
    use super::*;
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
    /// Whether each of its spans is a slice of the text, and lies where it must.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let slices = |span: Span| span.get(&self.text).is_some();
        let head =
            self.title.iter().chain(&self.number).chain(&self.issuers).chain(&self.addressees);
        let spans = head
            .map(|found| found.span)
            .chain(self.dates.printed().map(|found| found.span))
            .chain(self.implements.iter().chain(&self.repeals).map(|citation| citation.span))
            .chain(self.sections.iter().chain(&self.subsections).map(|heading| heading.span))
            .chain(self.notes.iter().map(|note| note.span))
            .chain(self.body.iter().flat_map(Provision::spans));
        let error =
            |what: String| Error::new(ErrorKind::Record, format!("record {}", self.key), what);
        if let Some(span) = spans.into_iter().find(|&span| !slices(span)) {
            return Err(error(format!("{span:?} is not a slice of the text")));
        }
        let mut end = 0;
        for (position, measure) in (1..).zip(&self.measures) {
            let within = |span: Span| {
                measure.span.start <= span.start && span.end <= measure.span.end && slices(span)
            };
            let spans = measure.title.iter().map(|title| title.span);
            let mut spans = spans.chain(measure.clauses.iter().copied());
            let clauses = measure.clauses.is_sorted_by(|one, next| one.end <= next.start);
            let provision = measure.provision.spans().all(slices);
            if !slices(measure.span)
                || measure.span.start < end
                || !spans.all(within)
                || !clauses
                || !provision
            {
                return Err(error(format!("a span of measure {position} is not where it must be")));
            }
            end = measure.span.end;
        }
        Ok(())
    }
}

impl Provision {
    fn spans(&self) -> impl Iterator<Item = Span> {
        let duties = self.responsible.iter().map(|duty| duty.span);
        let found = self.agencies.iter().chain(&self.products).chain(&self.platforms);
        duties
            .chain(found.map(|found| found.span))
            .chain(self.cites.iter().map(|citation| citation.span))
            .chain(self.targets.iter().map(|target| target.span))
            .chain(self.modality.iter().map(|found| found.span))
    }
}
