use super::dictionary::first_bytes;
use super::edges::{Edge, Edges, last_bytes};
use super::table::Table;
use crate::number::to_u32;
use crate::text::suffix_start;
use memchr::memmem::Finder;
use once_cell::sync::OnceCell;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::ops::Range;

/// A list of words, prepared for lookups at the start and at the end of a text.
///
/// In JSON it is an array of strings, or an object `{"for": …, "words": […]}` whose `for` tells
/// readers of the file what the list is for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words(Box<List>);

/// On the heap: the vocabularies have hundreds of lists, and are moved while they are read.
#[derive(Clone, Debug, Default)]
struct List {
    /// All words, joined, in the order of the table.
    text: Box<str>,
    /// The end of each word in `text`.
    word_ends: Box<[u32]>,
    /// The words by first character.
    starts: Edges,
    /// The words by last character.
    ends: Edges,
    /// Searchers for the words, made on first use.
    finders: OnceCell<Box<[Finder<'static>]>>,
}

impl From<Vec<String>> for Words {
    fn from(words: Vec<String>) -> Self {
        let word_ends: Vec<u32> = words
            .iter()
            .scan(0, |end, word| {
                *end += word.len();
                Some(to_u32(*end))
            })
            .collect();
        let places = || std::iter::once(0).chain(word_ends.iter().copied());
        Words(Box::new(List {
            text: words.concat().into(),
            starts: Edges::first(&words, places()),
            ends: Edges::last(&words, places()),
            word_ends: word_ends.into(),
            finders: OnceCell::new(),
        }))
    }
}

impl Words {
    /// Returns the words, in the order of the table.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        (0..to_u32(self.len())).map(|word| self.word(word))
    }

    /// Number of words.
    fn len(&self) -> usize {
        self.0.word_ends.len()
    }

