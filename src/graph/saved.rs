//! Graphs in files: all that a graph holds, records included.
//!
//! A file is a row of checked [blocks](crate::container): the records, as many in
//! a block as make a megabyte of text; the names of agencies, products, regions
//! and platforms; the policies and the articles; one block a relation; what is
//! odd. What follows from these is made again: the numbering, the ways back.

use super::codes::Code;
use super::edges::Edges;
use super::policies::{PolicyNames, PolicyRow};
use super::tables::{ArticleRow, Basis, Names, Tables};
use super::*;
use crate::container::{Block, BlockWriter, Tag, blocks, save};
use crate::parallel;
use crate::error::{Error, ErrorKind};
use crate::model::Record;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// The format that is written. What it means never changes: `tests/saved` keeps
/// a file of each, which later versions go on reading.
const VERSION: u32 = 1;

const RECORDS: Tag = *b"recs";
const NAMES: Tag = *b"name";
const POLICIES: Tag = *b"poli";
const ARTICLES: Tag = *b"arti";
const EDGES: Tag = *b"edge";
const NOTES: Tag = *b"note";

/// Text in one block of records, in bytes, if no single one is longer.
const TEXT: usize = 1 << 20;

impl Graph {
    /// Saves the graph and its records in a file, which is there as a whole or
    /// not at all: another of this name stays until the new one is written.
    /// Equal graphs give equal bytes.
    ///
    /// Errors: the file cannot be written; a record that was made by hand has a
    /// span that is no slice of its text.
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
    /// // To go on with: its records, to which others can be added.
    /// let mut corpus = Corpus::from(&graph);
    /// corpus.remove("sx-2025");
    /// assert_eq!(corpus.graph(Lexicon::builtin()).documents().len(), 12);
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        save(path.as_ref(), |out| self.write_to(out))
    }

    /// Writes what [`save`](Self::save) keeps in a file.
    pub fn write_to(&self, out: impl Write) -> io::Result<()> {
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
            records.iter().try_for_each(|record| record.check()).map_err(io::Error::other)?;
            out.block(RECORDS, &encoded(records.iter().map(|record| &**record))?)?;
            rest = others;
        }
        let tables = &self.tables;
        out.block(NAMES, &encoded(tables.agencies.iter())?)?;
        out.block(NAMES, &encoded(tables.products.iter())?)?;
        out.block(NAMES, &encoded(tables.regions.iter())?)?;
        out.block(NAMES, &encoded(tables.platforms.iter())?)?;
        out.block(POLICIES, &encoded(tables.policies.iter().map(|row| &**row))?)?;
        out.block(ARTICLES, &encoded(tables.articles.iter().map(Article::of))?)?;
        self.edges.save(|relation| out.block(EDGES, &relation))?;
        out.block(NOTES, &encoded(self.notes.iter().map(Noted::of))?)?;
        out.finish()?.flush()
    }

    /// Loads a graph that was [saved](Self::save). It is ready to ask, and equal
    /// to the one that was saved.
    ///
    /// * Linear in the file, in time and memory; records are decoded on as many
    ///   threads as the machine offers, with the same result on each.
    /// * Errors: the file cannot be read, is no saved graph or one of a newer
    ///   format, is cut off, damaged (a checksum differs) or made up so that
    ///   it points to what is not there. The message says at which byte. Nothing
    ///   is given back of a file that is not whole.
    pub fn load(path: impl AsRef<Path>) -> Result<Graph, Error> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| Error::io(&name, "cannot be read", error))?;
        Graph::decode(&name, &bytes)
    }

    /// Reads what [`write_to`](Self::write_to) has written, as [`load`](Self::load)
    /// does.
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
        let (records, blocks) =
            blocks.split_at(blocks.partition_point(|block| block.tag == RECORDS));
        let mut rest = blocks.iter().copied();
        let mut next = |tag: Tag| match rest.next() {
            Some(block) if block.tag == tag => Ok(block),
            Some(block) => Err(block.error("another block should stand here")),
            None => Err(Error::new(
                ErrorKind::Corrupt,
                file,
                format!("byte {}: blocks are missing", bytes.len()),
            )),
        };
        let mut tables = Tables { documents: decode_records(records)?, ..Tables::default() };
        tables.number_parts();
        tables.agencies = names(next(NAMES)?)?;
        tables.products = names(next(NAMES)?)?;
        tables.regions = names(next(NAMES)?)?;
        tables.platforms = names(next(NAMES)?)?;
        let policies: Vec<PolicyRow> = decoded(&next(POLICIES)?)?;
        tables.policies = policies.into_iter().map(Arc::new).collect();
        tables.policy_names = PolicyNames::all(&tables.policies);
        let block = next(ARTICLES)?;
        let articles: Vec<Article> = decoded(&block)?;
        let articles = articles.into_iter().map(|article| article.row(&tables, &block));
        tables.articles = articles.collect::<Result<_, _>>()?;
        let edges = Edges::load(format, || next(EDGES), &tables)?;
        let block = next(NOTES)?;
        let notes: Vec<Noted> = decoded(&block)?;
        let notes = notes.into_iter().map(|note| note.note(&tables, &block));
        let notes = notes.collect::<Result<_, _>>()?;
        if let Some(block) = rest.next() {
            return Err(block.error("a graph has no more blocks"));
        }
        Ok(Graph { tables, edges, links: OnceCell::new(), notes })
    }
}

