//! Exact top-k search that scores few of the measures.
//!
//! Most of what two texts share is common words, whose posting lists are the long
//! ones. So the query's features are processed from the rarest on, one rarity level after
//! another, into an accumulator for each measure, until only a few measures can still
//! reach the k-th best score. With B the length of the remaining query vector, and T the
//! length of the same levels of the measure's own unit vector, a measure with accumulated
//! cosine p has a cosine of at most
//!
//! ```text
//! p + B · T
//! ```
//!
//! (Cauchy–Schwarz). T is precomputed, one byte for each measure and level. Rare features
//! of a measure that the query lacks take up part of its length as well, so that T is
//! small for a measure about something else. For cosines this bound is much tighter
//! than a sum of maximum impacts; Anastasiu and Karypis, “L2AP: Fast cosine similarity
//! search with prefix L-2 norm bounds” (2014), use it for all pairs.
//!
//! Candidates are scored exactly, the one with the highest bound first.

use super::cursor::LevelCursor;
use super::query::QueryVector;
use super::top_k::TopK;
use super::weighted::{GONE, WeightedSegment};
use super::weights::Query;

/// Cost of one exact score, in posting entries, net of the candidates that a better
/// result prunes.
const EXACT_SCORE_COST: usize = 100;

/// Maximum k for which some measures are scored early to raise the threshold.
const MAX_SEEDED_K: usize = 100;

/// Upper bound on the rounding error of a sum of up to a thousand `f32` in 0..=1,
/// ten times over.
const SLACK: f64 = 1e-4;

/// Scratch buffers, reused across queries to avoid allocation.
#[derive(Default)]
pub(crate) struct Scratch {
    /// The query by the rows of the current segment.
    vector: QueryVector,
    /// For each measure the accumulated product.
    accumulators: Vec<f32>,
    candidates: Vec<MeasureCandidate>,
    /// Measures scored early.
    seeds: Vec<u32>,
}

/// A measure that may be among the best.
struct MeasureCandidate {
    measure: u32,
    /// Upper bound of its score.
    upper_bound: f64,
}

/// One query over all segments.
pub(crate) struct Search<'a> {
    pub query: &'a Query,
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
        segment.load_query(self.query, &mut self.scratch.vector);
        self.scratch.seeds.clear();
        for measure in measures {
            self.score(segment, measure, top);
        }
    }

    fn score(&self, segment: &WeightedSegment, measure: u32, top: &mut TopK) {
        let score = segment.score(measure as usize, self.query, &self.scratch.vector);
        // The score first: it rules out most measures, and the filter may be slow.
        if score > 0.0 && score >= top.threshold() {
            let id = segment.ids[measure as usize];
            if id != GONE && !self.scratch.seeds.contains(&measure) && (self.passes)(id) {
                top.push(id, score);
            }
        }
    }

    /// Searches a segment: offers each measure that may be among the best once.
    pub(crate) fn search(&mut self, segment: &WeightedSegment, top: &mut TopK) {
        let mut cursor = LevelCursor::new(segment, self.query);
        segment.load_query(self.query, &mut self.scratch.vector);
        self.scratch.seeds.clear();
        let mut accumulators = std::mem::take(&mut self.scratch.accumulators);
        accumulators.clear();
        accumulators.resize(segment.len(), 0.0);
        let mut candidates = std::mem::take(&mut self.scratch.candidates);
        candidates.clear();

        // After the first segment there is a threshold already.
        let seeded = top.k() <= MAX_SEEDED_K && !top.is_full();
        while let Some(entries) = cursor.entries_of_level() {
            let threshold = self.threshold(top);
            if !cursor.exceeds(entries / EXACT_SCORE_COST, threshold, &accumulators) {
                break;
            }
            cursor.advance(&mut accumulators);
            if seeded {
                self.seed(segment, &cursor, &accumulators, top);
            }
        }

        cursor.candidates(self.threshold(top), &accumulators, |measure, bound| {
            let upper_bound = f64::from(bound) + self.slack();
            candidates.push(MeasureCandidate { measure, upper_bound });
        });
        candidates.sort_unstable_by(|a, b| {
            b.upper_bound.total_cmp(&a.upper_bound).then(a.measure.cmp(&b.measure))
        });
        for candidate in &candidates {
            if candidate.upper_bound < f64::from(top.threshold()) {
                break;
            }
            self.score(segment, candidate.measure, top);
        }
        self.scratch.accumulators = accumulators;
        self.scratch.candidates = candidates;
    }

    /// Returns the least accumulated bound with which a score may reach the threshold.
    fn threshold(&self, top: &TopK) -> f64 {
        f64::from(top.threshold()) - self.slack()
    }

    /// Upper bound of the rounding error of a cosine summed in `f32`: 2⁻²⁴ of the sum for
    /// each addition.
    fn slack(&self) -> f64 {
        SLACK.max(self.query.terms.len() as f64 / f64::from(1 << 23))
    }

    /// Scores the measures with the greatest accumulators, to raise the threshold: twice
    /// k, as some of them score lower in the end.
    fn seed(
        &mut self,
        segment: &WeightedSegment,
        cursor: &LevelCursor<'_>,
        accumulators: &[f32],
        top: &mut TopK,
    ) {
        let mut leaders = TopK::new(top.k() * 2);
        cursor.leaders(accumulators, |measure, cosine| {
            leaders.push(measure, cosine);
            leaders.threshold()
        });
        for (measure, _) in leaders.into_sorted() {
            if !self.scratch.seeds.contains(&measure) {
                self.score(segment, measure, top);
                self.scratch.seeds.push(measure);
            }
        }
    }
}
