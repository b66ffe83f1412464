//! The best few of many measures, exactly, without looking at most of them.
//!
//! Most of what two texts share is common words, and their lists are the long
//! ones. So the query's words are gone through from the rarest on, and what
//! each measure has of them is added up, until what is left cannot make a
//! measure good enough that is not so already. With the query's vector of words
//! split into what has been gone through (length A) and what is left (length
//! B), a measure that has gained p so far reaches at most
//!
//! ```text
//! p + B · √(1 − (p / A)²)
//! ```
//!
//! as its own vector has length 1, and what it spent on p it cannot spend on
//! the rest. That is the triangle inequality on the sphere: with p = A · cos b
//! and tan φ = B / A it is √(A² + B²) · cos(b − φ). For cosines the bound is
//! much tighter than a sum of greatest impacts; it goes back to the one that
//! Anastasiu and Karypis, “L2AP: Fast cosine similarity search with prefix L-2
//! norm bounds” (2014), use for all pairs. The other fields can add at most
//! their weights.
//!
//! What may be good enough is scored exactly, the most promising first.

use super::shard::{GONE, Shard, Spread};
use super::top::Best;
use super::weights::{Query, Tf, whole};
use crate::features::Field;

/// To score a measure exactly takes as long as to go through so many entries.
const SCORING: usize = 400;

/// So many measures are looked through at a time.
const CHUNK: usize = 64;

/// Counts up to this are usual.
const USUAL: usize = 8;

/// More than so many best ones are found without seeds.
const SEEDED: usize = 100;

/// Sums of single floats are right to a tenth of this.
const SLACK: f64 = 1e-4;

/// Room to work in, used again from query to query: fresh memory is dear.
#[derive(Default)]
pub(super) struct Scratch {
    /// The query, as the shard sees it.
    spread: Spread,
    /// What each measure has gained so far.
    gained: Vec<f32>,
    /// What its subject adds.
    subject: Vec<f32>,
    candidates: Vec<(f32, u32)>,
    /// Scored before the others.
    seeds: Vec<u32>,
}

/// A query on its way through the shards.
pub(super) struct Search<'a> {
    pub query: &'a Query,
    pub tf: &'a Tf,
    /// Whether a measure may be given, by its place in the graph.
    pub passes: &'a dyn Fn(u32) -> bool,
    pub scratch: &'a mut Scratch,
}

