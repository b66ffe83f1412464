//! Records as readable JSON for golden files, so that a diff shows a change.

use policygraph::Record;
use serde_json::{Map, Value};

/// Maximum length of a line, in characters.
const WIDTH: usize = 100;

/// Number of characters shown of each end of a measure's text.
const ENDS: usize = 12;

/// Keys that come first in an object; the others follow by name.
const FIRST: [&str; 12] = [
    "doc",
    "title",
    "number",
    "genre",
    "issuers",
    "n",
    "section",
    "text",
    "agency",
    "surface",
    "comparator",
    "from",
];

/// Returns the JSON of a record without the text of the document. The text of a
/// measure is shortened to both ends. A value that fits on one line is on one line.
///
/// ```
/// use policygraph::{Lexicon, read};
/// use policygraph_testkit::golden;
///
/// let json = golden::to_json(&read(Lexicon::builtin(), "a", "一、药品抽检。"));
/// assert!(json.starts_with("{\n  \"doc\": \"a\","));
/// ```
pub fn to_json(record: &Record) -> String {
    let mut value = serde_json::to_value(record).unwrap();
    value.as_object_mut().unwrap().remove("text");
    for measure in value["measures"].as_array_mut().unwrap() {
        let text = measure["text"].as_str().unwrap();
        measure["text"] = ends(text).into();
    }
    let mut out = String::new();
    write(&mut out, &value, 0);
    out.push('\n');
    out
}

fn ends(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 2 * ENDS {
        return text.to_owned();
    }
    let (head, tail) = (&chars[..ENDS], &chars[chars.len() - ENDS..]);
    head.iter().chain(&['…']).chain(tail).collect()
}

fn write(out: &mut String, value: &Value, depth: usize) {
    let line = on_one_line(value);
    if depth > 0 && 2 * depth + line.chars().count() <= WIDTH {
        out.push_str(&line);
        return;
    }
    match value {
        Value::Array(items) => {
            let items = items.iter().map(|item| (String::new(), item));
            block(out, ('[', ']'), items, depth);
        }
        Value::Object(fields) => {
            let fields = ordered(fields).into_iter();
            let fields = fields.map(|(name, value)| (format!("\"{name}\": "), value));
            block(out, ('{', '}'), fields, depth);
        }
        _ => out.push_str(&line),
    }
}

fn block<'v>(
    out: &mut String,
    (open, close): (char, char),
    items: impl Iterator<Item = (String, &'v Value)>,
    depth: usize,
) {
    out.push(open);
    for (at, (name, value)) in items.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        out.push_str(&format!("{comma}\n{:1$}{name}", "", 2 * depth + 2));
        write(out, value, depth + 1);
    }
    out.push_str(&format!("\n{:1$}{close}", "", 2 * depth));
}

fn on_one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(on_one_line).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let field = |(name, value): (&String, _)| format!("\"{name}\": {}", on_one_line(value));
            format!("{{{}}}", ordered(fields).into_iter().map(field).collect::<Vec<_>>().join(", "))
        }
        value => value.to_string(),
    }
}

fn ordered(fields: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut fields: Vec<_> = fields.iter().collect();
    let place = |name: &str| FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len());
    fields.sort_by(|(a, _), (b, _)| (place(a), a).cmp(&(place(b), b)));
    fields
}
