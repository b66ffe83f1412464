//! Text of others on a terminal.

use std::borrow::Cow;
use std::fmt::Write;

/// Returns `text` with control characters as visible escapes, so that it can be printed on a
/// terminal.
///
/// Names of files, arguments and documents can contain characters that move the cursor, recolour
/// the screen or show letters in another order. Escaped as Rust writes them in a string literal
/// (`\n`, `\u{1b}`) are:
///
/// * control characters: U+0000–001F with line breaks and tabs, U+007F–009F;
/// * marks of direction: U+061C, U+200E, U+200F, U+202A–202E, U+2066–2069;
/// * separators of lines and paragraphs, and characters without width: U+2028, U+2029, U+200B–200D,
///   U+2060–2065, U+206A–206F, U+FEFF, U+FFF9–FFFB, U+E0000–E007F.
///
/// Text without them is returned as it is. Linear in `text`.
///
/// ```
/// use policygraph::printable;
///
/// assert_eq!(printable("内药监发〔2025〕18号"), "内药监发〔2025〕18号");
/// assert_eq!(printable("\u{1b}[31m关于\u{202e}印发\n"), r"\u{1b}[31m关于\u{202e}印发\n");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_control(c) {
            write!(escaped, "{}", c.escape_default()).expect("a string takes any text");
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_of_direction_and_controls_are_escaped() {
        let marks = "\u{0}\t\r\u{7f}\u{85}\u{9b}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}";
        let escapes =
            r"\u{0}\t\r\u{7f}\u{85}\u{9b}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}";
        assert_eq!(printable(marks), escapes);
        for text in ["", "一、(二) “三”\u{3000}④\\ \u{fffd}", "《药品管理法》 🏥 é"]
        {
            assert!(matches!(printable(text), Cow::Borrowed(same) if same == text));
        }
    }

    proptest! {
        #[test]
        fn no_control_character_is_left(
            text in "([一-十a-z\\\\]|[\u{0}-\u{9f}]|[\u{200b}-\u{206f}]|[\u{fff9}-\u{fffd}]|\\PC|.){0,40}"
        ) {
            let escaped = printable(&text);
            prop_assert!(!escaped.contains(char::is_control));
            prop_assert!(!escaped.contains(is_control));
            let kept = |text: &str| text.chars().filter(|c| !is_control(*c)).count();
            prop_assert!(kept(&escaped) >= kept(&text));
            prop_assert_eq!(&printable(&escaped), &escaped);
        }
    }
}
