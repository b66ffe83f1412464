//! Agencies × the measures of one document, by role.

use crate::graph::{AgencyId, DocumentRef};
use crate::model::Role;
use crate::report::kit::{Report, chart, clipped, label, place, shown};
use indexmap::IndexMap;
use maud::{Markup, html};

/// Number of documents, and of the agencies and measures of each.
const DOCUMENTS: usize = 6;
const AGENCIES: usize = 30;
const MEASURES: usize = 60;

/// Sizes in pixels: of a cell, of the names.
const CELL: u32 = 20;
const NAMES: u32 = 230;

/// The roles of agencies, by agency and position of the measure.
type Roles = IndexMap<AgencyId, Vec<(usize, Role)>>;

/// Returns the documents with most duties.
pub(super) fn view(report: Report<'_>) -> Markup {
    let documents = report.graph.documents().map(|id| report.graph.at(id));
    let mut all: Vec<(DocumentRef<'_>, Roles)> = documents
        .map(|document| (document, roles(document)))
        .filter(|(_, roles)| !roles.is_empty())
        .collect();
    let total = all.len();
    all.sort_by_key(|(_, roles)| std::cmp::Reverse(roles.values().map(Vec::len).sum::<usize>()));
    all.truncate(DOCUMENTS);
    html! {
        @if !all.is_empty() {
            h3 { (label("Agencies by measures", "机关与措施")) }
            p.legend {
                (label(&format!("{} of {total} documents, those with most duties.", all.len()), &format!("{total}件文件中职责最多的{}件。", all.len()))) " "
                "■ " (label("sole or lead", "负责或牵头")) " "
                "◧ " (label("joint", "分工负责")) " "
                "□ " (label("support", "配合"))
            }
            @for (document, roles) in &all {
                h4 { (report.link_as(document.id(), shown(document.key()))) " " small lang="zh-Hans" { (shown(document.title().unwrap_or_default())) } }
                (matrix(*document, roles))
            }
        }
    }
}

/// Returns the roles of the agencies of a document, those with most first.
fn roles(document: DocumentRef<'_>) -> Roles {
    let mut roles = Roles::new();
    for measure in document.measures() {
        for (agency, role, _) in measure.responsible() {
            roles.entry(agency.id()).or_default().push((measure.position(), role));
        }
    }
    roles.sort_by(|one, a, other, b| b.len().cmp(&a.len()).then(one.cmp(other)));
    roles
}

fn matrix(document: DocumentRef<'_>, roles: &Roles) -> Markup {
    let graph = document.graph();
    let measures = document.measures().len().min(MEASURES);
    let rows = roles.len().min(AGENCIES);
    let x = |position: usize| place(NAMES, position - 1, CELL);
    let body = html! {
        @for position in 1..=measures { text.dim x=(x(position) + CELL / 2) y="14" text-anchor="middle" { (position) } }
        @for (n, (agency, roles)) in roles.iter().take(AGENCIES).enumerate() {
            @let y = place(20, n, CELL);
            text x="0" y=(y + 14) { (clipped(graph.at(*agency).name(), 32)) }
            line.rule x1=(NAMES) x2=(x(measures + 1)) y1=(y + CELL) y2=(y + CELL) {}
            @for &(position, role) in roles.iter().filter(|(position, _)| *position <= measures) {
                @let (left, top) = (x(position) + 4, y + 4);
                    @match role {
                        Role::Sole | Role::Lead => { rect.s1 x=(left) y=(top) width="12" height="12" {} }
                        Role::Joint => {
                            rect.frame x=(left) y=(top) width="12" height="12" {}
                            rect.s1 x=(left) y=(top) width="6" height="12" {}
                        }
                        Role::Support => { rect.frame x=(left) y=(top) width="12" height="12" {} }
                    }
            }
        }
    };
    let english = format!("Agencies and measures of {}", document.key());
    let chinese = format!("{}的机关与措施", document.key());
    html! {
        (chart([place(NAMES + 4, measures, CELL), place(24, rows, CELL)], &english, &chinese, body))
        @if rows < roles.len() || measures < document.measures().len() {
            p { (label(&format!("{rows} of {} agencies, {measures} of {} measures.", roles.len(), document.measures().len()),
                &format!("{}个机关中的{rows}个，{}项措施中的{measures}项。", roles.len(), document.measures().len()))) }
        }
    }
}
