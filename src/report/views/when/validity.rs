//! Validity of documents as bars from their first day to their last.

use super::axis::Axis;
use crate::graph::DocumentRef;
use crate::model::Date;
use crate::report::kit::{Report, chart, clipped, label, place, shown};
use maud::{Markup, html};

/// Number of documents.
const DOCUMENTS: usize = 40;

/// Sizes in pixels: of a row, of the names, of the axis.
const ROW: u32 = 22;
const NAMES: u32 = 230;
const WIDTH: u32 = 640;

/// Length of a bar whose end is not printed.
const OPEN: u32 = 30;

/// A document with the first day of its effect and, if it is printed, the last of its validity.
type Period<'g> = (Date, Option<Date>, DocumentRef<'g>);

/// Returns the instruments with a date, the earliest first.
pub(super) fn view(report: Report<'_>) -> Markup {
    let graph = report.graph;
    let documents = graph.documents().map(|id| graph.at(id));
    let mut all: Vec<Period<'_>> = documents
        .filter(|document| document.genre().is_instrument())
        .filter_map(|document| {
            let dates = &document.record().dates;
            let from = dates.effective.as_ref().or(dates.issued())?.value.first_day();
            let until = dates.expires.as_ref().map(|date| date.value.last_day());
            Some((from, until, document))
        })
        .collect();
    // Those with a printed end first, if not all are shown.
    all.sort_by_key(|(from, until, document)| (until.is_none(), *from, document.id()));
    let total = all.len();
    all.truncate(DOCUMENTS);
    all.sort_by_key(|(from, _, document)| (*from, document.id()));
    let days = all.iter().flat_map(|(from, until, _)| [*from, until.unwrap_or(*from)]);
    let Some(axis) = Axis::new(days.chain([report.day]), NAMES, WIDTH) else { return html! {} };
    let height = place(26, all.len(), ROW);
    let body = html! {
        (axis.lines(report.day, height))
        @for (n, (from, until, document)) in all.iter().enumerate() {
            @let y = place(26, n, ROW);
            @let x = axis.x(*from);
            text x="0" y=(y + 13) { (clipped(document.key(), 32)) }
            @match until {
                Some(until) => {
                    rect.s2 x=(x) y=(y + 3) width=(axis.x(*until).saturating_sub(x).max(3)) height="12" rx="2" {
                        title { (shown(document.key())) " " (from) " – " (until) }
                    }
                }
                None => {
                    rect.open x=(x) y=(y + 3) width=(OPEN) height="12" stroke-dasharray="3 3" {
                        title { (shown(document.key())) " " (from) " – ?" }
                    }
                    text.dim x=(x + OPEN + 5) y=(y + 13) { "?" }
                }
            }
        }
    };
    html! {
        @if !all.is_empty() {
            h3 id="when:validity" { (label("Validity", "有效期")) }
            p.legend {
                (label(&format!("{} of {total} instruments with a date. A full bar ends on the printed day; a dashed one has no printed end.", all.len()),
                    &format!("{total}件有日期的规范性文件中的{}件。实心条至印明的截止日；虚线条未写明有效期。", all.len())))
            }
            (chart([NAMES + WIDTH + 60, height], "Validity of documents", "文件有效期", body))
        }
    }
}
