//! The dates that a status rests upon.

use crate::graph::{DocId, DocumentRef, Evidence};
use crate::model::{Date, Found, PartialDate, Rule};
use std::fmt;

/// What a printed date dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateKind {
    /// 成文日期.
    Signed,
    /// 印发 or 发布日期.
    Published,
    /// 施行日期.
    Effective,
    /// 有效期 — its end.
    Expires,
    /// 征求意见 — first day.
    CommentFrom,
    /// 征求意见 — last day.
    CommentUntil,
}

/// A date that a document prints of itself, and the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PrintedDate {
    /// What it dates.
    pub kind: DateKind,
    /// The date, as in [`Dates`](crate::Dates).
    pub date: PartialDate,
    /// The words that say so.
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

    /// 施行日期; where none is printed, 成文日期, else 发布日期.
    pub(super) fn of_effect(document: DocumentRef<'_>) -> Option<Self> {
        let effective = document.record().dates.effective.as_ref();
        let effective = PrintedDate::new(DateKind::Effective, document.id(), effective);
        effective.or_else(|| PrintedDate::of_issue(document))
    }

    /// 成文日期, else 发布日期.
    pub(super) fn of_issue(document: DocumentRef<'_>) -> Option<Self> {
        let dates = &document.record().dates;
        let signed = PrintedDate::new(DateKind::Signed, document.id(), dates.signed.as_ref());
        signed.or_else(|| {
            PrintedDate::new(DateKind::Published, document.id(), dates.published.as_ref())
        })
    }

    /// Whether the date has come on `day`; `None` where only the month is known
    /// and either may be so.
    pub(super) fn has_come(self, day: Date) -> Option<bool> {
        if day >= self.date.last_day() {
            Some(true)
        } else if day < self.date.first_day() {
            Some(false)
        } else {
            None
        }
    }

    /// Whether the last day that it closes is past on `day`. 有效期两年 is counted
    /// to the first day after; every other end is the last day itself.
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
        let what = match self.kind {
            DateKind::Signed => "成文日期",
            DateKind::Published => "发布日期",
            DateKind::Effective => "施行日期",
            DateKind::Expires => "有效期",
            DateKind::CommentFrom | DateKind::CommentUntil => "征求意见",
        };
        write!(f, "{what} {}", self.date)?;
        if self.evidence.rule == Rule::Term { f.write_str(" (exclusive)") } else { Ok(()) }
    }
}
