//! The text near an offset. Each window is bounded in characters, which keeps
//! text without marks linear.

use super::find::{prefix_end, suffix_start};

/// Returns the first `chars` characters of `text`, or all of it if it is shorter.
pub(crate) fn first_chars(text: &str, chars: usize) -> &str {
    &text[..prefix_end(text, chars)]
}

/// Returns the last `chars` characters of `text`, or all of it if it is shorter.
pub(crate) fn last_chars(text: &str, chars: usize) -> &str {
    &text[suffix_start(text, chars)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_has_at_most_its_length() {
        let text = "审批。压缩至20个工作日,办结";
        assert_eq!(first_chars(text, 2), "审批");
        assert_eq!(last_chars(text, 2), "办结");
        assert_eq!(last_chars(text, 100), text);
    }
}
