//! Marked words of the text: references, organizations, dates, title and number.

use super::element::Output;
use super::meta::{escaped, organization_id, provisions};
use crate::graph::DocumentRef;
use crate::model::Date;
use crate::text::Span;
use indexmap::IndexSet;
use std::io::{self, Write};

/// Words that an element marks.
pub(super) struct Inline {
    pub(super) span: Span,
    mark: Mark,
}

enum Mark {
    Title,
    Number,
    /// The date of signing.
    Signed(Date),
    Day(Date),
    /// The `eId` of an organization.
    Organization(String),
    /// The IRI of a policy.
    Reference(String),
}

/// Returns the marked words of a document, in order, none within another.
pub(super) fn all(document: DocumentRef<'_>, organizations: &IndexSet<&str>) -> Vec<Inline> {
    let record = document.record();
    let mut found = Vec::new();
    let mut add = |span, mark| found.push(Inline { span, mark });
    if let Some(title) = &record.title {
        add(title.span, Mark::Title);
    }
    if let Some(number) = &record.number {
        add(number.span, Mark::Number);
    }
    if let Some(signed) = &record.dates.signed
        && let Some(day) = signed.value.date()
    {
        add(signed.span, Mark::Signed(day));
    }
    let organization = |name: &str| {
        Mark::Organization(organization_id(organizations.get_index_of(name).unwrap_or_default()))
    };
    record.issuers.iter().for_each(|issuer| add(issuer.span, organization(&issuer.value)));
    let cited = record.implements.iter().chain(&record.repeals);
    cited.chain(provisions(record).flat_map(|provision| &provision.cites)).for_each(|citation| {
        let name = citation.number.as_ref().unwrap_or(&citation.title);
        add(citation.span, Mark::Reference(format!("urn:policygraph:policy:{}", escaped(name))));
    });
    for provision in provisions(record) {
        let responsible = provision.responsible.iter();
        responsible.for_each(|duty| add(duty.span, organization(&duty.agency)));
        let others = provision.agencies.iter();
        others.for_each(|agency| add(agency.span, organization(&agency.value)));
        for deadline in &provision.deadlines {
            if let Some(day) = deadline.by {
                add(deadline.span, Mark::Day(day));
            }
        }
    }
    // Outer words are marked, words within them are not.
    found.sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
    let mut end = 0;
    found.retain(|inline| {
        let is_free = inline.span.start >= end && inline.span.start < inline.span.end;
        end = if is_free { inline.span.end } else { end };
        is_free
    });
    found
}

impl Inline {
    /// Writes the words with their element.
    ///
    /// * `id`: `eId` of the element.
    pub(super) fn write(
        &self,
        words: &str,
        id: &str,
        out: &mut Output<impl Write>,
    ) -> io::Result<()> {
        let mut write = |name: &str, attributes: &[(&str, &str)]| {
            out.open(name, attributes)?;
            out.text(words)?;
            out.close(name)
        };
        match &self.mark {
            Mark::Title => write("docTitle", &[]),
            Mark::Number => write("docNumber", &[]),
            Mark::Signed(day) => write("docDate", &[("date", &*day.to_string())]),
            Mark::Day(day) => write("date", &[("eId", id), ("date", &*day.to_string())]),
            Mark::Organization(organization) => {
                let refers = format!("#{organization}");
                write("organization", &[("eId", id), ("refersTo", &*refers)])
            }
            Mark::Reference(href) => write("ref", &[("eId", id), ("href", href)]),
        }
    }
}