impl Search<'_> {
    /// Scores these measures of a shard.
    pub fn these(&mut self, shard: &Shard, measures: impl Iterator<Item = u32>, best: &mut Best) {
        shard.spread(self.query, &mut self.scratch.spread, self.tf);
        self.scratch.seeds.clear();
        for measure in measures {
            self.score(shard, measure, best);
        }
    }

    fn score(&self, shard: &Shard, measure: u32, best: &mut Best) {
        let score = shard.score(measure as usize, self.query, &self.scratch.spread, self.tf);
        // Most are not good enough, and need not be looked at any further.
        if score > 0.0 && score >= best.least() {
            let id = shard.ids[measure as usize];
            if id != GONE && !self.scratch.seeds.contains(&measure) && (self.passes)(id) {
                best.offer(id, score);
            }
        }
    }

    /// Offers all measures of a shard that may be among the best, each once.
    pub fn all(&mut self, shard: &Shard, best: &mut Best) {
        let mut words = Walk::new(shard, self.query, Field::Words);
        shard.spread(self.query, &mut self.scratch.spread, self.tf);
        self.scratch.seeds.clear();
        let mut gained = std::mem::take(&mut self.scratch.gained);
        gained.clear();
        gained.resize(shard.len(), 0.0);
        let mut candidates = std::mem::take(&mut self.scratch.candidates);
        candidates.clear();

        // After the first shard there is something to beat.
        let seeded = best.wanted() <= SEEDED && !best.is_full();
        let mut look = shard.len() / 8;
        loop {
            words.go_on(look, &mut gained, self.tf);
            look = words.visited;
            if seeded {
                self.seed(shard, &gained, best);
            }
            let least = self.least_of_words(best);
            if words.is_done() {
                break;
            }
            if words.unmet_reach() < least {
                let enough = words.enough(least);
                let many = count(&gained, &shard.inverse[0], enough);
                // To go on costs about as much as it did so far.
                if many * SCORING <= words.visited {
                    break;
                }
            }
        }

        self.candidates(shard, &words, &gained, best, &mut candidates);
        candidates.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for &(most, measure) in &candidates {
            if most < best.least() {
                break;
            }
            self.score(shard, measure, best);
        }
        self.scratch.gained = gained;
        self.scratch.candidates = candidates;
    }

    /// Measures that may be good enough, each with the most that it may score.
    fn candidates(
        &mut self,
        shard: &Shard,
        words: &Walk<'_>,
        gained: &[f32],
        best: &Best,
        candidates: &mut Vec<(f32, u32)>,
    ) {
        let enough = words.enough(self.least_of_words(best));
        for (measure, (&gained, &inverse)) in (0..).zip(gained.iter().zip(&shard.inverse[0])) {
            if gained * inverse >= enough {
                candidates.push((gained * inverse, measure));
            }
        }
        let own = whole(&self.query.norms);
        let of_words = match self.query.norms[Field::Words as usize] {
            0 => 0.0,
            _ => Field::Words.weight(),
        };
        // Words, as far as they were gone through; the rest as much as it can be.
        for (most, _) in &mut *candidates {
            *most = (of_words * words.reach(*most)) as f32;
        }
        let subject = Walk::new(shard, self.query, Field::Subject);
        if candidates.len() * SCORING > 2 * subject.left {
            return self.by_subject(shard, subject, best, candidates);
        }
        for (most, _) in candidates {
            *most = ((f64::from(*most) + own - of_words) / own + SLACK) as f32;
        }
    }

    /// Scores a few of the most promising, so that there is something to beat.
    fn seed(&mut self, shard: &Shard, gained: &[f32], best: &mut Best) {
        let mut promising = Best::new(best.wanted());
        let chunks = gained.chunks(CHUNK).zip(shard.inverse[0].chunks(CHUNK));
        for (chunk, (gained, inverse)) in chunks.enumerate() {
            let gain = |at: usize| gained[at] * inverse[at];
            let least = promising.least();
            if !gained.iter().zip(inverse).any(|(gained, inverse)| gained * inverse > least) {
                continue;
            }
            for at in 0..gained.len() {
                let measure = (chunk * CHUNK + at) as u32;
                if gain(at) > promising.least() && !self.scratch.seeds.contains(&measure) {
                    promising.offer(measure, gain(at));
                }
            }
        }
        for (measure, _) in promising.into_sorted() {
            self.score(shard, measure, best);
            self.scratch.seeds.push(measure);
        }
    }

    /// The least cosine of words that may still be good enough.
    fn least_of_words(&self, best: &Best) -> f64 {
        if self.query.norms[Field::Words as usize] == 0 {
            return -1.0;
        }
        let whole = whole(&self.query.norms);
        let others = whole - Field::Words.weight();
        (f64::from(best.least()) * whole - others) / Field::Words.weight() - SLACK
    }

    /// Leaves out candidates that their subject does not make good enough: it
    /// is quicker to look at that than to score them.
    fn by_subject(
        &mut self,
        shard: &Shard,
        mut subject: Walk<'_>,
        best: &Best,
        candidates: &mut Vec<(f32, u32)>,
    ) {
        let mut gained = std::mem::take(&mut self.scratch.subject);
        gained.clear();
        gained.resize(shard.len(), 0.0);
        subject.go_on(usize::MAX, &mut gained, self.tf);
        let own = whole(&self.query.norms);
        candidates.retain_mut(|(most, measure)| {
            let at = *measure as usize;
            let of_subject = f64::from(gained[at] * shard.inverse[1][at] * subject.inverse);
            let of_subject = Field::Subject.weight() * of_subject.min(1.0);
            let sum = f64::from(*most) + of_subject + Field::Articles.weight();
            *most = (sum / (own * whole(shard.norms(at))).sqrt() + SLACK) as f32;
            *most >= best.least()
        });
        self.scratch.subject = gained;
    }
}

