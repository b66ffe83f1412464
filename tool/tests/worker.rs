//! `policygraph worker` as an engine runs it: lines over pipes.

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Int64Array, RecordBatch, StringArray,
};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, Field, Schema};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use policygraph::{Record, export};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::thread;

const PROGRAM: &str = env!("CARGO_BIN_EXE_policygraph");

fn start(arguments: &[&str]) -> Child {
    Command::new(PROGRAM)
        .arg("worker")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Gives a worker its whole input.
fn output(arguments: &[&str], input: impl Into<Vec<u8>>) -> Output {
    let mut worker = start(arguments);
    let (mut stdin, input) = (worker.stdin.take().unwrap(), input.into());
    // A worker that ends early closes the pipe.
    let writer = thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = worker.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// Returns the answers to an input that does not end the worker.
#[track_caller]
fn answers(arguments: &[&str], input: impl Into<Vec<u8>>) -> Vec<Value> {
    let output = output(arguments, input);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && error.is_empty(), "{:?}: {error}", output.status);
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn document(key: &str) -> String {
    json!({ "key": key, "text": "一、加强药品监管。省药监局负责。" }).to_string()
}

/// Returns the kind, the key and the line of an error.
fn error(answer: &Value) -> (&str, Option<&str>, u64) {
    let error = &answer["error"];
    (error["kind"].as_str().unwrap(), answer["key"].as_str(), error["line"].as_u64().unwrap())
}

#[test]
fn the_record_of_a_file_is_the_one_that_read_writes() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("data/seeds");
    let read = Command::new(PROGRAM).args(["read", "--quiet"]).arg(&seeds).output().unwrap().stdout;
    let mut input = String::new();
    let records = String::from_utf8(read).unwrap();
    for record in records.lines() {
        let key =
            serde_json::from_str::<Value>(record).unwrap()["doc"].as_str().unwrap().to_owned();
        let text = std::fs::read_to_string(seeds.join(&key)).unwrap();
        input += &(json!({ "key": key, "name": key, "text": text }).to_string() + "\n");
    }
    let output = output(&["read"], input).stdout;
    let output = String::from_utf8(output).unwrap();
    assert_eq!(output.lines().count(), 5);
    for (answer, record) in output.lines().zip(records.lines()) {
        let (stamp, answer) = answer.split_once(r#","record":"#).unwrap();
        assert_eq!(answer.strip_suffix('}'), Some(record));
        let stamp: Value = serde_json::from_str(&(stamp.to_owned() + "}")).unwrap();
        assert_eq!(stamp["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(stamp["lexicon"], policygraph::Lexicon::builtin().checksum());
        assert!(record.contains(stamp["key"].as_str().unwrap()));
    }
}

#[test]
fn a_file_is_recognised_by_its_content_and_a_text_is_not() {
    let page = "<html><body><p>一、加强药品监管。</p></body></html>";
    // The same page in base64.
    let base64 = "PGh0bWw+PGJvZHk+PHA+5LiA44CB5Yqg5by66I2v5ZOB55uR566h44CCPC9wPjwvYm9keT48L2h0bWw+";
    let lines = [
        json!({ "key": "text", "text": page }),
        json!({ "key": "file", "name": "page", "text": page }),
        json!({ "key": "page", "base64": base64 }),
        json!({ "key": "image.txt", "base64": "iVBORw0KGgo=" }),
    ];
    let answers = answers(&["read"], lines.map(|line| line.to_string()).join("\n"));
    assert!(answers[0]["record"]["text"].as_str().unwrap().contains("<html>"));
    for answer in &answers[1..3] {
        assert_eq!(answer["record"]["text"].as_str().unwrap().trim(), "一、加强药品监管。");
    }
    assert_eq!(error(&answers[3]), ("UnsupportedFormat", Some("image.txt"), 4));
    assert!(answers[3]["error"]["message"].as_str().unwrap().contains("OCR"));
}

#[test]
fn a_line_that_has_no_answer_costs_only_itself() {
    let lines: Vec<Vec<u8>> = vec![
        document("first").into(),
        b"".into(),
        b"{\"key\": \"cut".into(),
        b"{\"key\": \"\xFF\xFE\", \"text\": \"\"}".into(),
        br#"{"key": 7, "text": ""}"#.into(),
        br#"{"key": "no text"}"#.into(),
        br#"{"key": "two", "text": "", "base64": ""}"#.into(),
        br#"{"key": "base", "base64": "*"}"#.into(),
        br#"{"text": "no key"}"#.into(),
        b"[".repeat(100_000),
        br#"["key", "text"]"#.into(),
        b"null".into(),
        br#"{"key": "empty", "text": ""}"#.into(),
        b"\0\x1B[31m".into(),
        document("last").into(),
    ];
    let answers = answers(&["read"], lines.join(&b'\n'));
    assert_eq!(answers.len(), lines.len());
    for (n, answer) in (1..).zip(&answers) {
        match n {
            1 | 13 | 15 => assert!(answer["record"].is_object(), "{answer}"),
            _ => assert_eq!(error(answer).2, n, "{answer}"),
        }
        assert!(answer["version"].is_string() && answer["lexicon"].is_string());
    }
    assert_eq!(error(&answers[2]).0, "Record");
    assert_eq!(error(&answers[5]), ("InvalidInput", Some("no text"), 6));
    assert!(answers[2]["error"]["message"].as_str().unwrap().ends_with("at column 12"));
    assert_eq!(answers[14]["key"], "last");
}

#[test]
fn a_line_above_the_maximum_is_not_held() {
    let mut worker = start(&["read", "--max-line", "1000"]);
    let mut input = worker.stdin.take().unwrap();
    let part = "x".repeat(1_000_000);
    for _ in 0..100 {
        input.write_all(part.as_bytes()).unwrap();
    }
    write!(input, "\n{}\n{{\"key\":", document("next")).unwrap();
    let mut output = BufReader::new(worker.stdout.take().unwrap());
    let mut line = || {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        serde_json::from_str::<Value>(&line).unwrap()
    };
    // The answers come while the input is open, and half of a line is in it.
    let (long, next) = (line(), line());
    assert_eq!(error(&long), ("InvalidInput", None, 1));
    assert_eq!(next["key"], "next");
    if let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", worker.id())) {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(peak < 100_000, "{peak} kB");
    }
    drop(input);
    assert_eq!(error(&line()), ("Record", None, 3));
    assert!(worker.wait().unwrap().success());
}

#[test]
fn a_line_of_other_vocabularies_ends_the_worker() {
    let lexicon = policygraph::Lexicon::builtin().checksum();
    let same = json!({ "key": "same", "text": "", "lexicon": lexicon }).to_string();
    let other = json!({ "key": "other", "text": "", "lexicon": "0".repeat(64) }).to_string();
    assert_eq!(answers(&["read"], same.clone()).len(), 1);
    let output = output(&["read"], [same, other, document("last")].join("\n"));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout.iter().filter(|&&byte| byte == b'\n').count(), 1);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("line 2: refuses to mix vocabularies"), "{error}");
}

#[test]
fn answers_keep_the_order_of_the_lines() {
    let keys: Vec<String> = (0..300).map(|n| format!("{}", n * 7919 % 300)).collect();
    let input: Vec<String> = keys.iter().map(|key| document(key)).collect();
    let answers = answers(&["read"], input.join("\n") + "\n");
    assert!(answers.iter().map(|answer| answer["key"].as_str().unwrap()).eq(&keys));
}

#[test]
fn a_closed_pipe_ends_the_worker_quietly() {
    let mut worker = start(&["read"]);
    drop(worker.stdout.take());
    let mut input = worker.stdin.take().unwrap();
    // Writes until the worker is gone; it answers each line at once.
    let line = document("one") + "\n";
    while input.write_all(line.as_bytes()).is_ok() {}
    let mut error = String::new();
    worker.stderr.take().unwrap().read_to_string(&mut error).unwrap();
    assert!(worker.wait().unwrap().success() && error.is_empty(), "{error}");
}

#[test]
fn no_input_has_no_answer() {
    assert!(answers(&["read"], "").is_empty());
}

/// Returns an Arrow stream with one batch for each document (key, name, content).
fn stream(documents: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let schema = Schema::new(vec![
        Field::new("key", DataType::Utf8, true),
        Field::new("name", DataType::Utf8, true),
        Field::new("content", DataType::Binary, true),
    ]);
    let mut stream = StreamWriter::try_new(Vec::new(), &schema).unwrap();
    for (key, name, content) in documents {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values([key])),
            Arc::new(StringArray::from_iter([*name])),
            Arc::new(BinaryArray::from_iter_values([content])),
        ];
        stream.write(&RecordBatch::try_new(Arc::new(schema.clone()), columns).unwrap()).unwrap();
    }
    stream.finish().unwrap();
    stream.into_inner().unwrap()
}

