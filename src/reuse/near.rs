//! Pairs of measures with nearly the same wording, exactly, without comparing
//! each with each.
//!
//! Shingles are put in one order, the rarest first. Of two measures that are
//! alike enough at least so many shingles are the same, and therefore one of
//! them is among the first few of both: of each measure's set the rest, without
//! which it has too few to share, need not be looked at. Only measures that meet
//! in this way are counted through.
//!
//! Source: the prefix filter of Chaudhuri, Ganti, Kaushik, “A primitive operator
//! for similarity joins in data cleaning” (2006), with the bounds of size and
//! overlap of Xiao, Wang, Lin, Yu, “Efficient similarity joins for near duplicate
//! detection” (2008).

use std::ops::Range;

use fixedbitset::FixedBitSet;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::features::{folded, said};
use crate::graph::{Graph, MeasureId, MeasureRef};
use crate::parallel;

/// So many measures are compared with those before them at a time,
const BLOCK: usize = 512;

/// and so many by one core.
const PART: usize = 32;

/// So many shingles are counted before it is asked whether the rest can do.
const CHUNK: usize = 32;

/// A quotient of single floats is right to a part of this.
const SLACK: f64 = 1e-6;

/// 近似重复 — two measures with nearly the same wording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearDuplicate {
    /// The first of the two, by id.
    pub a: MeasureId,
    /// The other.
    pub b: MeasureId,
    /// What part of the shingles of either are in both, in 0..=1; 1 if all are.
    pub resemblance: f32,
}

/// All pairs of measures whose resemblance is at least `threshold`: by the second
/// measure, then by the first.
///
/// The resemblance of two texts is the Jaccard similarity of their sets of
/// shingles (Broder, “On the resemblance and containment of documents”, 1997):
/// here pairs of neighbouring characters that are letters or digits, outside of
/// responsibility clauses; ASCII letters are folded to half-width and small. A measure of 150 characters in which one
/// is changed resembles the other by 0.97. Measures without any shingle in common
/// are no pair, whatever the threshold.
///
/// Exact. Works on all cores as the pairs are asked for, and holds those of some
/// 500 measures at a time, 12 bytes each, beside some 800 bytes a measure. The
/// lower the threshold, the more is compared: at worst each with each. No pair
/// reaches a threshold above 1 or NaN.
///
/// ```
/// use policygraph::builtin;
/// use policygraph::reuse::near_duplicates;
///
/// let mut pairs = near_duplicates(builtin(), 0.35);
/// let elsewhere = pairs.find(|pair| builtin().document_of(pair.a) != builtin().document_of(pair.b));
/// let pair = elsewhere.unwrap();
/// assert_eq!(builtin().at(pair.a).key().to_string(), "nm-2025-18/4");
/// assert_eq!(builtin().at(pair.b).key().to_string(), "sx-2025/9");
/// assert!((0.35..0.4).contains(&pair.resemblance));
/// ```
pub fn near_duplicates(
    graph: &Graph,
    threshold: f32,
) -> impl Iterator<Item = NearDuplicate> + use<> {
    let threshold = if threshold.is_nan() { f32::INFINITY } else { threshold };
    let sets = Sets::new(graph);
    let beginnings = Beginnings::new(&sets, threshold);
    let measures = sets.len();
    (0..measures).step_by(BLOCK).flat_map(move |start| {
        let end = measures.min(start + BLOCK);
        let parts: Vec<usize> = (start..end).step_by(PART).collect();
        let part = |&start: &usize| pairs(&sets, &beginnings, start..end.min(start + PART));
        parallel::map(&parts, part).into_iter().flatten()
    })
}

/// The pairs of these measures and those before them.
fn pairs(sets: &Sets, beginnings: &Beginnings, measures: Range<usize>) -> Vec<NearDuplicate> {
    let mut found = Vec::new();
    let mut own = vec![0_u8; sets.shingles];
    let mut is_met = FixedBitSet::with_capacity(measures.end);
    let mut met: Vec<usize> = Vec::new();
    for b in measures {
        let set = sets.of(b);
        let first = beginnings.of(set);
        for &shingle in first {
            let holders = beginnings.holders[shingle as usize].iter();
            for a in holders.map(|&a| a as usize).take_while(|&a| a < b) {
                if !is_met.put(a) {
                    met.push(a);
                }
            }
        }
        set.iter().for_each(|&shingle| own[shingle as usize] = 1);
        met.sort_unstable();
        for a in met.drain(..) {
            is_met.set(a, false);
            let either = sets.of(a).len() + set.len();
            let Some(both) = shared(sets.of(a), &own, beginnings.least_shared(either)) else {
                continue;
            };
            let resemblance = both as f32 / (either - both) as f32;
            if resemblance >= beginnings.threshold {
                let [a, b] = [a, b].map(MeasureId::from_index);
                found.push(NearDuplicate { a, b, resemblance });
            }
        }
        set.iter().for_each(|&shingle| own[shingle as usize] = 0);
    }
    found
}

