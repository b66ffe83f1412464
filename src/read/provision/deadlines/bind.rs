//! The task of a deadline, and the duties of its clause.

use super::accept::Accepted;
use crate::model::{Deadline, Duty};
use crate::number::to_u32;
use crate::outline::Row;
use crate::read::scanned_text::ScannedText;
use crate::text::{is_han, since_mark, until_mark};
use std::cell::OnceCell;
use std::ops::Range;

/// A part of a text with the facts that its deadlines are bound to.
pub(in crate::read::provision) struct Place<'p> {
    pub(in crate::read::provision) range: Range<usize>,
    /// Responsibility clauses, ascending.
    pub(in crate::read::provision) clauses: &'p [Range<usize>],
    /// The heading.
    pub(in crate::read::provision) title: Option<&'p Range<usize>>,
    /// The cells, if the range is a row of a table.
    pub(in crate::read::provision) row: Option<&'p Row>,
}

/// Binds the deadlines of a place.
pub(super) struct Binder<'a> {
    text: &'a ScannedText<'a>,
    place: &'a Place<'a>,
    responsible: &'a [Duty],
    /// The start of each duty and its position, ascending.
    by_start: Vec<(u32, u32)>,
    /// The duties of each clause, once they are asked for.
    of_clauses: Vec<OnceCell<Vec<u32>>>,
}

/// Maximum number of duties of a deadline; keeps texts with many of both linear.
const MAX_DUTIES: usize = 64;

/// Maximum length of a task in characters.
const TASK: usize = 80;

/// Marks that end a task.
const TASK_MARKS: [char; 6] = [',', '。', ';', '\n', '(', ')'];

/// Maximum length of each side of a sentence in characters.
const SENTENCE: usize = 150;

impl<'a> Binder<'a> {
    pub(super) fn new(
        text: &'a ScannedText<'a>,
        place: &'a Place<'a>,
        responsible: &'a [Duty],
    ) -> Self {
        let starts = (0..).zip(responsible).map(|(position, duty)| (duty.span.start, position));
        let mut by_start: Vec<(u32, u32)> = starts.collect();
        by_start.sort_unstable();
        let of_clauses = vec![OnceCell::new(); place.clauses.len()];
        Binder { text, place, responsible, by_start, of_clauses }
    }

    /// Returns the deadline with its task and duties.
    pub(super) fn deadline(&self, found: &Accepted) -> Deadline {
        Deadline {
            by: found.last.by,
            term: found.term.clone(),
            anchor: found.last.anchor,
            recurring: found.last.recurring,
            task: self.task(found).map(|task| self.text.span(task)),
            duties: self.duties(found),
            targets: Vec::new(),
            span: self.text.span(found.range.clone()),
        }
    }

    /// Returns the words of the task: the clause after the deadline, else the words before it, else
    /// the heading.
    fn task(&self, found: &Accepted) -> Option<Range<usize>> {
        let Range { start, end } = found.range;
        let words =
            if found.labelled { None } else { self.after(end).or_else(|| self.before(start)) };
        let heading = self.place.title.cloned();
        words.or_else(|| heading.or_else(|| self.sentence_before(start)))
    }

    fn after(&self, end: usize) -> Option<Range<usize>> {
        let rest = self.text.slice(end..self.place.range.end);
        let start = end + rest.len() - rest.trim_start_matches([',', '、', ':']).len();
        let rest = self.text.slice(start..self.place.range.end);
        let mut len = until_mark(rest, TASK, &TASK_MARKS).len();
        while let Some(bracket) = self.remark(start + len) {
            let after = &rest[len + bracket..];
            len += bracket + until_mark(after, TASK, &TASK_MARKS).len();
        }
        let task = before_next_year(&rest[..len]);
        is_task(task).then(|| start..start + task.len())
    }

    /// Returns the length of a short bracket at `at` inside a task, which the task goes on after:
    /// 将招生简章(一式五份)报送省教育厅. A responsibility clause is none.
    fn remark(&self, at: usize) -> Option<usize> {
        /// Maximum length of the words in the bracket in characters.
        const SHORT: usize = 20;
        let rest = self.text.slice(at..self.place.range.end);
        let inside = until_mark(rest.strip_prefix('(')?, SHORT, &['(', ')', '。', ';', ':', '\n']);
        let len = '('.len_utf8() + inside.len();
        let after = rest[len..].strip_prefix(')')?;
        let clause = self.clause_at(at).is_some();
        (!clause && after.starts_with(is_han)).then_some(len + ')'.len_utf8())
    }

    fn before(&self, start: usize) -> Option<Range<usize>> {
        let left = self.text.slice(self.place.range.start..start);
        let openings = &self.text.lexicon.cues.deadlines.openings;
        let mut left = left.trim_end_matches([',', '(']);
        while let Some(word) = openings.end(left) {
            left = &left[..left.len() - word.len()];
        }
        let left = left.trim_end_matches([',', '(']);
        let words = since_mark(left, TASK, &[',', '。', ';', '\n', '(', ')', ':']);
        let end = self.place.range.start + left.len();
        is_task(words).then(|| end - words.len()..end)
    }

