//! Arrow record batches in memory, and Parquet files, for DuckDB, polars, pandas and Spark. Feature
//! `parquet`.
//!
//! Texts are `Utf8`, integers `Int64`, numbers `Float64`, truth values `Boolean`, days `Date32`, lists
//! `List<Utf8>`. The Chinese term and the description of a column are in the metadata of its field.
//!
//! ```
//! use policygraph::export::{self, parquet};
//!
//! let tables = export::tables(policygraph::builtin());
//! let batch = parquet::record_batches(&tables.get("targets").unwrap()).next().unwrap();
//! let field = batch.schema().field_with_name("unit").unwrap().clone();
//! assert_eq!(field.metadata()["chinese"], "单位");
//! ```

use super::{Column, ColumnKind, Row, Rows, Table, Tables, Value};
use crate::container;
use crate::error::Error;
use crate::model::Date;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// Rows of a record batch.
const BATCH: usize = 8192;

/// Bytes of texts of a record batch, after which it ends: whole documents are in one column.
const TEXT: usize = 4 << 20;

/// Bytes in memory after which a row group is written.
const GROUP: usize = 32 << 20;

/// Returns the schema of a table in Arrow.
///
/// ```
/// use policygraph::export::{self, parquet};
///
/// let tables = export::tables(policygraph::builtin());
/// let schema = parquet::schema(&tables.get("deadlines").unwrap());
/// assert_eq!(schema.field_with_name("due").unwrap().data_type().to_string(), "Date32");
/// ```
pub fn schema(table: &Table<'_>) -> SchemaRef {
    let fields: Vec<Field> = table.columns().iter().map(field).collect();
    let metadata = [("chinese", table.chinese()), ("about", table.about())];
    Arc::new(Schema::new(fields).with_metadata(owned(metadata)))
}

/// Returns the rows of a table as record batches, made while they are read: at most 8192 rows each.
/// A table without rows has none.
///
/// ```
/// use policygraph::export::{self, parquet};
///
/// let tables = export::tables(policygraph::builtin());
/// let rows = parquet::record_batches(&tables.get("measures").unwrap()).map(|batch| batch.num_rows());
/// assert_eq!(rows.sum::<usize>(), 131);
/// ```
pub fn record_batches<'g>(table: &Table<'g>) -> RecordBatches<'g> {
    RecordBatches { columns: table.columns().to_vec(), schema: schema(table), rows: table.rows() }
}

/// Iterator over the rows of a table as record batches. Made by [`record_batches`].
///
/// ```
/// use policygraph::export::{self, parquet::{RecordBatches, record_batches}};
///
/// let tables = export::tables(policygraph::builtin());
/// let mut batches: RecordBatches = record_batches(&tables.get("regions").unwrap());
/// assert_eq!(batches.next().unwrap().num_columns(), 2);
/// ```
pub struct RecordBatches<'g> {
    columns: Vec<Column>,
    schema: SchemaRef,
    rows: Rows<'g>,
}

impl std::fmt::Debug for RecordBatches<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordBatches").field("schema", &self.schema).finish_non_exhaustive()
    }
}

impl Iterator for RecordBatches<'_> {
    type Item = RecordBatch;

    fn next(&mut self) -> Option<RecordBatch> {
        let mut builders: Vec<Builder> = self.columns.iter().map(Builder::new).collect();
        let (mut rows, mut bytes) = (0, 0);
        while rows < BATCH && bytes < TEXT {
            let Some(row) = self.rows.next() else { break };
            bytes += row.iter().filter_map(Value::as_text).map(str::len).sum::<usize>();
            append(&mut builders, row);
            rows += 1;
        }
        let columns = builders.into_iter().map(Builder::finish).collect();
        let batch = || RecordBatch::try_new(self.schema.clone(), columns);
        (rows > 0).then(|| batch().expect("values are of the types of their columns"))
    }
}

/// Writes a table as a Parquet file, compressed by Snappy. Batches are written as they are made; a row
/// group of some 32 MB is in memory at most.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the writer fails.
///
/// ```
/// use policygraph::export::{self, parquet};
///
/// let tables = export::tables(policygraph::builtin());
/// let mut file = Vec::new();
/// parquet::write_table(&tables.get("covers").unwrap(), &mut file)?;
/// assert!(file.starts_with(b"PAR1"));
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn write_table(table: &Table<'_>, out: impl Write + Send) -> Result<(), Error> {
    write(table, out).map_err(Error::not_written)
}

