//! `changes`: what changed from one document to another, or which measures rest on a changed policy.

use super::{Tool, cursor, day, document, limit, schema, text};
use crate::commands::diff;
use crate::commands::radar;
use crate::mcp::answer::{Answer, Failed, Page, quoted};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use policygraph::Lexicon;
use policygraph::graph::{DocId, DocumentRef};
use policygraph::radar::{Finding, PolicyChange};
use policygraph::similar::{MeasureChange, changes};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;

/// Maximum number of differences of a measure that are listed.
const EDITS: usize = 20;

/// Maximum number of characters of a text that are compared, without the characters that both texts
/// have at their start and end; of longer texts all of it is one difference.
const COMPARED: usize = 3000;

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
        item["verdict"] = json!(if is_stated(finding) { "verified" } else { "not_checked" });
        item
    });
    let items: Vec<Value> = items.collect();
    if findings.is_empty() {
        return Answer::none("no policy that a measure names is known to have changed after it");
    }
    let explanation = format!("{} measures or documents rest on a changed policy", findings.len());
    let unstated = findings.iter().filter(|finding| !is_stated(finding)).count();
    if unstated > 0 {
        let explanation = format!(
            "{explanation}; {unstated} of them are leads: a date is missing, or the newer policy is \
             known by its title alone"
        );
        return Answer::leads(explanation).page(page, items);
    }
    let documents: BTreeSet<DocId> = findings.iter().map(|of| of.document.id()).collect();
    let day = day.unwrap_or_else(|| context.day());
    Answer::stated(context, &documents, day, explanation).page(page, items)
}

/// Returns true if a text states the change and the printed dates show that it came afterwards.
fn is_stated(finding: &Finding) -> bool {
    finding.certain && matches!(finding.change, PolicyChange::Repealed(_))
}

fn between(context: &Context, mut page: Page, old: DocumentRef, new: DocumentRef) -> Answer {
    if old.measures().len().max(new.measures().len()) > MEASURES {
        return Answer::leads(format!("a document has more than {MEASURES} measures"));
    }
    let graph = context.graph;
    let [old, new] = [old.id(), new.id()].map(|id| graph.at(id));
    let changes = changes(old, new, Lexicon::builtin());
    page.total = changes.len();
    let items = page.of(&changes).map(|change| match change {
        MeasureChange::Added(measure) => {
            json!({ "change": "added", "new": context.measure(*measure) })
        }
        MeasureChange::Removed(measure) => {
            json!({ "change": "removed", "old": context.measure(*measure) })
        }
        MeasureChange::Moved(from, to) => {
            json!({ "change": "moved", "old": context.measure(*from), "new": context.measure(*to) })
        }
        MeasureChange::Altered(from, to) => json!({
            "change": "altered",
            "old": context.measure(*from),
            "new": context.measure(*to),
            "edits": edits(from.text(), to.text()),
            "facts": diff::fact_changes(*from, *to),
        }),
    });
    let items: Vec<Value> = items.collect();
    if changes.is_empty() {
        let explanation =
            format!("all measures of {} and {} have the same words", old.key(), new.key());
        return Answer::new("verified", explanation).page(page, items);
    }
    let explanation = format!(
        "{} measures changed from {} to {}; the words of each are as printed, but no text states which \
         measures belong together: they are paired by similar wording",
        page.total,
        old.key(),
        new.key()
    );
    Answer::leads(explanation).page(page, items)
}

/// Returns the words that differ, in order.
fn edits(old: &str, new: &str) -> Vec<Value> {
    let (old, new) = (crate::output::flat(old), crate::output::flat(new));
    let (old, new) = differing(&old, &new);
    if old.chars().count().max(new.chars().count()) > COMPARED {
        return vec![json!({ "old": quoted(old).0, "new": quoted(new).0 })];
    }
    let diff = TextDiff::from_chars(old, new);
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

/// Returns both texts without the characters that they share at the start and at the end.
fn differing<'t>(old: &'t str, new: &'t str) -> (&'t str, &'t str) {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let bytes = |pair: (char, char)| pair.0.len_utf8();
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(bytes).sum();
    let (old, new) = (&old[start..], &new[start..]);
    let ends = old.chars().rev().zip(new.chars().rev());
    let end: usize = ends.take_while(same).map(bytes).sum();
    (&old[..old.len() - end], &new[..new.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_that_differ_are_listed() {
        let edit = |old, new| json!({ "old": old, "new": new });
        assert_eq!(edits("压缩为30个工作日", "压缩为20个工作日"), [edit("3", "2")]);
        assert_eq!(edits("逐步取消", "取消"), [edit("逐步", "")]);
        assert!(edits("一样", "一样").is_empty());
    }

    #[test]
    fn long_texts_that_differ_everywhere_are_one_difference() {
        let [old, new] = [0x4e00, 0x6e00].map(|first: u32| -> String {
            (0..130_000).filter_map(|n| char::from_u32(first + n % 0x1000)).collect()
        });
        let edits = edits(&old, &new);
        assert_eq!(edits.len(), 1);
        assert_eq!(edits[0]["old"], old.chars().take(200).collect::<String>());
    }
}
