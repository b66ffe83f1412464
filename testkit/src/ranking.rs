//! Metrics of rankings: nDCG@10, P@1 and R@10 of a [`Scorer`] against graded pairs
//! of measures, with bootstrap confidence intervals.

use std::collections::BTreeMap;

use policygraph::Graph;
use policygraph::graph::{DocId, MeasureId};
use policygraph::similar::Scorer;
use serde::Deserialize;

/// Number of ranks that the metrics look at.
const TOP: usize = 10;

/// Minimum grade of a relevant measure, for the metrics without grades.
pub const RELEVANT: f64 = 1.0;

/// A graded pair of a file such as `data/gold/pairs.json`.
#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    grade: f64,
}

/// A measure with at least one graded pair. The candidates are the measures of the
/// other graded documents.
#[derive(Clone, Debug)]
pub struct Query {
    /// The measure that others are compared with.
    pub measure: MeasureId,
    /// Measures of the other graded documents, ascending.
    pub candidates: Vec<MeasureId>,
    /// Grades of the candidates; a candidate without one has grade 0.
    pub grades: BTreeMap<MeasureId, f64>,
}

/// Returns the queries of a file of graded pairs, by measure; an error message if
/// it is not JSON or names an unknown measure.
///
/// ```
/// use policygraph_testkit::ranking;
///
/// let pairs = r#"[{ "a": "sx-2025/2", "b": "nm-2022-26/18", "grade": 1.5 }]"#;
/// # #[cfg(feature = "builtin")] {
/// let queries = ranking::queries(policygraph::builtin(), pairs).unwrap();
/// assert_eq!(queries.len(), 2);
/// assert_eq!(queries[0].ndcg(&[1.5]), 1.0);
/// # }
/// ```
pub fn queries(graph: &Graph, json: &str) -> Result<Vec<Query>, String> {
    let pairs: Vec<Pair> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let find = |key: &str| {
        let measure = graph.measure(key).map(|measure| measure.id());
        measure
            .ok_or_else(|| format!("{key} is not a measure of the texts; was its document read?"))
    };
    let mut grades: BTreeMap<MeasureId, BTreeMap<MeasureId, f64>> = BTreeMap::new();
    for pair in &pairs {
        let (a, b) = (find(&pair.a)?, find(&pair.b)?);
        grades.entry(a).or_default().insert(b, pair.grade);
        grades.entry(b).or_default().insert(a, pair.grade);
    }
    let mut documents: Vec<DocId> = grades.keys().map(|&id| graph.document_of(id)).collect();
    documents.sort_unstable();
    documents.dedup();
    let query = |(measure, grades)| {
        let others = documents.iter().filter(|&&document| document != graph.document_of(measure));
        let candidates = others.flat_map(|&document| graph.measures_of(document)).collect();
        Query { measure, candidates, grades }
    };
    Ok(grades.into_iter().map(query).collect())
}

impl Query {
    /// Returns the query with the candidates of one document; `None` if none of them
    /// has a grade.
    pub fn in_document(&self, graph: &Graph, document: DocId) -> Option<Query> {
        let there = |id: &MeasureId| graph.document_of(*id) == document;
        let grades: BTreeMap<_, _> =
            self.grades.iter().filter(|of| there(of.0)).map(|(&id, &g)| (id, g)).collect();
        let candidates = self.candidates.iter().copied().filter(there).collect();
        (!grades.is_empty()).then_some(Query { measure: self.measure, candidates, grades })
    }

    /// Returns the grades of the candidates in the order of their scores, ties by
    /// id.
    pub fn ranked(&self, scorer: &dyn Scorer) -> Vec<f64> {
        let scores = scorer.scores(self.measure, &self.candidates);
        let mut ranked: Vec<(f32, MeasureId)> =
            scores.into_iter().zip(self.candidates.iter().copied()).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.iter().map(|(_, id)| self.grades.get(id).copied().unwrap_or(0.0)).collect()
    }

    /// Returns nDCG@10 of a ranking, with linear gain: 1 for the best possible
    /// order.
    ///
    /// Source: Järvelin, Kekäläinen, “Cumulated gain-based evaluation of IR
    /// techniques” (2002), with the logarithm to the base 2.
    pub fn ndcg(&self, ranked: &[f64]) -> f64 {
        let mut best: Vec<f64> = self.grades.values().copied().collect();
        best.sort_by(|a, b| b.total_cmp(a));
        dcg(ranked) / dcg(&best)
    }

