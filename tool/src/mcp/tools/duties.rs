//! `duties`: what an agency must do, with its role and the deadlines.

use super::{Tool, cursor, day, limit, node, schema, text};
use crate::commands::duties::duties;
use crate::mcp::answer::{Answer, Failed, quoted};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use policygraph::Role;
use policygraph::graph::{DocId, Node};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub const TOOL: Tool = Tool {
    name: "duties",
    title: "Duties of an agency (职责)",
    description: "Lists what an agency (机关) must do by the documents: measures with its role (牵头 lead, \
        负责 sole, 分工负责 joint, 配合 support), targets (目标) and deadlines (时限), with the words.",
    schema: || {
        let properties = json!({
            "agency": text("name of the agency: 山西省药监局"),
            "role": { "type": "string", "enum": Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>() },
            "on": day(),
            "limit": limit(),
            "cursor": cursor(),
        });
        schema(properties, &["agency"])
    },
    answer,
};

fn answer(context: &Context, arguments: &Arguments) -> Result<Answer, Failed> {
    let graph = context.graph;
    let name = arguments.required("agency")?;
    let mut page = arguments.page()?;
    let day = arguments.date("on")?.unwrap_or_else(|| context.day());
    let roles: Vec<&'static str> = Role::ALL.iter().map(|role| role.name()).collect();
    let role = arguments.word("role", &roles)?;
    let agency = match node(context, name) {
        Ok(Node::Agency(agency)) => agency,
        Ok(other) => {
            let explanation = format!("{} is not an agency", graph.key(other));
            return Ok(Answer::none(explanation).nearest(context, [other]));
        }
        Err(none) => return Ok(*none),
    };
    let mut duties = duties(graph, agency);
    duties.retain(|duty| role.is_none_or(|role| duty.role.name() == role));
    page.total = duties.len();
    let items = page.of(&duties).map(|duty| {
        let document = graph.at(duty.evidence.document);
        json!({
            "key": duty.key,
            "heading": quoted(&duty.heading).0,
            "role": format!("{:#}", duty.role),
            "deadlines": duty.deadlines,
            "targets": duty.targets,
            "document": context.document(document, day),
            "proof": context.evidence(duty.evidence),
        })
    });
    let items: Vec<Value> = items.collect();
    let name = graph.at(agency).name();
    if duties.is_empty() {
        let explanation = format!("no document names {name} as responsible in this role");
        return Ok(Answer::none(explanation).with("node", context.name(Node::Agency(agency))));
    }
    let documents: BTreeSet<DocId> = duties.iter().map(|duty| duty.evidence.document).collect();
    let explanation = format!("{name} has {} duties", duties.len());
    Ok(Answer::stated(context, &documents, day, explanation)
        .with("node", context.name(Node::Agency(agency)))
        .page(page, items))
}
