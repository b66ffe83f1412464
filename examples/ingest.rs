//! Writes the records of a folder as JSON lines: `ingest DIR [--threads N] [--out FILE] [--census]
//! [--split]`.
//!
//! One line per document, in the order of keys; the bytes do not depend on the number
//! of threads. A document that several files contain, such as a text and its web page, has one
//! line, the fuller one, with a note; standard error names the others. Standard error shows the progress and, at the end, the files that
//! could not be read, the counts and the speed; with `--census` also the node and
//! edge counts of the graph. With `--split` a file of several documents gives a record
//! for each. Every entry of the folder is counted once, as read, not
//! read or passed over; devices, pipes, sockets and links to folders are passed over by
//! name. The exit code is 0 if all files were read, 1 if some or all were not, 2 if nothing
//! could be run.

mod terminal;

use indicatif::{ProgressBar, ProgressStyle};
use policygraph::corpus::{Duplicate, Duplicates};
use policygraph::folder::{File, Folder, SkipReason};
use policygraph::graph::Direction;
use policygraph::{Corpus, Error, Graph, Lexicon, Provision, Record};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Seek, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use terminal::{finish, raw_arguments, refuse, report};

const USAGE: &str = "usage: ingest DIR [--threads N] [--out FILE] [--census] [--split]";

/// Interval of the progress lines if there is no terminal.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let Some(options) = Options::parse(raw_arguments()) else {
        return refuse(USAGE);
    };
    run(&options).unwrap_or_else(refuse)
}

fn run(options: &Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let start = Instant::now();
    rayon::ThreadPoolBuilder::new().num_threads(options.threads).build_global()?;
    let folder = Folder::open(&options.folder)?;
    let out: Box<dyn Write> = match &options.out {
        Some(path) => {
            let file = fs::File::create(path);
            Box::new(file.map_err(|error| format!("{}: {error}", path.display()))?)
        }
        None => Box::new(io::stdout().lock()),
    };
    let mut report = match ingest(&folder, options, BufWriter::new(out)) {
        Ok(report) => report,
        Err(error) => return Ok(finish(Err(error))),
    };
    let elapsed = start.elapsed();
    if options.census {
        report.corpus.merge_duplicates();
        print_census(&report.corpus.graph(Lexicon::builtin()));
    }
    report.print(&folder, elapsed);
    Ok(report.code(&folder))
}

#[derive(Default)]
struct Options {
    folder: PathBuf,
    /// Number of threads; 0 for one per core.
    threads: usize,
    out: Option<PathBuf>,
    census: bool,
    /// Parts files of several documents.
    split: bool,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = OsString>) -> Option<Self> {
        let mut options = Options::default();
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--threads") => options.threads = arguments.next()?.to_str()?.parse().ok()?,
                Some("--out") => options.out = Some(arguments.next()?.into()),
                Some("--census") => options.census = true,
                Some("--split") => options.split = true,
                Some(option) if option.starts_with('-') => return None,
                _ if !options.folder.as_os_str().is_empty() => return None,
                _ => options.folder = argument.into(),
            }
        }
        (!options.folder.as_os_str().is_empty()).then_some(options)
    }
}

/// Writes a line for each document; for a census the report keeps the records.
///
/// The lines of all files are first written to a temporary file, as a document may be in several.
fn ingest(folder: &Folder, options: &Options, mut out: impl Write) -> io::Result<Report> {
    let lexicon = Lexicon::builtin();
    let mut progress = Progress::new(folder);
    let mut report = Report::default();
    let mut duplicates = Duplicates::new();
    let mut lines = BufWriter::new(tempfile::tempfile()?);
    let mut counts = Vec::new();
    for read in folder.map(|file| Done::all(file, lexicon, options)) {
        match read {
            Ok(documents) => {
                report.files += 1;
                for done in documents {
                    lines.write_all(&done.line)?;
                    duplicates.add(&done.record);
                    counts.push(done.counts);
                    report.corpus.extend(options.census.then_some(done.record));
                }
            }
            Err(error) => report.failed.push(error),
        }
        progress.add_one();
    }
    report.duplicates = duplicates.find();
    let mut lines = lines.into_inner()?;
    lines.rewind()?;
    report.copy(BufReader::new(lines), counts, &mut out)?;
    out.flush()?;
    progress.bar.finish_and_clear();
    Ok(report)
}

