use crate::lexicon::Lexicon;
use crate::text::{View, occurrences};

/// Where the text begins that a notice with items of its own issues: 关于印发X的通知
/// stands above its first item, at `first`, and X on a line below. O(n).
pub(crate) fn attached(view: &View, lexicon: &Lexicon, first: usize) -> Option<usize> {
    let (head, rest) = view.text.split_at(first);
    let cues = &lexicon.cues.outline;
    let (at, issues) = cues.issues.first(head)?;
    let issued = &head[at + issues.len()..];
    let issued = &issued[..cues.notices.first(issued)?.0];
    let title: String = issued.chars().filter(|c| !matches!(c, '\n' | '《' | '》')).collect();
    let lines = |at: &usize| {
        let after = &rest[at + title.len()..];
        rest[..*at].ends_with('\n') && (after.is_empty() || after.starts_with(['\n', '(']))
    };
    let at = occurrences(rest, &title).find(lines).filter(|_| !title.is_empty())?;
    Some(first + at)
}
