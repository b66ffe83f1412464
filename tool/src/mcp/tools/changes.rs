//! `changes`: what changed from one document to another, or which measures rest on a changed policy.

use super::{Tool, cursor, day, document, limit, schema, text};
use crate::commands::diff::{self, Change};
use crate::commands::radar;
use crate::mcp::answer::{Answer, Failed, Page, quoted};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use policygraph::graph::{DocId, DocumentRef, MeasureRef};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;

/// Maximum number of differences of a measure that are listed.
const EDITS: usize = 20;

/// Maximum number of measures of two documents that are compared.
const MEASURES: usize = 5000;

pub const TOOL: Tool = Tool {
    name: "changes",
    title: "Changes (变化)",
    description: "With `old` and `new`: measures added, removed, moved and altered between two documents, \
        with both wordings. Without: measures that rest on a policy that was repealed (废止) or issued \
        again after them (依据变动).",
    schema: || {
        let properties = json!({
            "old": text("key, number or title of the older document"),
            "new": text("key, number or title of the newer document"),
            "on": day(),
            "limit": limit(),
            "cursor": cursor(),
        });
        schema(properties, &[])
    },
    answer,
};

fn answer(context: &Context, arguments: &Arguments) -> Result<Answer, Failed> {
    let page = arguments.page()?;
    match (arguments.text("old")?, arguments.text("new")?) {
        (Some(old), Some(new)) => {
            let (old, new) = match (document(context, old), document(context, new)) {
                (Ok(old), Ok(new)) => (old, new),
                (Err(none), _) | (_, Err(none)) => return Ok(*none),
            };
            Ok(between(context, page, old, new))
        }
        (None, None) => {
            let day = arguments.date("on")?;
            Ok(of_policies(context, page, day))
        }
        _ => Err(Failed::new("give both old and new, or neither")),
    }
}

fn of_policies(context: &Context, mut page: Page, day: Option<policygraph::Date>) -> Answer {
    let findings = radar::findings(context.graph, day);
    page.total = findings.len();
    let items = page.of(&findings).map(|finding| {
        let mut item = radar::value(context.graph, finding);
        item["basis"] = context.proof(finding.basis.proof);
        item
    });
    let items: Vec<Value> = items.collect();
    if findings.is_empty() {
        return Answer::none("no policy that a measure names is known to have changed after it");
    }
    let documents: BTreeSet<DocId> = findings.iter().map(|of| of.document.id()).collect();
    let explanation = format!("{} measures or documents rest on a changed policy", findings.len());
    let day = day.unwrap_or_else(|| context.day());
    Answer::stated(context, &documents, day, explanation).page(page, items)
}

fn between(context: &Context, mut page: Page, old: DocumentRef, new: DocumentRef) -> Answer {
    if old.measures().len().max(new.measures().len()) > MEASURES {
        return Answer::leads(format!("a document has more than {MEASURES} measures"));
    }
    let graph = diff::of_two(old.record().clone(), new.record().clone());
    let (Some(older), Some(newer)) = (graph.document("old"), graph.document("new")) else {
        return Answer::leads("the documents could not be compared");
    };
    let changes = diff::changes(&graph, older, newer);
    page.total = changes.len();
    // A measure of the graph of two is the measure at the same position of the document itself.
    let own = |document: DocumentRef<'static>, measure: &MeasureRef| -> Value {
        let own = document.measures().nth(measure.position() - 1);
        own.map_or(Value::Null, |own| context.measure(own))
    };
    let graph = context.graph;
    let [old, new] = [old.id(), new.id()].map(|id| graph.at(id));
    let items = page.of(&changes).map(|change| match change {
        Change::Added(measure) => json!({ "change": "added", "new": own(new, measure) }),
        Change::Removed(measure) => json!({ "change": "removed", "old": own(old, measure) }),
        Change::Moved(from, to) => {
            json!({ "change": "moved", "old": own(old, from), "new": own(new, to) })
        }
        Change::Altered(from, to) => json!({
            "change": "altered",
            "old": own(old, from),
            "new": own(new, to),
            "edits": edits(from.text(), to.text()),
            "facts": diff::fact_changes(*from, *to),
        }),
    });
    let items: Vec<Value> = items.collect();
    let explanation = format!(
        "{} measures changed from {} to {}; measures with other words are paired by similar wording",
        page.total,
        old.key(),
        new.key()
    );
    Answer::new("verified", explanation).page(page, items)
}

/// Returns the words that differ, in order.
fn edits(old: &str, new: &str) -> Vec<Value> {
    let (old, new) = (crate::output::flat(old), crate::output::flat(new));
    let diff = TextDiff::from_chars(&old, &new);
    let mut edits: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for change in diff.iter_all_changes() {
        if change.tag() == ChangeTag::Equal {
            inside = false;
            continue;
        }
        if !inside {
            edits.push(Default::default());
            inside = true;
        }
        if let Some((before, after)) = edits.last_mut() {
            let side = if change.tag() == ChangeTag::Delete { before } else { after };
            *side += change.value();
        }
    }
    let shown = edits.iter().take(EDITS);
    shown.map(|(old, new)| json!({ "old": quoted(old).0, "new": quoted(new).0 })).collect()
}