/// A record that was read: its line and its counts.
struct Done {
    line: Vec<u8>,
    counts: Counts,
    record: Record,
}

/// Counts of a record.
struct Counts {
    key: String,
    measures: usize,
    facts: usize,
    /// Questions of its notes: is an item missing?
    notes: Vec<String>,
}

impl Done {
    /// Reads the documents of a file.
    fn all(file: &File, lexicon: &Lexicon, options: &Options) -> Result<Vec<Self>, Error> {
        let records = match options.split {
            true => file.read_all(lexicon)?,
            false => vec![file.read(lexicon)?],
        };
        Ok(records.into_iter().map(Done::new).collect())
    }

    fn new(record: Record) -> Self {
        let provisions = record.measures.iter().map(|measure| &measure.provision);
        let question = |message: &str| message.rsplit(": ").next().map(str::to_owned);
        let counts = Counts {
            key: record.key.clone(),
            measures: record.measures.len(),
            facts: provisions.chain(&record.body).map(facts).sum(),
            notes: record.notes.iter().filter_map(|note| question(&note.message)).collect(),
        };
        Done { line: line(&record), counts, record }
    }
}

/// Returns a record as a line of JSON.
fn line(record: &Record) -> Vec<u8> {
    let mut line = serde_json::to_vec(record).expect("a record is JSON");
    line.push(b'\n');
    line
}

/// Returns the number of facts of all kinds, without header fields.
fn facts(provision: &Provision) -> usize {
    let named = provision.agencies.len() + provision.products.len() + provision.platforms.len();
    provision.responsible.len() + provision.cites.len() + provision.targets.len() + named
}

/// Progress: a bar on a terminal, else a line at intervals.
struct Progress {
    bar: ProgressBar,
    printed: Instant,
}

impl Progress {
    fn new(folder: &Folder) -> Self {
        let style = "{wide_bar} {human_pos} of {human_len} files, {per_sec}, {eta} left";
        let style = ProgressStyle::with_template(style).expect("a valid template");
        // The bar is hidden if standard error is not a terminal; it still counts.
        let bar = ProgressBar::new(folder.files.len() as u64).with_style(style);
        Progress { bar, printed: Instant::now() }
    }

    fn add_one(&mut self) {
        self.bar.inc(1);
        if !io::stderr().is_terminal() && self.printed.elapsed() >= PROGRESS_INTERVAL {
            self.printed = Instant::now();
            let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
            report(format_args!("{done} of {all} files"));
        }
    }
}

/// Counts of all files.
#[derive(Default)]
struct Report {
    failed: Vec<Error>,
    files: usize,
    documents: usize,
    measures: usize,
    facts: usize,
    /// Number of notes by question.
    notes: BTreeMap<String, usize>,
    corpus: Corpus,
    /// Records that are left out, as another file has the same document.
    duplicates: Vec<Duplicate>,
}

impl Report {
    /// Copies the lines of the documents to `out`, each document once, and counts them.
    fn copy(
        &mut self,
        mut lines: impl BufRead,
        counts: Vec<Counts>,
        mut out: impl Write,
    ) -> io::Result<()> {
        let duplicates = self.duplicates.clone();
        let mut left_out: BTreeMap<&str, Vec<&Duplicate>> = BTreeMap::new();
        for duplicate in &duplicates {
            left_out.entry(&duplicate.kept).or_default().push(duplicate);
        }
        let is_left_out = |key: &str| {
            duplicates.binary_search_by(|duplicate| duplicate.key.as_str().cmp(key)).is_ok()
        };
        let mut line = Vec::new();
        for counts in counts {
            line.clear();
            lines.read_until(b'\n', &mut line)?;
            if is_left_out(&counts.key) {
                continue;
            }
            if let Some(duplicates) = left_out.get(counts.key.as_str()) {
                let mut record = serde_json::from_slice(&line)?;
                duplicates.iter().for_each(|duplicate| duplicate.note(&mut record));
                line = self::line(&record);
            }
            out.write_all(&line)?;
            self.add(counts);
        }
        Ok(())
    }