/// How many measures have gained enough.
fn count(gained: &[f32], inverse: &[f32], enough: f32) -> usize {
    gained.iter().zip(inverse).filter(|&(gained, inverse)| gained * inverse >= enough).count()
}

/// A way through a field's features of a query, from the heaviest on.
struct Walk<'s> {
    shard: &'s Shard,
    /// Rows and what they weigh in the query; the next one last.
    rows: Vec<(u32, u32)>,
    /// Squares of the lengths of what was gone through and of what is left, as
    /// parts of the query's vector.
    through: f64,
    ahead: f64,
    /// Entries gone through and left.
    visited: usize,
    left: usize,
    /// 1 over the length of the query's vector.
    inverse: f32,
}

impl<'s> Walk<'s> {
    fn new(shard: &'s Shard, query: &Query, field: Field) -> Self {
        let of_field = query.terms.iter().filter(|(feature, _)| feature.field() == field);
        let row = |&(feature, weight): &_| Some((shard.segment.row(feature)?, weight));
        let mut rows: Vec<(u32, u32)> = of_field.filter_map(row).collect();
        rows.sort_unstable_by_key(|&(row, weight)| (weight, row));
        let norm = query.norms[field as usize] as f64;
        let square = |&(_, weight): &(u32, u32)| f64::from(weight) * f64::from(weight) / norm;
        let length = |&(row, _): &(u32, u32)| shard.segment.postings.length(row as usize);
        Walk {
            shard,
            through: 0.0,
            ahead: rows.iter().map(square).sum(),
            visited: 0,
            left: rows.iter().map(length).sum(),
            inverse: if norm > 0.0 { 1.0 / norm.sqrt() as f32 } else { 0.0 },
            rows,
        }
    }

    fn is_done(&self) -> bool {
        self.rows.is_empty()
    }

    /// Goes on for at least so many entries, or to the end.
    fn go_on(&mut self, entries: usize, gained: &mut [f32], tf: &Tf) {
        let until = self.visited.saturating_add(entries);
        while let Some((row, weight)) = self.rows.pop() {
            let postings = &self.shard.segment.postings;
            let inverse = f64::from(self.inverse);
            let square = (f64::from(weight) * inverse).powi(2);
            let gain = |count| weight as f32 * self.shard.weight(row, count, tf) as f32;
            let usual: [f32; USUAL] = std::array::from_fn(|less| gain(less as u32 + 1));
            postings.blocks(row as usize, |measures, counts| {
                for (&measure, &less) in measures.iter().zip(counts) {
                    let usual = usual.get(less as usize).copied();
                    gained[measure as usize] += usual.unwrap_or_else(|| gain(less + 1));
                }
            });
            let length = postings.length(row as usize);
            self.visited += length;
            self.left -= length;
            self.through += square;
            self.ahead = if self.rows.is_empty() { 0.0 } else { (self.ahead - square).max(0.0) };
            if self.visited >= until {
                break;
            }
        }
    }

    /// The most that a measure reaches which has not been met.
    fn unmet_reach(&self) -> f64 {
        self.ahead.sqrt()
    }

    /// The most that a measure reaches which has gained so much (times the
    /// length of the query's vector).
    fn reach(&self, gained: f32) -> f64 {
        let gained = f64::from(gained * self.inverse);
        let spent =
            if self.through > 0.0 { (gained * gained / self.through).min(1.0) } else { 0.0 };
        (gained + self.ahead.sqrt() * (1.0 - spent).sqrt()).min(1.0)
    }

    /// What a measure must have gained (times the length of the query's vector)
    /// to reach `least` in the end.
    fn enough(&self, least: f64) -> f32 {
        let whole = (self.through + self.ahead).sqrt();
        if least <= 0.0 {
            return f32::NEG_INFINITY;
        }
        if least > whole {
            return f32::INFINITY;
        }
        let angle = self.ahead.sqrt().atan2(self.through.sqrt()) + (least / whole).acos();
        let enough = self.through.sqrt() * angle.cos() - SLACK;
        (enough / f64::from(self.inverse)) as f32
    }
}
