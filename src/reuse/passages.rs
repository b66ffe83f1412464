//! Passages that two token sequences share: chains of maximal common runs.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::PassageOptions;
use super::tokens::{ANCHOR, PassageToken, joined};
use crate::features::Feature;
use crate::text::Span;

/// Minimum length of a run, in tokens.
const MIN_RUN: usize = 3;

/// Maximum number of occurrences in a text of a trigram that starts a run: bounds the work
/// on repetitive texts.
const MAX_REPEATS: usize = 16;

/// Maximum number of runs of a pair of texts: the longest, then the first.
const MAX_RUNS: usize = 2000;

/// Maximum number of predecessors of a run in a chain: the last ones. Runs with usual gaps
/// have fewer.
const MAX_PREDECESSORS: usize = 64;

/// A common run of tokens.
#[derive(Clone, Copy, PartialEq)]
struct Run {
    a: usize,
    b: usize,
    length: usize,
    /// Number of its tokens that count.
    counted: usize,
}

impl Run {
    /// Returns true if it overlaps either range.
    fn overlaps(&self, of_a: &Range<usize>, of_b: &Range<usize>) -> bool {
        let overlaps =
            |at: usize, range: &Range<usize>| at < range.end && range.start < at + self.length;
        overlaps(self.a, of_a) || overlaps(self.b, of_b)
    }

    /// Returns the parts of the run outside the ranges, relative to its start.
    fn without(
        &self,
        of_a: &Range<usize>,
        of_b: &Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> {
        let relative = |at: usize, range: &Range<usize>| {
            let within = |place: usize| place.saturating_sub(at).min(self.length);
            within(range.start)..within(range.end)
        };
        let [one, other] = [relative(self.a, of_a), relative(self.b, of_b)];
        let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
        let between = first.end.min(second.start)..second.start;
        [0..first.start, between, first.end.max(second.end)..self.length].into_iter()
    }
}

/// A passage of two texts.
pub(super) struct CommonPassage {
    pub a: Span,
    pub b: Span,
    pub chars: usize,
    pub similarity: f32,
    /// Differing spans inside the passage; one of the two may be empty.
    pub changes: Vec<(Span, Span)>,
}

/// Returns the passages of `a` and `b`, by position in `a`. They overlap in neither text.
pub(super) fn passages(
    a: &[PassageToken],
    b: &[PassageToken],
    options: &PassageOptions,
) -> Vec<CommonPassage> {
    let mut chains = Chains::new(runs(a, b), options.max_gap);
    let mut found = Vec::new();
    while let Some(chain) = chains.best(options.min_chars) {
        for links in similar_parts(&chain, options) {
            let (of_a, of_b) = extent(links);
            found.push(CommonPassage {
                a: cover(a, &of_a),
                b: cover(b, &of_b),
                chars: counted(links),
                similarity: similarity(links),
                changes: links.windows(2).filter_map(|pair| change(a, b, pair)).collect(),
            });
            if options.max_gap >= ANCHOR {
                chains.split(&of_a, &of_b);
            }
            for run in chains.take(|run| run.overlaps(&of_a, &of_b)) {
                let rest = run.without(&of_a, &of_b).filter(|rest| rest.len() >= ANCHOR);
                let part =
                    |of: Range<usize>| run_at(a, b, run.a + of.start, run.b + of.start, of.len());
                chains.add(rest.map(part));
            }
        }
        chains.take(|run| chain.contains(run));
    }
    found.sort_by_key(|found| found.a.start);
    found
}

/// Returns the parts of a chain that are passages: all of it if it is similar enough,
/// otherwise the parts on both sides of its widest gap, recursively.
fn similar_parts<'c>(chain: &'c [Run], options: &PassageOptions) -> Vec<&'c [Run]> {
    let mut parts = vec![chain];
    let mut passages = Vec::new();
    while let Some(links) = parts.pop() {
        let anchored = links.iter().any(|run| run.length >= ANCHOR && run.counted > 0);
        if counted(links) < options.min_chars || !anchored {
            continue;
        }
        if similarity(links) >= options.min_similarity {
            passages.push(links);
        } else if links.len() > 1 {
            let (left, right) = links.split_at(widest_gap(links));
            parts.extend([right, left]);
        }
    }
    passages
}

