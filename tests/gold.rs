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

/// Fields of the published figures, each with its row in the table of `docs/accuracy.md` that has the
/// figure of six other documents.
const PUBLISHED: [(&str, Option<&str>); 17] = [
    ("measures", Some("measures")),
    ("headings", None),
    ("sections", None),
    ("title", None),
    ("number", None),
    ("genre", None),
    ("issuers", None),
    ("region", None),
    ("dates", Some("dates")),
    ("implements", None),
    ("responsible", Some("responsible agencies with role")),
    ("deadlines", None),
    ("targets", Some("targets")),
    ("cites", Some("citations")),
    ("products", Some("products")),
    ("platforms", None),
    ("agencies", Some("other agencies")),
];

/// Returns F1 and the number of items in the last column of a row: `0.98 (157)`.
fn other_documents(row: &str) -> (f64, usize) {
    let page = include_str!("../docs/accuracy.md");
    let line = page.lines().find(|line| line.starts_with(&format!("| {row} |"))).unwrap();
    let cell = line.trim_end_matches([' ', '|']).rsplit('|').next().unwrap();
    let (f1, n) = cell.trim().trim_end_matches(')').split_once(" (").unwrap();
    (f1.parse().unwrap(), n.parse().unwrap())
}

/// `UPDATE=1 cargo test --test gold` rewrites the file.
#[test]
fn the_published_figures_are_those_of_today() {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/accuracy.json");
    let scores = scores();
    let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
    let lines = PUBLISHED.iter().map(|(field, row)| {
        let score = scores.get(field);
        let others = row.map(other_documents);
        serde_json::json!({
            "field": field,
            "n": score.found + score.missed.len(),
            "precision": rounded(score.precision()),
            "recall": rounded(score.recall()),
            "f1": rounded(score.f1()),
            "others": others.map(|(f1, n)| serde_json::json!({ "f1": f1, "n": n })),
        })
        .to_string()
    });
    let file = format!("[\n{}\n]\n", lines.collect::<Vec<_>>().join(",\n"));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(FILE, &file).unwrap();
    }
    assert_eq!(fs::read_to_string(FILE).unwrap(), file, "UPDATE=1 cargo test --test gold");
}
