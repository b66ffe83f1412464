//! Outlines in decimal numbers (1, 1.1, 1.1.1), as emergency plans and standards have them.

use super::heading::MAX_HEADING;
use super::marker::{Marker, OrdinalLevel};
use crate::text::{View, is_within, lines};
use std::ops::Range;

/// Maximum number of parts of a decimal number: 3.2.1.1.
const DEPTH: usize = 4;

/// Adds the decimal numbers that open the lines of an outline: 1 is the number of a chapter, 1.1 that
/// of a measure. Each number is the next one below or beside the one before it; no other outline
/// begins before the first, and two lines have a number of two parts. O(n).
pub(super) fn with_decimals(view: &View, markers: Vec<Marker>) -> Vec<Marker> {
    let numbers = outline(view);
    let second = numbers.iter().filter(|number| number.level == OrdinalLevel::Second);
    let outlined = |first: &Marker| {
        use OrdinalLevel::{Article, Chapter, First};
        let opens =
            |marker: &Marker| marker.own_line && matches!(marker.level, Chapter | First | Article);
        markers.iter().take_while(|marker| marker.start < first.start).any(opens)
    };
    if second.count() < 2 || numbers.first().is_none_or(outlined) {
        return markers;
    }
    // 1. of 1.1. is no ordinal of its own.
    let mut others = markers;
    others.retain(|marker| {
        let after = numbers.partition_point(|number| number.start <= marker.start);
        after.checked_sub(1).is_none_or(|at| numbers[at].end <= marker.start)
    });
    others.extend(numbers);
    others.sort_by_key(|marker| marker.start);
    others
}

/// Returns the decimal numbers at the starts of lines, each the next one of its parent.
fn outline(view: &View) -> Vec<Marker> {
    let text = view.text.as_str();
    let mut last: Option<Number> = None;
    let mut first = "";
    let mut found = Vec::new();
    for Range { start, end } in lines(text) {
        let line = &text[start..end];
        let number = number(line).filter(|number| is_followed(view, line, start, number));
        if let Some(number) = number {
            let words = &line[number.len..];
            let again = number.depth == 1 && !found.is_empty() && repeats(first, words);
            let next = last.as_ref().map_or(number.parts == FIRST, |last| number.follows(last));
            if (next || (again && number.parts == FIRST)) && (number.depth > 1 || is_heading(words))
            {
                if found.is_empty() {
                    first = words;
                }
                found.push(number.marker(start));
                last = Some(number);
            }
        }
    }
    found
}

/// The number 1.
const FIRST: [u32; DEPTH] = [1, 0, 0, 0];

/// Returns true for the heading of a chapter: 1 总则.
fn is_heading(words: &str) -> bool {
    is_within(words, MAX_HEADING) && !words.contains(['。', ',', ';'])
}

/// Returns true if the first heading below a table of contents repeats its first entry: 总则…1.
fn repeats(entry: &str, words: &str) -> bool {
    let entry = entry.trim_end_matches(|c: char| c.is_ascii_digit() || ".…·()- ".contains(c));
    !entry.is_empty() && words == entry
}

/// A decimal number.
struct Number {
    /// Its parts; 0 after the last one.
    parts: [u32; DEPTH],
    depth: usize,
    /// Length in bytes, with the mark after it.
    len: usize,
    /// True for a mark after it: 1., 1、.
    marked: bool,
}

/// Reads the number that opens a line.
fn number(line: &str) -> Option<Number> {
    let mut parts = [0; DEPTH];
    let mut depth = 0;
    let mut len = 0;
    loop {
        let rest = &line[len..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 || digits > 2 || depth == DEPTH {
            break;
        }
        parts[depth] = rest[..digits].parse().ok().filter(|&part| part > 0)?;
        depth += 1;
        len += digits;
        match line[len..].strip_prefix('.') {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => len += 1,
            _ => break,
        }
    }
    let mark = line[len..].chars().next().filter(|c| matches!(c, '.' | '、'));
    let marked = depth > 0 && mark.is_some();
    len += mark.filter(|_| marked).map_or(0, char::len_utf8);
    (depth > 0).then_some(Number { parts, depth, len, marked })
}

/// Returns true if words follow the number as they follow an ordinal: after a blank or a mark, or, if
/// it has several parts, without one. 5% and 10个 are figures.
fn is_followed(view: &View, line: &str, start: usize, number: &Number) -> bool {
    let Some(next) = line[number.len..].chars().next() else { return false };
    let apart = number.marked || next == ' ' || view.gap(start + number.len);
    let words = !next.is_ascii_digit() && !"%‰.-/~:".contains(next);
    words && (apart || number.depth > 1)
}

impl Number {
    /// Returns true for the first number below `last`, and for the next one beside it or beside one
    /// above it.
    fn follows(&self, last: &Number) -> bool {
        let at = self.depth - 1;
        let next = at <= last.depth && self.parts[at] == last.parts.get(at).map_or(1, |n| n + 1);
        next && self.parts[..at] == last.parts[..at]
    }

    fn marker(&self, start: usize) -> Marker {
        use OrdinalLevel::{First, Fourth, Second, Third};
        Marker {
            level: [First, Second, Third, Fourth][self.depth - 1],
            ordinal: self.parts[self.depth - 1],
            start,
            end: start + self.len,
            own_line: true,
            bounded: true,
            complete: true,
        }
    }
}
