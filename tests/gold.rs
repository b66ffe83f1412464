//! Records of the seed documents against the annotation of two readers in
//! `data/gold/documents`.
//!
//! `cargo test --test gold -- --nocapture` prints the table.

#![cfg(feature = "builtin")]

use std::fs;
use std::path::Path;

use policygraph_testkit::extraction::{Scores, add_deadlines};
use serde_json::Value;

const GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/gold/documents");

const DEADLINES: &str = include_str!("../data/gold/deadlines.json");

/// Minimum F1. 1 where the readers agreed; elsewhere a little below the current
/// value.
const FLOORS: [(&str, f64); 24] = [
    ("title", 1.0),
    ("number", 1.0),
    ("genre", 1.0),
    ("issuers", 1.0),
    ("region", 1.0),
    ("dates", 1.0),
    ("implements", 1.0),
    ("sections", 1.0),
    ("subsections", 1.0),
    ("measures", 1.0),
    ("headings", 1.0),
    ("responsible", 1.0),
    ("agencies", 0.97),
    ("cites", 0.97),
    ("products", 0.96),
    ("targets", 0.96),
    ("platforms", 0.88),
    ("deadlines", 0.92),
    ("chapter_responsible", 1.0),
    ("chapter_agencies", 1.0),
    ("chapter_cites", 1.0),
    ("chapter_products", 1.0),
    ("chapter_targets", 1.0),
    ("chapter_platforms", 1.0),
];

fn scores() -> Scores {
    let mut files: Vec<_> = fs::read_dir(GOLD).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 6);
    let seeds = policygraph::seeds();
    let deadlines: Value = serde_json::from_str(DEADLINES).unwrap();
    let mut scores = Scores::default();
    for file in files {
        let mut gold: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        add_deadlines(&mut gold, &deadlines);
        let key = Path::new(&file).file_stem().unwrap().to_str().unwrap();
        scores.add(seeds.iter().find(|seed| seed.key == key).unwrap(), &gold);
    }
    scores
}

#[test]
fn records_agree_with_the_gold_annotation() {
    let scores = scores();
    println!("{scores}");
    let below: String = FLOORS
        .iter()
        .map(|(field, floor)| (field, floor, scores.get(field)))
        .filter(|(_, floor, score)| score.f1() < **floor)
        .map(|(field, floor, score)| {
            format!("{field}: F1 {:.3}, below {floor}\n{}", score.f1(), score.errors())
        })
        .collect();
    assert!(below.is_empty(), "\n{below}");
}
