//! Records in saved files of format 2: provisions without deadlines and responsible classes, targets
//! without conditions, texts without places in pages.

use crate::model::{
    Citation, Comparator, Dates, Duty, Found, Genre, Heading, Measure, Modality, Note, Provision,
    Record, Role, Section, Target,
};
use crate::text::{Origin, Place, Span};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A record of a file of format 2.
pub(crate) struct RecordV2(pub(crate) Record);

#[derive(Deserialize)]
#[serde(remote = "Record")]
struct Compact {
    key: String,
    #[serde(with = "super::text")]
    text: String,
    #[serde(with = "OriginV2")]
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
    #[serde(deserialize_with = "measures")]
    measures: Vec<Measure>,
    #[serde(deserialize_with = "body")]
    body: Option<Provision>,
    notes: Vec<Note>,
}

/// The origin of a text in formats 1 and 2, without places in pages.
#[derive(Deserialize)]
#[serde(remote = "Origin")]
pub(super) struct OriginV2 {
    file: Option<String>,
    encoding: Option<String>,
    offset: u32,
    pieces: Vec<(u32, Span)>,
    #[serde(skip)]
    places: Vec<(u32, Place)>,
}

/// A chapter with the facts of its prose.
#[derive(Deserialize)]
struct Chapter {
    ordinal: u32,
    title: String,
    span: Span,
    prose: Vec<Span>,
    provision: Facts,
}

/// A measure with its facts.
#[derive(Deserialize)]
struct Numbered {
    ordinal: u32,
    section: Option<u32>,
    title: Option<Found<String>>,
    span: Span,
    clauses: Vec<Span>,
    provision: Facts,
}

/// The facts of a provision.
#[derive(Deserialize)]
struct Facts {
    responsible: Vec<NamedDuty>,
    agencies: Vec<Found<String>>,
    cites: Vec<Citation>,
    products: Vec<Found<String>>,
    targets: Vec<Quantified>,
    platforms: Vec<Found<String>>,
    modality: Vec<Found<Modality>>,
}

/// A duty.
#[derive(Deserialize)]
struct NamedDuty {
    agency: String,
    role: Role,
    span: Span,
}

/// A target.
#[derive(Deserialize)]
struct Quantified {
    quantity: String,
    comparator: Comparator,
    from: Option<f64>,
    to: Option<f64>,
    unit: String,
    deadline: Option<String>,
    frequency: Option<String>,
    span: Span,
}

impl From<Chapter> for Section {
    fn from(chapter: Chapter) -> Section {
        let Chapter { ordinal, title, span, prose, provision } = chapter;
        Section { ordinal, title, span, prose, provision: provision.into() }
    }
}

impl From<Numbered> for Measure {
    fn from(measure: Numbered) -> Measure {
        let Numbered { ordinal, section, title, span, clauses, provision } = measure;
        Measure { ordinal, section, title, span, clauses, provision: provision.into() }
    }
}

impl From<Facts> for Provision {
    fn from(facts: Facts) -> Provision {
        let Facts { responsible, agencies, cites, products, targets, platforms, modality } = facts;
        Provision {
            responsible: responsible.into_iter().map(Duty::from).collect(),
            classes: Vec::new(),
            agencies,
            cites,
            products,
            targets: targets.into_iter().map(Target::from).collect(),
            deadlines: Vec::new(),
            platforms,
            modality,
        }
    }
}

impl From<NamedDuty> for Duty {
    fn from(duty: NamedDuty) -> Duty {
        let NamedDuty { agency, role, span } = duty;
        Duty { agency, role, span }
    }
}

impl From<Quantified> for Target {
    fn from(target: Quantified) -> Target {
        let Quantified { quantity, comparator, from, to, unit, deadline, frequency, span } = target;
        Target { quantity, comparator, from, to, unit, deadline, frequency, condition: false, span }
    }
}

fn sections<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Section>, D::Error> {
    Ok(Vec::<Chapter>::deserialize(deserializer)?.into_iter().map(Section::from).collect())
}

pub(super) fn measures<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Measure>, D::Error> {
    Ok(Vec::<Numbered>::deserialize(deserializer)?.into_iter().map(Measure::from).collect())
}

pub(super) fn body<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Provision>, D::Error> {
    Ok(Option::<Facts>::deserialize(deserializer)?.map(Provision::from))
}

impl<'de> Deserialize<'de> for RecordV2 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let record = Compact::deserialize(deserializer)?;
        record.check().map_err(D::Error::custom)?;
        Ok(RecordV2(record))
    }
}
