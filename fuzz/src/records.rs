//! Records as JSON lines.

use crate::material::BASE;
use crate::{check, json};
use arbitrary::Unstructured;
use policygraph::similar::Index;
use policygraph::{Corpus, Lexicon, Record};

/// One corpus in so many is indexed, which takes longer than reading it.
const INDEXED: usize = 8;

/// Reads JSON lines of records: `data` is the lines, or edits of two records.
pub fn record_lines(data: &[u8]) {
    let edited;
    let lines = if data.starts_with(b"{") {
        data
    } else {
        edited = edited_lines(data);
        &edited
    };
    let records: Vec<Record> = Corpus::read_json_lines(lines).flatten().collect();
    for record in &records {
        check::json(record);
    }
    let graph = records.into_iter().collect::<Corpus>().graph(Lexicon::builtin());
    check::graph(&graph);
    if data.len().is_multiple_of(INDEXED) {
        check::index(&Index::new(&*graph, Lexicon::builtin()));
    }
}

fn edited_lines(data: &[u8]) -> Vec<u8> {
    let mut edits = Unstructured::new(data);
    let mut lines = Vec::new();
    for record in BASE.records.iter().take(2) {
        let mut record = record.clone();
        // The edits end with the data.
        let _ = json::edit(&mut record, &mut edits);
        lines.extend(record.to_string().into_bytes());
        lines.push(b'\n');
    }
    lines
}
