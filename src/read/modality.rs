//! How strongly a sentence binds: 应当, 推动, 鼓励, 可以, 免予.

use super::context::Context;
use super::cover::Cover;
use crate::model::{Found, Modality, Rule};
use std::ops::Range;

impl Context<'_> {
    /// The modality of each sentence of a range that has one, in order. Words
    /// inside `names`, titles and responsibility clauses, bind nothing.
    pub fn modality(&self, range: &Range<usize>, names: &Cover) -> Vec<Found<Modality>> {
        let text = self.text(range.clone());
        let mut modality: Vec<(Modality, Range<usize>)> = Vec::new();
        let mut end = 0;
        for (words, said) in self.lexicon.modals.find(text) {
            let at = range.start + words.start..range.start + words.end;
            if names.meets(&at) {
                continue;
            }
            match modality.last_mut().filter(|_| words.start < end) {
                // 可以免予: the first of the strongest stands for the sentence.
                Some(strongest) if said > strongest.0 => *strongest = (said, at),
                Some(_) => {}
                None => {
                    end = sentence_end(text, words.end);
                    modality.push((said, at));
                }
            }
        }
        let found = modality.into_iter();
        found.map(|(said, words)| self.found(said, words, Rule::Lexicon)).collect()
    }
}

/// Where the sentence ends that goes on at `from`.
fn sentence_end(text: &str, from: usize) -> usize {
    text[from..].find(['。', ';', '\n']).map_or(text.len(), |at| from + at)
}