/// Returns each row of an Arrow stream as the line that the same step writes without `--arrow`.
fn rows_of(stream: &[u8]) -> Vec<Value> {
    let mut rows = Vec::new();
    for batch in StreamReader::try_new(stream, None).unwrap() {
        let batch = batch.unwrap();
        let text = |column: &ArrayRef, row| {
            let column = column.as_string::<i32>();
            column.is_valid(row).then(|| column.value(row).to_owned())
        };
        let [key, record, error, version, lexicon] = batch.columns() else { panic!("5 columns") };
        for row in 0..batch.num_rows() {
            let mut line = json!({
                "version": text(version, row), "lexicon": text(lexicon, row), "key": text(key, row),
            });
            if let Some(record) = text(record, row) {
                line["record"] = serde_json::from_str(&record).unwrap();
            }
            if error.is_valid(row) {
                let error = error.as_struct();
                let (kind, message) = (text(error.column(0), row), text(error.column(1), row));
                let number = error.column(2).as_primitive::<Int64Type>().value(row);
                line["error"] = json!({ "kind": kind, "message": message, "line": number });
            }
            rows.push(line);
        }
    }
    rows
}

#[test]
fn arrow_streams_have_the_answers_of_lines() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("data/seeds");
    let mut files: Vec<_> =
        std::fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let names: Vec<_> =
        files.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    let contents: Vec<Vec<u8>> = files.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let mut documents: Vec<(&str, Option<&str>, &[u8])> = names
        .iter()
        .zip(&contents)
        .map(|(name, content)| (*name, Some(*name), &content[..]))
        .collect();
    documents.insert(2, ("image", None, b"\x89PNG\r\n\x1a\n\x00"));
    let mut lines = String::new();
    for (key, name, content) in &documents {
        let content = BASE64_STANDARD.encode(content);
        lines += &(json!({ "key": key, "name": name, "base64": content }).to_string() + "\n");
    }
    let expected = answers(&["read"], lines);
    let output = output(&["read", "--arrow"], stream(&documents));
    assert!(output.status.success(), "{output:?}");
    assert_eq!(rows_of(&output.stdout), expected);
    assert_eq!(error(&expected[2]), ("UnsupportedFormat", Some("image"), 3));
}

