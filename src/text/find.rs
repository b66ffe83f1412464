//! Searching long texts for a few words.

use memchr::memmem;

/// Where `word` occurs in `text`, ascending.
pub(crate) fn occurrences<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    memmem::find_iter(text.as_bytes(), word.as_bytes())
}

/// Where `word` first occurs in `text`.
pub(crate) fn find(text: &str, word: &str) -> Option<usize> {
    memmem::find(text.as_bytes(), word.as_bytes())
}

/// Where the first `chars` characters of `text` end.
pub(crate) fn prefix_end(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

/// True if `text` is at most so many characters; looks at no more of them.
pub(crate) fn is_within(text: &str, chars: usize) -> bool {
    prefix_end(text, chars) == text.len()
}

/// Where the last `chars` characters of `text` begin.
pub(crate) fn suffix_start(text: &str, chars: usize) -> usize {
    text.char_indices().rev().nth(chars - 1).map_or(0, |(at, _)| at)
}

/// Where what follows the last of `marks` begins; 0 if there is none.
pub(crate) fn after_last(text: &str, marks: &[char]) -> usize {
    text.rfind(marks).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8))
}
