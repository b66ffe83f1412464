//! The form in which a line ends, as titles do.

use crate::lexicon::TitleForm;
use crate::read::document::line_forms::{MAX_TITLE, is_balanced, opens_entry};
use crate::read::naming::canonical::ends_as_body;
use crate::read::naming::names::Names;
use crate::text::is_within;
use std::ops::Range;

/// Returns the form of a line without its number; `None` if it is not a whole title.
pub(super) fn form(names: &Names, line: &Range<usize>) -> Option<TitleForm> {
    let words = names.text.slice(line.clone());
    let whole = is_balanced(words) && !names.text.lexicon.titles.is_sentence(words);
    ending(names, line).filter(|_| whole)
}

/// Returns the form in which a line ends, without its number; `None` if it cannot be the last line
/// of a title.
pub(super) fn ending(names: &Names, line: &Range<usize>) -> Option<TitleForm> {
    /// Maximum length in characters of the issuers before a colon.
    const ISSUERS: usize = 30;
    let text = names.text;
    let words = text.slice(line.clone());
    if !is_within(words, MAX_TITLE) {
        return None;
    }
    let layout = &text.lexicon.layout;
    let other = (words.starts_with('(') && words.ends_with(')'))
        || layout.chapters.contains(words)
        || layout.furniture.contains(words)
        || opens_entry(words);
    let path = words.contains('>') && !words.contains('<');
    if other || path || words.contains(['。', ';', '?', '!', '|']) {
        return None;
    }
    if let Some((issuer, title)) = words.split_once(':') {
        // 省科技厅等三部门:关于下达…的通知
        let name = issuer.split_once('等').map_or(issuer, |(name, _)| name);
        let body = is_within(issuer, ISSUERS) && ends_as_body(names, name);
        if !body || title.contains(':') {
            return None;
        }
    }
    text.lexicon.titles.ending(words)
}
