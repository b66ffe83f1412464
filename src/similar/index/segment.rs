//! A run of measures with what they have, both ways. Nothing in it depends on
//! the rest of the corpus, so that it is made once, on any core, and shared by
//! every index that holds its documents.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::featurize::Describer;
use super::postings::Lists;
use crate::features::{Bag, Feature, Field};
use crate::model::Record;
use crate::parallel;

/// So many documents are described at a time.
const BLOCK: usize = 256;

/// Some documents of a corpus and their measures, in order.
pub(crate) struct Segment {
    pub documents: Vec<Arc<Record>>,
    /// The features of its measures, ascending: rows.
    features: Vec<Feature>,
    rows: FxHashMap<Feature, u32>,
    /// For each measure its rows.
    pub forward: Forward,
    /// For each row its measures; empty for articles, which nearly every
    /// measure is like a little.
    pub postings: Lists,
}

/// What measures have. Words stand by themselves: they are most of it, and the
/// few others are looked at first.
#[derive(Default)]
pub(crate) struct Forward {
    pub words: Lists,
    pub others: Lists,
}

impl Forward {
    fn with_capacity(measures: usize) -> Self {
        Forward { words: Lists::with_capacity(measures), others: Lists::with_capacity(measures) }
    }

    /// Adds the rows of a measure, ascending.
    ///
    /// * `features`: of all rows.
    pub fn push(&mut self, entries: &[(u32, u32)], features: &[Feature]) {
        let is_word = |entry: &&(u32, u32)| features[entry.0 as usize].field() == Field::Words;
        let (words, others): (Vec<_>, Vec<_>) = entries.iter().partition(is_word);
        self.words.push(&words);
        self.others.push(&others);
    }

    /// The rows of a measure, ascending.
    pub fn list(&self, measure: usize) -> Vec<(u32, u32)> {
        let mut list = self.words.list(measure);
        list.extend(self.others.list(measure));
        list.sort_unstable();
        list
    }

    /// Calls `each` with the rows of a measure and the counts less 1, block by
    /// block: words, then the others.
    pub fn blocks(&self, measure: usize, mut each: impl FnMut(&[u32], &[u32])) {
        self.words.blocks(measure, &mut each);
        self.others.blocks(measure, &mut each);
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    fn bytes(&self) -> usize {
        self.words.bytes() + self.others.bytes()
    }
}

impl Segment {
    /// Describes the measures of the documents.
    pub fn new(documents: Vec<Arc<Record>>, describer: &Describer) -> Self {
        let (features, forward) = packed(documents.chunks(BLOCK).flat_map(|block| {
            let bags = parallel::map(block, |record| {
                let bags = record.measures.iter().map(|measure| describer.measure(record, measure));
                bags.collect::<Vec<Bag>>()
            });
            bags.into_iter().flatten()
        }));
        Segment::of(documents, features, forward)
    }

    pub fn of(documents: Vec<Arc<Record>>, features: Vec<Feature>, forward: Forward) -> Self {
        let rows = (0..).zip(&features).map(|(row, &feature)| (feature, row)).collect();
        let traversed = |row: u32| features[row as usize].field() != Field::Articles;
        let postings =
            Lists::inverted(&[&forward.words, &forward.others], features.len(), traversed);
        Segment { documents, features, rows, forward, postings }
    }

    /// One segment of several, those documents that `keep` names; nothing is
    /// described again.
    pub fn joined(segments: &[&Segment], keep: impl Fn(&Arc<Record>) -> bool) -> Self {
        let mut kept: Vec<(&Arc<Record>, &Segment, usize)> = Vec::new();
        for segment in segments {
            let mut first = 0;
            for record in &segment.documents {
                if keep(record) {
                    kept.push((record, segment, first));
                }
                first += record.measures.len();
            }
        }
        kept.sort_by(|a, b| a.0.key.cmp(&b.0.key));
        let bags = kept.iter().flat_map(|&(record, segment, first)| {
            (first..first + record.measures.len()).map(|measure| segment.bag(measure))
        });
        let (features, forward) = packed(bags);
        let documents = kept.iter().map(|&(record, ..)| record.clone()).collect();
        Segment::of(documents, features, forward)
    }

    /// How many measures it has.
    pub fn len(&self) -> usize {
        self.forward.len()
    }

    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    pub fn row(&self, feature: Feature) -> Option<u32> {
        self.rows.get(&feature).copied()
    }

    pub fn bag(&self, measure: usize) -> Bag {
        let rows = self.forward.list(measure).into_iter();
        rows.map(|(row, count)| (self.features[row as usize], count)).collect()
    }

    /// Bytes held, but for the documents.
    pub fn bytes(&self) -> usize {
        self.forward.bytes() + self.postings.bytes() + self.features.len() * 20
    }
}

/// Rows of features in ascending order, and bags as lists of them.
fn packed(bags: impl Iterator<Item = Bag>) -> (Vec<Feature>, Forward) {
    // Numbered as they are met, which is put right at the end.
    let mut met: FxHashMap<Feature, u32> = FxHashMap::default();
    let mut lists: Vec<(u32, u32)> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for bag in bags {
        for (feature, count) in bag {
            let next = met.len() as u32;
            lists.push((*met.entry(feature).or_insert(next), count));
        }
        ends.push(lists.len());
    }
    let mut features: Vec<(Feature, u32)> = met.into_iter().collect();
    features.sort_unstable();
    let mut row_of = vec![0; features.len()];
    for (row, &(_, met)) in (0..).zip(&features) {
        row_of[met as usize] = row;
    }
    let features: Vec<Feature> = features.into_iter().map(|(feature, _)| feature).collect();
    let mut forward = Forward::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        let list = &mut lists[start..end];
        list.iter_mut().for_each(|entry| entry.0 = row_of[entry.0 as usize]);
        // The bag ascends, and so do its rows.
        debug_assert!(list.is_sorted_by(|a, b| a.0 < b.0));
        forward.push(list, &features);
        start = end;
    }
    (features, forward)
}