fn encoded<T: Serialize>(values: impl Iterator<Item = T>) -> io::Result<Vec<u8>> {
    postcard::to_allocvec(&values.collect::<Vec<T>>()).map_err(io::Error::other)
}

fn decoded<'b, T: Deserialize<'b>>(block: &Block<'b>) -> Result<T, Error> {
    match postcard::take_from_bytes(block.bytes) {
        Ok((value, [])) => Ok(value),
        Ok(_) => Err(block.error("it is longer than what it holds")),
        Err(error) => Err(block.error(error)),
    }
}

/// The records of all blocks, on several threads; their keys must ascend.
fn decode_records(blocks: &[Block<'_>]) -> Result<Box<[Arc<Record>]>, Error> {
    let found = parallel::map(blocks, |block| {
        let records: Vec<Record> = decoded(block)?;
        Ok(records.into_iter().map(Arc::new).collect::<Vec<_>>())
    });
    let mut documents: Vec<Arc<Record>> = Vec::new();
    for (found, block) in found.into_iter().zip(blocks) {
        let last = documents.len().saturating_sub(1);
        documents.extend(found?);
        if !documents[last..].is_sorted_by(|one, next| one.key < next.key) {
            return Err(block.error("the keys of the documents do not ascend"));
        }
    }
    Ok(documents.into())
}

fn names<I: Id>(block: Block<'_>) -> Result<Names<I>, Error> {
    let printed: Vec<Box<str>> = decoded(&block)?;
    let count = printed.len();
    let names: Names<I> = printed.into_iter().collect();
    if names.len() == count { Ok(names) } else { Err(block.error("a name stands there twice")) }
}

/// [`ArticleRow`] in a file.
#[derive(Serialize, Deserialize)]
struct Article {
    policy: u32,
    n: u32,
    chapter: u32,
    heading: Box<str>,
    key_terms: Box<[Box<str>]>,
    basis: u8,
}

impl Article {
    fn of(row: &ArticleRow) -> Self {
        Article {
            policy: row.policy.index() as u32,
            n: row.ordinal,
            chapter: row.chapter,
            heading: row.heading.clone(),
            key_terms: row.key_terms.clone(),
            basis: row.basis.code(),
        }
    }

    fn row(self, tables: &Tables, block: &Block<'_>) -> Result<ArticleRow, Error> {
        let policy = self.policy as usize;
        let basis = Basis::from_code(self.basis);
        let (true, Some(basis)) = (policy < tables.policies.len(), basis) else {
            return Err(block.error("an article has no policy or no basis"));
        };
        let policy = PolicyId::from_index(policy);
        let Article { n: ordinal, chapter, heading, key_terms, .. } = self;
        Ok(ArticleRow { policy, ordinal, chapter, heading, key_terms, basis })
    }
}

/// [`GraphNote`] in a file.
#[derive(Serialize, Deserialize)]
struct Noted {
    document: u32,
    span: Span,
    message: String,
}

impl Noted {
    fn of(note: &GraphNote) -> Self {
        let GraphNote { document, span, message } = note;
        Noted { document: document.index() as u32, span: *span, message: message.clone() }
    }

    fn note(self, tables: &Tables, block: &Block<'_>) -> Result<GraphNote, Error> {
        let Noted { document, span, message } = self;
        let record = tables.documents.get(document as usize);
        match record.is_some_and(|record| span.get(&record.text).is_some()) {
            true => Ok(GraphNote { document: DocId::from_index(document as usize), span, message }),
            false => Err(block.error("a note is about no words of a document")),
        }
    }
}
