//! A segment: the features of a run of measures, as forward and inverted index.
//!
//! A segment does not depend on the rest of the corpus. It is built once, in parallel,
//! and shared by every index that contains its documents.

use crate::number::to_u32;
use std::ops::Range;
use std::sync::Arc;

use super::featurize::Featurizer;
use super::postings::PostingLists;
use crate::features::{Bag, Feature};
use crate::hash::KeyedMap;
use crate::model::Record;
use crate::parallel;

/// Number of documents whose features are extracted at a time, in parallel.
const BATCH: usize = 256;

/// Some documents of a corpus, in order, and the features of their measures.
pub(crate) struct Segment {
    pub documents: Vec<Arc<Record>>,
    /// Distinct features of its measures, ascending. The index of a feature is its row.
    features: Vec<Feature>,
    rows: KeyedMap<Feature, u32>,
    /// The rows of each measure, with impacts.
    pub forward: PostingLists,
    /// The measures of each row, with impacts.
    pub postings: PostingLists,
}

impl Segment {
    /// Extracts the features of all measures of the documents.
    pub(crate) fn new(documents: Vec<Arc<Record>>, featurizer: &Featurizer) -> Self {
        let (features, forward) = packed(documents.chunks(BATCH).flat_map(|batch| {
            parallel::map(batch, |record| featurizer.document(record)).into_iter().flatten()
        }));
        Segment::of(documents, features, forward)
    }

    pub(crate) fn of(
        documents: Vec<Arc<Record>>,
        features: Vec<Feature>,
        forward: PostingLists,
    ) -> Self {
        let rows = (0..).zip(&features).map(|(row, &feature)| (feature, row)).collect();
        let postings = forward.inverted(features.len());
        Segment { documents, features, rows, forward, postings }
    }

    /// Merges the documents of several segments for which `keep` returns true. Their
    /// features are not extracted again.
    pub(crate) fn joined(segments: &[&Segment], keep: impl Fn(&Arc<Record>) -> bool) -> Self {
        let mut kept: Vec<(&Arc<Record>, &Segment, Range<usize>)> = Vec::new();
        for segment in segments {
            for (record, lists) in segment.lists_of_documents().filter(|of| keep(of.0)) {
                kept.push((record, segment, lists));
            }
        }
        kept.sort_by(|a, b| a.0.key.cmp(&b.0.key));
        let bags = kept
            .iter()
            .flat_map(|(_, segment, lists)| lists.clone().map(|measure| segment.bag(measure)));
        let (features, forward) = packed(bags);
        let documents = kept.iter().map(|(record, ..)| (*record).clone()).collect();
        Segment::of(documents, features, forward)
    }

    /// Returns the documents in order, each with the lists of its measures.
    pub(crate) fn lists_of_documents(&self) -> impl Iterator<Item = (&Arc<Record>, Range<usize>)> {
        self.documents.iter().scan(0, |first, record| {
            let lists = *first..*first + record.measures.len();
            *first = lists.end;
            Some((record, lists))
        })
    }

    /// Returns the number of measures.
    pub(crate) fn len(&self) -> usize {
        self.forward.len()
    }

    pub(crate) fn features(&self) -> &[Feature] {
        &self.features
    }

    pub(crate) fn row(&self, feature: Feature) -> Option<u32> {
        self.rows.get(&feature).copied()
    }

    /// Returns the features of a measure, with impacts.
    pub(crate) fn bag(&self, measure: usize) -> Bag {
        let rows = self.forward.list(measure).into_iter();
        rows.map(|(row, impact)| (self.features[row as usize], impact)).collect()
    }

    /// Returns the memory in bytes, without the documents.
    pub(crate) fn bytes(&self) -> usize {
        // A feature takes 8 bytes in `features` and about 12 in `rows`.
        self.forward.bytes() + self.postings.bytes() + self.features.len() * 20
    }
}

/// Returns the features of all bags in ascending order, and each bag by their indices.
fn packed(bags: impl Iterator<Item = Bag>) -> (Vec<Feature>, PostingLists) {
    // Provisional numbers in order of first use; renumbered by feature value below.
    let mut numbers: KeyedMap<Feature, u32> = KeyedMap::default();
    let mut lists: Vec<(u32, u32)> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for bag in bags {
        for (feature, impact) in bag {
            let next = to_u32(numbers.len());
            lists.push((*numbers.entry(feature).or_insert(next), impact));
        }
        ends.push(lists.len());
    }
    let mut features: Vec<(Feature, u32)> = numbers.into_iter().collect();
    features.sort_unstable();
    let mut row_of = vec![0; features.len()];
    for (row, &(_, number)) in (0..).zip(&features) {
        row_of[number as usize] = row;
    }
    let features: Vec<Feature> = features.into_iter().map(|(feature, _)| feature).collect();
    let mut forward = PostingLists::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        let list = &mut lists[start..end];
        list.iter_mut().for_each(|entry| entry.0 = row_of[entry.0 as usize]);
        // Bags ascend, and so do their rows.
        debug_assert!(list.is_sorted_by(|a, b| a.0 < b.0));
        forward.push(list);
        start = end;
    }
    (features, forward)
}
