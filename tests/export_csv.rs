//! CSV files are read back with the values that were written.

use csv::ReaderBuilder;
use policygraph::export::csv::{CsvOptions, save_folder, save_neo4j, write_table};
use policygraph::export::{self, Table, Value};
use policygraph::{ErrorKind, Lexicon, builtin};
use std::collections::HashSet;
use std::fs;

fn written(table: &Table<'_>, options: &CsvOptions) -> Vec<u8> {
    let mut out = Vec::new();
    write_table(table, &mut out, options).unwrap();
    out
}

#[test]
fn every_table_is_read_back_equal() {
    let mut rows = 0;
    for table in export::tables(builtin()).with_lexicon(Lexicon::builtin()).iter() {
        let bytes = written(&table, &CsvOptions::default());
        let mut reader = ReaderBuilder::new().from_reader(&*bytes);
        let names: Vec<_> = table.columns().iter().map(|column| column.name).collect();
        assert_eq!(reader.headers().unwrap(), names);
        let mut records = reader.records();
        for row in table.rows() {
            let record = records.next().unwrap().unwrap();
            for (value, field) in row.iter().zip(&record) {
                match value {
                    Value::Null => assert_eq!(field, ""),
                    Value::Text(text) => assert_eq!(field, text),
                    Value::Integer(number) => assert_eq!(field.parse(), Ok(*number)),
                    Value::Number(number) => assert_eq!(field.parse(), Ok(*number)),
                    Value::Boolean(is) => assert_eq!(field.parse(), Ok(*is)),
                    Value::Date(day) => assert_eq!(field.parse().ok(), Some(*day)),
                    Value::List(texts) => {
                        let read: Vec<_> =
                            field.split(';').filter(|text| !text.is_empty()).collect();
                        assert_eq!(read, *texts);
                    }
                    other => panic!("a new kind of value: {other:?}"),
                }
            }
            rows += 1;
        }
        assert!(records.next().is_none(), "{} has more records than rows", table.name());
    }
    assert!(rows > 2000, "{rows}");
}

#[test]
fn a_folder_has_a_description_of_each_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/tables");
    let tables = export::tables(builtin());
    save_folder(&tables, &path, &CsvOptions::default()).unwrap();
    let json = fs::read_to_string(path.join("datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_str(&json).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let described: HashSet<_> =
        resources.iter().map(|resource| resource["path"].as_str().unwrap().to_owned()).collect();
    let files: HashSet<_> = fs::read_dir(&path)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files.len(), described.len() + 1);
    assert!(described.is_subset(&files));
    for (resource, table) in resources.iter().zip(tables.iter()) {
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names = fields.iter().map(|field| field["name"].as_str().unwrap());
        assert!(names.eq(table.columns().iter().map(|column| column.name)));
    }
}

#[test]
fn every_start_and_end_of_a_neo4j_edge_is_an_id() {
    let folder = tempfile::tempdir().unwrap();
    save_neo4j(&export::tables(builtin()), folder.path()).unwrap();
    let (mut ids, mut ends) = (HashSet::new(), Vec::new());
    for file in fs::read_dir(folder.path()).unwrap() {
        let mut reader = ReaderBuilder::new().from_path(file.unwrap().path()).unwrap();
        let headers = reader.headers().unwrap().clone();
        let place = |name: &str| headers.iter().position(|header| header.ends_with(name));
        for record in reader.records().map(Result::unwrap) {
            if let (Some(start), Some(end)) = (place(":START_ID"), place(":END_ID")) {
                ends.extend([record[start].to_owned(), record[end].to_owned()]);
                let kind = &record[place(":TYPE").unwrap()];
                assert!(
                    !kind.is_empty() && kind.chars().all(|c| c.is_ascii_uppercase() || c == '_')
                );
            } else {
                assert!(
                    ids.insert(record[place("key:ID").unwrap()].to_owned()),
                    "an id occurs twice"
                );
            }
        }
    }
    assert!(ends.len() > 1000 && ends.iter().all(|end| ids.contains(end)));
}

#[test]
fn a_writer_that_fails_is_an_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk full"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let table = export::tables(builtin()).get("measures").unwrap();
    let error = write_table(&table, Full, &CsvOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.to_string().contains("disk full"), "{error}");
}