#[test]
fn a_row_that_has_no_answer_costs_only_itself() {
    let field = |name, data_type| Field::new(name, data_type, true);
    let text =
        |values: Vec<Option<&[u8]>>| -> ArrayRef { Arc::new(BinaryArray::from_iter(values)) };
    let schema = Arc::new(Schema::new(vec![
        field("key", DataType::Binary),
        field("text", DataType::Binary),
        field("length", DataType::Int64),
        field("other", DataType::Boolean),
    ]));
    let good = Some("一、加强药品监管。省药监局负责。".as_bytes());
    let keys = ["noise", "none", "left out", "long", "good"].map(|key| Some(key.as_bytes()));
    let long = [b'.'; 201];
    let columns: Vec<ArrayRef> = vec![
        text([&keys[..], &[None]].concat()),
        text(vec![Some(b"\xff\xfe"), None, None, Some(&long), good, good]),
        Arc::new(Int64Array::from(vec![None, None, Some(1 << 40), None, None, None])),
        Arc::new(BooleanArray::from(vec![true; 6])),
    ];
    let mut stream = StreamWriter::try_new(Vec::new(), &schema).unwrap();
    stream.write(&RecordBatch::try_new(schema.clone(), columns).unwrap()).unwrap();
    let stream = stream.into_inner().unwrap();
    let output = output(&["read", "--arrow", "--max-line", "200"], stream);
    assert!(output.status.success(), "{output:?}");
    let rows = rows_of(&output.stdout);
    let words = ["utf-8", "`text` or as `content`", "1099511627776 bytes", "201 bytes"];
    for (n, (row, words)) in rows.iter().zip(words).enumerate() {
        assert_eq!(error(row).0, "InvalidInput");
        assert_eq!(error(row).2, n as u64 + 1);
        assert!(row["error"]["message"].as_str().unwrap().contains(words), "{row}");
    }
    assert_eq!(rows[4]["record"]["measures"][0]["n"], 1);
    assert_eq!(error(&rows[5]), ("InvalidInput", None, 6));
}

