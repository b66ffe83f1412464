//! `diff`: what changed from an older document to a newer one.
//!
//! Measures with the same words are one measure, wherever they stand. The others are paired by
//! alignment; one without a counterpart was added or removed. So one inserted measure is one change.

use super::facts;
use crate::cli::Common;
use crate::corpus::{Loaded, document};
use crate::output::{Failure, Page, print_lines};
use policygraph::graph::{DocumentRef, MeasureRef};
use policygraph::similar::{Aligned, Index};
use policygraph::{Corpus, Graph, Lexicon, Record};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

pub fn run(old: &str, new: &str, common: &Common) -> Result<usize, Failure> {
    let loaded = Loaded::new(common)?;
    let graph = of_two(record(loaded.graph, old)?, record(loaded.graph, new)?);
    let [older, newer] = ["old", "new"].map(|key| graph.document(key).expect("inserted"));
    let changes = changes(&graph, older, newer);
    if common.json {
        print_lines(
            &changes.iter().map(|change| format!("{}\n", change.json())).collect::<String>(),
        )?;
    } else {
        print(&changes, old, new, older, newer)?;
    }
    Ok(loaded.unread)
}

/// Returns the graph of two documents, `old` and `new`.
pub fn of_two(old: Record, new: Record) -> Arc<Graph> {
    let mut corpus = Corpus::new();
    for (key, record) in [("old", old), ("new", new)] {
        corpus.insert(Record { key: key.to_owned(), ..record });
    }
    corpus.graph(Lexicon::builtin())
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

/// Minimum similarity of two wordings of one measure: below it one was removed and another added.
const ALTERED: f32 = 0.5;

/// A change of a measure.
pub enum Change<'g> {
    Added(MeasureRef<'g>),
    Removed(MeasureRef<'g>),
    /// The same words at another place.
    Moved(MeasureRef<'g>, MeasureRef<'g>),
    /// Other words, at the same place or another.
    Altered(MeasureRef<'g>, MeasureRef<'g>),
}

/// Returns the changes in the order of the newer document; what was removed comes where it stood.
pub fn changes<'g>(
    graph: &'g Graph,
    older: DocumentRef<'g>,
    newer: DocumentRef<'g>,
) -> Vec<Change<'g>> {
    let mut pairs = same_words(older, newer);
    let (left, right): (BTreeSet<_>, BTreeSet<_>) = pairs.iter().copied().unzip();
    let alignment = Index::new(graph, Lexicon::builtin()).align(older.id(), newer.id());
    let near = |pair: &&Aligned| pair.mutual && pair.score >= ALTERED;
    let mut aligned: Vec<_> = alignment.pairs.iter().filter(near).collect();
    aligned.retain(|pair| !left.contains(&pair.left) && !right.contains(&pair.right));
    pairs.extend(aligned.iter().map(|pair| (pair.left, pair.right)));
    pairs.sort_by_key(|&(_, right)| right);

    let paired_left: HashMap<_, _> = pairs.iter().copied().collect();
    let paired_right: HashMap<_, _> = pairs.iter().map(|&(left, right)| (right, left)).collect();
    let in_place = longest_ascending(&pairs.iter().map(|&(left, _)| left).collect::<Vec<_>>());
    let mut changes = Vec::new();
    let mut removed = older.measures().filter(|of| !paired_left.contains_key(&of.id())).peekable();
    for measure in newer.measures() {
        let Some(&left) = paired_right.get(&measure.id()) else {
            changes.push(Change::Added(measure));
            continue;
        };
        let before = graph.at(left);
        while let Some(gone) = removed.next_if(|gone| gone.id() < left) {
            changes.push(Change::Removed(gone));
        }
        if words(before) != words(measure) {
            changes.push(Change::Altered(before, measure));
        } else if !in_place.contains(&left) {
            changes.push(Change::Moved(before, measure));
        }
    }
    changes.extend(removed.map(Change::Removed));
    changes
}

/// Returns the pairs of measures with the same words, each measure once.
fn same_words<'g>(
    older: DocumentRef<'g>,
    newer: DocumentRef<'g>,
) -> Vec<(policygraph::graph::MeasureId, policygraph::graph::MeasureId)> {
    let mut by_words: HashMap<String, Vec<_>> = HashMap::new();
    for measure in older.measures().collect::<Vec<_>>().into_iter().rev() {
        by_words.entry(words(measure)).or_default().push(measure.id());
    }
    let pair = |measure: MeasureRef| {
        let before = by_words.get_mut(&words(measure))?.pop()?;
        Some((before, measure.id()))
    };
    newer.measures().filter_map(pair).collect()
}

/// Returns the words of a measure without its number and blanks.
fn words(measure: MeasureRef) -> String {
    measure.text().chars().filter(|c| !c.is_whitespace()).collect()
}

