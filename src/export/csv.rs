//! CSV files (RFC 4180, UTF-8), for R, Stata, pandas, Excel and Neo4j. Feature `csv`.
//!
//! ```
//! use policygraph::export::{self, csv::{self, CsvOptions}};
//!
//! let tables = export::tables(policygraph::builtin());
//! let mut out = Vec::new();
//! csv::write_table(&tables.get("issued_by").unwrap(), &mut out, &CsvOptions::default())?;
//! let text = String::from_utf8(out).unwrap();
//! assert!(text.starts_with("source,target,proof,document,span_start"));
//! assert!(text.contains("document:sx-2025,agency:山西省药品监督管理局"));
//! # Ok::<(), policygraph::Error>(())
//! ```

mod datapackage;
mod neo4j;

pub use neo4j::save_neo4j;

use super::{ColumnKind, Row, Table, Tables, Value};
use crate::container::save;
use crate::error::Error;
use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Between the texts of a list.
const DELIMITER: char = ';';

/// Characters with which a formula begins, the wide ones in Excel for Chinese.
const FORMULA: [char; 10] =
    ['=', '+', '-', '@', '\t', '\r', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];

/// Options of CSV files. The default is plain UTF-8 for programs.
///
/// ```
/// use policygraph::export::csv::CsvOptions;
///
/// let options = CsvOptions { excel: true };
/// assert_ne!(options, CsvOptions::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    /// For people who open the file in Excel: it begins with a byte order mark, so that Excel reads
    /// Chinese, and a text that begins with `=`, `+`, `-` or `@` (also wide), a tab or a carriage return
    /// gets a `'` before it, so that Excel does not run it as a formula.
    pub excel: bool,
}

/// Writes a table: a line of column names, then a line for each row.
///
/// `Null` is an empty field, a day is `2025-06-16`, a truth value `true` or `false`. The texts of a
/// list are joined by `;`; a `;` inside one is written `；`.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the writer fails.
///
/// ```
/// use policygraph::export::{self, csv::{self, CsvOptions}};
///
/// let tables = export::tables(policygraph::builtin());
/// let mut out = Vec::new();
/// csv::write_table(&tables.get("regions").unwrap(), &mut out, &CsvOptions { excel: true })?;
/// assert!(out.starts_with("\u{feff}key,name\nregion:".as_bytes()));
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn write_table(table: &Table<'_>, out: impl Write, options: &CsvOptions) -> Result<(), Error> {
    write(table, out, options).map_err(Error::not_written)
}

/// Saves each table as `NAME.csv` in a folder, which is created, and their description as
/// `datapackage.json` ([Data Package](https://datapackage.org) 2.0): types, keys, Chinese titles.
///
/// Each file replaces an older one when it is complete; the description is written last. Other files
/// of the folder stay.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the folder cannot be created or written.
///
/// ```
/// use policygraph::export::{self, csv::{self, CsvOptions}};
///
/// let folder = tempfile::tempdir().unwrap();
/// csv::save_folder(&export::tables(policygraph::builtin()), folder.path(), &CsvOptions::default())?;
/// assert!(folder.path().join("measures.csv").exists());
/// assert!(folder.path().join("datapackage.json").exists());
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn save_folder(
    tables: &Tables<'_>,
    folder: impl AsRef<Path>,
    options: &CsvOptions,
) -> Result<(), Error> {
    let folder = folder.as_ref();
    create(folder)?;
    for table in tables.iter() {
        save(&folder.join(file_of(&table)), |out| write(&table, out, options))?;
    }
    save(&folder.join("datapackage.json"), |mut out| {
        serde_json::to_writer_pretty(&mut out, &datapackage::describe(tables))?;
        out.write_all(b"\n")?;
        out.flush()
    })
}

fn create(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder)
        .map_err(|error| Error::io(folder.display().to_string(), "cannot be created", error))
}

fn file_of(table: &Table<'_>) -> String {
    format!("{}.csv", table.name())
}

fn write(table: &Table<'_>, mut out: impl Write, options: &CsvOptions) -> io::Result<()> {
    if options.excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut lines = csv::Writer::from_writer(out);
    lines.write_record(table.columns().iter().map(|column| column.name))?;
    for row in table.rows() {
        lines.write_record(fields(&row, options.excel).map(|field| field.into_owned()))?;
    }
    lines.flush()
}

/// Returns the fields of a row.
fn fields<'r>(row: &'r Row<'_>, excel: bool) -> impl Iterator<Item = Cow<'r, str>> {
    row.iter().map(move |value| match value {
        Value::Text(text) => guarded(text.as_ref().into(), excel),
        Value::List(texts) => guarded(joined(texts).into(), excel),
        other => other.to_string().into(),
    })
}

/// Returns a text that Excel does not run as a formula.
fn guarded(text: Cow<'_, str>, excel: bool) -> Cow<'_, str> {
    match excel && text.starts_with(FORMULA) {
        true => format!("'{text}").into(),
        false => text,
    }
}

fn joined(texts: &[&str]) -> String {
    let mut list = String::new();
    for (place, text) in texts.iter().enumerate() {
        if place > 0 {
            list.push(DELIMITER);
        }
        list.push_str(&text.replace(DELIMITER, "；"));
    }
    list
}

/// Returns true for columns in which an empty field is no value: an empty text is one.
fn is_empty_missing(kind: ColumnKind) -> bool {
    !matches!(kind, ColumnKind::Text | ColumnKind::List)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_guarded_for_excel_only() {
        let row = vec![Value::Text("=1+1".into()), Value::List(vec!["@a;b", "c"]), Value::Null];
        let of = |excel| fields(&row, excel).collect::<Vec<_>>();
        assert_eq!(of(true), ["'=1+1", "'@a；b;c", ""]);
        assert_eq!(of(false), ["=1+1", "@a；b;c", ""]);
    }
}
