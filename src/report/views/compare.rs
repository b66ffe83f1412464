//! Two documents aligned, measure by measure.

use crate::report::kit::{Report, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let _ = report;
    section("compare", "Side by side", "对照", html! {})
}
