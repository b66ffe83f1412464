//! Text reuse (文本复用): passages that several measures share, exactly or nearly.
//!
//! Chinese measures share runs of a dozen characters or more, with a word inserted or a
//! number changed. A passage has at least 12 common characters, in runs with gaps of up
//! to 6. Some text may be part of a passage but does not count, as measures that cite the
//! same law did not copy from each other: titles in 《》, names of instruments, agencies
//! and platforms, and runs that more than half of all documents contain, in a corpus of
//! at least 20. A run of Latin letters or digits counts as one character. The direction of
//! reuse is not known; dates tell which document is older.
//!
//! [`near_duplicates`] finds pairs of measures with nearly the same wording as a whole, and
//! [`Shingles`] the same pairs of a corpus on several machines.
//!
//! ```
//! use policygraph::builtin;
//! use policygraph::reuse::{Fingerprints, PassageOptions};
//!
//! let prints = Fingerprints::new(builtin());
//! let measure = builtin().measure("sx-2025/11").unwrap().id();
//! let found = prints.of_measure(measure, &PassageOptions::default());
//! let text = |id| &builtin().at(builtin().document_of(id)).record().text;
//! assert_eq!(found[0].match_span.slice(text(found[0].measure)), "检验每批次用量从全项检验用量的3倍减为2倍");
//! assert_eq!(found[0].similarity, 1.0);
//! ```

mod keyed;
mod threshold;
mod shingles;
mod near;
mod passages;
mod tokens;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use fixedbitset::FixedBitSet;

use crate::graph::{DocId, Graph, MeasureId, MeasureRef, MeasureSet};
use crate::parallel;
use crate::text::Span;
pub use near::{NearDuplicate, near_duplicates};
use passages::passages;
pub use shingles::{Shingle, ShingleOrder, Shingles};
use tokens::{GRAM, PassageToken, counted_grams, grams, tokens, winnowed};

/// A run is boilerplate if more than one document in this many contains it.
const BOILERPLATE_SHARE: usize = 2;

/// Below this many documents nothing is masked as boilerplate: in a small corpus the
/// widely shared text is the answer.
const MIN_BOILERPLATE_DOCUMENTS: usize = 20;

/// An index of fingerprints (指纹) over the measures of a graph.
///
/// It keeps about every third run of 6 characters, some 600 bytes for each measure. A
/// common run of at least 10 characters is always found, if some of it counts and neither
/// measure contains it more than 16 times. Of two texts the 2,000 longest common runs are
/// chained, each to one of the 64 before it, so that a pair takes at most some hundred
/// milliseconds. Building takes about 2 kB of memory for each measure. `G` holds the
/// graph, as in [`similar::Index`](crate::similar::Index).
pub struct Fingerprints<G> {
    graph: G,
    /// Fingerprints with the measures that contain them, ascending.
    prints: Vec<(u32, MeasureId)>,
    /// Fingerprints of boilerplate, ascending.
    boilerplate: Vec<u32>,
}

/// Options of a passage search: what counts as a passage, and where to search. Each setter
/// has the name of its field; the struct may grow.
///
/// ```
/// use policygraph::builtin;
/// use policygraph::reuse::{Fingerprints, PassageOptions};
///
/// let prints = Fingerprints::new(builtin());
/// let document = builtin().document("nm-2025-18").unwrap().id();
/// let long = PassageOptions::default().min_chars(20);
/// assert!(prints.of_document(document, &long).iter().all(|passage| passage.chars >= 20));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PassageOptions<'a> {
    /// Minimum number of common characters that count; 12.
    pub min_chars: usize,
    /// Maximum number of characters between two runs, in each text; 6.
    pub max_gap: usize,
    /// Minimum similarity, in 0..=1; 0.6.
    pub min_similarity: f32,
    /// Measures to search; all.
    pub among: Option<&'a MeasureSet>,
    /// Leaves out measures of the query's own document; true.
    pub exclude_own_document: bool,
}

impl Default for PassageOptions<'_> {
    fn default() -> Self {
        PassageOptions {
            min_chars: 12,
            max_gap: 6,
            min_similarity: 0.6,
            among: None,
            exclude_own_document: true,
        }
    }
}

impl<'a> PassageOptions<'a> {
    /// Sets the minimum number of common characters that count.
    pub fn min_chars(mut self, min_chars: usize) -> Self {
        self.min_chars = min_chars;
        self
    }

    /// Sets the maximum number of characters between two runs, in each text.
    pub fn max_gap(mut self, max_gap: usize) -> Self {
        self.max_gap = max_gap;
        self
    }

