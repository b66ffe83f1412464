//! `about`: what is in the corpus, what was not read, and how right the reading is.

use super::{Tool, cursor, day, document, limit, schema, text};
use crate::mcp::answer::{Answer, Failed};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use policygraph::graph::NodeKind;
use serde_json::{Map, Value, json};

pub const TOOL: Tool = Tool {
    name: "about",
    title: "What the corpus covers (语料范围)",
    description: "Lists the documents (文件) of the corpus with number (文号), date and status (时效), \
        and says what was not read and how right the reading is. With `document`, lists what looked \
        odd while that document was read. Call it first.",
    schema: || {
        let properties = json!({
            "document": text("key, number or title of a document"),
            "on": day(),
            "limit": limit(),
            "cursor": cursor(),
        });
        schema(properties, &[])
    },
    answer,
};

fn answer(context: &Context, arguments: &Arguments) -> Result<Answer, Failed> {
    let graph = context.graph;
    let mut page = arguments.page()?;
    let day = arguments.date("on")?.unwrap_or_else(|| context.day());
    if let Some(name) = arguments.text("document")? {
        let document = match document(context, name) {
            Ok(document) => document,
            Err(none) => return Ok(*none),
        };
        let notes = &document.record().notes;
        page.total = notes.len();
        let items = page.of(notes).map(|note| {
            let mut item = context.fact(document.id(), note.span);
            item["note"] = json!(note.message);
            item
        });
        let items = items.collect();
        let explanation = format!(
            "{} places looked odd while the document was read; a note is about the reading, and no text \
             states it",
            notes.len()
        );
        return Ok(Answer::leads(explanation)
            .with("document", context.document(document, day))
            .page(page, items));
    }
    page.total = graph.documents().len();
    let items = page.of(graph.documents()).map(|id| {
        let mut item = context.document(graph.at(id), day);
        item["measures"] = json!(graph.measures_of(id).len());
        item["notes"] = json!(graph.at(id).record().notes.len());
        item
    });
    let items: Vec<Value> = items.collect();
    let counts = graph.census().nodes.into_iter();
    let counts: Map<String, Value> = counts
        .map(|(kind, count): (NodeKind, usize)| (kind.name().to_owned(), json!(count)))
        .collect();
    Ok(Answer::new("verified", format!("{} documents are in the corpus", page.total))
        .with("nodes", Value::Object(counts))
        .with("reading", reading())
        .page(page, items))
}

/// Precision, recall and F1 of each field, as measured.
const ACCURACY: &str = include_str!("../../../../data/accuracy.json");

/// Returns the measured accuracy of the reading: F1 of each field, with the number of items.
fn reading() -> Value {
    let fields: Vec<Value> = serde_json::from_str(ACCURACY).unwrap_or_default();
    let fields: Map<String, Value> = fields
        .iter()
        .filter_map(|of| {
            let mut figures = json!({ "f1": of["f1"], "items": of["n"] });
            if of["others"].is_object() {
                figures["f1_other_documents"] = of["others"]["f1"].clone();
                figures["items_other_documents"] = of["others"]["n"].clone();
            }
            Some((of["field"].as_str()?.to_owned(), figures))
        })
        .collect();
    json!({
        "measured_as": "F1 against two annotators, on six documents on which the rules were written \
                        and on six others; new documents score lower (docs/accuracy.md)",
        "fields": fields,
        "derived": "corresponding articles and similar measures are leads to check, not facts",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accuracy_is_that_of_the_data() {
        let fields: Vec<Value> = serde_json::from_str(ACCURACY).unwrap();
        let reading = reading();
        assert_eq!(reading["fields"].as_object().unwrap().len(), fields.len());
        for of in fields {
            let figures = &reading["fields"][of["field"].as_str().unwrap()];
            assert!(figures["f1"].is_number());
            assert_eq!(figures["f1"], of["f1"]);
            assert_eq!(figures.get("f1_other_documents"), of["others"].get("f1"));
        }
    }
}
