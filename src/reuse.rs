//! 文本复用 — passages that stand in several measures, word for word or nearly.
//!
//! Chinese measures share runs of some dozen characters, with a word put in or a
//! figure changed. So passages are counted in characters: at least 12, in runs
//! that go on behind a gap of up to 6. Titles in 《》, and the names of
//! instruments, agencies and platforms, may lie in a passage but do not count,
//! nor does what more than half of all documents say, if these are at least 20:
//! who names the same law has taken nothing over. A run of Latin letters or
//! digits counts as one character. Which text took from which, no text says:
//! dates tell which is older.
//!
//! [`near_duplicates`] finds measures whose wording is nearly the same as a whole.
//!
//! ```
//! use policygraph::builtin;
//! use policygraph::reuse::{Fingerprints, Options};
//!
//! let prints = Fingerprints::new(builtin());
//! let measure = builtin().measure("sx-2025/11").unwrap().id();
//! let found = prints.of_measure(measure, &Options::default());
//! let text = |id| &builtin().at(builtin().document_of(id)).record().text;
//! assert_eq!(found[0].there.slice(text(found[0].measure)), "检验每批次用量从全项检验用量的3倍减为2倍");
//! assert_eq!(found[0].nearness, 1.0);
//! ```

mod near;
mod passages;
mod tokens;

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

use fixedbitset::FixedBitSet;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::{DocId, Graph, MeasureId, MeasureRef, MeasureSet};
use crate::parallel;
use crate::text::Span;
pub use near::{NearDuplicate, near_duplicates};
use passages::passages;
use tokens::{GRAM, Token, counted_grams, grams, tokens, winnowed};

/// What more than one document in so many says does not count, if at least
/// [`FEW`] say it.
const COMMON: usize = 2;

/// So few documents say nothing common: of a handful on one policy, what most of
/// them have taken over is what is looked for.
const FEW: usize = 20;

/// 指纹 — an index of passages over the measures of a graph.
///
/// It keeps about every third run of 6 characters, some 600 bytes a measure; a
/// run of 10 characters or more that two measures share is always met, if some
/// of it counts and it does not stand more than 16 times in one of them. Of two
/// texts the longest 2,000 shared runs are put together, each behind one of the 64
/// before it, which bounds the time that a pair takes by some hundred
/// milliseconds. Building takes about 2 kB a measure for a while. `G` is how it
/// holds the graph, as with [`similar::Index`](crate::similar::Index).
pub struct Fingerprints<G> {
    graph: G,
    /// Fingerprints and the measures that have them, ascending.
    prints: Vec<(u32, MeasureId)>,
    /// Fingerprints that very many documents have.
    common: FxHashSet<u32>,
}

/// What is a passage, and where to look for it.
///
/// ```
/// use policygraph::builtin;
/// use policygraph::reuse::{Fingerprints, Options};
///
/// let prints = Fingerprints::new(builtin());
/// let document = builtin().document("nm-2025-18").unwrap().id();
/// let long = Options { shortest: 20, ..Options::default() };
/// assert!(prints.of_document(document, &long).iter().all(|passage| passage.characters >= 20));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The fewest characters that count; 12.
    pub shortest: usize,
    /// The most characters that may stand between two runs, in each text; 6.
    pub gap: usize,
    /// The least nearness, in 0..=1; 0.6.
    pub nearest: f32,
    /// Only in these measures.
    pub among: Option<&'a MeasureSet>,
    /// Whether the document itself is left out; it is.
    pub elsewhere: bool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { shortest: 12, gap: 6, nearest: 0.6, among: None, elsewhere: true }
    }
}

/// 重合段落 — a passage that two measures share.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The measure that was asked for.
    pub asked: MeasureId,
    /// Where the passage stands in the text of its document.
    pub here: Span,
    /// The other measure.
    pub measure: MeasureId,
    /// Where the passage stands in the text of that one's document.
    pub there: Span,
    /// How many characters both have, names and titles not counted.
    pub characters: usize,
    /// What part of the longer wording both have, in 0..=1; 1 is word for word,
    /// but for marks and spaces.
    pub nearness: f32,
    /// Where the two differ: here and there; one of the two may be empty, not both.
    /// A changed figure is one of these.
    pub changes: Vec<(Span, Span)>,
    /// Whether the other document is dated earlier (`Less`), later or on the same
    /// day; none if a date is missing or the two cannot be told apart, as days of
    /// one month.
    pub dated: Option<Ordering>,
}

