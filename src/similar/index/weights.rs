//! What features weigh in a corpus, and the score of two measures.
//!
//! Weights are whole numbers, so that sums of their products are the same in
//! any order: on any number of threads, from either side, in an index that was
//! extended and in one made at once.

use rustc_hash::FxHashMap;

use crate::features::{Bag, Feature, Field, scale, tf};

/// One weight of 1 as a whole number. A weight is below 2^10, so that products
/// stay below 2^44, and a sum of a million of them is a `u64`.
const ONE: f64 = 4096.0;

/// How often each feature is held, in so many texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statistics {
    pub texts: usize,
    pub holding: FxHashMap<Feature, u32>,
}

impl Statistics {
    /// A feature that no text holds weighs as if one did.
    pub fn holding(&self, feature: Feature) -> usize {
        self.holding.get(&feature).map_or(1, |&holding| holding.max(1) as usize)
    }

    pub fn row(&self, feature: Feature) -> Row {
        let holding = self.holding(feature);
        let scale = scale(feature, self.texts.max(1), holding);
        Row { scale: scale * ONE, field: feature.field(), level: holding.ilog2() as u8 }
    }

    /// How many levels of rarity there are: one for each doubling of the texts
    /// that have a feature.
    pub fn levels(&self) -> usize {
        self.texts.max(1).ilog2() as usize + 1
    }
}

/// What a feature weighs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    scale: f64,
    pub field: Field,
    /// How rare it is: the less, the rarer.
    pub level: u8,
}

/// tf of the counts that are usual.
pub(crate) struct Tf([[f64; Tf::USUAL]; Field::COUNT]);

impl Tf {
    const USUAL: usize = 64;

    pub fn new() -> Self {
        let mut table = [[0.0; Tf::USUAL]; Field::COUNT];
        for field in Field::ALL {
            for (count, tf) in table[field as usize].iter_mut().enumerate() {
                *tf = self::tf(field, count as u32);
            }
        }
        Tf(table)
    }

    /// What `count` occurrences of a feature weigh, as a whole number.
    pub fn weight(&self, row: Row, count: u32) -> u32 {
        let usual = self.0[row.field as usize].get(count as usize).copied();
        // To the nearest; `round` is a call where processors of all kinds are served.
        (usual.unwrap_or_else(|| tf(row.field, count)) * row.scale + 0.5) as u32
    }
}

/// The sums of squares of a text's weights, field by field; 0 where it has
/// none.
pub(crate) type Norms = [u64; Field::COUNT];

/// What of the fields' weights a text has.
pub(crate) fn whole(norms: &Norms) -> f64 {
    let present = Field::ALL.iter().zip(norms).filter(|(_, norm)| **norm > 0);
    present.map(|(field, _)| field.weight()).sum()
}

/// A text to be compared with many.
pub(crate) struct Query {
    /// Features and their weights.
    pub terms: Vec<(Feature, u32)>,
    pub norms: Norms,
}

impl Query {
    pub fn new(bag: &Bag, statistics: &Statistics, tf: &Tf) -> Self {
        let weigh = |&(feature, count): &(Feature, u32)| {
            (feature, tf.weight(statistics.row(feature), count))
        };
        let terms: Vec<(Feature, u32)> = bag.iter().map(weigh).collect();
        let mut norms = Norms::default();
        for &(feature, weight) in &terms {
            norms[feature.field() as usize] += square(weight);
        }
        Query { terms, norms }
    }
}

pub(crate) fn square(weight: u32) -> u64 {
    u64::from(weight) * u64::from(weight)
}

/// The weighted sum of the cosines of two texts' fields over √(W(a) · W(b)), with
/// W what of the fields' weights a text has; in 0..=1, 1 for a text and itself.
///
/// * `dots`: for each field the sum of the products of their weights.
pub(crate) fn score(dots: &Norms, a: &Norms, b: &Norms) -> f32 {
    mean(cosines(dots, a, b), a, b)
}

/// The sum of the cosines, each by its field's weight.
pub(crate) fn cosines(dots: &Norms, a: &Norms, b: &Norms) -> f64 {
    let mut sum = 0.0;
    for field in Field::ALL {
        let at = field as usize;
        if dots[at] > 0 {
            sum += field.weight() * dots[at] as f64 / (a[at] as f64 * b[at] as f64).sqrt();
        }
    }
    sum
}

/// The sum over √(W(a) · W(b)).
pub(crate) fn mean(sum: f64, a: &Norms, b: &Norms) -> f32 {
    if sum > 0.0 { (sum / (whole(a) * whole(b)).sqrt()).min(1.0) as f32 } else { 0.0 }
}
