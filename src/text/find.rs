//! Searches for words and marks.

use memchr::memmem;

/// Offsets of `word` in `text`, ascending.
pub(crate) fn occurrences<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    memmem::find_iter(text.as_bytes(), word.as_bytes())
}

/// Returns the offset of the first `word` in `text`.
pub(crate) fn find(text: &str, word: &str) -> Option<usize> {
    memmem::find(text.as_bytes(), word.as_bytes())
}

/// Returns the end of the first `chars` characters of `text`.
pub(crate) fn prefix_end(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

/// Returns true if `text` has at most `chars` characters. Reads no more of them. O(chars).
pub(crate) fn is_within(text: &str, chars: usize) -> bool {
    prefix_end(text, chars) == text.len()
}

/// Returns the start of the last `chars` characters of `text`.
pub(crate) fn suffix_start(text: &str, chars: usize) -> usize {
    text.char_indices().rev().nth(chars - 1).map_or(0, |(at, _)| at)
}

/// Returns the offset after the last of `marks` in `text`; 0 if there is none.
pub(crate) fn after_last(text: &str, marks: &[char]) -> usize {
    text.rfind(marks).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8))
}
