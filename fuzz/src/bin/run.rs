//! Runs a target on changed seeds, with any toolchain:
//!
//! ```text
//! run TARGET [--seconds N] [--executions N] [--seed N] [FOLDER OR FILE]...
//! ```
//!
//! * Runs for 60 seconds, or until `--executions`. With files, runs these as they are.
//! * A folder holds the inputs to change; `seeds/TARGET` by default.
//! * Executions go to standard output, progress and failures to standard error.
//! * An input that fails is written to `artifacts/TARGET-N`, and the exit code is 1.

use policygraph::with_threads;
use policygraph_fuzz::mutate::Mutator;
use policygraph_fuzz::{TARGETS, Target, dictionary};
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs};

/// Runs longer than this are reported, as reading is linear and inputs are short.
const SLOW: Duration = Duration::from_secs(2);
/// Time between two lines of progress.
const PROGRESS: Duration = Duration::from_secs(10);

struct Options {
    name: String,
    target: Target,
    duration: Duration,
    executions: u64,
    seed: u64,
    paths: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let run = options().and_then(|options| match options.paths.first() {
        Some(path) if path.is_file() => run_files(&options),
        _ => run_changed(&options),
    });
    match run {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let names = TARGETS.iter().map(|target| target.0).collect::<Vec<_>>().join(", ");
    let name = arguments.next().ok_or_else(|| format!("name a target: {names}"))?;
    let target = TARGETS.iter().find(|target| target.0 == name);
    let &(_, target) = target.ok_or_else(|| format!("no target {name}; take one of {names}"))?;
    let (mut seconds, mut executions, mut seed, mut paths) = (60, u64::MAX, 0, Vec::new());
    while let Some(argument) = arguments.next() {
        let number = match argument.as_str() {
            "--seconds" => &mut seconds,
            "--executions" => &mut executions,
            "--seed" => &mut seed,
            path => {
                paths.push(PathBuf::from(path));
                continue;
            }
        };
        *number = arguments.next().ok_or_else(|| format!("{argument} needs a number"))?.parse()?;
    }
    let duration = Duration::from_secs(seconds);
    Ok(Options { name, target, duration, executions, seed, paths })
}

/// Runs the target on each file. Returns false if one fails.
fn run_files(options: &Options) -> Result<bool, Box<dyn Error>> {
    let mut all_pass = true;
    for path in &options.paths {
        let passes = passes(options.target, &fs::read(path)?);
        println!("{} {}", if passes { "passes" } else { "fails" }, path.display());
        all_pass &= passes;
    }
    Ok(all_pass)
}

/// Runs the target on the saved inputs, then on changes of them. Returns false if one fails.
fn run_changed(options: &Options) -> Result<bool, Box<dyn Error>> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let default = package.join("seeds").join(&options.name);
    let inputs = inputs(options.paths.first().unwrap_or(&default))?;
    let mut mutator = Mutator::new(dictionary(), options.seed);
    let (start, mut shown, mut executions) = (Instant::now(), Instant::now(), 0_u64);
    while start.elapsed() < options.duration && executions < options.executions {
        let saved = inputs.get(executions as usize).cloned();
        let input = saved.unwrap_or_else(|| mutator.next(&inputs));
        let began = Instant::now();
        if !passes(options.target, &input) {
            return write_failure(options, package, &input, executions).map(|()| false);
        }
        if began.elapsed() > SLOW {
            write_failure(options, package, &input, executions)?;
            eprintln!("it took {:.1} s", began.elapsed().as_secs_f32());
        }
        executions += 1;
        if shown.elapsed() > PROGRESS {
            shown = Instant::now();
            eprintln!("{} {executions} executions, {}", options.name, rate(executions, start));
        }
    }
    println!("{} {executions} executions, {}", options.name, rate(executions, start));
    Ok(true)
}

/// Runs the target. Returns false if it panics.
fn passes(target: Target, input: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| with_threads(1, || target(input)))).is_ok()
}

fn rate(executions: u64, start: Instant) -> String {
    format!("{:.0} a second", executions as f64 / start.elapsed().as_secs_f64())
}

/// Reads the files of a folder, by name.
fn inputs(folder: &Path) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths.iter().map(fs::read).collect::<Result<_, _>>()?)
}

fn write_failure(
    options: &Options,
    package: &Path,
    input: &[u8],
    number: u64,
) -> Result<(), Box<dyn Error>> {
    let folder = package.join("artifacts");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}-{}-{number}", options.name, options.seed));
    fs::write(&path, input)?;
    eprintln!("{} fails on {}; to run it again:", options.name, path.display());
    eprintln!("cargo run --release --no-default-features -- {} {}", options.name, path.display());
    Ok(())
}
