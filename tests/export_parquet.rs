//! Parquet files are read back as the batches that were written.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use policygraph::export::parquet::{record_batches, save_folder, schema, write_table};
use policygraph::export::{self, Table, Value};
use policygraph::{Lexicon, builtin};
use std::fs::File;

fn read(table: &Table<'_>) -> Vec<RecordBatch> {
    let mut file = tempfile::tempfile().unwrap();
    write_table(table, &mut file).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    reader.with_batch_size(8192).build().unwrap().map(Result::unwrap).collect()
}

#[test]
fn every_table_is_read_back_equal() {
    for table in export::tables(builtin()).with_lexicon(Lexicon::builtin()).iter() {
        let written: Vec<RecordBatch> = record_batches(&table).collect();
        let read = read(&table);
        assert_eq!(read.len(), written.len());
        for (read, written) in read.iter().zip(&written) {
            assert_eq!(read.schema().fields(), written.schema().fields(), "{}", table.name());
            assert_eq!(read.columns(), written.columns(), "{}", table.name());
        }
    }
}

/// Returns the value of a cell as the text that `Value` prints.
fn printed(column: &ArrayRef, row: usize) -> String {
    use arrow_schema::DataType;
    if column.is_null(row) {
        return String::new();
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Boolean => column.as_boolean().value(row).to_string(),
        DataType::Date32 => {
            let days = i64::from(column.as_primitive::<Date32Type>().value(row));
            let day = policygraph::Date::constant(1970, 1, 1)
                .checked_add(jiff::SignedDuration::from_hours(24 * days))
                .unwrap();
            day.to_string()
        }
        DataType::List(_) => {
            let list = column.as_list::<i32>().value(row);
            let texts: Vec<_> = list.as_string::<i32>().iter().flatten().collect();
            texts.join("; ")
        }
        other => panic!("{other}"),
    }
}

#[test]
fn batches_have_the_values_of_the_rows() {
    for table in export::tables(builtin()).iter() {
        let mut rows = table.rows();
        for batch in record_batches(&table) {
            assert_eq!(batch.schema(), schema(&table));
            for at in 0..batch.num_rows() {
                for (column, value) in batch.columns().iter().zip(rows.next().unwrap()) {
                    assert_eq!(printed(column, at), value.to_string(), "{}", table.name());
                    assert_eq!(column.is_null(at), value == Value::Null);
                }
            }
        }
        assert!(rows.next().is_none());
    }
}

#[test]
fn a_folder_has_a_file_for_each_table() {
    let folder = tempfile::tempdir().unwrap();
    save_folder(&export::tables(builtin()), folder.path()).unwrap();
    for table in export::tables(builtin()).iter() {
        let file = File::open(folder.path().join(format!("{}.parquet", table.name()))).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let rows = usize::try_from(reader.metadata().file_metadata().num_rows()).unwrap();
        assert_eq!(rows, table.rows().count());
    }
}

#[test]
fn equal_tables_give_equal_bytes() {
    for table in export::tables(builtin()).iter() {
        let [one, other] = [(); 2].map(|()| {
            let mut out = Vec::new();
            write_table(&table, &mut out).unwrap();
            out
        });
        assert!(one == other, "{}", table.name());
    }
}
