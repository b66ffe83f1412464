//! Writes the records of a folder as JSON lines, in order of their keys: `ingest DIR`.
//!
//! A line is written as soon as the files before it are read, on all cores, so that memory does not grow
//! with the folder. `policygraph read` writes one line for documents that several files contain, and
//! parts digests. The exit code is 0 if all files were read, 1 if some or all were not.

mod terminal;

use policygraph::Lexicon;
use policygraph::folder::{Folder, SkipReason};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use terminal::{finish, raw_arguments, refuse, report};

fn main() -> ExitCode {
    let Some(root) = raw_arguments().next() else {
        return refuse("usage: ingest DIR");
    };
    let folder = match Folder::open(root) {
        Ok(folder) => folder,
        Err(error) => return refuse(error),
    };
    folder.errors.iter().for_each(report);
    for skipped in folder.skipped.iter().filter(|of| of.reason != SkipReason::Hidden) {
        report(format_args!("{}: passed over: {}", skipped.path.display(), skipped.reason));
    }
    let (mut read, mut failed) = (0, folder.errors.len());
    let mut out = BufWriter::new(io::stdout().lock());
    for record in folder.map(|file| file.read(Lexicon::builtin())) {
        match record {
            Ok(record) => {
                read += 1;
                let line = serde_json::to_writer(&mut out, &record).map_err(io::Error::from);
                if let Err(error) = line.and_then(|()| writeln!(out)) {
                    return finish(Err(error));
                }
            }
            Err(error) => {
                failed += 1;
                report(error);
            }
        }
    }
    let others = folder.others.len();
    report(format_args!("{read} files read, {failed} not, {others} of other types passed over"));
    match out.flush() {
        Ok(()) => ExitCode::from(u8::from(failed > 0 || read == 0)),
        closed => finish(closed),
    }
}
