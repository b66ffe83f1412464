//! Labels in two languages, and text of documents.

use crate::error::printable;
use maud::{Markup, html};
use std::borrow::Cow;

/// Returns a label in English and Chinese, of which the page shows one.
pub(in crate::report) fn label(english: &str, chinese: &str) -> Markup {
    html! { span lang="en" { (english) } span lang="zh" { (chinese) } }
}

/// Returns a label of both languages, for places that cannot switch: titles of pictures, attributes.
pub(in crate::report) fn both(english: &str, chinese: &str) -> String {
    format!("{chinese} · {english}")
}

/// Returns the label of a term, by its two names: `not_yet_in_force`, 尚未生效.
pub(in crate::report) fn term(name: &str, chinese: &str) -> Markup {
    label(&name.replace('_', " "), chinese)
}

/// Returns text of a document on one line, with control characters as visible escapes. Markup escapes
/// the rest.
pub(in crate::report) fn shown(text: &str) -> Cow<'_, str> {
    printable(text)
}