#[test]
fn a_caller_can_wait_for_each_answer() {
    let schema = Schema::new(vec![
        Field::new("key", DataType::Utf8, true),
        Field::new("text", DataType::Utf8, true),
    ]);
    let mut worker = start(&["read", "--arrow"]);
    let mut questions = StreamWriter::try_new(worker.stdin.take().unwrap(), &schema).unwrap();
    questions.flush().unwrap();
    let mut answers = StreamReader::try_new(worker.stdout.take().unwrap(), None).unwrap();
    for key in ["a", "b"] {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values([key])),
            Arc::new(StringArray::from_iter_values(["一、加强药品监管。"])),
        ];
        questions.write(&RecordBatch::try_new(Arc::new(schema.clone()), columns).unwrap()).unwrap();
        questions.flush().unwrap();
        let answer = answers.next().unwrap().unwrap();
        assert_eq!(answer.column(0).as_string::<i32>().value(0), key);
    }
    questions.finish().unwrap();
    drop(questions);
    assert!(answers.next().is_none());
    assert!(worker.wait().unwrap().success());
}

#[test]
fn what_is_no_stream_of_documents_ends_the_worker() {
    let no_content = Schema::new(vec![Field::new("key", DataType::Utf8, true)]);
    let number = Schema::new(vec![
        Field::new("key", DataType::Utf8, true),
        Field::new("text", DataType::Int64, true),
    ]);
    let empty = |schema| StreamWriter::try_new(Vec::new(), schema).unwrap().into_inner().unwrap();
    let whole = stream(&[("a", None, b"one")]);
    let cut = whole[..whole.len() - 30].to_vec();
    let inputs = [
        (Vec::new(), "as an Arrow stream"),
        (b"{\"key\":\"a\"}\n".to_vec(), "as an Arrow stream"),
        (cut, "standard input"),
        (empty(&no_content), "key, and text or content; it has key"),
        (empty(&number), "column text is Int64"),
        ([whole.clone(), whole.clone()].concat(), "bytes follow the end"),
    ];
    for (input, message) in inputs {
        let output = output(&["read", "--arrow"], input);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}: {error}");
        assert!(error.contains(message), "{message}: {error}");
    }
    let output = output(&["forms", "--arrow"], Vec::new());
    assert_eq!(output.status.code(), Some(2));
}

/// Brings the values of equal keys together, as a shuffle does; the values of each in reverse order.
fn grouped(pairs: impl IntoIterator<Item = (Value, Value)>) -> BTreeMap<String, Vec<String>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let text = |value: Value| value.as_str().unwrap().to_owned();
    for (key, value) in pairs {
        groups.entry(text(key)).or_default().insert(0, text(value));
    }
    groups
}

/// Asks a step about groups.
fn of_groups(
    step: &str,
    [key, values]: [&str; 2],
    groups: BTreeMap<String, Vec<String>>,
) -> Vec<Value> {
    let line = |(name, members): (String, Vec<String>)| {
        format!("{{\"{key}\":{},\"{values}\":[{}]}}\n", json!(name), members.join(","))
    };
    answers(&[step], groups.into_iter().map(line).collect::<String>())
}

/// Returns the members of the lists of answers.
fn members<'a>(answers: &'a [Value], list: &'a str) -> impl Iterator<Item = &'a Value> {
    answers.iter().flat_map(move |answer| answer[list].as_array().unwrap())
}

