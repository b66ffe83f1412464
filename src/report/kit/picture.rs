//! Pictures: SVG elements with a title, which stand alone when they are taken out of the page.

use super::label::both;
use maud::{Markup, html};

/// Returns an SVG element of this size in pixels. Colours come from classes (`ink`, `soft`, `accent`,
/// `grid`, `s1` … `s6`), since the policy of the page allows no `style` attribute.
pub(in crate::report) fn picture(
    [width, height]: [u32; 2],
    english: &str,
    chinese: &str,
    body: Markup,
) -> Markup {
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } width=(width)
            height=(height) role="img" {
            title { (both(english, chinese)) }
            (body)
        }
    }
}
