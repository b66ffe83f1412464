//! `read --arrow`: documents and records as streams of Arrow record batches (IPC), a row each.

use super::answers::shortened;
use super::read::{Content, record};
use super::{BUFFER, Fault, no_input, same_lexicon};
use crate::output::Failure;
use arrow_array::builder::{Int64Builder, NullBufferBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray, StructArray};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use policygraph::{ErrorKind, Lexicon, Record};
use std::borrow::Cow;
use std::io::{self, BufReader, BufWriter, Read};
use std::sync::Arc;

/// Bytes of answers in a batch. It has at most one answer more.
const BATCH: usize = 8 * 1024 * 1024;
/// Bytes of an answer beside its key, its record and its message: version, lexicon, numbers.
const STAMP: usize = 100;
/// Maximum length of a value: offsets of a column are signed and of 32 bits.
const MAX_VALUE: usize = i32::MAX as usize - BATCH;

/// Reads the documents of a stream of batches. The records of a batch are written before the next batch
/// is read.
///
/// * `max`: maximum length of a document in bytes; a longer one is an error.
/// * Errors: input that is not an Arrow stream with the columns of a document; documents for other
///   vocabularies; input or output that fails.
pub fn serve(max: usize) -> Result<(), Failure> {
    let lexicon = Lexicon::builtin().checksum();
    let input = BufReader::with_capacity(BUFFER, io::stdin().lock());
    let mut batches = StreamReader::try_new(input, None).map_err(no_stream)?;
    check_columns(&batches.schema())?;
    let mut answers = Answers::new(&lexicon);
    let out = BufWriter::new(io::stdout().lock());
    let mut out = StreamWriter::try_new(out, &answers.schema).map_err(failed)?;
    // The caller may wait for the schema before it writes the first batch.
    out.flush().map_err(failed)?;
    let mut number = 0;
    for batch in &mut batches {
        let documents = Documents { batch: batch.map_err(no_stream)?, max };
        for row in 0..documents.batch.num_rows() {
            number += 1;
            let key = documents.string("key", row);
            same_lexicon(documents.string("lexicon", row).as_deref(), &lexicon, number)?;
            answers.push(key.as_deref(), documents.read(row, key.as_deref()), number)?;
            if answers.bytes >= BATCH {
                out.write(&answers.take()?).map_err(failed)?;
            }
        }
        out.write(&answers.take()?).map_err(failed)?;
        out.flush().map_err(failed)?;
    }
    if batches.get_mut().read(&mut [0]).map_err(no_input)? > 0 {
        return Err(Failure::new(
            "standard input: bytes follow the end of the stream; give one stream",
        ));
    }
    out.finish().map_err(failed)
}

/// Refuses a stream without a document in its rows.
fn check_columns(schema: &Schema) -> Result<(), Failure> {
    let has = |name| schema.column_with_name(name).is_some();
    if !has("key") || !(has("text") || has("content")) {
        let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        return Err(Failure::new(format_args!(
            "standard input: give the columns key, and text or content; it has {}",
            names.join(", ")
        )));
    }
    for field in schema.fields() {
        let name = field.name().as_str();
        let expected = match name {
            "key" | "name" | "text" | "content" | "lexicon" => is_bytes(field.data_type()),
            "length" => *field.data_type() == DataType::Int64,
            _ => true,
        };
        if !expected {
            return Err(Failure::new(format_args!(
                "standard input: column {name} is {}; give Utf8 or Binary, and Int64 for length",
                field.data_type()
            )));
        }
    }
    Ok(())
}

fn is_bytes(data_type: &DataType) -> bool {
    use DataType::{Binary, LargeBinary, LargeUtf8, Utf8};
    matches!(data_type, Utf8 | LargeUtf8 | Binary | LargeBinary)
}

/// A batch of documents.
struct Documents {
    batch: RecordBatch,
    /// Maximum length of a document in bytes.
    max: usize,
}

impl Documents {
    /// Returns a value of a column of text or bytes; `None` if it is null or there is no such column.
    fn bytes(&self, column: &str, row: usize) -> Option<&[u8]> {
        let array = self.batch.column_by_name(column)?;
        if array.is_null(row) {
            return None;
        }
        Some(match array.data_type() {
            DataType::Utf8 => array.as_string::<i32>().value(row).as_bytes(),
            DataType::LargeUtf8 => array.as_string::<i64>().value(row).as_bytes(),
            DataType::Binary => array.as_binary::<i32>().value(row),
            DataType::LargeBinary => array.as_binary::<i64>().value(row),
            _ => return None,
        })
    }

    /// Returns a short text, with U+FFFD in place of bytes that are not UTF-8; `None` if it is long.
    fn string(&self, column: &str, row: usize) -> Option<Cow<'_, str>> {
        /// Maximum length in bytes.
        const SHORT: usize = 1 << 16;
        self.bytes(column, row).filter(|text| text.len() <= SHORT).map(String::from_utf8_lossy)
    }

    /// Reads the document of a row.
    fn read(&self, row: usize, key: Option<&str>) -> Result<Record, Fault> {
        let key = key.ok_or_else(|| invalid("the key is missing or too long".to_owned()))?;
        let content = match (self.bytes("text", row), self.bytes("content", row)) {
            (Some(text), None) => Content::Text(match std::str::from_utf8(text) {
                Ok(text) if text.len() <= self.max => text.to_owned(),
                Ok(text) => return Err(self.too_long(key, text.len())),
                Err(error) => return Err(invalid(format!("{key}: text: {error}"))),
            }),
            (None, Some(file)) if file.len() <= self.max => Content::File(file.to_vec()),
            (None, Some(file)) => return Err(self.too_long(key, file.len())),
            (None, None) if let Some(length) = self.length(row).filter(|&length| length > 0) => {
                return Err(invalid(format!(
                    "{key}: has {length} bytes, too many to be given: split it"
                )));
            }
            _ => {
                return Err(invalid(format!("{key}: give the document as `text` or as `content`")));
            }
        };
        record(key, self.string("name", row).as_deref(), content)
    }

    /// Returns the length of a file that was left out.
    fn length(&self, row: usize) -> Option<i64> {
        let lengths = self.batch.column_by_name("length")?.as_primitive::<Int64Type>();
        lengths.is_valid(row).then(|| lengths.value(row))
    }

    fn too_long(&self, key: &str, length: usize) -> Fault {
        let max = self.max;
        invalid(format!(
            "{key}: has {length} bytes, more than {max}: split it, or raise --max-line"
        ))
    }
}

