//! DOT of a neighborhood, for Graphviz. Needs no feature.
//!
//! ```
//! use policygraph::export::dot;
//! use policygraph::walk::Scope;
//!
//! let graph = policygraph::builtin();
//! let measure = graph.measure("sx-2025/8").unwrap();
//! let mut out = Vec::new();
//! dot::write(graph, measure.node(), Scope::default().depth(1), &mut out)?;
//! let text = String::from_utf8(out).unwrap();
//! assert!(text.contains(r#"[label="负责"]"#)); // the role on the edge to the agency
//! # Ok::<(), policygraph::Error>(())
//! ```

use crate::error::Error;
use crate::graph::{Direction, Graph, Node, NodeKind};
use crate::walk::{Scope, Visit};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Characters of a line of a label.
const LINE: usize = 14;

/// Maximum number of lines of a label.
const LINES: usize = 3;

/// Writes the nodes around `start` within `scope`, and the edges between them.
///
/// Nodes are in the order of [`Graph::neighborhood`], edges by source. A label is the one of
/// [`Graph::label`] and the heading of a measure, on at most three lines of 14 characters. Colors
/// tell the kinds of nodes. Edges have their Chinese term, those of responsibility the role; derived
/// edges are dashed and have their score.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the writer fails.
///
/// ```
/// use policygraph::export::dot;
/// use policygraph::graph::EdgeKind;
/// use policygraph::walk::Scope;
///
/// let graph = policygraph::builtin();
/// let policy = graph.policy("国办发〔2024〕53号").unwrap();
/// let scope = Scope::default().edges([EdgeKind::Implements]).depth(1);
/// let mut out = Vec::new();
/// dot::write(graph, policy.node(), scope, &mut out)?;
/// let text = String::from_utf8(out).unwrap();
/// assert!(text.contains(r#"n1 -> n0 [label="贯彻落实"];"#));
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn write(
    graph: &Graph,
    start: impl Into<Node>,
    scope: Scope,
    out: impl Write,
) -> Result<(), Error> {
    let nodes: Vec<Visit> = graph.neighborhood(start, scope).collect();
    write_nodes(graph, &nodes, scope, out).map_err(Error::not_written)
}

fn write_nodes(
    graph: &Graph,
    nodes: &[Visit],
    scope: Scope,
    mut out: impl Write,
) -> io::Result<()> {
    writeln!(out, "digraph policygraph {{")?;
    writeln!(out, "  rankdir=LR;")?;
    writeln!(out, "  node [shape=box, style=\"rounded,filled\", fontname=\"Noto Sans CJK SC\"];")?;
    writeln!(out, "  edge [fontname=\"Noto Sans CJK SC\", fontsize=10];")?;
    let mut places = BTreeMap::new();
    for (place, visit) in nodes.iter().enumerate() {
        places.insert(visit.node, place);
        let (label, color) = (label(graph, visit.node), color(visit.node.kind()));
        writeln!(out, "  n{place} [label=\"{label}\", fillcolor=\"{color}\"];")?;
    }
    for (place, visit) in nodes.iter().enumerate() {
        for step in graph.steps(visit.node) {
            let target = places.get(&step.node);
            if let (Direction::Outgoing, Some(target)) = (step.direction, target)
                && scope.has_edge(step.kind)
            {
                let term = graph.role(step.edge).map_or(step.kind.chinese(), |role| role.chinese());
                match graph.proof(step.edge) {
                    crate::graph::Proof::Derived { score, .. } => writeln!(
                        out,
                        "  n{place} -> n{target} [label=\"{term} {score:.2}\", style=dashed];"
                    )?,
                    _ => writeln!(out, "  n{place} -> n{target} [label=\"{term}\"];")?,
                }
            }
        }
    }
    writeln!(out, "}}")?;
    out.flush()
}

/// Returns the label of a node on several lines, for a quoted string of DOT.
fn label(graph: &Graph, node: Node) -> String {
    let label = graph.label(node);
    let mut lines = Vec::new();
    for part in std::iter::once(&*label).chain(graph.heading(node)) {
        let chars: Vec<char> = part.chars().collect();
        lines.extend(chars.chunks(LINE).map(|line| line.iter().collect::<String>()));
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines[LINES - 1].push('…');
    }
    let quoted =
        |line: &String| line.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ");
    lines.iter().map(quoted).collect::<Vec<_>>().join("\\n")
}

fn color(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Document => "#fff2cc",
        NodeKind::Section => "#f5f5f5",
        NodeKind::Measure => "#dae8fc",
        NodeKind::Agency => "#d5e8d4",
        NodeKind::Policy => "#ffe6cc",
        NodeKind::Article => "#fdebd8",
        NodeKind::Product => "#e1d5e7",
        NodeKind::Region => "#e2f0d9",
        NodeKind::Target | NodeKind::Deadline => "#f8cecc",
        NodeKind::Platform => "#d0e0e3",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::lexicon::Lexicon;
    use crate::read::read;

    #[test]
    fn quotes_and_line_ends_of_a_label_are_escaped() {
        let mut corpus = Corpus::new();
        corpus.insert(read(Lexicon::builtin(), "a\"b\\c\nd", "一、加强监管。"));
        let graph = corpus.graph(Lexicon::builtin());
        let document = graph.documents().next().unwrap();
        assert_eq!(label(&graph, document.into()), "a\\\"b\\\\c d");
    }

    #[test]
    fn a_long_label_has_three_lines() {
        let mut corpus = Corpus::new();
        corpus.insert(read(Lexicon::builtin(), &"长".repeat(60), "一、加强监管。"));
        let graph = corpus.graph(Lexicon::builtin());
        let document = graph.documents().next().unwrap();
        let line = "长".repeat(LINE);
        assert_eq!(
            label(&graph, document.into()),
            [&*line, &line, &format!("{line}…")].join("\\n")
        );
    }
}
