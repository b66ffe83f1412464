//! 相似措施 — measures that say alike, ranked and explained.
//!
//! A measure is described in three [fields](crate::features::Field): its words
//! (characters and pairs of characters; headings count again, responsibility
//! clauses do not count: who answers for a measure is not what it says), its
//! subject (concepts and topics, so that 首违不罚 and 免予处罚 are alike), and
//! how like it is to each article of the policies whose outline is known. Each
//! field is a TF-IDF vector of length 1; what is rare in the corpus counts more
//! than what every notice says. The score of two measures is
//!
//! ```text
//! sum over the fields of (weight × cosine) / √(W(a) · W(b))
//! ```
//!
//! where W is what the fields weigh that a measure has: the weighted mean of the
//! cosines if both have the same fields, less if one has a field that the other
//! lacks. It is 1 for a measure and itself, 0 for nothing in common.
//!
//! A score is a sum over what both share, and [`Match::why`] says what each
//! thing adds, which sentences stand beside each other, which figures agree, and
//! how much is owed to a policy that both carry out. Likeness is evidence
//! of common descent, not of one measure carrying out the other.
//!
//! # What each part adds
//!
//! nDCG@10 on `data/gold/pairs.json` (64 questions, three documents), and its
//! mean over the three pairs of documents, each asked by itself:
//!
//! | | all | P@1 | mean of the pairs |
//! |---|---|---|---|
//! | BM25, pairs of characters | 0.840 | 0.844 | 0.846 |
//! | BM25, characters and pairs | 0.856 | 0.875 | 0.871 |
//! | TF-IDF cosine, pairs of characters | 0.825 | 0.828 | 0.837 |
//! | TF-IDF cosine, characters and pairs | 0.858 | 0.859 | 0.856 |
//! | and headings again, products by their labels: our words | 0.862 | 0.906 | 0.866 |
//! | our subject alone | 0.868 | 0.938 | 0.883 |
//! | our words and subject | 0.888 | 0.906 | 0.901 |
//! | and likeness to articles: as it is | 0.904 | 0.938 | 0.923 |
//!
//! `evaluate similarity` prints this, with intervals; with 64 questions a
//! difference below 0.03 may be chance. The weights 0.7, 0.2 and 0.1 lie in a
//! broad optimum: chosen on two pairs of documents, they do as well on the third.
//! The vocabulary of concepts was written from knowledge of the field, after the
//! seeds were read.
//!
//! Tried and left out, as they helped no more than chance or helped one pair of
//! documents and hurt another: runs of three and four characters, other idf,
//! latent semantic analysis, the best sentence of each, products as a field of
//! their own, chapters' words, cited instruments and platforms, a random walk
//! with restart over the neighbourhood, and taking off what is like everything
//! (centring, CSLS).
//!
//! ```
//! use policygraph::similar::{Index, Options};
//! use policygraph::{Lexicon, builtin};
//!
//! let index = Index::new(builtin(), Lexicon::builtin());
//! let measure = builtin().measure("sx-2025/9").unwrap().id();
//!
//! let best = &index.like(measure, &Options::default())[0];
//! assert_eq!(builtin().at(best.measure).key().to_string(), "nm-2025-18/4");
//! assert_eq!(best.why.shared[0].what.text(), "在已开展优化临床试验审评审批试点地区开展临床试验");
//! ```

mod index;
mod explain;
mod align;
mod coverage;
mod scorer;

use std::fmt;
use std::ops::Deref;
use std::sync::Mutex;

pub use align::{Aligned, Alignment, CORRESPONDS};
pub use coverage::{Cell, Coverage, PARTIAL, Standing};
pub use explain::explanation::{Shared, What, Why};
pub use explain::sentences::Sides;
pub use explain::targets::Figures;
pub use scorer::{Embeddings, Fused, Scorer, rerank};

