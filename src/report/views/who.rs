//! Agencies × measures by role, and the duties of each agency.

use crate::report::kit::{Report, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let _ = report;
    section("who", "Who", "职责", html! {})
}
