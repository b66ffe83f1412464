//! Format 2 of saved graphs: the provisions of a record have no deadlines and no responsible
//! classes.

use super::v3::{decoded, load_format};
use crate::container::Block;
use crate::error::Error;
use crate::graph::Graph;
use crate::model::{Record, RecordV2};

/// Loads a graph from the blocks of a file of `length` bytes.
pub(super) fn load(file: &str, length: usize, blocks: &[Block<'_>]) -> Result<Graph, Error> {
    load_format(2, records, file, length, blocks)
}

fn records(block: &Block<'_>) -> Result<Vec<Record>, Error> {
    let records: Vec<RecordV2> = decoded(block)?;
    Ok(records.into_iter().map(|RecordV2(record)| record).collect())
}
