//! The words around an expression of time that make it a deadline.

use super::days::{Before, Days, LastDay};
use super::expression::{Closing, Expression, Part, When, Year};
use crate::lexicon::{DeadlineCues, MeaningKinds};
use crate::model::{Anchor, Date, Target, Term};
use crate::read::interval_set::IntervalSet;
use crate::read::scanned_text::ScannedText;
use crate::text::{last_chars, since_mark, until_mark};
use std::ops::Range;

/// Finds the deadlines of a range.
pub(super) struct Reader<'a> {
    pub(super) text: &'a ScannedText<'a>,
    pub(super) days: Days,
    /// The document reports the acts of others.
    pub(super) is_report: bool,
    pub(super) range: Range<usize>,
    /// Responsibility clauses.
    pub(super) clauses: IntervalSet,
    /// Targets of the range, in text order.
    pub(super) targets: &'a [Target],
    /// The cell of the deadline, in a row of a table.
    pub(super) cell: Option<Range<usize>>,
}

/// An expression that is a deadline.
#[derive(Clone, Debug)]
pub(super) struct Accepted {
    pub(super) range: Range<usize>,
    pub(super) last: LastDay,
    pub(super) term: Option<Term>,
    /// A label, a column or a responsibility clause makes it a deadline: the task is elsewhere.
    pub(super) labelled: bool,
}

