//! `show`: one node and its edges, each with the words that state it.

use super::facts;
use crate::output::{Failure, Page, flat, print_lines};
use policygraph::Graph;
use policygraph::graph::{EdgeKind, NameMatch, Node};
use policygraph::walk::Step;
use serde_json::{Value, json};

/// Maximum number of names that are listed for an unknown or ambiguous one.
const LISTED: usize = 5;

pub fn run(graph: &Graph, name: &str, limit: usize, json: bool) -> Result<(), Failure> {
    let node = node(graph, name)?;
    let steps = steps(graph, node);
    if json {
        let edges: Vec<Value> = steps.iter().map(|step| edge(graph, step)).collect();
        let key = graph.key(node).to_string();
        let kind = node.kind().name();
        let value = json!({ "key": key, "kind": kind, "label": graph.label(node), "edges": edges });
        return print_lines(&format!("{value}\n"));
    }
    let mut page = Page::new();
    let kind = format!("{:#}", node.kind());
    page.heading(format_args!("{}  {kind}", graph.key(node)));
    for words in words(graph, node) {
        page.paragraph(&words);
    }
    let mut last = "";
    let rows = steps.iter().take(limit).map(|step| {
        let phrase = step.phrase();
        let again = std::mem::replace(&mut last, phrase) == phrase;
        let phrase = if again { "" } else { phrase };
        vec![phrase.to_owned(), target(graph, step), facts::proof(graph, step.proof)]
    });
    let rows: Vec<_> = rows.collect();
    let half = (page.width - 22) / 2;
    page.table(&[22, half], rows);
    if steps.len() > limit {
        page.line(format_args!("{} more edges: -n {}", steps.len() - limit, steps.len()));
    }
    page.print()
}

/// Prints the number of nodes and edges of each kind, and the documents.
pub fn census(graph: &Graph, json: bool) -> Result<(), Failure> {
    let census = graph.census();
    if json {
        return print_lines(&format!("{}\n", serde_json::to_value(&census)?));
    }
    let mut page = Page::new();
    page.heading("Nodes and edges");
    let nodes = census.nodes.iter().map(|(kind, count)| (format!("{kind:#}"), *count));
    let edges = census.edges.iter().map(|(kind, count)| (format!("{kind:#}"), *count));
    let rows = nodes.chain(edges).filter(|(_, count)| *count > 0);
    page.aligned_table(&[32, 10], &[1], rows.map(|(kind, count)| vec![kind, count.to_string()]));
    page.heading("Documents (文件)");
    let rows = graph.documents().map(|id| graph.at(id)).map(|document| {
        let measures = format!("{} measures", document.measures().len());
        let title = flat(document.title().unwrap_or("–"));
        vec![document.key().to_owned(), measures, document.genre().to_string(), title]
    });
    page.aligned_table(&[24, 15, 12], &[1], rows);
    page.print()
}

/// Returns the edges of a node, in the order in which they are shown.
pub fn steps(graph: &Graph, node: Node) -> Vec<Step> {
    let mut steps: Vec<Step> = graph.steps(node).collect();
    // The measures of a document are the longest list, and come last.
    let contains = |step: &Step| step.kind == EdgeKind::Contains;
    steps.sort_by_key(|step| (contains(step), step.kind, step.direction as usize, step.edge));
    steps
}

/// The problem of a name that nothing has.
const UNKNOWN: &str = "is not known";

/// A name that does not mean one node.
pub struct Unresolved {
    /// The problem, as a predicate of the name.
    pub problem: &'static str,
    /// The nearest nodes, or those with this name or with this part of a name.
    pub nearest: Vec<Node>,
}

/// The problem of a name that several nodes have.
pub const AMBIGUOUS: &str = "is the name of several nodes";

/// Returns the node that a name means. Of a document and the policies whose text it is, which have one
/// name, it is the document.
pub fn resolve(graph: &Graph, name: &str) -> Result<Node, Unresolved> {
    let found = graph.find(name);
    let best = found.first().map(|best| best.matched);
    let same: Vec<Node> =
        found.iter().filter(|other| Some(other.matched) == best).map(|one| one.node).collect();
    let problem = match (&same[..], best) {
        ([], _) | (_, None) => {
            let nearest = graph.nearest(name, LISTED).into_iter().map(|near| near.node).collect();
            return Err(Unresolved { problem: UNKNOWN, nearest });
        }
        ([one], _) => return Ok(*one),
        ([one, rest @ ..], Some(NameMatch::Exact | NameMatch::Alias | NameMatch::Variant)) => {
            if rest.iter().all(|&other| is_text(graph, *one, other)) {
                return Ok(*one);
            }
            AMBIGUOUS
        }
        _ => "is a part of several names",
    };
    Err(Unresolved { problem, nearest: same.into_iter().take(LISTED).collect() })
}

