//! The seam for other ways to compare measures.

use std::ops::Deref;

use super::{Index, Match};
use crate::error::{Error, ErrorKind};
use crate::graph::{Graph, Id, MeasureId, MeasureRef};

/// Anything that says how alike measures are: an [`Index`], a caller's
/// embeddings, a function, several together.
///
/// A function from two measures to a number is one. Here is a ranker of one's
/// own, by the characters that both have:
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
    /// How alike `measure` is to each of `others`, in their order, as many as these:
    /// the greater, the more alike. Scores of one scorer are comparable for one
    /// `measure`. Where it cannot say, NaN is less than any score.
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

/// 向量 — measures by vectors of the caller's, such as those of a neural sentence
/// encoder; compared by cosine.
#[derive(Clone, Debug)]
pub struct Embeddings {
    /// Of length 1, one after the other; NaN where there is none.
    vectors: Vec<f32>,
    dimensions: usize,
}

impl Embeddings {
    /// * `embed`: the vector of a measure, the same length for all; no numbers
    ///   at all, or zeros, where there is none: its scores are NaN.
    ///
    /// An error if two lengths differ or a number is not finite.
    ///
    /// ```
    /// use policygraph::similar::{Embeddings, Scorer};
    ///
    /// // Stands for an encoder: how often a few words are said.
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
                vector.iter_mut().for_each(|n| *n = (f64::from(*n) / length) as f32);
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

/// 融合 — several scorers as one: the weighted sum of their scores, each first
/// brought to 0..=1 between the least and the greatest of the candidates.
///
/// Scores of different scales are so made comparable without being trained for;
/// a scorer that says the same of all candidates says nothing, and where one
/// cannot say, or says infinity, it adds nothing. Sums of scores keep how much
/// better one is, which ranks alone do not.
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
    /// One scorer and what it weighs.
    pub fn new(scorer: &'s dyn Scorer, weight: f32) -> Self {
        Fused { scorers: vec![(scorer, weight)] }
    }

    /// And another.
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
            let least = known().fold(f32::INFINITY, f32::min);
            let range = known().fold(f32::NEG_INFINITY, f32::max) - least;
            if range > 0.0 {
                for (sum, score) in sums.iter_mut().zip(scores).filter(|of| of.1.is_finite()) {
                    *sum += weight * (score - least) / range;
                }
            }
        }
        sums
    }
}

/// Orders what an index found for `measure` by another scorer, best first; what
/// is as alike stays in its order, and where it cannot say, the match comes last.
/// [`Match::score`] and its reasons stay those of the index.
///
/// Panics if the scorer gives not as many scores as it was asked for.
///
/// ```
/// use policygraph::graph::MeasureId;
/// use policygraph::similar::{Index, Options, rerank};
/// use policygraph::{Lexicon, builtin};
///
/// let index = Index::new(builtin(), Lexicon::builtin());
/// let measure = builtin().measure("sx-2025/9").unwrap().id();
/// let found = index.like(measure, &Options { top: 50, ..Options::default() });
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
    // And 0 is as much as -0.
    let known = |score: f32| if score.is_nan() { f32::NEG_INFINITY } else { score + 0.0 };
    let scores = checked(scorer, measure, &others).into_iter().map(known);
    let mut scored: Vec<(f32, Match<'i>)> = scores.zip(found).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().map(|(_, found)| found).collect()
}

/// As many scores as others.
fn checked(scorer: &dyn Scorer, measure: MeasureId, others: &[MeasureId]) -> Vec<f32> {
    let scores = scorer.scores(measure, others);
    assert_eq!(scores.len(), others.len(), "a scorer gives one score for each measure");
    scores
}
