//! Text → bag of features: words, and concepts with their topics.

use std::sync::Arc;

use super::{Feature, features, provision_text, run_character};
use crate::lexicon::{Concepts, Lexicon};
use crate::model::{Measure, Record};

/// The features (特征) of a text with their counts: ascending, without repeats, counts
/// from 1.
pub(crate) type Bag = Vec<(Feature, u32)>;

/// Number of occurrences that one concept in a heading counts for: a heading names the
/// subject.
const HEADING: u32 = 3;

/// Number of occurrences that one concept in the heading of the chapter counts for.
const CHAPTER: u32 = 2;

/// Maximum number of characters of the first sentence that serves as heading of a text
/// without one.
const MAX_HEADING: usize = 40;

/// Extracts the words of a text and its subject, the concepts that it names: 首违不罚 and
/// 免予处罚 are wordings of one concept.
#[derive(Clone)]
pub(crate) struct Extractor {
    concepts: Arc<Concepts>,
}

impl Extractor {
    /// Creates an extractor with the concepts of `lexicon`.
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        Extractor { concepts: lexicon.concepts.clone() }
    }

    /// Extracts the features of a measure: words and subject of its heading and text
    /// without responsibility clauses ([`provision_text`]), words of the labels of its
    /// products, and the subject of its chapter heading. A measure without words has no
    /// features.
    ///
    /// A saved index is reused for unchanged input only: `version_hash` in
    /// `similar/index/saved.rs` hashes every field that is read here.
    pub(crate) fn measure(&self, record: &Record, measure: &Measure) -> Bag {
        let pieces = provision_text(measure, &record.text);
        let heading = measure.title.as_ref().map(|title| &*title.value);
        let products = measure.provision.products.iter().map(|product| &*product.value);
        let chapter = record.chapter_of(measure);
        let chapter = chapter.map_or("", |place| &record.sections[place].title);
        self.bag(heading, pieces, products, chapter)
    }

    /// Extracts the features of a text, with its first sentence as heading.
    pub(crate) fn text(&self, text: &str) -> Bag {
        self.bag(None, [text].into_iter(), [].into_iter(), "")
    }

    /// Extracts the features of a text in pieces.
    ///
    /// * `heading`: the heading; `None` for the first sentence of the text.
    /// * `pieces`: the text; no feature spans two of them.
    /// * `labels`: canonical labels of products that the text names by other words.
    pub(crate) fn bag<'t>(
        &self,
        heading: Option<&str>,
        pieces: impl Iterator<Item = &'t str> + Clone,
        labels: impl Iterator<Item = &'t str>,
        chapter: &str,
    ) -> Bag {
        let first = pieces.clone().next().unwrap_or_default();
        let heading = heading.unwrap_or_else(|| first_sentence(first));
        let mut bag = Bag::new();
        for piece in pieces {
            self.subject(piece, 1, &mut bag);
            bag.extend(features(piece).map(|word| (word, 1)));
        }
        bag.extend(labels.flat_map(features).map(|word| (word, 1)));
        bag.extend(features(heading).map(|word| (word, 1)));
        if bag.is_empty() {
            return bag;
        }
        self.subject(heading, HEADING, &mut bag);
        self.subject(chapter, CHAPTER, &mut bag);
        gather(&mut bag);
        bag
    }

    pub(crate) fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// Adds the concepts of `text` and their topics, each `times` times.
    fn subject(&self, text: &str, times: u32, bag: &mut Bag) {
        for found in self.concepts.find(text) {
            bag.push((Feature::concept(found.concept), times));
            bag.push((Feature::topic(found.topic), times));
        }
    }
}

/// Prints the number of concepts, not the content.
impl std::fmt::Debug for Extractor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Extractor")
            .field("concepts", &self.concepts.table().len())
            .finish_non_exhaustive()
    }
}

