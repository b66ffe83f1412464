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
    // Most characters are skipped by the last six bits of their last byte.
    let bit = |byte: u8| 1u64 << (byte % 64);
    let last_byte = |mark: &char| mark.encode_utf8(&mut [0; 4]).bytes().next_back().unwrap_or(0);
    let last_bytes = marks.iter().fold(0, |bits, mark| bits | bit(last_byte(mark)));
    let bytes = text.as_bytes();
    let end = (1..=bytes.len()).rev().find(|&end| {
        last_bytes & bit(bytes[end - 1]) != 0
            && text.is_char_boundary(end)
            && text[..end].ends_with(marks)
    });
    end.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_mark_of_any_width() {
        let text = "审批。压缩,办结";
        assert_eq!(after_last(text, &['。', ',']), "审批。压缩,".len());
        assert_eq!(after_last(text, &['。']), "审批。".len());
        assert_eq!(after_last(text, &['审']), "审".len());
        assert_eq!(after_last(text, &[';']), 0);
        assert_eq!(after_last("", &[';']), 0);
    }
}
