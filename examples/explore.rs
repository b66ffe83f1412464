//! Prints the built-in graph, and a measure with its edges and the words that state each: `explore
//! [MEASURE]`; or what is due in the 90 days from a date: `explore due YYYY-MM-DD`.

mod terminal;

use policygraph::graph::{EdgeKind, Node, Proof};
use policygraph::{Date, Graph, builtin, walk::Step};
use std::process::ExitCode;
use terminal::{arguments, print_page, refuse, table};

fn main() -> ExitCode {
    match arguments().iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => show("sx-2025/11"),
        ["due", day] => day.parse().map_or_else(|_| refuse("give a date: 2025-04-01"), due),
        [key] if !key.starts_with('-') && key != "due" => show(key),
        _ => refuse("usage: explore [MEASURE] or explore due YYYY-MM-DD"),
    }
}

fn show(key: &str) -> ExitCode {
    let graph = builtin();
    let documents = table(graph.documents().map(|id| graph.at(id)).map(|document| {
        let measures = format!("{} measures", document.measures().len());
        [document.key().to_owned(), measures, document.title().unwrap_or("–").to_owned()]
    }));
    let Some(measure) = graph.measure(key) else {
        return refuse(format!("{key} is not a measure, DOCUMENT/POSITION:\n{documents}"));
    };
    let counts = table(graph.census().nodes.into_iter().map(|(kind, n)| [format!("{n} {kind:#}")]));
    let steps = graph.steps(measure.id()).chain(graph.steps(measure.document().id()));
    let edges = steps.filter(|step| step.kind != EdgeKind::Contains).map(|step| edge(graph, &step));
    let (text, edges) = (table([[measure.text().to_owned()]]), table(edges));
    print_page(&format!("{counts}\n{documents}\n{measure}\n\n{text}\n{edges}"))
}

fn edge(graph: &Graph, step: &Step) -> [String; 3] {
    let end = match step.node {
        Node::Target(id) => graph.at(id).record().to_string(),
        Node::Deadline(id) => graph.at(id).record().to_string(),
        other => graph.label(other).into_owned(),
    };
    let role = graph.role(step.edge).map(|role| format!("  {role:#}")).unwrap_or_default();
    let proof = match step.proof {
        Proof::Text(evidence) => format!("「{}」", graph.quote(evidence)),
        Proof::Vocabulary => "from the vocabularies".to_owned(),
        Proof::Derived { method, score } => format!("derived: {method}, {score:.2}"),
    };
    [step.phrase().to_owned(), end + &role, proof]
}

fn due(day: Date) -> ExitCode {
    let graph = builtin();
    let until = day.saturating_add(jiff::Span::new().days(90));
    let due = graph.walk(graph.deadlines()).due_in(day..=until).map(|of| {
        let bodies: Vec<&str> = of.agencies().map(|agency| agency.name()).collect();
        let task = of.task().unwrap_or(of.text()).to_owned();
        [of.record().to_string(), graph.label(of.provider()).into(), task, bodies.join("、")]
    });
    print_page(&format!("Due from {day} to {until}\n\n{}", table(due)))
}
