//! Deadlines of tasks.

use super::terms::terms;
use super::{Date, Rule};
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The deadline of a task (完成时限).
///
/// ```
/// use policygraph::{Anchor, Date, Lexicon, read};
///
/// let text = "(一)完善制度。省药监局牵头,2026年6月底前出台实施细则。自验收合格之日起10日内支付货款。";
/// let record = read(Lexicon::builtin(), "note", text);
/// let deadlines = &record.measures[0].provision.deadlines;
/// assert_eq!(deadlines[0].by, Some(Date::constant(2026, 6, 30)));
/// assert_eq!(deadlines[0].task.unwrap().slice(&record.text), "出台实施细则");
/// assert_eq!((deadlines[1].by, deadlines[1].anchor), (None, Anchor::Event));
/// assert_eq!(deadlines[1].term.as_ref().unwrap().value, 10);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Last day; `None` if the text does not tell it. Of a recurring deadline the first one.
    #[serde(with = "super::date::optional_day")]
    pub by: Option<Date>,
    /// The period, if the deadline is one: 3年内.
    pub term: Option<Term>,
    /// The day from which the deadline is counted.
    pub anchor: Anchor,
    /// True if it returns every year, quarter or month: 每年3月底前.
    pub recurring: bool,
    /// The words of the task.
    pub task: Option<Span>,
    /// Positions in [`Provision::responsible`](super::Provision::responsible) of the duties of its
    /// clause, ascending, from 0.
    pub duties: Vec<u32>,
    /// Positions in [`Provision::targets`](super::Provision::targets) of the targets that it dates,
    /// ascending, from 0.
    pub targets: Vec<u32>,
    /// The words of the deadline.
    pub span: Span,
}

impl Deadline {
    /// Returns the rule that read the deadline.
    pub(crate) fn rule(&self) -> Rule {
        if self.term.is_some() { Rule::Term } else { Rule::DatePhrase }
    }
}

/// Prints the last day, the period with its start, and `returns` for a recurring deadline.
///
/// ```
/// use policygraph::{Lexicon, read};
///
/// let text = "(一)完善制度。2026年6月底前出台细则。自验收合格之日起10日内支付货款。";
/// let record = read(Lexicon::builtin(), "note", text);
/// let lines = record.measures[0].provision.deadlines.iter().map(|deadline| deadline.to_string());
/// assert!(lines.eq(["2026-06-30", "day unknown, 10 日 after an event"]));
/// ```
impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.by {
            Some(day) => write!(f, "{day}")?,
            None => f.write_str("day unknown")?,
        }
        if let Some(term) = &self.term {
            let start = match self.anchor {
                Anchor::Printed => "a printed day",
                Anchor::Signed => "the signing",
                Anchor::Effective => "the first day in force",
                Anchor::Event => "an event",
            };
            write!(f, ", {term} after {start}")?;
        }
        f.write_str(if self.recurring { ", returns" } else { "" })
    }
}

/// The length of a period: 30 个工作日, 3至5年.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Term {
    /// Length; the upper end of a range.
    pub value: u32,
    /// Unit: 年, 个月, 日, 工作日 …
    pub unit: String,
    /// Lower end of a range.
    #[serde(default)]
    pub from: Option<u32>,
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from {
            Some(from) => write!(f, "{from}–{} {}", self.value, self.unit),
            None => write!(f, "{} {}", self.value, self.unit),
        }
    }
}

terms! {
    /// The day from which a deadline is counted.
    ///
    /// ```
    /// use policygraph::Anchor;
    ///
    /// assert_eq!(Anchor::Signed.to_string(), "signed");
    /// assert_eq!(format!("{:#}", Anchor::Effective), "effective (施行之日)");
    /// ```
    pub enum Anchor {
        /// No other day: the text prints a date, with its year or after a date that has one. The
        /// year of the title counts in a document without dates.
        Printed = "printed" "印明日期",
        /// The signing of the document, else its publication (成文日期). Periods without a start
        /// are counted from it, and a month without a year is the first one after it.
        Signed = "signed" "成文之日",
        /// The first day in force (施行日期).
        Effective = "effective" "施行之日",
        /// An event that the text names: 付款后30天. The last day is unknown.
        Event = "event" "事件发生",
    }
}
