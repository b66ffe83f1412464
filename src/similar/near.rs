//! Pairs of near-duplicates, exactly, without comparing each with each.
//!
//! Words are put in one order, the rarest first. Of each measure's vector of
//! words the shortest beginning is taken after which what is left is shorter
//! than the least cosine that a pair must have. Two measures whose first word in
//! common is behind the beginning of either have a cosine below that: so only
//! those are compared that share a word of both beginnings.
//!
//! Of these, those are left out that share too little of their beginnings, with
//! all that is left taken as the same.
//!
//! Source: the prefix filter of Bayardo, Ma, Srikant, “Scaling up all pairs
//! similarity search” (2007), with lengths instead of greatest weights.

use std::ops::Deref;

use rustc_hash::FxHashMap;

use super::Index;
use super::shard::{GONE, Least, SLACK, Shard, Spread};
use super::weights::{Query, Statistics, Tf, whole};
use crate::cores;
use crate::features::{Feature, Field};
use crate::graph::{Graph, Id, MeasureId};

/// So many measures are compared at a time.
const BLOCK: usize = 1024;

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
    /// than those of a thousand measures at a time.
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
        let measures = self.places.len();
        let Index { shards, places, statistics, tf, .. } = self;
        let beginnings = Beginnings::new(shards, statistics, tf, threshold);
        (0..measures).step_by(BLOCK).flat_map(move |start| {
            let block: Vec<usize> = (start..measures.min(start + BLOCK)).collect();
            let found = cores::map(&block, |&b| {
                let (shard, place) = places[b];
                let bag = shards[shard as usize].segment.bag(place as usize);
                let query = Query::new(&bag, statistics, tf);
                let mut spreads: Vec<Option<Spread>> = shards.iter().map(|_| None).collect();
                let mut found = Vec::new();
                for (a, words) in beginnings.before(b as u32) {
                    let (shard, place) = places[a as usize];
                    let at = shard as usize;
                    let spread = spreads[at].get_or_insert_with(|| {
                        let mut spread = Spread::default();
                        shards[at].spread(&query, &mut spread, tf);
                        spread
                    });
                    let least = Least { score: threshold, words: words.into() };
                    let score = shards[at].score_if(place as usize, &query, spread, tf, least);
                    if let Some(score) = score.filter(|&score| score >= threshold) {
                        let [a, b] = [a as usize, b].map(MeasureId::from_index);
                        found.push(NearDuplicate { a, b, score });
                    }
                }
                found
            });
            found.into_iter().flatten()
        })
    }
}

/// The beginnings of all measures, both ways.
struct Beginnings {
    /// For each measure the least cosine of words of a pair, and where its words
    /// begin in `words`.
    measures: Vec<(f32, usize)>,
    /// Ranks of words, ascending, and what they weigh in the vector of words.
    words: Vec<(u32, f32)>,
    /// For each rank where its measures begin in `holders`.
    starts: Vec<usize>,
    /// Ascending for each rank.
    holders: Vec<u32>,
}

impl Beginnings {
    fn new(shards: &[Shard], statistics: &Statistics, tf: &Tf, threshold: f32) -> Self {
        let of_shards = cores::map(shards, |shard| {
            let live = (0..shard.len()).filter(|&measure| shard.ids[measure] != GONE);
            live.map(|measure| {
                (shard.ids[measure], Beginning::new(shard, measure, statistics, tf, threshold))
            })
            .collect::<Vec<_>>()
        });
        let mut all: Vec<(u32, Beginning)> = of_shards.into_iter().flatten().collect();
        all.sort_unstable_by_key(|of| of.0);

        let words = all.iter().flat_map(|(_, of)| &of.words).map(|word| (word.0, word.1));
        let mut ranks: Vec<(usize, Feature)> = words.collect();
        ranks.sort_unstable();
        ranks.dedup();
        let rank_of: FxHashMap<Feature, u32> =
            (0..).zip(&ranks).map(|(rank, &(_, word))| (word, rank)).collect();
        let mut measures = Vec::with_capacity(all.len() + 1);
        let mut words = Vec::new();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (id, of) in all {
            measures.push((of.least, words.len()));
            words.extend(of.words.iter().map(|&(_, word, weight)| (rank_of[&word], weight)));
            pairs.extend(of.words.iter().map(|(_, word, _)| (rank_of[word], id)));
        }
        measures.push((0.0, words.len()));
        pairs.sort_unstable();
        let first = |rank| pairs.partition_point(|pair| pair.0 < rank);
        let starts = (0..=ranks.len() as u32).map(first).collect();
        Beginnings { measures, words, starts, holders: pairs.iter().map(|pair| pair.1).collect() }
    }

