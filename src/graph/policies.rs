//! Which citations mean the same instrument.
//!
//! What a document prints of an instrument is a [`SurfaceForm`]: a title, perhaps a
//! number, perhaps an issuer. PolicyRegistry are joined in three passes, the surest
//! first, and a form that fits two instruments joins neither:
//!
//! 1. the same number;
//! 2. no number, but a title and an issuer: the one instrument of that title
//!    that shares an issuer, else the one whose issuer is unknown;
//! 3. a title alone: the one instrument of that title.
//!
//! Nothing here depends on the order of the documents.

mod registry;
mod resolve;
mod row;
mod surface_form;

pub(crate) use registry::PolicyRegistry;
pub(crate) use row::{PolicyNames, PolicyRow};

use super::{Naming, Resolution};
use crate::lexicon::TitleKey;
use crate::model::{Citation, Record, Rule};

/// How the words of a citation mean the policy of this row.
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

/// A title without the issuer before 关于.
fn about(title: &str) -> &str {
    &title[title.find("关于").unwrap_or(0)..]
}

/// Every citation of a document, in the order of its record.
pub(crate) fn citations(record: &Record) -> impl Iterator<Item = &Citation> {
    let measures = record.measures.iter().map(|measure| &measure.provision);
    let provisions = record.body.iter().chain(measures);
    let framed = record.implements.iter().chain(&record.repeals);
    framed.chain(provisions.flat_map(|provision| &provision.cites))
}
