//! Days: deadlines, validity of documents, uptake of policies.

mod axis;
mod deadlines;
mod uptake;
mod validity;

use crate::report::kit::{Report, label, section};
use maud::{Markup, html};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let body = html! {
        p.lead {
            (label(
                &format!("Deadlines, validity and uptake as printed. Past and future are as of {}, the day of the report.", report.day),
                &format!("文件印明的时限、有效期与落实时间。是否到期以报告日期{}为准。", report.day),
            ))
        }
        (deadlines::view(report))
        (uptake::view(report))
        (validity::view(report))
    };
    section("when", "When", "时间", body)
}
