//! Articles of a policy × documents or regions.

use crate::report::kit::{Report, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let _ = report;
    section("coverage", "Coverage", "覆盖", html! {})
}
