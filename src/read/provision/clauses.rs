//! Finds responsibility clauses (责任条款) in a text: (…负责), 【责任单位:…】, 责任单位:… on a line.

use crate::read::interval_set::IntervalSet;
use crate::read::naming::canonical::{is_class, own_region, resolve_known};
use crate::read::naming::names::Names;
use crate::read::scanned_text::ScannedText;
use crate::text::{after_last, suffix_start};
use std::ops::Range;

/// A possible clause.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) range: Range<usize>,
    /// The range without its brackets.
    pub(super) words: Range<usize>,
}

/// Returns the possible responsibility clauses of a range, ascending and disjoint:
/// brackets, and sentences that open with a label. O(n).
pub(super) fn clauses(names: &Names, range: &Range<usize>) -> Vec<Clause> {
    let brackets = bracketed(names, range);
    let mut clauses = labelled(names.text, range);
    if clauses.is_empty() {
        return brackets;
    }
    let inside: IntervalSet = brackets.iter().map(|clause| clause.range.clone()).collect();
    clauses.retain(|clause| !inside.intersects(&(clause.range.start..clause.range.start + 1)));
    // 责任单位:…(省药监局牵头): a bracket inside is part of the sentence.
    let inside: IntervalSet = clauses.iter().map(|clause| clause.range.clone()).collect();
    clauses.extend(brackets.into_iter().filter(|clause| !inside.contains(&clause.range)));
    clauses.sort_by_key(|clause| clause.range.start);
    // A clause that lacks a bracket can reach into the next.
    clauses.dedup_by(|next, clause| next.range.start < clause.range.end);
    clauses
}

fn bracketed(names: &Names, range: &Range<usize>) -> Vec<Clause> {
    let text = names.text.slice(range.clone());
    let mut clauses = Vec::new();
    let mut from = 0;
    // Each colon is read once here, not once for each bracket around it.
    let labels = &names.text.lexicon.duties.labels;
    let label_ends: Vec<usize> = memchr::memchr_iter(b':', text.as_bytes())
        .filter(|&colon| labels.end(without_bold(&text[..colon])).is_some())
        .collect();
    for (open, end) in brackets(text) {
        let words = inside(text, open, end);
        if open < from {
            continue;
        }
        let first = label_ends.partition_point(|&colon| colon < words.start);
        let mut colons = label_ends[first..].iter().take_while(|&&colon| colon < words.end);
        let labelled = || {
            let label = |&colon: &usize| without_bold(&text[words.start..colon]);
            colons.any(|colon| labels.end(label(colon)).is_some())
        };
        if can_be_clause(names, &text[words.clone()], labelled, &text[end..]) {
            from = end;
            clauses.push(Clause {
                range: range.start + open..range.start + end,
                words: range.start + words.start..range.start + words.end,
            });
        }
    }
    clauses
}

/// Returns true if the words of a bracket can be a clause. Most brackets contain something else
/// and are rejected here.
///
/// * `labelled`: returns true if the bracket contains a label.
/// * `after`: the text after the bracket.
fn can_be_clause(
    names: &Names,
    words: &str,
    mut labelled: impl FnMut() -> bool,
    after: &str,
) -> bool {
    let words = words.trim_end_matches('。');
    if words.len() < "药监局".len() {
        return false;
    }
    let duty = &names.text.lexicon.duties;
    duty.verbs.end(words).is_some()
        || names.text.lexicon.cues.duties.speaking.occur_in(words)
        || labelled()
        || (closes_paragraph(after) && ends_in_name(names, words))
}

/// Returns true for a list that ends with the name of an agency, or that begins with one and ends
/// with another body or a class: (市财政局、市科技局), (市财政局,各区人民政府).
fn ends_in_name(names: &Names, words: &str) -> bool {
    let known = |name: &str| {
        names.text.lexicon.names.organs.of(name).is_some()
            && resolve_known(names, name, Some(own_region(names))).is_some()
    };
    let mut items = list_items(words);
    // (市文旅局,持续推进), (市文旅局,2025年底前)
    let remarks = &names.text.lexicon.duties.remarks;
    items.retain(|item| {
        let words = &words[item.clone()];
        remarks.start(words).is_none() && !is_due_date(words)
    });
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return false };
    let last = &words[last.clone()];
    let last = names.text.lexicon.cues.duties.with.last_end(last).map_or(last, |end| &last[end..]);
    let is_organ = |name: &str| names.text.lexicon.names.organs.of(name).is_some();
    let named = || is_class(names, last) || is_organ(last);
    // (市文化体育广播电视和旅游局,各区人民政府): names of the region that no table has.
    let of_region = |name: &str| {
        is_organ(name) && names.text.lexicon.cues.agencies.relative.start(name).is_some()
    };
    let first = &words[first.clone()];
    known(last) || (items.len() > 1 && named() && (known(first) || of_region(first)))
}