/// Marks between clauses.
const MARKS: [char; 7] = ['。', ',', ';', ':', '(', ')', '\n'];

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
            !last.labelled && is_joined(self.text.slice(last.range.end..range.start))
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

    /// Returns the deadline of an event before 前: 在采购结果执行前预付到位.
    ///
    /// * `at`: offset of 前.
    /// * `from`: end of the expression before it.
    pub(super) fn before_event(&self, at: usize, from: usize) -> Option<Accepted> {
        /// Characters of the task that are read.
        const NEAR: usize = 24;
        /// Maximum length of the name of an event, in characters.
        const LONGEST: usize = 12;
        let cues = self.cues();
        let word = cues.events.end(self.text.slice(from..at))?;
        let end = at + "前".len();
        let after = self.text.slice(end..self.range.end);
        let task = until_mark(after.trim_start_matches(','), NEAR, &['。', ';', '\n', ',']);
        let due = cues.acts.occur_in(task) || cues.obligations.occur_in(task);
        if !due
            || after.starts_with(['的', '后', '期', '景', '提', '线', '沿', '置'])
            || self.tells_who(after)
        {
            return None;
        }
        let lead = self.lead(at);
        if cues.bans.occur_in(lead) {
            return None;
        }
        let open = cues.event_openings.last_end(&lead[..lead.len() - word.len()]).unwrap_or(0);
        let long = lead[open..].chars().count() > LONGEST;
        let start = at - if long { word.len() } else { lead.len() - open };
        let last = LastDay { by: None, anchor: Anchor::Event, recurring: false };
        let labelled = false;
        Some(Accepted { range: start.max(from)..end, last, term: None, labelled })
    }

    fn cues(&self) -> &DeadlineCues {
        &self.text.lexicon.cues.deadlines
    }

    /// Returns the words before an offset in its clause.
    fn lead(&self, start: usize) -> &str {
        /// Maximum length of the words before an expression, in characters.
        const NEAR: usize = 40;
        since_mark(self.text.slice(self.range.start..start), NEAR, &MARKS)
    }

    fn is_past(&self, by: Option<Date>) -> bool {
        by.is_some_and(|day| self.days.is_past(day))
    }

    /// Returns true inside 《》.
    fn is_in_title(&self, start: usize) -> bool {
        /// Maximum length of a title in characters.
        const NEAR: usize = 60;
        let before = last_chars(self.text.slice(self.range.start..start), NEAR);
        before.rfind('《').is_some_and(|open| before.rfind('》').is_none_or(|end| end < open))
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

    /// Returns true if the words around a date make it a deadline.
    fn dates(&self, expression: &Expression, last: &LastDay, lead: &str, after: &str) -> bool {
        let When::Part(year, part) = expression.when else { return false };
        let cues = self.cues();
        let excluded = after.starts_with(['的', '起', '后', '度'])
            || cues.after_dates.start(after).is_some()
            || cues.before_dates.end(lead).is_some()
            || cues.bans.occur_in(last_chars(lead, 4))
            || cues.periods.occur_in(last_chars(lead, 8))
            || self.tells_who(after)
            || ends_range(lead);
        if excluded {
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

    /// Returns true if a verb of a task, or a body that acts, is at the start of the words after an
    /// expression.
    fn acts_in(&self, after: &str) -> bool {
        self.starts_with_act(after)
            || self.cues().actors.start(after.trim_start_matches(',')).is_some()
    }

    /// Returns true if a verb of a task is at the start of the words after an expression. That of
    /// an attribute is none: 2026年更换的设备.
    fn starts_with_act(&self, after: &str) -> bool {
        let rest = self.cues().acts.strip_start(after.trim_start_matches(','));
        rest.is_some_and(|rest| !rest.starts_with('的'))
    }

    /// Returns true if nothing but prepositions and aims is before an expression in its clause:
    /// 力争到.
    fn opens(&self, lead: &str) -> bool {
        let mut lead = lead;
        while let Some(word) = self.cues().openings.end(lead) {
            lead = &lead[..lead.len() - word.len()];
        }
        let ordinal =
            |c: char| c.is_ascii_digit() || matches!(c, '.' | '*' | '#' | '-' | ' ' | '、');
        lead.trim_end_matches(ordinal).is_empty()
    }

    /// Returns true if the words after an expression say who or what is meant: 2000年底前建成的住房.
    fn tells_who(&self, after: &str) -> bool {
        let words = until_mark(after, 16, &MARKS);
        // 未在六个月内报送资料的,…: a condition.
        let clause = until_mark(after.trim_start_matches(','), 60, &[',', '。', ';', '\n']);
        if clause.ends_with('的') {
            return true;
        }
        let state = words.trim_start_matches(['已', '经', '所', '在', '仍', '未', '新']);
        let states = &self.cues().states;
        words.starts_with('的') || (states.start(state).is_some() && words.contains(['的', '者']))
    }

    /// Returns true if the sentence reports a result: 2025年,全省累计完成….
    fn reports(&self, range: &Range<usize>) -> bool {
        /// Characters of the sentence that are read on each side.
        const NEAR: usize = 60;
        const STOPS: [char; 3] = ['。', ';', '\n'];
        let left = since_mark(self.text.slice(self.range.start..range.start), NEAR, &STOPS);
        let right = until_mark(self.text.slice(range.end..self.range.end), NEAR, &STOPS);
        let sentence = range.start - left.len()..range.end + right.len();
        self.text.tokens_of(&sentence, MeaningKinds::PAST).next().is_some()
            || self.cues().reported.start(right.trim_start_matches(',')).is_some()
    }

    /// Returns the start of the deadline of a period, the day from which it is counted, and its
    /// last day.
    fn term(
        &self,
        expression: &Expression,
        lead: &str,
        after: &str,
        labelled: bool,
        value: u32,
        unit: &str,
    ) -> Option<(usize, Anchor, Option<Date>)> {
        /// Characters of the task that are read.
        const NEAR: usize = 80;
        let cues = self.cues();
        let event_clause = self.event_clause(expression.range.start, lead);
        let event = self.event(event_clause.unwrap_or(lead));
        let long = matches!(unit, "年" | "个月" | "个季度");
        if event.is_none() && (!long || expression.closing == Closing::Open) {
            return None;
        }
        let task = until_mark(after.trim_start_matches(','), NEAR, &['。', ';', '\n']);
        // 施行之日起六个月内,未登记的车辆应当登记
        let owed_by = cues.unmet.start(task).is_some()
            && task.split_once('的').is_some_and(|(_, act)| act.contains("应当"));
        if after.starts_with(['的', '后', '起', '期'])
            || self.tells_who(after)
            || (!owed_by && cues.conditions.start(task).is_some())
        {
            return None;
        }
        let clause = until_mark(task, NEAR, &[',']);
        let serves = || cues.services.occur_in(clause);
        if let Some((start, stem)) = event {
            let words = &stem[start..];
            let before = &stem[..start];
            let start = match event_clause {
                None => expression.range.start - lead.len() + start,
                Some(_) => expression.range.start,
            };
            let counted = |anchor| Some((start, anchor, self.days.after(anchor, value, unit)));
            let own = cues.own.occur_in(words);
            if cues.issued.end(stem).is_some_and(|act| own || words == act) {
                return counted(Anchor::Signed);
            }
            if own && self.text.lexicon.cues.validity.in_force.end(stem).is_some() {
                return counted(Anchor::Effective);
            }
            let owed = cues.obligations.occur_in(clause)
                || (clause.is_empty() && cues.obligations.occur_in(before))
                || cues.limits.end(lead).is_some() && cues.obligations.occur_in(stem);
            let closed = expression.closing != Closing::Open
                || task.is_empty()
                || lead.ends_with('前')
                || cues.obligations.start(task).is_some();
            return ((labelled || owed) && closed && !serves()).then_some((
                start,
                Anchor::Event,
                None,
            ));
        }
        let aimed = self.opens(lead) || cues.aims.end(lead).is_some();
        // 2年内审评人员增加1倍 is no service.
        let due = aimed && cues.acts.occur_in(task) && (unit == "年" || !serves());
        let due = labelled || due && cues.before_terms.end(lead).is_none();
        due.then(|| {
            (expression.range.start, Anchor::Signed, self.days.after(Anchor::Signed, value, unit))
        })
    }

    /// Returns the clause before that of a period, if it ends in an event: 自验收合格之日起,应当在.
    fn event_clause(&self, start: usize, lead: &str) -> Option<&str> {
        let cues = self.cues();
        if !lead.is_empty() && cues.openings.end(lead).is_none() {
            return None;
        }
        let before = self.text.slice(self.range.start..start - lead.len()).strip_suffix(',')?;
        let clause = self.lead(self.range.start + before.len());
        cues.event_ends.end(clause).map(|_| clause)
    }

    /// Returns the event from which a period is counted: its start in `lead`, and the words up to
    /// its end. 自验收合格之日起, 付款后, 从验收到付款不超过.
    fn event<'l>(&self, lead: &'l str) -> Option<(usize, &'l str)> {
        /// Maximum length of the name of an event, in characters.
        const LONGEST: usize = 24;
        let cues = self.cues();
        if let Some(limit) = cues.limits.end(lead) {
            let stem = &lead[..lead.len() - limit.len()];
            let start = stem.rfind('从')?;
            return stem[start..].contains('到').then_some((start, stem));
        }
        let words = lead.trim_end_matches(['在', '的', '前', '于', '应', '当', '须']);
        let stem = &words[..words.len() - cues.event_ends.end(words)?.len()];
        let opening = cues.event_openings.last_end(stem).unwrap_or(0);
        let long = stem[opening..].chars().count() > LONGEST;
        let start = if long { stem.len() } else { opening };
        (!stem.is_empty()).then_some((start, stem))
    }
}

/// Returns true if a figure reached makes a condition of its clause: 达到500万元的给予奖励.
fn is_condition(after: &str) -> bool {
    /// Maximum length of the verb, the figure and its unit in characters.
    const NEAR: usize = 20;
    until_mark(after, NEAR, &MARKS).contains('的')
}

/// Returns true if two deadlines with these words between them are of one task.
pub(super) fn is_joined(between: &str) -> bool {
    matches!(between, "、" | "和" | "及" | "与")
}

/// Returns a range with 到 before it.
fn with_direction(range: &Range<usize>, lead: &str) -> Range<usize> {
    let direction = if lead.ends_with('到') { "到".len() } else { 0 };
    range.start - direction..range.end
}

/// Returns true if a range of dates continues after an expression: 至6月30日.
fn opens_range(after: &str) -> bool {
    let rest = after.trim_start_matches(['-', '—', '–', '~', '～', '至', '到']);
    rest.len() < after.len() && rest.starts_with(|c: char| c.is_ascii_digit() || c == '次')
}

/// Returns true if an expression ends a range of dates: 3月1日至.
fn ends_range(lead: &str) -> bool {
    let rest = lead.trim_end_matches(['-', '—', '–', '~', '～', '至', '到']);
    rest.len() < lead.len()
        && rest.ends_with(|c: char| {
            c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '起' | '度')
        })
}

/// Returns the period of a deadline.
fn period(when: &When) -> Option<Term> {
    match *when {
        When::Term { from, value, unit } => Some(Term { value, unit: unit.to_owned(), from }),
        When::Part(..) | When::Plan(_) => None,
    }
}
