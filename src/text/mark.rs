//! Searches for punctuation marks, and for the words between them and an offset.
//!
//! A mark is an ASCII character, or one of U+2000 to U+3FFF, where the marks of Chinese texts are: its
//! first byte tells it from the characters of words. Eight bytes are read at once.

/// Returns the offset of the first of `marks` in `text`.
pub(crate) fn find_mark(text: &str, marks: &[char]) -> Option<usize> {
    debug_assert!(are_marks(marks));
    let (words, rest) = text.as_bytes().as_chunks();
    let words = words.iter().map(|&word| u64::from_le_bytes(word)).chain([padded(rest)]);
    for (word, start) in words.zip((0..).step_by(WORD)) {
        let mut places = first_bytes(word);
        while places != 0 {
            let at = start + places.trailing_zeros() as usize / 8;
            if is_mark(text, at, marks) {
                return Some(at);
            }
            places &= places - 1;
        }
    }
    None
}

/// Returns the offset of the last of `marks` in `text`.
pub(crate) fn rfind_mark(text: &str, marks: &[char]) -> Option<usize> {
    debug_assert!(are_marks(marks));
    let (rest, words) = text.as_bytes().as_rchunks();
    let mut start = text.len();
    for &word in words.iter().rev() {
        start -= WORD;
        if let Some(at) = last_mark(text, start, u64::from_le_bytes(word), marks) {
            return Some(at);
        }
    }
    last_mark(text, 0, padded(rest), marks)
}

/// [`rfind_mark`] in the `word` that begins at `start`.
fn last_mark(text: &str, start: usize, word: u64, marks: &[char]) -> Option<usize> {
    let mut places = first_bytes(word);
    while places != 0 {
        let bit = places.ilog2();
        let at = start + bit as usize / 8;
        if is_mark(text, at, marks) {
            return Some(at);
        }
        places ^= 1 << bit;
    }
    None
}

/// Returns the offset after the last of `marks` in `text`; 0 if there is none.
pub(crate) fn after_last(text: &str, marks: &[char]) -> usize {
    let last = rfind_mark(text, marks);
    last.map_or(0, |at| if text.as_bytes()[at].is_ascii() { at + 1 } else { at + WIDE })
}

/// Returns the part of `text` after the last of `marks`, the words before an offset in its clause or
/// sentence. It is at most as long in bytes as `chars` Chinese characters, which keeps a text without
/// marks linear.
pub(crate) fn since_mark<'t>(text: &'t str, chars: usize, marks: &[char]) -> &'t str {
    let mut start = text.len().saturating_sub(chars * WIDE);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let near = &text[start..];
    &near[after_last(near, marks)..]
}

/// Returns the part of `text` before the first of `marks`, the words after an offset in its clause or
/// sentence. It is at most as long in bytes as `chars` Chinese characters, which keeps a text without
/// marks linear.
pub(crate) fn until_mark<'t>(text: &'t str, chars: usize, marks: &[char]) -> &'t str {
    let mut end = text.len().min(chars * WIDE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..find_mark(&text[..end], marks).unwrap_or(end)]
}

/// Number of bytes that are read at once.
const WORD: usize = size_of::<u64>();

/// Number of bytes of a Chinese character or mark.
const WIDE: usize = '。'.len_utf8();

const ONES: u64 = u64::MAX / 0xFF;

/// Returns the highest bit of each byte at which a mark can begin, the first byte lowest.
fn first_bytes(word: u64) -> u64 {
    /// The first byte of U+2000 to U+2FFF; that of U+3000 to U+3FFF has one bit more.
    const FIRST: u64 = 0xE2 * ONES;
    let other = (word ^ FIRST) & (0xFE * ONES);
    // The sum carries into the highest bit of each byte that differs in a lower one.
    let first = !(((other & (0x7F * ONES)) + 0x7F * ONES) | other);
    (!word | first) & (0x80 * ONES)
}

/// Returns a word of less than eight bytes, filled up with bytes at which no mark begins.
fn padded(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0x80 * ONES, |word, &byte| word << 8 | u64::from(byte))
}

/// Returns true if one of `marks` is at the offset, at which a character begins.
fn is_mark(text: &str, at: usize, marks: &[char]) -> bool {
    match text.as_bytes()[at] {
        byte if byte.is_ascii() => marks.contains(&char::from(byte)),
        _ => text[at..].starts_with(marks),
    }
}

fn are_marks(chars: &[char]) -> bool {
    chars.iter().all(|c| c.is_ascii() || ('\u{2000}'..'\u{4000}').contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_at_a_mark_or_at_its_length() {
        let text = "审批。压缩至20个工作日,办结";
        assert_eq!(since_mark(text, 6, &['。', ',']), "办结");
        assert_eq!(since_mark(text, 2, &['。']), "办结");
        assert_eq!(until_mark(text, 9, &['。']), "审批");
        assert_eq!(until_mark(text, 1, &['。']), "审");
        assert_eq!((since_mark("", 3, &[',']), until_mark("", 3, &[','])), ("", ""));
    }

    #[test]
    fn marks_are_found_where_a_plain_search_finds_them() {
        let texts =
            ["", "é𠮷“审”批、压\u{2003}缩🙂,办结。", "㐀︰\u{3FFF}\u{4000}\u{1FFF}\u{2000},é"];
        let marks = ['。', ',', '”', '、', '\n', '\u{3FFF}', '\u{2000}'];
        for text in texts {
            for text in [text, &text.repeat(9)] {
                let bounds = |at: &usize| text.is_char_boundary(*at);
                for at in (0..=text.len()).filter(bounds) {
                    let (left, right) = text.split_at(at);
                    assert_eq!(find_mark(right, &marks), right.find(marks));
                    assert_eq!(rfind_mark(left, &marks), left.rfind(marks));
                    assert_eq!(Some(since_mark(left, 999, &marks)), left.rsplit(marks).next());
                    assert_eq!(Some(until_mark(right, 999, &marks)), right.split(marks).next());
                    for chars in 0..9 {
                        let (before, after) =
                            (since_mark(left, chars, &marks), until_mark(right, chars, &marks));
                        let whole = |words: &str| words.len() <= chars * WIDE;
                        let last = left.rsplit(marks).next().unwrap();
                        let first = right.split(marks).next().unwrap();
                        assert!(last.ends_with(before) && whole(before));
                        assert!(first.starts_with(after) && whole(after));
                        assert_eq!(before == last, whole(last));
                        assert_eq!(after == first, whole(first));
                    }
                }
            }
        }
    }

    #[test]
    fn the_last_mark_of_any_width() {
        let text = "审批。压缩,办结";
        assert_eq!(after_last(text, &['。', ',']), "审批。压缩,".len());
        assert_eq!(after_last(text, &['。']), "审批。".len());
        assert_eq!(after_last(text, &[';']), 0);
        assert_eq!(after_last("", &[';']), 0);
    }
}
