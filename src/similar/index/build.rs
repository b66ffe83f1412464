//! Builds and extends indexes: documents into segments, segments into weighted segments.

use crate::number::to_u32;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use super::featurize::Featurizer;
use super::segment::Segment;
use super::weighted::{GONE, WeightedSegment};
use super::weights::Statistics;
use crate::graph::{Graph, Id};
use crate::lexicon::Lexicon;
use crate::model::Record;
use crate::parallel;
use crate::similar::Index;

/// Maximum number of measures of a segment of more than one document: the accumulators
/// of a search then fit into the L2 cache.
const MEASURES: usize = 1 << 16;

impl<G: Deref<Target = Graph>> Index<G> {
    /// Indexes all measures of the graph, with the concepts of the lexicon,
    /// in parallel.
    ///
    /// Linear in the text. Takes about 1 kB of memory for each measure, without the graph.
    pub fn new(graph: G, lexicon: &Lexicon) -> Self {
        let featurizer = Featurizer::new(lexicon);
        let segments = segments(graph.records().cloned().collect(), &featurizer);
        Index::of(graph, featurizer, segments)
    }

    /// Returns the index of a newer graph of the same corpus. Its results equal those of
    /// a new index to the bit; this index does not change.
    ///
    /// Documents in both graphs share their segments. Only new and changed documents are
    /// featurized, which is most of the cost of an index. All weights are recomputed, as
    /// a document changes the document frequencies.
    ///
    /// ```
    /// use policygraph::similar::{Index, SearchOptions};
    /// use policygraph::{Corpus, Lexicon, read, seeds};
    ///
    /// let mut corpus: Corpus = seeds().into_iter().collect();
    /// let index = Index::new(corpus.graph(Lexicon::builtin()), Lexicon::builtin());
    ///
    /// let text = "(一)优化注册检验。检验用量由3倍减为2倍。\n(二)加强药物警戒。监测不良反应。";
    /// corpus.insert(read(Lexicon::builtin(), "new", text));
    /// let index = index.extended(corpus.graph(Lexicon::builtin()));
    /// let found = index.search("药物警戒 不良反应", &SearchOptions::default());
    /// assert_eq!(index.graph().at(found[0].measure).key().to_string(), "new/2");
    /// ```
    pub fn extended<H: Deref<Target = Graph>>(&self, graph: H) -> Index<H> {
        let segments = self.segments.iter().map(|weighted| weighted.segment.clone()).collect();
        Index::with(graph, self.featurizer.clone(), segments)
    }

    /// Reuses the documents of older segments that are unchanged in the graph, and
    /// featurizes the rest.
    pub(crate) fn with(graph: G, featurizer: Featurizer, older: Vec<Arc<Segment>>) -> Self {
        let live = |record: &Arc<Record>| is_current(&graph, record);
        let mut kept: Vec<(Arc<Segment>, usize)> = Vec::new();
        let mut indexed: Vec<&str> = Vec::new();
        for segment in &older {
            let mut measures = 0;
            for record in segment.documents.iter().filter(|record| live(record)) {
                indexed.push(&record.key);
                measures += record.measures.len();
            }
            if measures > 0 {
                kept.push((segment.clone(), measures));
            }
        }
        indexed.sort_unstable();
        let new = graph.records().filter(|record| indexed.binary_search(&&*record.key).is_err());
        let mut segments = segments(new.cloned().collect(), &featurizer);
        merge(&mut segments, kept, live);
        Index::of(graph, featurizer, segments)
    }

    fn of(graph: G, featurizer: Featurizer, segments: Vec<Arc<Segment>>) -> Self {
        let ids: Vec<Vec<u32>> = segments.iter().map(|segment| ids(&graph, segment)).collect();
        let statistics = statistics(&segments, &ids);
        let numbered: Vec<(Arc<Segment>, Vec<u32>)> = segments.into_iter().zip(ids).collect();
        let segments = parallel::map(&numbered, |(segment, ids)| {
            WeightedSegment::new(segment.clone(), ids.clone(), &statistics)
        });
        let mut locations = vec![(0, 0); graph.measures().len()];
        for (at, segment) in (0..).zip(&segments) {
            for (measure, &id) in (0..).zip(&segment.ids) {
                if id != GONE {
                    locations[id as usize] = (at, measure);
                }
            }
        }
        Index {
            graph,
            featurizer,
            statistics,
            segments,
            locations: locations.into(),
            scratch: Mutex::default(),
        }
    }
}

