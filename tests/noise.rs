//! Records of the seed documents with injected faults, against gold.
//! `cargo run --example evaluate -- --noise` prints the scores at several rates.

#![cfg(feature = "builtin")]

use std::fs;

use policygraph::Record;
use policygraph_testkit::noise;
use serde_json::Value;

const GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/gold/documents");

/// Minimum mean F1 if 2 % of the characters have a fault.
const FLOORS: [(&str, f64); 2] = [("measures", 0.95), ("responsible", 0.90)];

/// Number of runs, each with another seed.
const RUNS: u64 = 5;

fn documents() -> Vec<(Record, Value)> {
    let gold = |record: Record| {
        let json = fs::read_to_string(format!("{GOLD}/{}.json", record.key)).ok()?;
        Some((record, serde_json::from_str(&json).unwrap()))
    };
    policygraph::seeds().into_iter().filter_map(gold).collect()
}

#[test]
fn scores_stay_high_with_faults_in_two_percent_of_the_characters() {
    let documents = documents();
    assert_eq!(documents.len(), 6);
    let runs: Vec<_> = (0..RUNS).map(|seed| noise::scores(&documents, 0.02, seed)).collect();
    for (field, floor) in FLOORS {
        let f1 = runs.iter().map(|run| run.get(field).f1()).sum::<f64>() / runs.len() as f64;
        println!("{field}: {f1:.3}");
        let errors: String = runs.iter().map(|run| run.get(field).errors()).collect();
        assert!(f1 >= floor, "{field}: F1 {f1:.3}, below {floor}\n{errors}");
    }
}
