//! Words for facts.

use policygraph::graph::{MeasureRef, Proof};
use policygraph::{Comparator, Deadline, Graph, Target};

/// Returns the heading of a measure, or its first words.
pub fn heading(measure: MeasureRef) -> String {
    let words =
        measure.title().map_or_else(|| measure.text().chars().take(24).collect(), str::to_owned);
    crate::output::flat(&words)
}

/// Returns the words that prove an edge, or how it was derived.
pub fn proof(graph: &Graph, proof: Proof) -> String {
    match proof {
        Proof::Text(evidence) => crate::output::quoted(graph.quote(evidence)),
        Proof::Vocabulary => "known from the vocabulary".to_owned(),
        Proof::Derived { method, score } => format!("derived: {method}, {score:.2}"),
    }
}

/// Returns what a target commits to: 审批时限 58 → 30 工作日.
pub fn target(target: &Target) -> String {
    let figure = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let (from, to) = (figure(target.from), figure(target.to));
    let value = match (target.comparator, target.from) {
        (Comparator::Reduce | Comparator::Increase, Some(_)) => format!("{from} → {to}"),
        (Comparator::Reduce, None) => format!("down to {to}"),
        (Comparator::Increase, None) => format!("up to {to}"),
        (Comparator::AtLeast, _) => format!("≥ {to}"),
        (Comparator::AtMost, _) => format!("≤ {to}"),
        (Comparator::Equal, Some(_)) => format!("{from}–{to}"),
        (Comparator::Equal, None) => format!("= {to}"),
    };
    let mut line = format!("{} {value} {}", target.quantity, target.unit);
    for when in [&target.deadline, &target.frequency].into_iter().flatten() {
        line += &format!(" · {when}");
    }
    line.trim_start().to_owned()
}

/// Returns the last day of a deadline, and from which day it is counted.
pub fn deadline(deadline: &Deadline) -> String {
    let day = deadline.by.map_or("day unknown".to_owned(), |day| day.to_string());
    let every = if deadline.recurring { ", returns" } else { "" };
    format!("{day}{every}")
}
