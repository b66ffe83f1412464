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
        let explanation = format!("{} places looked odd while the document was read", notes.len());
        return Ok(Answer::new("verified", explanation)
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

/// Returns how right the reading is.
fn reading() -> Value {
    json!({
        "measured_as": "F1 against two annotators, on six documents on which the rules were written \
                        and on six others; new documents score lower (docs/accuracy.md)",
        "measures": [1.00, 0.99],
        "responsible_agencies_with_role": [1.00, 0.98],
        "citations": [0.98, 0.91],
        "targets": [0.98, 0.99],
        "derived": "corresponding articles and similar measures are leads to check, not facts",
    })
}
