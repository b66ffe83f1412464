//! `src/lib.rs` lists the modules in reading order; a module uses only those
//! above it.

use std::fs;
use std::path::{Path, PathBuf};

const SRC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// The files under a folder, but for those that hold only tests.
fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    found.filter(|path| !path.ends_with("tests.rs") && !path.ends_with("fixture.rs")).collect()
}

/// `lexicon` of `src/lexicon.rs` and of `src/lexicon/scan.rs`.
fn module(file: &Path) -> &str {
    let inner = file.strip_prefix(SRC).unwrap().to_str().unwrap();
    inner.split(['/', '\\', '.']).next().unwrap()
}

#[test]
fn a_module_uses_only_those_above_it() {
    let map = fs::read_to_string(Path::new(SRC).join("lib.rs")).unwrap();
    let declared = map.lines().filter_map(|line| line.split_once("mod ")?.1.strip_suffix(';'));
    let order: Vec<&str> = declared.collect();
    let place = |name: &str| order.iter().position(|module| *module == name);
    assert_eq!(order[..4], ["error", "container", "parallel", "text"]);

    let mut uses = 0;
    for file in files(Path::new(SRC)).iter().filter(|file| !file.ends_with("lib.rs")) {
        let here = place(module(file)).unwrap_or_else(|| panic!("{file:?} is not in lib.rs"));
        let code = fs::read_to_string(file).unwrap();
        // A `mod tests` at the end of a file may use what it likes.
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for path in line.split("crate::").skip(1) {
                let used = path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                let above = place(used).is_some_and(|used| used <= here);
                assert!(above, "{} uses {used}, which is not above it: {line}", file.display());
                uses += 1;
            }
        }
    }
    assert!(uses > 50, "only {uses} uses found: are they still written `crate::…`?");
}
