//! The documents agree with each other and with the package.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap()
}

/// Names in backticks in the first column of the table after `heading`.
fn features(text: &str, heading: &str) -> BTreeSet<String> {
    let table = text.split(heading).nth(1).expect("the heading exists");
    let rows = table.lines().skip_while(|line| !line.starts_with("|---"));
    let rows = rows.skip(1).take_while(|line| line.starts_with('|'));
    let cells = rows.map(|row| row.split('|').nth(1).unwrap());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// Names in backticks on the line that shows how to run an example.
fn examples(text: &str) -> BTreeSet<String> {
    let line = text.lines().find(|line| line.contains("`cargo run --release --example ")).unwrap();
    let names = line.split("--release --example ").nth(1).unwrap();
    let quoted = names.split('`').skip(2).step_by(2);
    quoted.filter(|name| !name.starts_with('-')).map(str::to_owned).collect()
}

#[test]
fn both_readmes_list_the_features_of_the_package() {
    let manifest = document("Cargo.toml");
    let table = manifest.split("[features]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let declared = table.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    let declared: BTreeSet<String> = declared
        .filter(|name| *name != "default" && !name.starts_with('#'))
        .map(str::to_owned)
        .collect();
    assert_eq!(features(&document("README.md"), "## Features"), declared);
    assert_eq!(features(&document("README.zh-CN.md"), "## 特性"), declared);
}

#[test]
fn both_readmes_list_every_example() {
    let entries = fs::read_dir(Path::new(ROOT).join("examples")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    // `terminal` is a module of the examples.
    let programs = paths.filter(|path| path.is_file() || path.join("main.rs").is_file());
    let declared: BTreeSet<String> =
        programs.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(examples(&document("README.md")), declared);
    assert_eq!(examples(&document("README.zh-CN.md")), declared);
}

/// Lines of code, without comments: the same program is shown in both.
fn code(text: &str) -> Vec<&str> {
    let blocks = text.split("```rust\n").skip(1).map(|block| block.split("```").next().unwrap());
    let lines = blocks.flat_map(str::lines);
    lines.map(|line| line.split("//").next().unwrap().trim_end()).collect()
}

#[test]
fn both_readmes_show_the_same_code() {
    assert_eq!(code(&document("README.md")), code(&document("README.zh-CN.md")));
}

#[test]
fn the_readme_stays_short() {
    assert!(document("README.md").lines().count() <= 120);
}
