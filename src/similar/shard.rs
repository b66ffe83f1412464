//! A segment as an index sees it: with what its features weigh there.

use std::sync::Arc;

use super::segment::Segment;
use super::weights::{Norms, Query, Row, Statistics, Tf, score, square};
use crate::features::Field;

/// The place of a measure that the corpus no longer has.
pub(super) const GONE: u32 = u32::MAX;

pub(super) struct Shard {
    pub segment: Arc<Segment>,
    /// For each measure its place in the graph, or [`GONE`].
    pub ids: Vec<u32>,
    rows: Vec<Row>,
    norms: Vec<Norms>,
    /// For words and subject: 1 over the length of each measure's vector, 0
    /// where it has none or is gone.
    pub inverse: [Vec<f32>; 2],
}

/// A query as a shard sees it: small enough to stay in the nearest cache.
#[derive(Default)]
pub(super) struct Spread {
    rows: Vec<Rows>,
    /// In the order of their rows.
    terms: Vec<Term>,
}

/// 64 rows: which of them the query has, and how many it has before them.
#[derive(Clone, Copy, Default)]
struct Rows {
    bits: u64,
    before: u32,
}

impl Spread {
    fn term(&self, row: u32) -> Option<&Term> {
        let rows = self.rows[row as usize / 64];
        let bit = 1 << (row % 64);
        let has = rows.bits & bit != 0;
        has.then(|| &self.terms[(rows.before + (rows.bits & (bit - 1)).count_ones()) as usize])
    }
}

/// A feature of a query.
struct Term {
    row: Row,
    weight: u32,
    /// Its weight times that of the usual counts, from 1.
    usual: [u64; 4],
}

impl Shard {
    pub fn new(segment: Arc<Segment>, ids: Vec<u32>, statistics: &Statistics, tf: &Tf) -> Self {
        let rows: Vec<Row> =
            segment.features().iter().map(|&feature| statistics.row(feature)).collect();
        let norm = |measure: usize| {
            let mut norms = Norms::default();
            segment.forward.blocks(measure, |numbers, counts| {
                for (&row, &less) in numbers.iter().zip(counts) {
                    let row = rows[row as usize];
                    norms[row.field as usize] += square(tf.weight(row, less + 1));
                }
            });
            norms
        };
        let norms: Vec<Norms> = (0..segment.len()).map(norm).collect();
        let inverse = [Field::Words, Field::Subject].map(|field| {
            let inverse = |(norms, &id): (&Norms, &u32)| match norms[field as usize] {
                norm if norm > 0 && id != GONE => 1.0 / (norm as f32).sqrt(),
                _ => 0.0,
            };
            norms.iter().zip(&ids).map(inverse).collect()
        });
        Shard { segment, ids, rows, norms, inverse }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn norms(&self, measure: usize) -> &Norms {
        &self.norms[measure]
    }

    pub fn weight(&self, row: u32, count: u32, tf: &Tf) -> u32 {
        tf.weight(self.rows[row as usize], count)
    }

    /// Puts a query where [`score`](Self::score) looks for it.
    pub fn spread(&self, query: &Query, spread: &mut Spread, tf: &Tf) {
        spread.rows.clear();
        spread.rows.resize(self.rows.len().div_ceil(64), Default::default());
        spread.terms.clear();
        for &(feature, weight) in &query.terms {
            let Some(row) = self.segment.row(feature) else { continue };
            let of = self.rows[row as usize];
            let product = |count| u64::from(weight) * u64::from(tf.weight(of, count));
            let usual = std::array::from_fn(|less| product(less as u32 + 1));
            spread.terms.push(Term { row: of, weight, usual });
            spread.rows[row as usize / 64].bits |= 1 << (row % 64);
        }
        let mut before = 0;
        for rows in &mut spread.rows {
            rows.before = before;
            before += rows.bits.count_ones();
        }
    }

    /// How alike a measure and the query are, exactly.
    pub fn score(&self, measure: usize, query: &Query, spread: &Spread, tf: &Tf) -> f32 {
        let mut dots = Norms::default();
        self.segment.forward.blocks(measure, |numbers, counts| {
            for (&row, &less) in numbers.iter().zip(counts) {
                if let Some(term) = spread.term(row) {
                    let usual = term.usual.get(less as usize).copied();
                    dots[term.row.field as usize] += usual.unwrap_or_else(|| {
                        u64::from(term.weight) * u64::from(tf.weight(term.row, less + 1))
                    });
                }
            }
        });
        score(&dots, &query.norms, &self.norms[measure])
    }

    /// Bytes held, but for the documents.
    pub fn bytes(&self) -> usize {
        let measure = size_of::<u32>() + size_of::<Norms>() + 2 * size_of::<f32>();
        self.segment.bytes() + self.len() * measure + self.rows.len() * size_of::<Row>()
    }
}
