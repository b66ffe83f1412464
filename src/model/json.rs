//! The JSON of a record, as `docs/record.md` describes it.
//!
//! Lists of plain names hold the names alone (`"products": ["疫苗"]`); their proofs are under
//! `evidence`, in the same order. Surfaces and the texts of measures are for people: they are written
//! beside their spans, and checked on reading. Writing borrows from the record; reading moves out of
//! the wire form.

use super::{
    Anchor, Citation, ClassDuty, Comparator, Dates, Deadline, Duty, Found, Genre, Heading,
    InstrumentKind, Measure, Modality, Note, PartialDate, Provision, Record, Role, Rule, Section,
    Target, Term,
};
use crate::error::{Error, ErrorKind};
use crate::text::{Origin, Span};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

type Text<'a> = Cow<'a, str>;

/// Everything that was read from one document (文件).
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Record"))]
struct Wire<'a> {
    /// Key given by the caller; the key of a measure is `<doc>/<position>`, from 1.
    doc: Text<'a>,
    /// Origin of the text (来源).
    #[serde(flatten)]
    origin: Cow<'a, Origin>,
    /// Title (标题), without 《》, spaces and line breaks.
    title: Option<Text<'a>>,
    /// Number (发文字号), with brackets as 〔〕.
    number: Option<Text<'a>>,
    /// Genre (文种).
    genre: Genre,
    /// Issuers (发文机关) by canonical name, in printed order.
    issuers: Vec<Text<'a>>,
    /// Addressees (主送机关) as printed.
    addressees: Vec<Text<'a>>,
    /// Province-level regions of the issuers; 中国 for national bodies.
    region: Cow<'a, [String]>,
    /// Printed dates (日期).
    dates: WireDates<PartialDate>,
    /// Higher instruments that it is made under or implements (依据).
    implements: Vec<WireCitation<'a>>,
    /// Instruments that it repeals (废止).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    repeals: Vec<WireCitation<'a>>,
    /// Chapters (章).
    sections: Vec<WireSection<'a>>,
    /// Headings between a chapter and its measures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    subsections: Vec<WireHeading<'a>>,
    /// Measures (措施), in printed order.
    measures: Vec<WireMeasure<'a>>,
    /// Facts of a document without measures.
    body: Option<WireProvision<'a>>,
    /// Proofs of the title, the number, the issuers, the addressees and the dates.
    evidence: WireEvidence,
    /// Diagnostics, by position.
    notes: Cow<'a, [Note]>,
    /// The text; every span counts its UTF-8 bytes.
    text: Text<'a>,
}

/// The words that a fact was read from, and the rule that read it.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Proof"))]
struct WireProof {
    span: Span,
    rule: Rule,
}

/// Proofs of the document's own facts.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "DocumentEvidence"))]
struct WireEvidence {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<WireProof>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<WireProof>,
    /// In the order of `issuers`, and as many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    issuers: Vec<WireProof>,
    /// In the order of `addressees`, and as many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    addressees: Vec<WireProof>,
    dates: WireDates<WireProof>,
}

