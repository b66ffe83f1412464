//! Writes the records of files as JSON lines: `extract [FILE…]`. The default is the
//! seed documents. The exit code is 0 if all files were read, else 1.

mod terminal;

use policygraph::{Lexicon, Record, Source, read};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use terminal::{finish, raw_arguments, report};

fn main() -> ExitCode {
    let files: Vec<PathBuf> = raw_arguments().map(PathBuf::from).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    if files.is_empty() {
        return finish(print(&mut out, policygraph::seeds()));
    }
    let mut failed = 0;
    let records = files.iter().filter_map(|file| {
        extract(file)
            .inspect_err(|error| {
                failed += 1;
                report(error);
            })
            .ok()
    });
    if let Err(error) = print(&mut out, records) {
        return finish(Err(error));
    }
    report(format_args!("{} of {} files read", files.len() - failed, files.len()));
    ExitCode::from(u8::from(failed > 0))
}

/// Reads a file as one document; its stem is the key.
fn extract(file: &Path) -> Result<Record, Box<dyn std::error::Error>> {
    let key = file.file_stem().unwrap_or_default().to_string_lossy();
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let source = Source::from_bytes(&file.to_string_lossy(), &bytes)?;
    let record = read(Lexicon::builtin(), &key, source);
    for note in &record.notes {
        let line = record.text[..note.span.start as usize].matches('\n').count() + 1;
        report(format_args!("{}:{line}: {}", file.display(), note.message));
    }
    Ok(record)
}

fn print(out: &mut impl Write, records: impl IntoIterator<Item = Record>) -> io::Result<()> {
    for record in records {
        serde_json::to_writer(&mut *out, &record)?;
        writeln!(out)?;
    }
    out.flush()
}
