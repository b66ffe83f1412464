//! Format 3 of saved graphs.

use super::{ARTICLES, EDGES, NAMES, NOTES, POLICIES, RECORDS};
use crate::container::{Block, Tag};
use crate::error::{Error, ErrorKind};
use crate::graph::codes::Code;
use crate::graph::edges::Relations;
use crate::graph::ids::{DocId, Id, PolicyId};
use crate::graph::policies::{PolicyNames, PolicyRow};
use crate::graph::tables::{ArticleRow, Basis, NameTable, Tables};
use crate::graph::{Graph, GraphNote};
use crate::model::Record;
use crate::number::to_u32;
use crate::parallel;
use crate::text::Span;
use once_cell::sync::OnceCell;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Loads a graph from the blocks of a file of `length` bytes.
pub(super) fn load(file: &str, length: usize, blocks: &[Block<'_>]) -> Result<Graph, Error> {
    load_format(3, records, file, length, blocks)
}

/// Loads a graph of a format that differs in its records, and in relations that are `since` a later
/// one.
///
/// * `decode`: decodes one block of records.
pub(super) fn load_format(
    format: u32,
    decode: impl Fn(&Block<'_>) -> Result<Vec<Record>, Error> + Sync,
    file: &str,
    length: usize,
    blocks: &[Block<'_>],
) -> Result<Graph, Error> {
    let (records, blocks) = blocks.split_at(blocks.partition_point(|block| block.tag == RECORDS));
    let mut rest = blocks.iter().copied();
    let mut next = |tag: Tag| match rest.next() {
        Some(block) if block.tag == tag => Ok(block),
        Some(block) => Err(block.error("another block is expected here")),
        None => {
            Err(Error::new(ErrorKind::Corrupt, file, format!("byte {length}: blocks are missing")))
        }
    };
    let mut tables = Tables { documents: decode_records(records, decode)?, ..Tables::default() };
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
    let edges = Relations::load(format, || next(EDGES), &tables)?;
    let block = next(NOTES)?;
    let notes: Vec<SavedNote> = decoded(&block)?;
    let notes = notes.into_iter().map(|note| note.note(&tables, &block));
    let notes = notes.collect::<Result<_, _>>()?;
    if let Some(block) = rest.next() {
        return Err(block.error("a graph has no block after this one"));
    }
    Ok(Graph { tables, edges, links: OnceCell::new(), notes })
}

fn records(block: &Block<'_>) -> Result<Vec<Record>, Error> {
    decoded(block)
}

pub(super) fn decoded<'b, T: Deserialize<'b>>(block: &Block<'b>) -> Result<T, Error> {
    match postcard::take_from_bytes(block.bytes) {
        Ok((value, [])) => Ok(value),
        Ok(_) => Err(block.error("it is longer than its content")),
        Err(error) => Err(block.error(error)),
    }
}

/// Decodes the records of all blocks, on several threads. Their keys must ascend.
fn decode_records(
    blocks: &[Block<'_>],
    decode: impl Fn(&Block<'_>) -> Result<Vec<Record>, Error> + Sync,
) -> Result<Box<[Arc<Record>]>, Error> {
    let found = parallel::map(blocks, |block| {
        Ok(decode(block)?.into_iter().map(Arc::new).collect::<Vec<_>>())
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

fn names<I: Id>(block: Block<'_>) -> Result<NameTable<I>, Error> {
    let printed: Vec<Box<str>> = decoded(&block)?;
    let count = printed.len();
    let names: NameTable<I> = printed.into_iter().collect();
    if names.len() == count { Ok(names) } else { Err(block.error("a name is in it twice")) }
}

/// An [`ArticleRow`] in a file.
#[derive(Serialize, Deserialize)]
pub(super) struct Article {
    policy: u32,
    n: u32,
    chapter: u32,
    heading: Box<str>,
    key_terms: Box<[Box<str>]>,
    basis: u8,
}

impl Article {
    pub(super) fn of(row: &ArticleRow) -> Self {
        Article {
            policy: to_u32(row.policy.index()),
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
            return Err(block.error("an article has no known policy or basis"));
        };
        let policy = PolicyId::from_index(policy);
        let Article { n: ordinal, chapter, heading, key_terms, .. } = self;
        Ok(ArticleRow { policy, ordinal, chapter, heading, key_terms, basis })
    }
}

/// A [`GraphNote`] in a file.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedNote {
    document: u32,
    span: Span,
    message: String,
}

impl SavedNote {
    pub(super) fn of(note: &GraphNote) -> Self {
        let GraphNote { document, span, message } = note;
        SavedNote { document: to_u32(document.index()), span: *span, message: message.clone() }
    }

    fn note(self, tables: &Tables, block: &Block<'_>) -> Result<GraphNote, Error> {
        let SavedNote { document, span, message } = self;
        let record = tables.documents.get(document as usize);
        match record.is_some_and(|record| span.get(&record.text).is_some()) {
            true => Ok(GraphNote { document: DocId::from_index(document as usize), span, message }),
            false => Err(block.error("the span of a note is not in its document")),
        }
    }
}