fn invalid(message: String) -> Fault {
    Fault::Line(ErrorKind::InvalidInput, message)
}

/// The answers of a batch, column by column.
struct Answers {
    schema: SchemaRef,
    lexicon: String,
    keys: StringBuilder,
    records: StringBuilder,
    kinds: StringBuilder,
    messages: StringBuilder,
    lines: Int64Builder,
    errors: NullBufferBuilder,
    /// The record that is written, kept to reuse its memory.
    json: Vec<u8>,
    /// Bytes of the answers so far.
    bytes: usize,
}

impl Answers {
    fn new(lexicon: &str) -> Self {
        let text = |name| Field::new(name, DataType::Utf8, true);
        let schema = Schema::new(vec![
            text("key"),
            text("record"),
            Field::new("error", DataType::Struct(error_fields()), true),
            text("version"),
            text("lexicon"),
        ]);
        Answers {
            schema: Arc::new(schema),
            lexicon: lexicon.to_owned(),
            keys: StringBuilder::new(),
            records: StringBuilder::new(),
            kinds: StringBuilder::new(),
            messages: StringBuilder::new(),
            lines: Int64Builder::new(),
            errors: NullBufferBuilder::new(0),
            json: Vec::new(),
            bytes: 0,
        }
    }

    /// Adds the answer to a document.
    ///
    /// * `number`: number of the row, from 1.
    fn push(
        &mut self,
        key: Option<&str>,
        answer: Result<Record, Fault>,
        number: u64,
    ) -> Result<(), Failure> {
        let answer = answer.and_then(|record| self.serialize(&record));
        self.bytes += STAMP + key.map_or(0, str::len);
        self.keys.append_option(key);
        match answer {
            Ok(()) => {
                self.records.append_value(std::str::from_utf8(&self.json).map_err(Failure::new)?);
                self.kinds.append_null();
                self.messages.append_null();
                self.lines.append_null();
                self.errors.append_null();
                self.bytes += self.json.len();
            }
            Err(Fault::Line(kind, message)) => {
                self.records.append_null();
                self.kinds.append_value(format!("{kind:?}"));
                let message = shortened(&message);
                self.bytes += message.len();
                self.messages.append_value(message);
                self.lines.append_value(i64::try_from(number).map_err(Failure::new)?);
                self.errors.append_non_null();
            }
            Err(Fault::End(failure)) => return Err(failure),
        }
        Ok(())
    }

    /// Writes a record into `json`.
    fn serialize(&mut self, record: &Record) -> Result<(), Fault> {
        self.json.clear();
        serde_json::to_writer(&mut self.json, record).map_err(Failure::from)?;
        if self.json.len() > MAX_VALUE {
            let length = self.json.len();
            return Err(invalid(format!(
                "{}: its record has {length} bytes, more than a column holds: split it",
                record.key
            )));
        }
        Ok(())
    }

    /// Returns the batch of the answers so far, and begins a new one.
    fn take(&mut self) -> Result<RecordBatch, Failure> {
        self.bytes = 0;
        let keys = self.keys.finish();
        let repeated = |word: &str| -> ArrayRef {
            Arc::new(StringArray::from_iter_values(std::iter::repeat_n(word, keys.len())))
        };
        let parts: Vec<ArrayRef> = vec![
            Arc::new(self.kinds.finish()),
            Arc::new(self.messages.finish()),
            Arc::new(self.lines.finish()),
        ];
        let errors = StructArray::try_new(error_fields(), parts, self.errors.finish());
        let (version, lexicon) = (repeated(env!("CARGO_PKG_VERSION")), repeated(&self.lexicon));
        let columns: Vec<ArrayRef> = vec![
            Arc::new(keys),
            Arc::new(self.records.finish()),
            Arc::new(errors.map_err(failed)?),
            version,
            lexicon,
        ];
        RecordBatch::try_new(self.schema.clone(), columns).map_err(failed)
    }
}

fn error_fields() -> Fields {
    Fields::from(vec![
        Field::new("kind", DataType::Utf8, true),
        Field::new("message", DataType::Utf8, true),
        Field::new("line", DataType::Int64, true),
    ])
}

/// Returns the failure of the input.
fn no_stream(error: ArrowError) -> Failure {
    match error {
        ArrowError::IoError(_, error) => no_input(error),
        error => {
            Failure::new(format_args!("standard input: cannot be read as an Arrow stream: {error}"))
        }
    }
}

/// Returns the failure of the output.
fn failed(error: ArrowError) -> Failure {
    match error {
        ArrowError::IoError(_, error) => Failure::from(error),
        error => Failure::new(error),
    }
}
