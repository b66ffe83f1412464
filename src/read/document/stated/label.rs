//! Labels of the facts beside a text: 发文机关:, 成文日期 |, 【文号】.

use crate::lexicon::{LayoutWords, Words};
use crate::read::scanned_text::ScannedText;
use crate::text::{is_han, is_within, occurrences};
use std::ops::Range;

/// The meaning of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read::document) enum Label {
    Issuer,
    /// The provider of the page.
    Provider,
    Number,
    Title,
    Signed,
    Published,
    /// A date that is that of publication if nothing tells that it is that of an event.
    Posted,
    Effective,
    Expires,
    Other,
}

impl Label {
    /// Returns each label with its list of words.
    fn lists(layout: &LayoutWords) -> [(Label, &Words); 10] {
        [
            (Label::Issuer, &layout.issued_by),
            (Label::Provider, &layout.provided_by),
            (Label::Number, &layout.numbered),
            (Label::Title, &layout.titled),
            (Label::Signed, &layout.signed_on),
            (Label::Published, &layout.published_on),
            (Label::Posted, &layout.posted_on),
            (Label::Effective, &layout.effective_on),
            (Label::Expires, &layout.expires_on),
            (Label::Other, &layout.stated),
        ]
    }
}

/// A label on a line.
#[derive(Clone)]
pub(super) struct Mark {
    pub(super) label: Label,
    pub(super) words: Range<usize>,
    /// Start of the value.
    pub(super) value: usize,
}

/// Returns the label that fills a cell: 发文机关, 【文号】, 成文日期:.
pub(super) fn label_of(text: &ScannedText, cell: &Range<usize>) -> Option<Label> {
    let words = text.slice(without_marks(text, cell.clone()));
    let lists = Label::lists(&text.lexicon.layout);
    lists.into_iter().find(|(_, list)| list.contains(words)).map(|(label, _)| label)
}

/// Returns the labels of a line, in order.
///
/// * `block`: true if the line before has labels.
pub(super) fn marks(text: &ScannedText, line: &Range<usize>, block: bool) -> Vec<Mark> {
    let mut found: Vec<Mark> = Vec::new();
    for (label, words) in candidates(text, line) {
        let last = found.last();
        if last.is_some_and(|last| words.start < last.value) {
            continue;
        }
        let (before, after) = (text.slice(line.start..words.start), text.after(words.end));
        let opens = before.is_empty()
            || text.view.gap(words.start)
            || before.ends_with(|c: char| !is_han(c) && !c.is_ascii_alphabetic());
        // In a flattened block a label follows the value before it: 国务院成文日期:.
        let follows = || {
            let gap = last.map(|last| text.view.first_gap(last.value, words.start + 1).is_none());
            label != Label::Posted && gap == Some(true)
        };
        let closed = after.starts_with([':', '|']) || {
            before.ends_with(['【', '[']) && after.starts_with(['】', ']'])
        };
        let ends = words.end == line.end || text.view.gap(words.end) || after.starts_with('\t');
        let bare = || ends && opens && is_usual(text, &words, label, block || last.is_some());
        if (closed && (opens || follows())) || bare() {
            let marks =
                after[..line.end - words.end].trim_start_matches([':', '|', '】', ']', '\t']);
            found.push(Mark { label, value: line.end - marks.len(), words });
        }
    }
    found
}

/// Returns true for a label that is known as one without a colon: it is long, or in a block of
/// labels.
fn is_usual(text: &ScannedText, words: &Range<usize>, label: Label, block: bool) -> bool {
    /// Minimum length of such a label in characters.
    const LONG: usize = 4;
    let long = !is_within(text.slice(words.clone()), LONG - 1);
    block || (long && !matches!(label, Label::Title | Label::Posted))
}

/// Returns the words on a line that are labels if their place is that of one, ascending: those at
/// the start of the line, after a gap or a mark, and before a colon.
fn candidates(text: &ScannedText, line: &Range<usize>) -> Vec<(Label, Range<usize>)> {
    let words = text.slice(line.clone());
    let lists = Label::lists(&text.lexicon.layout);
    let mut found: Vec<(Label, Range<usize>)> = Vec::new();
    let mut start_at = |start: usize| {
        let rest = text.slice(start..line.end);
        let labels =
            lists.iter().filter_map(|(label, list)| Some((*label, list.start(rest)?.len())));
        let longest = labels.max_by_key(|&(_, len)| len);
        found.extend(longest.map(|(label, len)| (label, start..start + len)));
    };
    start_at(line.start);
    let mut gap = line.start;
    while let Some(next) = text.view.first_gap(gap, line.end) {
        start_at(next);
        gap = next;
    }
    for mark in memchr::memchr3_iter(b'|', b'\t', b'[', words.as_bytes()) {
        start_at(line.start + mark + 1);
    }
    for at in occurrences(words, "【") {
        start_at(line.start + at + "【".len());
    }
    for colon in memchr::memchr_iter(b':', words.as_bytes()).map(|at| line.start + at) {
        let before = text.slice(line.start..colon);
        let labels =
            lists.iter().filter_map(|(label, list)| Some((*label, list.end(before)?.len())));
        let longest = labels.max_by_key(|&(_, len)| len);
        found.extend(longest.map(|(label, len)| (label, colon - len..colon)));
    }
    found.sort_by_key(|(_, words)| (words.start, std::cmp::Reverse(words.end)));
    found.dedup_by_key(|(_, words)| words.start);
    found
}

/// Removes the marks around a value.
pub(super) fn without_marks(text: &ScannedText, value: Range<usize>) -> Range<usize> {
    const MARKS: [char; 8] = ['|', '\t', ':', '【', '[', '】', ']', ' '];
    let words = text.slice(value.clone());
    let start = value.start + words.len() - words.trim_start_matches(MARKS).len();
    let end = value.end - (words.len() - words.trim_end_matches(MARKS).len());
    start..end.max(start)
}
