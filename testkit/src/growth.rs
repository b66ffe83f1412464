//! Growth of work with the length of the input, for each [`Operation`] on a [`Pattern`].
//!
//! Work is the CPU time of the calling thread, which other processes hardly change: a busy
//! machine delays a thread, and its own clock stands still meanwhile. (Instructions cannot be
//! counted on every system, and counting allocations misses scans.) The least time of several
//! runs counts. The time for a text without units is subtracted, so that fixed costs do not hide
//! the growth. Lengths are chosen so that each time is well above the resolution of the clock.
//!
//! At four times the length, linear work takes about 4 times as long, sorting 4.5, quadratic work
//! 16 times.
//!
//! ```
//! use policygraph_testkit::growth::{Inputs, Limits, Operation, growth};
//! use policygraph_testkit::patterns;
//!
//! let patterns = patterns::known();
//! let citations = patterns.iter().find(|of| of.name == "distinct citations").unwrap();
//! let limits = Limits { seconds: 1e-4, bytes: 4096, ..Limits::default() };
//! let grown = growth(Operation::Fingerprints, &mut Inputs::new(citations), &limits);
//! assert!(grown.is_none_or(|grown| grown.ratio < limits.ratio));
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::hint::black_box;
use std::sync::Arc;

use cpu_time::ThreadTime;
use policygraph::reuse::{Fingerprints, near_duplicates};
use policygraph::similar::Index;
use policygraph::{Corpus, Graph, Lexicon, Record, read, with_threads};

use crate::patterns::Pattern;

/// The longer input has this many times the length of the shorter one.
pub const FACTOR: usize = 4;

/// Length of the first input that is tried, in bytes.
const FIRST_BYTES: usize = 1024;

/// Maximum factor from one length that is tried to the next.
const MAX_STEP: usize = 4;

/// Resemblance from which two measures are near-duplicates.
const THRESHOLD: f32 = 0.9;

/// An operation whose time should be linear in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// [`read`] of every document.
    Read,
    /// [`Corpus::graph`] of the records.
    Graph,
    /// [`Index::extended`] of an empty index, which is [`Index::new`] without the time for the
    /// vocabulary.
    Index,
    /// [`Fingerprints::new`] of the graph.
    Fingerprints,
    /// All [`near_duplicates`] of the graph. Its time may grow with the number of pairs that
    /// share text, so only graphs without such pairs are measured: those of one measure, or
    /// of units with characters of their own.
    NearDuplicates,
}

impl Operation {
    /// All operations.
    pub const ALL: [Operation; 5] = [
        Operation::Read,
        Operation::Graph,
        Operation::Index,
        Operation::Fingerprints,
        Operation::NearDuplicates,
    ];
}

/// Prints the name of the function.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Operation::Read => "read",
            Operation::Graph => "Corpus::graph",
            Operation::Index => "Index::new",
            Operation::Fingerprints => "Fingerprints::new",
            Operation::NearDuplicates => "near_duplicates",
        })
    }
}

/// Limits of a measurement.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Minimum time for the shorter input, in seconds: longer inputs are tried until it is reached.
    pub seconds: f64,
    /// Maximum length of the shorter input, in bytes.
    pub bytes: usize,
    /// Ratio of the times at which no further runs are made.
    pub ratio: f64,
    /// Maximum number of runs.
    pub runs: usize,
}

impl Default for Limits {
    /// 2 ms, 64 KB, a ratio of 6 and five runs.
    fn default() -> Self {
        Limits { seconds: 2e-3, bytes: 1 << 16, ratio: 6.0, runs: 5 }
    }
}

/// The growth of an operation on a pattern.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// Length of the shorter input, in bytes.
    pub bytes: usize,
    /// Times for the shorter and the longer input, in seconds.
    pub seconds: [f64; 2],
    /// The second time over the first, each without the time for no units.
    pub ratio: f64,
}