impl<G: Deref<Target = Graph>> Fingerprints<G> {
    /// Indexes all measures of the graph, on all cores. Linear in the text, but
    /// for a sort.
    pub fn new(graph: G) -> Self {
        let inner: &Graph = &graph;
        let documents: Vec<DocId> = inner.documents().collect();
        let said = parallel::map(&documents, |&document| {
            let measures = inner.measures_of(document);
            let prints = measures.flat_map(|measure| {
                let tokens = tokens(inner.at(measure));
                counted_grams(&tokens).map(|gram| gram.1).collect::<Vec<_>>()
            });
            let mut all: Vec<u32> = prints.collect();
            all.sort_unstable();
            all.dedup();
            all
        });
        let mut said: Vec<u32> = said.into_iter().flatten().collect();
        said.sort_unstable();
        let most = (documents.len() / COMMON).max(FEW - 1);
        let common = said.chunk_by(|a, b| a == b).filter(|same| same.len() > most);
        let common: FxHashSet<u32> = common.map(|same| same[0]).collect();
        drop(said);
        // What is common goes before a few are kept, so that some of the rest are.
        let kept = parallel::map(&documents, |&document| {
            let measures = inner.measures_of(document);
            let prints = measures.flat_map(|measure| {
                let tokens = masked(inner.at(measure), &common);
                let kept = winnowed(&counted_grams(&tokens).collect::<Vec<_>>(), tokens.len());
                kept.into_iter().map(move |(_, print)| (print, measure))
            });
            prints.collect::<Vec<_>>()
        });
        let mut prints: Vec<(u32, MeasureId)> = kept.into_iter().flatten().collect();
        prints.sort_unstable();
        prints.dedup();
        Fingerprints { graph, prints, common }
    }

    /// The graph whose measures these are.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The passages of a measure that stand elsewhere: most characters first,
    /// then nearest, then by the other measure and where they stand. What one
    /// measure shares with another, the other shares with it; of the passages of
    /// two measures no two overlap.
    pub fn of_measure(&self, measure: MeasureId, options: &Options) -> Vec<Passage> {
        let mut found = self.passages(measure, options);
        sort(&mut found);
        found
    }

    /// The passages of all measures of a document, in the order of
    /// [`of_measure`](Self::of_measure).
    pub fn of_document(&self, document: DocId, options: &Options) -> Vec<Passage> {
        let measures = self.graph.measures_of(document);
        let mut found: Vec<Passage> =
            measures.flat_map(|measure| self.passages(measure, options)).collect();
        sort(&mut found);
        found
    }

    /// How much of what a document says stands in each other one: the part of its
    /// characters that count, in 0..=1, greatest first, ties by document. Those
    /// with nothing in common are left out.
    ///
    /// ```
    /// use policygraph::builtin;
    /// use policygraph::reuse::{Fingerprints, Options};
    ///
    /// let prints = Fingerprints::new(builtin());
    /// let document = builtin().document("nm-2025-18").unwrap().id();
    /// let (other, part) = prints.shares(document, &Options::default())[0];
    /// assert_eq!(builtin().at(other).key(), "sx-2025");
    /// assert!(part > 0.02 && part < 0.2);
    /// ```
    pub fn shares(&self, document: DocId, options: &Options) -> Vec<(DocId, f32)> {
        let mut counted: Vec<Span> = Vec::new();
        for measure in self.graph.measures_of(document) {
            let tokens = self.tokens(measure);
            counted.extend(tokens.iter().filter(|token| !token.masked).map(|token| token.span));
        }
        let mut taken: FxHashMap<DocId, FixedBitSet> = FxHashMap::default();
        for passage in self.of_document(document, options) {
            let other = self.graph.document_of(passage.measure);
            let taken =
                taken.entry(other).or_insert_with(|| FixedBitSet::with_capacity(counted.len()));
            let mut changes = passage.changes.iter().map(|change| change.0).peekable();
            let first = counted.partition_point(|span| span.start < passage.here.start);
            let held = counted[first..].iter().take_while(|&&span| passage.here.holds(span));
            for (at, &span) in (first..).zip(held) {
                while changes.next_if(|change| change.end <= span.start).is_some() {}
                if !changes.peek().is_some_and(|change| change.holds(span)) {
                    taken.insert(at);
                }
            }
        }
        let part = |taken: FixedBitSet| taken.count_ones(..) as f32 / counted.len().max(1) as f32;
        let mut shares: Vec<(DocId, f32)> =
            taken.into_iter().map(|(other, taken)| (other, part(taken))).collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shares
    }

