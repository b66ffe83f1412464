//! Documents × documents with the share taken over.

use crate::report::kit::{Report, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let _ = report;
    section("reuse", "Reuse", "雷同", html! {})
}
