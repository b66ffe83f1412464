//! Agencies and their duties.

mod matrix;
mod roles;

use crate::graph::{
    AgencyId, AgencyRef, DeadlineRef, DocId, Evidence, MeasureId, Node, SectionId, TargetRef,
};
use crate::model::Role;
use crate::report::kit::{Column, Report, deadline, label, role, section, shown, table, target};
use maud::{Markup, html};

/// Number of agencies that are listed.
const AGENCIES: usize = 200;

/// Number of duties that the card of an agency lists.
const DUTIES: usize = 300;

/// A duty: a provision for which an agency is responsible.
struct Duty<'g> {
    provider: Node,
    role: Role,
    evidence: Evidence,
    deadlines: Vec<DeadlineRef<'g>>,
    targets: Vec<TargetRef<'g>>,
}

/// Returns the duties of an agency in measures, chapters and documents without measures.
fn duties(agency: AgencyRef<'_>) -> Vec<Duty<'_>> {
    let mut duties: Vec<Duty<'_>> = Vec::new();
    macro_rules! of {
        ($id:ty) => {
            for (of, role, evidence) in agency.duties_in::<$id>() {
                let deadlines = of.deadlines().collect();
                let targets = of.targets().collect();
                duties.push(Duty { provider: of.node(), role, evidence, deadlines, targets });
            }
        };
    }
    of!(MeasureId);
    of!(SectionId);
    of!(DocId);
    duties
}

/// Returns the view: the agencies with their roles, then the busiest of them as matrices.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let graph = report.graph;
    let of = |agency: AgencyId| (agency, duties(graph.at(agency)));
    let mut all: Vec<_> =
        graph.agencies().map(of).filter(|(_, duties)| !duties.is_empty()).collect();
    all.sort_by_key(|(agency, duties)| (std::cmp::Reverse(duties.len()), *agency));
    let busiest: Vec<AgencyId> = all.iter().map(|(agency, _)| *agency).collect();
    let body = html! {
        p.lead {
            (label(
                "Agencies that a document makes responsible, by role. Each has a list of its duties with deadlines, which can be printed.",
                "文件明确责任的机关及其角色。每个机关都有一份可打印的职责与时限清单。",
            ))
            " " a href=(report.view_href("when")) { (label("All deadlines by day", "按日期查看全部时限")) }
        }
        (list(report, &all))
        (roles::view(report))
        (matrix::view(report, &busiest))
    };
    section("who", "Who", "职责", body)
}

/// Returns the agencies as a table.
fn list(report: Report<'_>, all: &[(AgencyId, Vec<Duty<'_>>)]) -> Markup {
    let columns = [
        Column::text("Agency", "机关"),
        Column::number("Sole", "负责"),
        Column::number("Lead", "牵头"),
        Column::number("Joint", "分工负责"),
        Column::number("Support", "配合"),
        Column::number("Duties", "职责"),
        Column::text("Next deadline", "最近时限"),
    ];
    let row = |(agency, duties): &(AgencyId, Vec<Duty<'_>>)| {
        let count = |role: Role| duties.iter().filter(|duty| duty.role == role).count();
        let days = duties.iter().flat_map(|duty| &duty.deadlines).filter_map(|of| of.record().by);
        let next = days.filter(|day| *day >= report.day).min().map(|day| day.to_string());
        html! {
            tr {
                th scope="row" lang="zh-Hans" { (report.link(*agency)) }
                @for role in [Role::Sole, Role::Lead, Role::Joint, Role::Support] {
                    @let count = count(role);
                    td.n data-v=(count) { @if count > 0 { (count) } }
                }
                td.n { (duties.len()) }
                td.d data-v=(next.as_deref().unwrap_or("9")) { @if let Some(day) = &next { time { (day) } } }
            }
        }
    };
    let rows: Vec<Markup> = all.iter().take(AGENCIES).map(row).collect();
    let caption = [
        &*format!(
            "{} of {} agencies with duties; next deadline from {} on",
            rows.len(),
            all.len(),
            report.day
        ),
        &*format!(
            "共{}个机关有职责，列出{}个；最近时限自{}起算",
            all.len(),
            rows.len(),
            report.day
        ),
    ];
    table("table-who", caption, &columns, &rows)
}

/// Returns the duties of one agency, for its card.
pub(in crate::report) fn of_agency(report: Report<'_>, agency: AgencyId) -> Markup {
    let agency = report.graph.at(agency);
    let duties = duties(agency);
    let columns = [
        Column::text("Role", "角色"),
        Column::text("Duty", "职责"),
        Column::text("Deadlines", "时限"),
        Column::text("Targets", "目标"),
    ];
    let row = |duty: &Duty<'_>| {
        html! {
            tr {
                td { a href=(report.evidence_href(duty.evidence)) { (role(duty.role)) } }
                td { (provision(report, duty.provider)) }
                td { @for of in &duty.deadlines { a href=(report.href(of.node())) { (deadline(of.record())) } br; } }
                td { @for of in &duty.targets { a href=(report.href(of.node())) { (target(of.record())) } br; } }
            }
        }
    };
    let rows: Vec<Markup> = duties.iter().take(DUTIES).map(row).collect();
    let caption = [
        &*format!("{} of {} duties", rows.len(), duties.len()),
        &*format!("共{}项职责，列出{}项", duties.len(), rows.len()),
    ];
    html! {
        @if !rows.is_empty() {
            (table(&format!("table-{}", report.id(agency.id())), caption, &columns, &rows))
        }
    }
}

/// Returns a link to a measure, a chapter or a document.
pub(in crate::report) fn provision(report: Report<'_>, node: Node) -> Markup {
    match node {
        Node::Measure(measure) => html! {
            a href=(report.href(measure)) { code { (shown(&report.graph.label(measure))) } " " (report.heading(measure)) }
        },
        node => html! { span lang="zh-Hans" { (report.link(node)) } },
    }
}

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use super::*;
    use crate::builtin;

    #[test]
    fn every_duty_of_a_measure_is_in_the_list_of_its_agency() {
        let graph = builtin();
        for agency in graph.agencies().map(|id| graph.at(id)) {
            let found = duties(agency);
            assert!(found.len() >= agency.duties().len());
            for (measure, role, _) in agency.duties() {
                assert!(
                    found.iter().any(|duty| duty.provider == measure.node() && duty.role == role)
                );
            }
        }
    }
}
