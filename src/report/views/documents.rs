//! Documents as a table to sort and filter.

use crate::report::kit::{Report, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let _ = report;
    section("documents", "Documents", "文件", html! {})
}
