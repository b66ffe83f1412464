//! The tools: one file each, with its description, its arguments and its answer.

mod about;
mod changes;
mod compare;
mod coverage;
mod duties;
mod search;
mod show;
mod trace;
mod verify;

use super::answer::{Answer, Failed};
use super::arguments::{Arguments, MAX_LIMIT};
use super::context::Context;
use super::protocol::{RequestError, Revision, shown};
use crate::commands::show::{AMBIGUOUS, namesakes, resolve};
use policygraph::graph::{DocId, DocumentRef, Node};
use serde_json::{Map, Value, json};

/// A question that assistants can ask.
struct Tool {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    schema: fn() -> Value,
    answer: fn(&Context, &Arguments) -> Result<Answer, Failed>,
}

/// The tools, in the order in which they are listed.
const TOOLS: [&Tool; 9] = [
    &about::TOOL,
    &search::TOOL,
    &show::TOOL,
    &trace::TOOL,
    &duties::TOOL,
    &coverage::TOOL,
    &compare::TOOL,
    &changes::TOOL,
    &verify::TOOL,
];

/// Lists the tools. They fit one page.
pub fn list(revision: Revision, params: &Map<String, Value>) -> Result<Value, RequestError> {
    if params.get("cursor").is_some_and(|cursor| !cursor.is_null()) {
        return Err(RequestError::parameters("unknown cursor: the tools fit one page"));
    }
    let tool = |tool: &&Tool| {
        let mut value = json!({
            "name": tool.name,
            "description": tool.description,
            "inputSchema": (tool.schema)(),
        });
        if revision >= Revision::V2025_03_26 {
            value["annotations"] = json!({
                "title": tool.title,
                "readOnlyHint": true,
                "destructiveHint": false,
                "idempotentHint": true,
                "openWorldHint": false,
            });
        }
        if revision.is_structured() {
            value["title"] = json!(tool.title);
            value["outputSchema"] = output_schema();
        }
        value
    };
    Ok(json!({ "tools": TOOLS.iter().map(tool).collect::<Vec<_>>() }))
}

/// Calls a tool. A wrong argument is a result that says so; an unknown tool is an error.
pub fn call(
    context: &Context,
    revision: Revision,
    params: &Map<String, Value>,
) -> Result<Value, RequestError> {
    let Some(name) = params.get("name").and_then(Value::as_str) else {
        return Err(RequestError::parameters("the name of the tool is missing"));
    };
    let Some(tool) = TOOLS.iter().find(|tool| tool.name == name) else {
        let names = TOOLS.map(|tool| tool.name).join(", ");
        let message = format!("unknown tool {}; there are {names}", shown(name));
        return Err(RequestError::parameters(message));
    };
    let none = Map::new();
    let given = match params.get("arguments") {
        None | Some(Value::Null) => &none,
        Some(Value::Object(given)) => given,
        Some(_) => return Err(RequestError::parameters("arguments must be an object")),
    };
    let answer = Arguments::new(given, &(tool.schema)())
        .and_then(|arguments| (tool.answer)(context, &arguments));
    let answer = match answer {
        Ok(answer) => answer.json(context),
        Err(Failed(message)) => {
            let content = json!([{ "type": "text", "text": message }]);
            return Ok(json!({ "content": content, "isError": true }));
        }
    };
    let text = serde_json::to_string(&answer)
        .map_err(|error| RequestError::internal(error.to_string()))?;
    let mut result = json!({ "content": [{ "type": "text", "text": text }], "isError": false });
    if revision.is_structured() {
        result["structuredContent"] = answer;
    }
    Ok(result)
}

/// Returns the schema that all answers share.
fn output_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "verdict": {
                "type": "string",
                "enum": ["verified", "differs", "repealed", "expired", "not_in_corpus", "not_checked"],
            },
            "explanation": { "type": "string" },
            "on": { "type": "string", "description": "day of the repeal or of the end of validity" },
            "items": { "type": "array", "items": { "type": "object" } },
            "total": { "type": "integer" },
            "next_cursor": { "type": "string" },
            "nearest": { "type": "array", "items": { "type": "object" } },
            "corpus": { "type": "object", "description": "what the corpus covers" },
        },
        "required": ["verdict", "explanation", "items", "total", "corpus"],
    })
}

/// Returns the schema of the arguments of a tool.
fn schema(properties: Value, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn limit() -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 10 })
}

fn cursor() -> Value {
    text("next_cursor of the answer before")
}

fn day() -> Value {
    text("day of validity: 2026-01-01; the day of the newest document if it is not given")
}

/// Returns the node that a name means, or the answer that names the nearest ones.
fn node(context: &Context, name: &str) -> Result<Node, Box<Answer>> {
    resolve(context.graph, name).map_err(|unresolved| {
        let explanation = format!("{} {}", shown(name), unresolved.problem);
        if unresolved.problem == AMBIGUOUS {
            let explanation = format!("{explanation}: give one of the keys");
            return Box::new(Answer::leads(explanation).nearest(context, unresolved.nearest));
        }
        let document = name.rsplit_once('/').and_then(|(key, _)| context.graph.document(key));
        Box::new(match document {
            Some(document) => {
                let (key, count) = (document.key(), document.measures().len());
                let explanation = format!("{explanation}; {key} has {count} measures");
                Answer::none(explanation).nearest(context, [document.node()])
            }
            None => Answer::none(explanation).nearest(context, unresolved.nearest),
        })
    })
}

/// Returns the document that a key, number or title means, or the answer that names the nearest ones.
fn document<'c>(context: &'c Context, name: &str) -> Result<DocumentRef<'c>, Box<Answer>> {
    let graph = context.graph;
    if let Some(document) = graph.document(name.trim()) {
        return Ok(document);
    }
    if let Ok(id) = graph.named::<DocId>(name) {
        return Ok(graph.at(id));
    }
    let namesakes = namesakes(graph, name);
    if !namesakes.is_empty() {
        let explanation = format!("{} {AMBIGUOUS}: give one of the keys", shown(name));
        return Err(Box::new(Answer::leads(explanation).nearest(context, namesakes)));
    }
    let nearest = graph.nearest(name, 60).into_iter().map(|one| one.node);
    let nearest = nearest.filter(|node| matches!(node, Node::Document(_)));
    let explanation = format!("{} is not a document of the corpus", shown(name));
    Err(Box::new(Answer::none(explanation).nearest(context, nearest)))
}