/// Returns the rows that steps make of records, as texts, by table.
fn rows_in_steps(records: &[Record]) -> BTreeMap<String, Vec<String>> {
    let record = |record: &Record| json!({ "record": record }).to_string() + "\n";
    let input = records.iter().map(record).collect::<String>() + "{\"outlines\":true}\n";
    let forms = answers(&["forms"], input);
    let pair = |member: &Value, names: [&str; 2]| -> (Value, Value) {
        names.map(|name| member[name].clone()).into()
    };

    let by_number = members(&forms, "forms").map(|form| pair(form, ["group", "form"]));
    let numbered = of_groups("numbers", ["group", "forms"], grouped(by_number));
    let by_title = members(&numbered, "titled").map(|entry| pair(entry, ["words", "entry"]));
    let titled = of_groups("titles", ["words", "entries"], grouped(by_title));
    let clustered = members(&numbered, "clustered").chain(members(&titled, "clustered"));
    let by_cluster = grouped(clustered.map(|form| pair(form, ["cluster", "form"])));
    let policies = of_groups("policies", ["cluster", "forms"], by_cluster);

    let mut references: HashMap<&str, &str> = HashMap::new();
    let mut input = String::new();
    for policy in policies.iter().filter(|policy| !policy["policy"].is_null()) {
        input += &format!("{{\"policy\":{}}}\n", policy["policy"].as_str().unwrap());
        for name in policy["names"].as_array().unwrap() {
            references.insert(name.as_str().unwrap(), policy["reference"].as_str().unwrap());
        }
    }
    for (record, answer) in records.iter().zip(&forms) {
        let names = answer["forms"].as_array().unwrap().iter().map(|form| &form["name"]);
        let given = names.filter_map(|name| {
            let name = name.as_str().unwrap();
            Some(format!("[{name},{}]", references.get(name)?))
        });
        let given = given.collect::<Vec<_>>().join(",");
        input += &format!("{{\"record\":{},\"policies\":[{given}]}}\n", json!(record));
    }
    // Two processes.
    let half = input[..input.len() / 2].rfind('\n').unwrap() + 1;
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut shared = HashSet::new();
    for part in [&input[..half], &input[half..]] {
        for answer in answers(&["rows"], part) {
            let table = answer["table"].as_str().unwrap();
            for row in answer["rows"].as_array().unwrap() {
                let row = row.as_str().unwrap();
                if !answer["shared"].as_bool().unwrap()
                    || shared.insert((table.to_owned(), row.to_owned()))
                {
                    rows.entry(table.to_owned()).or_default().push(row.to_owned());
                }
            }
        }
    }
    rows
}

/// Prints a value of JSON as a value of a table prints itself.
fn printed(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(texts) => texts.iter().map(printed).collect::<Vec<_>>().join("; "),
        Value::Number(number) if number.is_f64() => number.as_f64().unwrap().to_string(),
        other => other.to_string(),
    }
}

#[test]
fn the_rows_of_the_steps_are_those_of_the_graph() {
    let mut found = rows_in_steps(&policygraph::seeds());
    let schema = answers(&["schema"], "{}\n").remove(0);
    let tables = export::tables(policygraph::builtin());
    assert_eq!(schema["tables"].as_array().unwrap().len(), tables.iter().count());
    for (table, schema) in tables.iter().zip(schema["tables"].as_array().unwrap()) {
        let columns: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
        assert_eq!(schema["name"], table.name());
        assert!(schema["columns"].as_array().unwrap().iter().map(|of| &of["name"]).eq(&columns));
        let mut expected: Vec<Vec<String>> =
            table.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let row = |row: String| -> Vec<String> {
            let row: Value = serde_json::from_str(&row).unwrap();
            columns.iter().map(|&column| printed(&row[column])).collect()
        };
        let rows = found.remove(table.name()).unwrap_or_default();
        let mut rows: Vec<Vec<String>> = rows.into_iter().map(row).collect();
        expected.sort();
        rows.sort();
        assert!(rows == expected, "{}", table.name());
    }
    assert!(found.is_empty(), "{:?}", found.keys());
}

#[test]
fn a_citation_without_a_policy_ends_the_worker() {
    let record = &policygraph::seeds()[0];
    let line = json!({ "record": record, "policies": [] }).to_string() + "\n";
    let output = output(&["rows"], line);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("has no policy"), "{message}");
}

#[test]
fn a_line_that_is_no_question_of_the_step_has_an_error() {
    for step in ["forms", "numbers", "titles", "policies", "rows"] {
        let found = answers(&[step], "{}\n{\"forms\":[{\"title\":1}]}\n");
        assert_eq!(found.len(), 2, "{step}");
        assert!(found.iter().all(|answer| answer["error"]["line"].is_u64()), "{step}: {found:?}");
    }
}

