//! `read`: a document becomes its record.

use super::{Answers, Fault, Step};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use policygraph::{ErrorKind, Lexicon, Record, Source, read};
use serde::{Deserialize, Serialize};

pub struct Read;

/// A document: a text, or a file of any format.
#[derive(Deserialize)]
pub struct Document {
    key: String,
    /// Name of the file. Its ending decides the format where the content does not.
    name: Option<String>,
    text: Option<String>,
    base64: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    key: &'a str,
    /// The last field: what follows its name is the record as `policygraph read` writes it.
    record: &'a Record,
}

/// The text of a document, or the bytes of a file.
pub enum Content {
    Text(String),
    File(Vec<u8>),
}

impl Step for Read {
    type Question = Document;

    fn answer(&mut self, document: Document, answers: &mut Answers) -> Result<(), Fault> {
        let Document { key, name, text, base64 } = document;
        let record = record(&key, name.as_deref(), content(&key, text, base64)?)?;
        Ok(answers.write(&Answer { key: &key, record: &record })?)
    }
}

/// Reads a document.
///
/// * `name`: name of the file. Without it, a text is the text itself, and a file has `key` for a name.
pub fn record(key: &str, name: Option<&str>, content: Content) -> Result<Record, Fault> {
    let source = match (content, name) {
        (Content::Text(text), None) => Source::from(text),
        (Content::Text(text), Some(name)) => Source::from_bytes(name, text.as_bytes())?,
        (Content::File(file), name) => Source::from_bytes(name.unwrap_or(key), &file)?,
    };
    Ok(read(Lexicon::builtin(), key, source))
}

fn content(key: &str, text: Option<String>, base64: Option<String>) -> Result<Content, Fault> {
    match (text, base64) {
        (Some(text), None) => Ok(Content::Text(text)),
        (None, Some(base64)) => {
            BASE64_STANDARD.decode(base64).map(Content::File).map_err(|error| {
                Fault::Line(ErrorKind::InvalidInput, format!("{key}: base64: {error}"))
            })
        }
        _ => {
            let message = format!("{key}: give the document as `text` or as `base64`");
            Err(Fault::Line(ErrorKind::InvalidInput, message))
        }
    }
}