    /// Returns the longest word that `text` starts with. O(m) for the m words whose first characters
    /// share an entry with its own; the lookups at an end are as fast.
    pub(crate) fn start<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.first_edge(text).map(|edge| &text[..edge.len()])
    }

    /// Returns the index of the longest word that `text` starts with.
    pub(super) fn start_index(&self, text: &str) -> Option<usize> {
        self.first_edge(text).map(|edge| self.index(edge))
    }

    fn first_edge(&self, text: &str) -> Option<&Edge> {
        let first = text.chars().next().filter(|&c| self.0.starts.may_have(c))?;
        self.longest_start(text, first)
    }

    /// Apart from its caller, which most texts do not leave.
    #[inline(never)]
    fn longest_start(&self, text: &str, first: char) -> Option<&Edge> {
        let mut words = self.0.starts.candidates(first, first_bytes(text.as_bytes()));
        words.find(|edge| edge.is_whole() || text.starts_with(self.word_of(edge)))
    }

    /// Returns the words that `text` starts with, longest first.
    pub(crate) fn starts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.starting(text).map(|edge| &text[..edge.len()])
    }

    /// Returns the edges of the words that `text` starts with, longest first.
    fn starting(&self, text: &str) -> impl Iterator<Item = &Edge> {
        let first = text.chars().next().filter(|&c| self.0.starts.may_have(c));
        let words = first
            .into_iter()
            .flat_map(|first| self.0.starts.candidates(first, first_bytes(text.as_bytes())));
        words.filter(|edge| text.starts_with(self.word_of(edge)))
    }

    /// Returns the longest word that `text` ends with.
    pub(crate) fn end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.last_edge(text).map(|edge| &text[text.len() - edge.len()..])
    }

    /// Returns the index of the longest word that `text` ends with.
    pub(super) fn end_index(&self, text: &str) -> Option<usize> {
        self.last_edge(text).map(|edge| self.index(edge))
    }

    fn last_edge(&self, text: &str) -> Option<&Edge> {
        let last = text.chars().next_back().filter(|&c| self.0.ends.may_have(c))?;
        self.longest_end(text, last)
    }

    /// Apart from its caller, which most texts do not leave.
    #[inline(never)]
    fn longest_end(&self, text: &str, last: char) -> Option<&Edge> {
        let mut words = self.0.ends.candidates(last, last_bytes(text));
        words.find(|edge| edge.is_whole() || text.ends_with(self.word_of(edge)))
    }

    /// `text` without the longest word that it starts with, if it starts with one.
    pub(crate) fn strip_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.start(text).map(|word| &text[word.len()..])
    }

    /// `text` without the longest word that it ends with, if it ends with one.
    pub(crate) fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.end(text).map(|word| &text[..text.len() - word.len()])
    }

    /// Returns the largest offset at which a word ends in `text`.
    pub(crate) fn last_end(&self, text: &str) -> Option<usize> {
        self.last(text).map(|(at, len)| at + len)
    }

    /// Returns the offset and length of the word that ends last in `text`.
    pub(crate) fn last(&self, text: &str) -> Option<(usize, usize)> {
        let ends = text.char_indices().rev().filter(|&(_, c)| self.0.ends.may_have(c));
        let mut ends = ends.map(|(at, c)| (at + c.len_utf8(), c));
        ends.find_map(|(end, c)| {
            let len = self.longest_end(&text[..end], c)?.len();
            Some((end - len, len))
        })
    }

    /// Returns the range of the word that ends last in `text` and is no part of one of the longer
    /// words `kept`, which may begin three characters before it.
    pub(crate) fn last_outside(&self, kept: &Words, text: &str) -> Option<Range<usize>> {
        const BEFORE: usize = 3;
        let mut limit = text.len();
        while let Some((at, len)) = self.last(&text[..limit]) {
            let first = suffix_start(&text[..at], BEFORE);
            let starts = text[first..at].char_indices().map(|(from, _)| first + from).chain([at]);
            let mut longer = starts
                .filter_map(|from| Some((from, kept.start(&text[from..])?.len())))
                .filter(|&(from, longer)| longer > len && from + longer >= at + len);
            if longer.next().is_none() {
                return Some(at..at + len);
            }
            limit = at;
        }
        None
    }

    /// Returns the smallest offset at which a word occurs in `text`, and the word that comes
    /// first in the table of those that occur there. O(text · words).
    pub(crate) fn first<'t>(&self, text: &'t str) -> Option<(usize, &'t str)> {
        if self.is_quick_to_search(text) {
            return self.first_by_search(text);
        }
        self.places(text).find_map(|at| {
            let word = self.starting(&text[at..]).min_by_key(|edge| edge.start)?;
            Some((at, &text[at..at + word.len()]))
        })
    }

    /// [`Self::first`] by a search for each word.
    fn first_by_search<'t>(&self, text: &'t str) -> Option<(usize, &'t str)> {
        let mut first: Option<(usize, &str)> = None;
        for finder in self.finders() {
            let len = finder.needle().len();
            // Of two words at one place that of the earlier entry counts.
            let end = first.map_or(text.len(), |(at, _)| text.len().min(at + len - 1));
            let place = finder.find(&text.as_bytes()[..end]);
            first = place.map(|at| (at, &text[at..at + len])).or(first);
        }
        first
    }

    /// Returns true for a text so long and words so few that a search for each of them is faster than
    /// a lookup at each character.
    fn is_quick_to_search(&self, text: &str) -> bool {
        const LONG: usize = 400;
        const FEW: usize = 16;
        text.len() >= LONG && self.len() <= FEW
    }

    fn finders(&self) -> &[Finder<'static>] {
        self.0.finders.get_or_init(|| {
            let words = self.iter();
            words.map(|word| Finder::new(word.as_bytes()).into_owned()).collect()
        })
    }

    /// Returns the occurrences of each word in `text`: word by word in the order of the table, the
    /// offsets of a word ascending. O(words · text), at a fraction of an instruction a byte.
    pub(crate) fn occurrences<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> {
        self.finders().iter().flat_map(|finder| {
            let places = finder.find_iter(text.as_bytes());
            places.map(|at| at..at + finder.needle().len())
        })
    }

    /// Returns true if one of the words occurs in `text`. O(text · words).
    pub(crate) fn occur_in(&self, text: &str) -> bool {
        if self.is_quick_to_search(text) {
            return self.occurrences(text).next().is_some();
        }
        self.places(text).any(|at| self.start(&text[at..]).is_some())
    }

    /// Returns the places at which a word may begin in `text`, ascending.
    fn places(&self, text: &str) -> impl Iterator<Item = usize> {
        let places = text.char_indices().filter(|&(_, c)| self.0.starts.may_have(c));
        places.map(|(at, _)| at)
    }

    /// Returns true if `word` is one of the words.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.start(word) == Some(word)
    }

    fn word_of(&self, edge: &Edge) -> &str {
        let start = edge.start as usize;
        &self.0.text[start..start + edge.len()]
    }

    /// Returns the index of the word of an edge. O(log n).
    fn index(&self, edge: &Edge) -> usize {
        self.0.word_ends.partition_point(|&end| end <= edge.start)
    }

    fn word(&self, index: u32) -> &str {
        let index = index as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.0.word_ends[before]);
        &self.0.text[start as usize..self.0.word_ends[index] as usize]
    }
}

