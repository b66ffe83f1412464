//! The text near an offset. Each window is bounded in characters, which keeps
//! text without marks linear.

use super::find::{MarkFilter, prefix_end, suffix_start};

/// Returns the first `chars` characters of `text`, or all of it if it is shorter.
pub(crate) fn first_chars(text: &str, chars: usize) -> &str {
    &text[..prefix_end(text, chars)]
}

/// Returns the last `chars` characters of `text`, or all of it if it is shorter.
pub(crate) fn last_chars(text: &str, chars: usize) -> &str {
    &text[suffix_start(text, chars)..]
}

/// Returns the part of `text` after the last of `marks`, at most `chars` characters:
/// the words before an offset in its clause or sentence.
pub(crate) fn since_mark<'t>(text: &'t str, chars: usize, marks: &[char]) -> &'t str {
    let filter = MarkFilter::new(marks);
    let words = text.char_indices().rev().take(chars).take_while(|&(_, c)| !filter.is_mark(c));
    &text[words.last().map_or(text.len(), |(at, _)| at)..]
}

/// Returns the part of `text` before the first of `marks`, at most `chars` characters:
/// the words after an offset in its clause or sentence.
pub(crate) fn until_mark<'t>(text: &'t str, chars: usize, marks: &[char]) -> &'t str {
    let filter = MarkFilter::new(marks);
    let words = text.char_indices().take(chars).take_while(|&(_, c)| !filter.is_mark(c));
    &text[..words.last().map_or(0, |(at, c)| at + c.len_utf8())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_at_a_mark_or_at_its_length() {
        let text = "审批。压缩至20个工作日,办结";
        assert_eq!(first_chars(text, 2), "审批");
        assert_eq!(last_chars(text, 2), "办结");
        assert_eq!(last_chars(text, 100), text);
        assert_eq!(since_mark(text, 6, &['。', ',']), "办结");
        assert_eq!(since_mark(text, 2, &['。']), "办结");
        assert_eq!(until_mark(text, 9, &['。']), "审批");
        assert_eq!(until_mark(text, 1, &['。']), "审");
    }
}
