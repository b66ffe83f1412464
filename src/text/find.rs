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

/// True if one of `words` occurs in `text`.
pub(crate) fn contains_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| find(text, word).is_some())
}
