//! Similar measures (相似措施): ranked search with an explanation of each match.
//!
//! A measure is a vector of the features of two [fields](Field):
//!
//! - *words*: characters and pairs of characters. The heading counts twice;
//!   responsibility clauses are left out.
//! - *subject*: concepts and topics, so that 首违不罚 and 免予处罚 match.
//!
//! The weight of a feature is
//!
//! ```text
//! ln(1 + count) · √(rarity among the measures of its document) · √(rarity in the corpus)
//! ```
//!
//! and the score of two measures is the cosine of their vectors: 1 for a measure and
//! itself, 0 for nothing in common. A feature of all measures of a document (药品,
//! 人工智能) is the field of the document, and does not tell its measures apart. The
//! subject has no fixed share of the score: it weighs as much as the vocabulary covers of
//! the two texts, and a field of policy that the vocabulary does not know is compared by
//! its words.
//!
//! A score is a sum over shared terms. [`Match::explanation`] lists what each term
//! contributes, pairs sentences and numeric targets, and tells how much comes from a
//! policy that both documents implement. Similarity is evidence of a common source,
//! not of one measure implementing the other. Scores compare the candidates of a query;
//! they are low: of the pairs of measures of unrelated seed documents, 2 % reach 0.13.
//!
//! nDCG@10 is 0.906 on 64 queries about drugs and devices (three seed documents; the best
//! of BM25 and TF-IDF reaches 0.858) and 0.911 on 45 queries about companies that use
//! artificial intelligence (three documents of cities and provinces; 0.863). A difference
//! below 0.03 may be chance. Both fields were in view when the weights were chosen, so a
//! field that nobody measured may do less well. `docs/accuracy.md` has the contribution of
//! each part, and what was tried without gain.
//!
//! ```
//! use policygraph::similar::{Index, SearchOptions};
//! use policygraph::{Lexicon, builtin};
//!
//! let index = Index::new(builtin(), Lexicon::builtin());
//! let measure = builtin().measure("sx-2025/9").unwrap().id();
//!
//! let best = &index.similar_to(measure, &SearchOptions::default())[0];
//! assert_eq!(builtin().at(best.measure).key().to_string(), "nm-2025-18/4");
//! let term = best.explanation.contributions[0].term;
//! assert_eq!(term.text(), "在已开展优化临床试验审评审批试点地区开展临床试验");
//! ```

mod options;
mod index;
mod explain;
mod align;
mod coverage;
mod versions;
mod scorer;
mod keyed;

use std::fmt;
use std::ops::Deref;
use std::sync::Mutex;

pub use crate::features::{Feature, Field, features, provision_text};
pub use align::{Aligned, Alignment};
pub use coverage::{Cell, Coverage, CoverageLevel, coverage};
pub use explain::explanation::{Contribution, Explanation, Term};
pub use explain::sentences::SentencePair;
pub use explain::targets::TargetPair;
pub use options::SearchOptions;
pub use scorer::{Embeddings, Fused, Scorer, rerank};
pub use versions::{MeasureChange, changes};

use explain::explanation::{PreparedQuery, PreparedText, pieces};
use explain::phrases::Piece;
use explain::sentences::{Sentence, sentences};
use index::featurize::Featurizer;
use index::query::QueryVector;
use index::search::{Scratch, Search};
use index::top_k::TopK;
use index::weighted::WeightedSegment;
use index::weights::{Query, Statistics};

use crate::features::{Bag, Kind, Vector, parts, text_impacts, vector};
use crate::graph::{DocId, Graph, Id, MeasureId};

/// A restricted search scores its candidates one by one if they are fewer than the
/// measures of the graph by this factor.
const DIRECT_SCORING_RATIO: usize = 16;

/// A similarity index (相似检索) over the measures of a graph.
///
/// Immutable, shared by any number of threads, and exact: no measure left out of a
/// ranking scores higher than one in it.
///
/// `G` holds the graph: `&Graph`, or a shared `Arc<Graph>`.
pub struct Index<G> {
    graph: G,
    featurizer: Featurizer,
    statistics: Statistics,
    segments: Vec<WeightedSegment>,
    /// For each measure: its segment, and its number there.
    locations: Box<[(u32, u32)]>,
    /// Scratch buffers, one for each query that ran at the same time.
    scratch: Mutex<Vec<Scratch>>,
}

/// A measure found by a search.
///
/// With [`Graph::keyed`] it serialises as `{measure, score, explanation}`, with the
/// measure by its key.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Match<'i> {
    /// The measure that was found.
    pub measure: MeasureId,
    /// Similarity to the query, above 0 and at most 1.
    pub score: f32,
    /// Reasons for the score; empty unless [`SearchOptions::explain`].
    pub explanation: Explanation<'i>,
}

