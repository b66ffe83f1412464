//! Scores of reused passages and near-duplicates of a synthetic corpus against its
//! true lineage.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;

use policygraph::graph::MeasureId;
use policygraph::reuse::{Fingerprints, NearDuplicate, Passage, PassageOptions};
use policygraph::similar::features;
use policygraph::{Graph, Span};

use crate::synthetic::{Document, MeasureLineage, SentenceLineage};

/// Scores of passages, by what happened to the seed sentence that two measures
/// have in common. A sentence counts as found if a passage covers at least half of
/// it on both sides.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct PassageScores {
    /// Recall of sentences of 30 characters and more, unchanged in both measures.
    pub unchanged: Ratio,
    /// Recall of sentences of 30 characters and more, reworded or renumbered in at
    /// least one measure.
    pub edited: Ratio,
    /// Recall of the edited sentences if any overlap with a passage counts.
    pub edited_overlap: Ratio,
    /// Recall of sentences of 14 to 29 characters. Names do not count for a
    /// passage, so such a sentence may be too short for one.
    pub short: Ratio,
    /// Precision: passages whose two sides share at least one seed sentence.
    pub precision: Ratio,
}

/// Minimum number of characters of a sentence that is scored.
const SHORT: usize = 14;

/// Minimum number of characters of a sentence that is a passage even if it
/// contains names.
const LONG: usize = 30;

/// A share of a total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// Number of those found.
    pub found: usize,
    /// Number of all.
    pub total: usize,
}

impl Ratio {
    fn count(&mut self, found: bool) {
        self.total += 1;
        self.found += usize::from(found);
    }

    /// Returns the share, 0 to 1; 0 of nothing.
    ///
    /// ```
    /// use policygraph_testkit::lineage::Ratio;
    /// assert_eq!(Ratio { found: 3, total: 4 }.value(), 0.75);
    /// assert_eq!(Ratio::default().value(), 0.0);
    /// ```
    pub fn value(self) -> f64 {
        self.found as f64 / self.total.max(1) as f64
    }
}

/// Returns the number of characters of a sentence that count for a passage.
fn characters(text: &str) -> usize {
    features(text).filter(|feature| feature.to_string().chars().count() == 1).count()
}

/// Returns the lineage of each measure by the measure's key.
///
/// ```
/// use policygraph_testkit::{lineage, synthetic};
///
/// let documents: Vec<_> = synthetic::documents(53, 50).collect();
/// let lineages = lineage::measure_lineages(&documents);
/// assert_eq!(lineages["made-0000000/1"], &documents[0].lineage.measures[0]);
/// ```
pub fn measure_lineages(documents: &[Document]) -> HashMap<String, &MeasureLineage> {
    let of = |document: &'_ Document| document.key.clone();
    documents
        .iter()
        .flat_map(|document| {
            let lineages = document.lineage.measures.iter().zip(1..);
            lineages.map(move |(lineage, n)| (format!("{}/{n}", of(document)), lineage))
        })
        .collect()
}

/// Scores the passages that `measures` share with the measures of all other
/// documents. `prints` must be of the graph of the same synthetic documents.
///
/// ```
/// use policygraph::reuse::Fingerprints;
/// use policygraph::{Corpus, Lexicon};
/// use policygraph_testkit::{lineage, synthetic};
///
/// let documents: Vec<_> = synthetic::documents(53, 100).collect();
/// let corpus: Corpus = synthetic::records(53, 100).into_iter().collect();
/// let graph = { corpus }.graph(Lexicon::builtin());
/// let measures: Vec<_> = graph.measures().step_by(10).collect();
/// let scores = lineage::passage_scores(
///     &Fingerprints::new(&*graph),
///     &lineage::measure_lineages(&documents),
///     &measures,
/// );
/// assert!(scores.unchanged.value() > 0.9);
/// ```
///
/// Takes time in the number of `measures` times that of all measures.
pub fn passage_scores<G: Deref<Target = Graph>>(
    prints: &Fingerprints<G>,
    lineages: &HashMap<String, &MeasureLineage>,
    measures: &[MeasureId],
) -> PassageScores {
    let graph = prints.graph();
    let lineage = |id: MeasureId| lineages.get(&graph.at(id).key().to_string()).copied();
    let text = |id: MeasureId| &*graph.at(graph.document_of(id)).record().text;
    let mut scores = PassageScores::default();
    for &measure in measures {
        let Some(own) = lineage(measure) else { continue };
        let passages = prints.of_measure(measure, &PassageOptions::default());
        let mut by_other: HashMap<MeasureId, Vec<&Passage>> = HashMap::new();
        for passage in &passages {
            by_other.entry(passage.measure).or_default().push(passage);
        }
        for other in
            graph.measures().filter(|&other| graph.document_of(other) != graph.document_of(measure))
        {
            let Some(its) = lineage(other) else { continue };
            let found = by_other.get(&other).map_or(&[][..], Vec::as_slice);
            for passage in found {
                let from_one = |(here, there)| overlaps(passage, here, there);
                scores.precision.count(pairs(own, its).any(from_one));
            }
            for (here, there) in pairs(own, its) {
                let (Some(at), Some(to)) = (here.span, there.span) else { continue };
                let length = characters(at.slice(text(measure)));
                let length = length.min(characters(to.slice(text(other))));
                if length < SHORT {
                    continue;
                }
                let half = found.iter().any(|passage| {
                    let is_half = |overlap: u32, of: Span| 2 * overlap >= of.end - of.start;
                    is_half(overlap(passage.query_span, here), at)
                        && is_half(overlap(passage.match_span, there), to)
                });
                let unchanged = here.is_unchanged() && there.is_unchanged();
                if !unchanged && length >= LONG {
                    let overlapped = found.iter().any(|passage| overlaps(passage, here, there));
                    scores.edited_overlap.count(overlapped);
                }
                match unchanged {
                    _ if length < LONG => &mut scores.short,
                    true => &mut scores.unchanged,
                    false => &mut scores.edited,
                }
                .count(half);
            }
        }
    }
    scores
}

