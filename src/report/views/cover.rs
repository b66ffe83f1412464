//! Summary of the corpus and of what was not read.

use crate::report::kit::{Report, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let _ = report;
    section("cover", "Cover", "概览", html! {})
}
