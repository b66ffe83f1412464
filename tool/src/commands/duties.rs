//! `duties`: what an agency must do, with its role and the deadlines.

use super::facts;
use crate::output::{Failure, Page, flat, print_lines, quoted};
use policygraph::graph::{
    AgencyId, DocId, DocumentRef, Evidence, MeasureRef, SectionId, SectionRef,
};
use policygraph::{Graph, Role};
use serde_json::json;

/// A duty of a measure, of the prose of a chapter, or of a document without measures.
pub struct Duty {
    pub key: String,
    pub heading: String,
    pub role: Role,
    pub deadlines: Vec<String>,
    pub targets: Vec<String>,
    pub evidence: Evidence,
}

/// Returns the duties of an agency: those of measures, of chapters, then of documents without measures.
pub fn duties(graph: &Graph, agency: AgencyId) -> Vec<Duty> {
    let agency = graph.at(agency);
    let measures =
        agency.duties().map(|(measure, role, evidence)| of_measure(measure, role, evidence));
    let chapters = agency
        .duties_in::<SectionId>()
        .map(|(section, role, evidence)| of_section(graph, section, role, evidence));
    let documents = agency
        .duties_in::<DocId>()
        .map(|(document, role, evidence)| of_document(graph, document, role, evidence));
    measures.chain(chapters).chain(documents).collect()
}

pub fn run(graph: &Graph, name: &str, json: bool) -> Result<(), Failure> {
    let agency = graph.at(graph.named::<AgencyId>(name)?);
    let duties = duties(graph, agency.id());
    if json {
        let line = |duty: &Duty| {
            let value = json!({
                "agency": agency.name(),
                "key": duty.key,
                "heading": duty.heading,
                "role": duty.role.name(),
                "deadlines": duty.deadlines,
                "targets": duty.targets,
                "evidence": graph.keyed(&duty.evidence),
            });
            format!("{value}\n")
        };
        return print_lines(&duties.iter().map(line).collect::<String>());
    }
    let mut page = Page::new();
    page.heading(format_args!("{}: {} duties (职责)", agency.name(), duties.len()));
    let rows = duties.iter().map(|duty| {
        let due = duty.deadlines.join("\n");
        let words = quoted(graph.quote(duty.evidence));
        vec![duty.key.clone(), format!("{:#}", duty.role), due, duty.heading.clone(), words]
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        page.line("No document names it as responsible.");
    } else {
        page.table(&[18, 19, 12, (page.width - 49) / 2], rows);
    }
    page.print()
}

fn of_measure(measure: MeasureRef, role: Role, evidence: Evidence) -> Duty {
    Duty {
        key: measure.key().to_string(),
        heading: facts::heading(measure),
        role,
        deadlines: measure.deadlines().map(|of| of.record().to_string()).collect(),
        targets: measure.targets().map(|of| of.record().to_string()).collect(),
        evidence,
    }
}

fn of_section(graph: &Graph, section: SectionRef, role: Role, evidence: Evidence) -> Duty {
    Duty {
        key: graph.key(section.node()).to_string(),
        heading: section.title().to_owned(),
        role,
        deadlines: section.deadlines().map(|of| of.record().to_string()).collect(),
        targets: section.targets().map(|of| of.record().to_string()).collect(),
        evidence,
    }
}

fn of_document(graph: &Graph, document: DocumentRef, role: Role, evidence: Evidence) -> Duty {
    Duty {
        key: graph.key(document.node()).to_string(),
        heading: flat(document.title().unwrap_or_default()),
        role,
        deadlines: document.deadlines().map(|of| of.record().to_string()).collect(),
        targets: document.targets().map(|of| of.record().to_string()).collect(),
        evidence,
    }
}
