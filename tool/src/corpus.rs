//! The documents that a question is about: a folder, files, JSON lines of records, or a saved graph.

use crate::cli::Common;
use crate::output::{Failure, report};
use indicatif::{ProgressBar, ProgressStyle};
use policygraph::corpus::Duplicate;
use policygraph::folder::{File, Folder, SkipReason};
use policygraph::similar::Index;
use policygraph::{Corpus, Error, Graph, Lexicon, Record, builtin};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Interval of the progress lines if there is no terminal.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(5);

/// First bytes of a saved graph or index.
const SAVED: &[u8] = b"policygraph\0";

/// A graph to ask, and the number of documents that could not be read.
pub struct Loaded {
    pub graph: &'static Graph,
    pub unread: usize,
    /// Files that were not read and documents that were left out, each with the reason.
    pub left_out: Vec<String>,
    /// File of the graph, if it was saved.
    saved: Option<PathBuf>,
}

impl Loaded {
    /// Loads the corpus of the arguments; without one, the built-in documents.
    pub fn new(common: &Common) -> Result<Self, Failure> {
        match &common.corpus[..] {
            [] => Ok(Loaded { graph: builtin(), unread: 0, left_out: Vec::new(), saved: None }),
            [path] if is_saved(path) => {
                let graph = Box::leak(Box::new(Graph::load(path)?));
                Ok(Loaded { graph, unread: 0, left_out: Vec::new(), saved: Some(path.clone()) })
            }
            paths => {
                let mut documents = Documents::read(paths, common)?;
                let unread = documents.finish(common)?;
                let graph = Box::leak(Box::new(documents.corpus.graph(Lexicon::builtin())));
                Ok(Loaded { graph, unread, left_out: documents.left_out(), saved: None })
            }
        }
    }

    /// Returns the index that was saved with the graph, or a new one.
    pub fn index(&self) -> Result<Index<&'static Graph>, Failure> {
        Ok(self.saved_index()?.unwrap_or_else(|| self.new_index()))
    }

    /// Returns the index that was saved with the graph, if there is one.
    pub fn saved_index(&self) -> Result<Option<Index<&'static Graph>>, Failure> {
        let saved = self.saved.as_deref().map(index_path).filter(|path| path.exists());
        Ok(saved.map(|path| Index::load(path, self.graph, Lexicon::builtin())).transpose()?)
    }

    /// Returns a new index of the graph.
    pub fn new_index(&self) -> Index<&'static Graph> {
        Index::new(self.graph, Lexicon::builtin())
    }
}

/// Returns the path of the index beside a graph.
pub fn index_path(graph: &Path) -> PathBuf {
    let mut path = graph.as_os_str().to_owned();
    path.push(".index");
    path.into()
}

/// Records of files, and what happened to the files.
#[derive(Default)]
pub struct Documents {
    pub corpus: Corpus,
    files: usize,
    bytes: u64,
    errors: Vec<String>,
    passed_over: Vec<String>,
    duplicates: Vec<Duplicate>,
    started: Option<Instant>,
}

impl Documents {
    /// Reads all documents of the paths, each document once if several files contain it, unless
    /// duplicates are kept. A file that cannot be read is reported by [`finish`](Self::finish).
    pub fn read(paths: &[PathBuf], common: &Common) -> Result<Self, Failure> {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(common.threads);
        // Fails only if it was built before, by a call for another path.
        let _ = threads.build_global();
        let mut documents = Documents { started: Some(Instant::now()), ..Documents::default() };
        for path in paths {
            if path.is_dir() {
                documents.folder(path, common)?;
            } else {
                documents.file(path, common);
            }
        }
        if !common.keep_duplicates {
            documents.duplicates = documents.corpus.merge_duplicates();
        }
        Ok(documents)
    }