    /// Sets the minimum similarity, in 0..=1.
    pub fn min_similarity(mut self, min_similarity: f32) -> Self {
        self.min_similarity = min_similarity;
        self
    }

    /// Searches only these measures.
    pub fn among(mut self, among: &'a MeasureSet) -> Self {
        self.among = Some(among);
        self
    }

    /// Leaves out the measures of the query's own document, if true.
    pub fn exclude_own_document(mut self, exclude: bool) -> Self {
        self.exclude_own_document = exclude;
        self
    }
}

/// A passage (重合段落) that two measures share.
///
/// With [`Graph::keyed`] it serialises with the measures by their keys.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Passage {
    /// The measure of the query.
    pub query: MeasureId,
    /// Span of the passage in the text of the query's document.
    pub query_span: Span,
    /// The other measure.
    pub measure: MeasureId,
    /// Span of the passage in the text of the other measure's document.
    pub match_span: Span,
    /// Number of common characters, without names, titles and boilerplate.
    pub chars: usize,
    /// Common part of the longer wording, in 0..=1; 1 if they differ only in punctuation
    /// and white space.
    pub similarity: f32,
    /// Differing spans, in the query and in the match; one of the two may be empty. A
    /// changed number is one of these.
    pub changes: Vec<(Span, Span)>,
    /// Order of the date of the match's document relative to the query's: `Less` if it is
    /// older. None if a date is missing, or if the order is unknown, as of two dates in
    /// one month without days.
    pub dated: Option<Ordering>,
}

#[cfg(feature = "report")]
impl Passage {
    /// Returns the passage with the other measure as the query.
    pub(crate) fn reversed(&self) -> Passage {
        Passage {
            query: self.measure,
            query_span: self.match_span,
            measure: self.query,
            match_span: self.query_span,
            changes: self.changes.iter().map(|&(own, other)| (other, own)).collect(),
            dated: self.dated.map(Ordering::reverse),
            ..self.clone()
        }
    }
}

