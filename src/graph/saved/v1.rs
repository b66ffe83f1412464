//! Format 1 of saved graphs: the chapters of a record have no prose.

use super::v3::{decoded, load_format};
use crate::container::Block;
use crate::error::Error;
use crate::graph::Graph;
use crate::model::{Record, RecordV1};

/// Loads a graph from the blocks of a file of `length` bytes.
pub(super) fn load(file: &str, length: usize, blocks: &[Block<'_>]) -> Result<Graph, Error> {
    load_format(1, records, file, length, blocks)
}

fn records(block: &Block<'_>) -> Result<Vec<Record>, Error> {
    let records: Vec<RecordV1> = decoded(block)?;
    Ok(records.into_iter().map(|RecordV1(record)| record).collect())
}