/// Scores of near-duplicate pairs.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct NearDuplicateScores {
    /// Found pairs of those that the lineage implies.
    pub recall: Ratio,
    /// Pairs with a seed sentence in common of those found.
    pub precision: Ratio,
}

/// Scores the near-duplicates of `measures` in `found`.
///
/// The lineage implies that two measures are near-duplicates if sentences that are
/// unchanged in both make up at least `share` of the longer one, in bytes.
///
/// ```
/// use policygraph::reuse::near_duplicates;
/// use policygraph::{Corpus, Lexicon};
/// use policygraph_testkit::{lineage, synthetic};
///
/// let documents: Vec<_> = synthetic::documents(53, 500).collect();
/// let corpus: Corpus = synthetic::records(53, 500).into_iter().collect();
/// let graph = { corpus }.graph(Lexicon::builtin());
/// let measures: Vec<_> = graph.measures().collect();
/// let lineages = lineage::measure_lineages(&documents);
/// let found = near_duplicates(&graph, 0.8);
/// let scores = lineage::near_duplicate_scores(found, &graph, &lineages, &measures, 0.95);
/// assert!(scores.precision.value() > 0.9);
/// ```
pub fn near_duplicate_scores(
    found: impl Iterator<Item = NearDuplicate>,
    graph: &Graph,
    lineages: &HashMap<String, &MeasureLineage>,
    measures: &[MeasureId],
    share: f64,
) -> NearDuplicateScores {
    let found: HashSet<(MeasureId, MeasureId)> = found.map(|pair| (pair.a, pair.b)).collect();
    let lineage = |id: MeasureId| lineages.get(&graph.at(id).key().to_string()).copied();
    let length = |id: MeasureId| graph.at(id).text().len();
    let all: Vec<(MeasureId, &MeasureLineage)> =
        graph.measures().filter_map(|id| Some((id, lineage(id)?))).collect();
    let mut scores = NearDuplicateScores::default();
    for &measure in measures {
        let Some(own) = lineage(measure) else { continue };
        for &(other, its) in all.iter().filter(|of| of.0 != measure) {
            let found = found.contains(&(measure.min(other), measure.max(other)));
            if found {
                scores.precision.count(pairs(own, its).next().is_some());
            }
            let unchanged =
                pairs(own, its).filter(|(here, there)| here.is_unchanged() && there.is_unchanged());
            let unchanged: u32 =
                unchanged.filter_map(|(here, _)| here.span).map(|span| span.end - span.start).sum();
            if unchanged > 0
                && f64::from(unchanged) >= share * length(measure).max(length(other)) as f64
            {
                scores.recall.count(found);
            }
        }
    }
    scores
}

/// Returns the pairs of sentences with the same seed sentence.
fn pairs<'d>(
    a: &'d MeasureLineage,
    b: &'d MeasureLineage,
) -> impl Iterator<Item = (&'d SentenceLineage, &'d SentenceLineage)> {
    a.sentences.iter().flat_map(|here| {
        let same =
            move |there: &&SentenceLineage| (here.seed, here.index) == (there.seed, there.index);
        b.sentences.iter().filter(same).map(move |there| (here, there))
    })
}

/// Returns true if the passage overlaps both sentences.
fn overlaps(passage: &Passage, here: &SentenceLineage, there: &SentenceLineage) -> bool {
    overlap(passage.query_span, here) > 0 && overlap(passage.match_span, there) > 0
}

/// Returns the number of bytes of the sentence inside of the passage.
fn overlap(passage: Span, sentence: &SentenceLineage) -> u32 {
    sentence
        .span
        .map_or(0, |span| passage.end.min(span.end).saturating_sub(passage.start.max(span.start)))
}
