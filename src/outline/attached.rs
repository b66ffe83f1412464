use super::closing::body_end;
use crate::lexicon::Lexicon;
use crate::text::{View, is_within, occurrences};
use std::ops::Range;

/// Returns the start of the text that a notice with items of its own issues: 关于印发X的通知
/// comes before `first`, the start of the notice's first item, and X is a line after
/// it. O(n).
pub(crate) fn attached(view: &View, lexicon: &Lexicon, first: usize) -> Option<usize> {
    let (head, rest) = view.text.split_at(first);
    let cues = &lexicon.cues.outline;
    let (at, issues) = cues.issues.first(head)?;
    let issued = &head[at + issues.len()..];
    let issued = &issued[..cues.notices.first(issued)?.0];
    let title: String = issued.chars().filter(|c| !matches!(c, '\n' | '《' | '》')).collect();
    let is_line = |at: &usize| {
        let after = &rest[at + title.len()..];
        rest[..*at].ends_with('\n') && (after.is_empty() || after.starts_with(['\n', '(']))
    };
    let at = occurrences(rest, &title).find(is_line).filter(|_| !title.is_empty())?;
    Some(first + at)
}

/// Returns the end of a text without items: the start of its closing lines, or of those of the prose
/// that it issues, below the title of that. `from` is an offset above the first sentence. O(n).
pub(super) fn end_of_prose(view: &View, lexicon: &Lexicon, from: usize) -> usize {
    let end = view.text.len();
    let tail = body_end(view, lexicon, from, end).unwrap_or(end);
    match issued_prose(view, lexicon, tail) {
        Some(prose) => body_end(view, lexicon, prose, end).unwrap_or(end),
        None => tail,
    }
}

/// Returns the start of the prose below the title of an issued text, which the text before `tail`
/// names: 现将《…要求》印发给你们, a signature, …要求.
fn issued_prose(view: &View, lexicon: &Lexicon, tail: usize) -> Option<usize> {
    /// Maximum number of lines, or parts of a flattened line, from the closing lines to the title.
    const PARTS: usize = 12;
    /// Lengths of a title in characters.
    const MIN_TITLE: usize = 6;
    const MAX_TITLE: usize = 70;
    const MARKS: [char; 6] = ['《', '》', '〈', '〉', '<', '>'];
    let plain = |words: &str| words.replace(MARKS, "");
    let mut before = None;
    let mut parts = parts(view, tail).take(PARTS).peekable();
    while let Some(part) = parts.next() {
        let words = &view.text[part.clone()];
        let next = parts.peek()?;
        let bare = plain(words.split('(').next().unwrap_or(words));
        let can_be_title = is_within(words, MAX_TITLE)
            && !is_within(&bare, MIN_TITLE - 1)
            && !words.contains(['。', ';', ':'])
            && lexicon.titles.form(words).is_some();
        if !can_be_title || !view.text[next.clone()].contains('。') {
            continue;
        }
        let before = before.get_or_insert_with(|| plain(&view.text[..tail]));
        if before.contains(&bare) {
            return Some(part.end);
        }
    }
    None
}

/// Returns the lines from `at` on, parted at white space.
fn parts<'v>(view: &'v View, at: usize) -> impl Iterator<Item = Range<usize>> + 'v {
    let mut start = at;
    let next = move || {
        let rest = &view.text[start..];
        start += rest.len() - rest.trim_start_matches('\n').len();
        let line = view.text[start..].find('\n').map_or(view.text.len(), |line| start + line);
        let part = start..view.first_gap(start, line).unwrap_or(line);
        start = part.end;
        (!part.is_empty()).then_some(part)
    };
    std::iter::from_fn(next)
}
