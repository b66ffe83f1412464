use crate::text::full_width;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use indexmap::IndexSet;
use serde::Deserialize;
use std::collections::HashMap;
use std::ops::Range;

/// 概念 — one thing that policy documents name in several ways.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Concept {
    /// Its name: 药品批发.
    pub concept: String,
    /// The field of work that it belongs to: 流通经营.
    pub topic: String,
    /// Wordings that mean it, its name among them if it does: 批零一体化,
    /// 批发零售一体化 ….
    pub forms: Vec<String>,
}

/// Concepts, their topics, and one leftmost-longest scan for all their forms.
pub(crate) struct Concepts {
    table: Vec<Concept>,
    /// In the order of the table.
    topics: IndexSet<String>,
    /// For each concept.
    topic_of: Vec<u32>,
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each form, in the automaton's order.
    concept_of: Vec<u32>,
}

/// A concept that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// The place of the concept in the table.
    pub concept: u32,
    /// The place of its topic.
    pub topic: u32,
}

impl Concepts {
    pub fn new(table: Vec<Concept>) -> Self {
        let mut topics = IndexSet::new();
        let topic = |concept: &Concept| topics.insert_full(concept.topic.clone()).0 as u32;
        let topic_of = table.iter().map(topic).collect();
        let mut words: HashMap<String, u32> = HashMap::new();
        for (number, concept) in (0..).zip(&table) {
            for form in &concept.forms {
                words.extend(
                    printed(form).filter(|form| !form.is_empty()).map(|form| (form, number)),
                );
            }
        }
        let mut words: Vec<(String, u32)> = words.into_iter().collect();
        words.sort_unstable();
        let automaton = (!words.is_empty()).then(|| {
            CharwiseDoubleArrayAhoCorasickBuilder::new()
                .match_kind(MatchKind::LeftmostLongest)
                .build(words.iter().map(|(word, _)| word))
                .expect("words are distinct and not empty")
        });
        let concept_of = words.into_iter().map(|(_, concept)| concept).collect();
        Concepts { table, topics, topic_of, automaton, concept_of }
    }

    pub fn table(&self) -> &[Concept] {
        &self.table
    }

    pub fn topic(&self, topic: u32) -> &str {
        &self.topics[topic as usize]
    }

    /// The concepts that `text` names, in order, disjoint. O(n).
    pub fn find(&self, text: &str) -> impl Iterator<Item = Mention> {
        let found = self.automaton.iter().flat_map(move |words| words.leftmost_find_iter(text));
        found
            .map(|found| {
                let concept = self.concept_of[found.value() as usize];
                let topic = self.topic_of[concept as usize];
                Mention { range: found.start()..found.end(), concept, topic }
            })
            // AI in FAIR is no word.
            .filter(|found| !within_a_run(text, &found.range))
    }
}

/// The ways in which documents print a form: as it is, and if it has Latin
/// letters, small and full-width too.
fn printed(form: &str) -> impl Iterator<Item = String> {
    let latin = form.bytes().any(|byte| byte.is_ascii_graphic());
    let others = [form.to_ascii_lowercase(), form.chars().map(full_width).collect()];
    [form.to_owned()].into_iter().chain(others.into_iter().filter(move |_| latin))
}

/// Whether Latin letters go on before or behind.
fn within_a_run(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    let (before, word) = (&text[..range.start], &text[range.clone()]);
    let goes_on = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(letter) && outer.is_some_and(letter)
    };
    goes_on(word.chars().next(), before.chars().next_back())
        || goes_on(word.chars().next_back(), text[range.end..].chars().next())
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
