use super::scan::automaton;
use crate::model::Modality;
use daachorse::CharwiseDoubleArrayAhoCorasick;
use serde::Deserialize;
use std::ops::Range;

/// `modality.json`.
#[derive(Deserialize)]
struct Table {
    must: Vec<String>,
    promote: Vec<String>,
    encourage: Vec<String>,
    allow: Vec<String>,
    exempt: Vec<String>,
    /// Longer words that hold one of those and bind nothing: 许可, 供应.
    apart: Vec<String>,
}

/// The words that say how a sentence binds.
#[derive(Clone, Deserialize)]
#[serde(from = "Table")]
pub(crate) struct Modals {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    meanings: Vec<Option<Modality>>,
}

impl From<Table> for Modals {
    fn from(table: Table) -> Self {
        let lists = [
            (table.must, Some(Modality::Must)),
            (table.promote, Some(Modality::Promote)),
            (table.encourage, Some(Modality::Encourage)),
            (table.allow, Some(Modality::Allow)),
            (table.exempt, Some(Modality::Exempt)),
            (table.apart, None),
        ];
        let words = lists
            .into_iter()
            .flat_map(|(words, meaning)| words.into_iter().map(move |word| (word, meaning)));
        let (words, meanings): (Vec<String>, Vec<_>) = words.unzip();
        Modals { automaton: automaton(&words), meanings }
    }
}

impl Modals {
    /// The modal words of `text`, ascending and disjoint. O(n).
    pub fn find(&self, text: &str) -> impl Iterator<Item = (Range<usize>, Modality)> {
        let found = self.automaton.leftmost_find_iter(text);
        found.filter_map(|m| Some((m.start()..m.end(), self.meanings[m.value() as usize]?)))
    }
}