macro_rules! dates {
    ($($(#[$doc:meta])* $date:ident,)*) => {
        /// One entry for each printed date.
        #[derive(Serialize, Deserialize)]
        #[serde(bound(deserialize = "T: Deserialize<'de>"))]
        #[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Dates"))]
        struct WireDates<T> {
            $($(#[$doc])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            $date: Option<T>,)*
        }

        impl<T> WireDates<T> {
            fn new(dates: &Dates, part: impl Fn(&Found<PartialDate>) -> T) -> Self {
                WireDates { $($date: dates.$date.as_ref().map(&part),)* }
            }
        }

        impl WireReader<'_> {
            fn dates(
                &self,
                values: WireDates<PartialDate>,
                proofs: WireDates<WireProof>,
            ) -> Result<Dates, Error> {
                Ok(Dates {
                    $($date: self.optional(stringify!($date), values.$date, proofs.$date)?,)*
                })
            }
        }
    };
}

dates! {
    /// Date of signing (成文日期).
    signed,
    /// Date of publication (发布日期).
    published,
    /// Date of adoption (通过日期).
    adopted,
    /// First day in force (施行日期).
    effective,
    /// End of validity (有效期).
    expires,
    /// First day for comments (征求意见).
    comment_from,
    /// Last day for comments (征求意见).
    comment_until,
}

/// A citation of an instrument.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Citation"))]
struct WireCitation<'a> {
    /// The words at the span.
    surface: Text<'a>,
    /// Official title if known, else as printed.
    title: Text<'a>,
    /// Number (文号).
    number: Option<Text<'a>>,
    kind: InstrumentKind,
    span: Span,
    rule: Rule,
}

/// A chapter (章) with the facts of its prose outside its measures.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Section"))]
struct WireSection<'a> {
    /// Printed ordinal; may repeat.
    n: u32,
    /// Heading.
    title: Text<'a>,
    /// The words of the heading.
    span: Span,
    /// The prose outside headings and measures, in text order.
    #[serde(default, skip_serializing_if = "<[Span]>::is_empty")]
    prose: Cow<'a, [Span]>,
    /// Facts of the prose.
    #[serde(default)]
    provision: WireProvision<'a>,
}

/// A numbered heading between a chapter and its measures.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Heading"))]
struct WireHeading<'a> {
    /// Ordinal of its chapter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    section: Option<u32>,
    /// Printed ordinal.
    n: u32,
    title: Text<'a>,
    span: Span,
}

/// A measure (措施) with the facts of its provision.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Measure"))]
struct WireMeasure<'a> {
    /// Printed ordinal; may repeat from chapter to chapter.
    n: u32,
    /// Ordinal of its chapter.
    section: Option<u32>,
    /// Heading.
    title: Option<Text<'a>>,
    /// The words at the span: the whole text after the ordinal.
    text: Text<'a>,
    span: Span,
    /// Spans of its responsibility clauses.
    #[serde(default, skip_serializing_if = "<[Span]>::is_empty")]
    clauses: Cow<'a, [Span]>,
    /// Proof of the heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title_evidence: Option<WireProof>,
    #[serde(flatten)]
    provision: WireProvision<'a>,
}

/// The facts of a measure, of the prose of a chapter, or of a document without measures.
#[derive(Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Provision"))]
struct WireProvision<'a> {
    /// Responsible agencies (责任单位).
    responsible: Vec<WireDuty<'a>>,
    /// Responsible classes of bodies (各区人民政府).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    classes: Vec<WireClass<'a>>,
    /// Other agencies.
    agencies: Vec<WireAgency<'a>>,
    /// Cited instruments.
    cites: Vec<WireCitation<'a>>,
    /// Labels of product categories (产品类别).
    products: Vec<Text<'a>>,
    /// Quantified commitments and limits (量化目标).
    targets: Vec<WireTarget<'a>>,
    /// Deadlines of tasks (完成时限).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    deadlines: Vec<WireDeadline<'a>>,
    /// Names of platforms, programmes, lists and mechanisms (平台).
    platforms: Vec<Text<'a>>,
    /// Binding force (情态), sentence by sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    modality: Vec<WireModality<'a>>,
    /// Proofs of products and platforms.
    evidence: ProvisionEvidence,
}

/// Proofs of the lists of plain names.
#[derive(Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ProvisionEvidence {
    /// In the order of `products`, and as many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    products: Vec<WireProof>,
    /// In the order of `platforms`, and as many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    platforms: Vec<WireProof>,
}

/// A responsible agency with its role.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Duty"))]
struct WireDuty<'a> {
    /// Canonical name.
    agency: Text<'a>,
    /// The words at the span.
    surface: Text<'a>,
    role: Role,
    span: Span,
}

/// A responsible class of bodies with its role.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "ClassDuty"))]
struct WireClass<'a> {
    /// Name as printed.
    class: Text<'a>,
    /// The words at the span.
    surface: Text<'a>,
    role: Role,
    span: Span,
}

/// An agency that is not responsible.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Agency"))]
struct WireAgency<'a> {
    /// Canonical name.
    agency: Text<'a>,
    /// The words at the span.
    surface: Text<'a>,
    span: Span,
    rule: Rule,
}

