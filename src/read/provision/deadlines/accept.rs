//! The words around an expression of time that make it a deadline.

mod reader;
mod date;
mod period;

use super::days::{Before, LastDay};
use super::expression::{Expression, Part, When, Year};
use crate::model::{Date, Term};
use crate::read::naming::enumerations::is_joiner;
use crate::text::{last_chars, rfind_mark, since_mark};
pub(super) use reader::{Accepted, Reader};
use reader::{MARKS, TO, ends_range};
use std::ops::Range;

impl Reader<'_> {
    /// Returns the deadline of an expression, if it is one.
    ///
    /// * `last`: the deadline before it.
    pub(super) fn accept(
        &self,
        expression: &Expression,
        before: &Before,
        last: Option<&Accepted>,
    ) -> Option<Accepted> {
        let range = &expression.range;
        // 到2027年、2030年,…
        let listed = last.is_some_and(|last| {
            !last.labelled && is_joiner(self.text.slice(last.range.end..range.start))
        });
        let after = self.text.slice(range.end..self.range.end);
        if opens_range(after) || self.is_in_title(range.start) {
            return None;
        }
        let lead = self.lead(range.start);
        let labelled = self.is_labelled(range) || self.ends_phase(range, after);
        match expression.when {
            When::Term { value, unit, .. } => {
                let (start, anchor, by) =
                    self.term(expression, lead, after, labelled, value, unit)?;
                let last = LastDay { by, anchor, recurring: false };
                let term = period(&expression.when);
                Some(Accepted { range: start..range.end, last, term, labelled })
            }
            When::Plan(year) => {
                let last = self.days.last_day(Year::Printed(year), Part::Whole, before);
                let due = labelled
                    || self.opens(lead)
                        && !self.reports(range)
                        && (after.starts_with(',') || self.acts_in(after));
                let due = due && !self.is_past(last.by);
                let range = with_direction(range, lead);
                due.then_some(Accepted { range, last, term: None, labelled })
            }
            When::Part(year, part) => {
                let last = self.days.last_day(year, part, before);
                let due = !self.is_past(last.by)
                    && (labelled || listed || self.dates(expression, &last, lead, after));
                let range = with_direction(range, lead);
                due.then_some(Accepted { range, last, term: None, labelled })
            }
        }
    }

    /// Returns the last day of a day or a part of a year that is not past, as a deadline.
    pub(super) fn part(&self, expression: &Expression, before: &Before) -> Option<Accepted> {
        let When::Part(year, part) = expression.when else { return None };
        let last = self.days.last_day(year, part, before);
        let coming = !self.is_past(last.by) && !self.is_in_title(expression.range.start);
        let range = expression.range.clone();
        coming.then_some(Accepted { range, last, term: None, labelled: false })
    }

    fn is_past(&self, by: Option<Date>) -> bool {
        by.is_some_and(|day| self.days.is_past(day))
    }

    /// Returns true inside 《》.
    fn is_in_title(&self, start: usize) -> bool {
        /// Maximum length of a title in characters.
        const NEAR: usize = 60;
        let before = last_chars(self.text.slice(self.range.start..start), NEAR);
        rfind_mark(before, &['《', '》']).is_some_and(|at| before[at..].starts_with('《'))
    }

    /// Returns true if the place of an expression makes it a deadline: a cell, a label before it,
    /// or an item of a responsibility clause that it fills.
    fn is_labelled(&self, range: &Range<usize>) -> bool {
        /// Maximum distance from a label in characters.
        const NEAR: usize = 40;
        if self.cell.as_ref().is_some_and(|cell| cell.start <= range.start && range.end <= cell.end)
        {
            return true;
        }
        let before = self.text.slice(self.range.start..range.start);
        let near = since_mark(before, NEAR, &['。', ';', '(', ')', '\n']);
        let label = near.rfind(':').map(|colon| near[..colon].trim_end_matches(['*', ']', '】']));
        let labels = &self.text.lexicon.layout.columns.deadlines;
        // 申报截止时间为9月30日
        let subject = near.strip_suffix(['为', '是']).unwrap_or_default();
        let label = label.or_else(|| labels.end(subject));
        if label.is_some_and(|label| labels.end(label).is_some()) {
            return true;
        }
        let closed = self.text.slice(range.end..self.range.end);
        let fills = before.ends_with(['(', ',', ';', '、', '[', '【'])
            && (closed.is_empty() || closed.starts_with([')', ',', ';', '、', '。', ']', '】']));
        fills && self.clauses.contains(range)
    }

    /// Returns true for the end of a phase: 集中整治阶段(3月1日至10月31日), 自查阶段:2025年3月底前。
    fn ends_phase(&self, range: &Range<usize>, after: &str) -> bool {
        /// Maximum length in characters of the start of the phase and the mark before its end.
        const NEAR: usize = 16;
        let before = self.text.slice(self.range.start..range.start);
        let start = since_mark(before, NEAR, &MARKS);
        let closed = match before[..before.len() - start.len()].chars().next_back() {
            Some('(') => after.starts_with(')'),
            Some(':') => after.is_empty() || after.starts_with([',', '。', '\n']),
            _ => false,
        };
        let heading = &before[..before.len() - start.len()];
        let heading = heading.strip_suffix(['(', ':']).unwrap_or_default();
        let phases = &self.cues().phases;
        let opens = || {
            let words = since_mark(heading, NEAR, &MARKS);
            let open = &heading[..heading.len() - words.len()];
            open.is_empty() || open.ends_with(['\n', ')', '、', '.'])
        };
        // 在建设阶段(2025年10月31日) names a day of the phase.
        let whole = || ends_range(start) || start.is_empty() && opens();
        closed
            && whole()
            && phases.end(heading).is_some()
            && self.cues().not_phases.end(heading).is_none()
    }
}

/// Returns a range with 到 before it.
fn with_direction(range: &Range<usize>, lead: &str) -> Range<usize> {
    let direction = if lead.ends_with('到') { "到".len() } else { 0 };
    range.start - direction..range.end
}

/// Returns true if a range of dates continues after an expression: 至6月30日.
fn opens_range(after: &str) -> bool {
    let rest = after.trim_start_matches(TO);
    rest.len() < after.len() && rest.starts_with(|c: char| c.is_ascii_digit() || c == '次')
}

/// Returns the period of a deadline.
fn period(when: &When) -> Option<Term> {
    match *when {
        When::Term { from, value, unit } => Some(Term { value, unit: unit.to_owned(), from }),
        When::Part(..) | When::Plan(_) => None,
    }
}
