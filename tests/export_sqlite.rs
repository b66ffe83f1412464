//! The database is read back with the values that were written.

use policygraph::export::{self, Value, sqlite};
use policygraph::{Corpus, Lexicon, builtin, seeds};
use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use std::path::PathBuf;
use tempfile::TempDir;

fn saved(graph: &policygraph::Graph) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policies.sqlite");
    sqlite::save(&export::tables(graph).with_lexicon(Lexicon::builtin()), &path).unwrap();
    (folder, path)
}

#[test]
fn every_row_is_read_back_equal() {
    let (_folder, path) = saved(builtin());
    let database = Connection::open(path).unwrap();
    for table in export::tables(builtin()).with_lexicon(Lexicon::builtin()).iter() {
        let mut statement = database
            .prepare(&format!("SELECT * FROM \"{}\" ORDER BY rowid", table.name()))
            .unwrap();
        let columns = statement.column_names();
        assert!(columns.eq(table.columns().iter().map(|column| column.name)));
        let mut read = statement.query([]).unwrap();
        for row in table.rows() {
            let read = read.next().unwrap().unwrap();
            for (place, value) in row.iter().enumerate() {
                let expected = match value {
                    Value::Null => Sql::Null,
                    Value::Integer(number) => Sql::Integer(*number),
                    Value::Number(number) => Sql::Real(*number),
                    Value::Boolean(is) => Sql::Integer(i64::from(*is)),
                    Value::List(texts) => Sql::Text(serde_json::to_string(texts).unwrap()),
                    other => Sql::Text(other.to_string()),
                };
                assert_eq!(read.get::<_, Sql>(place).unwrap(), expected, "{}", table.name());
            }
        }
        assert!(read.next().unwrap().is_none());
    }
}

#[test]
fn foreign_keys_and_the_file_are_sound() {
    let (_folder, path) = saved(builtin());
    let database = Connection::open(path).unwrap();
    let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let mut violations = database.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(violations.query([]).unwrap().next().unwrap().is_none());
    let keys: u32 = database
        .query_row("SELECT count(*) FROM pragma_foreign_key_list('responsible')", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(keys, 3); // source, target, document
}

#[test]
fn full_text_search_finds_chinese_words() {
    let (_folder, path) = saved(builtin());
    let database = Connection::open(path).unwrap();
    let search = "SELECT m.key FROM measures_search s JOIN measures m ON m.rowid = s.rowid
                  WHERE measures_search MATCH ? ORDER BY m.rowid";
    let mut statement = database.prepare(search).unwrap();
    let found: Vec<String> =
        statement.query_map(["临床试验"], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let expected: Vec<String> = builtin()
        .measures()
        .filter(|&id| builtin().at(id).text().contains("临床试验"))
        .map(|id| builtin().key(id).to_string())
        .collect();
    assert!(expected.len() > 2);
    assert_eq!(found, expected);
}

#[test]
fn equal_graphs_give_equal_bytes() {
    let reversed = seeds().into_iter().rev().collect::<Corpus>().graph(Lexicon::builtin());
    let (_one, first) = saved(builtin());
    let (_other, second) = saved(&reversed);
    assert!(std::fs::read(first).unwrap() == std::fs::read(second).unwrap());
}

#[test]
fn a_database_is_replaced_as_a_whole() {
    let (_folder, path) = saved(builtin());
    let empty = Corpus::new().graph(Lexicon::builtin());
    sqlite::save(&export::tables(&empty), &path).unwrap();
    let database = Connection::open(path).unwrap();
    let count: u32 =
        database.query_row("SELECT count(*) FROM measures", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 0);
}
