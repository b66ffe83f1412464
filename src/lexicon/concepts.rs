//! Concepts: the different wordings of one thing, grouped by topic.

use super::dictionary::{Dictionary, Match};
use super::table::{Entry, SourceNote, table};
use crate::error::Error;
use crate::number::to_u32;
use crate::text::full_width;
use indexmap::IndexSet;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::ops::Range;

/// One concept (概念): a thing that policy documents name in several ways.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Name: 药品批发.
    pub concept: String,
    /// Field of work: 流通经营.
    pub topic: String,
    /// Wordings that mean it, with the name if that is one of them: 批零一体化, 批发零售一体化 ….
    pub forms: Vec<String>,
    #[serde(default, rename = "source")]
    _source: SourceNote,
}

impl Entry for Concept {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(&self.concept);
        visit(&self.topic);
        self.forms.iter().for_each(|form| visit(form));
    }
}

table! {
    /// `concepts.json`.
    ConceptTable {
        entries: Vec<Concept>,
    }
}

/// Concepts, their topics, and the dictionary of all their forms. The scanner of the other
/// vocabularies leaves concepts out: only comparisons of texts need them.
pub(crate) struct Concepts {
    table: Vec<Concept>,
    /// In order of first use in the table.
    topics: IndexSet<String>,
    /// Topic of each concept.
    topic_of: Vec<u32>,
    dictionary: Dictionary,
    /// Concept of each word of the dictionary.
    concept_of: Vec<u32>,
}

/// A concept named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConceptMention {
    /// Byte range of the form.
    pub range: Range<usize>,
    /// Index of the concept in the table.
    pub concept: u32,
    /// Index of its topic.
    pub topic: u32,
}

impl Concepts {
    pub(crate) fn new(table: Vec<Concept>) -> Result<Self, Error> {
        let mut topics = IndexSet::new();
        let topic = |concept: &Concept| to_u32(topics.insert_full(concept.topic.clone()).0);
        let topic_of = table.iter().map(topic).collect();
        let mut words: FxHashMap<String, u32> = FxHashMap::default();
        for (number, concept) in (0..).zip(&table) {
            for form in &concept.forms {
                words.extend(printed(form).map(|form| (form, number)));
            }
        }
        let mut words: Vec<(String, u32)> = words.into_iter().collect();
        words.sort_unstable();
        let dictionary = Dictionary::of(words.iter().map(|(word, _)| word.as_str()))?;
        let concept_of = words.into_iter().map(|(_, concept)| concept).collect();
        Ok(Concepts { table, topics, topic_of, dictionary, concept_of })
    }

    pub(crate) fn table(&self) -> &[Concept] {
        &self.table
    }

    /// Returns the number of topics.
    pub(crate) fn topics(&self) -> usize {
        self.topics.len()
    }

    pub(crate) fn topic(&self, topic: u32) -> &str {
        &self.topics[topic as usize]
    }

    /// Returns the concepts named in `text`, in order, disjoint. O(n).
    pub(crate) fn find(&self, text: &str) -> impl Iterator<Item = ConceptMention> {
        let found = self.dictionary.find(text);
        found
            .map(|Match { range, word }| {
                let concept = self.concept_of[word as usize];
                ConceptMention { range, concept, topic: self.topic_of[concept as usize] }
            })
            // The AI in FAIR is not the concept AI.
            .filter(|found| !within_a_run(text, &found.range))
    }
}

/// Returns the printed variants of a form: as it is; if it contains ASCII letters, digits or marks,
/// also in lower case and in full width.
fn printed(form: &str) -> impl Iterator<Item = String> {
    let latin = form.bytes().any(|byte| byte.is_ascii_graphic());
    let others = [form.to_ascii_lowercase(), form.chars().map(full_width).collect()];
    [form.to_owned()].into_iter().chain(others.into_iter().filter(move |_| latin))
}

/// Returns true if a Latin letter or digit at an end of `range` continues outside of it.
fn within_a_run(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    let (before, word) = (&text[..range.start], &text[range.clone()]);
    let continues = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(letter) && outer.is_some_and(letter)
    };
    continues(word.chars().next(), before.chars().next_back())
        || continues(word.chars().next_back(), text[range.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: &[&str]) {
        let concepts = &Lexicon::builtin().concepts;
        let found = concepts.find(text).map(|found| {
            let concept = &concepts.table()[found.concept as usize];
            assert_eq!(concept.topic, concepts.topic(found.topic));
            format!("{}={}", &text[found.range], concept.concept)
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn variants_are_one_concept() {
        check("批零一体化经营", &["批零一体化经营=药品批发"]);
        check("批发零售一体化", &["批发零售一体化=药品批发"]);
        check("首违不罚,免予处罚", &["首违不罚=行政处罚", "免予处罚=行政处罚"]);
    }

    #[test]
    fn the_longest_form_counts() {
        check("首次违法", &[]);
        check("优先审评审批", &["优先审评审批=优先审评"]);
    }

    #[test]
    fn latin_letters_in_any_width_but_whole() {
        check("ＡＩ+医药", &["ＡＩ=人工智能"]);
        check("ai辅助", &["ai=人工智能"]);
        check("FAIR原则", &[]);
    }
}
