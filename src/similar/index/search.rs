//! Exact top-k search that scores few of the measures.
//!
//! Most of what two texts share is common words, whose posting lists are the long
//! ones. So the query's words are processed from the rarest on, one rarity level after
//! another, into an accumulator for each measure, until only a few measures can still
//! reach the k-th best score. With B the length of the remaining query vector of words,
//! and T the length of the same levels of the measure's own unit vector, a measure with
//! accumulated cosine p has a cosine of at most
//!
//! ```text
//! p + B · T
//! ```
//!
//! (Cauchy–Schwarz). T is precomputed, one byte for each measure and level. Rare words
//! of a measure that the query lacks take up part of its length as well, so that T is
//! small for a measure about something else. For cosines this bound is much tighter
//! than a sum of maximum impacts; Anastasiu and Karypis, “L2AP: Fast cosine similarity
//! search with prefix L-2 norm bounds” (2014), use it for all pairs.
//!
//! The bound of a score is a sum over all fields ([`score_bound`]); a field without a
//! bound of its own counts with a cosine of 1. Candidates are scored exactly, the one
//! with the highest bound first.

use super::cursor::LevelCursor;
use super::query::QueryVector;
use super::top_k::TopK;
use super::weighted::{GONE, SLACK, Threshold, WeightedSegment};
use super::weights::{Norms, Query, Tf, whole};
use crate::features::Field;
use crate::number::to_f32;

/// Cost of one exact score, in posting entries, net of the candidates that a better
/// result prunes.
const EXACT_SCORE_COST: usize = 100;

/// Cost of one exact cosine of subjects, in posting entries.
const SUBJECT_SCORE_COST: usize = 50;

/// Maximum k for which some measures are scored early to raise the threshold.
const MAX_SEEDED_K: usize = 100;

/// Scratch buffers, reused across queries to avoid allocation.
#[derive(Default)]
pub(crate) struct Scratch {
    /// The query by the rows of the current segment.
    vector: QueryVector,
    /// For each measure the accumulated product of words.
    accumulators: Vec<f32>,
    /// For each measure the product of subjects.
    subject: Vec<f32>,
    candidates: Vec<MeasureCandidate>,
    /// Measures scored early.
    seeds: Vec<u32>,
}

/// A measure that may be among the best.
struct MeasureCandidate {
    measure: u32,
    /// Upper bound of the cosine of its words.
    word_cosine: f64,
    /// Upper bound of its score.
    upper_bound: f32,
}

/// One query over all segments.
pub(crate) struct Search<'a> {
    pub query: &'a Query,
    pub tf: &'a Tf,
    /// Returns true if a measure may be a match, by its index in the graph.
    pub passes: &'a dyn Fn(u32) -> bool,
    pub scratch: &'a mut Scratch,
}

