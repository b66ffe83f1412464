//! Pairs of near-duplicates, exactly, without comparing each with each.
//!
//! Words are put in one order, the rarest first. Of each measure's vector of
//! words the shortest beginning is taken after which what is left is shorter
//! than the least cosine that a pair must have. Two measures whose first word in
//! common is behind the beginning of either have a cosine below that: so only
//! those are compared that share a word of both beginnings.
//!
//! Source: the prefix filter of Bayardo, Ma, Srikant, “Scaling up all pairs
//! similarity search” (2007), with lengths instead of greatest weights.

use std::ops::Deref;

use super::Index;
use super::shard::{GONE, Shard, Spread};
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
                for a in beginnings.before(b as u32) {
                    let (shard, place) = places[a as usize];
                    let at = shard as usize;
                    let spread = spreads[at].get_or_insert_with(|| {
                        let mut spread = Spread::default();
                        shards[at].spread(&query, &mut spread, tf);
                        spread
                    });
                    let score = shards[at].score(place as usize, &query, spread, tf);
                    if score >= threshold {
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
    /// Words and the measures that begin with them, ascending.
    measures: Vec<(Feature, u32)>,
    /// For each measure where its words begin in `words`.
    starts: Vec<usize>,
    words: Vec<Feature>,
}

impl Beginnings {
    fn new(shards: &[Shard], statistics: &Statistics, tf: &Tf, threshold: f32) -> Self {
        let of_shards = cores::map(shards, |shard| {
            let live = (0..shard.len()).filter(|&measure| shard.ids[measure] != GONE);
            live.map(|measure| {
                let words = beginning(shard, measure, statistics, tf, threshold);
                (shard.ids[measure], words)
            })
            .collect::<Vec<_>>()
        });
        let mut all: Vec<(u32, Vec<Feature>)> = of_shards.into_iter().flatten().collect();
        all.sort_unstable_by_key(|of| of.0);
        let mut measures = Vec::new();
        let mut starts = vec![0];
        let mut words = Vec::new();
        for (id, of) in all {
            measures.extend(of.iter().map(|&word| (word, id)));
            words.extend(of);
            starts.push(words.len());
        }
        measures.sort_unstable();
        Beginnings { measures, starts, words }
    }

    /// The measures before `b` that share a word of both beginnings, ascending.
    fn before(&self, b: u32) -> Vec<u32> {
        let words = &self.words[self.starts[b as usize]..self.starts[b as usize + 1]];
        let mut before = Vec::new();
        for &word in words {
            let start = self.measures.partition_point(|&of| of < (word, 0));
            let same = self.measures[start..].iter().take_while(|&&of| of < (word, b));
            before.extend(same.map(|of| of.1));
        }
        before.sort_unstable();
        before.dedup();
        before
    }
}

/// The rarest words of a measure, without which it is not alike enough.
fn beginning(
    shard: &Shard,
    measure: usize,
    statistics: &Statistics,
    tf: &Tf,
    threshold: f32,
) -> Vec<Feature> {
    let norms = shard.norms(measure);
    let length = norms[Field::Words as usize] as f64;
    let own = whole(norms);
    let others = own - Field::Words.weight();
    // A hair less, as scores are single floats.
    let least = ((f64::from(threshold) * own - others) / Field::Words.weight() - 1e-6).max(0.0);
    let segment = &shard.segment;
    let mut words: Vec<(usize, Feature, f64)> = Vec::new();
    segment.forward.blocks(measure, |rows, counts| {
        for (&row, &less) in rows.iter().zip(counts) {
            let feature = segment.features()[row as usize];
            if feature.field() == Field::Words {
                let weight = f64::from(shard.weight(row, less + 1, tf));
                words.push((statistics.holding(feature), feature, weight * weight));
            }
        }
    });
    words.sort_unstable_by_key(|&(holding, feature, _)| (holding, feature));
    let mut left = length;
    let goes_on = |&&(_, _, square): &&(usize, Feature, f64)| {
        let wanted = left >= least * least * length;
        left -= square;
        wanted
    };
    words.iter().take_while(goes_on).map(|&(_, feature, _)| feature).collect()
}
