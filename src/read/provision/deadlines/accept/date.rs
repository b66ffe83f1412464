//! The words around a day or a part of a year that make it a deadline.

use super::reader::{MARKS, Reader, ends_range};
use crate::read::provision::deadlines::days::LastDay;
use crate::read::provision::deadlines::expression::{Closing, Expression, Part, When, Year};
use crate::text::{last_chars, until_mark};

impl Reader<'_> {
    /// Returns true if the words around a date make it a deadline.
    pub(super) fn dates(
        &self,
        expression: &Expression,
        last: &LastDay,
        lead: &str,
        after: &str,
    ) -> bool {
        let When::Part(year, part) = expression.when else { return false };
        let cues = self.cues();
        if self.is_no_deadline(lead, after) {
            return false;
        }
        let acts = self.starts_with_act(after);
        // 2025年完成3个、2026年完成5个
        let opens = self.opens(lead) || acts && lead.ends_with('、');
        let led = cues.openings.end(lead).is_some();
        let finishes = acts || self.acts_in(after);
        let to = lead.ends_with(['到', '至']);
        if self.is_report && expression.closing != Closing::Until && !to {
            return false;
        }
        // The year of a month without one is counted from the document, and shows nothing.
        let coming = matches!(year, Year::Printed(_))
            && last.by.is_some_and(|day| self.days.is_in_later_year(day))
            && cues.reported.start(after.trim_start_matches(',')).is_none();
        let reports = || !coming && self.reports(&expression.range);
        let known = self.days.is_known() || !reports();
        match expression.closing {
            Closing::Until => known && !to || opens,
            // 年末 and 9月底 alone are mostly of a report.
            Closing::End if year == Year::Absent => (acts || opens && led) && !reports(),
            Closing::End => (opens || led && !to || finishes) && !reports(),
            Closing::Open => {
                let day = matches!(part, Part::Day(..) | Part::Unknown);
                let to = to || cues.aims.end(lead).is_some();
                // Without a date of the document a year can be past.
                let undated = !self.days.is_known() && !acts;
                let clear = match part {
                    _ if undated => to || self.opens_target(expression),
                    Part::Whole if matches!(year, Year::Relative(_)) => to || finishes,
                    Part::Whole => {
                        to || after.starts_with(',') || finishes || self.opens_target(expression)
                    }
                    _ => to || finishes,
                };
                let known = matches!(year, Year::Printed(_) | Year::Relative(_));
                // 不迟于9月30日上线
                let bounded = day && cues.limits.end(lead).is_some();
                // 综合利用率2026年达到80%
                let reached = !undated && part == Part::Whole && self.reaches(after, lead);
                bounded || known && (opens && !day && clear || reached) && !reports()
            }
        }
    }

    /// Returns true if the words around a date make something else of it than a deadline.
    fn is_no_deadline(&self, lead: &str, after: &str) -> bool {
        let cues = self.cues();
        after.starts_with(['的', '起', '后', '度'])
            || cues.after_dates.start(after).is_some()
            || cues.before_dates.end(lead).is_some()
            || cues.bans.occur_in(last_chars(lead, 4))
            || cues.periods.occur_in(last_chars(lead, 8))
            || self.tells_who(after)
            || ends_range(lead)
    }

    /// Returns true if a year is between the name of what is measured and the verb that reaches a
    /// figure: 2026年 of 综合利用率2026年达到80%.
    fn reaches(&self, after: &str, lead: &str) -> bool {
        let (q, cues) = (&self.text.lexicon.quantities, &self.text.lexicon.cues.targets);
        let figure = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        let reached = || q.equal.strip_start(after).is_some_and(figure);
        let changed = || {
            let to = q.increase.strip_start(after).or_else(|| q.reduce.strip_start(after))?;
            q.to.strip_start(to).map(figure)
        };
        let to_figure = || reached() || changed() == Some(true);
        cues.measure_ends.end(lead).is_some() && to_figure() && !is_condition(after)
    }

    /// Returns true if the clause that an expression opens is a target: 2027年森林覆盖率达到57%.
    fn opens_target(&self, expression: &Expression) -> bool {
        let start = self.text.span(expression.range.clone()).start;
        let at = self.targets.partition_point(|target| target.span.start < start);
        self.targets.get(at).is_some_and(|target| target.span.start == start && !target.condition)
    }
}

/// Returns true if a figure reached makes a condition of its clause: 达到500万元的给予奖励.
fn is_condition(after: &str) -> bool {
    /// Maximum length of the verb, the figure and its unit in characters.
    const NEAR: usize = 20;
    until_mark(after, NEAR, &MARKS).contains('的')
}
