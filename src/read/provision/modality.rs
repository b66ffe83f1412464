//! How strongly a sentence binds: 应当, 推动, 鼓励, 可以, 免予.

use crate::lexicon::{Meaning, Token};
use crate::model::{Found, Modality, Rule};
use crate::read::context::Context;
use crate::read::interval_set::Cover;
use memchr::memchr3_iter;
use std::ops::Range;

impl Context<'_> {
    /// The modality of each sentence of a range that has one, in order. Words
    /// inside `names`, titles and responsibility clauses, bind nothing.
    pub fn modality(&self, range: &Range<usize>, names: &Cover) -> Vec<Found<Modality>> {
        let text = &self.view.text[..range.end];
        let mut modality: Vec<(Modality, Range<usize>)> = Vec::new();
        let mut end = 0;
        for &token in self.tokens(range) {
            let words = token.range();
            let Some(said) = self.modal(token).filter(|_| !names.meets(&words)) else { continue };
            match modality.last_mut().filter(|_| words.start < end) {
                // 可以免予: the first of the strongest stands for the sentence.
                Some(strongest) if said > strongest.0 => *strongest = (said, words),
                Some(_) => {}
                None => {
                    end = sentence_end(text, words.end);
                    modality.push((said, words));
                }
            }
        }
        let found = modality.into_iter();
        found.map(|(said, words)| self.found(said, words, Rule::Lexicon)).collect()
    }

    fn modal(&self, token: Token) -> Option<Modality> {
        self.meanings(token).iter().find_map(|meaning| match meaning {
            Meaning::Modal(said) => Some(*said),
            _ => None,
        })
    }
}

/// Where the sentence ends that goes on at `from`.
fn sentence_end(text: &str, from: usize) -> usize {
    // 。 begins with 0xE3, as few other characters do.
    let mut marks = memchr3_iter(0xE3, b';', b'\n', &text.as_bytes()[from..]).map(|at| from + at);
    marks.find(|&at| text[at..].starts_with(['。', ';', '\n'])).unwrap_or(text.len())
}