    fn add(&mut self, counts: Counts) {
        self.documents += 1;
        self.measures += counts.measures;
        self.facts += counts.facts;
        for note in counts.notes {
            *self.notes.entry(note).or_default() += 1;
        }
    }

    fn print(&self, folder: &Folder, elapsed: Duration) {
        for error in folder.errors.iter().chain(&self.failed) {
            report(error);
        }
        for skipped in folder.skipped.iter().filter(|of| of.reason != SkipReason::Hidden) {
            report(format_args!("{}: passed over: {}", skipped.path.display(), skipped.reason));
        }
        for Duplicate { key, kept, by } in &self.duplicates {
            report(format_args!("{key}: left out: the same document as {kept}: {by}"));
        }
        let failed = folder.errors.len() + self.failed.len();
        let passed_over = folder.others.len() + folder.skipped.len();
        print_count(self.files + failed + passed_over, "files and other entries in all");
        print_count(self.files, "files read");
        print_count(failed, "not read");
        print_count(passed_over, "passed over");
        print_count(folder.others.len(), &format!("  of other file types{}", endings(folder)));
        let mut reasons: BTreeMap<SkipReason, usize> = BTreeMap::new();
        folder.skipped.iter().for_each(|of| *reasons.entry(of.reason).or_default() += 1);
        for (reason, count) in reasons {
            print_count(count, &format!("  {reason}"));
        }
        print_count(self.documents, "documents");
        print_count(self.duplicates.len(), "left out: the same document as another");
        print_count(self.measures, "measures");
        print_count(self.facts, "facts");
        for (question, &count) in &self.notes {
            print_count(count, &format!("notes: {question}"));
        }
        let seconds = elapsed.as_secs_f64();
        let files = folder.files.len() as f64;
        let megabytes = folder.files.iter().map(|file| file.bytes).sum::<u64>() as f64 / 1e6;
        let peak = peak().map_or_else(String::new, |peak| format!(", peak memory {peak:.0} MB"));
        let (files, megabytes) = (files / seconds, megabytes / seconds);
        report(format_args!("{seconds:.1} s, {files:.0} files/s, {megabytes:.1} MB/s{peak}"));
    }

    /// Returns 0 if all files were read, 1 if some were not or there was none.
    fn code(&self, folder: &Folder) -> ExitCode {
        if self.files == 0 {
            report("nothing was read: the folder has no text, page or document that can be read");
        }
        let all = folder.errors.is_empty() && self.failed.is_empty() && self.files > 0;
        ExitCode::from(u8::from(!all))
    }
}

/// Lists the endings of files that are not read, the most frequent first: `: .json 2, .png`.
fn endings(folder: &Folder) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in &folder.others {
        let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
        *counts.entry(ending.unwrap_or_else(|| "no ending".to_owned())).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let words = counts.into_iter().map(|(ending, count)| match count {
        1 => ending,
        count => format!("{ending} {count}"),
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}

fn print_census(graph: &Graph) {
    let census = graph.census();
    for (kind, count) in census.nodes {
        print_count(count, &format!("{kind:?}"));
    }
    for (kind, count) in census.edges {
        print_count(count, kind.phrase(Direction::Outgoing));
    }
}

fn print_count(count: usize, what: &str) {
    report(format_args!("{count:>12} {what}"));
}

/// Returns the peak memory of this process in MB, on systems with `/proc`.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}
