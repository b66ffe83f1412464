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

impl Step for Read {
    type Question = Document;

    fn answer(&mut self, document: Document, answers: &mut Answers) -> Result<(), Fault> {
        let Document { key, name, text, base64 } = document;
        let record = read(Lexicon::builtin(), &key, source(&key, name, text, base64)?);
        Ok(answers.write(&Answer { key: &key, record: &record })?)
    }
}

/// Returns the text of a document.
fn source(
    key: &str,
    name: Option<String>,
    text: Option<String>,
    base64: Option<String>,
) -> Result<Source, Fault> {
    let file = match (text, base64) {
        (Some(text), None) if name.is_none() => return Ok(Source::from(text)),
        (Some(text), None) => text.into_bytes(),
        (None, Some(base64)) => BASE64_STANDARD.decode(base64).map_err(|error| {
            Fault::Line(ErrorKind::InvalidInput, format!("{key}: base64: {error}"))
        })?,
        _ => {
            let message = format!("{key}: give the document as `text` or as `base64`");
            return Err(Fault::Line(ErrorKind::InvalidInput, message));
        }
    };
    Ok(Source::from_bytes(name.as_deref().unwrap_or(key), &file)?)
}
