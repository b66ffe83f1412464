//! Alignment of measures and correspondence of articles against the grades of two readers.

use policygraph::Graph;
use policygraph::graph::ArticleId;
use policygraph::similar::Index;
use policygraph_testkit::ranking::{Query, mean};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Precision and recall with a minimum grade of relevant pairs.
struct PrecisionRecall {
    grade: f64,
    precision: f64,
    recall: f64,
}

impl PrecisionRecall {
    /// * `reported`: grades of the reported pairs.
    /// * `all`: grades of all pairs that the readers gave one.
    fn new(grade: f64, reported: &[f64], all: &[f64]) -> Self {
        let relevant = |grades: &[f64]| grades.iter().filter(|of| **of >= grade).count() as f64;
        let share = |all: f64| relevant(reported) / all.max(1.0);
        PrecisionRecall {
            grade,
            precision: share(reported.len() as f64),
            recall: share(relevant(all)),
        }
    }

    fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }

    fn line(&self) -> String {
        let PrecisionRecall { grade, precision, recall } = self;
        format!(
            "  grade {grade} and more: precision {precision:.3}, recall {recall:.3}, F1 {:.3}\n",
            self.f1()
        )
    }

    fn json(&self) -> Value {
        json!({ "grade": self.grade, "precision": self.precision, "recall": self.recall, "f1": self.f1() })
    }
}

/// Pairs of measures that [`Index::align`] reports.
pub struct Alignment([PrecisionRecall; 2]);

impl Alignment {
    pub fn new(graph: &Graph, index: &Index<&Graph>, queries: &[Query]) -> Self {
        let grades: BTreeMap<_, _> = queries
            .iter()
            .flat_map(|of| of.grades.iter().map(|(&other, &grade)| ((of.measure, other), grade)))
            .collect();
        let mut documents: Vec<_> =
            queries.iter().map(|of| graph.document_of(of.measure)).collect();
        documents.dedup();
        let mut reported = Vec::new();
        for (at, &left) in documents.iter().enumerate() {
            for &right in &documents[at + 1..] {
                let pairs = index.align(left, right).pairs.into_iter();
                reported
                    .extend(pairs.map(|p| grades.get(&(p.left, p.right)).copied().unwrap_or(0.0)));
            }
        }
        let all: Vec<f64> = grades.iter().filter(|((a, b), _)| a < b).map(|of| *of.1).collect();
        Alignment([1.0, 2.0].map(|grade| PrecisionRecall::new(grade, &reported, &all)))
    }

    pub fn page(&self) -> String {
        let lines: String = self.0.iter().map(PrecisionRecall::line).collect();
        format!("\nCorresponding measures of two documents (`Index::align`):\n{lines}")
    }

    pub fn json(&self) -> Value {
        self.0.iter().map(PrecisionRecall::json).collect()
    }
}

/// Articles that measures correspond to. A pair below the minimum grade counts as
/// wrong; it is not left out.
pub struct Matched {
    reported: [PrecisionRecall; 2],
    /// Mean average precision of the ranking, grade 1 and more.
    mean_average_precision: f64,
}

impl Matched {
    pub fn new(index: &Index<&Graph>) -> Self {
        let graph = index.graph();
        let policy = graph.policy("国办发〔2024〕53号").expect("seeds cite it").id();
        let gold: Vec<Value> =
            serde_json::from_str(include_str!("../../data/gold/parent-alignment.json"))
                .expect("gold is JSON");
        let (mut reported, mut all, mut precisions) = (Vec::new(), Vec::new(), Vec::new());
        for row in &gold {
            let key = row["measure"].as_str().expect("gold has keys");
            let measure = graph.measure(key).expect("a seed");
            let graded = row["articles"].as_array().expect("gold has articles").iter();
            let grades: BTreeMap<u64, f64> = graded
                .filter_map(|of| Some((of["article"].as_u64()?, of["grade"].as_f64()?)))
                .collect();
            let found = index.similar_articles(measure.id(), policy).expect("its outline is known");
            let grade = |&(article, _): &(ArticleId, f32)| {
                let ordinal = graph.at(article).ordinal();
                grades.get(&ordinal.into()).copied().unwrap_or(0.0)
            };
            let ranked: Vec<f64> = found.iter().map(grade).collect();
            let articles = graph.articles_of(policy);
            let corresponding = graph.corresponds_to(measure.id()).iter();
            reported.extend(&ranked[..corresponding.filter(|id| articles.contains(id)).count()]);
            all.extend(grades.values().copied());
            let relevant = ranked.iter().enumerate().filter(|(_, grade)| **grade >= 1.0);
            let sum: f64 =
                relevant.zip(1..).map(|((at, _), n)| f64::from(n) / (at + 1) as f64).sum();
            let wanted = grades.values().filter(|grade| **grade >= 1.0).count();
            if wanted > 0 {
                precisions.push(sum / wanted as f64);
            }
        }
        Matched {
            reported: [1.0, 2.0].map(|grade| PrecisionRecall::new(grade, &reported, &all)),
            mean_average_precision: mean(&precisions),
        }
    }

    pub fn page(&self) -> String {
        let lines: String = self.reported.iter().map(PrecisionRecall::line).collect();
        let order = self.mean_average_precision;
        format!(
            "\nArticles of 国办发〔2024〕53号 that measures of sx-2025 correspond to:\n{lines}  the whole ranking: mean average precision {order:.3}\n"
        )
    }

    pub fn json(&self) -> Value {
        let reported: Vec<Value> = self.reported.iter().map(PrecisionRecall::json).collect();
        json!({ "said": reported, "mean_average_precision": self.mean_average_precision })
    }
}
