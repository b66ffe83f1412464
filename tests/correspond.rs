//! Correspondence of the measures of sx-2025 with the articles of the policy that it
//! implements, against the alignment of two readers.

#![cfg(feature = "builtin")]

use std::collections::HashMap;

use policygraph::graph::{ArticleId, PolicyId};
use policygraph::similar::Index;
use policygraph::{Lexicon, builtin};
use serde_json::Value;

/// The minimum score of a corresponding article.
const THRESHOLD: f32 = 0.37;

/// One judged measure.
struct Judged {
    /// The annotators' mean grade of each similar article, best first; 0 for none.
    ranked: Vec<f64>,
    /// Number of leading articles to which the measure corresponds in the graph.
    corresponding: usize,
    /// All grades of the annotators.
    grades: Vec<f64>,
}

/// The policy with the builtin outline.
fn policy() -> PolicyId {
    builtin().policy(&Lexicon::builtin().outlines()[0].number).unwrap().id()
}

fn judged() -> Vec<Judged> {
    let (graph, policy) = (builtin(), policy());
    let index = Index::new(graph, Lexicon::builtin());
    let gold: Vec<Value> =
        serde_json::from_str(include_str!("../data/gold/parent-alignment.json")).unwrap();
    let judge = |row: &Value| {
        let graded = row["articles"].as_array().unwrap().iter();
        let grades: HashMap<u64, f64> = graded
            .map(|of| (of["article"].as_u64().unwrap(), of["grade"].as_f64().unwrap()))
            .collect();
        let measure = graph.measure(row["measure"].as_str().unwrap()).unwrap().id();
        let grade = |&(article, _): &(ArticleId, f32)| {
            grades.get(&graph.at(article).ordinal().into()).copied().unwrap_or(0.0)
        };
        let ranked = index.similar_articles(measure, policy).unwrap();
        let articles = graph.articles_of(policy);
        let corresponding = graph.corresponds_to(measure).iter().filter(|id| articles.contains(id));
        Judged {
            ranked: ranked.iter().map(grade).collect(),
            corresponding: corresponding.count(),
            grades: grades.values().copied().collect(),
        }
    };
    gold.iter().map(judge).collect()
}

/// Returns precision, recall and F1 of the reported candidates; a grade of `right` or
/// more is correct.
fn precision_recall(right: f64) -> [f64; 3] {
    let judged = judged();
    let reported: Vec<f64> = judged
        .iter()
        .flat_map(|measure| &measure.ranked[..measure.corresponding])
        .copied()
        .collect();
    let hits = reported.iter().filter(|&&grade| grade >= right).count() as f64;
    let all =
        judged.iter().flat_map(|measure| &measure.grades).filter(|&&grade| grade >= right).count();
    let all = all as f64;
    [hits / reported.len() as f64, hits / all, 2.0 * hits / (reported.len() as f64 + all)]
}

/// Returns the mean average precision of the ranking: the mean over the measures of
/// the precision at each correct article.
fn mean_average_precision() -> f64 {
    let judged = judged();
    let average = |measure: &Judged| {
        let right = measure.ranked.iter().enumerate().filter(|(_, grade)| **grade > 0.0);
        let precisions =
            right.zip(1..).map(|((rank, _), hits)| f64::from(hits) / (rank + 1) as f64);
        precisions.sum::<f64>() / measure.grades.len() as f64
    };
    judged.iter().map(average).sum::<f64>() / judged.len() as f64
}

#[test]
fn correspondence_agrees_with_the_readers() {
    for (right, least) in [(1.0, 0.70), (2.0, 0.85)] {
        let [precision, recall, f1] = precision_recall(right);
        println!("grade {right} up: P {precision:.3} R {recall:.3} F1 {f1:.3}");
        assert!(f1 >= least, "{f1}");
    }
    let order = mean_average_precision();
    println!("mean average precision {order:.3}");
    assert!(order >= 0.80, "{order}");
}

/// [`THRESHOLD`] is chosen so that unrelated pairs seldom reach it.
#[test]
fn unrelated_measures_seldom_correspond() {
    let policy = policy();
    let index = Index::new(builtin(), Lexicon::builtin());
    let (mut pairs, mut reached) = (0, 0);
    for measure in builtin().measures().map(|id| builtin().at(id)) {
        let document = measure.document();
        if document.implements().all(|implemented| implemented.to().id() != policy) {
            let found = index.similar_articles(measure.id(), policy).unwrap();
            pairs += builtin().articles_of(policy).len();
            reached += found.iter().filter(|(_, score)| *score >= THRESHOLD).count();
        }
    }
    println!("{reached} of {pairs}");
    assert!(pairs > 1900 && (0.005..0.015).contains(&(f64::from(reached as u32) / pairs as f64)));
}
