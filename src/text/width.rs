//! Full-width forms of ASCII (全角): U+FF01–U+FF5E.

/// Difference between the code points of a full-width character and its ASCII one.
const OFFSET: u32 = 0xFEE0;

/// Returns the ASCII character of a full-width one; any other character unchanged.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - OFFSET).unwrap_or(c),
        _ => c,
    }
}

/// Returns the full-width form of a visible ASCII character; any other character
/// unchanged.
pub(crate) fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + OFFSET).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_visible_ascii_goes_both_ways() {
        for c in '!'..='~' {
            assert_eq!(half_width(full_width(c)), c);
            assert_ne!(full_width(c), c);
        }
        assert_eq!((half_width('：'), half_width('药'), full_width(' ')), (':', '药', ' '));
    }
}