    fn folder(&mut self, path: &Path, common: &Common) -> Result<(), Failure> {
        let folder = Folder::open(path)?;
        let mut progress = Progress::new(folder.files.len(), common.quiet);
        for records in folder.map(|file| records(file, common.split)) {
            self.add(records, None);
            progress.add_one();
        }
        progress.finish();
        self.bytes += folder.files.iter().map(|file| file.bytes).sum::<u64>();
        self.errors.extend(folder.errors.iter().map(ToString::to_string));
        for skipped in folder.skipped.iter().filter(|of| of.reason != SkipReason::Hidden) {
            self.passed_over.push(format!("{}: {}", skipped.path.display(), skipped.reason));
        }
        let mut endings: BTreeMap<String, usize> = BTreeMap::new();
        for other in &folder.others {
            let ending = other.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
            *endings.entry(ending.unwrap_or_else(|| "no ending".to_owned())).or_default() += 1;
        }
        for (ending, count) in endings {
            self.passed_over.push(format!("{}: {count} files with {ending}", path.display()));
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, common: &Common) {
        self.bytes += fs::metadata(path).map_or(0, |file| file.len());
        if is_saved(path) {
            let records =
                |graph: Graph| graph.documents().map(|id| graph.at(id).record().clone()).collect();
            return self.add(Graph::load(path).map(records), None);
        }
        if first_bytes(path).starts_with(b"{") {
            let lines = match fs::File::open(path) {
                Ok(file) => BufReader::new(file),
                Err(error) => return self.errors.push(format!("{}: {error}", path.display())),
            };
            for record in Corpus::read_json_lines(lines) {
                self.add(record.map(|record| vec![record]), Some(path));
            }
            return;
        }
        self.add(document(path, common.split), None);
    }

    /// Adds records, or the error of a file; `place` comes before the message.
    fn add(&mut self, records: Result<Vec<Record>, Error>, place: Option<&Path>) {
        match records {
            Ok(records) => {
                self.files += 1;
                self.corpus.extend(records);
            }
            Err(error) => {
                let place = place.filter(|place| !place.as_os_str().is_empty());
                let place =
                    place.map_or_else(String::new, |place| format!("{}: ", place.display()));
                self.errors.push(format!("{place}{error}"));
            }
        }
    }

    /// Reports what was not read, and returns the number of files that could not be read. Fails if
    /// nothing was read.
    pub fn finish(&self, common: &Common) -> Result<usize, Failure> {
        self.errors.iter().for_each(report);
        if !common.quiet {
            self.summary();
        }
        if self.corpus.is_empty() {
            return Err(Failure::new("nothing was read: give a folder or a file with a document"));
        }
        Ok(self.errors.len())
    }

    /// Returns the files that were not read and the documents that were left out, each with the reason.
    fn left_out(&self) -> Vec<String> {
        self.errors.iter().cloned().chain(self.passed_over()).collect()
    }

    /// Returns what was not meant to be read, each with the reason.
    fn passed_over(&self) -> impl Iterator<Item = String> {
        let files = self.passed_over.iter().map(|file| format!("passed over: {file}"));
        let duplicates = self.duplicates.iter().map(|Duplicate { key, kept, by }| {
            format!("{key}: left out: the same document as {kept}: {by}")
        });
        files.chain(duplicates)
    }

    fn summary(&self) {
        self.passed_over().for_each(report);
        let seconds = self.started.map_or(0.0, |start| start.elapsed().as_secs_f64()).max(1e-9);
        let measures: usize = self.corpus.iter().map(|record| record.measures.len()).sum();
        report(format_args!(
            "documents: {}, measures: {measures}; files read: {}, not read: {}; {seconds:.1} s, {:.0} \
             files/s, {:.1} MB/s",
            self.corpus.len(),
            self.files,
            self.errors.len(),
            self.files as f64 / seconds,
            self.bytes as f64 / 1e6 / seconds,
        ));
    }
}

/// Reads the document of one file, or with `parts` all that it contains. Its key is the name of the
/// file.
pub fn document(path: &Path, parts: bool) -> Result<Vec<Record>, Error> {
    let key = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = fs::metadata(path).map_or(0, |file| file.len());
    records(&File { key, path: path.to_owned(), bytes }, parts)
}

/// Reads the document of a file, or with `parts` all that it contains.
fn records(file: &File, parts: bool) -> Result<Vec<Record>, Error> {
    let lexicon = Lexicon::builtin();
    if parts { file.read_all(lexicon) } else { file.read(lexicon).map(|record| vec![record]) }
}

/// Returns true for a saved graph.
pub fn is_saved(path: &Path) -> bool {
    first_bytes(path) == SAVED
}

/// Returns the first bytes of a file, as many as identify a saved graph; none if it cannot be read.
fn first_bytes(path: &Path) -> Vec<u8> {
    let mut first = Vec::new();
    if path.is_file()
        && let Ok(file) = fs::File::open(path)
    {
        let _ = file.take(SAVED.len() as u64).read_to_end(&mut first);
    }
    first
}

/// Progress: a bar on a terminal, else a line at intervals.
struct Progress {
    bar: ProgressBar,
    printed: Instant,
    quiet: bool,
}

impl Progress {
    fn new(files: usize, quiet: bool) -> Self {
        let style = "{wide_bar} {human_pos} of {human_len} files, {per_sec}, {eta} left";
        let style = ProgressStyle::with_template(style).expect("a valid template");
        // The bar is hidden if standard error is not a terminal; it still counts.
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
        bar.set_length(files as u64);
        Progress { bar: bar.with_style(style), printed: Instant::now(), quiet }
    }

    fn add_one(&mut self) {
        self.bar.inc(1);
        let due = self.printed.elapsed() >= PROGRESS_INTERVAL;
        if due && !self.quiet && !io::stderr().is_terminal() {
            self.printed = Instant::now();
            let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
            report(format_args!("{done} of {all} files"));
        }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
