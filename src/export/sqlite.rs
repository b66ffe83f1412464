//! An SQLite database, for any SQL tool and Datasette. Feature `sqlite`.
//!
//! A table for each of [`Tables`], with the keys as primary keys, foreign keys, and an index on each
//! reference. Days are texts (`2025-06-16`), truth values 0 and 1, lists JSON arrays. Two tables more:
//!
//! * `dictionary`: every table and column, with its Chinese term and description.
//! * `measures_search`: full-text search (FTS5, trigrams) over headings and texts of measures. Words
//!   of three characters or more; shorter ones by `LIKE`.
//!
//! ```sql
//! SELECT m.key, m.title FROM measures_search s JOIN measures m ON m.rowid = s.rowid
//! WHERE measures_search MATCH '临床试验' ORDER BY rank;
//! ```
//!
//! ```
//! use policygraph::{builtin, export::{self, sqlite}};
//!
//! let folder = tempfile::tempdir().unwrap();
//! let path = folder.path().join("policies.sqlite");
//! sqlite::save(&export::tables(builtin()), &path)?;
//!
//! let database = rusqlite::Connection::open(&path).unwrap();
//! let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap();
//! assert_eq!(count("SELECT count(*) FROM measures"), 131);
//! # Ok::<(), policygraph::Error>(())
//! ```

use super::{Column, ColumnKind, Table, Tables, Value};
use crate::container;
use crate::error::Error;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Settings of a database that is written once: a fault leaves no file in any case.
const SETTINGS: &str =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;";

/// The index of full-text search, over columns of `measures`.
const SEARCH: &str = "
    CREATE VIRTUAL TABLE measures_search USING
        fts5(title, text, content = 'measures', tokenize = 'trigram');
    INSERT INTO measures_search(measures_search) VALUES ('rebuild');
    INSERT INTO measures_search(measures_search) VALUES ('optimize');";

/// Saves a database. A file at `path` is replaced when the new one is complete.
///
/// SQLite writes it in the system's folder of temporary files, from where it is copied.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the temporary file or the file at `path` cannot be created or written.
///
/// ```
/// use policygraph::{ErrorKind, builtin, export::{self, sqlite}};
///
/// let folder = tempfile::tempdir().unwrap();
/// let error = sqlite::save(&export::tables(builtin()), folder.path()).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Io); // a folder
/// ```
pub fn save(tables: &Tables<'_>, path: impl AsRef<Path>) -> Result<(), Error> {
    container::save(path.as_ref(), |mut out| {
        let folder = tempfile::tempdir()?;
        let database = folder.path().join("database");
        write(tables, &database).map_err(io::Error::other)?;
        io::copy(&mut File::open(&database)?, &mut out)?;
        out.flush()
    })
}

fn write(tables: &Tables<'_>, path: &Path) -> rusqlite::Result<()> {
    let mut database = Connection::open(path)?;
    database.execute_batch(SETTINGS)?;
    let transaction = database.transaction()?;
    dictionary(tables, &transaction)?;
    for table in tables.iter() {
        transaction.execute_batch(&definition(&table))?;
        insert(&table, &transaction)?;
        transaction.execute_batch(&indexes(&table))?;
    }
    transaction.execute_batch(SEARCH)?;
    transaction.commit()?;
    database.execute_batch("ANALYZE")?;
    database.close().map_err(|(_, error)| error)
}

/// Returns the statement that creates a table.
fn definition(table: &Table<'_>) -> String {
    let columns: Vec<String> = table.columns().iter().map(column).collect();
    format!("CREATE TABLE \"{}\" (\n  {}\n) STRICT;", table.name(), columns.join(",\n  "))
}

fn column(column: &Column) -> String {
    let kind = match column.kind {
        ColumnKind::Text | ColumnKind::Date | ColumnKind::List => "TEXT",
        ColumnKind::Integer | ColumnKind::Boolean => "INTEGER",
        ColumnKind::Number => "REAL",
    };
    let mut definition = format!("\"{}\" {kind}", column.name);
    if !column.optional {
        definition.push_str(" NOT NULL");
    }
    if column.key {
        definition.push_str(" PRIMARY KEY");
    }
    match column.kind {
        ColumnKind::Boolean => {
            definition.push_str(&format!(" CHECK (\"{}\" IN (0, 1))", column.name));
        }
        ColumnKind::List => {
            definition.push_str(&format!(" CHECK (json_valid(\"{}\"))", column.name))
        }
        _ => {}
    }
    if let Some(table) = column.references {
        definition.push_str(&format!(" REFERENCES \"{table}\" (\"key\")"));
    }
    definition
}

fn insert(table: &Table<'_>, database: &Connection) -> rusqlite::Result<()> {
    let places = vec!["?"; table.columns().len()].join(", ");
    let mut statement =
        database.prepare(&format!("INSERT INTO \"{}\" VALUES ({places})", table.name()))?;
    for row in table.rows() {
        statement.execute(params_from_iter(row.iter().map(sql)))?;
    }
    Ok(())
}

fn sql<'v>(value: &'v Value<'_>) -> ToSqlOutput<'v> {
    match value {
        Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
        Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        Value::Integer(number) => ToSqlOutput::from(*number),
        Value::Number(number) => ToSqlOutput::from(*number),
        Value::Boolean(is) => ToSqlOutput::from(*is),
        Value::Date(day) => ToSqlOutput::from(day.to_string()),
        Value::List(texts) => {
            ToSqlOutput::from(serde_json::to_string(texts).expect("texts are JSON"))
        }
    }
}

/// Returns the statements that index the references of a table.
fn indexes(table: &Table<'_>) -> String {
    let name = table.name();
    let references = table.columns().iter().filter(|column| column.references.is_some());
    let index = |column: &Column| {
        format!("CREATE INDEX \"{name}_{0}\" ON \"{name}\" (\"{0}\");\n", column.name)
    };
    references.map(index).collect()
}

/// Writes the table of all tables and columns.
fn dictionary(tables: &Tables<'_>, database: &Connection) -> rusqlite::Result<()> {
    database.execute_batch(
        "CREATE TABLE \"dictionary\" (\
             \"table_name\" TEXT NOT NULL, \"column_name\" TEXT, \"chinese\" TEXT NOT NULL, \
             \"about\" TEXT NOT NULL) STRICT;",
    )?;
    let mut insert = database.prepare("INSERT INTO \"dictionary\" VALUES (?, ?, ?, ?)")?;
    for table in tables.iter() {
        insert.execute((table.name(), None::<&str>, table.chinese(), table.about()))?;
        for column in table.columns() {
            insert.execute((table.name(), column.name, column.chinese, column.about))?;
        }
    }
    Ok(())
}