/// Returns the ranges from the first run to the last, in both texts.
fn extent(links: &[Run]) -> (Range<usize>, Range<usize>) {
    let (first, last) = (links[0], links[links.len() - 1]);
    (first.a..last.a + last.length, first.b..last.b + last.length)
}

fn counted(links: &[Run]) -> usize {
    links.iter().map(|run| run.counted).sum()
}

/// Returns the common part of the longer of the two ranges.
fn similarity(links: &[Run]) -> f32 {
    let (of_a, of_b) = extent(links);
    let matched: usize = links.iter().map(|run| run.length).sum();
    matched as f32 / of_a.len().max(of_b.len()) as f32
}

/// Returns the run after the widest gap in either text, the first of equal ones.
fn widest_gap(links: &[Run]) -> usize {
    let gap = |&at: &usize| {
        let (one, next) = (links[at - 1], links[at]);
        (next.a - one.a - one.length).max(next.b - one.b - one.length)
    };
    (1..links.len()).rev().max_by_key(gap).unwrap_or(0)
}

fn cover(tokens: &[PassageToken], range: &Range<usize>) -> Span {
    Span { start: tokens[range.start].span.start, end: tokens[range.end - 1].span.end }
}

/// Returns the spans between two runs; `None` if there is only an omitted clause.
fn change(a: &[PassageToken], b: &[PassageToken], pair: &[Run]) -> Option<(Span, Span)> {
    let between = |tokens: &[PassageToken], from: usize, to: usize| match from < to {
        true => cover(tokens, &(from..to)),
        // An empty span at the position of the difference.
        false => Span { start: tokens[to].span.start, end: tokens[to].span.start },
    };
    let (one, next) = (pair[0], pair[1]);
    let (end_a, end_b) = (one.a + one.length, one.b + one.length);
    let differ = end_a < next.a || end_b < next.b;
    differ.then(|| (between(a, end_a, next.a), between(b, end_b, next.b)))
}

/// Returns all maximal common runs, by position. A run that starts with a repetitive
/// trigram is returned only if it extends to one that is not.
fn runs(a: &[PassageToken], b: &[PassageToken]) -> Vec<Run> {
    let mut starts: HashMap<[Feature; MIN_RUN], Vec<usize>> = HashMap::new();
    for (at, run) in b.windows(MIN_RUN).enumerate().filter(|(_, run)| joined(run)) {
        starts.entry(features(run)).or_default().push(at);
    }
    let mut times: HashMap<[Feature; MIN_RUN], usize> = HashMap::new();
    for run in a.windows(MIN_RUN) {
        *times.entry(features(run)).or_default() += 1;
    }
    // The positions in `b` of each trigram of `a`, unless it is repetitive in either.
    let places = a.windows(MIN_RUN).map(|run| -> &[usize] {
        let key = features(run);
        match starts.get(&key) {
            Some(others) if joined(run) && others.len().max(times[&key]) <= MAX_REPEATS => others,
            _ => &[],
        }
    });
    let places: Vec<&[usize]> = places.collect();
    let extends_left = |at: usize, other: usize| {
        at > 0 && other > 0 && same(&a[at - 1], &b[other - 1]) && !a[at].apart && !b[other].apart
    };
    let mut runs = Vec::new();
    for (at, others) in places.iter().enumerate() {
        for &other in *others {
            // Extends to the left, up to a position that has found the run already.
            let mut back = 0;
            let known = loop {
                if !extends_left(at - back, other - back) {
                    break false;
                }
                back += 1;
                if !places[at - back].is_empty() {
                    break true;
                }
            };
            if !known {
                runs.push(run_from(a, b, at - back, other - back));
            }
        }
    }
    runs.sort_by_key(|run: &Run| Reverse(run.length));
    runs.truncate(MAX_RUNS);
    runs.sort_by_key(|run| (run.a, run.b));
    runs
}

fn features(run: &[PassageToken]) -> [Feature; MIN_RUN] {
    std::array::from_fn(|n| run[n].feature)
}

