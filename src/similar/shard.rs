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

impl Shard {
    pub fn new(segment: Arc<Segment>, ids: Vec<u32>, statistics: &Statistics, tf: &Tf) -> Self {
        let rows: Vec<Row> =
            segment.features().iter().map(|&feature| statistics.row(feature)).collect();
        let norm = |measure: usize| {
            let mut norms = Norms::default();
            segment.forward.blocks(measure, |numbers, counts| {
                for (&row, &count) in numbers.iter().zip(counts) {
                    let row = rows[row as usize];
                    norms[row.field as usize] += square(tf.weight(row, count));
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

    /// Puts the weights of a query where [`score`](Self::score) looks for them.
    pub fn spread(&self, query: &Query, table: &mut Vec<u32>) {
        table.clear();
        table.resize(self.rows.len(), 0);
        for &(feature, weight) in &query.terms {
            if let Some(row) = self.segment.row(feature) {
                table[row as usize] = weight;
            }
        }
    }

    /// How alike a measure and the query are, exactly.
    pub fn score(&self, measure: usize, query: &Query, table: &[u32], tf: &Tf) -> f32 {
        let mut dots = Norms::default();
        self.segment.forward.blocks(measure, |numbers, counts| {
            for (&row, &count) in numbers.iter().zip(counts) {
                let weight = table[row as usize];
                if weight > 0 {
                    let row = self.rows[row as usize];
                    dots[row.field as usize] +=
                        u64::from(weight) * u64::from(tf.weight(row, count));
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