/// A quantified commitment or limit.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Target"))]
struct WireTarget<'a> {
    /// The words at the span.
    surface: Text<'a>,
    /// The measured quantity.
    quantity_of: Text<'a>,
    comparator: Comparator,
    /// Initial value, or the lower end of a range.
    from: Option<f64>,
    /// Final value; 90 for 90 %.
    to: Option<f64>,
    unit: Text<'a>,
    /// Deadline as printed.
    deadline: Option<Text<'a>>,
    /// Frequency as printed.
    frequency: Option<Text<'a>>,
    /// True if it commits to nothing and tells who or what is meant.
    #[serde(default)]
    condition: bool,
    span: Span,
}

/// The deadline of a task.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Deadline"))]
struct WireDeadline<'a> {
    /// The words at the span.
    surface: Text<'a>,
    /// Last day, YYYY-MM-DD; null if the text does not tell it. Of a recurring deadline the first.
    by: Option<PartialDate>,
    /// The period, if the deadline is one.
    term: Option<Term>,
    anchor: Anchor,
    /// True if it returns every year, quarter or month.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    recurring: bool,
    /// The words of the task.
    task: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    task_span: Option<Span>,
    /// Positions in `responsible`, from 0.
    #[serde(default, skip_serializing_if = "<[u32]>::is_empty")]
    duties: Cow<'a, [u32]>,
    /// Positions in `targets`, from 0.
    #[serde(default, skip_serializing_if = "<[u32]>::is_empty")]
    targets: Cow<'a, [u32]>,
    span: Span,
}

/// Binding force of one sentence.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Binding"))]
struct WireModality<'a> {
    modality: Modality,
    /// The words at the span.
    surface: Text<'a>,
    span: Span,
    rule: Rule,
}

pub(super) fn serialize<S: Serializer>(record: &Record, serializer: S) -> Result<S::Ok, S::Error> {
    record.check().map_err(S::Error::custom)?;
    Writer(&record.text).record(record).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Record, D::Error> {
    let record = WireReader::record(Wire::deserialize(deserializer)?).map_err(D::Error::custom)?;
    record.check().map_err(D::Error::custom)?;
    Ok(record)
}

/// Record → wire form; surfaces are slices of the text.
struct Writer<'a>(&'a str);

impl<'a> Writer<'a> {
    fn record(&self, record: &'a Record) -> Wire<'a> {
        // Exhaustive: a new field does not compile until it is written.
        let Record {
            key,
            text: whole,
            origin,
            title,
            number,
            genre,
            issuers,
            addressees,
            region,
            dates,
            implements,
            repeals,
            sections,
            subsections,
            measures,
            body,
            notes,
        } = record;
        Wire {
            doc: text(key),
            origin: Cow::Borrowed(origin),
            title: title.as_ref().map(|title| text(&title.value)),
            number: number.as_ref().map(|number| text(&number.value)),
            genre: *genre,
            issuers: values(issuers),
            addressees: values(addressees),
            region: Cow::Borrowed(region),
            dates: WireDates::new(dates, |date| date.value),
            implements: self.citations(implements),
            repeals: self.citations(repeals),
            sections: sections.iter().map(|section| self.section(section)).collect(),
            subsections: subsections.iter().map(heading).collect(),
            measures: measures.iter().map(|measure| self.measure(measure)).collect(),
            body: body.as_ref().map(|body| self.provision(body)),
            evidence: WireEvidence {
                title: title.as_ref().map(proof),
                number: number.as_ref().map(proof),
                issuers: issuers.iter().map(proof).collect(),
                addressees: addressees.iter().map(proof).collect(),
                dates: WireDates::new(dates, proof),
            },
            notes: Cow::Borrowed(notes),
            text: text(whole),
        }
    }

    fn surface(&self, span: Span) -> Text<'a> {
        text(span.slice(self.0))
    }

    fn citations(&self, citations: &'a [Citation]) -> Vec<WireCitation<'a>> {
        let citation = |cited: &'a Citation| WireCitation {
            surface: self.surface(cited.span),
            title: text(&cited.title),
            number: cited.number.as_deref().map(text),
            kind: cited.kind,
            span: cited.span,
            rule: cited.rule,
        };
        citations.iter().map(citation).collect()
    }

