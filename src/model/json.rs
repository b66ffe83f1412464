//! The JSON of a record: the form of `data/gold/README.md`, plus spans.
//!
//! Lists of plain names keep the gold form (`"products": ["疫苗"]`); their
//! proofs stand beside them under `evidence`, in the same order. Surfaces and
//! measure texts are written for people and checked, not needed, when read.

use super::*;
use crate::error::{Error, ErrorKind};
use serde::de::Error as _;
use serde::{Deserializer, Serializer};

#[derive(Serialize, Deserialize)]
struct Wire {
    doc: String,
    #[serde(flatten)]
    origin: Origin,
    title: Option<String>,
    number: Option<String>,
    genre: Genre,
    issuers: Vec<String>,
    addressees: Vec<String>,
    region: Vec<String>,
    dates: WireDates<PartialDate>,
    implements: Vec<Cite>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    repeals: Vec<Cite>,
    sections: Vec<Section>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    subsections: Vec<Section>,
    measures: Vec<WireMeasure>,
    body: Option<WireProvision>,
    evidence: HeadEvidence,
    notes: Vec<Note>,
    text: String,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
struct Proof {
    span: Span,
    rule: Rule,
}

#[derive(Serialize, Deserialize)]
struct HeadEvidence {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<Proof>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<Proof>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    issuers: Vec<Proof>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    addressees: Vec<Proof>,
    dates: WireDates<Proof>,
}

#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct WireDates<T> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signed: Option<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    adopted: Option<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    effective: Option<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comment_from: Option<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comment_until: Option<T>,
}

#[derive(Serialize, Deserialize)]
struct Cite {
    surface: String,
    title: String,
    number: Option<String>,
    kind: InstrumentKind,
    span: Span,
    rule: Rule,
}

#[derive(Serialize, Deserialize)]
struct Section {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    section: Option<u32>,
    n: u32,
    title: String,
    span: Span,
}

#[derive(Serialize, Deserialize)]
struct WireMeasure {
    n: u32,
    section: Option<u32>,
    title: Option<String>,
    text: String,
    span: Span,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    clauses: Vec<Span>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title_evidence: Option<Proof>,
    #[serde(flatten)]
    provision: WireProvision,
}

#[derive(Serialize, Deserialize)]
struct WireProvision {
    responsible: Vec<WireDuty>,
    agencies: Vec<Agency>,
    cites: Vec<Cite>,
    products: Vec<String>,
    targets: Vec<WireTarget>,
    platforms: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    modality: Vec<WireModality>,
    evidence: ProvisionEvidence,
}

#[derive(Serialize, Deserialize)]
struct WireModality {
    modality: Modality,
    surface: String,
    span: Span,
    rule: Rule,
}

#[derive(Serialize, Deserialize)]
struct ProvisionEvidence {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    products: Vec<Proof>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    platforms: Vec<Proof>,
}

#[derive(Serialize, Deserialize)]
struct WireDuty {
    agency: String,
    surface: String,
    role: Role,
    span: Span,
}

#[derive(Serialize, Deserialize)]
struct Agency {
    agency: String,
    surface: String,
    span: Span,
    rule: Rule,
}

#[derive(Serialize, Deserialize)]
struct WireTarget {
    surface: String,
    quantity_of: String,
    comparator: Comparator,
    from: Option<f64>,
    to: Option<f64>,
    unit: String,
    deadline: Option<String>,
    frequency: Option<String>,
    span: Span,
}

pub(super) fn serialize<S: Serializer>(record: &Record, serializer: S) -> Result<S::Ok, S::Error> {
    Writer(&record.text).record(record).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Record, D::Error> {
    let record = Reader::record(Wire::deserialize(deserializer)?).map_err(D::Error::custom)?;
    record.check().map_err(D::Error::custom)?;
    Ok(record)
}

/// Record → wire; surfaces are slices of the text.
struct Writer<'t>(&'t str);