/// How many of a set's shingles the other has, unless that is less than the
/// least.
///
/// * `other`: for each shingle 1 if the other has it.
fn shared(set: &[u32], other: &[u8], least: usize) -> Option<usize> {
    let mut both = 0;
    let mut left = set.len();
    for chunk in set.chunks(CHUNK) {
        if both + left < least {
            return None;
        }
        both += chunk.iter().map(|&shingle| usize::from(other[shingle as usize])).sum::<usize>();
        left -= chunk.len();
    }
    (both >= least).then_some(both)
}

/// The shingles of all measures, numbered from the rarest on.
struct Sets {
    /// For each measure where its set begins in `all`, and where the last ends.
    starts: Vec<usize>,
    /// Each set, ascending.
    all: Vec<u32>,
    /// How many shingles there are.
    shingles: usize,
}

/// In how many measures a shingle stands, and in which last.
#[derive(Default)]
struct Held {
    by: u32,
    last: Option<MeasureId>,
}

impl Sets {
    fn new(graph: &Graph) -> Self {
        let mut met: IndexMap<[char; 2], Held, FxBuildHasher> = IndexMap::default();
        let mut all: Vec<u32> = Vec::new();
        let mut starts = vec![0];
        for measure in graph.measures() {
            for shingle in shingles(graph.at(measure)) {
                let entry = met.entry(shingle);
                let number = entry.index() as u32;
                let held = entry.or_default();
                if held.last.replace(measure) != Some(measure) {
                    held.by += 1;
                    all.push(number);
                }
            }
            starts.push(all.len());
        }
        let mut rarest: Vec<(u32, usize)> =
            met.values().enumerate().map(|(number, held)| (held.by, number)).collect();
        rarest.sort_unstable();
        let mut ranks = vec![0; met.len()];
        for (rank, &(_, number)) in (0..).zip(&rarest) {
            ranks[number] = rank;
        }
        all.iter_mut().for_each(|shingle| *shingle = ranks[*shingle as usize]);
        for of in starts.windows(2) {
            all[of[0]..of[1]].sort_unstable();
        }
        Sets { starts, all, shingles: met.len() }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn of(&self, measure: usize) -> &[u32] {
        &self.all[self.starts[measure]..self.starts[measure + 1]]
    }
}

/// The pairs of neighbouring letters or digits of a measure, in order; may repeat.
fn shingles(measure: MeasureRef<'_>) -> impl Iterator<Item = [char; 2]> {
    said(measure.record(), &measure.document().record().text).flat_map(|piece| {
        let characters = piece.chars().map(folded);
        let pairs = characters.clone().zip(characters.skip(1));
        pairs.filter_map(|(first, second)| Some([first?, second?]))
    })
}

/// The beginnings of all sets.
struct Beginnings {
    threshold: f32,
    /// For each shingle the measures that have it in their beginning, ascending.
    holders: Vec<Vec<u32>>,
}

impl Beginnings {
    fn new(sets: &Sets, threshold: f32) -> Self {
        let mut beginnings = Beginnings { threshold, holders: vec![Vec::new(); sets.shingles] };
        for measure in 0..sets.len() {
            for &shingle in beginnings.of(sets.of(measure)) {
                beginnings.holders[shingle as usize].push(measure as u32);
            }
        }
        beginnings
    }

    /// The beginning of a set: what is behind it is less than the set must share
    /// with one that it resembles, which is at most all of either.
    fn of<'s>(&self, set: &'s [u32]) -> &'s [u32] {
        let least = (self.threshold() * set.len() as f64).ceil().max(1.0);
        &set[..(set.len() + 1).saturating_sub(least as usize)]
    }

    /// How many shingles two sets share at least that resemble each other.
    ///
    /// * `sizes`: of both together.
    fn least_shared(&self, sizes: usize) -> usize {
        let threshold = self.threshold();
        (threshold / (1.0 + threshold) * sizes as f64).ceil() as usize
    }

    /// A little less than was asked for, as what is computed is not exact.
    fn threshold(&self) -> f64 {
        f64::from(self.threshold.max(0.0)) * (1.0 - SLACK)
    }
}
