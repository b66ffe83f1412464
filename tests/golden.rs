//! Records of the seed documents, byte by byte.
//!
//! `UPDATE=1 cargo test --test golden` rewrites `tests/golden/*.json`; the diff then
//! shows the effect of a change.

#![cfg(feature = "builtin")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use policygraph_testkit::golden;
use similar::TextDiff;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

#[test]
fn records_of_the_seeds_equal_the_golden_files() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut differ = String::new();
    let mut names = BTreeSet::new();
    for seed in policygraph::seeds() {
        let name = format!("{}.json", seed.key);
        let path = Path::new(GOLDEN).join(&name);
        let now = golden::to_json(&seed);
        let golden = fs::read_to_string(&path).unwrap_or_default();
        if golden != now && update {
            fs::write(&path, &now).unwrap();
        } else if golden != now {
            let diff = TextDiff::from_lines(&golden, &now);
            differ += &diff.unified_diff().context_radius(3).header(&name, "read now").to_string();
        }
        names.insert(name);
    }
    assert!(
        differ.is_empty(),
        "{differ}\nIf this is meant: UPDATE=1 cargo test --test golden, and commit the diff."
    );
    let kept = fs::read_dir(GOLDEN).unwrap().map(|file| file.unwrap().file_name());
    let kept: BTreeSet<String> = kept.map(|name| name.into_string().unwrap()).collect();
    assert_eq!(kept, names, "tests/golden holds one file a seed");
}
