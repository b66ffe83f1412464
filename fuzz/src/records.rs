//! Records as JSON lines.

use crate::material::BASE;
use crate::{check, json};
use arbitrary::Unstructured;
use policygraph::{Corpus, Record};

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
    check::graph_of(records);
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