/// Returns true if one node is the text of the other.
fn is_text(graph: &Graph, one: Node, other: Node) -> bool {
    match (one, other) {
        (Node::Document(document), Node::Policy(policy))
        | (Node::Policy(policy), Node::Document(document)) => {
            graph.text_of(document).contains(&policy)
        }
        _ => false,
    }
}

/// Returns the documents that have this name, if there are several.
pub fn namesakes(graph: &Graph, name: &str) -> Vec<Node> {
    let mut found = graph.find(name);
    found.retain(|one| matches!(one.node, Node::Document(_)) && one.matched < NameMatch::Part);
    let best = found.first().map(|best| best.matched);
    let same = found.iter().filter(|other| Some(other.matched) == best).map(|one| one.node);
    let same: Vec<Node> = same.take(LISTED).collect();
    if same.len() > 1 { same } else { Vec::new() }
}

/// Returns the node that a name means. Fails with the nearest names, or with the nodes of which it is
/// the name.
fn node(graph: &Graph, name: &str) -> Result<Node, Failure> {
    resolve(graph, name).map_err(|Unresolved { problem, nearest }| {
        let document = name.split_once('/').and_then(|(of, _)| graph.document(of));
        if document.is_some() && problem == UNKNOWN {
            return super::no_measure(graph, name);
        }
        let mut message = format!("{name}: {problem}");
        let keys: Vec<String> =
            nearest.into_iter().map(|node| format!("\n  {}", graph.key(node))).collect();
        if keys.is_empty() {
            message += "; `show` takes keys such as sx-2025/8, numbers, titles and names";
        } else {
            message += &format!("; there are:{}", keys.concat());
        }
        Failure::new(message)
    })
}

/// Returns what a node says itself.
pub fn words(graph: &Graph, node: Node) -> Vec<String> {
    match node {
        Node::Document(id) => {
            let document = graph.at(id);
            let record = document.record();
            let signed = record.dates.signed.as_ref().map(|date| format!("signed {}", date.value));
            let measures = document.measures().len();
            let count = (measures > 0).then(|| format!("{measures} measures"));
            let parts = [
                Some(document.genre().to_string()),
                document.number().map(str::to_owned),
                signed,
                count,
            ];
            let line = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            document.title().map(str::to_owned).into_iter().chain([line]).collect()
        }
        Node::Measure(id) => {
            let measure = graph.at(id);
            vec![measure.title().map(flat).unwrap_or_default(), measure.text().to_owned()]
        }
        Node::Policy(id) => {
            let policy = graph.at(id);
            let number = policy.number().map(str::to_owned);
            std::iter::once(policy.title().to_owned()).chain(number).collect()
        }
        Node::Target(id) => {
            vec![graph.at(id).record().to_string(), graph.at(id).text().to_owned()]
        }
        Node::Deadline(id) => {
            let deadline = graph.at(id);
            let task = deadline.task().unwrap_or_default();
            vec![deadline.record().to_string(), deadline.text().to_owned(), task.to_owned()]
        }
        _ => vec![graph.label(node).into_owned()],
    }
}

/// Returns the other end of an edge, and what the edge says of it.
fn target(graph: &Graph, step: &Step) -> String {
    let role = graph.role(step.edge).map(|role| format!("  {role:#}")).unwrap_or_default();
    let label = match step.node {
        Node::Measure(id) => format!("{} {}", graph.at(id).key(), facts::heading(graph.at(id))),
        Node::Document(id) => {
            format!("{} {}", graph.at(id).key(), graph.at(id).title().unwrap_or_default())
        }
        Node::Target(id) => graph.at(id).record().to_string(),
        Node::Deadline(id) => graph.at(id).record().to_string(),
        Node::Policy(id) => match graph.at(id).number() {
            Some(number) => format!("{number}《{}》", graph.at(id).title()),
            None => format!("《{}》", graph.at(id).title()),
        },
        Node::Article(id) => format!("{}. {}", graph.at(id).ordinal(), graph.at(id).heading()),
        other => graph.label(other).into_owned(),
    };
    format!("{}{role}", flat(&label))
}

fn edge(graph: &Graph, step: &Step) -> Value {
    json!({
        "edge": step.kind.name(),
        "phrase": step.phrase(),
        "key": graph.key(step.node).to_string(),
        "label": graph.label(step.node),
        "role": graph.role(step.edge).map(|role| role.name()),
        "proof": graph.keyed(&step.proof),
    })
}
