//! The best few of many measures, exactly, without looking at most of them.
//!
//! Most of what two texts share is common words, and their lists are the long
//! ones. So the query's words are gone through from the rarest on, a level of
//! rarity after another, and what each measure has of them is added up, until
//! few are left that what lies ahead can make good enough. With B the length of
//! what lies ahead of the query's vector of words, and T the length of what the
//! measure's own vector has of those levels, a measure that has gained p reaches
//! at most
//!
//! ```text
//! p + B · T
//! ```
//!
//! (Cauchy and Schwarz). T is known beforehand, in a byte for each measure and
//! level: what is rare in a measure but not in the query has spent its length as
//! well, so that T is small where a measure speaks of something else. For cosines
//! this is much tighter than a sum of greatest impacts; Anastasiu and Karypis,
//! “L2AP: Fast cosine similarity search with prefix L-2 norm bounds” (2014), use
//! it for all pairs. The other fields can add at most their weights.
//!
//! What may be good enough is scored exactly, the most promising first; of each,
//! subject and articles before the words, as they are few.

use super::cursor::Traversal;
use super::query::Spread;
use super::top_k::Best;
use super::weighted::{GONE, Least, SLACK, Shard};
use super::weights::{Query, Tf, whole};
use crate::features::Field;

/// To score a measure exactly takes as long as to go through so many entries,
/// those that then need not be scored as others have done better included.
const SCORING: usize = 100;

/// To look at the subject of a measure takes as long as to go through so many.
const LOOKING: usize = 50;

/// More than so many best ones are found without seeds.
const SEEDED: usize = 100;

/// Room to work in, used again from query to query: fresh memory is dear.
#[derive(Default)]
pub(crate) struct Scratch {
    /// The query, as the shard sees it.
    spread: Spread,
    /// What each measure has gained so far.
    gained: Vec<f32>,
    /// What its subject adds.
    subject: Vec<f32>,
    candidates: Vec<Candidate>,
    /// Scored before the others.
    seeds: Vec<u32>,
}

/// A measure that may be among the best.
struct Candidate {
    measure: u32,
    /// The most that the cosine of its words can be.
    words: f64,
    /// The most that its score can be.
    most: f32,
}

/// A query on its way through the shards.
pub(crate) struct Search<'a> {
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
            self.score(shard, measure, 1.0, best);
        }
    }

    /// * `words`: the most that the cosine of its words can be.
    fn score(&self, shard: &Shard, measure: u32, words: f64, best: &mut Best) {
        let least = Least { score: best.least(), words };
        let spread = &self.scratch.spread;
        let score = shard.score_if(measure as usize, self.query, spread, self.tf, least);
        // Most are not good enough, and need not be looked at any further.
        if let Some(score) = score.filter(|&score| score > 0.0 && score >= best.least()) {
            let id = shard.ids[measure as usize];
            if id != GONE && !self.scratch.seeds.contains(&measure) && (self.passes)(id) {
                best.offer(id, score);
            }
        }
    }

    /// Offers all measures of a shard that may be among the best, each once.
    pub fn all(&mut self, shard: &Shard, best: &mut Best) {
        let mut words = Traversal::new(shard, self.query, Field::Words);
        shard.spread(self.query, &mut self.scratch.spread, self.tf);
        self.scratch.seeds.clear();
        let mut gained = std::mem::take(&mut self.scratch.gained);
        gained.clear();
        gained.resize(shard.len(), 0.0);
        let mut candidates = std::mem::take(&mut self.scratch.candidates);
        candidates.clear();

        // After the first shard there is something to beat.
        let seeded = best.wanted() <= SEEDED && !best.is_full();
        while let Some(entries) = words.entries_of_level() {
            let least = self.least_of_words(best);
            if !words.is_reached_by(entries / SCORING, least, &gained) {
                break;
            }
            words.go_on(&mut gained, self.tf);
            if seeded {
                self.seed(shard, &words, &gained, best);
            }
        }

        self.candidates(shard, &words, &gained, best, &mut candidates);
        candidates
            .sort_unstable_by(|a, b| b.most.total_cmp(&a.most).then(a.measure.cmp(&b.measure)));
        for candidate in &candidates {
            if candidate.most < best.least() {
                break;
            }
            self.score(shard, candidate.measure, candidate.words, best);
        }
        self.scratch.gained = gained;
        self.scratch.candidates = candidates;
    }

    /// Measures that may be good enough.
    fn candidates(
        &mut self,
        shard: &Shard,
        words: &Traversal<'_>,
        gained: &[f32],
        best: &Best,
        candidates: &mut Vec<Candidate>,
    ) {
        let own = whole(&self.query.norms);
        let of_words = self.of_words();
        words.within_reach(self.least_of_words(best), gained, |measure, words| {
            let words = (f64::from(words) + self.slack()).min(1.0);
            let most = (of_words * words + own - of_words) / own;
            candidates.push(Candidate { measure, words, most: most as f32 + SLACK });
        });
        let subject = Traversal::new(shard, self.query, Field::Subject);
        if candidates.len() * LOOKING > subject.left() {
            self.by_subject(shard, subject, best, candidates);
        }
    }

    /// By how much a cosine that is a sum of single floats may be too small: each
    /// addition rounds to a part of 2^24.
    fn slack(&self) -> f64 {
        f64::from(SLACK).max(self.query.terms.len() as f64 / f64::from(1 << 23))
    }

    /// What the cosine of words weighs.
    fn of_words(&self) -> f64 {
        match self.query.norms[Field::Words as usize] {
            0 => 0.0,
            _ => Field::Words.weight(),
        }
    }

    /// Scores the most promising, so that there is something to beat: twice as
    /// many as are wanted, as not all hold what they promise.
    fn seed(&mut self, shard: &Shard, words: &Traversal<'_>, gained: &[f32], best: &mut Best) {
        let mut promising = Best::new(best.wanted() * 2);
        words.gained_more(0.0, gained, |measure, gain| {
            promising.offer(measure, gain);
            promising.least()
        });
        for (measure, _) in promising.into_sorted() {
            if !self.scratch.seeds.contains(&measure) {
                self.score(shard, measure, 1.0, best);
                self.scratch.seeds.push(measure);
            }
        }
    }

    /// The least cosine of words that may still be good enough.
    fn least_of_words(&self, best: &Best) -> f64 {
        let of_words = self.of_words();
        if of_words == 0.0 {
            return -1.0;
        }
        let whole = whole(&self.query.norms);
        (f64::from(best.least()) * whole - (whole - of_words)) / of_words - self.slack()
    }

    /// Leaves out candidates that their subject does not make good enough: it
    /// is quicker to look at that than to score them.
    fn by_subject(
        &mut self,
        shard: &Shard,
        mut subject: Traversal<'_>,
        best: &Best,
        candidates: &mut Vec<Candidate>,
    ) {
        let mut gained = std::mem::take(&mut self.scratch.subject);
        gained.clear();
        gained.resize(shard.len(), 0.0);
        while subject.go_on(&mut gained, self.tf) {}
        let own = whole(&self.query.norms);
        let of_words = self.of_words();
        candidates.retain_mut(|of| {
            let at = of.measure as usize;
            let of_subject = f64::from(gained[at] * shard.inverse[1][at] * subject.inverse);
            let of_subject = Field::Subject.weight() * (of_subject + self.slack()).min(1.0);
            let sum = of_words * of.words + of_subject + Field::Articles.weight();
            of.most = (sum / (own * whole(shard.norms(at))).sqrt()) as f32 + SLACK;
            of.most >= best.least()
        });
        self.scratch.subject = gained;
    }
}
