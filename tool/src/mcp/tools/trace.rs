//! `trace`: the ways from a node up to the policies that it rests on, or down to what carries it out.

use super::{Tool, cursor, day, limit, node, schema, text};
use crate::mcp::answer::{Answer, Failed};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use crate::mcp::tools::show::edge;
use policygraph::graph::{Direction, DocId, EdgeKind, Node, Proof};
use policygraph::walk::Step;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};

/// Maximum number of nodes of a trace.
const REACHED: usize = 1000;

/// Maximum number of steps.
const DEEPEST: u64 = 4;

pub const TOOL: Tool = Tool {
    name: "trace",
    title: "Trace up or down (溯源)",
    description: "Follows a measure, document or policy up to what it carries out and cites (依据), or \
        down to what carries it out (落实), step by step with evidence. Corresponding articles (对应条文) \
        are derived from wording: leads to check.",
    schema: || {
        let properties = json!({
            "name": text("key, number, title or name"),
            "direction": { "type": "string", "enum": ["up", "down"], "default": "up" },
            "depth": { "type": "integer", "minimum": 1, "maximum": DEEPEST, "default": 2 },
            "on": day(),
            "limit": limit(),
            "cursor": cursor(),
        });
        schema(properties, &["name"])
    },
    answer,
};

/// A step of a trace, from a node at a depth.
struct Traced {
    from: Node,
    depth: u64,
    step: Step,
}

fn answer(context: &Context, arguments: &Arguments) -> Result<Answer, Failed> {
    let name = arguments.required("name")?;
    let mut page = arguments.page()?;
    let day = arguments.date("on")?.unwrap_or_else(|| context.day());
    let up = arguments.word("direction", &["up", "down"])?.unwrap_or("up") == "up";
    let depth = arguments.number("depth")?.unwrap_or(2).clamp(1, DEEPEST);
    let start = match node(context, name) {
        Ok(node) => node,
        Err(none) => return Ok(*none),
    };
    let (trace, cut) = trace(context, start, up, depth);
    page.total = trace.len();
    let items = page.of(&trace).map(|traced| {
        let mut item = edge(context, &traced.step);
        item["from"] = json!(context.graph.key(traced.from).to_string());
        item["depth"] = json!(traced.depth);
        item
    });
    let items: Vec<Value> = items.collect();
    let cut = if cut { format!("; it ends after {REACHED} nodes") } else { String::new() };
    let way = if up { "up" } else { "down" };
    if trace.is_empty() {
        let explanation = format!("nothing leads {way} from {}", context.graph.key(start));
        return Ok(Answer::none(explanation).with("node", context.name(start)));
    }
    let stated = trace.iter().filter_map(|traced| traced.step.proof.evidence());
    let documents: BTreeSet<DocId> = stated.map(|evidence| evidence.document).collect();
    let derived = trace.iter().filter(|of| matches!(of.step.proof, Proof::Derived { .. })).count();
    let explanation = format!("{} steps lead {way} within {depth}{cut}", trace.len());
    let answer = if documents.is_empty() {
        Answer::leads(format!("{explanation}; no text states any of them"))
    } else if derived > 0 {
        Answer::leads(format!(
            "{explanation}; no text states {derived} of them: each step has its own verdict"
        ))
    } else {
        Answer::stated(context, &documents, day, explanation)
    };
    Ok(answer.with("node", context.name(start)).page(page, items))
}

/// Returns the steps that reach a node for the first time, by depth, and true if they are not all.
fn trace(context: &Context, start: Node, up: bool, depth: u64) -> (Vec<Traced>, bool) {
    let mut seen = HashSet::from([start]);
    let mut trace: Vec<Traced> = Vec::new();
    let mut layer = vec![start];
    for depth in 1..=depth {
        let mut next = Vec::new();
        for &from in &layer {
            let mut steps: Vec<Step> =
                context.graph.steps(from).filter(|step| leads(step, up)).collect();
            // Steps that a text states come first, then leads, then those of the vocabularies.
            steps.sort_by_key(|step| match step.proof {
                Proof::Text(_) => 0,
                Proof::Derived { .. } => 1,
                Proof::Vocabulary => 2,
            });
            for step in steps {
                if !seen.insert(step.node) {
                    continue;
                }
                if trace.len() == REACHED {
                    return (trace, true);
                }
                next.push(step.node);
                trace.push(Traced { from, depth, step });
            }
        }
        layer = next;
    }
    (trace, false)
}

/// Returns true for a step from what carries out to what is carried out, or against it.
fn leads(step: &Step, up: bool) -> bool {
    let outgoing = step.direction == Direction::Outgoing;
    match step.kind {
        EdgeKind::Implements | EdgeKind::Cites | EdgeKind::CorrespondsTo => outgoing == up,
        // From a part to the whole upwards, from the whole to its parts downwards.
        EdgeKind::Contains | EdgeKind::Consists => outgoing != up,
        // A policy and the document that is its text.
        EdgeKind::TextIn => true,
        _ => false,
    }
}
