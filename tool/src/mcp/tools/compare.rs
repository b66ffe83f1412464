//! `compare`: two documents or measures, with figures that agree and differ.

use super::{Tool, cursor, document, limit, schema, text};
use crate::mcp::answer::{Answer, Failed, rounded};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use policygraph::graph::{MeasureId, MeasureRef};
use serde_json::{Value, json};

/// Maximum number of reasons that are listed.
const REASONS: usize = 5;

pub const TOOL: Tool = Tool {
    name: "compare",
    title: "Compare two documents or measures (对照)",
    description: "Pairs the measures (措施) of two documents that correspond, or compares two measures: \
        score, reasons, and figures (目标) that agree and differ. Pairs are derived from wording: leads.",
    schema: || {
        let properties = json!({
            "left": text("key of a document (sx-2025) or measure (sx-2025/11)"),
            "right": text("key of a document or measure to compare it with"),
            "limit": limit(),
            "cursor": cursor(),
        });
        schema(properties, &["left", "right"])
    },
    answer,
};

fn answer(context: &Context, arguments: &Arguments) -> Result<Answer, Failed> {
    let graph = context.graph;
    let (left, right) = (arguments.required("left")?, arguments.required("right")?);
    let mut page = arguments.page()?;
    if let (Some(left), Some(right)) = (graph.measure(left.trim()), graph.measure(right.trim())) {
        page.total = 1;
        let score = context.index().score(left.id(), right.id());
        let items = page.of([pair(context, left, right, score)?]).collect();
        let explanation = "two measures, compared by wording, subject and figures";
        return Ok(Answer::leads(explanation).page(page, items));
    }
    let (left, right) = match (document(context, left), document(context, right)) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(none), _) | (_, Err(none)) => return Ok(*none),
    };
    let alignment = context.index().align(left.id(), right.id());
    page.total = alignment.pairs.len();
    let mut items = Vec::new();
    for aligned in page.of(&alignment.pairs) {
        let (left, right) = (graph.at(aligned.left), graph.at(aligned.right));
        let mut item = pair(context, left, right, aligned.score)?;
        item["each_is_best_of_other"] = json!(aligned.mutual);
        items.push(item);
    }
    let keys = |ids: &[MeasureId]| -> Vec<String> {
        ids.iter().map(|&id| graph.at(id).key().to_string()).collect()
    };
    let explanation = format!(
        "{} pairs of measures correspond by similar wording and subject; {} measures of {} and {} of \
         {} have no counterpart",
        page.total,
        alignment.only_left.len(),
        left.key(),
        alignment.only_right.len(),
        right.key()
    );
    // At most a few hundred keys.
    let first = |ids: &[MeasureId]| json!(keys(&ids[..ids.len().min(200)]));
    Ok(Answer::leads(explanation)
        .with("only_left", first(&alignment.only_left))
        .with("only_right", first(&alignment.only_right))
        .page(page, items))
}

/// Returns two measures with the reasons for their similarity and their common figures.
fn pair(
    context: &Context,
    left: MeasureRef,
    right: MeasureRef,
    score: f32,
) -> Result<Value, Failed> {
    let graph = context.graph;
    let explanation = context.index().explain(left.id(), right.id());
    let reasons = explanation.contributions.iter().take(REASONS).map(|reason| {
        let words = crate::output::short(reason.term.text(), 40);
        json!({ "kind": reason.term.kind().to_string(), "words": words, "share": rounded(reason.weight) })
    });
    let figures = explanation.targets.iter().map(|pair| {
        let [left, right] = [pair.query, pair.matched].map(|id| graph.at(id));
        json!({
            "agree": pair.agree,
            "left": left.record().to_string(),
            "right": right.record().to_string(),
            "left_words": context.evidence(left.evidence()),
            "right_words": context.evidence(right.evidence()),
        })
    });
    Ok(json!({
        "left": context.measure(left),
        "right": context.measure(right),
        "score": rounded(score),
        "reasons": reasons.collect::<Vec<_>>(),
        "figures": figures.collect::<Vec<_>>(),
    }))
}
