//! Forms of the lines in the head of a document.

use crate::read::scanned_text::ScannedText;
use crate::text::{is_within, prefix_end};
use std::ops::Range;

/// Maximum length of a title in characters.
pub(super) const MAX_TITLE: usize = 100;

/// Returns true for a line of addressees or running text.
pub(super) fn is_running(text: &ScannedText, line: &str) -> bool {
    /// Maximum length of a label in characters.
    const LABEL: usize = 6;
    if line.starts_with('(') {
        return false;
    }
    let clauses = line.contains(',') && text.lexicon.titles.sentences.start(line).is_some();
    let colon = line.ends_with(':') && !is_within(line, LABEL + 1);
    clauses || colon || line.contains(['。', ';']) || !is_within(line, MAX_TITLE)
}

/// Returns true for an entry of a numbered list: 2.专家组意见.
pub(super) fn opens_entry(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', '、', ')'])
}

/// Returns true for a label without its value: 发布机构.
pub(super) fn is_label(text: &ScannedText, line: &str) -> bool {
    let label = line.trim_end_matches(':');
    let labels = &text.lexicon.layout.issued_by;
    labels.iter().any(|other| other.trim_end_matches(':') == label)
}

/// Returns the first line of a head that does not open with running text.
pub(super) fn opening_line(text: &ScannedText, lines: &[Range<usize>]) -> Option<Range<usize>> {
    let first = lines.first()?;
    let words = text.slice(first.clone());
    let sentence = is_running(text, words) || text.lexicon.titles.is_sentence(words);
    (!sentence).then(|| first.clone())
}

/// Returns `lines` with the first one parted where white space was dropped, if it is running text:
/// in a flattened text white space is between title, number and text.
pub(super) fn parted(text: &ScannedText, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    /// Maximum length of a part in characters.
    const PART: usize = 60;
    /// Maximum number of parts before the rest.
    const PARTS: usize = 12;
    let Some((first, others)) = lines.split_first() else { return Vec::new() };
    if !is_running(text, text.slice(first.clone())) {
        return lines.to_vec();
    }
    let mut parts = Vec::new();
    let mut start = first.start;
    while parts.len() < PARTS {
        let near = start + prefix_end(text.slice(start..first.end), PART);
        let Some(gap) = text.view.first_gap(start, near) else { break };
        parts.push(start..gap);
        start = gap;
    }
    parts.push(start..first.end);
    parts.extend_from_slice(others);
    parts
}
