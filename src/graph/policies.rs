//! Entity resolution: citations of the same instrument become one policy.
//!
//! A document prints a [`SurfaceForm`](surface_form::SurfaceForm) of an
//! instrument: a title, often with a number or an issuer. Forms are clustered in
//! three passes, the most certain first. A form that fits several instruments
//! joins none of them:
//!
//! 1. the same number, or another form's number as title;
//! 2. no number, but a title and an issuer: the only instrument with that title
//!    that shares an issuer, else the only one with an unknown issuer;
//! 3. a title alone: the only instrument with that title.
//!
//! The result does not depend on the order of the documents. Each pass looks at one group of forms
//! with an equal number or title, so that groups can be on different machines ([`groups`]).

pub(crate) mod groups;
mod registry;
mod resolve;
mod row;
mod surface_form;

pub(crate) use registry::{PolicyChanges, PolicyRegistry};
pub(crate) use row::{PolicyNames, PolicyRow};

use super::{Naming, Resolution};
use crate::lexicon::TitleKey;
use crate::model::{Citation, Record, Rule};

/// Returns how the words of a citation refer to the policy of `row`.
pub(crate) fn resolution(record: &Record, citation: &Citation, row: &PolicyRow) -> Resolution {
    let sure = |naming| Resolution { naming, score: 1.0 };
    if citation.rule == Rule::Number {
        return sure(Naming::Number);
    }
    let printed = citation.span.get(&record.text).unwrap_or_default();
    let printed: String = printed.split_whitespace().collect();
    if printed == *row.title || about(&printed) == about(&row.title) {
        return sure(Naming::Title);
    }
    if TitleKey::new(&printed).words == TitleKey::new(&row.title).words {
        let [one, other] = [about(&printed), about(&row.title)].map(|title| title.chars().count());
        let score = one.min(other) as f32 / one.max(other) as f32;
        return Resolution { naming: Naming::SimilarTitle, score };
    }
    match &row.number {
        Some(number) if citation.number.as_deref() == Some(&**number) => sure(Naming::Number),
        _ => Resolution { naming: Naming::ShortName, score: 0.9 },
    }
}

/// Returns the title without the issuer before 关于.
fn about(title: &str) -> &str {
    &title[title.find("关于").unwrap_or(0)..]
}

/// Returns all citations of a document, in the order of its record.
pub(crate) fn citations(record: &Record) -> impl Iterator<Item = &Citation> {
    let sections = record.sections.iter().map(|section| &section.provision);
    let measures = record.measures.iter().map(|measure| &measure.provision);
    let provisions = record.body.iter().chain(sections).chain(measures);
    let framed = record.implements.iter().chain(&record.repeals);
    framed.chain(provisions.flat_map(|provision| &provision.cites))
}
