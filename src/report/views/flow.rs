//! Policy → articles → measures → agencies.

use crate::report::kit::{Report, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let _ = report;
    section("flow", "Flow", "流向", html! {})
}