impl Search<'_> {
    /// Scores these measures of a segment.
    pub(crate) fn score_each(
        &mut self,
        segment: &WeightedSegment,
        measures: impl Iterator<Item = u32>,
        top: &mut TopK,
    ) {
        segment.load_query(self.query, &mut self.scratch.vector, self.tf);
        self.scratch.seeds.clear();
        for measure in measures {
            self.score(segment, measure, 1.0, top);
        }
    }

    /// * `word_cosine`: upper bound of the cosine of its words.
    fn score(&self, segment: &WeightedSegment, measure: u32, word_cosine: f64, top: &mut TopK) {
        let threshold = Threshold { score: top.threshold(), word_cosine };
        let vector = &self.scratch.vector;
        let score = segment.score_if(measure as usize, self.query, vector, self.tf, threshold);
        // The score first: it rules out most measures, and the filter may be slow.
        if let Some(score) = score.filter(|&score| score > 0.0 && score >= top.threshold()) {
            let id = segment.ids[measure as usize];
            if id != GONE && !self.scratch.seeds.contains(&measure) && (self.passes)(id) {
                top.push(id, score);
            }
        }
    }

    /// Searches a segment: offers each measure that may be among the best once.
    pub(crate) fn search(&mut self, segment: &WeightedSegment, top: &mut TopK) {
        let mut words = LevelCursor::new(segment, self.query, Field::Words);
        segment.load_query(self.query, &mut self.scratch.vector, self.tf);
        self.scratch.seeds.clear();
        let mut accumulators = std::mem::take(&mut self.scratch.accumulators);
        accumulators.clear();
        accumulators.resize(segment.len(), 0.0);
        let mut candidates = std::mem::take(&mut self.scratch.candidates);
        candidates.clear();

        // After the first segment there is a threshold already.
        let seeded = top.k() <= MAX_SEEDED_K && !top.is_full();
        while let Some(entries) = words.entries_of_level() {
            let threshold = self.word_threshold(top);
            if !words.exceeds(entries / EXACT_SCORE_COST, threshold, &accumulators) {
                break;
            }
            words.advance(&mut accumulators, self.tf);
            if seeded {
                self.seed(segment, &words, &accumulators, top);
            }
        }

        self.collect_candidates(segment, &words, &accumulators, top, &mut candidates);
        candidates.sort_unstable_by(|a, b| {
            b.upper_bound.total_cmp(&a.upper_bound).then(a.measure.cmp(&b.measure))
        });
        for candidate in &candidates {
            if candidate.upper_bound < top.threshold() {
                break;
            }
            self.score(segment, candidate.measure, candidate.word_cosine, top);
        }
        self.scratch.accumulators = accumulators;
        self.scratch.candidates = candidates;
    }

    /// Collects the measures whose score may reach the threshold.
    fn collect_candidates(
        &mut self,
        segment: &WeightedSegment,
        words: &LevelCursor<'_>,
        accumulators: &[f32],
        top: &TopK,
        candidates: &mut Vec<MeasureCandidate>,
    ) {
        let own = whole(&self.query.norms);
        words.candidates(self.word_threshold(top), accumulators, |measure, word_cosine| {
            let word_cosine = (f64::from(word_cosine) + self.slack()).min(1.0);
            let sum = score_bound(&self.query.norms, &[(Field::Words, word_cosine)]);
            candidates.push(MeasureCandidate {
                measure,
                word_cosine,
                upper_bound: to_f32(sum / own) + SLACK,
            });
        });
        let subject = LevelCursor::new(segment, self.query, Field::Subject);
        if candidates.len() * SUBJECT_SCORE_COST > subject.remaining_entries() {
            self.prune_by_subject(segment, subject, top, candidates);
        }
    }

    /// Upper bound of the rounding error of a cosine summed in `f32`: 2⁻²⁴ of the sum for
    /// each addition.
    fn slack(&self) -> f64 {
        f64::from(SLACK).max(self.query.terms.len() as f64 / f64::from(1 << 23))
    }

    /// Scores the measures with the greatest accumulators, to raise the threshold: twice
    /// k, as some of them score lower in the end.
    fn seed(
        &mut self,
        segment: &WeightedSegment,
        words: &LevelCursor<'_>,
        accumulators: &[f32],
        top: &mut TopK,
    ) {
        let mut leaders = TopK::new(top.k() * 2);
        words.leaders(accumulators, |measure, cosine| {
            leaders.push(measure, cosine);
            leaders.threshold()
        });
        for (measure, _) in leaders.into_sorted() {
            if !self.scratch.seeds.contains(&measure) {
                self.score(segment, measure, 1.0, top);
                self.scratch.seeds.push(measure);
            }
        }
    }

    /// Returns the least cosine of words with which a score may reach the threshold, if
    /// the cosines of all other fields are 1.
    fn word_threshold(&self, top: &TopK) -> f64 {
        let norms = &self.query.norms;
        if norms[Field::Words as usize] == 0 {
            return -1.0;
        }
        let others = score_bound(norms, &[(Field::Words, 0.0)]);
        let required = f64::from(top.threshold()) * whole(norms);
        (required - others) / Field::Words.weight() - self.slack()
    }

    /// Removes the candidates that their subject rules out, which costs less than a
    /// score.
    fn prune_by_subject(
        &mut self,
        segment: &WeightedSegment,
        mut subject: LevelCursor<'_>,
        top: &TopK,
        candidates: &mut Vec<MeasureCandidate>,
    ) {
        let mut accumulators = std::mem::take(&mut self.scratch.subject);
        accumulators.clear();
        accumulators.resize(segment.len(), 0.0);
        while subject.advance(&mut accumulators, self.tf) {}
        let norms = &self.query.norms;
        let own = whole(norms);
        candidates.retain_mut(|candidate| {
            let at = candidate.measure as usize;
            let cosine = (subject.cosine(at, &accumulators) + self.slack()).min(1.0);
            let known = [(Field::Words, candidate.word_cosine), (Field::Subject, cosine)];
            let sum = score_bound(norms, &known);
            candidate.upper_bound = to_f32(sum / (own * whole(segment.norms(at))).sqrt()) + SLACK;
            candidate.upper_bound >= top.threshold()
        });
        self.scratch.subject = accumulators;
    }
}

/// Returns the upper bound of the weighted sum of cosines: over all fields of the query,
/// each with its known bound, or 1. So a new field cannot make a search inexact.
fn score_bound(query: &Norms, known: &[(Field, f64)]) -> f64 {
    let cosine = |field| known.iter().find(|bound| bound.0 == field).map_or(1.0, |bound| bound.1);
    let present = Field::ALL.into_iter().filter(|&field| query[field as usize] > 0);
    present.map(|field| field.weight() * cosine(field)).sum()
}
