//! The range whose deadlines are found, and the words around its expressions of time.

use crate::lexicon::{DeadlineCues, MeaningKinds};
use crate::model::{Target, Term};
use crate::read::interval_set::IntervalSet;
use crate::read::provision::deadlines::days::{Days, LastDay};
use crate::read::scanned_text::ScannedText;
use crate::text::{since_mark, until_mark};
use std::ops::Range;

/// Finds the deadlines of a range.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a ScannedText<'a>,
    pub(crate) days: Days,
    /// The document reports the acts of others.
    pub(crate) is_report: bool,
    pub(crate) range: Range<usize>,
    /// Responsibility clauses.
    pub(crate) clauses: IntervalSet,
    /// Targets of the range, in text order.
    pub(crate) targets: &'a [Target],
    /// The cell of the deadline, in a row of a table.
    pub(crate) cell: Option<Range<usize>>,
}

/// An expression that is a deadline.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    pub(crate) range: Range<usize>,
    pub(crate) last: LastDay,
    pub(crate) term: Option<Term>,
    /// A label, a column or a responsibility clause makes it a deadline: the task is elsewhere.
    pub(crate) labelled: bool,
}

/// Marks between clauses.
pub(crate) const MARKS: [char; 7] = ['。', ',', ';', ':', '(', ')', '\n'];

/// Marks and words between the two ends of a range of dates.
pub(crate) const TO: [char; 7] = ['-', '—', '–', '~', '～', '至', '到'];

/// Returns true if an expression ends a range of dates: 3月1日至.
pub(crate) fn ends_range(lead: &str) -> bool {
    let rest = lead.trim_end_matches(TO);
    rest.len() < lead.len()
        && rest.ends_with(|c: char| {
            c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '起' | '度')
        })
}

impl Reader<'_> {
    pub(crate) fn cues(&self) -> &DeadlineCues {
        &self.text.lexicon.cues.deadlines
    }

    /// Returns the words before an offset in its clause.
    pub(crate) fn lead(&self, start: usize) -> &str {
        /// Maximum length of the words before an expression, in characters.
        const NEAR: usize = 40;
        since_mark(self.text.slice(self.range.start..start), NEAR, &MARKS)
    }

    /// Returns true if a verb of a task, or a body that acts, is at the start of the words after an
    /// expression.
    pub(crate) fn acts_in(&self, after: &str) -> bool {
        self.starts_with_act(after)
            || self.cues().actors.start(after.trim_start_matches(',')).is_some()
    }

    /// Returns true if a verb of a task is at the start of the words after an expression. That of
    /// an attribute is none: 2026年更换的设备.
    pub(crate) fn starts_with_act(&self, after: &str) -> bool {
        let rest = self.cues().acts.strip_start(after.trim_start_matches(','));
        rest.is_some_and(|rest| !rest.starts_with('的'))
    }

    /// Returns true if nothing but prepositions and aims is before an expression in its clause:
    /// 力争到.
    pub(crate) fn opens(&self, lead: &str) -> bool {
        let mut lead = lead;
        while let Some(word) = self.cues().openings.end(lead) {
            lead = &lead[..lead.len() - word.len()];
        }
        let ordinal =
            |c: char| c.is_ascii_digit() || matches!(c, '.' | '*' | '#' | '-' | ' ' | '、');
        lead.trim_end_matches(ordinal).is_empty()
    }

    /// Returns true if the words after an expression say who or what is meant: 2000年底前建成的住房.
    pub(crate) fn tells_who(&self, after: &str) -> bool {
        let words = until_mark(after, 16, &MARKS);
        // 未在六个月内报送资料的,…: a condition.
        let clause = until_mark(after.trim_start_matches(','), 60, &[',', '。', ';', '\n']);
        if clause.ends_with('的') {
            return true;
        }
        let state = words.trim_start_matches(['已', '经', '所', '在', '仍', '未', '新']);
        let DeadlineCues { states, reached, qualities, granted, .. } = self.cues();
        // 建成国内领先的平台; not 建成运行稳定的项目可申请补助
        let reaches = || {
            let sentence = until_mark(after, 60, &['。', ';', '\n']);
            reached.start(words).is_some() && !granted.occur_in(sentence)
        };
        let attributes =
            |(at, mark)| mark == "者" || qualities.end(&words[..at]).is_none() || !reaches();
        words.starts_with('的')
            || (states.start(state).is_some() && words.match_indices(['的', '者']).any(attributes))
    }

    /// Returns true if the sentence reports a result: 2025年,全省累计完成….
    pub(crate) fn reports(&self, range: &Range<usize>) -> bool {
        /// Characters of the sentence that are read on each side.
        const NEAR: usize = 60;
        let sentence = self.text.sentence(&self.range, range, NEAR);
        let right = self.text.slice(range.end..sentence.end);
        self.text.tokens_of(&sentence, MeaningKinds::PAST).next().is_some()
            || self.cues().reported.start(right.trim_start_matches(',')).is_some()
    }
}