fn same(a: &PassageToken, b: &PassageToken) -> bool {
    a.feature == b.feature
}

/// Returns the run from two positions, extended to the right.
fn run_from(a: &[PassageToken], b: &[PassageToken], at: usize, other: usize) -> Run {
    let pairs = a[at..].iter().zip(&b[other..]).enumerate();
    let goes_on = |(n, (a, b)): &(usize, (&PassageToken, &PassageToken))| {
        same(a, b) && (*n == 0 || !a.apart && !b.apart)
    };
    let length = pairs.take_while(goes_on).count();
    run_at(a, b, at, other, length)
}

fn run_at(a: &[PassageToken], b: &[PassageToken], at: usize, other: usize, length: usize) -> Run {
    let pairs = a[at..at + length].iter().zip(&b[other..]);
    let counted = pairs.filter(|(a, b)| !a.masked && !b.masked).count();
    Run { a: at, b: other, length, counted }
}

/// Runs, and the runs that each may follow in a chain.
struct Chains {
    /// By position.
    runs: Vec<Run>,
    /// For each run its predecessors, the last ones first: runs that end before it in both
    /// texts, at most a gap away.
    predecessors: Vec<Vec<usize>>,
    /// For each run true if it is no longer available.
    used: Vec<bool>,
}

impl Chains {
    fn new(runs: Vec<Run>, gap: usize) -> Self {
        let follows = |end: usize, start: usize| end <= start && start - end <= gap;
        let predecessors = runs.iter().enumerate().map(|(at, run)| {
            let is_followed = |&before: &usize| {
                let one = runs[before];
                follows(one.a + one.length, run.a) && follows(one.b + one.length, run.b)
            };
            (0..at).rev().filter(is_followed).take(MAX_PREDECESSORS).collect()
        });
        let predecessors = predecessors.collect();
        let used = vec![false; runs.len()];
        Chains { runs, predecessors, used }
    }

    /// Returns the chain of available runs with the most characters that count, if it has
    /// at least `min_chars`.
    fn best(&self, min_chars: usize) -> Option<Vec<Run>> {
        let left = || (0..self.runs.len()).filter(|&at| !self.used[at]);
        let mut best: Vec<(usize, Option<usize>)> = vec![(0, None); self.runs.len()];
        for at in left() {
            let followed =
                self.predecessors[at].iter().copied().filter(|&before| !self.used[before]);
            let before = followed.max_by_key(|&before| (best[before].0, before));
            let counted_before = before.map_or(0, |before| best[before].0);
            best[at] = (counted_before + self.runs[at].counted, before);
        }
        let last = left().max_by_key(|&at| (best[at].0, self.runs.len() - at))?;
        if best[last].0 < min_chars {
            return None;
        }
        let back = std::iter::successors(Some(last), |&at| best[at].1);
        let mut chain: Vec<Run> = back.map(|at| self.runs[at]).collect();
        chain.reverse();
        Some(chain)
    }

    /// Removes the links between runs on both sides of a passage.
    fn split(&mut self, of_a: &Range<usize>, of_b: &Range<usize>) {
        for (run, follows) in self.runs.iter().zip(&mut self.predecessors) {
            follows.retain(|&before| {
                let one = self.runs[before];
                let between = |end: usize, start: usize, passage: &Range<usize>| {
                    end <= passage.start && passage.end <= start
                };
                !between(one.a + one.length, run.a, of_a)
                    && !between(one.b + one.length, run.b, of_b)
            });
        }
    }

    /// Marks matching runs as used and returns them.
    fn take(&mut self, which: impl Fn(&Run) -> bool) -> Vec<Run> {
        let left = self.runs.iter().zip(&mut self.used).filter(|(run, used)| !**used && which(run));
        left.map(|(&run, used)| {
            *used = true;
            run
        })
        .collect()
    }

    /// Adds runs without predecessors.
    fn add(&mut self, runs: impl Iterator<Item = Run>) {
        let room = (2 * MAX_RUNS).saturating_sub(self.runs.len());
        self.runs.extend(runs.take(room));
        self.predecessors.resize(self.runs.len(), Vec::new());
        self.used.resize(self.runs.len(), false);
    }
}
