//! Small invented texts, each with the facts that its record must hold. `tests/cases/README.md`
//! describes the format.

#![cfg(feature = "builtin")]

use policygraph::{Lexicon, Source, read};
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");

/// One text and the checks of its record.
#[derive(Deserialize)]
struct Case {
    id: String,
    kind: String,
    what: String,
    format: String,
    text: String,
    expect: Vec<Value>,
    /// Shows the limit of a rule.
    #[serde(default)]
    guard: bool,
}

fn load<T: for<'a> Deserialize<'a>>(path: &Path) -> T {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the cases of all files, by file name and place.
fn cases() -> Vec<Case> {
    let mut files: Vec<_> =
        std::fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let is_cases = |path: &&std::path::PathBuf| {
        path.extension().is_some_and(|ending| ending == "json") && !path.ends_with("open.json")
    };
    files.iter().filter(is_cases).flat_map(|path| load::<Vec<Case>>(path)).collect()
}

/// Returns the value itself, or that of a value with its span.
fn plain(value: &Value) -> &Value {
    value.get("value").unwrap_or(value)
}

/// Returns the values at the end of a path, and true if it has a `[*]`; `None` if a place of a list on
/// the way is missing, as the first measure of none.
fn find(record: &Value, path: &str) -> Option<(Vec<Value>, bool)> {
    let mut found = vec![record.clone()];
    let mut many = false;
    for step in path.split_inclusive(']').flat_map(steps) {
        found = match step {
            "[*]" => found
                .iter()
                .flat_map(|v| plain(v).as_array().cloned().unwrap_or_default())
                .collect(),
            step => found.iter().map(|value| follow(plain(value), step)).collect(),
        };
        if step.starts_with('[') && found.contains(&Value::Null) {
            return None;
        }
        many |= step == "[*]";
    }
    Some((found.iter().map(|value| plain(value).clone()).collect(), many))
}

/// Splits `.measures[0]` into its steps, `measures` and `[0]`.
fn steps(part: &str) -> impl Iterator<Item = &str> {
    let bracket = part.find('[').unwrap_or(part.len());
    let (names, bracket) = part.split_at(bracket);
    names.split('.').chain(std::iter::once(bracket)).filter(|step| !step.is_empty())
}

/// Returns the value at one step; null for a missing name or place.
fn follow(value: &Value, step: &str) -> Value {
    let at = step.strip_prefix('[').and_then(|step| step.strip_suffix(']'));
    let found = match at.map(|at| at.parse::<isize>().unwrap()) {
        None => value.get(step),
        Some(at) => value.as_array().and_then(|list| {
            let from_end = at.unsigned_abs();
            let place = if at < 0 { list.len().checked_sub(from_end)? } else { from_end };
            list.get(place)
        }),
    };
    found.cloned().unwrap_or(Value::Null)
}

/// Returns true if `found` has `wanted`: an item of a list, or a part of a string.
fn has(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::String(found), Value::String(wanted)) => found.contains(wanted.as_str()),
        (Value::Array(found), wanted) => found.iter().any(|item| equal(plain(item), wanted)),
        _ => false,
    }
}

/// Equality as JSON: 20 equals 20.0.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(plain(a), b))
        }
        _ => a == b || (a.is_number() && a.as_f64() == b.as_f64()),
    }
}

/// Returns a description of a check that fails; `None` if it holds.
fn failure(record: &Value, check: &Value) -> Option<String> {
    let path = check["path"].as_str().unwrap();
    let Some((mut values, many)) = find(record, path) else {
        return Some(format!("    expected {check}\n    found    no such place"));
    };
    let found = if many { Value::Array(values) } else { values.remove(0) };
    let test = |name: &str| check.get(name);
    let holds = if let Some(wanted) = test("is") {
        equal(&found, wanted)
    } else if let Some(wanted) = test("has") {
        has(&found, wanted)
    } else if let Some(wanted) = test("lacks") {
        !has(&found, wanted)
    } else {
        let wanted = test("count").unwrap_or_else(|| panic!("no test in {check}"));
        found.as_array().map(|list| list.len() as u64) == wanted.as_u64()
    };
    (!holds).then(|| format!("    expected {check}\n    found    {found}"))
}

/// Returns the checks of a case that fail.
fn failures(case: &Case) -> Vec<String> {
    let name = format!("{}.{}", case.id, case.format);
    let source = Source::from_bytes(&name, case.text.as_bytes()).unwrap();
    let record = read(Lexicon::builtin(), &case.id, source);
    let record = serde_json::to_value(&record).unwrap();
    case.expect.iter().filter_map(|check| failure(&record, check)).collect()
}

#[test]
fn records_hold_the_facts_of_the_cases() {
    // Kinds that are not met yet; their guards hold all the same.
    let open: Vec<String> = load(&Path::new(FOLDER).join("open.json"));
    let mut failed = String::new();
    let mut still_open = std::collections::BTreeSet::new();
    for case in cases() {
        if case.format == "html" && cfg!(not(feature = "html")) {
            continue;
        }
        let failures = failures(&case);
        if failures.is_empty() {
            continue;
        }
        still_open.insert(case.kind.clone());
        if case.guard || !open.contains(&case.kind) {
            let lines = failures.join("\n");
            writeln!(failed, "{}: {}\n{}\n{lines}\n", case.id, case.what, case.text).unwrap();
        }
    }
    assert!(failed.is_empty(), "{failed}");
    let met: Vec<_> = open.iter().filter(|kind| !still_open.contains(*kind)).collect();
    assert!(
        met.is_empty(),
        "all cases of these kinds hold now; take them out of open.json: {met:?}"
    );
}

#[test]
fn a_check_that_does_not_hold_is_reported() {
    let record = serde_json::json!({"a": [{"b": {"value": 1, "span": [0, 1]}}, {}], "t": "甲乙"});
    let fails = |check: Value| failure(&record, &check).is_some();
    assert!(!fails(serde_json::json!({"path": "a[*].b", "is": [1.0, null]})));
    assert!(!fails(serde_json::json!({"path": "a[-2].b", "is": 1})));
    assert!(!fails(serde_json::json!({"path": "t", "has": "乙"})));
    assert!(fails(serde_json::json!({"path": "t", "lacks": "乙"})));
    assert!(fails(serde_json::json!({"path": "a", "count": 1})));
    assert!(fails(serde_json::json!({"path": "none", "count": 0})));
    assert!(!fails(serde_json::json!({"path": "none[*]", "count": 0})));
}
