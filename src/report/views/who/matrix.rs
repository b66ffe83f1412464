//! Agencies that share duties, as a matrix.

use crate::graph::AgencyId;
use crate::report::kit::{Report, chart, clipped, label, place};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Number of agencies.
const AGENCIES: usize = 30;

/// Sizes in pixels: of a cell, of the names.
const CELL: u32 = 24;
const NAMES: u32 = 230;

/// Returns the matrix of the busiest agencies that share measures: the number of measures that name both.
///
/// * `busiest`: agencies by descending number of duties.
pub(super) fn view(report: Report<'_>, busiest: &[AgencyId]) -> Markup {
    let graph = report.graph;
    let mut shared: BTreeMap<(AgencyId, AgencyId), usize> = BTreeMap::new();
    for measure in graph.measures() {
        let mut agencies = graph.responsible(measure).to_vec();
        agencies.sort_unstable();
        agencies.dedup();
        for &one in &agencies {
            for &other in &agencies {
                *shared.entry((one, other)).or_default() += 1;
            }
        }
    }
    let shares: BTreeSet<AgencyId> =
        shared.keys().filter(|(one, other)| one != other).map(|(one, _)| *one).collect();
    let sharing: Vec<AgencyId> = busiest.iter().copied().filter(|of| shares.contains(of)).collect();
    let drawn = &sharing[..sharing.len().min(AGENCIES)];
    let name = |agency: AgencyId| graph.at(agency).name();
    let body = html! {
        @for (n, &agency) in drawn.iter().enumerate() {
            @let y = place(24, n, CELL);
            rect.cell x=(NAMES) y=(y + 1) width=(place(0, drawn.len(), CELL)) height=(CELL - 2) rx="3" {}
            text x="0" y=(y + 16) { (n + 1) ". " (clipped(name(agency), 30)) }
            text.dim x=(place(NAMES + CELL / 2, n, CELL)) y="16" text-anchor="middle" { (n + 1) }
            @for (m, &other) in drawn.iter().enumerate() {
                @let x = place(NAMES, m, CELL);
                @let count = shared.get(&(agency, other)).copied().unwrap_or(0);
                @if count > 0 {
                    rect class=(shade(count, n == m)) x=(x + 1) y=(y + 1) width=(CELL - 2) height=(CELL - 2) rx="3" {
                    }
                    text class=[(n == m).then_some("dim")] x=(x + CELL / 2) y=(y + 16) text-anchor="middle" { (count) }
                }
            }
        }
    };
    let size = [place(NAMES, drawn.len(), CELL), place(28, drawn.len(), CELL)];
    html! {
        @if drawn.len() > 1 {
            h3 { (label("Who works with whom", "谁与谁共同负责")) }
            p {
                (label(&format!("Number of measures that name both agencies; on the diagonal, all measures that name the agency. {} of {} agencies that share a measure, the busiest first; the others are in the table above.", drawn.len(), sharing.len()),
                    &format!("同时提到两个机关的措施数；对角线为提到该机关的全部措施数。{}个有共同职责的机关中，列出最忙的{}个；其余见上表。", sharing.len(), drawn.len())))
            }
            (chart(size, "Measures that agencies share", "机关共同负责的措施数", body))
        }
    }
}

/// Returns the class of a cell, by its count.
fn shade(count: usize, is_own: bool) -> &'static str {
    match count {
        _ if is_own => "cell",
        1 => "tone1",
        2..=3 => "tone2",
        _ => "tone3",
    }
}
