//! Adoption of policies, validity, deadlines.

use crate::report::kit::{Report, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let _ = report;
    section("when", "When", "时间", html! {})
}
