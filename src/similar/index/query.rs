//! A query laid out by the rows of a shard, so that a measure's rows find what
//! they share with it at once.

use super::postings::{self, Lists};
use super::weights::{Norms, Row, Tf};

/// A query as a shard sees it.
#[derive(Default)]
pub(crate) struct Spread {
    /// For each row its place in `terms`, from 1; 0 where the query does not
    /// have it.
    places: Vec<u32>,
    terms: Vec<Term>,
    /// For each row what it adds where it stands once.
    once: Vec<u64>,
}

impl Spread {
    /// Takes back the query before.
    ///
    /// * `rows`: how many the shard has that comes next.
    pub fn clear(&mut self, rows: usize) {
        for term in self.terms.drain(..) {
            self.places[term.at as usize] = 0;
            self.once[term.at as usize] = 0;
        }
        self.places.resize(rows, 0);
        self.once.resize(rows, 0);
    }

    /// Adds a feature of the query.
    pub fn add(&mut self, at: u32, row: Row, weight: u32, tf: &Tf) {
        let product = |count| u64::from(weight) * u64::from(tf.weight(row, count));
        let usual: [u64; 4] = std::array::from_fn(|less| product(less as u32 + 1));
        self.once[at as usize] = usual[0];
        self.terms.push(Term { at, row, weight, usual });
        self.places[at as usize] = self.terms.len() as u32;
    }

    /// The sum of the products of the query's words and a measure's.
    pub fn words(&self, lists: &Lists, measure: usize, tf: &Tf) -> u64 {
        let mut sum = 0;
        lists.blocks(measure, |rows, counts| {
            // As if each stood there once; those that do not are put right after,
            // so that nothing waits for what cannot be foretold.
            let mut repeated = [(0, 0); postings::LONG];
            let mut found = 0;
            for (&row, &less) in rows.iter().zip(counts) {
                sum += self.once[row as usize];
                repeated[found % postings::LONG] = (row, less);
                found += usize::from(less > 0);
            }
            for &(row, less) in &repeated[..found] {
                if let Some(term) = self.term(row) {
                    sum += term.product(less, tf) - term.usual[0];
                }
            }
        });
        sum
    }

    /// Adds the products of what else the query and a measure have.
    pub fn add_others(&self, lists: &Lists, measure: usize, tf: &Tf, dots: &mut Norms) {
        lists.blocks(measure, |rows, counts| {
            for (&row, &less) in rows.iter().zip(counts) {
                if let Some(term) = self.term(row) {
                    dots[term.row.field as usize] += term.product(less, tf);
                }
            }
        });
    }

    fn term(&self, row: u32) -> Option<&Term> {
        let place = self.places[row as usize].checked_sub(1)?;
        Some(&self.terms[place as usize])
    }
}

/// A feature of a query.
struct Term {
    /// Which row it is.
    at: u32,
    row: Row,
    weight: u32,
    /// Its weight times that of the usual counts, from 1.
    usual: [u64; 4],
}

impl Term {
    /// What `less` + 1 occurrences add.
    fn product(&self, less: u32, tf: &Tf) -> u64 {
        let usual = self.usual.get(less as usize).copied();
        usual.unwrap_or_else(|| u64::from(self.weight) * u64::from(tf.weight(self.row, less + 1)))
    }
}