impl Writer<'_> {
    fn record(&self, record: &Record) -> Wire {
        let dates = &record.dates;
        Wire {
            doc: record.key.clone(),
            origin: record.origin.clone(),
            title: record.title.as_ref().map(|t| t.value.clone()),
            number: record.number.as_ref().map(|n| n.value.clone()),
            genre: record.genre,
            issuers: values(&record.issuers),
            addressees: values(&record.addressees),
            region: record.region.clone(),
            dates: dates.map(|date| date.value),
            implements: record.implements.iter().map(|c| self.cite(c)).collect(),
            repeals: record.repeals.iter().map(|c| self.cite(c)).collect(),
            sections: record.sections.iter().map(section).collect(),
            subsections: record.subsections.iter().map(section).collect(),
            measures: record.measures.iter().map(|m| self.measure(m)).collect(),
            body: record.body.as_ref().map(|body| self.provision(body)),
            evidence: HeadEvidence {
                title: record.title.as_ref().map(proof),
                number: record.number.as_ref().map(proof),
                issuers: record.issuers.iter().map(proof).collect(),
                addressees: record.addressees.iter().map(proof).collect(),
                dates: dates.map(proof),
            },
            notes: record.notes.clone(),
            text: record.text.clone(),
        }
    }

    fn slice(&self, span: Span) -> String {
        span.slice(self.0).to_owned()
    }

    fn cite(&self, cite: &Citation) -> Cite {
        Cite {
            surface: self.slice(cite.span),
            title: cite.title.clone(),
            number: cite.number.clone(),
            kind: cite.kind,
            span: cite.span,
            rule: cite.rule,
        }
    }

    fn measure(&self, measure: &Measure) -> WireMeasure {
        WireMeasure {
            n: measure.n,
            section: measure.section,
            title: measure.title.as_ref().map(|t| t.value.clone()),
            text: self.slice(measure.span),
            span: measure.span,
            clauses: measure.clauses.clone(),
            title_evidence: measure.title.as_ref().map(proof),
            provision: self.provision(&measure.provision),
        }
    }

    fn provision(&self, provision: &Provision) -> WireProvision {
        let duty = |d: &Duty| WireDuty {
            agency: d.agency.clone(),
            surface: self.slice(d.span),
            role: d.role,
            span: d.span,
        };
        let agency = |a: &Found<String>| Agency {
            agency: a.value.clone(),
            surface: self.slice(a.span),
            span: a.span,
            rule: a.rule,
        };
        let target = |t: &Target| WireTarget {
            surface: self.slice(t.span),
            quantity_of: t.quantity_of.clone(),
            comparator: t.comparator,
            from: t.from,
            to: t.to,
            unit: t.unit.clone(),
            deadline: t.deadline.clone(),
            frequency: t.frequency.clone(),
            span: t.span,
        };
        let modality = |m: &Found<Modality>| WireModality {
            modality: m.value,
            surface: self.slice(m.span),
            span: m.span,
            rule: m.rule,
        };
        WireProvision {
            responsible: provision.responsible.iter().map(duty).collect(),
            agencies: provision.agencies.iter().map(agency).collect(),
            cites: provision.cites.iter().map(|c| self.cite(c)).collect(),
            products: values(&provision.products),
            targets: provision.targets.iter().map(target).collect(),
            platforms: values(&provision.platforms),
            modality: provision.modality.iter().map(modality).collect(),
            evidence: ProvisionEvidence {
                products: provision.products.iter().map(proof).collect(),
                platforms: provision.platforms.iter().map(proof).collect(),
            },
        }
    }
}

fn values(found: &[Found<String>]) -> Vec<String> {
    found.iter().map(|f| f.value.clone()).collect()
}

fn proof<T>(found: &Found<T>) -> Proof {
    Proof { span: found.span, rule: found.rule }
}