impl<G: Deref<Target = Graph>> Fingerprints<G> {
    /// Indexes all measures of the graph, in parallel. O(n log n) in the text.
    pub fn new(graph: G) -> Self {
        let inner: &Graph = &graph;
        let documents: Vec<DocId> = inner.documents().collect();
        let prints_of_documents = parallel::map(&documents, |&document| {
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
        let mut all: Vec<u32> = prints_of_documents.into_iter().flatten().collect();
        all.sort_unstable();
        let max = (documents.len() / BOILERPLATE_SHARE).max(MIN_BOILERPLATE_DOCUMENTS - 1);
        let boilerplate = all.chunk_by(|a, b| a == b).filter(|same| same.len() > max);
        let boilerplate: Vec<u32> = boilerplate.map(|same| same[0]).collect();
        drop(all);
        // Boilerplate is masked before winnowing, which would otherwise select it.
        let kept = parallel::map(&documents, |&document| {
            let measures = inner.measures_of(document);
            let prints = measures.flat_map(|measure| {
                let tokens = masked(inner.at(measure), &boilerplate);
                let kept = winnowed(&counted_grams(&tokens).collect::<Vec<_>>(), tokens.len());
                kept.into_iter().map(move |(_, print)| (print, measure))
            });
            prints.collect::<Vec<_>>()
        });
        let mut prints: Vec<(u32, MeasureId)> = kept.into_iter().flatten().collect();
        prints.sort_unstable();
        prints.dedup();
        Fingerprints { graph, prints, boilerplate }
    }

    /// Returns the indexed graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Returns the passages that a measure shares with others, by descending number of
    /// characters, then by descending similarity, then by the other measure and position.
    /// The result is symmetric: the other measure has the same passages. The passages of a
    /// pair of measures do not overlap.
    pub fn of_measure(&self, measure: MeasureId, options: &PassageOptions) -> Vec<Passage> {
        let mut found = self.passages(measure, options);
        sort(&mut found);
        found
    }

    /// Returns the passages of all measures of a document, in the order of
    /// [`of_measure`](Self::of_measure).
    pub fn of_document(&self, document: DocId, options: &PassageOptions) -> Vec<Passage> {
        let measures = self.graph.measures_of(document);
        let mut found: Vec<Passage> =
            measures.flat_map(|measure| self.passages(measure, options)).collect();
        sort(&mut found);
        found
    }

    /// Returns the share of a document that each other document contains: of its
    /// characters that count, in 0..=1, by descending share, ties by document. Documents
    /// with nothing in common are left out.
    ///
    /// ```
    /// use policygraph::builtin;
    /// use policygraph::reuse::{Fingerprints, PassageOptions};
    ///
    /// let prints = Fingerprints::new(builtin());
    /// let document = builtin().document("nm-2025-18").unwrap().id();
    /// let (other, part) = prints.shares(document, &PassageOptions::default())[0];
    /// assert_eq!(builtin().at(other).key(), "sx-2025");
    /// assert!(part > 0.02 && part < 0.2);
    /// ```
    pub fn shares(&self, document: DocId, options: &PassageOptions) -> Vec<(DocId, f32)> {
        self.shares_of(document, &self.of_document(document, options))
    }

    /// Returns the shares of a document as [`shares`](Self::shares) does.
    ///
    /// * `passages`: those of the document, which is the query.
    pub(crate) fn shares_of(&self, document: DocId, passages: &[Passage]) -> Vec<(DocId, f32)> {
        let mut counted: Vec<Span> = Vec::new();
        for measure in self.graph.measures_of(document) {
            let tokens = self.tokens(measure);
            counted.extend(tokens.iter().filter(|token| !token.masked).map(|token| token.span));
        }
        let mut reused: BTreeMap<DocId, FixedBitSet> = BTreeMap::new();
        for passage in passages {
            let other = self.graph.document_of(passage.measure);
            let reused =
                reused.entry(other).or_insert_with(|| FixedBitSet::with_capacity(counted.len()));
            let mut changes = passage.changes.iter().map(|change| change.0).peekable();
            let first = counted.partition_point(|span| span.start < passage.query_span.start);
            let held = counted[first..].iter().take_while(|&&span| passage.query_span.holds(span));
            for (at, &span) in (first..).zip(held) {
                while changes.next_if(|change| change.end <= span.start).is_some() {}
                if !changes.peek().is_some_and(|change| change.holds(span)) {
                    reused.insert(at);
                }
            }
        }
        let share =
            |reused: FixedBitSet| reused.count_ones(..) as f32 / counted.len().max(1) as f32;
        let mut shares: Vec<(DocId, f32)> =
            reused.into_iter().map(|(other, reused)| (other, share(reused))).collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shares
    }

    /// Returns the documents of the pairs with most common fingerprints, as a share of the shorter
    /// document; at most `limit`, ascending.
    ///
    /// A fingerprint of many documents counts for a few pairs of them, so that the work is linear in the
    /// fingerprints.
    #[cfg(feature = "report")]
    pub(crate) fn closest_documents(&self, limit: usize) -> Vec<DocId> {
        /// Number of documents after each with which it has a pair for one fingerprint.
        const NEXT: usize = 4;
        let mut sizes: BTreeMap<DocId, usize> = BTreeMap::new();
        let mut common: Vec<(DocId, DocId)> = Vec::new();
        for same in self.prints.chunk_by(|one, other| one.0 == other.0) {
            let documents = same.iter().map(|(_, measure)| self.graph.document_of(*measure));
            let mut documents: Vec<DocId> = documents.collect();
            documents.sort_unstable();
            documents.dedup();
            for (n, &one) in documents.iter().enumerate() {
                *sizes.entry(one).or_default() += 1;
                common.extend(documents[n + 1..].iter().take(NEXT).map(|&other| (one, other)));
            }
        }
        common.sort_unstable();
        let mut pairs: Vec<(usize, usize, DocId, DocId)> = common
            .chunk_by(|one, other| one == other)
            .map(|same| {
                let (one, other) = same[0];
                let share = same.len() * 1000 / sizes[&one].min(sizes[&other]);
                (share, same.len(), one, other)
            })
            .collect();
        pairs.sort_unstable_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.cmp(b)));
        let mut closest: std::collections::BTreeSet<DocId> = Default::default();
        for (.., one, other) in pairs {
            let new = [one, other].iter().filter(|document| !closest.contains(document)).count();
            if closest.len() + new > limit {
                break;
            }
            closest.extend([one, other]);
        }
        closest.into_iter().collect()
    }

