//! Corpora of any size, made of the seeds' material.
//!
//! A made document is a seed's, or another made document's, as another region
//! and agency would issue it: the region's names follow, agencies follow by
//! their functions (a county has no 药监局: its 市场监管局 does that work), and
//! title, number and date are its own. Measures are dropped, merged and
//! reordered; sentences kept, dropped, moved and reworded, and their numbers
//! changed. Nearly everything carries out a few national policies, laws are
//! cited everywhere, some made documents cite others, and some are drafts or
//! news. What happened to each sentence is the document's [`Lineage`], so that
//! whoever looks for reused text or near-duplicates can be scored.
//!
//! Made to measure with, not to learn from: dates and numbers are invented.
//!
//! A document depends on the seed and its own place alone, and on how the seed
//! documents are read. The same seed gives the same bytes, a longer corpus begins
//! with a shorter one, and documents are made one by one, in any order, on any
//! core.

mod rng;
mod draft;
mod edit;
mod header;
mod places;
mod seeds;
mod write;

use policygraph::{Lexicon, Record, Span, read};
use rayon::prelude::*;

/// One made document.
#[derive(Debug, PartialEq)]
pub struct Made {
    /// `made-0000042`: keys ascend as documents are made.
    pub key: String,
    pub text: String,
    pub lineage: Lineage,
}

/// 来历 — where a made document comes from.
#[derive(Debug, PartialEq)]
pub struct Lineage {
    /// The key of the made document that it was written from, an earlier one;
    /// none where it was written from seeds alone.
    pub parent: Option<String>,
    /// The key of the seed, where it is news.
    pub news: Option<&'static str>,
    /// One for each measure, in order.
    pub measures: Vec<Descent>,
}

/// Where a made measure comes from.
#[derive(Debug, PartialEq)]
pub struct Descent {
    /// The key of the seed measure: `sx-2025/8`.
    pub seed: &'static str,
    /// The key of the parent's measure, `made-0000003/4`, if it was written
    /// from one.
    pub parent: Option<String>,
    /// What became of the sentences of the seed measure, and of those of others
    /// that were merged into it; in the order of the text.
    pub sentences: Vec<Sentence>,
}

/// What became of a seed's sentence, all told: a word that a document changed
/// and the next one changed back is as it was. A sentence neither reworded nor
/// renumbered stands in the text as in the seed, but for the region's names.
#[derive(Debug, PartialEq)]
pub struct Sentence {
    /// The key of the seed measure that it stands in.
    pub seed: &'static str,
    /// Its place there, from 0: the heading.
    pub n: usize,
    pub reworded: bool,
    /// Its figures are others, or fewer.
    pub renumbered: bool,
    /// It changed places with its neighbour.
    pub moved: bool,
    /// The bytes of the made text; none where it was dropped.
    pub span: Option<Span>,
}

impl Sentence {
    /// Whether it says what the seed says, word by word.
    pub fn is_kept(&self) -> bool {
        self.span.is_some() && !self.reworded && !self.renumbered
    }
}

fn key(document: usize) -> String {
    format!("made-{document:07}")
}

/// The document at this place of the corpus of a seed.
pub fn document(seed: u64, place: usize) -> Made {
    write::document(seed, place)
}

/// Documents until there are so many measures, whole documents; made one by
/// one as they are asked for.
pub fn documents(seed: u64, measures: usize) -> impl Iterator<Item = Made> {
    let mut made = 0;
    (0..).map(move |place| document(seed, place)).take_while(move |document| {
        let wanted = made < measures;
        made += document.lineage.measures.len();
        wanted
    })
}

/// The same documents, read: on all cores of the caller's pool, in the same
/// order.
pub fn records(seed: u64, measures: usize) -> Vec<Record> {
    let mut records = Vec::new();
    let (mut next, mut made) = (0, 0);
    while made < measures {
        // About as many as are wanting, so that few are read in vain.
        let block = next..next + ((measures - made) / 15).clamp(16, 4096);
        next = block.end;
        let read: Vec<_> = block.into_par_iter().map(|place| record(seed, place)).collect();
        for (record, count) in read {
            if made < measures {
                made += count;
                records.push(record);
            }
        }
    }
    records
}

/// A document read, and how many measures it was made with.
fn record(seed: u64, place: usize) -> (Record, usize) {
    let Made { key, text, lineage } = document(seed, place);
    (read(Lexicon::builtin(), &key, text), lineage.measures.len())
}
