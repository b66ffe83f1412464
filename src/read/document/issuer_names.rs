//! Full names of public bodies in signatures, titles and lines of names.

use crate::model::{Found, Rule};
use crate::read::naming::agencies::{self, is_relative};
use crate::read::naming::canonical::{DefaultRegion, resolve, resolve_known};
use crate::read::naming::names::Names;
use crate::text::suffix_start;
use std::ops::Range;

/// Maximum length of a body's name in characters.
pub(super) const NAME: usize = 60;

/// Returns the bodies named directly before `end`, one after another or one a
/// line, in text order: the last 256 of them.
pub(super) fn names_before(names: &Names, end: usize, rule: Rule) -> Vec<Found<String>> {
    /// Maximum number of names. Several times the number of bodies that sign together; each line
    /// of a longer list would be read back to the start of the list.
    const MAX_NAMES: usize = 256;
    let text = names.text;
    let mut found: Vec<Found<String>> = Vec::new();
    let mut end = end;
    while found.len() < MAX_NAMES {
        let bounded = found.is_empty() || text.view.gap(end);
        let trimmed = without_marks(text.before(end)).len();
        let Some((name, range)) = name_before(names, trimmed, bounded || trimmed < end) else {
            break;
        };
        // Signatures are full names: 省药监局 before a date is running text.
        if is_relative(text, text.slice(range.clone())) {
            break;
        }
        end = range.start;
        found.push(text.found(name, range, rule));
    }
    found.reverse();
    found
}

/// Returns the bodies named in `range` if their names fill it, otherwise an empty list.
pub(super) fn names_filling(names: &Names, range: Range<usize>, rule: Rule) -> Vec<Found<String>> {
    let found = names_before(names, range.end, rule);
    let start = names.text.span(range).start;
    let fills = found.first().is_some_and(|name| name.span.start <= start);
    if fills { found } else { Vec::new() }
}

/// Returns the bodies named at the start of `range`, one after another.
pub(super) fn names_from(names: &Names, range: &Range<usize>) -> Vec<Found<String>> {
    let text = names.text;
    let mut end = range.start;
    let mut found = Vec::new();
    for mention in agencies::mentions(names, range) {
        if !matches!(text.slice(end..mention.range.start), "" | "、" | "\n") {
            break;
        }
        end = mention.range.end;
        found.push(text.found(mention.name.to_string(), mention.range, Rule::Head));
    }
    found
}

/// Removes the list marks, line ends and page number at the end.
fn without_marks(text: &str) -> &str {
    let text = text.trim_end_matches(['\n', '、']);
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if text.len() - digits.len() <= 3 && digits.ends_with('\n') {
        return digits.trim_end_matches('\n');
    }
    text
}

/// Returns the body with the name that ends at `end`: a known one, or, if `bounded`
/// (white space or a mark follows it), one that white space precedes.
fn name_before(names: &Names, end: usize, bounded: bool) -> Option<(String, Range<usize>)> {
    let (text, all) = (names.text, names.text.all());
    let near = suffix_start(text.before(end), NAME);
    let line_start = near + all[near..end].rfind('\n').map_or(0, |at| at + 1);
    if let Some(known) = known_name_before(names, line_start, end) {
        return Some(known);
    }
    // A long name can take two lines.
    let line_before = all[near..line_start].trim_end_matches('\n').rfind('\n');
    let line_before = line_before.map_or(near, |at| near + at + 1);
    let after_space = |at: &usize| *at == 0 || all[..*at].ends_with('\n') || text.view.gap(*at);
    let full_name = |range: Range<usize>| resolve(names, &text.printed(range), None);
    // The line before is a part of the name only if it is not a name itself.
    let continues = |at: usize| at < line_start && full_name(at..line_start).is_none();
    let starts = || {
        let offsets = all[line_before..end].char_indices().rev().map(|(at, _)| line_before + at);
        offsets.filter(|at| bounded && after_space(at) && (*at >= line_start || continues(*at)))
    };
    let full = starts().find_map(|at| Some((full_name(at..end)?, at..end)));
    // Ministries sign without 国家: 卫生健康委 教育部 医保局.
    let national = |range| resolve_known(names, &text.printed(range), Some(DefaultRegion::Nation));
    full.or_else(|| starts().find_map(|at| Some((national(at..end)?, at..end))))
}

/// Returns the known body with a name that ends at `end`, or the office that signs for
/// one: 辽宁省医疗保障局办公室.
fn known_name_before(
    names: &Names,
    line_start: usize,
    end: usize,
) -> Option<(String, Range<usize>)> {
    let text = names.text;
    let line = text.slice(line_start..end);
    let office = text.lexicon.cues.agencies.signing_offices.end(line).map(str::len);
    std::iter::once(0).chain(office).find_map(|office| {
        let known = agencies::mentions(names, &(line_start..end - office)).pop()?;
        let name = format!("{}{}", known.name, text.slice(end - office..end));
        (known.range.end == end - office).then_some((name, known.range.start..end))
    })
}
