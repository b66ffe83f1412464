//! Where responsibility clauses stand: (…负责), 【责任单位:…】, 责任单位:… on a line.

use crate::read::context::Context;
use crate::read::interval_set::Cover;
use crate::text::{after_last, contains_any, occurrences, suffix_start};
use std::ops::Range;

/// What may be a clause: where it stands, and what it says without its brackets.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub whole: Range<usize>,
    pub words: Range<usize>,
}

impl Context<'_> {
    /// What may be responsibility clauses in a range, ascending and disjoint:
    /// brackets, and sentences that open with a label. O(n).
    pub(crate) fn clauses(&self, range: &Range<usize>) -> Vec<Clause> {
        let brackets = self.bracketed(range);
        let mut clauses = self.labelled(range);
        let inside: Cover = brackets.iter().map(|clause| clause.whole.clone()).collect();
        clauses.retain(|clause| !inside.meets(&(clause.whole.start..clause.whole.start + 1)));
        // 责任单位:…(省药监局牵头): a bracket inside is part of the sentence.
        let inside: Cover = clauses.iter().map(|clause| clause.whole.clone()).collect();
        clauses.extend(brackets.into_iter().filter(|clause| !inside.holds(&clause.whole)));
        clauses.sort_by_key(|clause| clause.whole.start);
        // One that lacks a bracket may reach into the next.
        clauses.dedup_by(|next, clause| next.whole.start < clause.whole.end);
        clauses
    }

    fn bracketed(&self, range: &Range<usize>) -> Vec<Clause> {
        let text = self.text(range.clone());
        let mut clauses = Vec::new();
        let mut from = 0;
        for (open, end) in brackets(text) {
            let words = inside(text, open, end);
            if open >= from && self.may_speak(&text[words.clone()], &text[end..]) {
                from = end;
                clauses.push(Clause {
                    whole: range.start + open..range.start + end,
                    words: range.start + words.start..range.start + words.end,
                });
            }
        }
        clauses
    }

    /// Whether the words of a bracket may be a clause; `after` is what stands
    /// behind it. Most brackets hold something else and are turned away here.
    fn may_speak(&self, words: &str, after: &str) -> bool {
        let words = words.trim_end_matches('。');
        if words.len() < "药监局".len() {
            return false;
        }
        let duty = &self.lexicon.duties;
        let labelled = |colon: usize| duty.labels.end(unmarked(&words[..colon])).is_some();
        duty.verbs.end(words).is_some()
            || contains_any(words, &["负责", "牵头"])
            || memchr::memchr_iter(b':', words.as_bytes()).any(labelled)
            || (closes_paragraph(after) && self.ends_with_name(words))
    }

    /// (市财政局、市科技局)
    fn ends_with_name(&self, words: &str) -> bool {
        let last = pieces(words).pop().unwrap_or_default();
        self.lexicon.names.organs.of(words).is_some()
            && self.known(&words[last], Some(self.own_seat())).is_some()
    }

    /// 责任单位:… to the end of its sentence.
    fn labelled(&self, range: &Range<usize>) -> Vec<Clause> {
        let mut clauses = Vec::new();
        let mut from = range.start;
        let colons = memchr::memchr_iter(b':', self.text(range.clone()).as_bytes());
        for colon in colons.map(|at| range.start + at) {
            if colon < from {
                continue;
            }
            let Some(start) = self.label_start(from, colon) else { continue };
            let rest = self.text(colon..range.end);
            from = colon + rest.find(['\n', '。']).unwrap_or(rest.len());
            clauses.push(Clause { whole: start..from, words: start..from });
        }
        clauses
    }

    /// Where the label before a colon begins, if one stands there and opens a
    /// line or a sentence.
    fn label_start(&self, from: usize, colon: usize) -> Option<usize> {
        let before = unmarked(self.text(from..colon));
        let (_, len) = self.lexicon.duties.labels.end(before)?;
        let sentence = &before[..before.len() - len];
        let start = from + sentence.len();
        let opens =
            sentence.is_empty() || sentence.ends_with(['\n', '。', ';', '*', ')', ']', '】', '〕']);
        (opens || self.view.gap(start)).then_some(start)
    }
}

