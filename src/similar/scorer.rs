//! The [`Scorer`] trait: other similarity functions, combined or used to rerank.

use crate::number::to_f32;
use std::ops::Deref;

use super::{Index, Match};
use crate::error::{Error, ErrorKind};
use crate::graph::{Graph, Id, MeasureId, MeasureRef};

/// A similarity function of measures: an [`Index`], [`Embeddings`], a weighted sum
/// ([`Fused`]), or a function of two measures.
///
/// A ranker of one's own, by the share of common characters:
///
/// ```
/// use policygraph::graph::MeasureId;
/// use policygraph::similar::Scorer;
/// use std::collections::BTreeSet;
///
/// let graph = policygraph::builtin();
/// let characters = |id: MeasureId| graph.at(id).text().chars().collect::<BTreeSet<char>>();
/// let jaccard = |a: MeasureId, b: MeasureId| {
///     let (a, b) = (characters(a), characters(b));
///     a.intersection(&b).count() as f32 / a.union(&b).count() as f32
/// };
/// let measure = graph.measure("sx-2025/9").unwrap().id();
/// assert_eq!(jaccard.scores(measure, &[measure]), [1.0]);
/// ```
pub trait Scorer {
    /// Returns one score for each of `others`, in their order: the greater, the more
    /// similar to `measure`. Scores are comparable for one scorer and one `measure`. NaN
    /// means unknown and ranks last.
    fn scores(&self, measure: MeasureId, others: &[MeasureId]) -> Vec<f32>;
}

impl<F: Fn(MeasureId, MeasureId) -> f32> Scorer for F {
    fn scores(&self, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
        others.iter().map(|&other| self(measure, other)).collect()
    }
}

impl<G: Deref<Target = Graph>> Scorer for Index<G> {
    fn scores(&self, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
        Index::scores(self, measure, others)
    }
}

/// The caller's vectors (向量) of measures, such as those of a neural sentence encoder,
/// compared by cosine.
#[derive(Clone, Debug)]
pub struct Embeddings {
    /// Unit vectors, concatenated; NaN for a measure without one.
    vectors: Vec<f32>,
    dimensions: usize,
}

impl Embeddings {
    /// Embeds all measures of a graph.
    ///
    /// * `embed`: returns the vector of a measure, of the same length for all. An empty
    ///   vector, or one of zeros, means none: its scores are NaN.
    ///
    /// # Errors
    ///
    /// Two vectors differ in length, or a number is not finite.
    ///
    /// ```
    /// use policygraph::similar::{Embeddings, Scorer};
    ///
    /// // In place of an encoder: counts of a few words.
    /// let embed = |text: &str| ["检验", "审批", "中药"].map(|word| text.matches(word).count() as f32);
    /// let graph = policygraph::builtin();
    /// let embeddings = Embeddings::new(graph, |measure| embed(measure.text()).to_vec())?;
    /// let [a, b, c] = ["sx-2025/11", "nm-2025-18/7", "sx-2025/4"].map(|key| graph.measure(key).unwrap().id());
    /// let scores = embeddings.scores(a, &[b, c]);
    /// assert!(scores[0] > 0.9 && scores[1] == 0.0);
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn new(
        graph: &Graph,
        mut embed: impl FnMut(MeasureRef<'_>) -> Vec<f32>,
    ) -> Result<Self, Error> {
        let mut vectors: Vec<Vec<f32>> = Vec::new();
        let mut dimensions = 0;
        for measure in graph.measures().map(|id| graph.at(id)) {
            let mut vector = embed(measure);
            let fail =
                |what: String| Error::new(ErrorKind::InvalidInput, measure.key().to_string(), what);
            if let Some(wrong) = vector.iter().find(|number| !number.is_finite()) {
                return Err(fail(format!("its vector has {wrong}; give finite numbers")));
            }
            if dimensions > 0 && !vector.is_empty() && vector.len() != dimensions {
                let found = vector.len();
                let wrong = format!("its vector has {found} numbers, others have {dimensions}");
                return Err(fail(wrong));
            }
            dimensions = dimensions.max(vector.len());
            let length = vector.iter().map(|n| f64::from(*n).powi(2)).sum::<f64>().sqrt();
            if length > 0.0 {
                vector.iter_mut().for_each(|n| *n = to_f32(f64::from(*n) / length));
            } else {
                vector.clear();
            }
            vectors.push(vector);
        }
        let dimensions = dimensions.max(1);
        vectors.iter_mut().for_each(|vector| vector.resize(dimensions, f32::NAN));
        Ok(Embeddings { vectors: vectors.concat(), dimensions })
    }

    fn vector(&self, measure: MeasureId) -> &[f32] {
        let start = measure.index() * self.dimensions;
        self.vectors.get(start..start + self.dimensions).unwrap_or(&[])
    }
}

impl Scorer for Embeddings {
    fn scores(&self, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
        let own = self.vector(measure);
        let cosine = |&other| own.iter().zip(self.vector(other)).map(|(a, b)| a * b).sum();
        others.iter().map(cosine).collect()
    }
}

/// Several scorers combined (融合): the weighted sum of their scores, each scaled to 0..=1
/// over the candidates.
///
/// Min–max normalisation makes scores comparable without training. Constant, missing (NaN)
/// and infinite scores contribute nothing. Unlike a fusion of ranks, the sum keeps the
/// distances between scores.
///
/// Source: Lee, “Analyses of multiple evidence combination” (1997), CombSUM
/// with min-max normalisation.
///
/// ```
/// use policygraph::graph::MeasureId;
/// use policygraph::similar::{Fused, Index, Scorer};
/// use policygraph::{Lexicon, builtin};
///
/// let index = Index::new(builtin(), Lexicon::builtin());
/// let length = |a, b| {
///     let [a, b] = [a, b].map(|id: MeasureId| builtin().at(id).text().len() as f32);
///     a.min(b) / a.max(b)
/// };
/// let fused = Fused::new(&index, 0.9).and(&length, 0.1);
/// let all: Vec<MeasureId> = builtin().measures().collect();
/// let scores = fused.scores(all[0], &all);
/// assert!(scores[0] > 0.99 && scores[1..].iter().all(|score| *score < 1.0));
/// ```
#[derive(Clone)]
pub struct Fused<'s> {
    scorers: Vec<(&'s dyn Scorer, f32)>,
}

impl<'s> Fused<'s> {
    /// Starts with one scorer and its weight.
    pub fn new(scorer: &'s dyn Scorer, weight: f32) -> Self {
        Fused { scorers: vec![(scorer, weight)] }
    }