/// Pairs of measures over lines: sets, prefixes, a join, and the resemblance of the candidates.
fn neighbours(records: &str, threshold: &str, frequent: &Path) -> Vec<(String, String, String)> {
    let lines =
        |values: Vec<Value>| values.iter().map(|value| format!("{value}\n")).collect::<String>();
    let mut measures: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut sets: BTreeMap<String, Value> = BTreeMap::new();
    for answer in answers(&["shingles"], records) {
        for measure in answer["measures"].as_array().unwrap() {
            let set = measure["set"].as_str().unwrap().to_owned();
            let key = format!("{}/{}", answer["key"].as_str().unwrap(), measure["position"]);
            measures.entry(set.clone()).or_default().push(key);
            sets.insert(set, measure["shingles"].clone());
        }
    }
    let named = |(set, shingles)| json!({ "set": set, "shingles": shingles });
    let question = lines(sets.iter().map(named).collect());
    let arguments = ["prefix", "--threshold", threshold, "--frequent", frequent.to_str().unwrap()];
    let mut holders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for answer in answers(&arguments, question) {
        let prefix: Vec<char> = answer["prefix"].as_str().unwrap().chars().collect();
        for shingle in prefix.chunks(2) {
            let set = answer["set"].as_str().unwrap().to_owned();
            holders.entry(shingle.iter().collect()).or_default().push(set);
        }
    }
    let mut candidates = BTreeSet::new();
    for sets in holders.values() {
        let pairs = sets.iter().flat_map(|a| sets.iter().map(move |b| (a.clone(), b.clone())));
        candidates.extend(pairs.filter(|(a, b)| a < b));
    }
    // All sets resemble themselves.
    candidates.extend(sets.keys().map(|set| (set.clone(), set.clone())));
    let pair = |(a, b)| json!({ "a": a, "b": b, "shingles": [sets[a], sets[b]] });
    let question = lines(candidates.iter().map(|(a, b)| pair((a, b))).collect());
    let mut found = Vec::new();
    for answer in answers(&["resemblance", "--threshold", threshold], question) {
        let (a, b) = (answer["a"].as_str().unwrap(), answer["b"].as_str().unwrap());
        for a_key in &measures[a] {
            for b_key in measures[b].iter().filter(|&b_key| a != b || a_key < b_key) {
                let mut pair = [a_key.clone(), b_key.clone()];
                pair.sort();
                if let [a, b] = pair
                    && !answer["resemblance"].is_null()
                {
                    found.push((a, b, answer["resemblance"].to_string()));
                }
            }
        }
    }
    found.sort();
    found
}

#[test]
fn near_duplicates_over_lines_are_those_of_one_process() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("data/seeds");
    let read = Command::new(PROGRAM).args(["read", "--quiet"]).arg(&seeds).output().unwrap().stdout;
    let records = String::from_utf8(read).unwrap();
    let key = |record: &str| serde_json::from_str::<Value>(record).unwrap()["doc"].clone();
    let line = |record: &str| format!("{{\"key\":{},\"record\":{record}}}\n", key(record));
    let records: String = records.lines().map(line).collect();
    let folder = tempfile::tempdir().unwrap();
    let frequent = folder.path().join("frequent");
    std::fs::write(&frequent, "药品\n监管\n").unwrap();
    for threshold in ["0.05", "0.2"] {
        let near = [
            "reuse",
            "--near",
            "--json",
            "--quiet",
            "--limit",
            "1000000",
            "--threshold",
            threshold,
        ];
        let output = Command::new(PROGRAM).args(near).arg("-c").arg(&seeds).output().unwrap();
        let mut expected = Vec::new();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let pair: Value = serde_json::from_str(line).unwrap();
            let mut keys = ["a", "b"].map(|side| pair[side].as_str().unwrap().to_owned());
            keys.sort();
            let [a, b] = keys;
            expected.push((a, b, pair["resemblance"].to_string()));
        }
        expected.sort();
        assert!(expected.len() > 5, "{threshold}: {}", expected.len());
        let found = neighbours(&records, threshold, &frequent);
        let differs = found.iter().zip(&expected).find(|(found, expected)| found != expected);
        assert_eq!((differs, found.len()), (None, expected.len()));
    }
}

#[test]
fn a_line_that_is_no_set_of_shingles_costs_only_itself() {
    let lines = [
        json!({ "set": "x", "shingles": "加强强" }),
        json!({ "set": "y", "shingles": "加强强化" }),
    ];
    let input = format!("{}\n{}\n", lines[0], lines[1]);
    let found = answers(&["prefix", "--threshold", "1"], input);
    assert_eq!(error(&found[0]), ("Record", None, 1));
    assert_eq!((found[1]["size"].as_u64(), found[1]["prefix"].as_str()), (Some(2), Some("加强")));
    let pair = json!({ "a": "x", "b": "y", "shingles": ["加强强化", "加强强药"] });
    let found = answers(&["resemblance", "--threshold", "0.5"], format!("{pair}\n"));
    assert!(found[0]["resemblance"].is_null(), "{}", found[0]);
}

#[test]
fn a_file_of_frequent_shingles_that_is_not_there_ends_the_worker() {
    let output = output(&["prefix", "--frequent", "no/such/file"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no/such/file: "));
}