    /// Returns the passages that measures of some documents share with those of the others, each once, in
    /// the order of [`of_measure`](Self::of_measure); the query is the measure with the lower id. The
    /// tokens of a measure are made once.
    #[cfg(feature = "report")]
    pub(crate) fn between(&self, documents: &[DocId], options: &PassageOptions) -> Vec<Passage> {
        let measures = documents.iter().flat_map(|&document| self.graph.measures_of(document));
        let measures: Vec<MeasureId> = measures.collect();
        let tokens: BTreeMap<MeasureId, Vec<PassageToken>> =
            measures.iter().map(|&measure| (measure, self.tokens(measure))).collect();
        let is_own = |of: &&(u32, MeasureId)| tokens.contains_key(&of.1);
        let prints: Vec<(u32, MeasureId)> = self.prints.iter().filter(is_own).copied().collect();
        let mut found: Vec<Passage> = Vec::new();
        for (&measure, own) in &tokens {
            let mut others = self.candidates(&prints, measure, own, options);
            others.retain(|&other| measure < other);
            let of_pair = |other| self.of_pair((measure, own), (other, &tokens[&other]), options);
            found.extend(others.into_iter().flat_map(of_pair));
        }
        sort(&mut found);
        found
    }

    fn passages(&self, measure: MeasureId, options: &PassageOptions) -> Vec<Passage> {
        let own = self.tokens(measure);
        let others = self.candidates(&self.prints, measure, &own, options);
        let of_pair = |other| self.of_pair((measure, &own), (other, &self.tokens(other)), options);
        others.into_iter().flat_map(of_pair).collect()
    }

    /// Returns the measures with a common fingerprint, ascending.
    fn candidates(
        &self,
        prints: &[(u32, MeasureId)],
        measure: MeasureId,
        own: &[PassageToken],
        options: &PassageOptions,
    ) -> Vec<MeasureId> {
        let document = self.graph.document_of(measure);
        let mut others: Vec<MeasureId> = Vec::new();
        // Masked runs too: they may count in the other measure.
        for (_, print) in grams(own) {
            let start = prints.partition_point(|of| of.0 < print);
            let same = prints[start..].iter().take_while(|of| of.0 == print);
            others.extend(same.map(|of| of.1));
        }
        others.sort_unstable();
        others.dedup();
        others.retain(|&other| {
            other != measure
                && !(options.exclude_own_document && self.graph.document_of(other) == document)
                && options.among.is_none_or(|among| among.contains(other))
        });
        others
    }

    /// Returns the passages of two measures, by position.
    fn of_pair(
        &self,
        (measure, own): (MeasureId, &[PassageToken]),
        (other, tokens): (MeasureId, &[PassageToken]),
        options: &PassageOptions,
    ) -> Vec<Passage> {
        // Always in id order, so that the result is symmetric.
        let swapped = other < measure;
        let found = match swapped {
            false => passages(own, tokens, options),
            true => passages(tokens, own, options),
        };
        let [document, of_other] = [measure, other].map(|id| self.graph.document_of(id));
        let orient = |pair: (Span, Span)| if swapped { (pair.1, pair.0) } else { pair };
        let passage = |found: passages::CommonPassage| {
            let (query_span, match_span) = orient((found.a, found.b));
            Passage {
                query: measure,
                query_span,
                measure: other,
                match_span,
                chars: found.chars,
                similarity: found.similarity,
                changes: found.changes.into_iter().map(orient).collect(),
                dated: self.dated(of_other, document),
            }
        };
        found.into_iter().map(passage).collect()
    }

    fn tokens(&self, measure: MeasureId) -> Vec<PassageToken> {
        masked(self.graph.at(measure), &self.boilerplate)
    }

    /// Returns the order of the dates of two documents, if it is known.
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

/// Returns the tokens of a measure, with boilerplate masked.
fn masked(measure: MeasureRef<'_>, boilerplate: &[u32]) -> Vec<PassageToken> {
    let mut tokens = tokens(measure);
    let start = |(at, print)| boilerplate.binary_search(&print).is_ok().then_some(at);
    let starts: Vec<usize> = counted_grams(&tokens).filter_map(start).collect();
    for start in starts {
        tokens[start..start + GRAM].iter_mut().for_each(|token| token.masked = true);
    }
    tokens
}

fn sort(passages: &mut [Passage]) {
    passages.sort_by(|a, b| {
        let places =
            |of: &Passage| (of.measure, of.query, of.query_span.start, of.match_span.start);
        b.chars
            .cmp(&a.chars)
            .then(b.similarity.total_cmp(&a.similarity))
            .then(places(a).cmp(&places(b)))
    });
}

/// Prints the number of fingerprints, not the content.
impl<G> fmt::Debug for Fingerprints<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fingerprints").field("prints", &self.prints.len()).finish_non_exhaustive()
    }
}
