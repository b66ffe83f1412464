//! Modality (情态) of a sentence: 应当, 推动, 鼓励, 可以, 免予.

use crate::lexicon::{Meaning, MeaningKinds, Token};
use crate::model::{Found, Modality, Rule};
use crate::read::interval_set::IntervalSet;
use crate::read::scanned_text::ScannedText;
use memchr::memchr3_iter;
use std::ops::Range;

/// Returns the modality of each sentence of a range that has one, in text order.
/// Words inside `excluded`, titles and responsibility clauses, do not bind. O(n).
pub(super) fn modality(
    text: &ScannedText,
    range: &Range<usize>,
    excluded: &IntervalSet,
) -> Vec<Found<Modality>> {
    let mut strongest: Vec<Found<Modality>> = Vec::new();
    let mut end = 0;
    for token in text.tokens_of(range, MeaningKinds::MODAL) {
        let words = token.range();
        let Some(modal) = modal(text, token).filter(|_| !excluded.intersects(&words)) else {
            continue;
        };
        match strongest.last_mut().filter(|_| words.start < end) {
            // 可以免予: the first of the strongest words is kept.
            Some(known) if modal > known.value => *known = text.found(modal, words, Rule::Lexicon),
            Some(_) => {}
            None => {
                end = sentence_end(text.before(range.end), words.end);
                strongest.push(text.found(modal, words, Rule::Lexicon));
            }
        }
    }
    strongest
}

fn modal(text: &ScannedText, token: Token) -> Option<Modality> {
    text.meanings(token).iter().find_map(|meaning| match meaning {
        Meaning::Modal(modality) => Some(*modality),
        _ => None,
    })
}

/// Returns the end of the sentence that contains `from`.
fn sentence_end(text: &str, from: usize) -> usize {
    // 。 begins with 0xE3, as few other characters do.
    let mut marks = memchr3_iter(0xE3, b';', b'\n', &text.as_bytes()[from..]).map(|at| from + at);
    marks.find(|&at| text[at..].starts_with(['。', ';', '\n'])).unwrap_or(text.len())
}