/// Returns the items of the longest ascending subsequence: those that did not move. O(n log n).
fn longest_ascending<T: Copy + Ord>(items: &[T]) -> BTreeSet<T> {
    // The index of the last item of the best subsequence of each length, and the item before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let length = ends.partition_point(|&end| items[end] < *item);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        ends.truncate(ends.len().max(length));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let last = ends.last().copied();
    std::iter::successors(last, |&at| before[at]).map(|at| items[at]).collect()
}

impl Change<'_> {
    fn json(&self) -> Value {
        let key = |measure: &MeasureRef| measure.position();
        match self {
            Change::Added(new) => json!({ "change": "added", "new": key(new), "text": new.text() }),
            Change::Removed(old) => {
                json!({ "change": "removed", "old": key(old), "text": old.text() })
            }
            Change::Moved(old, new) => {
                json!({ "change": "moved", "old": key(old), "new": key(new) })
            }
            Change::Altered(old, new) => {
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
    changes: &[Change],
    old: &str,
    new: &str,
    older: DocumentRef,
    newer: DocumentRef,
) -> Result<(), Failure> {
    let mut page = Page::new();
    let count = |kind: fn(&Change) -> bool| changes.iter().filter(|change| kind(change)).count();
    page.heading(format_args!("{old} → {new} (变化)"));
    page.line(format_args!(
        "{} and {} measures: {} added, {} removed, {} moved, {} altered\n",
        older.measures().len(),
        newer.measures().len(),
        count(|change| matches!(change, Change::Added(_))),
        count(|change| matches!(change, Change::Removed(_))),
        count(|change| matches!(change, Change::Moved(..))),
        count(|change| matches!(change, Change::Altered(..))),
    ));
    for change in changes {
        match change {
            Change::Added(new) => {
                page.line(format_args!("+ {} {}", new.position(), facts::heading(*new)));
                page.paragraph(new.text());
            }
            Change::Removed(old) => {
                page.line(format_args!("- {} {}", old.position(), facts::heading(*old)));
                page.paragraph(old.text());
            }
            Change::Moved(old, new) => {
                let heading = facts::heading(*new);
                page.line(format_args!(
                    "→ {} is now {}: {heading}\n",
                    old.position(),
                    new.position()
                ));
            }
            Change::Altered(old, new) => {
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
    use policygraph::read;

    fn kinds(old: &str, new: &str) -> Vec<String> {
        let lexicon = Lexicon::builtin();
        let mut corpus = Corpus::new();
        corpus.insert(read(lexicon, "old", old));
        corpus.insert(read(lexicon, "new", new));
        let graph = corpus.graph(lexicon);
        let [older, newer] = ["old", "new"].map(|key| graph.document(key).unwrap());
        let kind = |change: Change| match change {
            Change::Added(new) => format!("+{}", new.position()),
            Change::Removed(old) => format!("-{}", old.position()),
            Change::Moved(old, new) => format!("{}→{}", old.position(), new.position()),
            Change::Altered(old, new) => format!("{}~{}", old.position(), new.position()),
        };
        changes(&graph, older, newer).into_iter().map(kind).collect()
    }

    const OLD: &str = "一、改造老旧管网。更换灰口铸铁管。\n二、更新水厂设备。改进净水工艺。\n\
        三、开展水质检测。每季度检测一次。\n四、完善水价机制。落实阶梯水价。";

    #[test]
    fn one_inserted_measure_is_one_change() {
        let new = "一、加强节水宣传。开展节水周活动。\n二、改造老旧管网。更换灰口铸铁管。\n\
            三、更新水厂设备。改进净水工艺。\n四、开展水质检测。每季度检测一次。\n\
            五、完善水价机制。落实阶梯水价。";
        assert_eq!(kinds(OLD, new), ["+1"]);
        assert_eq!(kinds(new, OLD), ["-1"]);
        assert!(kinds(OLD, OLD).is_empty());
    }

    #[test]
    fn moved_and_altered_measures_are_told_apart() {
        let moved = "一、完善水价机制。落实阶梯水价。\n二、改造老旧管网。更换灰口铸铁管。\n\
            三、更新水厂设备。改进净水工艺。\n四、开展水质检测。每季度检测一次。";
        assert_eq!(kinds(OLD, moved), ["4→1"]);
        let altered = OLD.replace("每季度检测一次", "每月检测两次");
        assert_eq!(kinds(OLD, &altered), ["3~3"]);
        let (before, after) = side_by_side("每季度检测一次。", "每月检测一次。");
        assert_eq!((&*before, &*after), ("每〔季度〕检测一次。", "每〔月〕检测一次。"));
    }
}
