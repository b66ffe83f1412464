//! Lines between the measures of two documents that correspond.

use crate::graph::{DocId, MeasureId};
use crate::report::kit::{Report, chart, clipped, place};
use crate::similar::Alignment;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Number of measures of each document that are drawn.
const DRAWN: usize = 60;

/// Sizes in pixels: of a row, of the picture, and the ends of the lines.
const ROW: u32 = 22;
const WIDTH: u32 = 880;
const ENDS: [u32; 2] = [336, 544];

/// Columns of a heading.
const HEADING: usize = 44;

/// Returns the picture: measures with a counterpart have a filled point, those without an open one.
/// A heavy line joins measures that are each other's best.
pub(super) fn view(report: Report<'_>, documents: [DocId; 2], alignment: &Alignment) -> Markup {
    let sides = documents.map(|document| -> Vec<MeasureId> {
        report.graph.measures_of(document).take(DRAWN).collect()
    });
    let rows = sides.iter().map(Vec::len).max().unwrap_or(0);
    let at = |side: &Vec<MeasureId>| -> BTreeMap<MeasureId, u32> {
        side.iter().enumerate().map(|(n, &measure)| (measure, place(14, n, ROW))).collect()
    };
    let places = [at(&sides[0]), at(&sides[1])];
    let alone: BTreeSet<MeasureId> =
        alignment.only_left.iter().chain(&alignment.only_right).copied().collect();
    let [left, right] = documents.map(|document| report.graph.at(document).key());
    let middle = (ENDS[0] + ENDS[1]) / 2;
    let body = html! {
        @for pair in &alignment.pairs {
            @if let (Some(from), Some(to)) = (places[0].get(&pair.left), places[1].get(&pair.right)) {
                path class=(if pair.mutual { "tie best" } else { "tie" })
                    d={ "M" (ENDS[0]) " " (from) "C" (middle) " " (from) " " (middle) " " (to) " " (ENDS[1]) " " (to) } {
                    title { (position(report, pair.left)) " ↔ " (position(report, pair.right)) " " (format!("{:.2}", pair.score)) }
                }
            }
        }
        @for (side, measures) in sides.iter().enumerate() {
            @for &measure in measures {
                @let y = places[side][&measure];
                @let x = if side == 0 { ENDS[0] - 8 } else { ENDS[1] + 8 };
                circle class=(if alone.contains(&measure) { "open" } else { "accent" }) cx=(ENDS[side]) cy=(y) r="3.5" {}
                text class=[alone.contains(&measure).then_some("dim")] x=(x) y=(y + 4) text-anchor=(if side == 0 { "end" } else { "start" }) {
                    (position(report, measure)) ". " (clipped(report.graph.at(measure).title().unwrap_or_default(), HEADING))
                }
            }
        }
    };
    let english = format!("Measures of {left} and {right} that correspond");
    let chinese = format!("{left}与{right}相互对应的措施");
    chart([WIDTH, place(8, rows, ROW)], &english, &chinese, body)
}

fn position(report: Report<'_>, measure: MeasureId) -> usize {
    report.graph.at(measure).position()
}
