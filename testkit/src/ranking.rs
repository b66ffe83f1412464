//! Rankings against graded pairs of measures, by the usual metrics of retrieval.

use std::collections::BTreeMap;

use policygraph::Graph;
use policygraph::graph::{DocId, MeasureId};
use policygraph::similar::Scorer;
use serde::Deserialize;

/// How many of a ranking are looked at.
const TOP: usize = 10;

/// From this grade on an answer is right, where it can only be right or wrong.
pub const RIGHT: f64 = 1.0;

/// One graded pair of a file such as `data/gold/pairs.json`.
#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    grade: f64,
}

/// A measure with at least one judged pair, asked for those of the other judged
/// documents that say alike.
pub struct Question {
    pub measure: MeasureId,
    /// The measures of the other judged documents, ascending.
    pub candidates: Vec<MeasureId>,
    /// Those that a reader found alike; what is not listed has the grade 0.
    pub grades: BTreeMap<MeasureId, f64>,
}

/// The questions of a file of pairs, by measure; or what is wrong with it.
pub fn questions(graph: &Graph, json: &str) -> Result<Vec<Question>, String> {
    let pairs: Vec<Pair> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let find = |key: &str| {
        let measure = graph.measure(key).map(|measure| measure.id());
        measure.ok_or_else(|| format!("{key} is no measure of the texts; was it read?"))
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
    let question = |(measure, grades)| {
        let others = documents.iter().filter(|&&document| document != graph.document_of(measure));
        let candidates = others.flat_map(|&document| graph.measures_of(document)).collect();
        Question { measure, candidates, grades }
    };
    Ok(grades.into_iter().map(question).collect())
}

impl Question {
    /// The same question of one document; none if no reader found anything there.
    pub fn of(&self, graph: &Graph, document: DocId) -> Option<Question> {
        let there = |id: &MeasureId| graph.document_of(*id) == document;
        let grades: BTreeMap<_, _> =
            self.grades.iter().filter(|of| there(of.0)).map(|(&id, &g)| (id, g)).collect();
        let candidates = self.candidates.iter().copied().filter(there).collect();
        (!grades.is_empty()).then_some(Question { measure: self.measure, candidates, grades })
    }

    /// The grades of the candidates as a scorer ranks them, ties by id.
    pub fn ranked(&self, scorer: &dyn Scorer) -> Vec<f64> {
        let scores = scorer.scores(self.measure, &self.candidates);
        let mut ranked: Vec<(f32, MeasureId)> =
            scores.into_iter().zip(self.candidates.iter().copied()).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.iter().map(|(_, id)| self.grades.get(id).copied().unwrap_or(0.0)).collect()
    }

    /// nDCG@10 of a ranking, with linear gain: 1 for the best order there is.
    ///
    /// Source: Järvelin, Kekäläinen, “Cumulated gain-based evaluation of IR
    /// techniques” (2002), with the logarithm to the base 2.
    pub fn ndcg(&self, ranked: &[f64]) -> f64 {
        let mut best: Vec<f64> = self.grades.values().copied().collect();
        best.sort_by(|a, b| b.total_cmp(a));
        dcg(ranked) / dcg(&best)
    }

    /// 1 if the first is right; P@1.
    pub fn first(&self, ranked: &[f64]) -> f64 {
        if ranked.first().is_some_and(|&grade| grade >= RIGHT) { 1.0 } else { 0.0 }
    }

    /// What of the right ones is among the first ten, R@10; none if none is right.
    pub fn recall(&self, ranked: &[f64]) -> Option<f64> {
        let right = |grades: &[f64]| grades.iter().filter(|&&grade| grade >= RIGHT).count() as f64;
        let all = right(&self.grades.values().copied().collect::<Vec<_>>());
        (all > 0.0).then(|| right(&ranked[..ranked.len().min(TOP)]) / all)
    }
}

fn dcg(grades: &[f64]) -> f64 {
    let gains = grades.iter().take(TOP).enumerate();
    gains.map(|(rank, grade)| grade / (rank as f64 + 2.0).log2()).sum()
}

/// What a scorer reaches, question by question.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    pub ndcg: Vec<f64>,
    pub first: Vec<f64>,
    pub recall: Vec<f64>,
}

pub fn reached(questions: &[Question], scorer: &dyn Scorer) -> Reached {
    let mut reached = Reached { ndcg: Vec::new(), first: Vec::new(), recall: Vec::new() };
    for question in questions {
        let ranked = question.ranked(scorer);
        reached.ndcg.push(question.ndcg(&ranked));
        reached.first.push(question.first(&ranked));
        reached.recall.extend(question.recall(&ranked));
    }
    reached
}

/// The mean nDCG@10 of each pair of documents, each asked by itself, from both
/// sides; by the documents.
pub fn by_pair(
    graph: &Graph,
    questions: &[Question],
    scorer: &dyn Scorer,
) -> BTreeMap<(DocId, DocId), f64> {
    let mut pairs: BTreeMap<(DocId, DocId), Vec<f64>> = BTreeMap::new();
    for question in questions {
        let own = graph.document_of(question.measure);
        for other in graph.documents() {
            if let Some(question) = question.of(graph, other) {
                let ndcg = question.ndcg(&question.ranked(scorer));
                pairs.entry((own.min(other), own.max(other))).or_default().push(ndcg);
            }
        }
    }
    pairs.into_iter().map(|(pair, values)| (pair, mean(&values))).collect()
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The middle 95 % of the means of 10,000 samples of the questions, with
/// replacement; of a fixed seed.
///
/// Source: Sakai, “Evaluating evaluation metrics based on the bootstrap” (2006).
pub fn interval(values: &[f64]) -> (f64, f64) {
    const SAMPLES: usize = 10_000;
    let mut dice = fastrand::Rng::with_seed(53);
    let mut means: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let sample = (0..values.len()).map(|_| values[dice.usize(..values.len())]);
            sample.sum::<f64>() / values.len().max(1) as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    (means[SAMPLES / 40], means[SAMPLES - 1 - SAMPLES / 40])
}
