//! Order of modules: `src/lib.rs` lists them in reading order, and a module uses
//! only those listed before it.

use std::fs;
use std::path::{Path, PathBuf};

const SRC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// Returns the files below a folder, except those of tests only.
fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    found.filter(|path| !path.ends_with("tests.rs") && !path.ends_with("fixture.rs")).collect()
}

/// Returns the module of a file: `lexicon` of `src/lexicon.rs` and of `src/lexicon/scan.rs`.
fn module(file: &Path) -> &str {
    let inner = file.strip_prefix(SRC).unwrap().to_str().unwrap();
    inner.split(['/', '\\', '.']).next().unwrap()
}

/// Returns the code of a file above its `mod tests`, which may use any module.
fn without_tests(code: &str) -> &str {
    code.split("\nmod tests {").next().unwrap()
}

#[test]
fn a_module_uses_only_modules_listed_before_it() {
    let map = fs::read_to_string(Path::new(SRC).join("lib.rs")).unwrap();
    let declared = map.lines().filter_map(|line| line.split_once("mod ")?.1.strip_suffix(';'));
    let order: Vec<&str> = declared.collect();
    let place = |name: &str| order.iter().position(|module| *module == name);
    assert_eq!(order[..5], ["error", "number", "container", "parallel", "text"]);

    let mut uses = 0;
    for file in files(Path::new(SRC)).iter().filter(|file| !file.ends_with("lib.rs")) {
        let here = place(module(file)).unwrap_or_else(|| panic!("{file:?} is not in lib.rs"));
        let code = fs::read_to_string(file).unwrap();
        let code = without_tests(&code);
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

/// The modules that `file` declares, in order.
fn declared(file: &Path) -> Vec<String> {
    let code = fs::read_to_string(file).unwrap_or_default();
    let modules = code.lines().filter_map(|line| line.split_once("mod ")?.1.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// The modules below `module` in reading order, each after those inside it.
fn reading_order(module: &str, order: &mut Vec<String>) {
    for inner in declared(&Path::new(SRC).join(format!("{module}.rs"))) {
        let inner = format!("{module}/{inner}");
        reading_order(&inner, order);
        order.push(inner);
    }
}

#[test]
fn the_stages_of_reading_use_only_those_before_them() {
    let mut order = Vec::new();
    reading_order("read", &mut order);
    let place = |module: &str| order.iter().position(|other| other == module);
    let mut uses = 0;
    for (here, module) in order.iter().enumerate() {
        let code = fs::read_to_string(Path::new(SRC).join(format!("{module}.rs"))).unwrap();
        let code = without_tests(&code);
        let parent = module.rsplit_once('/').unwrap().0;
        for line in code.lines().filter_map(|line| line.trim_start().strip_prefix("use ")) {
            let used = line.replace("crate::", "").replace("super", parent).replace("::", "/");
            // The longest part of the path that is a module.
            let parts = used.match_indices(['/', ';', '{']).map(|(at, _)| &used[..at]);
            let Some(used) = parts.filter_map(&place).next_back() else { continue };
            assert!(used <= here, "{module} uses {}, which comes after it: {line}", order[used]);
            uses += 1;
        }
    }
    assert!(uses > 50, "only {uses} uses found");
}
