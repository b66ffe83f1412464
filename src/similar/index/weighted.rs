//! A segment as an index sees it: with what its features weigh there.

use std::sync::Arc;

use super::query::Spread;
use super::segment::Segment;
use super::weights::{Norms, Query, Row, Statistics, Tf, cosines, mean, score, square};
use crate::features::Field;

/// The place of a measure that the corpus no longer has.
pub(crate) const GONE: u32 = u32::MAX;

pub(crate) struct Shard {
    pub segment: Arc<Segment>,
    /// For each measure its place in the graph, or [`GONE`].
    pub ids: Vec<u32>,
    rows: Vec<Row>,
    norms: Vec<Norms>,
    /// For words and subject: 1 over the length of each measure's vector, 0
    /// where it has none or is gone.
    pub inverse: [Vec<f32>; 2],
    /// For each level of rarity and behind the last: how long each measure's
    /// vector of words is from there on, of [`FULL`], rounded up.
    tails: Vec<Vec<u8>>,
}

/// Sums of up to a thousand single floats between 0 and 1 are right to a tenth of
/// this.
pub(crate) const SLACK: f32 = 1e-4;

/// The tail of a vector that has nothing but the tail.
pub(crate) const FULL: f32 = 255.0;

/// What a measure must reach to be of use.
#[derive(Clone, Copy)]
pub(crate) struct Least {
    pub score: f32,
    /// The most that the cosine of its words can be.
    pub words: f64,
}

impl Shard {
    pub fn new(segment: Arc<Segment>, ids: Vec<u32>, statistics: &Statistics, tf: &Tf) -> Self {
        let rows: Vec<Row> =
            segment.features().iter().map(|&feature| statistics.row(feature)).collect();
        let mut norms = vec![Norms::default(); segment.len()];
        let mut tails = vec![vec![0; segment.len()]; statistics.levels() + 1];
        let mut of_levels = vec![0; statistics.levels()];
        for (measure, norms) in norms.iter_mut().enumerate() {
            segment.forward.blocks(measure, |numbers, counts| {
                for (&row, &less) in numbers.iter().zip(counts) {
                    let row = rows[row as usize];
                    let square = square(tf.weight(row, less + 1));
                    norms[row.field as usize] += square;
                    if row.field == Field::Words {
                        of_levels[row.level as usize] += square;
                    }
                }
            });
            let whole = norms[Field::Words as usize].max(1) as f32;
            let mut tail = 0;
            for (level, of_level) in of_levels.iter_mut().enumerate().rev() {
                tail += std::mem::take(of_level);
                tails[level][measure] = ((tail as f32 / whole).sqrt() * FULL).ceil() as u8;
            }
        }
        let inverse = [Field::Words, Field::Subject].map(|field| {
            let inverse = |(norms, &id): (&Norms, &u32)| match norms[field as usize] {
                norm if norm > 0 && id != GONE => 1.0 / (norm as f32).sqrt(),
                _ => 0.0,
            };
            norms.iter().zip(&ids).map(inverse).collect()
        });
        Shard { segment, ids, rows, norms, inverse, tails }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn norms(&self, measure: usize) -> &Norms {
        &self.norms[measure]
    }

    /// How rare the feature of a row is: the less, the rarer.
    pub fn level(&self, row: u32) -> u8 {
        self.rows[row as usize].level
    }

    /// How long each measure's vector of words is from a level on, of [`FULL`]:
    /// 0 behind the last.
    pub fn tails(&self, level: u8) -> &[u8] {
        &self.tails[level as usize]
    }

    pub fn weight(&self, row: u32, count: u32, tf: &Tf) -> u32 {
        tf.weight(self.rows[row as usize], count)
    }

    /// A measure, to be compared with many.
    pub fn query(&self, measure: usize, tf: &Tf) -> Query {
        let features = self.segment.features();
        let mut terms = Vec::new();
        self.segment.forward.blocks(measure, |rows, counts| {
            terms.extend(
                rows.iter()
                    .zip(counts)
                    .map(|(&row, &less)| (features[row as usize], self.weight(row, less + 1, tf))),
            );
        });
        Query { terms, norms: self.norms[measure] }
    }

    /// Puts a query where [`score_if`](Self::score_if) looks for it.
    pub fn spread(&self, query: &Query, spread: &mut Spread, tf: &Tf) {
        spread.clear(self.rows.len());
        for &(feature, weight) in &query.terms {
            if let Some(at) = self.segment.row(feature) {
                spread.add(at, self.rows[at as usize], weight, tf);
            }
        }
    }

    /// How alike a measure and the query are, exactly, if that may be as much as
    /// the least. What is few is looked at first.
    pub fn score_if(
        &self,
        measure: usize,
        query: &Query,
        spread: &Spread,
        tf: &Tf,
        least: Least,
    ) -> Option<f32> {
        let norms = self.norms[measure];
        let forward = &self.segment.forward;
        let mut dots = Norms::default();
        spread.add_others(&forward.others, measure, tf, &mut dots);
        let mut most = cosines(&dots, &query.norms, &norms);
        if [query.norms, norms].iter().all(|norms| norms[Field::Words as usize] > 0) {
            most += Field::Words.weight() * least.words;
        }
        if mean(most, &query.norms, &norms) + SLACK < least.score {
            return None;
        }
        dots[Field::Words as usize] = spread.words(&forward.words, measure, tf);
        Some(score(&dots, &query.norms, &norms))
    }

    /// Bytes held, but for the documents.
    pub fn bytes(&self) -> usize {
        let measure =
            size_of::<u32>() + size_of::<Norms>() + 2 * size_of::<f32>() + self.tails.len();
        self.segment.bytes() + self.len() * measure + self.rows.len() * size_of::<Row>()
    }
}
