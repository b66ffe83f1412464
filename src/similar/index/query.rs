//! A query indexed by the rows of a segment, so that the rows of a measure look up
//! the shared terms directly.

use super::postings::PostingLists;

/// A query by the rows of a segment.
#[derive(Default)]
pub(crate) struct QueryVector {
    /// For each row the product of the weights of the query and of an impact of 1; 0 if the
    /// query lacks it.
    products: Vec<u64>,
    /// The rows that the query has.
    rows: Vec<u32>,
}

impl QueryVector {
    /// Removes the previous query.
    ///
    /// * `rows`: number of rows of the next segment.
    pub(crate) fn clear(&mut self, rows: usize) {
        for row in self.rows.drain(..) {
            self.products[row as usize] = 0;
        }
        self.products.resize(rows, 0);
    }

    /// Adds a feature of the query.
    ///
    /// * `scale`: the weight of an impact of 1.
    pub(crate) fn add(&mut self, row: u32, weight: u32, scale: u32) {
        self.products[row as usize] = u64::from(weight) * u64::from(scale);
        self.rows.push(row);
    }

    /// Returns the dot product of the query and a measure.
    pub(crate) fn dot(&self, lists: &PostingLists, measure: usize) -> u64 {
        let mut sum = 0;
        lists.blocks(measure, |rows, impacts| {
            for (&row, impact) in rows.iter().zip(impacts.iter()) {
                sum += self.products[row as usize] * u64::from(impact);
            }
        });
        sum
    }
}
