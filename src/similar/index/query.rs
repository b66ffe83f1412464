//! A query indexed by the rows of a segment, so that the rows of a measure look up
//! the shared terms directly.

use super::postings::{self, PostingLists};
use super::weights::{FeatureWeight, Norms, Tf};
use crate::number::to_u32;

/// A query by the rows of a segment.
#[derive(Default)]
pub(crate) struct QueryVector {
    /// For each row its number in `terms`, from 1; 0 if the query lacks it.
    places: Vec<u32>,
    terms: Vec<QueryTerm>,
    /// For each row the product with a single occurrence.
    once: Vec<u64>,
}

impl QueryVector {
    /// Removes the previous query.
    ///
    /// * `rows`: number of rows of the next segment.
    pub(crate) fn clear(&mut self, rows: usize) {
        for term in self.terms.drain(..) {
            self.places[term.at as usize] = 0;
            self.once[term.at as usize] = 0;
        }
        self.places.resize(rows, 0);
        self.once.resize(rows, 0);
    }

    /// Adds a feature of the query.
    pub(crate) fn add(&mut self, at: u32, row: FeatureWeight, weight: u32, tf: &Tf) {
        let products: [u64; TABLE] = std::array::from_fn(|count| {
            u64::from(weight) * u64::from(tf.weight(row, to_u32(count)))
        });
        self.once[at as usize] = products[1];
        self.terms.push(QueryTerm { at, row, weight, products });
        self.places[at as usize] = to_u32(self.terms.len());
    }

    /// Returns the dot product of the query's words and a measure's.
    pub(crate) fn words(&self, lists: &PostingLists, measure: usize, tf: &Tf) -> u64 {
        let mut sum = 0;
        lists.blocks(measure, |rows, counts| {
            // Adds each row as if it occurred once and corrects the repeated ones in a
            // second loop: the first one has no unpredictable branch.
            let mut repeated = [(0, 0); postings::LONG];
            let mut found = 0;
            for (&row, count) in rows.iter().zip(counts.iter()) {
                sum += self.once[row as usize];
                repeated[found % postings::LONG] = (row, count);
                found += usize::from(count > 1);
            }
            for &(row, count) in &repeated[..found] {
                if let Some(term) = self.term(row) {
                    sum += term.product(count, tf) - term.products[1];
                }
            }
        });
        sum
    }

    /// Adds the products of the other shared features, by field.
    pub(crate) fn add_others(
        &self,
        lists: &PostingLists,
        measure: usize,
        tf: &Tf,
        dots: &mut Norms,
    ) {
        lists.blocks(measure, |rows, counts| {
            for (&row, count) in rows.iter().zip(counts.iter()) {
                if let Some(term) = self.term(row) {
                    dots[term.row.field as usize] += term.product(count, tf);
                }
            }
        });
    }

    fn term(&self, row: u32) -> Option<&QueryTerm> {
        let place = self.places[row as usize].checked_sub(1)?;
        Some(&self.terms[place as usize])
    }
}

/// Number of tabulated counts, 0 included.
const TABLE: usize = 5;

/// A feature of a query.
struct QueryTerm {
    /// Its row.
    at: u32,
    row: FeatureWeight,
    weight: u32,
    /// Its weight times the weight of each of the first counts.
    products: [u64; TABLE],
}

impl QueryTerm {
    /// Returns its weight times the weight of `count` occurrences.
    fn product(&self, count: u32, tf: &Tf) -> u64 {
        let product = self.products.get(count as usize).copied();
        product.unwrap_or_else(|| u64::from(self.weight) * u64::from(tf.weight(self.row, count)))
    }
}
