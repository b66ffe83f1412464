//! `radar`: measures that rest on a policy which was repealed or issued again after them.

use crate::output::{Failure, Page, print_lines, quoted};
use policygraph::radar::{Finding, PolicyChange};
use policygraph::{Date, Graph};
use serde_json::{Value, json};

pub fn run(graph: &Graph, on: Option<Date>, json: bool) -> Result<(), Failure> {
    let findings = findings(graph, on);
    if json {
        let line = |of: &Finding| format!("{}\n", value(graph, of));
        return print_lines(&findings.iter().map(line).collect::<String>());
    }
    let mut page = Page::new();
    page.heading("Measures that rest on a policy that changed after them (依据变动)");
    if findings.is_empty() {
        page.line("Nothing was found: no policy that a measure names is known to have changed.");
        return page.print();
    }
    let rows = findings.iter().map(|finding| {
        let policy = finding.policy;
        let name = policy.number().map_or_else(String::new, str::to_owned);
        let sign = if finding.certain { "" } else { "? " };
        vec![
            graph.label(finding.provider).into_owned(),
            format!("{name}《{}》", policy.title()),
            format!("{sign}{}", change(&finding.change)),
            finding.basis.proof.evidence().map_or_else(String::new, |of| quoted(graph.quote(of))),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let part = (page.width - 20) / 3;
    page.table(&[20, part, part], rows);
    page.line("? a date is missing: the change may have come before the measure.");
    page.print()
}

/// Returns the measures that rest on a policy that changed after them, by what was known on a day.
pub fn findings(graph: &Graph, on: Option<Date>) -> Vec<Finding<'_>> {
    let known = |finding: &Finding| match (on, finding.change.day()) {
        (Some(on), Some(day)) => day <= on,
        _ => true,
    };
    graph.radar().into_iter().filter(known).collect()
}

fn change(change: &PolicyChange) -> String {
    match change {
        PolicyChange::Repealed(repeal) => format!("repealed by {repeal}"),
        PolicyChange::Reissued(newer) => {
            let number = newer.number().unwrap_or_default();
            format!("issued again: {number}《{}》", newer.title())
        }
        _ => String::new(),
    }
}

/// Returns a finding for programs.
pub fn value(graph: &Graph, finding: &Finding) -> Value {
    let by = match finding.change {
        PolicyChange::Repealed(repeal) => graph.key(repeal.by.node()).to_string(),
        PolicyChange::Reissued(newer) => graph.key(newer.node()).to_string(),
        _ => String::new(),
    };
    let kind = match finding.change {
        PolicyChange::Repealed(_) => "repealed",
        _ => "reissued",
    };
    json!({
        "key": graph.key(finding.provider).to_string(),
        "policy": graph.key(finding.policy.node()).to_string(),
        "change": kind,
        "by": by,
        "from": finding.change.day().map(|day| day.to_string()),
        "certain": finding.certain,
        "basis": graph.keyed(&finding.basis.proof),
    })
}