/// Returns true for an item of a clause that is the time by which its duty is done:
/// 2025年12月底前完成.
pub(super) fn is_due_date(item: &str) -> bool {
    item.starts_with(|c: char| c.is_ascii_digit())
        && (item.ends_with('前') || item.contains("前完成"))
}

/// Returns the sentences that open with a label: 责任单位:….
fn labelled(text: &ScannedText, range: &Range<usize>) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut from = range.start;
    let colons = memchr::memchr_iter(b':', text.slice(range.clone()).as_bytes());
    for colon in colons.map(|at| range.start + at) {
        if colon < from {
            continue;
        }
        let Some(start) = label_start(text, from, colon) else { continue };
        let rest = text.slice(colon..range.end);
        from = colon + rest.find(['\n', '。']).unwrap_or(rest.len());
        clauses.push(Clause { range: start..from, words: start..from });
    }
    clauses
}

/// Returns the start of the label before a colon, if it opens a line or a sentence.
fn label_start(text: &ScannedText, from: usize, colon: usize) -> Option<usize> {
    let before = without_bold(text.slice(from..colon));
    let (_, len) = text.lexicon.duties.labels.end(before)?;
    let sentence = &before[..before.len() - len];
    let start = from + sentence.len();
    let opens = sentence.is_empty()
        || sentence
            .ends_with(['\n', '。', ';', '*', ')', ']', '】', '〕', '—', '-', '※', '★', '●', '◆']);
    (opens || text.view.gap(start)).then_some(start)
}

/// Removes the marks of bold type after a label: **责任单位**:….
pub(super) fn without_bold(label: &str) -> &str {
    label.trim_end_matches('*')
}

/// Returns true if `after` starts at the end of a paragraph, or at a stop before it.
pub(super) fn closes_paragraph(after: &str) -> bool {
    let after = after.strip_prefix(['。', ';']).unwrap_or(after);
    after.is_empty() || after.starts_with('\n')
}

/// Splits a list at the punctuation marks outside brackets.
pub(super) fn list_items(text: &str) -> Vec<Range<usize>> {
    let mut depth = 0;
    let mut start = 0;
    let mut items = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth -= 1,
            ',' | '、' | ';' | '。' | '/' | '\n' if depth <= 0 => {
                items.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    items.push(start..text.len());
    items.retain(|item| !item.is_empty());
    items
}

const OPEN: [char; 4] = ['(', '[', '【', '〔'];

const CLOSE: [char; 4] = [')', ']', '】', '〕'];

/// Returns the bracketed parts of a text, marks included, ascending by start. An opening
/// mark without a closing one extends to the end of its line, a closing mark without an
/// opening one back to the last stop, if no other bracket is between. O(n).
fn brackets(text: &str) -> Vec<(usize, usize)> {
    /// Maximum length of a responsibility clause in bytes.
    const MAX_CLAUSE: usize = 1500;
    let bytes = text.as_bytes();
    let mut marks: Vec<usize> = memchr::memchr2_iter(b'(', b')', bytes).collect();
    marks.extend(memchr::memchr2_iter(b'[', b']', bytes));
    // 【】〔〕 and others that begin with this byte.
    let wide = memchr::memchr_iter(0xE3, bytes);
    marks.extend(wide.filter(|&at| text[at..].starts_with(['【', '】', '〔', '〕'])));
    marks.sort_unstable();
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    let mut previous = 0;
    for (place, &at) in marks.iter().enumerate() {
        let after = at + first_len(&text[at..]);
        if text[at..].starts_with(OPEN) {
            open.push(place);
        } else if let Some(start) = open.pop() {
            if at - marks[start] < MAX_CLAUSE {
                pairs.push((marks[start], after));
            }
        } else {
            let near = at.min(previous + suffix_start(&text[previous..at], MAX_CLAUSE / 3));
            pairs.push((near + after_last(&text[near..at], &['。', ';', '\n']), after));
        }
        previous = after;
    }
    for place in open {
        let next = *marks.get(place + 1).unwrap_or(&text.len());
        let rest = &text[marks[place]..next];
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        if end < MAX_CLAUSE && (end < rest.len() || next == text.len()) {
            pairs.push((marks[place], marks[place] + end));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Returns the range between the marks of a bracket, one of which can be missing.
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
    fn brackets_pair_from_the_inside() {
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
    fn a_list_splits_outside_brackets() {
        let text = "市发展改革委(市能源局、市粮食局)、市财政局;各区";
        let parts: Vec<_> = list_items(text).into_iter().map(|item| &text[item]).collect();
        assert_eq!(parts, ["市发展改革委(市能源局、市粮食局)", "市财政局", "各区"]);
    }
}
