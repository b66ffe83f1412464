//! Pairs of near-duplicates, exactly, without comparing each with each.
//!
//! Words are put in one order, the rarest first. Of each measure's vector of
//! words the shortest beginning is taken after which what is left is shorter
//! than the least cosine that a pair must have. Two measures whose first word in
//! common is behind the beginning of either have a cosine below that: so only
//! those are compared that share a word of both beginnings.
//!
//! Of these, those are left out that share too little of their beginnings, with
//! all that is left taken as the same; then those whose subject and articles do
//! not make up for what their words may lack.
//!
//! Source: the prefix filter of Bayardo, Ma, Srikant, “Scaling up all pairs
//! similarity search” (2007), with lengths instead of greatest weights.

use std::ops::{Deref, Range};

use rustc_hash::FxHashMap;

use super::Index;
use super::scores::Scores;
use super::shard::{GONE, Least, SLACK, Shard};
use super::weights::{Statistics, Tf, whole};
use crate::cores;
use crate::features::{Feature, Field};
use crate::graph::{Graph, Id, MeasureId};

/// So many measures are compared with those before them at a time,
const BLOCK: usize = 2048;

/// and so many by one core.
const PART: usize = 32;

/// A pair that is less alike is no near-duplicate, whatever is asked for.
const LEAST: f32 = 0.5;

/// 近似重复 — two measures that say nearly the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearDuplicate {
    /// The first of the two, by id.
    pub a: MeasureId,
    /// The other.
    pub b: MeasureId,
    /// How alike they are.
    pub score: f32,
}

impl<G: Deref<Target = Graph>> Index<G> {
    /// All pairs of measures whose score is at least `threshold`, which counts as
    /// 0.5 if it is less: by the second measure, then by the first.
    ///
    /// Exact. Works on all cores as the pairs are asked for, and holds no more
    /// than those of two thousand measures at a time.
    ///
    /// ```
    /// use policygraph::similar::Index;
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let pairs = index.near_duplicates(0.6);
    /// let documents = pairs.map(|pair| [pair.a, pair.b].map(|id| builtin().at(id).document().key()));
    /// let elsewhere: Vec<_> = documents.filter(|[a, b]| a != b).collect();
    /// assert_eq!(elsewhere, [["nm-2025-18", "sx-2025"]]);
    /// ```
    pub fn near_duplicates(&self, threshold: f32) -> impl Iterator<Item = NearDuplicate> {
        let threshold = threshold.max(LEAST);
        let Index { shards, places, statistics, tf, .. } = self;
        let beginnings = Beginnings::new(shards, statistics, tf, threshold);
        let near = Near { shards, places, tf, threshold, beginnings };
        (0..places.len()).step_by(BLOCK).flat_map(move |start| {
            let end = near.places.len().min(start + BLOCK);
            let parts: Vec<usize> = (start..end).step_by(PART).collect();
            let part = |&start: &usize| near.of(start..end.min(start + PART));
            cores::map(&parts, part).into_iter().flatten()
        })
    }
}

/// All that is needed to find the pairs of any measures.
struct Near<'i> {
    shards: &'i [Shard],
    places: &'i [(u32, u32)],
    tf: &'i Tf,
    threshold: f32,
    beginnings: Beginnings,
}

impl Near<'_> {
    /// The pairs of these measures and those before them.
    fn of(&self, measures: Range<usize>) -> Vec<NearDuplicate> {
        let mut found = Vec::new();
        let mut gained = vec![0.0; self.places.len()];
        let mut scores = Scores::new(self.shards, self.places, self.tf);
        for b in measures {
            let before = self.beginnings.before(b as u32, &mut gained);
            if before.is_empty() {
                continue;
            }
            scores.ask(b);
            for (a, words) in before {
                let least = Least { score: self.threshold, words: words.into() };
                let score = scores.score_if(a as usize, least);
                if let Some(score) = score.filter(|&score| score >= self.threshold) {
                    let [a, b] = [a as usize, b].map(MeasureId::from_index);
                    found.push(NearDuplicate { a, b, score });
                }
            }
        }
        found
    }
}

/// The beginnings of all measures, both ways.
struct Beginnings {
    /// For each measure the least cosine of words of a pair, and where its words
    /// begin in `words`.
    measures: Vec<(f32, usize)>,
    words: Vec<Word>,
    /// For each rank where its measures begin in `holders`.
    starts: Vec<usize>,
    /// Measures that have a word in their beginning, ascending for each rank, and
    /// what it weighs there.
    holders: Vec<(u32, f32)>,
}

/// A word of a measure's beginning.
#[derive(Clone, Copy)]
struct Word {
    /// Among all words, the rarest first.
    rank: u32,
    /// What it weighs in the measure's vector of words, which has length 1.
    weight: f32,
    /// The length of what is behind it.
    left: f32,
}

