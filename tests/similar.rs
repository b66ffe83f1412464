//! Similar measures against two readers' judgement, and the promises of a match.

#![cfg(feature = "builtin")]

use std::collections::HashMap;

use policygraph::graph::{Graph, MeasureId};
use policygraph::similar::{Index, Match, Options};
use policygraph::{Genre, builtin};
use serde_json::Value;

fn keys(graph: &Graph, matches: &[Match]) -> Vec<String> {
    matches.iter().map(|found| graph.at(found.measure).key().to_string()).collect()
}

/// Discounted cumulative gain of the first ten grades, with linear gain.
fn dcg(grades: impl Iterator<Item = f64>) -> f64 {
    grades.take(10).enumerate().map(|(rank, grade)| grade / (rank as f64 + 2.0).log2()).sum()
}

/// nDCG@10 on `data/gold/pairs.json`: the mean over the measures with at least
/// one judged pair; each is asked for the ten most similar measures of the
/// other two documents, while all measures are indexed.
fn ndcg(graph: &Graph) -> f64 {
    let documents =
        ["nm-2022-26", "nm-2025-18", "sx-2025"].map(|key| graph.document(key).unwrap().id());
    let mut judged: HashMap<String, HashMap<String, f64>> = HashMap::new();
    let pairs: Vec<Value> = serde_json::from_str(include_str!("../data/gold/pairs.json")).unwrap();
    for pair in &pairs {
        let (a, b) = (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
        for (from, to) in [(a, b), (b, a)] {
            judged
                .entry(from.into())
                .or_default()
                .insert(to.into(), pair["grade"].as_f64().unwrap());
        }
    }
    assert_eq!(judged.len(), 64);

    let index = Index::new(graph);
    let options = Options {
        documents: Some(&documents),
        elsewhere: true,
        explain: false,
        ..Options::default()
    };
    let scores = judged.iter().map(|(key, grades)| {
        let found = index.like(graph.measure(key).unwrap().id(), &options);
        let gained =
            keys(graph, &found).into_iter().map(|key| grades.get(&key).copied().unwrap_or(0.0));
        let mut best: Vec<f64> = grades.values().copied().collect();
        best.sort_by(|a, b| b.total_cmp(a));
        dcg(gained) / dcg(best.into_iter())
    });
    scores.sum::<f64>() / judged.len() as f64
}

#[test]
fn agrees_with_the_readers() {
    let ndcg = ndcg(builtin());
    println!("nDCG@10 {ndcg:.4}");
    assert!(ndcg >= 0.85, "{ndcg}");
}

#[test]
fn every_match_explains_its_score() {
    let index = Index::new(builtin());
    for measure in builtin().measures() {
        let found = index.like(measure, &Options { top: usize::MAX, ..Options::default() });
        assert!(found.is_sorted_by(|a, b| (b.score, a.measure) <= (a.score, b.measure)));
        for Match { measure: other, score, why } in found {
            assert!(other != measure && score > 0.0 && score <= 1.0);
            let sum: f32 = why.iter().map(|shared| shared.weight).sum();
            assert!((sum - score).abs() < 1e-5, "{sum} {score}");
            assert!(why.is_sorted_by(|a, b| a.weight >= b.weight));
            assert!(why.iter().all(|shared| builtin().at(other).text().contains(shared.text)));
        }
    }
}

#[test]
fn likeness_is_mutual_to_the_bit() {
    let index = Index::new(builtin());
    let options = Options { top: usize::MAX, explain: false, ..Options::default() };
    let mut scores = HashMap::new();
    for a in builtin().measures() {
        scores.extend(index.like(a, &options).into_iter().map(|b| ((a, b.measure), b.score)));
    }
    for ((a, b), score) in &scores {
        assert_eq!(scores.get(&(*b, *a)), Some(score));
    }
}

#[test]
fn the_same_question_has_the_same_answer() {
    let (a, b) = (Index::new(builtin()), Index::new(builtin()));
    for measure in builtin().measures() {
        assert_eq!(a.like(measure, &Options::default()), b.like(measure, &Options::default()));
    }
}

#[test]
fn a_heading_finds_the_measure_it_heads() {
    let index = Index::new(builtin());
    let heading = "促进仿制药质量提升";
    let found = index.text(heading, &Options { top: 1, ..Options::default() });
    assert_eq!(keys(builtin(), &found), ["sx-2025/19"]);
    assert_eq!(found[0].why[0].text, heading);
}

#[test]
fn filters_keep_the_order_of_the_rest() {
    let graph = builtin();
    let index = Index::new(graph);
    let query = graph.measure("sx-2025/9").unwrap().id();
    let all = index.like(query, &Options { top: usize::MAX, ..Options::default() });
    let check = |options: Options, keep: &dyn Fn(MeasureId) -> bool| {
        let kept = all.iter().filter(|found| keep(found.measure)).take(options.top);
        let kept: Vec<Match> = kept.cloned().collect();
        assert!(!kept.is_empty() && kept.len() < all.len());
        assert_eq!(index.like(query, &options), kept);
    };

    let own = graph.document_of(query);
    check(Options::default(), &|_| true);
    check(Options { documents: Some(&[own]), ..Options::default() }, &|m| {
        graph.document_of(m) == own
    });
    check(Options { except: &[own], ..Options::default() }, &|m| graph.document_of(m) != own);
    check(Options { elsewhere: true, ..Options::default() }, &|m| graph.document_of(m) != own);
    check(Options { keep: &|m| m < query, ..Options::default() }, &|m| m < query);

    let issued = |m: MeasureId| graph.at(m).document().genre() == Genre::Measures;
    check(Options { genres: Some(&[Genre::Measures]), ..Options::default() }, &issued);
    let region = graph.region("内蒙古自治区").unwrap();
    let here = |m: MeasureId| graph.at(m).document().regions().any(|other| other == region);
    check(Options { regions: Some(&[region.id()]), ..Options::default() }, &here);

    assert!(index.like(query, &Options { documents: Some(&[]), ..Options::default() }).is_empty());
    assert!(index.like(query, &Options { top: 0, ..Options::default() }).is_empty());
}