impl<G: Deref<Target = Graph>> Index<G> {
    /// Returns the indexed graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Returns the measures similar to `measure`, by descending score, then by id.
    /// Leaves out `measure` itself, and measures with nothing in common.
    pub fn similar_to(&self, measure: MeasureId, options: &SearchOptions) -> Vec<Match<'_>> {
        let document = self.graph.document_of(measure);
        let query = self.query(measure);
        let found = self.rank(&query, options, |other| {
            let own = options.exclude_own_document && self.graph.document_of(other) == document;
            other != measure && !own
        });
        self.explained(found, || self.bag(measure), || self.prepared(measure), options)
    }

    /// Returns the measures similar to `text`, in the order of
    /// [`similar_to`](Index::similar_to). A text of fewer than two letters or digits
    /// matches nothing.
    ///
    /// ```
    /// use policygraph::similar::{Index, SearchOptions};
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let found = index.search("罕见病用药品注册检验批次", &SearchOptions::default());
    /// assert_eq!(builtin().at(found[0].measure).key().to_string(), "sx-2025/12");
    /// let term = found[0].explanation.contributions[0].term;
    /// assert_eq!(term.text(), "罕见病用药品注册检验批次");
    /// assert!(index.search("——", &SearchOptions::default()).is_empty());
    /// ```
    pub fn search(&self, text: &str, options: &SearchOptions) -> Vec<Match<'_>> {
        if text.chars().filter(|c| c.is_alphanumeric()).nth(1).is_none() {
            return Vec::new();
        }
        let bag = self.featurizer.text(text);
        let query = Query::new(&bag, &self.statistics);
        let found = self.rank(&query, options, |_| true);
        let prepared = || {
            let pieces = vec![Piece { text, at: Some(0) }];
            PreparedText { sentences: self.sentences(&pieces), pieces, measure: None }
        };
        self.explained(found, || bag, prepared, options)
    }

    /// Returns the similarity of two measures, in 0..=1. It is symmetric, and 1 for a
    /// measure with text and itself.
    pub fn score(&self, a: MeasureId, b: MeasureId) -> f32 {
        self.scores(a, &[b])[0]
    }

    /// Returns the similarity of `measure` to each of `others`, in their order.
    pub fn scores(&self, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
        let query = self.query(measure);
        // One query vector for each segment, made when a measure of it is scored.
        let mut vectors: Vec<Option<QueryVector>> = self.segments.iter().map(|_| None).collect();
        let score = |other: &MeasureId| {
            let (segment, number) = self.locations[other.index()];
            let vector = &mut vectors[segment as usize];
            let segment = &self.segments[segment as usize];
            let vector = vector.get_or_insert_with(|| {
                let mut vector = QueryVector::default();
                segment.load_query(&query, &mut vector);
                vector
            });
            segment.score(number as usize, &query, vector)
        };
        others.iter().map(score).collect()
    }

    /// Explains the similarity of two measures: `a` is the query, `b` the match.
    ///
    /// ```
    /// use policygraph::similar::Index;
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let [a, b] = ["sx-2025/11", "nm-2025-18/7"].map(|key| builtin().measure(key).unwrap().id());
    /// let explanation = index.explain(a, b);
    ///
    /// // Both reduce the quantity from three times to two.
    /// let pair = explanation.targets.iter().find(|pair| pair.agree).unwrap();
    /// assert_eq!(builtin().at(pair.matched).record().to, Some(2.0));
    ///
    /// // The part of the score that comes from the policy that both implement.
    /// assert!((0.01..0.1).contains(&explanation.parent_weight()));
    /// let sum: f32 = explanation.contributions.iter().map(|of| of.weight).sum();
    /// assert!((sum - index.score(a, b)).abs() < 1e-3);
    /// ```
    pub fn explain(&self, a: MeasureId, b: MeasureId) -> Explanation<'_> {
        let query = PreparedQuery::new(self.prepared(a));
        self.explanation(&query, &self.vector(&self.bag(a)), b)
    }

    /// Returns matches of a measure, which a search found, with the reasons for their scores.
    #[cfg(feature = "report")]
    pub(crate) fn explain_each(
        &self,
        measure: MeasureId,
        found: &[(MeasureId, f32)],
    ) -> Vec<Match<'_>> {
        let options = SearchOptions::default();
        self.explained(found.to_vec(), || self.bag(measure), || self.prepared(measure), &options)
    }

    /// Returns the features of a measure with their counts, ascending: what the score is made
    /// of, for rankers of one's own. Extracted from the text at each call.
    ///
    /// ```
    /// use policygraph::similar::{Field, Index};
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let measure = builtin().measure("sx-2025/9").unwrap().id();
    /// let features = index.features(measure);
    /// let words = features.iter().filter(|(feature, _)| feature.field() == Field::Words);
    /// assert!(words.map(|(feature, _)| feature.to_string()).any(|word| word == "临床"));
    /// ```
    pub fn features(&self, measure: MeasureId) -> Vec<(Feature, u32)> {
        let measure = self.graph.at(measure);
        self.featurizer.counts(measure.document().record(), measure.record())
    }

    /// Returns the memory of the index in bytes, without the graph.
    pub fn bytes(&self) -> usize {
        let segments: usize = self.segments.iter().map(WeightedSegment::bytes).sum();
        let statistics = self.statistics.document_frequency.len() * 16;
        segments + size_of_val(&*self.locations) + statistics
    }

    fn rank(
        &self,
        query: &Query,
        options: &SearchOptions,
        other: impl Fn(MeasureId) -> bool,
    ) -> Vec<(MeasureId, f32)> {
        let passes = |id: u32| {
            let measure = MeasureId::from_index(id as usize);
            options.among.is_none_or(|among| among.contains(measure))
                && other(measure)
                && (options.filter)(measure)
        };
        let mut top = TopK::new(options.limit);
        let mut scratch = self.with_scratch(|pool| pool.pop()).unwrap_or_default();
        let mut search = Search { query, passes: &passes, scratch: &mut scratch };
        match options.among {
            Some(among) if among.len() * DIRECT_SCORING_RATIO < self.locations.len() => {
                let mut locations: Vec<(u32, u32)> =
                    among.iter().filter_map(|id| self.locations.get(id.index()).copied()).collect();
                locations.sort_unstable();
                for of_segment in locations.chunk_by(|a, b| a.0 == b.0) {
                    let segment = &self.segments[of_segment[0].0 as usize];
                    search.score_each(segment, of_segment.iter().map(|of| of.1), &mut top);
                }
            }
            _ if options.limit > 0 && !query.terms.is_empty() => {
                self.segments.iter().for_each(|segment| search.search(segment, &mut top));
            }
            _ => {}
        }
        self.with_scratch(|pool| pool.push(scratch));
        top.into_sorted().map(|(id, score)| (MeasureId::from_index(id as usize), score)).collect()
    }

    fn with_scratch<T>(&self, work: impl FnOnce(&mut Vec<Scratch>) -> T) -> T {
        // A panic elsewhere cannot leave the pool inconsistent: buffers in it are idle.
        work(&mut self.scratch.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    fn explained<'t>(
        &self,
        found: Vec<(MeasureId, f32)>,
        bag: impl FnOnce() -> Bag,
        prepared: impl FnOnce() -> PreparedText<'t>,
        options: &SearchOptions,
    ) -> Vec<Match<'_>> {
        let query = options.explain.then(|| (PreparedQuery::new(prepared()), self.vector(&bag())));
        let matched = |(measure, score)| {
            let explanation =
                query.as_ref().map(|(query, vector)| self.explanation(query, vector, measure));
            Match { measure, score, explanation: explanation.unwrap_or_default() }
        };
        found.into_iter().map(matched).collect()
    }

    fn explanation(
        &self,
        query: &PreparedQuery<'_>,
        vector: &Vector,
        matched: MeasureId,
    ) -> Explanation<'_> {
        let parts = parts(vector, &self.vector(&self.bag(matched)));
        let parents = query.measure().map_or(Vec::new(), |measure| {
            self.common_parents(self.graph.document_of(measure), self.graph.document_of(matched))
        });
        let outlines = self.featurizer.outlines();
        let wordings: Vec<_> = parents.iter().map(|&at| &outlines[at].wording).collect();
        let concepts = self.featurizer.concepts();
        let term = |kind| match kind {
            Kind::Concept(at) => Term::Concept(&concepts.table()[at as usize].concept),
            Kind::Topic(at) => Term::Topic(concepts.topic(at)),
            Kind::Text => unreachable!("words are gathered into phrases"),
        };
        query.explain(self.prepared(matched), &parts, &wordings, term)
    }

    /// Returns the outlined policies that both documents implement, by index.
    fn common_parents(&self, a: DocId, b: DocId) -> Vec<usize> {
        let outlines = self.featurizer.outlines().iter().enumerate();
        let common = outlines.filter(|(_, outlined)| {
            let policy = self.graph.policy(&outlined.number).map(|policy| policy.id());
            let implements =
                |document| policy.is_some_and(|p| self.graph.implements(document).contains(&p));
            implements(a) && implements(b)
        });
        common.map(|(at, _)| at).collect()
    }

    fn prepared(&self, measure: MeasureId) -> PreparedText<'_> {
        let measure = self.graph.at(measure);
        let pieces = pieces(measure);
        PreparedText { sentences: self.sentences(&pieces), pieces, measure: Some(measure) }
    }

    fn sentences(&self, pieces: &[Piece<'_>]) -> Vec<Sentence> {
        sentences(pieces, |mut bag| {
            text_impacts(&mut bag);
            self.vector(&bag)
        })
    }

    fn query(&self, measure: MeasureId) -> Query {
        let (segment, number) = self.locations[measure.index()];
        self.segments[segment as usize].query(number as usize)
    }

    /// Returns the features of a measure, with impacts.
    fn bag(&self, measure: MeasureId) -> Bag {
        let (segment, number) = self.locations[measure.index()];
        self.segments[segment as usize].segment.bag(number as usize)
    }

    fn vector(&self, bag: &[(Feature, u32)]) -> Vector {
        let frequency = |feature| self.statistics.document_frequency(feature);
        vector(bag, self.statistics.texts.max(1), frequency)
    }
}

/// Prints the number of measures, not the content.
impl<G> fmt::Debug for Index<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("measures", &self.locations.len()).finish_non_exhaustive()
    }
}
