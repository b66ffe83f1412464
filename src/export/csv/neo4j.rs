//! CSV files with the headers of `neo4j-admin database import`.

use super::{create, fields, file_of};
use crate::container::save;
use crate::error::Error;
use crate::export::{Column, ColumnKind, Table, TableKind, Tables};
use std::io::{self, Write};
use std::path::Path;

/// Saves the nodes and edges for `neo4j-admin database import` in a folder, which is created: a file
/// for each kind, with types in its header.
///
/// A node has its key as `:ID` and its kind as label (`Measure`); an edge has its kind as type
/// (`ISSUED_BY`). Lists are arrays with `;`, the default of Neo4j. Texts have line breaks, so that
/// the import needs `--multiline-fields=true`. Facts that are neither nodes nor edges (dates, classes
/// of bodies, modality, notes) are left out.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the folder cannot be created or written.
///
/// ```
/// use policygraph::export::{self, csv};
///
/// let folder = tempfile::tempdir().unwrap();
/// csv::save_neo4j(&export::tables(policygraph::builtin()), folder.path())?;
/// let cites = std::fs::read_to_string(folder.path().join("cites.csv")).unwrap();
/// assert!(cites.starts_with(":START_ID,:END_ID,naming,naming_score:double,proof,"));
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn save_neo4j(tables: &Tables<'_>, folder: impl AsRef<Path>) -> Result<(), Error> {
    let folder = folder.as_ref();
    create(folder)?;
    for table in tables.iter() {
        let name = match table.kind() {
            TableKind::Nodes(kind) => label(kind.name()),
            TableKind::Edges(kind) => kind.name().to_uppercase(),
            TableKind::Facts => continue,
        };
        save(&folder.join(file_of(&table)), |out| write(&table, &name, out))?;
    }
    Ok(())
}

/// Writes a table whose last column is the label of its nodes or the type of its edges.
fn write(table: &Table<'_>, name: &str, out: impl Write) -> io::Result<()> {
    let is_edge = matches!(table.kind(), TableKind::Edges(_));
    let mut lines = csv::Writer::from_writer(out);
    let header = table.columns().iter().map(|column| heading(column, is_edge));
    let last = if is_edge { ":TYPE" } else { ":LABEL" };
    lines.write_record(header.chain([last.to_owned()]))?;
    for row in table.rows() {
        let fields = fields(&row, false).map(|field| field.into_owned());
        lines.write_record(fields.chain([name.to_owned()]))?;
    }
    lines.flush()
}

fn heading(column: &Column, is_edge: bool) -> String {
    match (column.name, column.kind) {
        ("source", _) if is_edge => ":START_ID".into(),
        ("target", _) if is_edge => ":END_ID".into(),
        (name, _) if column.key => format!("{name}:ID"),
        (name, ColumnKind::Text) => name.into(),
        (name, ColumnKind::Integer) => format!("{name}:long"),
        (name, ColumnKind::Number) => format!("{name}:double"),
        (name, ColumnKind::Boolean) => format!("{name}:boolean"),
        (name, ColumnKind::Date) => format!("{name}:date"),
        (name, ColumnKind::List) => format!("{name}:string[]"),
    }
}

/// Returns the name of a kind with a capital letter: `Measure`.
fn label(kind: &str) -> String {
    let (first, rest) = kind.split_at(1);
    first.to_uppercase() + rest
}