fn first_sentence(text: &str) -> &str {
    let sentence = text.trim_start().split(['。', '；', ';', '\n']).next().unwrap_or_default();
    let Some((end, _)) = sentence.char_indices().nth(MAX_HEADING) else { return sentence };
    // A number or Latin word is not cut in two.
    sentence[..end].trim_end_matches(|c| run_character(c).is_some())
}

/// Returns the words of a text, without its subject.
pub(crate) fn words(text: &str) -> Bag {
    let mut bag: Bag = features(text).map(|word| (word, 1)).collect();
    gather(&mut bag);
    bag
}

/// Sorts a bag and adds up repeated features.
fn gather(bag: &mut Bag) {
    bag.sort_unstable_by_key(|&(feature, _)| feature);
    bag.dedup_by(|same, first| {
        let twice = same.0 == first.0;
        first.1 += if twice { same.1 } else { 0 };
        twice
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Field;
    use crate::features::Kind;
    use proptest::prelude::*;

    fn check(bag: Bag, expected: &str) {
        let concepts = &Lexicon::builtin().concepts;
        let printed = bag.into_iter().filter_map(|(feature, count)| match feature.kind() {
            Kind::Concept(at) => Some(format!("{}{count}", concepts.table()[at as usize].concept)),
            Kind::Topic(at) => Some(format!("【{}】{count}", concepts.topic(at))),
            _ => None,
        });
        let mut printed: Vec<String> = printed.collect();
        printed.sort();
        assert_eq!(printed.join(" "), expected);
    }

    #[test]
    fn a_heading_weighs_more() {
        let extractor = Extractor::new(Lexicon::builtin());
        check(
            extractor.text("加强药物警戒。开展抽检。"),
            "【检验检测】1 【警戒】4 抽检1 药物警戒4",
        );
        check(
            extractor.bag(Some("药物警戒"), ["开展抽检"].into_iter(), [].into_iter(), "应急管理"),
            "【应急】2 【检验检测】1 【警戒】3 应急管理2 抽检1 药物警戒3",
        );
    }

    #[test]
    fn products_are_words_too() {
        let extractor = Extractor::new(Lexicon::builtin());
        for record in crate::graph::fixture::records() {
            for measure in &record.measures {
                let bag = extractor.measure(&record, measure);
                let labels = measure.provision.products.iter().map(|product| &*product.value);
                for word in labels.flat_map(features) {
                    assert!(bag.iter().any(|&(feature, _)| feature == word));
                }
            }
        }
    }

    #[test]
    fn the_first_sentence_is_short() {
        assert_eq!(first_sentence(" 优化流程。缩短时限。"), "优化流程");
        assert_eq!(first_sentence("优化流程"), "优化流程");
        assert_eq!(first_sentence(""), "");
        assert_eq!(first_sentence(&"药".repeat(50)).chars().count(), MAX_HEADING);
        let cut = "药".repeat(MAX_HEADING - 2);
        assert_eq!(first_sentence(&format!("{cut}2025年")), cut);
    }

    #[test]
    fn no_bigram_spans_two_pieces() {
        let extractor = Extractor::new(Lexicon::builtin());
        let bag = extractor.bag(Some(""), ["药品", "监管药"].into_iter(), [].into_iter(), "");
        let printed: Vec<String> = bag.iter().map(|(feature, n)| format!("{feature}{n}")).collect();
        assert_eq!(printed, ["品1", "监1", "管1", "药2", "监管1", "管药1", "药品1"]);
    }

    proptest! {
        #[test]
        fn bags_are_ascending_and_whole(text in "\\PC{0,40}|[药物警戒检验，。ａi]{0,60}") {
            let bag = Extractor::new(Lexicon::builtin()).text(&text);
            prop_assert!(bag.is_sorted_by(|a, b| a.0 < b.0));
            let words: u32 = bag.iter().filter(|of| of.0.field() == Field::Words).map(|of| of.1).sum();
            prop_assert_eq!(words as usize, features(&text).count() + features(first_sentence(&text)).count());
        }
    }
}
