//! Uptake of policies: the days from a policy to the documents that implement it.

use crate::graph::PolicyRef;
use crate::report::kit::{Report, chart, clipped, label, place, shown, term};
use crate::time::Adoption;
use maud::{Markup, html};

/// Number of policies, and of documents of each.
const POLICIES: usize = 5;
const DOCUMENTS: usize = 30;

/// Sizes in pixels: of a row, of the names, of the axis.
const ROW: u32 = 24;
const NAMES: u32 = 300;
const AXIS: i64 = 480;

/// Returns the policies with most documents whose lag is known.
pub(super) fn view(report: Report<'_>) -> Markup {
    let graph = report.graph;
    let known = graph.policies().map(|id| graph.at(id)).map(|policy| (policy, policy.adoptions()));
    let lags = |adoptions: &[Adoption<'_>]| {
        adoptions.iter().filter(|adoption| adoption.lag.is_some_and(|days| days >= 0)).count()
    };
    let mut all: Vec<_> = known.filter(|(_, adoptions)| lags(adoptions) > 0).collect();
    all.sort_by_key(|(policy, adoptions)| (std::cmp::Reverse(lags(adoptions)), policy.id()));
    let total = all.len();
    all.truncate(POLICIES);
    html! {
        @if !all.is_empty() {
            h3 id="when:uptake" { (label("Uptake", "落实时间")) }
            p.legend {
                (label(&format!("Days from a policy to the documents that implement it; {} of {total} policies.", all.len()), &format!("政策成文至落实文件成文的天数；列出{total}项政策中的{}项。", all.len())))
                " ● " (label("instrument", "规范性文件")) " ○ " (label("draft or report", "草案或报道"))
            }
            @for (policy, adoptions) in &all { (of_policy(report, *policy, adoptions)) }
        }
    }
}

fn of_policy(report: Report<'_>, policy: PolicyRef<'_>, adoptions: &[Adoption<'_>]) -> Markup {
    let dated: Vec<(i64, &Adoption<'_>)> = adoptions
        .iter()
        .filter_map(|of| Some((i64::from(of.lag.filter(|days| *days >= 0)?), of)))
        .collect();
    let undated: Vec<_> =
        adoptions.iter().filter(|of| of.lag.is_none_or(|days| days < 0)).collect();
    let longest = dated.iter().map(|(days, _)| *days).max().unwrap_or(1).max(1);
    let x = |days: i64| NAMES + u32::try_from(days * AXIS / longest).unwrap_or(0);
    let step = if longest > 1500 {
        365
    } else if longest > 400 {
        180
    } else {
        60
    };
    let rows = dated.len().min(DOCUMENTS);
    let height = place(26, rows, ROW);
    let ticks = (0..=longest / step).take(24).map(|n| n * step);
    let body = html! {
        @for days in ticks {
            line.rule x1=(x(days)) x2=(x(days)) y1="18" y2=(height) {}
            text.dim x=(x(days) + 3) y="13" { (days) }
        }
        @for (n, (days, of)) in dated.iter().take(DOCUMENTS).enumerate() {
            @let y = place(38, n, ROW);
            @let regions: Vec<&str> = of.regions().map(|region| region.name()).collect();
            text x="0" y=(y + 4) { (clipped(&format!("{} {}", regions.join("、"), of.document.key()), 40)) }
            line.stroke x1=(NAMES) x2=(x(*days)) y1=(y) y2=(y) {}
            circle class=(if of.is_instrument() { "accent" } else { "past" }) cx=(x(*days)) cy=(y) r="5" {
                title { (shown(of.document.key())) " " @if let Some(date) = of.date { (date.date) } }
            }
            text x=(x(*days) + 10) y=(y + 4) { (days) @if let Some(date) = of.date { tspan.dim { " · " (date.date) } } }
        }
    };
    let name = policy.number().unwrap_or(policy.title());
    html! {
        h4 lang="zh-Hans" { (report.link_as(policy.id(), shown(policy.title()))) " " small { (shown(name)) @if let Some(day) = policy.issued() { " " (day) } } }
        (chart([NAMES + 630, height], &format!("Days from {name} to the documents that implement it"), &format!("{name}的落实时间（天）"), body))
        @if dated.len() > rows { p { (label(&format!("{rows} of {} documents.", dated.len()), &format!("{}件文件中的{rows}件。", dated.len()))) } }
        @if !undated.is_empty() {
            p { small { (label("Lag not known: ", "天数不明：")) @for (n, of) in undated.iter().take(DOCUMENTS).enumerate() {
                @if n > 0 { ", " } (report.link_as(of.document.id(), shown(of.document.key()))) " (" (term(of.genre().name(), of.genre().chinese())) ")"
            } @if undated.len() > DOCUMENTS { " +" (undated.len() - DOCUMENTS) } } }
        }
    }
}
