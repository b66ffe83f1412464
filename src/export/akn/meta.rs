//! The `meta` of a document: its work, expression and manifestation, and the organizations.

use super::element::Output;
use crate::graph::DocumentRef;
use crate::model::Date;
use crate::model::{Provision, Record};
use indexmap::IndexSet;
use std::io::{self, Write};

/// Name of the maker of the file, in `source` attributes.
const MADE_BY: &str = "policygraph";

/// Returns the agencies of a document, in the order in which it names them.
pub(super) fn organizations<'g>(document: DocumentRef<'g>) -> IndexSet<&'g str> {
    let record = document.record();
    let mut names: IndexSet<&str> = record.issuers.iter().map(|issuer| &*issuer.value).collect();
    for provision in provisions(record) {
        names.extend(provision.responsible.iter().map(|duty| &*duty.agency));
        names.extend(provision.agencies.iter().map(|agency| &*agency.value));
    }
    names
}

/// Returns every provision of a record: the body, those of chapters, those of measures.
pub(super) fn provisions(record: &Record) -> impl Iterator<Item = &Provision> {
    let sections = record.sections.iter().map(|section| &section.provision);
    let measures = record.measures.iter().map(|measure| &measure.provision);
    record.body.iter().chain(sections).chain(measures)
}

/// Returns the `eId` of the organization at a place.
pub(super) fn organization_id(place: usize) -> String {
    format!("org_{}", place + 1)
}

pub(super) fn write(
    document: DocumentRef<'_>,
    organizations: &IndexSet<&str>,
    out: &mut Output<impl Write>,
) -> io::Result<()> {
    let made_by = format!("#{MADE_BY}");
    out.open("meta", &[])?;
    identification(document, organizations, &made_by, out)?;
    out.open("references", &[("source", &*made_by)])?;
    let href = |name: &str| format!("/akn/ontology/organization/cn/{}", escaped(name));
    let tool =
        [("eId", MADE_BY), ("href", "/akn/ontology/object/policygraph"), ("showAs", MADE_BY)];
    out.empty("TLCObject", &tool)?;
    for (place, name) in organizations.iter().enumerate() {
        let (id, href) = (organization_id(place), href(name));
        out.empty("TLCOrganization", &[("eId", &*id), ("href", &*href), ("showAs", name)])?;
    }
    out.close("references")?;
    out.close("meta")
}

fn identification(
    document: DocumentRef<'_>,
    organizations: &IndexSet<&str>,
    made_by: &str,
    out: &mut Output<impl Write>,
) -> io::Result<()> {
    let dates = &document.record().dates;
    let (name, day) = match (&dates.signed, &dates.published, dates.printed().next()) {
        (Some(signed), ..) => ("signed", signed.value.first_day()),
        (None, Some(published), _) => ("published", published.value.first_day()),
        (None, None, Some(other)) => ("printed", other.value.first_day()),
        (None, None, None) => ("unknown", Date::constant(1, 1, 1)),
    };
    let day = day.to_string();
    let work = format!("/akn/cn/doc/{day}/{}", escaped(document.key()));
    let expression = format!("{work}/zho@{day}");
    let author = match organizations
        .get_index_of(document.record().issuers.first().map_or("", |issuer| &*issuer.value))
    {
        Some(place) => format!("#{}", organization_id(place)),
        None => made_by.to_owned(),
    };
    out.open("identification", &[("source", made_by)])?;

    out.open("FRBRWork", &[])?;
    core(&work, "", (name, &day), &author, out)?;
    out.empty("FRBRcountry", &[("value", "cn")])?;
    if let Some(number) = document.number() {
        out.empty("FRBRnumber", &[("value", number)])?;
    }
    if let Some(title) = document.title() {
        out.empty("FRBRname", &[("value", title)])?;
    }
    out.close("FRBRWork")?;

    out.open("FRBRExpression", &[])?;
    core(&expression, "", (name, &day), &author, out)?;
    out.empty("FRBRlanguage", &[("language", "zho")])?;
    out.close("FRBRExpression")?;

    out.open("FRBRManifestation", &[])?;
    core(&expression, ".akn", (name, &day), made_by, out)?;
    out.empty("FRBRformat", &[("value", "application/akn+xml")])?;
    out.close("FRBRManifestation")?;
    out.close("identification")
}

/// Writes the properties that works, expressions and manifestations share.
fn core(
    uri: &str,
    ending: &str,
    (name, day): (&str, &str),
    author: &str,
    out: &mut Output<impl Write>,
) -> io::Result<()> {
    out.empty("FRBRthis", &[("value", &*format!("{uri}/!main{ending}"))])?;
    out.empty("FRBRuri", &[("value", &*format!("{uri}{ending}"))])?;
    out.empty("FRBRdate", &[("date", day), ("name", name)])?;
    out.empty("FRBRauthor", &[("href", author)])
}

/// Returns a text as a segment of a path: characters that a path cannot have as `%XX`.
pub(super) fn escaped(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '〔' | '〕') {
            segment.push(c);
        } else {
            let mut bytes = [0; 4];
            let encoded = c.encode_utf8(&mut bytes).bytes();
            encoded.for_each(|byte| segment.push_str(&format!("%{byte:02X}")));
        }
    }
    segment
}