    fn section(&self, section: &'a Section) -> WireSection<'a> {
        let Section { ordinal, title, span, prose, provision } = section;
        WireSection {
            n: *ordinal,
            title: text(title),
            span: *span,
            prose: Cow::Borrowed(prose),
            provision: self.provision(provision),
        }
    }

    fn measure(&self, measure: &'a Measure) -> WireMeasure<'a> {
        let Measure { ordinal, section, title, span, clauses, provision } = measure;
        WireMeasure {
            n: *ordinal,
            section: *section,
            title: title.as_ref().map(|title| text(&title.value)),
            text: self.surface(*span),
            span: *span,
            clauses: Cow::Borrowed(clauses),
            title_evidence: title.as_ref().map(proof),
            provision: self.provision(provision),
        }
    }

    fn provision(&self, provision: &'a Provision) -> WireProvision<'a> {
        let duty = |duty: &'a Duty| WireDuty {
            agency: text(&duty.agency),
            surface: self.surface(duty.span),
            role: duty.role,
            span: duty.span,
        };
        let class = |class: &'a ClassDuty| WireClass {
            class: text(&class.class),
            surface: self.surface(class.span),
            role: class.role,
            span: class.span,
        };
        let agency = |agency: &'a Found<String>| WireAgency {
            agency: text(&agency.value),
            surface: self.surface(agency.span),
            span: agency.span,
            rule: agency.rule,
        };
        let target = |target: &'a Target| {
            let Target {
                quantity,
                comparator,
                from,
                to,
                unit,
                deadline,
                frequency,
                condition,
                span,
            } = target;
            WireTarget {
                surface: self.surface(*span),
                quantity_of: text(quantity),
                comparator: *comparator,
                from: *from,
                to: *to,
                unit: text(unit),
                deadline: deadline.as_deref().map(text),
                frequency: frequency.as_deref().map(text),
                condition: *condition,
                span: *span,
            }
        };
        let deadline = |deadline: &'a Deadline| {
            let Deadline { by, term, anchor, recurring, task, duties, targets, span } = deadline;
            WireDeadline {
                surface: self.surface(*span),
                by: by.map(PartialDate::from),
                term: term.clone(),
                anchor: *anchor,
                recurring: *recurring,
                task: task.map(|task| self.surface(task)),
                task_span: *task,
                duties: Cow::Borrowed(duties),
                targets: Cow::Borrowed(targets),
                span: *span,
            }
        };
        let sentence = |found: &Found<Modality>| WireModality {
            modality: found.value,
            surface: self.surface(found.span),
            span: found.span,
            rule: found.rule,
        };
        let Provision {
            responsible,
            classes,
            agencies,
            cites,
            products,
            targets,
            deadlines,
            platforms,
            modality,
        } = provision;
        WireProvision {
            responsible: responsible.iter().map(duty).collect(),
            classes: classes.iter().map(class).collect(),
            agencies: agencies.iter().map(agency).collect(),
            cites: self.citations(cites),
            products: values(products),
            targets: targets.iter().map(target).collect(),
            deadlines: deadlines.iter().map(deadline).collect(),
            platforms: values(platforms),
            modality: modality.iter().map(sentence).collect(),
            evidence: ProvisionEvidence {
                products: products.iter().map(proof).collect(),
                platforms: platforms.iter().map(proof).collect(),
            },
        }
    }
}

fn text(text: &str) -> Text<'_> {
    Cow::Borrowed(text)
}

fn values(found: &[Found<String>]) -> Vec<Text<'_>> {
    found.iter().map(|found| text(&found.value)).collect()
}

fn proof<T>(found: &Found<T>) -> WireProof {
    WireProof { span: found.span, rule: found.rule }
}

fn heading(heading: &Heading) -> WireHeading<'_> {
    let Heading { section, ordinal, ref title, span } = *heading;
    WireHeading { section, n: ordinal, title: text(title), span }
}

/// Wire form → record. Checks that values and proofs pair up and that surfaces are the words at
/// their spans; [`Record::check`] checks the spans themselves.
struct WireReader<'w> {
    doc: &'w str,
    text: &'w str,
}

