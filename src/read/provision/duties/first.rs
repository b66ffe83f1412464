//! The rule of a document that the first body of each list leads: 列第一位者为牵头单位.

use crate::read::scanned_text::ScannedText;
use crate::text::{since_mark, until_mark};

/// Returns true if the document declares that the first agency of each list leads:
/// 责任单位列第一位者为牵头单位, 排名第一的为牵头单位. O(n).
pub(in crate::read) fn first_leads(text: &ScannedText) -> bool {
    /// Maximum length of such a phrase on each side of 牵头, in characters.
    const LONGEST: usize = 30;
    const MARKS: [char; 7] = ['。', ',', ';', ':', '(', ')', '\n'];
    let verbs = &text.lexicon.cues.duties.leading;
    verbs.occurrences(text.all()).map(|verb| verb.start).any(|at| {
        let before = since_mark(text.before(at), LONGEST, &MARKS);
        let after = until_mark(text.after(at), LONGEST, &MARKS);
        declares_first_leads(text, text.slice(at - before.len()..at + after.len()))
    })
}

/// Returns true for a phrase that makes the first name of a list lead, and has no
/// name itself: 列第一位者为牵头单位.
pub(super) fn declares_first_leads(text: &ScannedText, phrase: &str) -> bool {
    text.lexicon.cues.duties.leading.occur_in(phrase) && text.lexicon.duties.first.occur_in(phrase)
}

/// Returns the length of the name before the bracket that makes the first name of its list lead:
/// 省药监局(列首位的为牵头单位).
pub(super) fn before_declaration(text: &ScannedText, item: &str) -> Option<usize> {
    let note = item.rfind(['(', '〔']).filter(|&at| at > 0)?;
    declares_first_leads(text, &item[note..]).then_some(note)
}
