use crate::lexicon::Lexicon;
use crate::text::{View, occurrences};

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
