//! Measures of sx-2025 against the articles of the policy they carry out, as
//! two readers matched them.

#![cfg(feature = "builtin")]

use std::collections::HashMap;

use policygraph::correspond::{Articles, Candidate, THRESHOLD};
use policygraph::features::said;
use policygraph::{Lexicon, builtin};
use serde_json::Value;

/// One measure.
struct Judged {
    /// Its candidates, each with the readers' mean grade, 0 for none.
    found: Vec<(Candidate, f64)>,
    /// All grades that the readers gave.
    grades: Vec<f64>,
}

fn judged() -> Vec<Judged> {
    let outline = &Lexicon::builtin().outlines()[0];
    let articles = Articles::new(&outline.articles);
    let gold: Vec<Value> =
        serde_json::from_str(include_str!("../data/gold/parent-alignment.json")).unwrap();
    let judge = |row: &Value| {
        let graded = row["articles"].as_array().unwrap().iter();
        let grades: HashMap<u64, f64> = graded
            .map(|of| (of["article"].as_u64().unwrap(), of["grade"].as_f64().unwrap()))
            .collect();
        let measure = builtin().measure(row["measure"].as_str().unwrap()).unwrap();
        let text = said(measure.record(), &measure.document().record().text);
        let products = measure.record().provision.products.iter().map(|product| &*product.value);
        let found = articles.corresponding(text.chain(products)).into_iter();
        let grade = |at: usize| grades.get(&outline.articles[at].n.into()).copied().unwrap_or(0.0);
        let found = found.map(|candidate| (candidate, grade(candidate.article))).collect();
        Judged { found, grades: grades.values().copied().collect() }
    };
    gold.iter().map(judge).collect()
}

/// Precision and recall at [`THRESHOLD`], where grades from `right` on are right.
fn precision_recall(right: f64) -> (f64, f64) {
    let judged = judged();
    let said: Vec<f64> = judged
        .iter()
        .flat_map(|measure| &measure.found)
        .filter(|(candidate, _)| candidate.score >= THRESHOLD)
        .map(|&(_, grade)| grade)
        .collect();
    let hits = said.iter().filter(|&&grade| grade >= right).count() as f64;
    let all =
        judged.iter().flat_map(|measure| &measure.grades).filter(|&&grade| grade >= right).count();
    (hits / said.len() as f64, hits / all as f64)
}

/// How good the order is, wherever one cuts it: the mean over the measures of
/// the precision at each article that a reader gave.
fn mean_average_precision() -> f64 {
    let judged = judged();
    let average = |measure: &Judged| {
        let right = measure.found.iter().enumerate().filter(|(_, (_, grade))| *grade > 0.0);
        let precisions =
            right.zip(1..).map(|((rank, _), hits)| f64::from(hits) / (rank + 1) as f64);
        precisions.sum::<f64>() / measure.grades.len() as f64
    };
    judged.iter().map(average).sum::<f64>() / judged.len() as f64
}

#[test]
fn agrees_with_the_readers() {
    let (precision, recall) = precision_recall(1.0);
    println!("grade 1 up: P {precision:.2} R {recall:.2}");
    assert!(precision >= 0.85 && recall >= 0.55, "{precision} {recall}");

    let (precision, recall) = precision_recall(2.0);
    println!("grade 2 up: P {precision:.2} R {recall:.2}");
    assert!(precision >= 0.80 && recall >= 0.78, "{precision} {recall}");

    let order = mean_average_precision();
    println!("mean average precision {order:.3}");
    assert!(order >= 0.80, "{order}");
}