/// Saves each table as `NAME.parquet` in a folder, which is created. Each file replaces an older one when
/// it is complete. Other files of the folder stay.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the folder cannot be created or written.
///
/// ```
/// use policygraph::export::{self, parquet};
///
/// let folder = tempfile::tempdir().unwrap();
/// parquet::save_folder(&export::tables(policygraph::builtin()), folder.path())?;
/// assert!(folder.path().join("responsible.parquet").exists());
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn save_folder(tables: &Tables<'_>, folder: impl AsRef<Path>) -> Result<(), Error> {
    let folder = folder.as_ref();
    fs::create_dir_all(folder)
        .map_err(|error| Error::io(folder.display().to_string(), "cannot be created", error))?;
    for table in tables.iter() {
        let path = folder.join(format!("{}.parquet", table.name()));
        container::save(&path, |out| write(&table, out))?;
    }
    Ok(())
}

fn write(table: &Table<'_>, out: impl Write + Send) -> io::Result<()> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("policygraph {}", env!("CARGO_PKG_VERSION")))
        .build();
    let write = || -> Result<(), ParquetError> {
        let mut file = ArrowWriter::try_new(out, schema(table), Some(properties))?;
        for batch in record_batches(table) {
            file.write(&batch)?;
            if file.in_progress_size() > GROUP {
                file.flush()?;
            }
        }
        file.close()?;
        Ok(())
    };
    write().map_err(io::Error::other)
}

fn field(column: &Column) -> Field {
    let kind = match column.kind {
        ColumnKind::Text => DataType::Utf8,
        ColumnKind::Integer => DataType::Int64,
        ColumnKind::Number => DataType::Float64,
        ColumnKind::Boolean => DataType::Boolean,
        ColumnKind::Date => DataType::Date32,
        ColumnKind::List => DataType::new_list(DataType::Utf8, true),
    };
    let metadata = [("chinese", column.chinese), ("about", column.about)];
    Field::new(column.name, kind, column.optional).with_metadata(owned(metadata))
}

fn owned<const N: usize>(pairs: [(&str, &str); N]) -> HashMap<String, String> {
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// The values of a column of a batch.
enum Builder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
    Date(Date32Builder),
    List(ListBuilder<StringBuilder>),
}

impl Builder {
    fn new(column: &Column) -> Builder {
        match column.kind {
            ColumnKind::Text => Builder::Text(StringBuilder::new()),
            ColumnKind::Integer => Builder::Integer(Int64Builder::new()),
            ColumnKind::Number => Builder::Number(Float64Builder::new()),
            ColumnKind::Boolean => Builder::Boolean(BooleanBuilder::new()),
            ColumnKind::Date => Builder::Date(Date32Builder::new()),
            ColumnKind::List => Builder::List(ListBuilder::new(StringBuilder::new())),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Builder::Text(mut values) => Arc::new(values.finish()),
            Builder::Integer(mut values) => Arc::new(values.finish()),
            Builder::Number(mut values) => Arc::new(values.finish()),
            Builder::Boolean(mut values) => Arc::new(values.finish()),
            Builder::Date(mut values) => Arc::new(values.finish()),
            Builder::List(mut values) => Arc::new(values.finish()),
        }
    }
}

/// Appends a row. A value of another type than its column is `Null`; `tests/export.rs` shows that
/// there is none.
fn append(builders: &mut [Builder], row: Row<'_>) {
    for (builder, value) in builders.iter_mut().zip(row) {
        match builder {
            Builder::Text(values) => values.append_option(value.as_text()),
            Builder::Integer(values) => values.append_option(match value {
                Value::Integer(number) => Some(number),
                _ => None,
            }),
            Builder::Number(values) => values.append_option(match value {
                Value::Number(number) => Some(number),
                _ => None,
            }),
            Builder::Boolean(values) => values.append_option(match value {
                Value::Boolean(is) => Some(is),
                _ => None,
            }),
            Builder::Date(values) => values.append_option(match value {
                Value::Date(day) => Some(days(day)),
                _ => None,
            }),
            Builder::List(values) => match value {
                Value::List(texts) => values.append_value(texts.into_iter().map(Some)),
                _ => values.append_null(),
            },
        }
    }
}

/// Returns the number of days since 1970-01-01.
fn days(day: Date) -> i32 {
    let hours = day.duration_since(Date::constant(1970, 1, 1)).as_hours();
    i32::try_from(hours / 24).expect("years have four digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(days(Date::constant(1970, 1, 1)), 0);
        assert_eq!(days(Date::constant(2025, 6, 16)), 20_255);
        assert_eq!(days(Date::constant(1949, 10, 1)), -7_397);
    }
}