    fn words(&self, measure: u32) -> &[(u32, f32)] {
        let at = measure as usize;
        &self.words[self.measures[at].1..self.measures[at + 1].1]
    }

    /// The measures before `b` that may be alike enough: they share a word of both
    /// beginnings, and enough of them. Ascending, each with the most that the
    /// cosine of their words can be.
    fn before(&self, b: u32) -> Vec<(u32, f32)> {
        let mut before = Vec::new();
        for &(rank, _) in self.words(b) {
            let rank = rank as usize;
            let holders = &self.holders[self.starts[rank]..self.starts[rank + 1]];
            before.extend(holders.iter().take_while(|&&a| a < b));
        }
        before.sort_unstable();
        before.dedup();
        let reach = |a| (a, self.reach(a, b));
        let is_enough = |&(a, reach): &_| reach >= self.least(a).max(self.least(b));
        before.into_iter().map(reach).filter(is_enough).collect()
    }

    fn least(&self, measure: u32) -> f32 {
        self.measures[measure as usize].0
    }

    /// The most that the cosine of the words of two measures can be: what they
    /// share of the words up to the end of the beginning that ends first, and the
    /// product of what both have left, as if it were all the same.
    fn reach(&self, a: u32, b: u32) -> f32 {
        let (a, b) = (self.words(a), self.words(b));
        let ends = |of: &[(u32, f32)]| of.last().map_or(0, |last| last.0);
        let end = ends(a).min(ends(b));
        let (mut x, mut y) = (0, 0);
        let (mut shared, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
        loop {
            let next = |of: &[(u32, f32)], at: usize| of.get(at).copied().filter(|w| w.0 <= end);
            match (next(a, x), next(b, y)) {
                (None, None) => break,
                (Some((rank, weight)), Some((other, its))) if rank == other => {
                    shared += weight * its;
                    (of_a, of_b) = (of_a + weight * weight, of_b + its * its);
                    (x, y) = (x + 1, y + 1);
                }
                (Some((rank, weight)), of_other) if of_other.is_none_or(|w| rank < w.0) => {
                    of_a += weight * weight;
                    x += 1;
                }
                (_, of_other) => {
                    let (_, its) = of_other.expect("one of the two is there");
                    of_b += its * its;
                    y += 1;
                }
            }
        }
        let left = |of: f32| (1.0 - of).max(0.0);
        shared + (left(of_a) * left(of_b)).sqrt() + SLACK
    }
}

/// The rarest words of a measure, without which it is not alike enough.
struct Beginning {
    least: f32,
    /// How many hold each, the word, and what it weighs in the vector of words.
    words: Vec<(usize, Feature, f32)>,
}

impl Beginning {
    fn new(
        shard: &Shard,
        measure: usize,
        statistics: &Statistics,
        tf: &Tf,
        threshold: f32,
    ) -> Self {
        let norms = shard.norms(measure);
        let length = (norms[Field::Words as usize] as f64).sqrt();
        let own = whole(norms);
        let others = own - Field::Words.weight();
        let least = (f64::from(threshold) * own - others) / Field::Words.weight();
        let least = (least - f64::from(SLACK)).max(0.0);
        let segment = &shard.segment;
        let mut words: Vec<(usize, Feature, f32)> = Vec::new();
        segment.forward.blocks(measure, |rows, counts| {
            for (&row, &less) in rows.iter().zip(counts) {
                let feature = segment.features()[row as usize];
                if feature.field() == Field::Words {
                    let weight = f64::from(shard.weight(row, less + 1, tf)) / length;
                    words.push((statistics.holding(feature), feature, weight as f32));
                }
            }
        });
        words.sort_unstable_by_key(|&(holding, feature, _)| (holding, feature));
        let mut left = 1.0;
        let beginning = words.iter().take_while(|(.., weight)| {
            let wanted = left >= least * least;
            left -= f64::from(weight * weight);
            wanted
        });
        let beginning = beginning.count();
        words.truncate(beginning);
        Beginning { least: least as f32, words }
    }
}
