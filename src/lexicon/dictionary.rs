use super::table::invalid;
use crate::error::Error;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

/// A word that a text can contain and an automaton can find.
///
/// The only patterns of an [`Automaton`]. An empty one would match without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word<'w>(&'w str);

impl<'w> Word<'w> {
    /// Maximum length in bytes.
    const MAX_LEN: usize = 1000;

    /// Checks a word: it is not empty, not longer than [`Self::MAX_LEN`], and has no blanks around
    /// it and no control characters, as the reader's view of a text has neither.
    ///
    /// # Errors
    ///
    /// The fault of the word, and advice.
    pub(crate) fn new(word: &'w str) -> Result<Self, &'static str> {
        if word.is_empty() {
            Err("a word is empty; leave it out")
        } else if word.len() > Self::MAX_LEN {
            Err("a word is longer than 1000 bytes; shorten it")
        } else if word.trim() != word {
            Err("a word begins or ends with a blank; remove it")
        } else if word.contains(char::is_control) {
            Err("a word contains a control character; remove it")
        } else {
            Ok(Word(word))
        }
    }
}

/// A leftmost-longest automaton over a set of words. A match has the word's number.
#[derive(Clone)]
pub(crate) struct Automaton(CharwiseDoubleArrayAhoCorasick<u32>);

impl Automaton {
    /// Builds the automaton of `words`, which are distinct, numbered in order; `None` if there are no
    /// words.
    ///
    /// # Errors
    ///
    /// If there are more words than the automaton has numbers for, or two of them are equal.
    pub(crate) fn new<'w>(
        words: impl ExactSizeIterator<Item = Word<'w>>,
    ) -> Result<Option<Self>, Error> {
        if words.len() == 0 {
            return Ok(None);
        }
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new();
        let words = words.map(|Word(word)| word);
        let built = builder.match_kind(MatchKind::LeftmostLongest).build(words);
        built
            .map(|built| Some(Automaton(built)))
            .map_err(|e| invalid("vocabularies", e.to_string()))
    }

    /// Builds the automaton of `words`, each of which is checked.
    ///
    /// # Errors
    ///
    /// See [`Word::new`] and [`Automaton::new`].
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Result<Option<Self>, Error> {
        let checked = |word| {
            Word::new(word)
                .map_err(|problem| invalid("vocabularies", format!("{}: {problem}", start(word))))
        };
        Self::new(words.map(checked).collect::<Result<Vec<_>, _>>()?.into_iter())
    }

    /// Returns the words in `text`, ascending and disjoint. O(n).
    pub(crate) fn find(&self, text: &str) -> impl Iterator<Item = daachorse::Match<u32>> {
        self.0.leftmost_find_iter(text)
    }
}

/// Returns the first characters of a word, for a message.
pub(super) fn start(word: &str) -> &str {
    const MAX_CHARS: usize = 40;
    word.char_indices().nth(MAX_CHARS).map_or(word, |(end, _)| &word[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the leftmost-longest matches in `text`, by comparing each word at each place.
    fn naive(words: &[&str], text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let here = words.iter().filter(|word| text[at..].starts_with(**word));
            match here.map(|word| word.len()).max() {
                Some(length) => {
                    found.push((at, at + length));
                    at += length;
                }
                None => at += c.len_utf8(),
            }
        }
        found
    }

    /// The automaton has unchecked accesses, so that Miri can run this test too (CONTRIBUTING.md).
    #[test]
    fn odd_words_are_found_where_a_naive_search_finds_them() {
        let words = [
            "药",
            "药监",
            "药监局",
            "监",
            "\u{10FFFF}",
            "\u{1F4A9}药",
            "a",
            "aab",
            "é",
            "\u{FFFD}",
        ];
        // A character that is far up makes a table of a million entries, which take Miri minutes.
        let near = |word: &&str| !cfg!(miri) || word.chars().all(|c| c <= '\u{FFFF}');
        let words: Vec<&str> = words.into_iter().filter(near).collect();
        let texts = [
            "",
            "药",
            "省药监局药监",
            "aaaab",
            "\u{10FFFF}\u{10FFFE}",
            "\u{1F4A9}\u{1F4A9}药监",
            "\0e\u{301}é",
        ];
        for first in 0..words.len() {
            for count in 1..=4 {
                let words = &words[first..words.len().min(first + count)];
                let automaton = Automaton::of(words.iter().copied()).unwrap().unwrap();
                for text in texts {
                    let found = automaton.find(text).map(|found| (found.start(), found.end()));
                    assert_eq!(
                        found.collect::<Vec<_>>(),
                        naive(words, text),
                        "{words:?} in {text:?}"
                    );
                }
            }
        }
    }
}