impl Beginnings {
    fn new(shards: &[Shard], statistics: &Statistics, tf: &Tf, threshold: f32) -> Self {
        let ranks = Ranks::new(statistics);
        let of_shards = cores::map(shards, |shard| {
            let ranks = ranks.of(shard);
            let live = (0..shard.len()).filter(|&measure| shard.ids[measure] != GONE);
            let beginning =
                |measure| (shard.ids[measure], beginning(shard, measure, &ranks, tf, threshold));
            live.map(beginning).collect::<Vec<_>>()
        });
        let mut all: Vec<(u32, (f32, Vec<Word>))> = of_shards.into_iter().flatten().collect();
        all.sort_unstable_by_key(|of| of.0);

        let mut starts = vec![0; ranks.0.len() + 1];
        for word in all.iter().flat_map(|(_, of)| &of.1) {
            starts[word.rank as usize + 1] += 1;
        }
        for rank in 0..ranks.0.len() {
            starts[rank + 1] += starts[rank];
        }
        let mut next = starts.clone();
        let mut holders = vec![(0, 0.0); starts[ranks.0.len()]];
        let mut measures = Vec::with_capacity(all.len() + 1);
        let mut words = Vec::with_capacity(holders.len());
        for (id, (least, beginning)) in all {
            measures.push((least, words.len()));
            for word in &beginning {
                let next = &mut next[word.rank as usize];
                holders[*next] = (id, word.weight);
                *next += 1;
            }
            words.extend(beginning);
        }
        measures.push((0.0, words.len()));
        Beginnings { measures, words, starts, holders }
    }

    fn words(&self, measure: u32) -> &[Word] {
        let at = measure as usize;
        &self.words[self.measures[at].1..self.measures[at + 1].1]
    }

    fn least(&self, measure: u32) -> f32 {
        self.measures[measure as usize].0
    }

    /// The measures before `b` that may be alike enough: they share a word of both
    /// beginnings, and enough of them. Ascending, each with the most that the
    /// cosine of their words can be.
    ///
    /// * `gained`: 0 for each measure, before and after.
    fn before(&self, b: u32, gained: &mut [f32]) -> Vec<(u32, f32)> {
        let mut met = Vec::new();
        for word in self.words(b) {
            let rank = word.rank as usize;
            let holders = &self.holders[self.starts[rank]..self.starts[rank + 1]];
            for &(a, weight) in holders.iter().take_while(|of| of.0 < b) {
                let gained = &mut gained[a as usize];
                if *gained == 0.0 {
                    met.push(a);
                }
                *gained += weight * word.weight;
            }
        }
        let reach = |a| (a, std::mem::take(&mut gained[a as usize]) + self.left(a, b) + SLACK);
        let is_enough = |&(a, reach): &_| reach >= self.least(a).max(self.least(b));
        let mut before: Vec<(u32, f32)> = met.into_iter().map(reach).filter(is_enough).collect();
        before.sort_unstable_by_key(|of| of.0);
        before
    }

    /// The most that two measures share behind the beginning that ends first: the
    /// product of what both have left, as if it were all the same.
    fn left(&self, a: u32, b: u32) -> f32 {
        let (a, b) = (self.words(a), self.words(b));
        let (Some(end_a), Some(end_b)) = (a.last(), b.last()) else { return 1.0 };
        let (first, other) = if end_a.rank <= end_b.rank { (end_a, b) } else { (end_b, a) };
        let within = other.partition_point(|word| word.rank <= first.rank);
        let left = within.checked_sub(1).map_or(1.0, |last| other[last].left);
        first.left * left
    }
}

/// All words of a corpus, the rarest first.
struct Ranks(FxHashMap<Feature, u32>);

impl Ranks {
    fn new(statistics: &Statistics) -> Self {
        let held = statistics.holding.iter().filter(|of| of.0.field() == Field::Words);
        let mut words: Vec<(u32, Feature)> =
            held.map(|(&word, &holding)| (holding, word)).collect();
        words.sort_unstable();
        Ranks((0..).zip(words).map(|(rank, (_, word))| (word, rank)).collect())
    }

    /// For each row of a shard its rank; none where it is no word that is held.
    fn of(&self, shard: &Shard) -> Vec<Option<u32>> {
        shard.segment.features().iter().map(|feature| self.0.get(feature).copied()).collect()
    }
}

/// The least cosine of words that a measure must have with one that is alike
/// enough, and its rarest words, without which there is none.
fn beginning(
    shard: &Shard,
    measure: usize,
    ranks: &[Option<u32>],
    tf: &Tf,
    threshold: f32,
) -> (f32, Vec<Word>) {
    let norms = shard.norms(measure);
    let length = (norms[Field::Words as usize] as f64).sqrt();
    let own = whole(norms);
    let others = own - Field::Words.weight();
    let least = (f64::from(threshold) * own - others) / Field::Words.weight();
    let least = (least - f64::from(SLACK)).max(0.0);
    let mut words: Vec<(u32, u32)> = Vec::new();
    shard.segment.forward.words.blocks(measure, |rows, counts| {
        let of_block = rows.iter().zip(counts);
        words.extend(of_block.filter_map(|(&row, &less)| {
            Some((ranks[row as usize]?, shard.weight(row, less + 1, tf)))
        }));
    });
    words.sort_unstable_by_key(|of| of.0);
    let mut left = 1.0;
    let beginning = words.into_iter().map_while(|(rank, weight)| {
        let wanted = left >= least * least;
        let weight = f64::from(weight.max(1)) / length;
        left -= weight * weight;
        let word = Word { rank, weight: weight as f32, left: left.max(0.0).sqrt() as f32 };
        wanted.then_some(word)
    });
    let beginning = beginning.collect();
    (least as f32, beginning)
}
