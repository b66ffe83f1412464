//! `show`: one node and its edges, each with the words that state it.

use super::{Tool, cursor, day, limit, node, schema, text};
use crate::commands::show::{steps, words};
use crate::mcp::answer::{Answer, Failed, quoted};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use policygraph::graph::{DocId, Node, Proof};
use policygraph::walk::Step;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub const TOOL: Tool = Tool {
    name: "show",
    title: "Show one node (查看)",
    description: "Shows a document (文件), measure (措施), agency (机关), policy (政策), product (产品) or \
        region (地区) and its relations, each with the words that state it. `name` is a key \
        (sx-2025/8), a number (国办发〔2024〕53号), a title, or a name as people type it (山西省药监局).",
    schema: || {
        let properties = json!({
            "name": text("key, number, title or name"),
            "on": day(),
            "limit": limit(),
            "cursor": cursor(),
        });
        schema(properties, &["name"])
    },
    answer,
};

fn answer(context: &Context, arguments: &Arguments) -> Result<Answer, Failed> {
    let graph = context.graph;
    let name = arguments.required("name")?;
    let mut page = arguments.page()?;
    let day = arguments.date("on")?.unwrap_or_else(|| context.day());
    let node = match node(context, name) {
        Ok(node) => node,
        Err(none) => return Ok(*none),
    };
    let steps = steps(graph, node);
    page.total = steps.len();
    let items: Vec<Value> = page.of(&steps).map(|step| edge(context, step)).collect();
    let document = document_of(context, node);
    let documents: BTreeSet<DocId> = match document {
        Some(document) => [document].into(),
        None => steps.iter().filter_map(|of| of.proof.evidence()).map(|of| of.document).collect(),
    };
    let says: Vec<Value> = words(graph, node)
        .iter()
        .map(|words| {
            let (quote, cut) = quoted(words);
            json!({ "quote": quote, "quote_is_cut": cut })
        })
        .collect();
    let unstated = steps.iter().filter(|of| !matches!(of.proof, Proof::Text(_))).count();
    let mut explanation = format!("{} has {} relations", graph.key(node), page.total);
    if unstated > 0 {
        explanation += &format!("; no text states {unstated} of them: each has its own verdict");
    }
    let mut answer = Answer::stated(context, &documents, day, explanation)
        .with("node", context.name(node))
        .with("words", Value::Array(says));
    if let Some(document) = document {
        answer = answer.with("document", context.document(graph.at(document), day));
    }
    Ok(answer.page(page, items))
}

/// Returns the document that a node is or is a part of.
fn document_of(context: &Context, node: Node) -> Option<DocId> {
    let graph = context.graph;
    let part = match node {
        Node::Target(id) => graph.at(id).evidence().document,
        Node::Deadline(id) => graph.at(id).evidence().document,
        Node::Document(id) => id,
        Node::Measure(id) => graph.document_of(id),
        Node::Section(id) => graph.at(id).document().id(),
        _ => return None,
    };
    Some(part)
}

/// Returns an edge with its other end, its proof, and its own verdict: verified if a text states it.
pub fn edge(context: &Context, step: &Step) -> Value {
    let mut edge = context.name(step.node);
    edge["relation"] = json!(step.phrase());
    edge["proof"] = context.proof(step.proof);
    let stated = matches!(step.proof, Proof::Text(_));
    edge["verdict"] = json!(if stated { "verified" } else { "not_checked" });
    if let Some(role) = context.graph.role(step.edge) {
        edge["role"] = json!(format!("{role:#}"));
    }
    edge
}
