//! The documents as a table to sort and filter, with their status on a day that a slider sets.

mod timeline;

use crate::graph::{DocumentRef, NodeKind};
use crate::model::Date;
use crate::report::address;
use crate::report::kit::{Column, Report, label, section, shown, status, table};
use crate::time::Status;
use maud::{Markup, html};
use timeline::{day_number, timeline};

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let columns = [
        Column::text("Document", "文件"),
        Column::text("Number", "文号"),
        Column::text("Issuers", "发文机关"),
        Column::text("Issued", "成文"),
        Column::text("Status", "时效"),
        Column::text("Implements", "上位政策"),
        Column::number("Measures", "措施"),
        Column::number("Targets", "目标"),
        Column::number("Notes", "提示"),
    ];
    let documents = report.graph.documents().map(|id| report.graph.at(id));
    let rows: Vec<Markup> = documents.map(|document| row(report, document)).collect();
    let caption = [
        &*format!("{} documents", report.graph.node_count_of(NodeKind::Document)),
        &*format!("共{}件文件", report.graph.node_count_of(NodeKind::Document)),
    ];
    let body = html! {
        (slider(report))
        (table("table-documents", caption, &columns, &rows))
        p.lead #statuses {
            @for of in Status::ALL {
                span class={ "chip status-" (of.name()) } data-status=(of.name()) { (label(&of.name().replace('_', " "), of.chinese())) } " "
            }
        }
        p.lead {
            (label(
                "A document is in force only if its printed dates show it; without a printed end of validity its status is unknown.",
                "仅当文件印明的日期足以证明时才判为现行有效；未写有效期的，时效为不明。",
            ))
        }
    };
    section("documents", "Documents", "文件", body)
}

/// Returns the slider of the day. It needs the script, which shows it.
fn slider(report: Report<'_>) -> Markup {
    let dates = report.graph.records().flat_map(|record| record.dates.printed());
    let days = dates.flat_map(|date| [date.value.first_day(), date.value.last_day()]);
    let days: Vec<Date> = days.chain([report.day]).collect();
    let first = days.iter().min().copied().unwrap_or(report.day);
    let last = days.iter().max().copied().unwrap_or(report.day);
    html! {
        p hidden {
            label for="day" { (label("Status on", "时效日期")) " " } output #day-is for="day" { (report.day) } br;
            input #day type="range" min=(day_number(first) - 1) max=(day_number(last) + 1) value=(day_number(report.day));
        }
    }
}

fn row(report: Report<'_>, document: DocumentRef<'_>) -> Markup {
    let record = document.record();
    let now = report.graph.as_of(report.day).status(document.id());
    let issued = record.dates.issued().map(|date| date.value.to_string());
    let targets: usize = document.measures().map(|measure| measure.targets().len()).sum();
    let changes: Vec<String> = timeline(document)
        .iter()
        .map(|(day, status)| format!("{}:{}", day_number(*day), status.name()))
        .collect();
    html! {
        tr data-key=(address::fragment(&record.key)) {
            th scope="row" {
                a href=(report.href(document.id())) lang="zh-Hans" { (shown(document.title().unwrap_or(document.key()))) }
                @if document.title().is_some() { " " code { (shown(document.key())) } }
            }
            td { @if let Some(number) = document.number() { (shown(number)) } }
            td lang="zh-Hans" {
                @for (n, issuer) in document.issuers().enumerate() { @if n > 0 { "、" } (report.link(issuer.to().id())) }
            }
            td.d data-v=(issued.as_deref().unwrap_or("")) { @if let Some(day) = &issued { time { (day) } } }
            td data-status=(changes.join(" ")) { (status(now)) }
            td lang="zh-Hans" {
                @for (n, policy) in document.implements().enumerate() { @if n > 0 { "、" } (policy_link(report, policy.to())) }
            }
            td.n { (document.measures().len()) }
            td.n { (targets) }
            td.n { (super::reader::notes(report, document.id()).len()) }
        }
    }
}

/// Returns a link to a policy with its number, else with its title.
fn policy_link(report: Report<'_>, policy: crate::graph::PolicyRef<'_>) -> Markup {
    report.link_as(policy.id(), shown(policy.number().unwrap_or(policy.title())))
}