/// Without the marks of bold type: **责任单位**:….
pub(crate) fn unmarked(label: &str) -> &str {
    label.trim_end_matches('*')
}

/// True if nothing but a stop stands between a clause and the end of its
/// paragraph.
pub(crate) fn closes_paragraph(after: &str) -> bool {
    let after = after.strip_prefix(['。', ';']).unwrap_or(after);
    after.is_empty() || after.starts_with('\n')
}

/// What stands between the marks of a list, brackets inside left whole.
pub(crate) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut depth = 0;
    let mut start = 0;
    let mut pieces = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth -= 1,
            ',' | '、' | ';' | '。' | '/' | '\n' if depth <= 0 => {
                pieces.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(start..text.len());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

const OPEN: [char; 4] = ['(', '[', '【', '〔'];

const CLOSE: [char; 4] = [')', ']', '】', '〕'];

/// The brackets of a text, from the opening to after its closing one, ascending
/// by their start. A bracket without its partner reaches to the end of its line,
/// or from the last stop, if no other stands between. O(n).
fn brackets(text: &str) -> Vec<(usize, usize)> {
    /// No responsibility clause is longer.
    const LONGEST: usize = 1500;
    let bytes = text.as_bytes();
    let mut marks: Vec<usize> = memchr::memchr2_iter(b'(', b')', bytes).collect();
    marks.extend(memchr::memchr2_iter(b'[', b']', bytes));
    for mark in ["【", "】", "〔", "〕"] {
        marks.extend(occurrences(text, mark));
    }
    marks.sort_unstable();
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    let mut previous = 0;
    for (place, &at) in marks.iter().enumerate() {
        let after = at + first_len(&text[at..]);
        if text[at..].starts_with(OPEN) {
            open.push(place);
        } else if let Some(start) = open.pop() {
            if at - marks[start] < LONGEST {
                pairs.push((marks[start], after));
            }
        } else {
            let near = at.min(previous + suffix_start(&text[previous..at], LONGEST / 3));
            pairs.push((near + after_last(&text[near..at], &['。', ';', '\n']), after));
        }
        previous = after;
    }
    for place in open {
        let next = *marks.get(place + 1).unwrap_or(&text.len());
        let rest = &text[marks[place]..next];
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        if end < LONGEST && (end < rest.len() || next == text.len()) {
            pairs.push((marks[place], marks[place] + end));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// A bracket without its marks, of which one may be gone.
fn inside(text: &str, open: usize, end: usize) -> Range<usize> {
    let opened = text[open..end].starts_with(OPEN);
    let start = open + if opened { first_len(&text[open..]) } else { 0 };
    let last = text[start..end].chars().next_back().filter(|c| CLOSE.contains(c));
    let closed = opened || !text[start..end].contains(OPEN);
    start..end - last.filter(|_| closed).map_or(0, char::len_utf8)
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_pair_inside_out() {
        assert_eq!(brackets("(a[b]c)"), [(0, 7), (2, 5)]);
        assert_eq!(brackets("【a】b"), [(0, 7)]);
        assert_eq!(brackets("〔(a)〕"), [(0, 9), (3, 6)]);
    }

    #[test]
    fn a_bracket_without_its_partner_is_closed_by_its_line() {
        assert_eq!(brackets("a(b\n(c)"), [(1, 3), (4, 7)]);
        assert_eq!(brackets("a。b)(c)"), [(4, 6), (6, 9)]);
        assert_eq!(brackets("(a(b)"), [(2, 5)]);
    }

    #[test]
    fn a_list_is_parted_outside_its_brackets() {
        let text = "市发展改革委(市能源局、市粮食局)、市财政局;各区";
        let parts: Vec<_> = pieces(text).into_iter().map(|piece| &text[piece]).collect();
        assert_eq!(parts, ["市发展改革委(市能源局、市粮食局)", "市财政局", "各区"]);
    }
}