/// Measures the growth of an operation; `None` if the longest input takes less than the
/// minimum time, or if the operation need not be linear on the pattern.
pub fn growth(operation: Operation, inputs: &mut Inputs<'_>, limits: &Limits) -> Option<Growth> {
    let fixed = least_seconds(operation, inputs, 0, 3)?;
    let mut bytes = FIRST_BYTES;
    let mut small = loop {
        let mut work = inputs.prepare(operation, bytes)?;
        let missing = limits.seconds / (seconds(&mut work) - fixed).max(f64::MIN_POSITIVE);
        if missing <= 1.0 {
            break work;
        }
        if bytes >= limits.bytes {
            return None;
        }
        // Not too much at a time: the work may grow faster than the length.
        let step = if missing < 2.0 { 2 } else { MAX_STEP };
        bytes = limits.bytes.min(bytes * step);
    };
    let mut large = inputs.prepare(operation, FACTOR * bytes)?;
    let mut least = [f64::INFINITY; 2];
    let mut ratio = f64::INFINITY;
    for _ in 0..limits.runs {
        least[0] = least[0].min(seconds(&mut small));
        least[1] = least[1].min(seconds(&mut large));
        ratio = (least[1] - fixed) / (least[0] - fixed).max(f64::MIN_POSITIVE);
        if ratio <= limits.ratio {
            break;
        }
    }
    Some(Growth { bytes, seconds: least, ratio })
}

/// Returns the least CPU time of several runs of an operation, in seconds; `None` if the
/// operation need not be linear on the pattern.
///
/// * `bytes`: length of the units; 0 for none.
pub fn least_seconds(
    operation: Operation,
    inputs: &mut Inputs<'_>,
    bytes: usize,
    runs: usize,
) -> Option<f64> {
    let mut work = inputs.prepare(operation, bytes)?;
    Some((0..runs).map(|_| seconds(&mut work)).fold(f64::INFINITY, f64::min))
}

/// Returns the CPU time of the calling thread for some work on this thread alone.
fn seconds(work: &mut Work) -> f64 {
    let start = ThreadTime::now();
    with_threads(1, work);
    start.elapsed().as_secs_f64()
}

/// An operation on an input that is prepared.
type Work = Box<dyn FnMut()>;

/// The documents of a pattern at several lengths. Each length is read and assembled once, for
/// all operations.
pub struct Inputs<'p> {
    pattern: &'p Pattern,
    records: BTreeMap<usize, Vec<Arc<Record>>>,
    graphs: BTreeMap<usize, Arc<Graph>>,
}

impl<'p> Inputs<'p> {
    /// Creates the inputs of a pattern, without reading any.
    pub fn new(pattern: &'p Pattern) -> Self {
        Inputs { pattern, records: BTreeMap::new(), graphs: BTreeMap::new() }
    }

    /// Prepares an operation on the input of a length; `None` if its time need not be linear.
    fn prepare(&mut self, operation: Operation, bytes: usize) -> Option<Work> {
        let lexicon = Lexicon::builtin();
        if operation == Operation::Read {
            let (pattern, texts) = (self.pattern.clone(), self.pattern.texts(bytes));
            return Some(Box::new(move || {
                for text in &texts {
                    black_box(read(lexicon, "document", pattern.source(text)));
                }
            }));
        }
        if operation == Operation::Graph {
            let records = self.records(bytes).to_vec();
            return Some(Box::new(move || {
                black_box(assembled(&records));
            }));
        }
        let graph = self.graph(bytes);
        Some(match operation {
            Operation::Index => {
                let empty = Index::new(Corpus::new().graph(lexicon), lexicon);
                Box::new(move || {
                    black_box(empty.extended(graph.clone()));
                })
            }
            Operation::NearDuplicates => {
                if graph.measures().len() > 1 && !self.pattern.unit.contains("{c}") {
                    return None;
                }
                Box::new(move || {
                    black_box(near_duplicates(&graph, THRESHOLD).count());
                })
            }
            _ => Box::new(move || {
                black_box(Fingerprints::new(graph.clone()));
            }),
        })
    }

    fn records(&mut self, bytes: usize) -> &[Arc<Record>] {
        let pattern = self.pattern;
        self.records.entry(bytes).or_insert_with(|| {
            let texts = pattern.texts(bytes).into_iter().enumerate();
            let record = |(n, text): (usize, String)| {
                let key = format!("document-{n:08}");
                Arc::new(read(Lexicon::builtin(), &key, pattern.source(&text)))
            };
            texts.map(record).collect()
        })
    }

    fn graph(&mut self, bytes: usize) -> Arc<Graph> {
        if let Some(graph) = self.graphs.get(&bytes) {
            return graph.clone();
        }
        let graph = assembled(self.records(bytes));
        self.graphs.insert(bytes, graph.clone());
        graph
    }
}

fn assembled(records: &[Arc<Record>]) -> Arc<Graph> {
    let mut corpus = Corpus::new();
    records.iter().cloned().for_each(|record| {
        corpus.insert(record);
    });
    corpus.graph(Lexicon::builtin())
}
