//! Dates that a document prints about itself, with their evidence.

use crate::graph::{DocId, DocumentRef, Evidence};
use crate::model::{Date, Found, PartialDate, Rule};
use std::fmt;

/// The event that a printed date belongs to.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateKind {
    /// Date of signing (成文日期).
    Signed,
    /// Date of publication (印发 or 发布日期).
    Published,
    /// Effective date (施行日期).
    Effective,
    /// End of validity (有效期).
    Expires,
    /// First day of the comment period (征求意见).
    CommentFrom,
    /// Last day of the comment period (征求意见).
    CommentUntil,
}

/// A date that a document prints about itself, with the words that prove it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PrintedDate {
    /// The event that the date belongs to.
    pub kind: DateKind,
    /// The date, as in [`Dates`](crate::Dates).
    pub date: PartialDate,
    /// The words that state the date.
    pub evidence: Evidence,
}

impl PrintedDate {
    pub(super) fn new(
        kind: DateKind,
        document: DocId,
        found: Option<&Found<PartialDate>>,
    ) -> Option<Self> {
        let &Found { value, span, rule } = found?;
        Some(PrintedDate { kind, date: value, evidence: Evidence { document, span, rule } })
    }

    /// Returns the effective date (施行日期), else the issue date.
    pub(crate) fn of_effect(document: DocumentRef<'_>) -> Option<Self> {
        let effective = document.record().dates.effective.as_ref();
        let effective = PrintedDate::new(DateKind::Effective, document.id(), effective);
        effective.or_else(|| PrintedDate::of_issue(document))
    }

    /// Returns the issue date: 成文日期, else 发布日期.
    pub(crate) fn of_issue(document: DocumentRef<'_>) -> Option<Self> {
        let dates = &document.record().dates;
        let kind = if dates.signed.is_some() { DateKind::Signed } else { DateKind::Published };
        PrintedDate::new(kind, document.id(), dates.issued())
    }

    /// Returns true if `day` is on or after the date, and `None` if only the month
    /// is printed and `day` is within it.
    pub(super) fn has_come(self, day: Date) -> Option<bool> {
        if day >= self.date.last_day() {
            Some(true)
        } else if day < self.date.first_day() {
            Some(false)
        } else {
            None
        }
    }

    /// Returns true if the period that ends with this date is over on `day`. The
    /// date of a counted period (有效期两年) is the first day after it; every other
    /// end is the last day itself.
    pub(super) fn is_past(self, day: Date) -> Option<bool> {
        if self.evidence.rule == Rule::Term {
            return self.has_come(day);
        }
        if day > self.date.last_day() {
            Some(true)
        } else if day <= self.date.first_day() {
            Some(false)
        } else {
            None
        }
    }
}

impl fmt::Display for PrintedDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = match self.kind {
            DateKind::Signed => "成文日期",
            DateKind::Published => "发布日期",
            DateKind::Effective => "施行日期",
            DateKind::Expires => "有效期",
            DateKind::CommentFrom | DateKind::CommentUntil => "征求意见",
        };
        write!(f, "{event} {}", self.date)?;
        if self.evidence.rule == Rule::Term { f.write_str(" (exclusive)") } else { Ok(()) }
    }
}
