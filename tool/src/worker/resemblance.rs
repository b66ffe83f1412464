//! `resemblance`: two sets of shingles become their resemblance.

use super::{Answers, Fault, Step};
use policygraph::reuse::Shingles;
use serde::{Deserialize, Serialize};

/// Answers pairs with at least this resemblance; others with null.
pub struct Resemblance(pub f32);

#[derive(Deserialize)]
pub struct Pair {
    a: String,
    b: String,
    /// The sets of both.
    shingles: [Shingles; 2],
}

#[derive(Serialize)]
struct Answer<'a> {
    a: &'a str,
    b: &'a str,
    resemblance: Option<f32>,
}

impl Step for Resemblance {
    type Question = Pair;

    fn answer(&mut self, pair: Pair, answers: &mut Answers) -> Result<(), Fault> {
        let Pair { a, b, shingles: [one, other] } = pair;
        let resemblance = one.resemblance(&other);
        // Sets without a common shingle are no pair at any threshold.
        let reached = resemblance > 0.0 && resemblance >= self.0;
        Ok(answers.write(&Answer { a: &a, b: &b, resemblance: reached.then_some(resemblance) })?)
    }
}
