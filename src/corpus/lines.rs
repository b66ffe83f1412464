//! Records as lines of JSON.

use super::Corpus;
use crate::container;
use crate::error::{Error, ErrorKind};
use crate::model::Record;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;

impl Corpus {
    /// Writes the records as JSON, one per line, by key.
    /// [`read_json_lines`](Self::read_json_lines) reads them.
    ///
    /// Fails if the writer fails ([`Io`](ErrorKind::Io)), or if a span of a hand-made record is
    /// not within its text ([`Record`](ErrorKind::Record)). In the second case nothing is written.
    pub fn write_json_lines(&self, out: impl Write) -> Result<(), Error> {
        self.iter().try_for_each(Record::check)?;
        self.write_lines(out).map_err(Error::not_written)
    }

    /// Saves the lines that [`write_json_lines`](Self::write_json_lines) writes. A file at `path` is
    /// replaced when the new one is complete.
    ///
    /// ```
    /// use policygraph::{Corpus, ErrorKind};
    ///
    /// let folder = tempfile::tempdir().unwrap();
    /// let corpus: Corpus = policygraph::seeds().into_iter().collect();
    /// corpus.save_json_lines(folder.path().join("records.jsonl"))?;
    /// assert_eq!(corpus.save_json_lines(folder.path()).unwrap_err().kind(), ErrorKind::Io);
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn save_json_lines(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        self.iter().try_for_each(Record::check)?;
        container::save(path.as_ref(), |out| self.write_lines(out))
    }

    fn write_lines(&self, out: impl Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        for record in self.iter() {
            serde_json::to_writer(&mut out, record)?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }

    /// Reads records from JSON lines, one by one. Empty lines are skipped.
    ///
    /// * Errors: a line that is not a record, with the line number; the lines after
    ///   it are still read. An error of the reader ends the iteration.
    ///
    /// ```
    /// use policygraph::Corpus;
    ///
    /// let corpus: Corpus = policygraph::seeds().into_iter().collect();
    /// let mut lines = Vec::new();
    /// corpus.write_json_lines(&mut lines).unwrap();
    ///
    /// // All or the first error:
    /// let same: Corpus = Corpus::read_json_lines(&lines[..]).collect::<Result<_, _>>()?;
    /// assert!(same == corpus);
    ///
    /// // The readable lines, and the others:
    /// let broken = [b"{\"doc\":\n", &lines[..]].concat();
    /// let (good, bad): (Vec<_>, Vec<_>) =
    ///     Corpus::read_json_lines(&broken[..]).partition(|record| record.is_ok());
    /// assert_eq!((good.len(), bad.len()), (13, 1));
    /// assert!(bad[0].as_ref().unwrap_err().to_string().starts_with("line 1: "));
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn read_json_lines(reader: impl BufRead) -> impl Iterator<Item = Result<Record, Error>> {
        let mut lines = (1_u64..).zip(reader.split(b'\n'));
        let mut failed = false;
        std::iter::from_fn(move || {
            if failed {
                return None;
            }
            let (n, line) = lines.find(|(_, line)| {
                line.as_ref().map_or(true, |line| !line.trim_ascii().is_empty())
            })?;
            failed = line.is_err();
            let place = format!("line {n}");
            Some(match line {
                Err(error) => Err(Error::io(place, "cannot be read", error)),
                Ok(line) => serde_json::from_slice(&line).map_err(|error| {
                    Error::new(ErrorKind::Record, place, error.to_string()).with_source(error)
                }),
            })
        })
    }
}
