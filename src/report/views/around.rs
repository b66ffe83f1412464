//! Two steps around a node.

use crate::report::kit::{Report, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let _ = report;
    section("around", "Around", "关联", html! {})
}
