//! Writes a folder of synthetic documents: `corpus DIR MEASURES [SEED]`.
//!
//! The folder stands for one of your own where a tool is tried on many documents. The same arguments
//! give the same bytes.

use policygraph_testkit::synthetic;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

/// The seed, if none is given.
const SEED: u64 = 53;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).map(|argument| argument.parse::<u64>());
    let (Some(folder), Some(Ok(measures)), Ok(seed)) =
        (arguments.first(), number(1), number(2).unwrap_or(Ok(SEED)))
    else {
        eprintln!("usage: corpus DIR MEASURES [SEED]");
        return ExitCode::from(2);
    };
    match write(Path::new(folder), measures, seed) {
        Ok(count) => {
            eprintln!("{count} documents in {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the number of documents, which have at least `measures` measures together.
fn write(folder: &Path, measures: u64, seed: u64) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let measures = usize::try_from(measures).map_err(io::Error::other)?;
    let mut count = 0;
    for document in synthetic::documents(seed, measures) {
        fs::write(folder.join(document.key + ".txt"), document.text)?;
        count += 1;
    }
    Ok(count)
}