use explain::explanation::{self, Asked, Saying};
use explain::phrases::Piece;
use explain::sentences::{Sentence, sentences};
use index::featurize::Describer;
use index::query::Spread;
use index::search::{Scratch, Search};
use index::top_k::Best;
use index::weighted::{Least, Shard};
use index::weights::{Query, Statistics, Tf};

use crate::features::{Bag, Feature, Kind, Vector, parts, vector};
use crate::graph::{DocId, Graph, Id, MeasureId, MeasureSet};

/// 相似检索 — an index over the measures of a graph.
///
/// It never changes, answers any number of threads at once, and answers
/// exactly: what it leaves out of a ranking is not better than what it gives.
///
/// `G` is how it holds the graph: `&Graph`, or an `Arc<Graph>` that it owns with
/// others.
pub struct Index<G> {
    graph: G,
    describer: Describer,
    statistics: Statistics,
    tf: Tf,
    shards: Vec<Shard>,
    /// For each measure its shard and its place there.
    places: Box<[(u32, u32)]>,
    /// As many as questions were ever asked at once.
    scratch: Mutex<Vec<Scratch>>,
}

/// What to look for. The default is the 10 best of all measures, explained.
///
/// ```
/// use policygraph::similar::{Index, Options};
/// use policygraph::{Genre, Lexicon, builtin};
///
/// let index = Index::new(builtin(), Lexicon::builtin());
/// let issued = builtin().walk(builtin().documents()).of_genre(Genre::Measures);
/// let among = issued.measures().ids().collect();
/// let options = Options { top: 3, among: Some(&among), ..Options::default() };
/// assert_eq!(index.text("检验用量由3倍减为2倍", &options).len(), 3);
/// ```
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// At most so many matches.
    pub top: usize,
    /// Only these measures.
    pub among: Option<&'a MeasureSet>,
    /// Whether the document of the measure in question is left out.
    pub elsewhere: bool,
    /// Only measures for which this is true. Asked only of measures that pass
    /// the rest and may be among the best: of very many, if it keeps very few,
    /// which are found faster among a set ([`among`](Self::among)).
    pub keep: &'a (dyn Fn(MeasureId) -> bool + Sync),
    /// Whether matches say why. Without, they are found faster.
    pub explain: bool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { top: 10, among: None, elsewhere: false, keep: &|_| true, explain: true }
    }
}

/// A measure that says alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<'i> {
    /// Which.
    pub measure: MeasureId,
    /// In 0..=1, above 0.
    pub score: f32,
    /// Why; empty unless [`Options::explain`].
    pub why: Why<'i>,
}

