//! Deadlines: a strip by day, and a table with those who must keep them.

use super::axis::Axis;
use crate::graph::DeadlineRef;
use crate::report::kit::{
    Column, Report, chart, chip, clipped, deadline, label, place, shown, table,
};
use crate::report::views::who::provision;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Number of deadlines in the table.
const LISTED: usize = 200;

/// Columns of the words of a task.
const TASK: usize = 160;

/// Sizes in pixels: of the strip, of a point.
const WIDTH: u32 = 940;
const POINT: u32 = 10;

/// Number of points above each other.
const STACKED: usize = 14;

/// Returns the strip and the table: the next deadlines first, then those that have passed, the last
/// first, then periods without a day.
pub(super) fn view(report: Report<'_>) -> Markup {
    let graph = report.graph;
    let mut all: Vec<DeadlineRef<'_>> = graph.deadlines().map(|id| graph.at(id)).collect();
    all.sort_by_key(|of| {
        let by = of.record().by;
        let away = by.and_then(|day| report.day.until(day).ok()).map(|span| span.get_days());
        let group = away.map_or(2, |days| i32::from(days < 0));
        (group, away.unwrap_or(0).abs(), of.id())
    });
    let ahead = all.iter().filter(|of| of.record().by.is_some_and(|day| day >= report.day)).count();
    let passed = all.iter().filter(|of| of.record().by.is_some_and(|day| day < report.day)).count();
    let undated = all.len() - ahead - passed;
    let columns = [
        Column::text("By", "截至"),
        Column::text("State", "状态"),
        Column::text("Who", "责任机关"),
        Column::text("Task", "任务"),
        Column::text("Set in", "出处"),
    ];
    let rows: Vec<Markup> = all.iter().take(LISTED).map(|of| row(report, *of)).collect();
    let caption = [
        &*format!("{} of {} deadlines, the next first", rows.len(), all.len()),
        &*format!("共{}个时限，列出{}个，最近的在前", all.len(), rows.len()),
    ];
    html! {
        h3 id="when:deadlines" { (label("Deadlines", "时限")) }
        @if all.is_empty() {
            p { (label("No document sets a deadline.", "没有文件规定时限。")) }
        } @else {
            p { (label(&format!("{ahead} are ahead, {passed} have passed, {undated} are periods whose day the text does not tell."),
                &format!("未到期{ahead}个，已到期{passed}个，另有{undated}个期限的日期无法由原文确定。"))) }
            (strip(report, &all))
            (table("table-deadlines", caption, &columns, &rows))
        }
    }
}

fn row(report: Report<'_>, of: DeadlineRef<'_>) -> Markup {
    let by = of.record().by;
    let is_ahead = by.is_some_and(|day| day >= report.day);
    let sort = by.map_or("9".to_owned(), |day| format!("{}{day}", if is_ahead { 0 } else { 1 }));
    html! {
        tr {
            td data-v=(sort) { a href=(report.href(of.node())) { @if let Some(day) = by { time.d { (day) } } @else { (deadline(of.record())) } } }
            td {
                @match (by, is_ahead) {
                    (None, _) => { (chip("due", "no day", "无确定日期")) }
                    (_, true) => { (chip("due", "ahead", "未到期")) }
                    (_, false) => { (chip("due", "passed", "已到期")) }
                }
            }
            td.wide lang="zh-Hans" { (who(report, of)) }
            td.wide lang="zh-Hans" { (clipped(of.task().unwrap_or(of.text()), TASK)) }
            td.wide { (provision(report, of.provider())) }
        }
    }
}

/// Returns the agencies that must keep a deadline; if the text names none, those that issued the document.
fn who(report: Report<'_>, of: DeadlineRef<'_>) -> Markup {
    let issuers = of.document().issuers();
    html! {
        @for (n, agency) in of.agencies().enumerate() { @if n > 0 { "、" } (report.link(agency.id())) }
        @if of.agencies().len() == 0 {
            small { (label("not named", "未写明")) @if issuers.len() > 0 { (label("; issued by ", "；发文：")) } }
            @for (n, issuer) in issuers.enumerate() { @if n > 0 { "、" } (report.link(issuer.id())) }
        }
    }
}

/// Returns the deadlines with a day as points on an axis; points of one place are above each other.
fn strip(report: Report<'_>, all: &[DeadlineRef<'_>]) -> Markup {
    let dated = all.iter().filter_map(|of| Some((of.record().by?, *of)));
    let days = dated.clone().map(|(day, _)| day).chain([report.day]);
    let Some(axis) = Axis::new(days, 8, WIDTH - 60).filter(|_| dated.clone().count() > 0) else {
        return html! {};
    };
    let mut places: BTreeMap<u32, Vec<_>> = BTreeMap::new();
    for (day, of) in dated {
        places.entry(axis.x(day) / POINT).or_default().push((day, of));
    }
    places.values_mut().for_each(|points| points.sort_by_key(|(day, of)| (*day, of.id())));
    let highest = places.values().map(Vec::len).max().unwrap_or(0).min(STACKED);
    let height = place(44, highest, POINT);
    let y = |n: usize| height - place(10, n, POINT);
    let body = html! {
        (axis.lines(report.day, height))
        @for (&at, points) in &places {
            @let x = at * POINT + POINT / 2;
            @for (n, (day, of)) in points.iter().take(STACKED).enumerate() {
                circle class=(if *day >= report.day { "accent" } else { "past" }) cx=(x) cy=(y(n)) r="4" {
                    title { (day) " " (shown(&report.graph.label(of.provider()))) " " (clipped(of.task().unwrap_or(of.text()), 60)) }
                }
            }
            @if points.len() > STACKED { text.dim x=(x + 6) y=(y(STACKED - 1)) { "+" (points.len() - STACKED) } }
        }
    };
    html! {
        (chart([WIDTH, height], "Deadlines by day", "时限日历", body))
        p.legend { "● " (label("ahead", "未到期")) " ○ " (label("passed", "已到期")) " ┆ " (report.day) }
    }
}