    /// Adds a scorer with its weight.
    pub fn and(mut self, scorer: &'s dyn Scorer, weight: f32) -> Self {
        self.scorers.push((scorer, weight));
        self
    }
}

impl Scorer for Fused<'_> {
    fn scores(&self, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
        let mut sums = vec![0.0; others.len()];
        for (scorer, weight) in &self.scorers {
            let scores = checked(*scorer, measure, others);
            let known = || scores.iter().copied().filter(|score| score.is_finite());
            let min = known().fold(f32::INFINITY, f32::min);
            let range = known().fold(f32::NEG_INFINITY, f32::max) - min;
            if range > 0.0 {
                for (sum, score) in sums.iter_mut().zip(scores).filter(|of| of.1.is_finite()) {
                    *sum += weight * (score - min) / range;
                }
            }
        }
        sums
    }
}

/// Reorders the matches of `measure` by another scorer, best first. The sort is stable;
/// matches with an unknown score (NaN) come last. [`Match::score`] and the explanations
/// stay those of the index.
///
/// # Panics
///
/// If the scorer does not return one score for each match.
///
/// ```
/// use policygraph::graph::MeasureId;
/// use policygraph::similar::{Index, SearchOptions, rerank};
/// use policygraph::{Lexicon, builtin};
///
/// let index = Index::new(builtin(), Lexicon::builtin());
/// let measure = builtin().measure("sx-2025/9").unwrap().id();
/// let found = index.similar_to(measure, &SearchOptions::default().limit(50));
/// let shortest = |_, other: MeasureId| -(builtin().at(other).text().len() as f32);
/// let found = rerank(measure, found, &shortest);
/// let length = |at: usize| builtin().at(found[at].measure).text().len();
/// assert!(length(0) <= length(1));
/// ```
pub fn rerank<'i>(
    measure: MeasureId,
    found: Vec<Match<'i>>,
    scorer: &dyn Scorer,
) -> Vec<Match<'i>> {
    let others: Vec<MeasureId> = found.iter().map(|found| found.measure).collect();
    // Adding 0.0 makes -0.0 equal to 0.0 in `total_cmp`.
    let known = |score: f32| if score.is_nan() { f32::NEG_INFINITY } else { score + 0.0 };
    let scores = checked(scorer, measure, &others).into_iter().map(known);
    let mut scored: Vec<(f32, Match<'i>)> = scores.zip(found).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().map(|(_, found)| found).collect()
}

/// Returns the scores, checked to be one for each of `others`.
fn checked(scorer: &dyn Scorer, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
    let scores = scorer.scores(measure, others);
    assert_eq!(scores.len(), others.len(), "a scorer returns one score for each measure");
    scores
}
