//! Writes the records of files as JSON lines: `extract [FILE…]`. The default is the
//! seed documents.

use policygraph::{Lexicon, Record, Source, read};
use std::io::Write;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if files.is_empty() {
        for record in policygraph::seeds() {
            print(&mut out, &record)?;
        }
        return out.flush();
    }
    let mut failed = 0;
    for file in &files {
        match extract(file) {
            Ok(record) => print(&mut out, &record)?,
            Err(error) => {
                failed += 1;
                eprintln!("{file}: {error}");
            }
        }
    }
    out.flush()?;
    eprintln!("{} of {} files read", files.len() - failed, files.len());
    std::process::exit(i32::from(failed > 0));
}

/// Reads a file as one document; its stem is the key.
fn extract(file: &str) -> Result<Record, Box<dyn std::error::Error>> {
    let key = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
    let record = read(Lexicon::builtin(), &key, Source::file(file, &std::fs::read(file)?)?);
    for note in &record.notes {
        let line = record.text[..note.span.start as usize].matches('\n').count() + 1;
        eprintln!("{file}:{line}: {}", note.message);
    }
    Ok(record)
}

fn print(out: &mut impl Write, record: &Record) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    writeln!(out)
}
