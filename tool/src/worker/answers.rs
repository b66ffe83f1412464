//! Lines of JSON on standard output, each with the release and the vocabularies that made it.

use crate::output::{Failure, short};
use policygraph::ErrorKind;
use serde::Serialize;
use std::io::{self, BufWriter, StdoutLock, Write};

/// Maximum number of characters of an error, which may quote the line.
const MAX_MESSAGE: usize = 500;

/// Returns the message of an error, cut if it is long.
pub fn shortened(message: &str) -> String {
    short(message, MAX_MESSAGE)
}

/// Standard output, a line for each answer.
pub struct Answers {
    out: BufWriter<StdoutLock<'static>>,
    /// `{"version":"…","lexicon":"…"`, the first fields of each line.
    stamp: Vec<u8>,
    /// The line that is written, kept to reuse its memory.
    line: Vec<u8>,
}

#[derive(Serialize)]
struct ErrorLine<'a> {
    key: Option<&'a str>,
    error: ErrorFields<'a>,
}

#[derive(Serialize)]
struct ErrorFields<'a> {
    kind: String,
    message: &'a str,
    line: u64,
}

impl Answers {
    /// * `lexicon`: checksum of the vocabularies.
    pub fn new(lexicon: &str) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let stamp = format!(r#"{{"version":"{version}","lexicon":"{lexicon}""#).into_bytes();
        Answers { out: BufWriter::new(io::stdout().lock()), stamp, line: Vec::new() }
    }

    /// Writes a line: the fields of `answer`, after those that every line has.
    ///
    /// * `answer`: becomes a JSON object with at least one field. It is written whole or not at all.
    pub fn write(&mut self, answer: &impl Serialize) -> Result<(), Failure> {
        self.line.clear();
        self.line.extend_from_slice(&self.stamp);
        let brace = self.line.len();
        serde_json::to_writer(&mut self.line, answer)?;
        debug_assert!(self.line[brace..].starts_with(b"{\""), "an object with a field");
        self.line[brace] = b',';
        self.line.push(b'\n');
        Ok(self.out.write_all(&self.line)?)
    }

    /// Writes the error of a line.
    ///
    /// * `line`: number of the line, from 1.
    pub fn error(
        &mut self,
        key: Option<&str>,
        kind: ErrorKind,
        message: &str,
        line: u64,
    ) -> Result<(), Failure> {
        let kind = format!("{kind:?}");
        let message = &shortened(message);
        self.write(&ErrorLine { key, error: ErrorFields { kind, message, line } })
    }

    pub fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }
}
