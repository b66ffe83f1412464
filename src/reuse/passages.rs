//! What two rows of tokens share, word for word or nearly.

use std::collections::HashMap;
use std::ops::Range;

use super::Options;
use super::tokens::{ANCHOR, Token};
use crate::features::Feature;
use crate::text::Span;

/// The shortest run that goes on with a passage behind a gap.
const RUN: usize = 3;

/// A run that stands more often than this in a text leads to no passage: what
/// repeats itself is looked at no longer than other texts are.
const REPEATED: usize = 16;

/// So many runs of two texts are put together at most, the first ones.
const RUNS: usize = 2000;

/// Tokens that stand in both, side by side.
#[derive(Clone, Copy, PartialEq)]
struct Run {
    a: usize,
    b: usize,
    length: usize,
    /// How many of them count.
    counted: usize,
}

/// A shared passage: of one text and of the other.
pub(super) struct Found {
    pub a: Span,
    pub b: Span,
    pub characters: usize,
    pub nearness: f32,
    /// Where the two differ inside; one of the two may be empty.
    pub changes: Vec<(Span, Span)>,
}

/// Passages of `a` and `b`, none inside another, by where they stand in `a`.
pub(super) fn passages(a: &[Token], b: &[Token], options: &Options) -> Vec<Found> {
    let mut chains = Chains::new(runs(a, b), options.gap);
    let mut found = Vec::new();
    while let Some(links) = chains.best(options.shortest) {
        let (first, last) = (links[0], links[links.len() - 1]);
        let of_a = first.a..last.a + last.length;
        let of_b = first.b..last.b + last.length;
        let matched: usize = links.iter().map(|run| run.length).sum();
        let nearness = matched as f32 / of_a.len().max(of_b.len()) as f32;
        let anchored = links.iter().any(|run| run.length >= ANCHOR);
        if anchored && nearness >= options.nearest {
            found.push(Found {
                a: cover(a, &of_a),
                b: cover(b, &of_b),
                characters: links.iter().map(|run| run.counted).sum(),
                nearness,
                changes: links.windows(2).map(|pair| change(a, b, pair)).collect(),
            });
            let meets = |at: usize, length: usize, taken: &Range<usize>| {
                at < taken.end && taken.start < at + length
            };
            chains.take(|run| meets(run.a, run.length, &of_a) || meets(run.b, run.length, &of_b));
        } else {
            chains.take(|run| links.contains(run));
        }
    }
    found.sort_by_key(|found| found.a.start);
    found
}

fn cover(tokens: &[Token], range: &Range<usize>) -> Span {
    Span { start: tokens[range.start].span.start, end: tokens[range.end - 1].span.end }
}

/// What stands between two runs, in both.
fn change(a: &[Token], b: &[Token], pair: &[Run]) -> (Span, Span) {
    let between = |tokens: &[Token], from: usize, to: usize| match from < to {
        true => cover(tokens, &(from..to)),
        // Nothing: where it would stand.
        false => Span { start: tokens[to].span.start, end: tokens[to].span.start },
    };
    let (one, next) = (pair[0], pair[1]);
    (between(a, one.a + one.length, next.a), between(b, one.b + one.length, next.b))
}

