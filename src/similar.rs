//! 相似措施 — measures that say alike, ranked and explained.
//!
//! Every measure is a bag of its characters and pairs of characters
//! ([`features`](crate::features)), heading included, responsibility clauses
//! left out: who answers for a measure is not what it says. Two measures are
//! alike as the cosine of their TF-IDF vectors: 1 for the same words, 0 for no
//! word in common. What is rare in the corpus counts more than what every
//! notice says.
//!
//! A score is a sum over shared words, and [`Match::why`] gives them with what
//! each adds. Likeness of wording is evidence of common descent, not of one
//! measure carrying out the other, and two that say the same in other words
//! score low.
//!
//! ```
//! use policygraph::similar::{Index, Options};
//!
//! let graph = policygraph::builtin();
//! let index = Index::new(graph);
//! let measure = graph.measure("sx-2025/9").unwrap().id();
//!
//! let best = &index.like(measure, &Options::default())[0];
//! assert_eq!(graph.at(best.measure).key().to_string(), "nm-2025-18/4");
//! assert_eq!(best.why[0].text, "在已开展优化临床试验审评审批试点地区开展临床试验");
//! assert!(best.score > 0.5 && best.why[0].weight > 0.2);
//! ```

mod describe;
mod phrases;
mod postings;
mod top;

use std::fmt;

use phrases::{Passage, Sayings, shared};
use postings::Postings;
use top::top;

use crate::features::{Vector, parts, said};
use crate::graph::{DocId, Graph, Id, MeasureId, RegionId};
use crate::model::Genre;

/// 相似检索 — an inverted index over the measures of a graph.
///
/// Building reads every measure twice: linear in the text. It holds 8 bytes
/// for each distinct feature of each measure, some 3 kB a measure. A query
/// visits the measures that share a feature with it; results are exact.
pub struct Index<'g> {
    graph: &'g Graph,
    postings: Postings,
}

/// What to look for. The default is the 10 best of all measures.
///
/// ```
/// use policygraph::similar::{Index, Options};
/// use policygraph::Genre;
///
/// let index = Index::new(policygraph::builtin());
/// let issued = Options { top: 3, genres: Some(&[Genre::Measures]), ..Options::default() };
/// assert_eq!(index.text("检验用量由3倍减为2倍", &issued).len(), 3);
/// ```
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// At most so many matches.
    pub top: usize,
    /// Only measures of these documents.
    pub documents: Option<&'a [DocId]>,
    /// No measures of these documents.
    pub except: &'a [DocId],
    /// Only measures of documents that speak for one of these regions itself.
    pub regions: Option<&'a [RegionId]>,
    /// Only measures of documents of these genres.
    pub genres: Option<&'a [Genre]>,
    /// Whether the document of the measure in question is left out.
    pub elsewhere: bool,
    /// Only measures for which this is true. Asked only of measures that pass
    /// the rest and would be among the best.
    pub keep: &'a dyn Fn(MeasureId) -> bool,
    /// Whether matches say why. Without, they are found faster.
    pub explain: bool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            top: 10,
            documents: None,
            except: &[],
            regions: None,
            genres: None,
            elsewhere: false,
            keep: &|_| true,
            explain: true,
        }
    }
}

/// A measure that says alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<'g> {
    /// Which.
    pub measure: MeasureId,
    /// Cosine, in 0..=1, above 0.
    pub score: f32,
    /// The words that carry the score, heaviest first, then in the order of
    /// the measure; empty unless [`Options::explain`]. Their weights sum to
    /// the score, but for rounding.
    pub why: Vec<Shared<'g>>,
}

/// A phrase that two texts share.
///
/// The phrases of a match are read off its text from left to right, each as
/// long as the other text says it too, up to 32 characters. A phrase that
/// stands there several times is given once. Features that stand in several
/// phrases divide their part of the score among these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared<'g> {
    /// As the match prints it.
    pub text: &'g str,
    /// What it adds to the score.
    pub weight: f32,
}

impl<'g> Index<'g> {
    /// Indexes all measures of the graph.
    pub fn new(graph: &'g Graph) -> Self {
        let texts = graph.measures().map(|measure| pieces(graph, measure));
        Index { graph, postings: Postings::new(texts) }
    }

    /// Measures that say what `measure` says: score descending, ties by id.
    /// Never `measure` itself, and none without a word in common.
    pub fn like(&self, measure: MeasureId, options: &Options) -> Vec<Match<'g>> {
        let document = self.graph.document_of(measure);
        self.rank(pieces(self.graph, measure), options, |other| {
            other != measure && !(options.elsewhere && self.graph.document_of(other) == document)
        })
    }

    /// Measures that say what `text` says, in the order of [`like`](Index::like).
    ///
    /// ```
    /// use policygraph::similar::{Index, Options};
    ///
    /// let graph = policygraph::builtin();
    /// let index = Index::new(graph);
    /// let found = index.text("罕见病用药品注册检验批次", &Options::default());
    /// assert_eq!(graph.at(found[0].measure).key().to_string(), "sx-2025/12");
    /// assert_eq!(found[0].why[0].text, "罕见病用药品注册检验批次");
    /// assert!(index.text("——", &Options::default()).is_empty());
    /// ```
    pub fn text(&self, text: &str, options: &Options) -> Vec<Match<'g>> {
        self.rank([text], options, |_| true)
    }

    fn rank<'t>(
        &self,
        query: impl IntoIterator<Item = &'t str> + Clone,
        options: &Options,
        other: impl Fn(MeasureId) -> bool,
    ) -> Vec<Match<'g>> {
        let vector = self.postings.vector(query.clone());
        let best = top(&self.postings.cosines(&vector), options.top, |position| {
            let measure = MeasureId::from_index(position as usize);
            other(measure) && self.passes(measure, options)
        });
        let said = options.explain.then(|| Sayings::new(Passage::new(query)));
        best.into_iter()
            .map(|(position, score)| {
                let measure = MeasureId::from_index(position as usize);
                let why = said.as_ref().map(|said| self.why(said, &vector, measure));
                Match { measure, score: score.min(1.0), why: why.unwrap_or_default() }
            })
            .collect()
    }

    fn why(&self, said: &Sayings, query: &Vector, found: MeasureId) -> Vec<Shared<'g>> {
        let pieces = pieces(self.graph, found);
        let parts = parts(query, &self.postings.vector(pieces.clone()));
        shared(said, &Passage::new(pieces), &parts)
    }

    fn passes(&self, measure: MeasureId, options: &Options) -> bool {
        let document = self.graph.document_of(measure);
        let document_ref = self.graph.at(document);
        options.documents.is_none_or(|only| only.contains(&document))
            && !options.except.contains(&document)
            && options.genres.is_none_or(|only| only.contains(&document_ref.genre()))
            && options
                .regions
                .is_none_or(|only| document_ref.regions().any(|region| only.contains(&region.id())))
            && (options.keep)(measure)
    }
}

/// Its size, not its content.
impl fmt::Debug for Index<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("measures", &self.graph.measures().len())
            .finish_non_exhaustive()
    }
}

/// What a measure says.
fn pieces(graph: &Graph, measure: MeasureId) -> impl Iterator<Item = &str> + Clone {
    let measure = graph.at(measure);
    said(measure.record(), &measure.document().record().text)
}