/// Puts the documents into new segments.
fn segments(documents: Vec<Arc<Record>>, featurizer: &Featurizer) -> Vec<Arc<Segment>> {
    let mut segments = Vec::new();
    let mut start = 0;
    while start < documents.len() {
        let mut measures = 0;
        let rest = &documents[start..];
        let fitting = rest.iter().take_while(|record| {
            measures += record.measures.len();
            measures <= MEASURES
        });
        let end = start + fitting.count().max(1);
        segments.push(Arc::new(Segment::new(documents[start..end].to_vec(), featurizer)));
        start = end;
    }
    segments
}

/// Adds the segments of older documents. Small ones are merged with the new segment, so
/// that segments stay few: each has at least twice the measures of the next smaller one.
/// A segment that lost most of its measures is rebuilt without them.
fn merge(
    segments: &mut Vec<Arc<Segment>>,
    mut kept: Vec<(Arc<Segment>, usize)>,
    live: impl Fn(&Arc<Record>) -> bool,
) {
    kept.sort_by_key(|(_, measures)| *measures);
    let mut joined: Vec<Arc<Segment>> = Vec::new();
    let mut total = 0;
    if segments.len() == 1 {
        total = segments[0].len();
        joined.append(segments);
    }
    for (segment, measures) in kept {
        if !joined.is_empty() && measures < 2 * total && total + measures <= MEASURES {
            total += measures;
            joined.push(segment);
        } else if 2 * measures < segment.len() {
            segments.push(Arc::new(Segment::joined(&[&segment], &live)));
        } else {
            segments.push(segment);
        }
    }
    if joined.len() > 1 {
        let joined: Vec<&Segment> = joined.iter().map(|segment| &**segment).collect();
        segments.push(Arc::new(Segment::joined(&joined, &live)));
    } else {
        segments.append(&mut joined);
    }
}

/// Returns true if the graph contains this very document.
pub(super) fn is_current(graph: &Graph, record: &Arc<Record>) -> bool {
    graph.shared(&record.key).is_some_and(|now| Arc::ptr_eq(now, record) || now == record)
}

/// Returns the index in the graph of each measure of a segment, or [`GONE`].
fn ids(graph: &Graph, segment: &Segment) -> Vec<u32> {
    let mut ids = Vec::with_capacity(segment.len());
    for record in &segment.documents {
        match graph.document(&record.key).filter(|_| is_current(graph, record)) {
            Some(document) => {
                ids.extend(graph.measures_of(document.id()).map(|id| to_u32(id.index())));
            }
            None => ids.extend(record.measures.iter().map(|_| GONE)),
        }
    }
    ids
}

/// Counts the current measures, and in how many of them each feature occurs.
fn statistics(segments: &[Arc<Segment>], ids: &[Vec<u32>]) -> Statistics {
    let mut statistics = Statistics::default();
    for (segment, ids) in segments.iter().zip(ids) {
        let mut frequency: Vec<u32> =
            (0..segment.features().len()).map(|row| to_u32(segment.postings.length(row))).collect();
        for (measure, &id) in ids.iter().enumerate() {
            if id == GONE {
                segment.forward.blocks(measure, |rows, _| {
                    rows.iter().for_each(|&row| {
                        frequency[row as usize] = frequency[row as usize].saturating_sub(1);
                    });
                });
            }
        }
        statistics.texts += ids.iter().filter(|&&id| id != GONE).count();
        for (&feature, count) in segment.features().iter().zip(frequency) {
            if count > 0 {
                *statistics.document_frequency.entry(feature).or_default() += count;
            }
        }
    }
    statistics
}
