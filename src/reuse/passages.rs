//! What two rows of tokens share, word for word or nearly.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::Options;
use super::tokens::{ANCHOR, Token, joined};
use crate::features::Feature;
use crate::text::Span;

/// The shortest run that goes on with a passage behind a gap.
const RUN: usize = 3;

/// A run that stands more often than this in a text leads to no passage: what
/// repeats itself is looked at no longer than other texts are.
const REPEATED: usize = 16;

/// So many runs of two texts are put together at most, the longest ones, of those as
/// long the first.
const RUNS: usize = 2000;

/// A run is put behind one of so many before it, the last ones that it may follow:
/// with usual gaps there are fewer.
const FOLLOWED: usize = 64;

/// Tokens that stand in both, side by side.
#[derive(Clone, Copy, PartialEq)]
struct Run {
    a: usize,
    b: usize,
    length: usize,
    /// How many of them count.
    counted: usize,
}

impl Run {
    /// Whether it has something of either range.
    fn meets(&self, of_a: &Range<usize>, of_b: &Range<usize>) -> bool {
        let meets =
            |at: usize, taken: &Range<usize>| at < taken.end && taken.start < at + self.length;
        meets(self.a, of_a) || meets(self.b, of_b)
    }

    /// What it has besides the ranges, counted from its start.
    fn without(
        &self,
        of_a: &Range<usize>,
        of_b: &Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> {
        let taken = |at: usize, range: &Range<usize>| {
            let within = |place: usize| place.saturating_sub(at).min(self.length);
            within(range.start)..within(range.end)
        };
        let [one, other] = [taken(self.a, of_a), taken(self.b, of_b)];
        let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
        let between = first.end.min(second.start)..second.start;
        [0..first.start, between, first.end.max(second.end)..self.length].into_iter()
    }
}

/// A shared passage: of one text and of the other.
pub(super) struct Found {
    pub a: Span,
    pub b: Span,
    pub characters: usize,
    pub nearness: f32,
    /// Where the two differ inside; one of the two may be empty, not both.
    pub changes: Vec<(Span, Span)>,
}

/// Passages of `a` and `b`, by where they stand in `a`; no two of them overlap in
/// either.
pub(super) fn passages(a: &[Token], b: &[Token], options: &Options) -> Vec<Found> {
    let mut chains = Chains::new(runs(a, b), options.gap);
    let mut found = Vec::new();
    while let Some(chain) = chains.best(options.shortest) {
        for links in near_enough(&chain, options) {
            let (of_a, of_b) = extent(links);
            found.push(Found {
                a: cover(a, &of_a),
                b: cover(b, &of_b),
                characters: counted(links),
                nearness: nearness(links),
                changes: links.windows(2).filter_map(|pair| change(a, b, pair)).collect(),
            });
            if options.gap >= ANCHOR {
                chains.part(&of_a, &of_b);
            }
            for run in chains.take(|run| run.meets(&of_a, &of_b)) {
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

/// What of a chain is a passage: all of it, if it is near enough, or else what is
/// left and right of its widest gap, and so on.
fn near_enough<'c>(chain: &'c [Run], options: &Options) -> Vec<&'c [Run]> {
    let mut parts = vec![chain];
    let mut passages = Vec::new();
    while let Some(links) = parts.pop() {
        let anchored = links.iter().any(|run| run.length >= ANCHOR && run.counted > 0);
        if counted(links) < options.shortest || !anchored {
            continue;
        }
        if nearness(links) >= options.nearest {
            passages.push(links);
        } else if links.len() > 1 {
            let (left, right) = links.split_at(widest_gap(links));
            parts.extend([right, left]);
        }
    }
    passages
}

/// From the first run to the last, in both texts.
fn extent(links: &[Run]) -> (Range<usize>, Range<usize>) {
    let (first, last) = (links[0], links[links.len() - 1]);
    (first.a..last.a + last.length, first.b..last.b + last.length)
}

fn counted(links: &[Run]) -> usize {
    links.iter().map(|run| run.counted).sum()
}

/// What part of the longer of the two both have.
fn nearness(links: &[Run]) -> f32 {
    let (of_a, of_b) = extent(links);
    let matched: usize = links.iter().map(|run| run.length).sum();
    matched as f32 / of_a.len().max(of_b.len()) as f32
}

/// Before which of the runs the gap is the widest, in either text; of those as
/// wide the first.
fn widest_gap(links: &[Run]) -> usize {
    let gap = |&at: &usize| {
        let (one, next) = (links[at - 1], links[at]);
        (next.a - one.a - one.length).max(next.b - one.b - one.length)
    };
    (1..links.len()).rev().max_by_key(gap).unwrap_or(0)
}

fn cover(tokens: &[Token], range: &Range<usize>) -> Span {
    Span { start: tokens[range.start].span.start, end: tokens[range.end - 1].span.end }
}

/// What stands between two runs, in both; none if that is nothing but a clause that
/// was left out.
fn change(a: &[Token], b: &[Token], pair: &[Run]) -> Option<(Span, Span)> {
    let between = |tokens: &[Token], from: usize, to: usize| match from < to {
        true => cover(tokens, &(from..to)),
        // Nothing: where it would stand.
        false => Span { start: tokens[to].span.start, end: tokens[to].span.start },
    };
    let (one, next) = (pair[0], pair[1]);
    let (end_a, end_b) = (one.a + one.length, one.b + one.length);
    let differ = end_a < next.a || end_b < next.b;
    differ.then(|| (between(a, end_a, next.a), between(b, end_b, next.b)))
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
            if !met {
                runs.push(run_from(a, b, at - back, other - back));
            }
        }
    }
    runs.sort_by_key(|run: &Run| Reverse(run.length));
    runs.truncate(RUNS);
    runs.sort_by_key(|run| (run.a, run.b));
    runs
}

fn features(run: &[Token]) -> [Feature; RUN] {
    std::array::from_fn(|n| run[n].feature)
}

fn same(a: &Token, b: &Token) -> bool {
    a.feature == b.feature
}

/// As far as it goes.
fn run_from(a: &[Token], b: &[Token], at: usize, other: usize) -> Run {
    let pairs = a[at..].iter().zip(&b[other..]).enumerate();
    let goes_on =
        |(n, (a, b)): &(usize, (&Token, &Token))| same(a, b) && (*n == 0 || !a.apart && !b.apart);
    let length = pairs.take_while(goes_on).count();
    run_at(a, b, at, other, length)
}

fn run_at(a: &[Token], b: &[Token], at: usize, other: usize, length: usize) -> Run {
    let pairs = a[at..at + length].iter().zip(&b[other..]);
    let counted = pairs.filter(|(a, b)| !a.masked && !b.masked).count();
    Run { a: at, b: other, length, counted }
}

/// Runs, and which go on with which.
struct Chains {
    /// By where they stand.
    runs: Vec<Run>,
    /// For each run those that it may follow, the last ones first: it begins
    /// behind them in both texts, at most a gap away.
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
            (0..at).rev().filter(is_followed).take(FOLLOWED).collect()
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

    /// From now on no run goes on with one on the other side of a passage.
    fn part(&mut self, of_a: &Range<usize>, of_b: &Range<usize>) {
        for (run, follows) in self.runs.iter().zip(&mut self.follows) {
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

    /// Leaves these out from now on, and gives them.
    fn take(&mut self, which: impl Fn(&Run) -> bool) -> Vec<Run> {
        let left =
            self.runs.iter().zip(&mut self.taken).filter(|(run, taken)| !**taken && which(run));
        left.map(|(&run, taken)| {
            *taken = true;
            run
        })
        .collect()
    }

    /// Adds runs that go on with no other.
    fn add(&mut self, runs: impl Iterator<Item = Run>) {
        let room = (2 * RUNS).saturating_sub(self.runs.len());
        self.runs.extend(runs.take(room));
        self.follows.resize(self.runs.len(), Vec::new());
        self.taken.resize(self.runs.len(), false);
    }
}
