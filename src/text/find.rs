//! Searches for words, and lengths in characters.

use memchr::memmem;
use std::ops::Range;

/// Offsets of `word` in `text`, ascending.
pub(crate) fn occurrences<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    memmem::find_iter(text.as_bytes(), word.as_bytes())
}

/// Returns the offset of the first `word` in `text`.
pub(crate) fn find(text: &str, word: &str) -> Option<usize> {
    match last_byte(text, word) {
        Some(last) => {
            memchr::memchr_iter(last, text.as_bytes()).find_map(|end| start_of(text, word, end))
        }
        None => memmem::find(text.as_bytes(), word.as_bytes()),
    }
}

/// Returns the offset of the last `word` in `text`.
pub(crate) fn rfind(text: &str, word: &str) -> Option<usize> {
    match last_byte(text, word) {
        Some(last) => {
            memchr::memrchr_iter(last, text.as_bytes()).find_map(|end| start_of(text, word, end))
        }
        None => memmem::rfind(text.as_bytes(), word.as_bytes()),
    }
}

/// Returns the last byte of a word if the text and the word are so short that a search for that byte
/// takes less time than a table of the word does. It takes linear time.
fn last_byte(text: &str, word: &str) -> Option<u8> {
    const LONG: usize = 2_000;
    const SHORT: usize = 16;
    word.bytes().next_back().filter(|_| text.len() < LONG && word.len() <= SHORT)
}

/// Returns the start of `word` if it is in `text` and its last byte is at `end`.
fn start_of(text: &str, word: &str, end: usize) -> Option<usize> {
    let start = (end + 1).checked_sub(word.len())?;
    (text.as_bytes()[start..=end] == *word.as_bytes()).then_some(start)
}

/// Ranges of the lines of `text`, ascending, without their line ends. Empty ones too.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let mut start = 0;
    ends.map(move |end| std::mem::replace(&mut start, end + 1)..end)
}

/// Returns the end of the first `chars` characters of `text`.
pub(crate) fn prefix_end(text: &str, chars: usize) -> usize {
    if chars == 0 || text.len() <= chars {
        return text.len().min(chars);
    }
    // `Chars` passes over many characters at once.
    let mut rest = text.chars();
    rest.nth(chars - 1);
    text.len() - rest.as_str().len()
}

/// Returns true if `text` has at most `chars` characters. Reads no more of them. O(chars).
pub(crate) fn is_within(text: &str, chars: usize) -> bool {
    text.len() <= chars
        || (text.len() <= chars * char::MAX.len_utf8() && text.chars().count() <= chars)
}

/// Returns the start of the last `chars` characters of `text`.
pub(crate) fn suffix_start(text: &str, chars: usize) -> usize {
    if text.len() <= chars {
        return 0;
    }
    text.char_indices().rev().nth(chars - 1).map_or(0, |(at, _)| at)
}

/// Tells at once that most characters are not in a set.
#[derive(Clone, Debug, Default)]
pub(crate) struct CharFilter {
    /// The bit of the low byte of each character.
    bits: [u64; 4],
    /// The number of bits before each of the four words.
    before: [u8; 4],
}

impl CharFilter {
    /// Makes the filter of a fixed set.
    pub(crate) const fn of(chars: &[char]) -> Self {
        let mut bits = [0; 4];
        let mut at = 0;
        while at < chars.len() {
            let byte = chars[at] as u32 % 256;
            bits[byte as usize / 64] |= 1 << (byte % 64);
            at += 1;
        }
        CharFilter { bits, before: bits_before(bits) }
    }

    /// Returns false for a character that is not in the set.
    pub(crate) fn may_contain(&self, c: char) -> bool {
        self.has_byte(u32::from(c) % 256)
    }

    /// Returns the number of entries before that of a character: one that [`Self::may_contain`] allows.
    /// Characters with one low byte share an entry.
    pub(crate) fn index(&self, c: char) -> usize {
        let byte = u32::from(c) % 256;
        let (word, bit) = (byte as usize / 64, byte % 64);
        let before = (self.bits[word] & ((1 << bit) - 1)).count_ones();
        usize::from(self.before[word]) + before as usize
    }

    fn has_byte(&self, byte: u32) -> bool {
        self.bits[byte as usize / 64] >> (byte % 64) & 1 != 0
    }
}

/// Returns the number of bits before each of four words.
#[expect(clippy::cast_possible_truncation, reason = "192 at most")]
const fn bits_before(bits: [u64; 4]) -> [u8; 4] {
    let first = bits[0].count_ones();
    let second = first + bits[1].count_ones();
    let third = second + bits[2].count_ones();
    [0, first as u8, second as u8, third as u8]
}

impl FromIterator<char> for CharFilter {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        CharFilter::of(&chars.into_iter().collect::<Vec<char>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_length_are_found() {
        let long = "附号".repeat(400);
        let texts =
            ["", "号", "国办发〔2024〕53号,附件53号。", "a aa aaa aaaaaaaaaaaaaaaaaaaaa", &long];
        let words = ["", "号", "53号", "3号,附件53号。多", "a", "aa", "aaaaaaaaaaaaaaaaaaaa", "件"];
        for text in texts {
            for word in words {
                assert_eq!(find(text, word), text.find(word), "{word}");
                assert_eq!(rfind(text, word), text.rfind(word), "{word}");
            }
        }
    }

    #[test]
    fn entries_of_a_filter_are_numbered_in_order() {
        let chars = ['\u{4E00}', '号', '第', 'a', '\u{4EFF}', '市', '\u{1F4A9}'];
        let filter: CharFilter = chars.into_iter().collect();
        let mut low: Vec<u32> = chars.iter().map(|&c| u32::from(c) % 256).collect();
        low.sort_unstable();
        low.dedup();
        for c in chars {
            assert!(filter.may_contain(c));
            assert_eq!(
                Some(filter.index(c)),
                low.iter().position(|&b| b == u32::from(c) % 256),
                "{c}"
            );
        }
        assert!(!filter.may_contain('县'));
    }
}