impl<G: Deref<Target = Graph>> Index<G> {
    /// The graph whose measures these are.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Measures that say what `measure` says: score descending, ties by id.
    /// Never `measure` itself, and none with nothing in common.
    pub fn like(&self, measure: MeasureId, options: &Options) -> Vec<Match<'_>> {
        let document = self.graph.document_of(measure);
        let query = self.query(measure);
        let found = self.rank(&query, options, |other| {
            other != measure && !(options.elsewhere && self.graph.document_of(other) == document)
        });
        let asked = || self.saying(measure);
        self.explained(found, || self.bag(measure), asked, options)
    }

    /// Measures that say what `text` says, in the order of [`like`](Index::like);
    /// none for a text of a single character, which says too little.
    ///
    /// ```
    /// use policygraph::similar::{Index, Options};
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let found = index.text("罕见病用药品注册检验批次", &Options::default());
    /// assert_eq!(builtin().at(found[0].measure).key().to_string(), "sx-2025/12");
    /// assert_eq!(found[0].why.shared[0].what.text(), "罕见病用药品注册检验批次");
    /// assert!(index.text("——", &Options::default()).is_empty());
    /// ```
    pub fn text(&self, text: &str, options: &Options) -> Vec<Match<'_>> {
        if text.chars().filter(|c| c.is_alphanumeric()).nth(1).is_none() {
            return Vec::new();
        }
        let bag = self.describer.text(text);
        let query = Query::new(&bag, &self.statistics, &self.tf);
        let found = self.rank(&query, options, |_| true);
        let asked = || {
            let pieces = vec![Piece { text, at: Some(0) }];
            Saying { sentences: self.sentences(&pieces), pieces, measure: None }
        };
        self.explained(found, || bag, asked, options)
    }

    /// How alike two measures are, in 0..=1: the same from either side, and 1
    /// for a measure and itself, if it says anything.
    pub fn score(&self, a: MeasureId, b: MeasureId) -> f32 {
        self.scores(a, &[b])[0]
    }

    /// How alike `measure` and each of `others` are, in their order.
    pub fn scores(&self, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
        let query = self.query(measure);
        // The query as each shard sees it, once a measure there is asked for.
        let mut spreads: Vec<Option<Spread>> = self.shards.iter().map(|_| None).collect();
        let score = |other: &MeasureId| {
            let (shard, place) = self.places[other.index()];
            let spread = &mut spreads[shard as usize];
            let shard = &self.shards[shard as usize];
            let spread = spread.get_or_insert_with(|| {
                let mut spread = Spread::default();
                shard.spread(&query, &mut spread, &self.tf);
                spread
            });
            let least = Least { score: 0.0, words: 1.0 };
            let score = shard.score_if(place as usize, &query, spread, &self.tf, least);
            score.expect("every score is at least 0")
        };
        others.iter().map(score).collect()
    }

    /// Why two measures are alike; `b` is the one that was found.
    ///
    /// ```
    /// use policygraph::similar::Index;
    /// use policygraph::{Lexicon, builtin};
    ///
    /// let index = Index::new(builtin(), Lexicon::builtin());
    /// let [a, b] = ["sx-2025/11", "nm-2025-18/7"].map(|key| builtin().measure(key).unwrap().id());
    /// let why = index.why(a, b);
    ///
    /// // Both let the quantity go from three times to two.
    /// let figures = why.figures.iter().find(|figures| figures.agree).unwrap();
    /// assert_eq!(builtin().at(figures.found).record().to, Some(2.0));
    ///
    /// // So much is owed to the policy that both carry out.
    /// assert!((0.05..0.2).contains(&why.of_parent()));
    /// assert!((why.shared.iter().map(|shared| shared.weight).sum::<f32>() - index.score(a, b)).abs() < 1e-3);
    /// ```
    pub fn why(&self, a: MeasureId, b: MeasureId) -> Why<'_> {
        let asked = Asked::new(self.saying(a));
        self.explain(&asked, &self.vector(&self.bag(a)), b)
    }

    /// Bytes held beside the graph.
    pub fn bytes(&self) -> usize {
        let shards: usize = self.shards.iter().map(Shard::bytes).sum();
        shards + size_of_val(&*self.places) + self.statistics.holding.len() * 16
    }

    fn rank(
        &self,
        query: &Query,
        options: &Options,
        other: impl Fn(MeasureId) -> bool,
    ) -> Vec<(MeasureId, f32)> {
        let passes = |id: u32| {
            let measure = MeasureId::from_index(id as usize);
            options.among.is_none_or(|among| among.contains(measure))
                && other(measure)
                && (options.keep)(measure)
        };
        let mut best = Best::new(options.top);
        let mut scratch = self.with_scratch(|pool| pool.pop()).unwrap_or_default();
        let mut search = Search { query, tf: &self.tf, passes: &passes, scratch: &mut scratch };
        match options.among {
            // So few are quicker scored than looked for.
            Some(among) if among.len() * 16 < self.places.len() => {
                let mut places: Vec<(u32, u32)> =
                    among.iter().filter_map(|id| self.places.get(id.index()).copied()).collect();
                places.sort_unstable();
                for of_shard in places.chunk_by(|a, b| a.0 == b.0) {
                    let shard = &self.shards[of_shard[0].0 as usize];
                    search.these(shard, of_shard.iter().map(|place| place.1), &mut best);
                }
            }
            _ if options.top > 0 && !query.terms.is_empty() => {
                self.shards.iter().for_each(|shard| search.all(shard, &mut best));
            }
            _ => {}
        }
        self.with_scratch(|pool| pool.push(scratch));
        best.into_sorted().map(|(id, score)| (MeasureId::from_index(id as usize), score)).collect()
    }

    fn with_scratch<T>(&self, work: impl FnOnce(&mut Vec<Scratch>) -> T) -> T {
        // A pool of empty rooms is whole whatever happened to a thread.
        work(&mut self.scratch.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    fn explained<'t>(
        &self,
        found: Vec<(MeasureId, f32)>,
        bag: impl FnOnce() -> Bag,
        asked: impl FnOnce() -> Saying<'t>,
        options: &Options,
    ) -> Vec<Match<'_>> {
        let asked = options.explain.then(|| (Asked::new(asked()), self.vector(&bag())));
        let matched = |(measure, score)| {
            let why = asked.as_ref().map(|(asked, vector)| self.explain(asked, vector, measure));
            Match { measure, score, why: why.unwrap_or_default() }
        };
        found.into_iter().map(matched).collect()
    }

    fn explain(&self, asked: &Asked<'_>, vector: &Vector, found: MeasureId) -> Why<'_> {
        let parts = parts(vector, &self.vector(&self.bag(found)));
        let parents = asked.measure().map_or(Vec::new(), |measure| {
            self.parents(self.graph.document_of(measure), self.graph.document_of(found))
        });
        let outlines = self.describer.outlines();
        let of_policy = |feature: Feature| match feature.kind() {
            Kind::Article(outline, _) => parents.contains(&(outline as usize)),
            _ => false,
        };
        let policies: Vec<_> = parents.iter().map(|&at| &outlines[at].wording).collect();
        let concepts = self.describer.concepts();
        let name = |kind| match kind {
            Kind::Concept(at) => What::Concept(&concepts.table()[at as usize].concept),
            Kind::Topic(at) => What::Topic(concepts.topic(at)),
            Kind::Article(outline, _) => What::Articles(&outlines[outline as usize].number),
            Kind::Text => unreachable!("words are gathered into phrases"),
        };
        asked.why(self.saying(found), &parts, &policies, of_policy, name)
    }

    /// The outlined policies that both documents carry out.
    fn parents(&self, a: DocId, b: DocId) -> Vec<usize> {
        let outlines = self.describer.outlines().iter().enumerate();
        let common = outlines.filter(|(_, outlined)| {
            let policy = self.graph.policy(&outlined.number).map(|policy| policy.id());
            let carries_out =
                |document| policy.is_some_and(|p| self.graph.implements(document).contains(&p));
            carries_out(a) && carries_out(b)
        });
        common.map(|(at, _)| at).collect()
    }

    fn saying(&self, measure: MeasureId) -> Saying<'_> {
        let measure = self.graph.at(measure);
        let pieces = explanation::pieces(measure);
        Saying { sentences: self.sentences(&pieces), pieces, measure: Some(measure) }
    }

    fn sentences(&self, pieces: &[Piece<'_>]) -> Vec<Sentence> {
        sentences(pieces, |bag| self.vector(bag))
    }

    fn query(&self, measure: MeasureId) -> Query {
        let (shard, place) = self.places[measure.index()];
        self.shards[shard as usize].query(place as usize, &self.tf)
    }

    fn bag(&self, measure: MeasureId) -> Bag {
        let (shard, place) = self.places[measure.index()];
        self.shards[shard as usize].segment.bag(place as usize)
    }

    fn vector(&self, bag: &[(Feature, u32)]) -> Vector {
        vector(bag, self.statistics.texts.max(1), |feature| Some(self.statistics.holding(feature)))
    }
}

/// Its size, not its content.
impl<G> fmt::Debug for Index<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("measures", &self.places.len()).finish_non_exhaustive()
    }
}