    fn passages(&self, measure: MeasureId, options: &Options) -> Vec<Passage> {
        let own = self.tokens(measure);
        let document = self.graph.document_of(measure);
        let mut others: Vec<MeasureId> = Vec::new();
        // What is masked here may count there.
        for (_, print) in grams(&own) {
            let start = self.prints.partition_point(|of| of.0 < print);
            let same = self.prints[start..].iter().take_while(|of| of.0 == print);
            others.extend(same.map(|of| of.1));
        }
        others.sort_unstable();
        others.dedup();
        others.retain(|&other| {
            other != measure
                && !(options.elsewhere && self.graph.document_of(other) == document)
                && options.among.is_none_or(|among| among.contains(other))
        });
        let mut all = Vec::new();
        for other in others {
            let tokens = self.tokens(other);
            // Always in one order, so that both sides find the same.
            let turned = other < measure;
            let found = match turned {
                false => passages(&own, &tokens, options),
                true => passages(&tokens, &own, options),
            };
            for found in found {
                let turn = |pair: (Span, Span)| if turned { (pair.1, pair.0) } else { pair };
                let (here, there) = turn((found.a, found.b));
                all.push(Passage {
                    asked: measure,
                    here,
                    measure: other,
                    there,
                    characters: found.characters,
                    nearness: found.nearness,
                    changes: found.changes.into_iter().map(turn).collect(),
                    dated: self.dated(self.graph.document_of(other), document),
                });
            }
        }
        all
    }

    fn tokens(&self, measure: MeasureId) -> Vec<Token> {
        masked(self.graph.at(measure), &self.common)
    }

    fn dated(&self, a: DocId, b: DocId) -> Option<Ordering> {
        let day = |document: DocId| {
            self.graph.at(document).record().dates.issued().map(|date| date.value)
        };
        let (a, b) = (day(a)?, day(b)?);
        if a.last_day() < b.first_day() {
            Some(Ordering::Less)
        } else if b.last_day() < a.first_day() {
            Some(Ordering::Greater)
        } else {
            (a == b && a.date().is_some()).then_some(Ordering::Equal)
        }
    }
}

/// The tokens of a measure, those masked that are common.
fn masked(measure: MeasureRef<'_>, common: &FxHashSet<u32>) -> Vec<Token> {
    let mut tokens = tokens(measure);
    let common = |(at, print)| common.contains(&print).then_some(at);
    let starts: Vec<usize> = counted_grams(&tokens).filter_map(common).collect();
    for start in starts {
        tokens[start..start + GRAM].iter_mut().for_each(|token| token.masked = true);
    }
    tokens
}

fn sort(passages: &mut [Passage]) {
    passages.sort_by(|a, b| {
        let places = |of: &Passage| (of.measure, of.asked, of.here.start, of.there.start);
        b.characters
            .cmp(&a.characters)
            .then(b.nearness.total_cmp(&a.nearness))
            .then(places(a).cmp(&places(b)))
    });
}

/// Its size, not its content.
impl<G> fmt::Debug for Fingerprints<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fingerprints").field("prints", &self.prints.len()).finish_non_exhaustive()
    }
}
