//! The frame of a view.

use super::label::label;
use maud::{Markup, html};

/// Returns a view: a section with an address, a heading and a body. With script it is shown alone.
///
/// * `id`: its address, as `crate::report::address` encodes it.
pub(in crate::report) fn section(id: &str, english: &str, chinese: &str, body: Markup) -> Markup {
    html! {
        section.view id=(id) aria-labelledby={ (id) "." } {
            h2 id={ (id) "." } { (label(english, chinese)) }
            (body)
        }
    }
}
