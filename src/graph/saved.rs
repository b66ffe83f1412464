//! Graphs in files, with their records.
//!
//! A file is a sequence of checked [blocks](crate::container): records, a megabyte
//! of text per block; names of agencies, products, regions and platforms;
//! policies; articles; one block per relation; notes. Everything that follows from
//! these is computed again: ids and reverse edges.

mod structure;
mod v1;
mod v2;
mod v3;

use super::Graph;
use crate::container::{BlockWriter, Tag, blocks, save, unsupported};
use crate::error::Error;
use crate::model::Record;
use serde::Serialize;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// The format that is written. Every format stays readable: `tests/saved` has a
/// file of each.
const VERSION: u32 = 3;

const RECORDS: Tag = *b"recs";
const NAMES: Tag = *b"name";
const POLICIES: Tag = *b"poli";
const ARTICLES: Tag = *b"arti";
const EDGES: Tag = *b"edge";
const NOTES: Tag = *b"note";

/// Maximum text in one block of records, in bytes; a longer record has its own block.
const TEXT: usize = 1 << 20;

impl Graph {
    /// Saves the graph and its records in a file. Equal graphs give equal bytes.
    ///
    /// * An existing file is replaced atomically, when the new one is complete and on the disk. It
    ///   is first written in the same folder, as `.policygraph-` with twelve letters or digits and
    ///   `.tmp`. Such a file of a process that was killed is removed by the next save in
    ///   the folder; the file of a running process is locked and stays.
    /// * On Unix the mode of an existing file is kept. A symbolic link is followed: its target is
    ///   replaced or created.
    /// * Any number of processes may save the same file: the last one to finish replaces the others.
    ///
    /// # Errors
    ///
    /// * [`Io`](crate::ErrorKind::Io): the folder or the disk cannot be written, or `path` is a
    ///   folder, device, pipe or socket. The existing file stays.
    /// * [`Record`](crate::ErrorKind::Record): a span of a hand-made record is not within its text.
    ///   Nothing is written.
    ///
    /// ```
    /// use policygraph::{Corpus, Graph, Lexicon};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("seeds.policygraph");
    /// policygraph::builtin().save(&path)?;
    /// let graph = Graph::load(&path)?;
    /// assert!(graph == *policygraph::builtin());
    ///
    /// // Its records make a corpus, to which others can be added.
    /// let mut corpus = Corpus::from(&graph);
    /// corpus.remove("sx-2025");
    /// assert_eq!(corpus.graph(Lexicon::builtin()).documents().len(), 12);
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        self.check()?;
        save(path.as_ref(), |out| self.write_blocks(out))
    }

    /// Writes the bytes of a saved graph, with the same errors as [`save`](Self::save).
    pub fn write_to(&self, out: impl Write) -> Result<(), Error> {
        self.check()?;
        self.write_blocks(out).map_err(Error::not_written)
    }

    /// Checks the spans of every record. Hand-made records can be inconsistent.
    fn check(&self) -> Result<(), Error> {
        self.records().try_for_each(|record| record.check())
    }

    fn write_blocks(&self, out: impl Write) -> io::Result<()> {
        let mut out = BlockWriter::new(out, VERSION)?;
        let mut rest = &self.tables.documents[..];
        while !rest.is_empty() {
            let mut text = 0;
            let fits = |record: &&Arc<Record>| {
                text += record.text.len();
                text <= TEXT
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (records, others) = rest.split_at(count);
            out.block(RECORDS, &encoded(records.iter().map(|record| &**record))?)?;
            rest = others;
        }
        let tables = &self.tables;
        out.block(NAMES, &encoded(tables.agencies.iter())?)?;
        out.block(NAMES, &encoded(tables.products.iter())?)?;
        out.block(NAMES, &encoded(tables.regions.iter())?)?;
        out.block(NAMES, &encoded(tables.platforms.iter())?)?;
        out.block(POLICIES, &encoded(tables.policies.iter().map(|row| &**row))?)?;
        out.block(ARTICLES, &encoded(tables.articles.iter().map(v3::Article::of))?)?;
        self.edges.save(|relation| out.block(EDGES, &relation))?;
        out.block(NOTES, &encoded(self.notes.iter().map(v3::SavedNote::of))?)?;
        out.finish()?.flush()
    }

    /// Loads a [saved](Self::save) graph. It equals the graph that was saved.
    ///
    /// * Linear in the size of the file, in time and memory. Records are decoded on
    ///   several threads; the result does not depend on their number.
    /// * Errors: the file cannot be read, is not a saved graph, has an unsupported
    ///   format ([`Incompatible`](crate::ErrorKind::Incompatible)), is cut off,
    ///   damaged (a checksum differs) or has references to missing parts
    ///   ([`Corrupt`](crate::ErrorKind::Corrupt)). The message names the byte. No
    ///   part of an incomplete file is returned.
    pub fn load(path: impl AsRef<Path>) -> Result<Graph, Error> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| Error::io(&name, "cannot be read", error))?;
        Graph::decode(&name, &bytes)
    }

    /// Reads the bytes of a saved graph, as [`load`](Self::load) does.
    ///
    /// ```
    /// use policygraph::Graph;
    ///
    /// let mut bytes = Vec::new();
    /// policygraph::builtin().write_to(&mut bytes).unwrap();
    /// assert!(Graph::from_bytes(&bytes)? == *policygraph::builtin());
    ///
    /// let middle = bytes.len() / 2;
    /// bytes[middle] ^= 1;
    /// let error = Graph::from_bytes(&bytes).unwrap_err().to_string();
    /// assert!(error.contains("checksum"), "{error}");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Graph, Error> {
        Graph::decode("saved graph", bytes)
    }

    fn decode(file: &str, bytes: &[u8]) -> Result<Graph, Error> {
        let (format, blocks) = blocks(file, bytes, VERSION)?;
        let graph = match format {
            1 => v1::load(file, bytes.len(), &blocks)?,
            2 => v2::load(file, bytes.len(), &blocks)?,
            3 => v3::load(file, bytes.len(), &blocks)?,
            _ => return Err(unsupported(file, format, VERSION)),
        };
        structure::check(file, &graph)?;
        Ok(graph)
    }
}

fn encoded<T: Serialize>(values: impl Iterator<Item = T>) -> io::Result<Vec<u8>> {
    postcard::to_allocvec(&values.collect::<Vec<T>>()).map_err(io::Error::other)
}