    /// Returns P@1: 1 if the first is relevant, else 0.
    pub fn precision_at_1(&self, ranked: &[f64]) -> f64 {
        if ranked.first().is_some_and(|&grade| grade >= RELEVANT) { 1.0 } else { 0.0 }
    }

    /// Returns R@10: the share of the relevant measures among the first ten; `None`
    /// if none is relevant.
    pub fn recall_at_10(&self, ranked: &[f64]) -> Option<f64> {
        let relevant =
            |grades: &[f64]| grades.iter().filter(|&&grade| grade >= RELEVANT).count() as f64;
        let all = relevant(&self.grades.values().copied().collect::<Vec<_>>());
        (all > 0.0).then(|| relevant(&ranked[..ranked.len().min(TOP)]) / all)
    }
}

fn dcg(grades: &[f64]) -> f64 {
    let gains = grades.iter().take(TOP).enumerate();
    gains.map(|(rank, grade)| grade / (rank as f64 + 2.0).log2()).sum()
}

/// Metrics of a scorer, a value for each query.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RankingScores {
    /// nDCG@10.
    pub ndcg: Vec<f64>,
    /// P@1.
    pub precision_at_1: Vec<f64>,
    /// R@10, of the queries with a relevant measure.
    pub recall_at_10: Vec<f64>,
}

/// Ranks the candidates of each query with `scorer`.
///
/// ```
/// use policygraph_testkit::ranking;
///
/// let pairs = r#"[{ "a": "sx-2025/11", "b": "nm-2025-18/7", "grade": 3 }]"#;
/// # #[cfg(feature = "builtin")] {
/// let graph = policygraph::builtin();
/// let queries = ranking::queries(graph, pairs).unwrap();
/// let index = policygraph::similar::Index::new(graph, policygraph::Lexicon::builtin());
/// let scores = ranking::evaluate(&queries, &index);
/// assert!(ranking::mean(&scores.ndcg) > 0.5);
/// # }
/// ```
pub fn evaluate(queries: &[Query], scorer: &dyn Scorer) -> RankingScores {
    let mut scores = RankingScores::default();
    for query in queries {
        let ranked = query.ranked(scorer);
        scores.ndcg.push(query.ndcg(&ranked));
        scores.precision_at_1.push(query.precision_at_1(&ranked));
        scores.recall_at_10.extend(query.recall_at_10(&ranked));
    }
    scores
}

/// Returns the mean nDCG@10 of each pair of documents. Each query has the
/// candidates of the other document only, and both documents are queried.
pub fn ndcg_by_document_pair(
    graph: &Graph,
    queries: &[Query],
    scorer: &dyn Scorer,
) -> BTreeMap<(DocId, DocId), f64> {
    let mut pairs: BTreeMap<(DocId, DocId), Vec<f64>> = BTreeMap::new();
    for query in queries {
        let own = graph.document_of(query.measure);
        for other in graph.documents() {
            if let Some(query) = query.in_document(graph, other) {
                let ndcg = query.ndcg(&query.ranked(scorer));
                pairs.entry((own.min(other), own.max(other))).or_default().push(ndcg);
            }
        }
    }
    pairs.into_iter().map(|(pair, values)| (pair, mean(&values))).collect()
}

/// Returns the arithmetic mean; 0 of nothing.
///
/// ```
/// assert_eq!(policygraph_testkit::ranking::mean(&[1.0, 2.0]), 1.5);
/// ```
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Returns the 95 % confidence interval of the mean: the middle 95 % of the means
/// of 10,000 bootstrap samples, drawn with a fixed seed.
///
/// ```
/// let (low, high) = policygraph_testkit::ranking::confidence_interval(&[0.0, 1.0, 1.0, 1.0]);
/// assert!(low < 0.75 && high > 0.75);
/// ```
///
/// Source: Sakai, “Evaluating evaluation metrics based on the bootstrap” (2006).
pub fn confidence_interval(values: &[f64]) -> (f64, f64) {
    const SAMPLES: usize = 10_000;
    let mut rng = fastrand::Rng::with_seed(53);
    let mut means: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let sample = (0..values.len()).map(|_| values[rng.usize(..values.len())]);
            sample.sum::<f64>() / values.len().max(1) as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    (means[SAMPLES / 40], means[SAMPLES - 1 - SAMPLES / 40])
}
