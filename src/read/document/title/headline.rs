//! The heading of a document that has no title.

use super::lines::is_all_names;
use crate::read::document::dates::dates;
use crate::read::document::line_forms::{is_running, opens_entry};
use crate::read::naming::names::Names;
use crate::read::scanned_text::ScannedText;
use crate::text::is_han;
use std::ops::{Range, RangeInclusive};

/// Returns the first line that is neither label, date nor number, if it is a heading in no form of
/// a title, above running text or measures: 我市启用水质监测平台. Below the navigation of a page it
/// is the line above that of the day and the source.
///
/// * `measures`: true if measures follow the lines.
pub(crate) fn headline(
    names: &Names,
    lines: &[Range<usize>],
    measures: bool,
) -> Option<Range<usize>> {
    /// Lines that are read.
    const LINES: usize = 24;
    let text = names.text;
    let aside = |line: &Range<usize>| is_aside(text, text.slice(line.clone()));
    let heading = |at: usize| is_heading(names, text.slice(lines[at].clone()));
    let running = |line: &Range<usize>| is_running(text, text.slice(line.clone()));
    let first = lines.iter().position(|line| !aside(line))?;
    let above_text =
        || lines[first + 1..].iter().find(|line| !aside(line)).map_or(measures, running);
    let at = if heading(first) && above_text() {
        first
    } else {
        let mut near = first..lines.len().min(first + LINES);
        near.find(|&at| is_stamped(text, lines, at) && heading(at))?
    };
    Some(lines[at].clone())
}

/// Returns true for a label, a number or a date.
fn is_aside(text: &ScannedText, line: &str) -> bool {
    !is_running(text, line) && (line.contains([':', '号']) || !dates(text.lexicon, line).is_empty())
}

fn is_heading(names: &Names, line: &str) -> bool {
    const LENGTH: RangeInclusive<usize> = 8..=60;
    let lexicon = names.text.lexicon;
    let begins = |c: char| is_han(c) || matches!(c, '《' | '“' | '【') || c.is_ascii_digit();
    LENGTH.contains(&line.chars().count())
        && line.starts_with(begins)
        && !line.contains(['。', ';', '>', '|', '/', '_'])
        && !line.ends_with(':')
        && !line.ends_with("文件")
        && !opens_entry(line)
        && lexicon.titles.sentences.start(line).is_none()
        && lexicon.layout.furniture.start(line).is_none()
        && lexicon.layout.closings.start(line).is_none()
        && !is_all_names(names, line)
}

/// Returns true if the day and the source of a page are on the line directly below the line at `at`.
fn is_stamped(text: &ScannedText, lines: &[Range<usize>], at: usize) -> bool {
    let until = lines.get(at + 1).map_or(lines[at].end, |below| below.end);
    let below = text.slice(lines[at].end..until).trim_start_matches('\n');
    let below = below.split('\n').next().unwrap_or_default();
    text.lexicon.layout.provided_by.occur_in(below) && !dates(text.lexicon, below).is_empty()
}
