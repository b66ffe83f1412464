//! The card of a measure: duties, deadlines, targets, citations, articles above it, similar measures.

use crate::graph::MeasureRef;
use crate::report::kit::Report;
use maud::{Markup, html};

/// Returns the card.
pub(in crate::report) fn view(report: Report<'_>, measure: MeasureRef<'_>) -> Markup {
    let id = report.id(measure.id());
    html! {
        section.view.card id=(id) aria-labelledby={ (id) "." } {
            h3 id={ (id) "." } { (report.heading(measure.id())) }
        }
    }
}