impl WireReader<'_> {
    fn record(wire: Wire) -> Result<Record, Error> {
        let reader = WireReader { doc: &wire.doc, text: &wire.text };
        let evidence = wire.evidence;
        let sections = wire.sections.into_iter().map(|section| reader.section(section));
        let measures = wire.measures.into_iter().map(|measure| reader.measure(measure));
        let record = Record {
            title: reader.optional("title", wire.title.map(Cow::into_owned), evidence.title)?,
            number: reader.optional("number", wire.number.map(Cow::into_owned), evidence.number)?,
            genre: wire.genre,
            issuers: reader.names("issuers", wire.issuers, evidence.issuers)?,
            addressees: reader.names("addressees", wire.addressees, evidence.addressees)?,
            region: wire.region.into_owned(),
            dates: reader.dates(wire.dates, evidence.dates)?,
            implements: reader.citations("implements", wire.implements)?,
            repeals: reader.citations("repeals", wire.repeals)?,
            sections: sections.collect::<Result<_, _>>()?,
            subsections: wire.subsections.into_iter().map(read_heading).collect(),
            measures: measures.collect::<Result<_, _>>()?,
            body: wire.body.map(|body| reader.provision(body)).transpose()?,
            notes: wire.notes.into_owned(),
            origin: wire.origin.into_owned(),
            key: String::new(),
            text: String::new(),
        };
        Ok(Record { key: wire.doc.into_owned(), text: wire.text.into_owned(), ..record })
    }

    fn error(&self, field: &str, message: &str) -> Error {
        let place = format!("record {}", self.doc);
        Error::new(ErrorKind::Record, place, format!("{field} {message}"))
    }

    /// The surface must be the words at the span.
    fn check(&self, field: &str, span: Span, surface: &str) -> Result<(), Error> {
        match span.get(self.text) {
            Some(words) if words == surface => Ok(()),
            Some(_) => Err(self.error(field, &format!("{span:?} does not slice to {surface}"))),
            None => Err(self.error(field, &format!("{span:?} is not a slice of the text"))),
        }
    }

    /// A value and its proof: both or none.
    fn optional<T>(
        &self,
        field: &str,
        value: Option<T>,
        proof: Option<WireProof>,
    ) -> Result<Option<Found<T>>, Error> {
        match (value, proof) {
            (Some(value), Some(WireProof { span, rule })) => Ok(Some(Found { value, span, rule })),
            (None, None) => Ok(None),
            _ => Err(self.error(field, "has no evidence beside it")),
        }
    }

    /// Names and their proofs: as many of each.
    fn names(
        &self,
        field: &str,
        values: Vec<Text>,
        proofs: Vec<WireProof>,
    ) -> Result<Vec<Found<String>>, Error> {
        if values.len() != proofs.len() {
            return Err(self.error(field, "has not as much evidence as values"));
        }
        let found = values.into_iter().zip(proofs);
        let found = found.map(|(value, WireProof { span, rule })| Found {
            value: value.into_owned(),
            span,
            rule,
        });
        Ok(found.collect())
    }

    fn citations(&self, field: &str, cited: Vec<WireCitation>) -> Result<Vec<Citation>, Error> {
        let citation = |cited: WireCitation| {
            self.check(field, cited.span, &cited.surface)?;
            Ok(Citation {
                title: cited.title.into_owned(),
                number: cited.number.map(Cow::into_owned),
                kind: cited.kind,
                span: cited.span,
                rule: cited.rule,
            })
        };
        cited.into_iter().map(citation).collect()
    }

    fn section(&self, section: WireSection) -> Result<Section, Error> {
        let WireSection { n, title, span, prose, provision } = section;
        Ok(Section {
            ordinal: n,
            title: title.into_owned(),
            span,
            prose: prose.into_owned(),
            provision: self.provision(provision)?,
        })
    }

    fn measure(&self, measure: WireMeasure) -> Result<Measure, Error> {
        self.check("measures", measure.span, &measure.text)?;
        let title = measure.title.map(Cow::into_owned);
        Ok(Measure {
            ordinal: measure.n,
            section: measure.section,
            title: self.optional("title", title, measure.title_evidence)?,
            span: measure.span,
            clauses: measure.clauses.into_owned(),
            provision: self.provision(measure.provision)?,
        })
    }

    fn provision(&self, provision: WireProvision) -> Result<Provision, Error> {
        let duty = |duty: WireDuty| {
            self.check("responsible", duty.span, &duty.surface)?;
            Ok(Duty { agency: duty.agency.into_owned(), role: duty.role, span: duty.span })
        };
        let class = |class: WireClass| {
            self.check("classes", class.span, &class.surface)?;
            Ok(ClassDuty { class: class.class.into_owned(), role: class.role, span: class.span })
        };
        let agency = |agency: WireAgency| {
            self.check("agencies", agency.span, &agency.surface)?;
            let WireAgency { span, rule, .. } = agency;
            Ok(Found { value: agency.agency.into_owned(), span, rule })
        };
        let target = |target: WireTarget| {
            self.check("targets", target.span, &target.surface)?;
            Ok(Target {
                quantity: target.quantity_of.into_owned(),
                comparator: target.comparator,
                from: target.from,
                to: target.to,
                unit: target.unit.into_owned(),
                deadline: target.deadline.map(Cow::into_owned),
                frequency: target.frequency.map(Cow::into_owned),
                condition: target.condition,
                span: target.span,
            })
        };
        let deadline = |deadline: WireDeadline| {
            self.check("deadlines", deadline.span, &deadline.surface)?;
            match (&deadline.task, deadline.task_span) {
                (Some(task), Some(span)) => self.check("deadlines", span, task)?,
                (None, None) => {}
                _ => return Err(self.error("deadlines", "has a task without its span")),
            }
            let day = |by: PartialDate| {
                by.date().ok_or_else(|| self.error("deadlines", "has a month where a day must be"))
            };
            Ok(Deadline {
                by: deadline.by.map(day).transpose()?,
                term: deadline.term,
                anchor: deadline.anchor,
                recurring: deadline.recurring,
                task: deadline.task_span,
                duties: deadline.duties.into_owned(),
                targets: deadline.targets.into_owned(),
                span: deadline.span,
            })
        };
        let modality = |found: WireModality| {
            self.check("modality", found.span, &found.surface)?;
            Ok(Found { value: found.modality, span: found.span, rule: found.rule })
        };
        let WireProvision { responsible, classes, agencies, targets, deadlines, evidence, .. } =
            provision;
        Ok(Provision {
            responsible: responsible.into_iter().map(duty).collect::<Result<_, Error>>()?,
            classes: classes.into_iter().map(class).collect::<Result<_, Error>>()?,
            agencies: agencies.into_iter().map(agency).collect::<Result<_, Error>>()?,
            cites: self.citations("cites", provision.cites)?,
            products: self.names("products", provision.products, evidence.products)?,
            targets: targets.into_iter().map(target).collect::<Result<_, Error>>()?,
            deadlines: deadlines.into_iter().map(deadline).collect::<Result<_, Error>>()?,
            platforms: self.names("platforms", provision.platforms, evidence.platforms)?,
            modality: provision.modality.into_iter().map(modality).collect::<Result<_, Error>>()?,
        })
    }
}

fn read_heading(heading: WireHeading) -> Heading {
    let WireHeading { section, n, title, span } = heading;
    Heading { section, ordinal: n, title: title.into_owned(), span }
}

#[cfg(test)]
mod tests {
    use super::Wire;
    use std::fs;

    const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/record.schema.json");

    /// `UPDATE=1 cargo test --lib the_schema` rewrites the file.
    #[test]
    fn the_schema_is_that_of_the_types() {
        let mut schema = schemars::SchemaGenerator::default().into_root_schema_for::<Wire>();
        schema.insert("title".into(), "policygraph record".into());
        let now = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("UPDATE").is_some() {
            fs::write(SCHEMA, &now).unwrap();
        }
        let kept = fs::read_to_string(SCHEMA).unwrap_or_default();
        assert!(kept == now, "{SCHEMA} differs; UPDATE=1 cargo test --lib the_schema rewrites it");
    }
}