    /// Returns the last sentence before a label or a clause.
    fn sentence_before(&self, start: usize) -> Option<Range<usize>> {
        let left = self.text.slice(self.place.range.start..start);
        let clause = self.clause_at(start).map(|clause| &self.place.clauses[clause]);
        let end = clause.map_or_else(
            || {
                self.place.range.start + left.len()
                    - since_mark(left, TASK, &['。', ';', '\n', '(']).len()
            },
            |clause| clause.start.max(self.place.range.start),
        );
        let left = self.text.slice(self.place.range.start..end);
        let left = left.trim_end_matches(['。', ';', '\n', '(', '[', '【']);
        let words = since_mark(left, TASK, &['。', ';', '\n']);
        let end = self.place.range.start + left.len();
        is_task(words).then(|| end - words.len()..end)
    }

    /// Returns the positions of the duties of a deadline: those of its row, of its clause, of its
    /// sentence, of the next clause, else of the clause before it.
    fn duties(&self, found: &Accepted) -> Vec<u32> {
        if self.responsible.is_empty() {
            return Vec::new();
        }
        if is_of_row(self.place, found) {
            return (0..to_u32(self.responsible.len().min(MAX_DUTIES))).collect();
        }
        let at = found.range.start;
        if let Some(own) = self.clause_at(at) {
            let group = self.group(&self.place.clauses[own], &found.range);
            let of_group = self.duties_in(&group);
            return if of_group.is_empty() { self.duties_of(own) } else { of_group };
        }
        let in_sentence = self.duties_in(&self.sentence(&found.range));
        if !in_sentence.is_empty() {
            return in_sentence;
        }
        let next = self.place.clauses.partition_point(|clause| clause.end <= at);
        let after = (next < self.place.clauses.len()).then_some(next);
        let before = || next.checked_sub(1).filter(|_| found.labelled);
        after.or_else(before).map_or_else(Vec::new, |clause| self.duties_of(clause))
    }

    /// Returns the position of the clause that contains an offset.
    fn clause_at(&self, at: usize) -> Option<usize> {
        let clauses = self.place.clauses;
        let next = clauses.partition_point(|clause| clause.end <= at);
        clauses.get(next).filter(|clause| clause.start <= at).map(|_| next)
    }

    /// Returns the positions of the duties that a clause names.
    fn duties_of(&self, clause: usize) -> Vec<u32> {
        let range = &self.place.clauses[clause];
        self.of_clauses[clause].get_or_init(|| self.duties_in(range)).clone()
    }

    /// Returns the part of a clause between semicolons that contains a deadline.
    fn group(&self, clause: &Range<usize>, deadline: &Range<usize>) -> Range<usize> {
        let left =
            since_mark(self.text.slice(clause.start..deadline.start), SENTENCE, &[';', '。']);
        let right = self.text.slice(deadline.end..clause.end.max(deadline.end));
        let right = until_mark(right, SENTENCE, &[';', '。']);
        deadline.start - left.len()..deadline.end + right.len()
    }

    fn sentence(&self, deadline: &Range<usize>) -> Range<usize> {
        const STOPS: [char; 3] = ['。', ';', '\n'];
        let left = self.text.slice(self.place.range.start..deadline.start);
        let left = since_mark(left, SENTENCE, &STOPS);
        let right = self.text.slice(deadline.end..self.place.range.end.max(deadline.end));
        let right = until_mark(right, SENTENCE, &STOPS);
        deadline.start - left.len()..deadline.end + right.len()
    }

    /// Returns the positions of the duties that a range names. One of the first duties, which can be
    /// named before the range too, is found by its words.
    fn duties_in(&self, range: &Range<usize>) -> Vec<u32> {
        /// Maximum number of duties that are searched by their words.
        const SEARCHED: usize = 32;
        let span = self.text.span(range.clone());
        let first = self.by_start.partition_point(|&(start, _)| start < span.start);
        let inside = self.by_start[first..].iter().take_while(|&&(start, _)| start < span.end);
        let inside = inside.take(MAX_DUTIES);
        let mut places: Vec<u32> = inside.map(|&(_, place)| place).collect();
        let words = self.text.slice(range.clone());
        let named = |duty: &Duty| {
            let name = duty.span.slice(self.text.source);
            name.chars().nth(2).is_some() && words.contains(name)
        };
        let duties = (0..).zip(self.responsible).take(SEARCHED);
        places.extend(duties.filter(|(_, duty)| named(duty)).map(|(place, _)| place));
        places.sort_unstable();
        places.dedup();
        places.truncate(MAX_DUTIES);
        places
    }
}

/// Returns the words before a second year in a list: 推广600辆 of 推广600辆、2026年推广1000辆.
fn before_next_year(task: &str) -> &str {
    let year = |rest: &str| rest.get(4..).is_some_and(|rest| rest.starts_with('年'));
    let next = task.match_indices('、').map(|(at, mark)| (at, &task[at + mark.len()..]));
    let mut next =
        next.filter(|(_, rest)| year(rest) && rest.starts_with(|c: char| c.is_ascii_digit()));
    next.next().map_or(task, |(at, _)| &task[..at])
}

fn is_task(words: &str) -> bool {
    words.chars().nth(3).is_some()
}

/// Returns true if the deadline is that of the whole row.
pub(super) fn is_of_row(place: &Place, found: &Accepted) -> bool {
    let cell = place.row.and_then(|row| row.deadline.as_ref());
    cell.is_some_and(|cell| cell.start <= found.range.start && found.range.end <= cell.end)
}