/// All runs that go on neither to the left nor to the right, by where they stand;
/// of those that begin with what repeats itself only such as go on with something
/// that does not.
fn runs(a: &[Token], b: &[Token]) -> Vec<Run> {
    let mut starts: HashMap<[Feature; RUN], Vec<usize>> = HashMap::new();
    for (at, run) in b.windows(RUN).enumerate().filter(|(_, run)| joined(run)) {
        starts.entry(features(run)).or_default().push(at);
    }
    let mut times: HashMap<[Feature; RUN], usize> = HashMap::new();
    for run in a.windows(RUN) {
        *times.entry(features(run)).or_default() += 1;
    }
    // Where each run of `a` stands in `b`, unless it repeats itself in either.
    let places = a.windows(RUN).map(|run| -> &[usize] {
        let key = features(run);
        match starts.get(&key) {
            Some(others) if joined(run) && others.len().max(times[&key]) <= REPEATED => others,
            _ => &[],
        }
    });
    let places: Vec<&[usize]> = places.collect();
    let goes_back = |at: usize, other: usize| {
        at > 0 && other > 0 && same(&a[at - 1], &b[other - 1]) && !a[at].apart && !b[other].apart
    };
    let mut runs = Vec::new();
    for (at, others) in places.iter().enumerate() {
        for &other in *others {
            // As far as it goes, or to a place from which it was met already.
            let mut back = 0;
            let met = loop {
                if !goes_back(at - back, other - back) {
                    break false;
                }
                back += 1;
                if !places[at - back].is_empty() {
                    break true;
                }
            };
            if !met && runs.len() < RUNS {
                runs.push(run_from(a, b, at - back, other - back));
            }
        }
    }
    runs.sort_by_key(|run: &Run| (run.a, run.b));
    runs
}

fn joined(run: &[Token]) -> bool {
    run[1..].iter().all(|token| !token.apart)
}

fn features(run: &[Token]) -> [Feature; RUN] {
    std::array::from_fn(|n| run[n].feature)
}

fn same(a: &Token, b: &Token) -> bool {
    a.feature == b.feature
}

fn run_from(a: &[Token], b: &[Token], at: usize, other: usize) -> Run {
    let pairs = a[at..].iter().zip(&b[other..]).enumerate();
    let goes_on =
        |(n, (a, b)): &(usize, (&Token, &Token))| same(a, b) && (*n == 0 || !a.apart && !b.apart);
    let run: Vec<_> = pairs.take_while(goes_on).collect();
    let counted = run.iter().filter(|(_, (a, b))| !a.masked && !b.masked).count();
    Run { a: at, b: other, length: run.len(), counted }
}

/// Runs, and which go on with which.
struct Chains {
    /// By where they stand.
    runs: Vec<Run>,
    /// For each run those that it may follow: it begins behind them in both
    /// texts, at most a gap away.
    follows: Vec<Vec<usize>>,
    taken: Vec<bool>,
}

impl Chains {
    fn new(runs: Vec<Run>, gap: usize) -> Self {
        let behind = |end: usize, start: usize| end <= start && start - end <= gap;
        let follows = runs.iter().enumerate().map(|(at, run)| {
            let is_followed = |&before: &usize| {
                let one = runs[before];
                behind(one.a + one.length, run.a) && behind(one.b + one.length, run.b)
            };
            (0..at).filter(is_followed).collect()
        });
        let follows = follows.collect();
        let taken = vec![false; runs.len()];
        Chains { runs, follows, taken }
    }

    /// The runs that are left and make the longest passage, in order, if it has
    /// so many characters that count.
    fn best(&self, shortest: usize) -> Option<Vec<Run>> {
        let left = || (0..self.runs.len()).filter(|&at| !self.taken[at]);
        let mut best: Vec<(usize, Option<usize>)> = vec![(0, None); self.runs.len()];
        for at in left() {
            let followed = self.follows[at].iter().copied().filter(|&before| !self.taken[before]);
            let before = followed.max_by_key(|&before| (best[before].0, before));
            let gained = before.map_or(0, |before| best[before].0);
            best[at] = (gained + self.runs[at].counted, before);
        }
        let last = left().max_by_key(|&at| (best[at].0, self.runs.len() - at))?;
        if best[last].0 < shortest {
            return None;
        }
        let back = std::iter::successors(Some(last), |&at| best[at].1);
        let mut chain: Vec<Run> = back.map(|at| self.runs[at]).collect();
        chain.reverse();
        Some(chain)
    }

    /// Leaves these out from now on.
    fn take(&mut self, which: impl Fn(&Run) -> bool) {
        for (run, taken) in self.runs.iter().zip(&mut self.taken) {
            *taken |= which(run);
        }
    }
}
