//! Scores of a measure with any others, one by one.

use super::shard::{Least, Shard};
use super::spread::Spread;
use super::weights::{Query, Tf};

/// A measure that is compared with others, in whichever shards they are.
pub(super) struct Scores<'i> {
    shards: &'i [Shard],
    places: &'i [(u32, u32)],
    tf: &'i Tf,
    query: Query,
    /// The query as each shard sees it, and whether it has been put there.
    spreads: Vec<(Spread, bool)>,
}

impl<'i> Scores<'i> {
    pub fn new(shards: &'i [Shard], places: &'i [(u32, u32)], tf: &'i Tf) -> Self {
        let spreads = shards.iter().map(|_| Default::default()).collect();
        Scores { shards, places, tf, query: Query::default(), spreads }
    }

    /// From now on, scores are those with this measure.
    pub fn ask(&mut self, measure: usize) {
        let (shard, place) = self.places[measure];
        self.query = self.shards[shard as usize].query(place as usize, self.tf);
        self.spreads.iter_mut().for_each(|spread| spread.1 = false);
    }

    /// How alike the measure that was asked for and another are.
    pub fn score(&mut self, other: usize) -> f32 {
        let least = Least { score: 0.0, words: 1.0 };
        self.score_if(other, least).expect("every score is at least 0")
    }

    /// The same, if that may be as much as the least.
    pub fn score_if(&mut self, other: usize, least: Least) -> Option<f32> {
        let (shard, place) = self.places[other];
        let (spread, is_put) = &mut self.spreads[shard as usize];
        let shard = &self.shards[shard as usize];
        if !std::mem::replace(is_put, true) {
            shard.spread(&self.query, spread, self.tf);
        }
        shard.score_if(place as usize, &self.query, spread, self.tf, least)
    }
}