fn section(heading: &Heading) -> Section {
    Section {
        section: heading.section,
        n: heading.n,
        title: heading.title.clone(),
        span: heading.span,
    }
}

impl Dates {
    fn map<T>(&self, f: impl Fn(&Found<PartialDate>) -> T) -> WireDates<T> {
        let f = |date: &Option<Found<PartialDate>>| date.as_ref().map(&f);
        WireDates {
            signed: f(&self.signed),
            published: f(&self.published),
            adopted: f(&self.adopted),
            effective: f(&self.effective),
            expires: f(&self.expires),
            comment_from: f(&self.comment_from),
            comment_until: f(&self.comment_until),
        }
    }
}

/// Wire → record; a span that does not slice to its surface is an error.
struct Reader<'w> {
    doc: &'w str,
    text: &'w str,
}

impl Reader<'_> {
    fn record(wire: Wire) -> Result<Record, Error> {
        let reader = Reader { doc: &wire.doc, text: &wire.text };
        let evidence = &wire.evidence;
        let date = |name, value: Option<PartialDate>, proof: Option<Proof>| match (value, proof) {
            (Some(value), Some(proof)) => reader.found(name, value, proof).map(Some),
            (None, None) => Ok(None),
            _ => Err(reader.error(name, "has no evidence beside it")),
        };
        let (dates, proofs) = (&wire.dates, &evidence.dates);
        let dates = Dates {
            signed: date("signed", dates.signed, proofs.signed)?,
            published: date("published", dates.published, proofs.published)?,
            adopted: date("adopted", dates.adopted, proofs.adopted)?,
            effective: date("effective", dates.effective, proofs.effective)?,
            expires: date("expires", dates.expires, proofs.expires)?,
            comment_from: date("comment_from", dates.comment_from, proofs.comment_from)?,
            comment_until: date("comment_until", dates.comment_until, proofs.comment_until)?,
        };
        let all = |name, values: &[String], proofs: &[Proof]| reader.all(name, values, proofs);
        let record = Record {
            title: reader.one("title", wire.title.as_ref(), evidence.title)?,
            number: reader.one("number", wire.number.as_ref(), evidence.number)?,
            genre: wire.genre,
            issuers: all("issuers", &wire.issuers, &evidence.issuers)?,
            addressees: all("addressees", &wire.addressees, &evidence.addressees)?,
            region: wire.region.clone(),
            dates,
            implements: wire.implements.iter().map(|c| reader.cite(c)).collect::<Result<_, _>>()?,
            repeals: wire.repeals.iter().map(|c| reader.cite(c)).collect::<Result<_, _>>()?,
            sections: wire.sections.iter().map(|s| reader.section(s)).collect::<Result<_, _>>()?,
            subsections: wire
                .subsections
                .iter()
                .map(|s| reader.section(s))
                .collect::<Result<_, _>>()?,
            measures: wire.measures.iter().map(|m| reader.measure(m)).collect::<Result<_, _>>()?,
            body: wire.body.as_ref().map(|body| reader.provision(body)).transpose()?,
            notes: wire.notes.clone(),
            origin: wire.origin.clone(),
            key: String::new(),
            text: String::new(),
        };
        for note in &record.notes {
            reader.slice("note", note.span)?;
        }
        Ok(Record { key: wire.doc, text: wire.text, ..record })
    }

    fn error(&self, field: &str, message: &str) -> Error {
        Error::new(ErrorKind::Record, format!("record {}", self.doc), format!("{field} {message}"))
    }

    fn slice(&self, field: &str, span: Span) -> Result<&str, Error> {
        span.get(self.text)
            .ok_or_else(|| self.error(field, &format!("{span:?} is not a slice of the text")))
    }

    fn check(&self, field: &str, span: Span, surface: &str) -> Result<(), Error> {
        match self.slice(field, span)? == surface {
            true => Ok(()),
            false => Err(self.error(field, &format!("{span:?} does not slice to {surface}"))),
        }
    }

    fn found<T>(&self, field: &str, value: T, proof: Proof) -> Result<Found<T>, Error> {
        self.slice(field, proof.span)?;
        Ok(Found { value, span: proof.span, rule: proof.rule })
    }

    fn one(
        &self,
        field: &str,
        value: Option<&String>,
        proof: Option<Proof>,
    ) -> Result<Option<Found<String>>, Error> {
        match (value, proof) {
            (Some(value), Some(proof)) => self.found(field, value.clone(), proof).map(Some),
            (None, None) => Ok(None),
            _ => Err(self.error(field, "has no evidence beside it")),
        }
    }

    fn all(
        &self,
        field: &str,
        values: &[String],
        proofs: &[Proof],
    ) -> Result<Vec<Found<String>>, Error> {
        if values.len() != proofs.len() {
            return Err(self.error(field, "has not as much evidence as values"));
        }
        values
            .iter()
            .zip(proofs)
            .map(|(value, proof)| self.found(field, value.clone(), *proof))
            .collect()
    }

    fn cite(&self, cite: &Cite) -> Result<Citation, Error> {
        self.check("cites", cite.span, &cite.surface)?;
        Ok(Citation {
            title: cite.title.clone(),
            number: cite.number.clone(),
            kind: cite.kind,
            span: cite.span,
            rule: cite.rule,
        })
    }

    fn section(&self, section: &Section) -> Result<Heading, Error> {
        self.slice("sections", section.span)?;
        Ok(Heading {
            section: section.section,
            n: section.n,
            title: section.title.clone(),
            span: section.span,
        })
    }

    fn measure(&self, measure: &WireMeasure) -> Result<Measure, Error> {
        self.check("measures", measure.span, &measure.text)?;
        for &clause in &measure.clauses {
            self.slice("clauses", clause)?;
        }
        Ok(Measure {
            n: measure.n,
            section: measure.section,
            title: self.one("title", measure.title.as_ref(), measure.title_evidence)?,
            span: measure.span,
            clauses: measure.clauses.clone(),
            provision: self.provision(&measure.provision)?,
        })
    }

    fn provision(&self, provision: &WireProvision) -> Result<Provision, Error> {
        let duty = |d: &WireDuty| {
            self.check("responsible", d.span, &d.surface)?;
            Ok(Duty { agency: d.agency.clone(), role: d.role, span: d.span })
        };
        let agency = |a: &Agency| {
            self.check("agencies", a.span, &a.surface)?;
            Ok(Found { value: a.agency.clone(), span: a.span, rule: a.rule })
        };
        let target = |t: &WireTarget| {
            self.check("targets", t.span, &t.surface)?;
            Ok(Target {
                quantity_of: t.quantity_of.clone(),
                comparator: t.comparator,
                from: t.from,
                to: t.to,
                unit: t.unit.clone(),
                deadline: t.deadline.clone(),
                frequency: t.frequency.clone(),
                span: t.span,
            })
        };
        let modality = |m: &WireModality| {
            self.check("modality", m.span, &m.surface)?;
            Ok(Found { value: m.modality, span: m.span, rule: m.rule })
        };
        Ok(Provision {
            responsible: provision.responsible.iter().map(duty).collect::<Result<_, Error>>()?,
            agencies: provision.agencies.iter().map(agency).collect::<Result<_, Error>>()?,
            cites: provision.cites.iter().map(|c| self.cite(c)).collect::<Result<_, _>>()?,
            products: self.all("products", &provision.products, &provision.evidence.products)?,
            targets: provision.targets.iter().map(target).collect::<Result<_, Error>>()?,
            platforms: self.all(
                "platforms",
                &provision.platforms,
                &provision.evidence.platforms,
            )?,
            modality: provision.modality.iter().map(modality).collect::<Result<_, Error>>()?,
        })
    }
}
