//! Pictures of data: a picture in a box of its own that scrolls, and text that fits in it.

use super::label::{both, shown};
use super::picture::picture;
use maud::{Markup, html};

/// Returns a picture in a box that scrolls where the page is narrower.
pub(in crate::report) fn chart(
    size: [u32; 2],
    english: &str,
    chinese: &str,
    body: Markup,
) -> Markup {
    let (english, chinese) = (&*shown(english), &*shown(chinese));
    html! {
        div.scroll.chart tabindex="0" role="region" aria-label=(both(english, chinese)) {
            (picture(size, english, chinese, body))
        }
    }
}

/// Returns text of a document that fits in a number of columns, of which a Chinese character takes two and
/// another one; text that is cut ends with `…`.
pub(in crate::report) fn clipped(text: &str, columns: usize) -> String {
    let text = shown(text);
    let mut left = columns;
    let mut kept = String::new();
    for c in text.chars() {
        let width = if c.is_ascii() { 1 } else { 2 };
        if left < width {
            kept.push('…');
            break;
        }
        left -= width;
        kept.push(c);
    }
    kept
}

/// Returns a number of rows or columns as a coordinate: `start + n * step`.
pub(in crate::report) fn place(start: u32, n: usize, step: u32) -> u32 {
    start + step * u32::try_from(n).unwrap_or(u32::MAX / 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipped_text_fits_and_shows_that_it_was_cut() {
        assert_eq!(clipped("药品监管", 8), "药品监管");
        assert_eq!(clipped("药品监管", 7), "药品监…");
        assert_eq!(clipped("sx-2025/11", 7), "sx-2025…");
        assert_eq!(clipped("a\u{202e}b", 20), r"a\u{202e}b");
    }
}
