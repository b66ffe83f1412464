//! Synthetic corpora of any size, made from the seed documents.
//!
//! A synthetic document is a seed document, or an earlier synthetic document, as
//! another region and agency would issue it:
//!
//! - The region's names are replaced, and agencies are replaced by those with the
//!   same function. A county has no 药监局; its 市场监管局 takes that place.
//! - Title, document number (文号) and dates are invented.
//! - Measures are dropped, merged and reordered; sentences are dropped, moved and
//!   reworded, and their numbers are changed.
//! - Most documents implement one of a few national policies, laws are cited in
//!   every document, some documents cite others, and some are drafts or news.
//!
//! The [`Lineage`] of a document records the origin of each sentence and its
//! edits, so that search for reused text and near-duplicates can be scored; see
//! [`crate::lineage`].
//!
//! The corpora are for measuring, not for training: dates and numbers are
//! invented.
//!
//! A document depends only on the seed of the corpus, its own position, the
//! vocabularies and the records of the seed documents. The same seed gives the
//! same bytes, a longer corpus starts with the shorter one, and documents can be
//! made in any order and on any thread.

mod draft;
mod edit;
mod header;
mod places;
mod rng;
mod seeds;
mod write;

use policygraph::{Lexicon, Record, Span, read};
use rayon::prelude::*;

/// A synthetic document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Key of the document, `made-0000042`. Keys ascend by position.
    pub key: String,
    /// The text.
    pub text: String,
    /// The true origin of the text.
    pub lineage: Lineage,
}

/// Origin (来历) of a synthetic document.
#[derive(Clone, Debug, PartialEq)]
pub struct Lineage {
    /// Key of the earlier synthetic document that this one is derived from;
    /// `None` if it is derived from seed documents only.
    pub parent: Option<String>,
    /// Key of the seed document, for a news document.
    pub news: Option<&'static str>,
    /// Origin of each measure, in text order.
    pub measures: Vec<MeasureLineage>,
}

/// Origin of a synthetic measure.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureLineage {
    /// Key of the seed measure, `sx-2025/8`.
    pub seed: &'static str,
    /// Key of the parent's measure, `made-0000003/4`, if the document has a
    /// parent.
    pub parent: Option<String>,
    /// Origin of the sentences, in text order: those of the seed measure and of
    /// measures that were merged into it, dropped ones included.
    pub sentences: Vec<SentenceLineage>,
}

/// Origin of a sentence and its edits in total: a word that a parent replaced and
/// the document replaced back counts as unchanged.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceLineage {
    /// Key of the seed measure that contains the sentence.
    pub seed: &'static str,
    /// Index of the sentence in the seed measure; 0 is the heading.
    pub index: usize,
    /// True if words differ.
    pub reworded: bool,
    /// True if digits differ or are missing.
    pub renumbered: bool,
    /// True if the sentence was swapped with its neighbour.
    pub moved: bool,
    /// Byte range in the synthetic text; `None` if the sentence was dropped.
    pub span: Option<Span>,
}

impl SentenceLineage {
    /// Returns true if the text equals the seed's sentence, names of the region
    /// aside.
    ///
    /// ```
    /// use policygraph_testkit::synthetic;
    ///
    /// let document = synthetic::document(53, 0);
    /// let sentences = document.lineage.measures.iter().flat_map(|measure| &measure.sentences);
    /// assert!(sentences.filter(|sentence| sentence.is_unchanged()).count() > 10);
    /// ```
    pub fn is_unchanged(&self) -> bool {
        self.span.is_some() && !self.reworded && !self.renumbered
    }
}

fn key(position: usize) -> String {
    format!("made-{position:07}")
}

/// Returns the document at a position of the corpus with this seed.
///
/// ```
/// use policygraph_testkit::synthetic;
///
/// let document = synthetic::document(53, 7);
/// assert_eq!(document.key, "made-0000007");
/// assert_eq!(document, synthetic::document(53, 7));
/// ```
pub fn document(seed: u64, position: usize) -> Document {
    write::document(seed, position)
}

/// Returns documents until they have at least `measures` measures in total. Each
/// document is made when it is asked for.
///
/// ```
/// use policygraph_testkit::synthetic;
///
/// let measures = synthetic::documents(53, 50).map(|document| document.lineage.measures.len());
/// assert!(measures.sum::<usize>() >= 50);
/// ```
pub fn documents(seed: u64, measures: usize) -> impl Iterator<Item = Document> {
    let mut made = 0;
    (0..).map(move |position| document(seed, position)).take_while(move |document| {
        let wanted = made < measures;
        made += document.lineage.measures.len();
        wanted
    })
}

/// Returns the records of [`documents`] in the same order, read on all threads of
/// the caller's rayon pool.
///
/// ```
/// use policygraph_testkit::synthetic;
///
/// let records = synthetic::records(53, 50);
/// assert_eq!(records.len(), synthetic::documents(53, 50).count());
/// ```
pub fn records(seed: u64, measures: usize) -> Vec<Record> {
    let mut records = Vec::new();
    let (mut next, mut made) = (0, 0);
    while made < measures {
        // About as many documents as are missing, so that few are read in vain.
        let block = next..next + ((measures - made) / 15).clamp(16, 4096);
        next = block.end;
        let read: Vec<_> = block.into_par_iter().map(|position| record(seed, position)).collect();
        for (record, count) in read {
            if made < measures {
                made += count;
                records.push(record);
            }
        }
    }
    records
}

/// Returns the record of a document and the number of measures that it was made
/// with.
fn record(seed: u64, position: usize) -> (Record, usize) {
    let Document { key, text, lineage } = document(seed, position);
    (read(Lexicon::builtin(), &key, text), lineage.measures.len())
}
