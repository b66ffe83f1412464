//! `evaluate`: the records of the documents against gold records.

use crate::output::{Failure, Page, print_lines, report};
use policygraph::{Graph, Record};
use policygraph_testkit::extraction::{FIELDS, GROUPS, Scores};
use policygraph_testkit::gold;
use serde_json::{Value, json};
use std::path::Path;

/// Returns the number of gold records that could not be used.
pub fn run(graph: &Graph, folder: &Path, misses: bool, json: bool) -> Result<usize, Failure> {
    let (documents, problems) = gold::documents(folder, |key| record(graph, key));
    problems.iter().for_each(report);
    if documents.is_empty() {
        let folder = folder.display();
        return Err(Failure::new(format!("{folder}: no gold record of a document of the corpus")));
    }
    let mut overall = Scores::default();
    let each = documents.iter().map(|(record, gold)| {
        let mut scores = Scores::default();
        scores.add(record, gold);
        overall.add(record, gold);
        (record.key.as_str(), scores)
    });
    let each: Vec<(&str, Scores)> = each.collect();
    if json {
        let misses = if misses { &FIELDS[..] } else { &[] };
        let scores = |(key, scores): &(&str, Scores)| ((*key).to_owned(), scores.to_json(misses));
        let by_document: serde_json::Map<String, Value> = each.iter().map(scores).collect();
        let value = json!({ "overall": overall.to_json(misses), "by_document": by_document });
        print_lines(&format!("{value}\n"))?;
    } else {
        page(&overall, &each, misses).print()?;
    }
    Ok(problems.len())
}

/// Returns the record of the document with this key, or of the file with this name before its ending.
fn record(graph: &Graph, key: &str) -> Result<Record, String> {
    let has_name =
        |record: &&Record| Path::new(&record.key).file_stem().is_some_and(|stem| stem == key);
    let mut records = graph.documents().map(|id| graph.at(id).record());
    let found = graph.document(key).map(|document| document.record());
    let found = found.or_else(|| records.find(has_name));
    let record = found.ok_or_else(|| format!("{key} is not a document of the corpus"))?;
    Ok(Record { key: key.to_owned(), ..record.clone() })
}

fn page(overall: &Scores, each: &[(&str, Scores)], misses: bool) -> Page {
    let mut page = Page::new();
    let measures = overall.get("measures");
    let gold = measures.found + measures.missed.len();
    page.heading(format_args!("Records against gold: documents: {}, measures: {gold}", each.len()));
    page.line(overall);
    page.heading("F1 by document");
    // Keys come last, as they have any width.
    page.line(GROUPS.map(|(name, _)| format!("{name:>10}")).concat() + "  document");
    for (key, scores) in each {
        let f1 = GROUPS.map(|(_, fields)| scores.f1(fields));
        let f1 = f1.map(|f1| f1.map_or("–".to_owned(), |f1| format!("{f1:.2}")));
        page.line(f1.map(|f1| format!("{f1:>10}")).concat() + "  " + key);
    }
    page.line("\nhead: title to implements; prose: the facts of chapters; –: no value in either.");
    if misses {
        for field in FIELDS.into_iter().filter(|field| !overall.get(field).errors().is_empty()) {
            page.line("").heading(field).line(overall.get(field).errors());
        }
    }
    page
}
