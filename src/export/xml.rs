//! Text in XML.

use std::borrow::Cow;

/// Returns `text` with U+FFFD for characters that XML 1.0 cannot have: controls except tabs and line
/// ends, U+FFFE and U+FFFF.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    match text.contains(is_forbidden) {
        true => text.replace(is_forbidden, "\u{FFFD}").into(),
        false => text.into(),
    }
}

fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_replaced_and_line_ends_stay() {
        assert_eq!(allowed("一、\t支持\u{c}\u{0}研发\r\n"), "一、\t支持\u{FFFD}\u{FFFD}研发\r\n");
        assert!(matches!(allowed("药🏥"), Cow::Borrowed(_)));
    }
}
