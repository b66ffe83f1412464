//! Correspondence of the measures of sx-2025 with the articles of the policy that it
//! implements, against the alignment of two readers.

#![cfg(feature = "builtin")]

use std::collections::HashMap;

use policygraph::correspond::{Articles, Candidate, THRESHOLD, stated};
use policygraph::features::Extractor;
use policygraph::{Lexicon, builtin};
use serde_json::Value;

/// A measure with its candidates.
struct Judged {
    /// Candidates with the readers' mean grade, 0 for none.
    found: Vec<(Candidate, f64)>,
    /// Number of candidates that are reported.
    said: usize,
    /// All grades that the readers gave.
    grades: Vec<f64>,
}

fn judged() -> Vec<Judged> {
    let outline = &Lexicon::builtin().outlines()[0];
    let extractor = Extractor::new(Lexicon::builtin());
    let articles = Articles::new(&extractor, outline);
    let gold: Vec<Value> =
        serde_json::from_str(include_str!("../data/gold/parent-alignment.json")).unwrap();
    let judge = |row: &Value| {
        let graded = row["articles"].as_array().unwrap().iter();
        let grades: HashMap<u64, f64> = graded
            .map(|of| (of["article"].as_u64().unwrap(), of["grade"].as_f64().unwrap()))
            .collect();
        let measure = builtin().measure(row["measure"].as_str().unwrap()).unwrap();
        let bag = extractor.measure(measure.document().record(), measure.record());
        let found = articles.corresponding(&bag);
        let said = stated(&found).len();
        let grade = |at: usize| grades.get(&outline.articles[at].n.into()).copied().unwrap_or(0.0);
        let found =
            found.into_iter().map(|candidate| (candidate, grade(candidate.article))).collect();
        Judged { found, said, grades: grades.values().copied().collect() }
    };
    gold.iter().map(judge).collect()
}

/// Returns precision, recall and F1 of the reported candidates; a grade of `right` or
/// more is correct.
fn precision_recall(right: f64) -> [f64; 3] {
    let judged = judged();
    let said: Vec<f64> = judged
        .iter()
        .flat_map(|measure| &measure.found[..measure.said])
        .map(|&(_, grade)| grade)
        .collect();
    let hits = said.iter().filter(|&&grade| grade >= right).count() as f64;
    let all =
        judged.iter().flat_map(|measure| &measure.grades).filter(|&&grade| grade >= right).count();
    let all = all as f64;
    [hits / said.len() as f64, hits / all, 2.0 * hits / (said.len() as f64 + all)]
}

/// Returns the mean average precision of the ranking: the mean over the measures of
/// the precision at each correct article.
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
    let outline = &Lexicon::builtin().outlines()[0];
    let extractor = Extractor::new(Lexicon::builtin());
    let articles = Articles::new(&extractor, outline);
    let policy = builtin().policy(&outline.number).unwrap().id();
    let (mut pairs, mut reached) = (0, 0);
    for measure in builtin().measures().map(|id| builtin().at(id)) {
        let document = measure.document();
        if document.implements().all(|implemented| implemented.to().id() != policy) {
            let found =
                articles.corresponding(&extractor.measure(document.record(), measure.record()));
            pairs += outline.articles.len();
            reached += found.iter().filter(|candidate| candidate.score >= THRESHOLD).count();
        }
    }
    println!("{reached} of {pairs}");
    assert!(pairs > 1900 && (0.005..0.015).contains(&(f64::from(reached as u32) / pairs as f64)));
}
