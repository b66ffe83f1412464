//! The issuers of a document that is not signed.

use super::issuer_names::{NAME, names_before, names_filling, names_from};
use crate::model::{Found, Rule};
use crate::outline::Layout;
use crate::read::interval_set::IntervalSet;
use crate::read::naming::names::{NamedInstrument, Names};
use crate::read::naming::{agencies, citations};
use crate::text::{first_chars, occurrences};
use std::ops::Range;

/// Returns the bodies after a label outside the provisions: 来源:四川省科学技术厅.
pub(super) fn labelled(names: &Names, layout: &Layout) -> Vec<Found<String>> {
    let (text, all) = (names.text, names.text.all());
    let labels = &text.lexicon.layout.issued_by;
    let colons = occurrences(all, ":").map(|at| at + 1);
    let outside = colons.filter(|&at| at <= layout.head.end || at > layout.tail.start);
    let values = outside.filter(|&at| labels.end(&all[..at]).is_some());
    let mut found = values.map(|at| {
        let start = at + usize::from(all[at..].starts_with('\n'));
        let near = first_chars(&all[start..], NAME);
        let line = start + near.find('\n').unwrap_or(near.len());
        let end = text.view.first_gap(start, line).unwrap_or(line);
        names_from(names, &(start..end))
    });
    found.find(|issuers| !issuers.is_empty()).unwrap_or_default()
}

/// Returns the longest run of lines that are names of bodies only, in the head,
/// else in the tail: a letterhead (发文机关标志), without 文件, or a signature
/// without a date.
pub(super) fn name_lines(names: &Names, layout: &Layout) -> Vec<Found<String>> {
    /// Lines of the head and of the tail that are read.
    const LINES: usize = 60;
    let text = names.text;
    let ends_in_names = |line: &Range<usize>| {
        let words = text.slice(line.clone()).trim_end_matches("文件");
        names_filling(names, line.start..line.start + words.len(), Rule::Signature)
    };
    let longest = |part: &Range<usize>| {
        let lines = text.lines(part);
        let runs = lines.iter().take(LINES).map(ends_in_names);
        runs.fold(Vec::new(), |a, b| if b.len() > a.len() { b } else { a })
    };
    let mut parts = [&layout.head, &layout.tail].into_iter().map(longest);
    parts.find(|issuers| !issuers.is_empty()).unwrap_or_default()
}

/// Returns the bodies that a report names as issuers:
/// 中共中央办公厅、国务院办公厅印发了《…》.
pub(super) fn reported_by(names: &Names, named: &NamedInstrument) -> Vec<Found<String>> {
    let before = names.text.before(named.range.start);
    let before_verb = names.text.lexicon.cues.signature.reports.strip_end(before);
    before_verb.map_or(Vec::new(), |before| names_before(names, before.len(), Rule::Lead))
}

/// Returns the agencies that a news item reports on: the first ones in its first
/// sentence, one after another.
pub(super) fn lead(names: &Names, head: &Range<usize>) -> Vec<Found<String>> {
    let text = names.text;
    let words = text.slice(head.clone());
    let first = words.split(['。', '\n']).find(|s| !s.starts_with("附件")).unwrap_or(words);
    let start = head.start + words.find(first).unwrap_or(0);
    let sentence = start..start + first.len();
    let titles = citations::named(names, &sentence);
    let titles: IntervalSet = titles.into_iter().map(|title| title.range).collect();
    let mentions = agencies::mentions(names, &sentence).into_iter();
    let outside = mentions.filter(|mention| !titles.contains(&mention.range));
    let mut issuers: Vec<Found<String>> = Vec::new();
    let mut end = None;
    for mention in outside {
        let joined = end.is_none_or(|end| {
            text.lexicon.cues.signature.joiners.contains(text.slice(end..mention.range.start))
        });
        if !joined {
            break;
        }
        end = Some(mention.range.end);
        issuers.push(text.found(mention.name.to_string(), mention.range, Rule::Lead));
    }
    issuers
}
