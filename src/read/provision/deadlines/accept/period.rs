//! Periods and events by which a task is due: 自验收合格之日起30日内, 主汛期前.

use super::reader::{Accepted, Reader};
use crate::model::{Anchor, Date};
use crate::read::provision::deadlines::days::LastDay;
use crate::read::provision::deadlines::expression::{Closing, Expression};
use crate::text::until_mark;

impl Reader<'_> {
    /// Returns the deadline of an event before 前: 在采购结果执行前预付到位.
    ///
    /// * `at`: offset of 前.
    /// * `from`: end of the expression before it.
    pub(in crate::read::provision::deadlines) fn before_event(
        &self,
        at: usize,
        from: usize,
    ) -> Option<Accepted> {
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

    /// Returns the start of the deadline of a period, the day from which it is counted, and its
    /// last day.
    pub(super) fn term(
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
        let counted = |start, anchor| (start, anchor, self.days.after(anchor, value, unit));
        let Some((start, stem)) = event else {
            let aimed = self.opens(lead) || cues.aims.end(lead).is_some();
            // 2年内审评人员增加1倍 is no service.
            let due = aimed && cues.acts.occur_in(task) && (unit == "年" || !serves());
            let due = labelled || due && cues.before_terms.end(lead).is_none();
            return due.then(|| counted(expression.range.start, Anchor::Signed));
        };
        let (before, words) = stem.split_at(start);
        let start = match event_clause {
            None => expression.range.start - lead.len() + start,
            Some(_) => expression.range.start,
        };
        let own = cues.own.occur_in(words);
        if cues.issued.end(stem).is_some_and(|act| own || words == act) {
            return Some(counted(start, Anchor::Signed));
        }
        if own && self.text.lexicon.cues.validity.in_force.end(stem).is_some() {
            return Some(counted(start, Anchor::Effective));
        }
        let owed = cues.obligations.occur_in(clause)
            || (clause.is_empty() && cues.obligations.occur_in(before))
            || cues.limits.end(lead).is_some() && cues.obligations.occur_in(stem);
        let closed = expression.closing != Closing::Open
            || task.is_empty()
            || lead.ends_with('前')
            || cues.obligations.start(task).is_some();
        let due = (labelled || owed) && closed && !serves();
        due.then_some((start, Anchor::Event, None))
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
