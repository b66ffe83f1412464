//! `diff`: what changed from an older document to a newer one.

use super::facts;
use crate::cli::Common;
use crate::corpus::{Loaded, document};
use crate::output::{Failure, Page, print_lines};
use policygraph::graph::{DocumentRef, MeasureRef};
use policygraph::similar::{MeasureChange, changes};
use policygraph::{Corpus, Graph, Lexicon, Record};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

pub fn run(old: &str, new: &str, common: &Common) -> Result<usize, Failure> {
    let loaded = Loaded::new(common)?;
    let graphs = [of_one(record(loaded.graph, old)?), of_one(record(loaded.graph, new)?)];
    let [older, newer] = graphs
        .each_ref()
        .map(|graph| graph.at(graph.documents().next().expect("a graph of one document")));
    let changes = changes(older, newer, Lexicon::builtin());
    if common.json {
        print_lines(
            &changes.iter().map(|change| format!("{}\n", json(change))).collect::<String>(),
        )?;
    } else {
        print(&changes, old, new, older, newer)?;
    }
    Ok(loaded.unread)
}

/// Returns the graph of one document.
fn of_one(record: Record) -> Arc<Graph> {
    Corpus::from_iter([record]).graph(Lexicon::builtin())
}

/// Returns the document in a file, or the document of a graph.
fn record(graph: &Graph, name: &str) -> Result<Record, Failure> {
    let path = Path::new(name);
    if !path.is_file() {
        return Ok(super::document(graph, name)?.record().clone());
    }
    document(path, false)?
        .into_iter()
        .next()
        .ok_or_else(|| Failure::new(format!("{name}: no document")))
}

fn json(change: &MeasureChange) -> Value {
    let key = |measure: &MeasureRef| measure.position();
    match change {
        MeasureChange::Added(new) => {
            json!({ "change": "added", "new": key(new), "text": new.text() })
        }
        MeasureChange::Removed(old) => {
            json!({ "change": "removed", "old": key(old), "text": old.text() })
        }
        MeasureChange::Moved(old, new) => {
            json!({ "change": "moved", "old": key(old), "new": key(new) })
        }
        MeasureChange::Altered(old, new) => {
            let (before, after) = side_by_side(old.text(), new.text());
            json!({
                "change": "altered",
                "old": key(old),
                "new": key(new),
                "old_words": before,
                "new_words": after,
                "facts": fact_changes(*old, *new),
            })
        }
    }
}

/// Returns both wordings, with what differs in 〔〕.
fn side_by_side(old: &str, new: &str) -> (String, String) {
    let (old, new) = (crate::output::flat(old), crate::output::flat(new));
    let diff = TextDiff::from_chars(&old, &new);
    let side = |own: ChangeTag| {
        let mut words = String::new();
        let mut open = false;
        for change in
            diff.iter_all_changes().filter(|c| c.tag() == ChangeTag::Equal || c.tag() == own)
        {
            let differs = change.tag() == own;
            if differs != open {
                words.push(if differs { '〔' } else { '〕' });
            }
            open = differs;
            words += change.value();
        }
        if open {
            words.push('〕');
        }
        words
    };
    (side(ChangeTag::Delete), side(ChangeTag::Insert))
}

/// Returns the facts that only one of two measures states: - before, + after.
pub fn fact_changes(old: MeasureRef, new: MeasureRef) -> Vec<String> {
    let (old, new) = (stated(old), stated(new));
    let gone = old.difference(&new).map(|fact| format!("- {fact}"));
    let added = new.difference(&old).map(|fact| format!("+ {fact}"));
    gone.chain(added).collect()
}

fn stated(measure: MeasureRef) -> BTreeSet<String> {
    let duties =
        measure.responsible().map(|(agency, role, _)| format!("{}: {role:#}", agency.name()));
    let targets = measure.targets().map(|target| target.record().to_string());
    let deadlines = measure.deadlines().map(|deadline| format!("due {}", deadline.record()));
    let products = measure.products().map(|product| format!("covers {}", product.label()));
    let cites = measure.cites().map(|policy| format!("cites 《{}》", policy.title()));
    duties.chain(targets).chain(deadlines).chain(products).chain(cites).collect()
}

fn print(
    changes: &[MeasureChange],
    old: &str,
    new: &str,
    older: DocumentRef,
    newer: DocumentRef,
) -> Result<(), Failure> {
    let mut page = Page::new();
    let count =
        |kind: fn(&MeasureChange) -> bool| changes.iter().filter(|change| kind(change)).count();
    page.heading(format_args!("{old} → {new} (变化)"));
    page.line(format_args!(
        "{} and {} measures: {} added, {} removed, {} moved, {} altered\n",
        older.measures().len(),
        newer.measures().len(),
        count(|change| matches!(change, MeasureChange::Added(_))),
        count(|change| matches!(change, MeasureChange::Removed(_))),
        count(|change| matches!(change, MeasureChange::Moved(..))),
        count(|change| matches!(change, MeasureChange::Altered(..))),
    ));
    for change in changes {
        match change {
            MeasureChange::Added(new) => {
                page.line(format_args!("+ {} {}", new.position(), facts::heading(*new)));
                page.paragraph(new.text());
            }
            MeasureChange::Removed(old) => {
                page.line(format_args!("- {} {}", old.position(), facts::heading(*old)));
                page.paragraph(old.text());
            }
            MeasureChange::Moved(old, new) => {
                let heading = facts::heading(*new);
                page.line(format_args!(
                    "→ {} is now {}: {heading}\n",
                    old.position(),
                    new.position()
                ));
            }
            MeasureChange::Altered(old, new) => {
                page.line(format_args!(
                    "~ {} → {} {}",
                    old.position(),
                    new.position(),
                    facts::heading(*new)
                ));
                let (before, after) = side_by_side(old.text(), new.text());
                let half = page.width / 2;
                page.table(&[half], [vec![before, after]]);
                for fact in fact_changes(*old, *new) {
                    page.line(format_args!("    {fact}"));
                }
            }
        }
    }
    page.print()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_in_brackets() {
        let (before, after) = side_by_side("每季度检测一次。", "每月检测一次。");
        assert_eq!((&*before, &*after), ("每〔季度〕检测一次。", "每〔月〕检测一次。"));
    }
}
