//! Indexes made and extended: documents into segments, segments into shards.

use std::ops::Deref;
use std::sync::{Arc, Mutex};

use super::featurize::Describer;
use super::segment::Segment;
use super::weighted::{GONE, Shard};
use super::weights::{Statistics, Tf};
use crate::features::Field;
use crate::graph::{Graph, Id};
use crate::lexicon::Lexicon;
use crate::model::Record;
use crate::parallel;
use crate::similar::Index;

/// The most measures of a segment, if no document has more: what is added up
/// for each of them then fits the nearest cache.
const MEASURES: usize = 1 << 16;

impl<G: Deref<Target = Graph>> Index<G> {
    /// Indexes all measures of the graph, by the concepts and outlines of the
    /// lexicon; on all cores.
    ///
    /// Linear in the text. It holds about a kilobyte a measure beside the graph.
    pub fn new(graph: G, lexicon: &Lexicon) -> Self {
        let describer = Describer::new(lexicon);
        let segments = segments(graph.records().cloned().collect(), &describer);
        Index::of(graph, describer, segments)
    }

    /// The index of a newer graph of the same corpus. What it has in common
    /// with this one is shared, not described again; it answers like a new one,
    /// to the bit. This one stays as it is.
    ///
    /// Describes what is new, which is most of making an index, and goes once
    /// through the weights of all, as a document more changes the rarity of
    /// every word.
    ///
    /// ```
    /// use policygraph::similar::{Index, Options};
    /// use policygraph::{Corpus, Lexicon, read, seeds};
    ///
    /// let mut corpus: Corpus = seeds().into_iter().collect();
    /// let index = Index::new(corpus.graph(Lexicon::builtin()), Lexicon::builtin());
    ///
    /// let text = "(一)优化注册检验。检验用量由3倍减为2倍。\n(二)加强药物警戒。监测不良反应。";
    /// corpus.insert(read(Lexicon::builtin(), "new", text));
    /// let index = index.extended(corpus.graph(Lexicon::builtin()));
    /// let found = index.text("药物警戒 不良反应", &Options::default());
    /// assert_eq!(index.graph().at(found[0].measure).key().to_string(), "new/2");
    /// ```
    pub fn extended<H: Deref<Target = Graph>>(&self, graph: H) -> Index<H> {
        let segments = self.shards.iter().map(|shard| shard.segment.clone()).collect();
        Index::with(graph, self.describer.clone(), segments)
    }

    /// Takes over from older segments what the graph still has, and describes the
    /// rest.
    pub(crate) fn with(graph: G, describer: Describer, older: Vec<Arc<Segment>>) -> Self {
        let live = |record: &Arc<Record>| is_there(&graph, record);
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
        let mut segments = segments(new.cloned().collect(), &describer);
        merge(&mut segments, kept, live);
        Index::of(graph, describer, segments)
    }

    fn of(graph: G, describer: Describer, segments: Vec<Arc<Segment>>) -> Self {
        let ids: Vec<Vec<u32>> = segments.iter().map(|segment| ids(&graph, segment)).collect();
        let statistics = statistics(&segments, &ids);
        let tf = Tf::new();
        let numbered: Vec<(Arc<Segment>, Vec<u32>)> = segments.into_iter().zip(ids).collect();
        let shards = parallel::map(&numbered, |(segment, ids)| {
            Shard::new(segment.clone(), ids.clone(), &statistics, &tf)
        });
        let mut places = vec![(0, 0); graph.measures().len()];
        for (at, shard) in (0..).zip(&shards) {
            for (measure, &id) in (0..).zip(&shard.ids) {
                if id != GONE {
                    places[id as usize] = (at, measure);
                }
            }
        }
        Index {
            graph,
            describer,
            statistics,
            tf,
            shards,
            places: places.into(),
            scratch: Mutex::default(),
        }
    }
}

/// The documents in segments of their own.
fn segments(documents: Vec<Arc<Record>>, describer: &Describer) -> Vec<Arc<Segment>> {
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
        segments.push(Arc::new(Segment::new(documents[start..end].to_vec(), describer)));
        start = end;
    }
    segments
}

/// Adds the segments of older documents, small ones joined with what is new, so
/// that they stay few: each at least twice the one that it was not joined with.
/// A segment that has lost most of its measures is made smaller.
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

/// Whether the graph has this very document.
fn is_there(graph: &Graph, record: &Arc<Record>) -> bool {
    graph.shared(&record.key).is_some_and(|now| Arc::ptr_eq(now, record) || now == record)
}

/// The places of a segment's measures in the graph.
fn ids(graph: &Graph, segment: &Segment) -> Vec<u32> {
    let mut ids = Vec::with_capacity(segment.len());
    for record in &segment.documents {
        match graph.document(&record.key).filter(|_| is_there(graph, record)) {
            Some(document) => {
                ids.extend(graph.measures_of(document.id()).map(|id| id.index() as u32));
            }
            None => ids.extend(record.measures.iter().map(|_| GONE)),
        }
    }
    ids
}

/// How many measures that are still there have each feature.
fn statistics(segments: &[Arc<Segment>], ids: &[Vec<u32>]) -> Statistics {
    let mut statistics = Statistics::default();
    for (segment, ids) in segments.iter().zip(ids) {
        let mut held: Vec<u32> =
            (0..segment.features().len()).map(|row| segment.postings.length(row) as u32).collect();
        for (measure, &id) in ids.iter().enumerate() {
            if id == GONE {
                segment.forward.blocks(measure, |rows, _| {
                    rows.iter().for_each(|&row| {
                        held[row as usize] = held[row as usize].saturating_sub(1);
                    });
                });
            }
        }
        statistics.texts += ids.iter().filter(|&&id| id != GONE).count();
        for (&feature, held) in segment.features().iter().zip(held) {
            if feature.field() != Field::Articles && held > 0 {
                *statistics.holding.entry(feature).or_default() += held;
            }
        }
    }
    statistics
}
