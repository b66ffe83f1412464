//! Exact near-duplicate search without comparing all pairs.
//!
//! Shingles are ordered by frequency, the rarest first. Two measures above the threshold
//! share a minimum number of shingles, so that at least one of them is in a short prefix
//! of both sets (prefix filtering). Only pairs that share a shingle in their prefixes are
//! counted exactly.
//!
//! Source: the prefix filter of Chaudhuri, Ganti, Kaushik, “A primitive operator
//! for similarity joins in data cleaning” (2006), with the bounds of size and
//! overlap of Xiao, Wang, Lin, Yu, “Efficient similarity joins for near duplicate
//! detection” (2008).

use crate::number::to_u32;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fixedbitset::FixedBitSet;

use super::shingles::{Shingle, shingles};
use super::threshold::{Threshold, resemblance};
use crate::features::provision_text;
use crate::graph::{Graph, MeasureId};
use crate::hash::KeyedMap;
use crate::parallel;

/// Number of measures whose pairs are computed before the first of them is returned.
const BATCH: usize = 512;

/// Number of measures that one thread takes at a time.
const PART: usize = 32;

/// Number of shingles between two checks of whether the rest can still reach the threshold.
const CHUNK: usize = 32;

/// Two measures with nearly the same wording (近似重复).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearDuplicate {
    /// The first of the two, by id.
    pub a: MeasureId,
    /// The other.
    pub b: MeasureId,
    /// The Jaccard similarity of their shingles, in 0..=1; 1 for equal sets.
    pub resemblance: f32,
}

/// Returns all pairs of measures whose resemblance is at least `threshold`, by the second
/// measure, then by the first.
///
/// The resemblance of two texts is the Jaccard similarity of their sets of shingles
/// (Broder, “On the resemblance and containment of documents”, 1997): here pairs of
/// adjacent letters or digits outside of responsibility clauses, with ASCII folded to
/// half-width lower case. Two measures of 150 characters that differ in one resemble each
/// other by 0.97. Measures without a common shingle are no pair at any threshold.
///
/// Exact. The iterator computes the pairs of some 500 measures at a time, in parallel, and
/// holds them in 12 bytes each, besides some 800 bytes for each measure. A lower threshold
/// compares more pairs: all in the worst case. No pair reaches a threshold above 1 or NaN.
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
    let sets = Sets::new(graph);
    let prefixes = Prefixes::new(&sets, Threshold::new(threshold));
    let measures = sets.len();
    let scratch = Mutex::new(Vec::new());
    (0..measures).step_by(BATCH).flat_map(move |start| {
        let end = measures.min(start + BATCH);
        let parts: Vec<usize> = (start..end).step_by(PART).collect();
        let part = |&start: &usize| {
            let unused = pool(&scratch).pop();
            let mut own = unused.unwrap_or_else(|| Scratch::new(&sets));
            let found = pairs(&sets, &prefixes, start..end.min(start + PART), &mut own);
            pool(&scratch).push(own);
            found
        };
        parallel::map(&parts, part).into_iter().flatten()
    })
}

/// Buffers as large as the corpus, one set for each thread. They are empty between two
/// measures, and reused, so that the work on a measure does not grow with the corpus.
struct Scratch {
    /// For each shingle 1 if the current measure contains it.
    own: Vec<u8>,
    /// The measures that share a shingle of their prefixes with the current one.
    is_met: FixedBitSet,
    met: Vec<usize>,
}

impl Scratch {
    fn new(sets: &Sets) -> Self {
        Scratch {
            own: vec![0; sets.shingles],
            is_met: FixedBitSet::with_capacity(sets.len()),
            met: Vec::new(),
        }
    }
}

fn pool(scratch: &Mutex<Vec<Scratch>>) -> MutexGuard<'_, Vec<Scratch>> {
    scratch.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the pairs of each of these measures with a measure before it.
fn pairs(
    sets: &Sets,
    prefixes: &Prefixes,
    measures: Range<usize>,
    scratch: &mut Scratch,
) -> Vec<NearDuplicate> {
    let Scratch { own, is_met, met } = scratch;
    let mut found = Vec::new();
    for b in measures {
        let set = sets.of(b);
        let first = prefixes.of(set);
        for &shingle in first {
            let holders = prefixes.holders[shingle as usize].iter();
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
            let sizes = sets.of(a).len() + set.len();
            let minimum = prefixes.threshold.min_shared(sizes);
            let Some(both) = shared(sets.of(a), own, minimum) else {
                continue;
            };
            let resemblance = resemblance(both, sizes);
            if prefixes.threshold.admits(resemblance) {
                let [a, b] = [a, b].map(MeasureId::from_index);
                found.push(NearDuplicate { a, b, resemblance });
            }
        }
        set.iter().for_each(|&shingle| own[shingle as usize] = 0);
    }
    found
}

/// Returns the number of common shingles of two sets; `None` if it is below `minimum`.
///
/// * `other`: for each shingle 1 if the other set contains it.
fn shared(set: &[u32], other: &[u8], minimum: usize) -> Option<usize> {
    let mut both = 0;
    let mut left = set.len();
    for chunk in set.chunks(CHUNK) {
        if both + left < minimum {
            return None;
        }
        both += chunk.iter().map(|&shingle| usize::from(other[shingle as usize])).sum::<usize>();
        left -= chunk.len();
    }
    (both >= minimum).then_some(both)
}

/// The sets of shingles of all measures, numbered from the rarest shingle on.
struct Sets {
    /// The start of each measure's set in `all`, then the end of the last set.
    starts: Vec<usize>,
    /// Each set, ascending.
    all: Vec<u32>,
    /// Number of distinct shingles.
    shingles: usize,
}

/// Number of measures that contain a shingle, and the last one counted.
struct Frequency {
    measures: u32,
    last: Option<MeasureId>,
}

impl Sets {
    fn new(graph: &Graph) -> Self {
        // Shingles in order of first use.
        let mut numbers: KeyedMap<Shingle, u32> = KeyedMap::default();
        let mut met: Vec<Frequency> = Vec::new();
        let mut all: Vec<u32> = Vec::new();
        let mut starts = vec![0];
        for measure in graph.measures() {
            let of = graph.at(measure);
            for shingle in shingles(provision_text(of.record(), &of.document().record().text)) {
                let next = to_u32(met.len());
                let number = *numbers.entry(shingle).or_insert(next);
                if number == next {
                    met.push(Frequency { measures: 0, last: None });
                }
                let frequency = &mut met[number as usize];
                if frequency.last.replace(measure) != Some(measure) {
                    frequency.measures += 1;
                    all.push(number);
                }
            }
            starts.push(all.len());
        }
        let mut rarest: Vec<(u32, usize)> = met
            .iter()
            .enumerate()
            .map(|(number, frequency)| (frequency.measures, number))
            .collect();
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

/// The prefixes of all sets.
struct Prefixes {
    threshold: Threshold,
    /// The measures with each shingle in their prefix, ascending.
    holders: Vec<Vec<u32>>,
}

impl Prefixes {
    fn new(sets: &Sets, threshold: Threshold) -> Self {
        let mut prefixes = Prefixes { threshold, holders: vec![Vec::new(); sets.shingles] };
        for measure in 0..sets.len() {
            for &shingle in prefixes.of(sets.of(measure)) {
                prefixes.holders[shingle as usize].push(to_u32(measure));
            }
        }
        prefixes
    }

    /// Returns the prefix of a set.
    fn of<'s>(&self, set: &'s [u32]) -> &'s [u32] {
        &set[..self.threshold.prefix(set.len())]
    }
}