impl Table for Words {
    fn add(&mut self, more: Self) {
        let added = more.iter().filter(|word| !self.contains(word));
        *self = self.iter().chain(added).map(str::to_owned).collect::<Vec<_>>().into();
    }

    fn visit_words(&self, place: &str, visit: &mut dyn FnMut(&str, &str)) {
        self.iter().for_each(|word| visit(place, word));
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsVisitor).map(Words::from)
    }
}

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of words, or an object with `for` and `words`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut words = Vec::new();
        while let Some(word) = list.next_element()? {
            words.push(word);
        }
        Ok(words)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut words = None;
        while let Some(field) = fields.next_key::<String>()? {
            match field.as_str() {
                "for" => drop(fields.next_value::<IgnoredAny>()?),
                "words" if words.is_some() => {
                    return Err(serde::de::Error::duplicate_field("words"));
                }
                "words" => words = Some(fields.next_value()?),
                other => return Err(serde::de::Error::unknown_field(other, &["for", "words"])),
            }
        }
        Ok(words.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Words {
        words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>().into()
    }

    #[test]
    fn longest_words_at_both_ends() {
        let words = words(&["减少", "减", "不低于", "低于"]);
        assert_eq!(words.start("减少一半"), Some("减少"));
        assert_eq!(words.strip_start("减少一半"), Some("一半"));
        assert_eq!(words.end("每年不低于"), Some("不低于"));
        assert_eq!(words.strip_end("每年不低于"), Some("每年"));
        assert_eq!(words.last("每年不低于40"), Some((6, 9)));
        assert_eq!(words.first("每年不低于40"), Some((6, "不低于")));
        assert_eq!(words.end("增加"), None);
        assert!(words.contains("减") && !words.contains("少"));
        assert!(words.occur_in("每年不低于40") && !words.occur_in("增加"));
    }

    #[test]
    fn a_search_in_a_long_text_finds_what_lookups_find() {
        let words = words(&["办法", "办", "实施办法", "意见", "见"]);
        for found in ["印发实施办法", "意见和办法", "见办", "无"] {
            let long = format!("{found}{}", "甲".repeat(200));
            assert!(words.is_quick_to_search(&long) && !words.is_quick_to_search(found));
            assert_eq!(words.first(&long), words.first(found), "{found}");
            assert_eq!(words.occur_in(&long), words.occur_in(found), "{found}");
        }
    }

    #[test]
    fn a_word_inside_a_longer_one_is_passed_over() {
        let (openers, kept) = (words(&["由", "在"]), words(&["自由", "在线"]));
        assert_eq!(openers.last_outside(&kept, "由自由贸易区"), Some(0..3));
        assert_eq!(openers.last_outside(&kept, "在线办理在大厅"), Some(12..15));
        assert_eq!(openers.last_outside(&kept, "自由在线"), None);
    }

    #[test]
    fn odd_words_are_found_as_by_comparing_each() {
        let list = [
            "a",
            "ab",
            "药",
            "药监",
            "药监局长",
            "药监局室",
            "abcdefg",
            "abcdefgh",
            "abcdefghi",
            "é药",
            "\u{1F4A9}",
            "\u{1F4A9}药监",
            "长药监局",
            "b\0",
        ];
        let words = words(&list);
        let found = |text: &str, is: fn(&str, &str) -> bool| {
            let found = list.iter().filter(|word| !word.contains('\0') && is(text, word));
            found.max_by_key(|word| word.len()).copied()
        };
        let texts =
            ["", "\0", "a\0", "b\0c", "药监局", "药监局长药监局", "é药监局室", "长药监局室"];
        let texts = texts.iter().chain(&list).flat_map(|text| {
            [(*text).to_owned(), format!("{text}药"), format!("药{text}"), format!("{text}\0")]
        });
        for text in texts {
            assert_eq!(
                words.start(&text),
                found(&text, |text, word| text.starts_with(word)),
                "{text:?}"
            );
            assert_eq!(
                words.end(&text),
                found(&text, |text, word| text.ends_with(word)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_list_can_say_what_it_is_for_and_be_extended() {
        let json = r#"{"for": "verbs of decrease", "words": ["减少", "减"]}"#;
        let mut list: Words = serde_json::from_str(json).unwrap();
        Table::add(&mut list, words(&["缩短", "减"]));
        assert_eq!(list.iter().collect::<Vec<_>>(), ["减少", "减", "缩短"]);
        assert_eq!(list.start("缩短至3日"), Some("缩短"));
        for wrong in [r#"{"word": ["减"]}"#, r#"{"words": ["减"], "words": ["增"]}"#] {
            assert!(serde_json::from_str::<Words>(wrong).is_err(), "{wrong}");
        }
    }
}
