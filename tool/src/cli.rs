//! The arguments of the program.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use policygraph::Date;
use policygraph::report::Language;
use std::path::PathBuf;

/// Reads Chinese policy documents (政策文件) into a graph of measures (措施), agencies (机关), policies
/// (政策), products (产品), targets (目标) and deadlines (时限), and answers questions about it.
///
/// Without --corpus, questions are about the thirteen built-in documents on drug and device
/// regulation. Exit code: 0 if all documents were read, 1 if some were not, 2 for wrong arguments,
/// an unknown name or a file that cannot be written.
#[derive(Parser)]
#[command(name = "policygraph", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Args)]
pub struct Common {
    /// A folder, a document, JSON lines of records, or a saved graph; may be repeated
    #[arg(short, long, global = true, value_name = "PATH")]
    pub corpus: Vec<PathBuf>,
    /// Write JSON, one value a line, instead of tables
    #[arg(long, global = true)]
    pub json: bool,
    /// Read files on this many threads; 0 for one a core
    #[arg(long, global = true, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Part files of several documents (汇编), as `split` does
    #[arg(long, global = true)]
    pub split: bool,
    /// Keep documents that are the same as others, which are left out otherwise
    #[arg(long, global = true)]
    pub keep_duplicates: bool,
    /// Print no progress and no summary
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

#[derive(Subcommand)]
pub enum Command {
    /// Write the records of documents as JSON lines
    Read {
        /// Folders, documents, or saved graphs
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// File to write instead of standard output
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// Replace an existing file
        #[arg(long)]
        force: bool,
    },
    /// Save the graph of documents, and its index of similar measures beside it (FILE.index)
    Build {
        /// Folders, documents, or JSON lines of records
        paths: Vec<PathBuf>,
        /// File of the graph
        #[arg(short, long)]
        output: PathBuf,
        /// Replace an existing file
        #[arg(long)]
        force: bool,
    },
    /// Show one node and its edges, each with the words that state it (出处); without a name, count the
    /// nodes and edges of each kind and list the documents
    Show {
        /// A key (sx-2025/8, measure:sx-2025/8) or a name as people type it (山西省药监局)
        name: Option<String>,
        /// Maximum number of edges
        #[arg(short = 'n', long, default_value_t = 60)]
        limit: usize,
    },
    /// List the duties of an agency (职责), with roles and deadlines
    Duties {
        /// Name of the agency: 山西省药监局
        agency: String,
    },
    /// List the deadlines (时限) of the days from a date on, and who must keep them
    Due {
        /// Number of days: 90d, 12w
        #[arg(long, default_value = "90d", value_name = "DAYS", value_parser = days)]
        within: i64,
        /// First day; today if it is not given
        #[arg(long, value_name = "DATE")]
        from: Option<Date>,
        /// Only those that this agency must keep
        #[arg(long)]
        agency: Option<String>,
    },
    /// List similar measures (相似措施) of other documents, with the reasons
    Similar {
        /// Key of a measure (sx-2025/8), or words to search for
        query: String,
        /// Maximum number of measures
        #[arg(short = 'n', long, default_value_t = 10)]
        limit: usize,
    },
    /// Align the measures of two documents (对照)
    Align {
        /// Key of the document on the left
        left: String,
        /// Key of the document on the right
        right: String,
    },
    /// Show which articles of a policy (条文) measures carry out
    Coverage {
        /// Number (文号) or title of the policy
        #[arg(default_value = "国办发〔2024〕53号")]
        policy: String,
        /// Columns are regions instead of documents
        #[arg(long)]
        regions: bool,
    },
    /// List passages that documents have in common (雷同)
    Reuse {
        /// Key of a measure or document; all documents if it is not given
        name: Option<String>,
        /// List pairs of measures with the most similar text as a whole
        #[arg(long, conflicts_with = "name")]
        near: bool,
        /// Minimum resemblance of the pairs, in 0..=1: copies have 0.9 and more
        #[arg(long, default_value_t = 0.2, requires = "near", value_name = "SHARE", value_parser = share)]
        threshold: f32,
        /// Maximum number of passages or pairs
        #[arg(short = 'n', long, default_value_t = 20)]
        limit: usize,
    },
    /// List what changed between two documents: measures added, removed, moved and altered
    Diff {
        /// The older document: a file, or the key of a document of the corpus
        old: String,
        /// The newer document: a file, or the key of a document of the corpus
        new: String,
    },
    /// List the documents and their status (时效) on a day
    Asof {
        /// The day: 2026-01-01
        day: Date,
    },
    /// List measures that rest on a policy that was repealed, replaced or issued again
    Radar {
        /// Only what was known on this day
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
    },
    /// Write the graph for another program
    Export {
        /// The format
        #[arg(long, value_enum, value_name = "FORMAT")]
        to: Format,
        /// File, or folder for formats of several files
        #[arg(short, long)]
        output: PathBuf,
        /// Replace an existing file or folder
        #[arg(long)]
        force: bool,
    },
    /// Measure the records against annotations (标注) of the documents: precision, recall and F1
    Evaluate {
        /// Folder of gold records, one for each document, as data/gold/README.md defines them
        gold: PathBuf,
        /// List the values that were missed and those that gold lacks
        #[arg(long)]
        misses: bool,
    },
    /// Write a page that shows documents, measures and every fact in the words that state it, for people
    Report {
        /// File to write; a folder for more than 300 documents
        #[arg(short, long)]
        output: PathBuf,
        /// Replace an existing file or folder
        #[arg(long)]
        force: bool,
        /// A saved graph of before, to show what changed since
        #[arg(long, value_name = "OLD")]
        since: Option<PathBuf>,
        /// Language of the labels when the page opens: zh, en
        #[arg(long, default_value = "zh", value_name = "LANGUAGE")]
        lang: Language,
    },
    /// Answer the questions of an assistant: a server of the Model Context Protocol on standard input and output
    Mcp {
        /// Folders, documents, JSON lines of records, or a saved graph
        paths: Vec<PathBuf>,
        /// File or address of the report page, for links to it
        #[arg(long, value_name = "FILE")]
        report: Option<String>,
    },
    /// Answer lines of JSON on standard input, as one of many processes that share the documents of a corpus
    Worker {
        /// The step of the work
        #[arg(value_enum)]
        step: StepName,
        /// Maximum length of a line or document; a longer one is answered with an error
        #[arg(long, value_name = "BYTES", default_value_t = 64 * 1024 * 1024)]
        max_line: usize,
        #[command(flatten)]
        options: StepOptions,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// A step of [`Command::Worker`].
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StepName {
    /// Documents become records
    Read,
    /// Records become the policies that they print
    Forms,
    /// Policies with one number are joined
    Numbers,
    /// Policies with one title are joined
    Titles,
    /// The forms of one cluster become a policy
    Policies,
    /// Records and policies become rows of tables
    Rows,
    /// The tables and their columns
    Schema,
    /// Records become the sets of shingles of their measures
    Shingles,
    /// Sets of shingles become their prefixes, of which sets above the threshold have one in common
    Prefix,
    /// Pairs of sets of shingles become their resemblance, if it is at least the threshold
    Resemblance,
}

/// Reads a share, in 0..=1.
fn share(text: &str) -> Result<f32, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "not a number in 0..=1".to_owned())
}

/// Options of the steps of [`Command::Worker`].
#[derive(Args)]
pub struct StepOptions {
    /// Minimum resemblance, in 0..=1, for prefix and resemblance
    #[arg(long, default_value_t = 0.9, value_name = "SHARE", value_parser = share)]
    pub threshold: f32,
    /// Frequent shingles, a line each, the rarest first, for prefix
    #[arg(long, value_name = "FILE")]
    pub frequent: Option<PathBuf>,
    /// Arrow streams in place of lines, for read
    #[arg(long)]
    pub arrow: bool,
}

/// A format of [`Command::Export`].
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A folder of CSV files with a datapackage.json: R, Stata, pandas
    Csv,
    /// The same for Excel: with a byte order mark
    CsvExcel,
    /// A folder of CSV files for neo4j-admin
    Neo4j,
    /// One workbook: Excel, LibreOffice
    Xlsx,
    /// One SQLite database, with full-text search
    Sqlite,
    /// A folder of Parquet files: DuckDB, polars, Spark
    Parquet,
    /// One GraphML file: Gephi, networkx
    Graphml,
    /// Linked data as Turtle: ELI, ORG, SKOS, PROV
    Turtle,
    /// Linked data as N-Quads
    Nquads,
    /// Linked data as JSON-LD
    Jsonld,
    /// A folder of Akoma Ntoso files, one a document
    Akn,
}

/// Reads a number of days: 90d, 12w, 90.
fn days(text: &str) -> Result<i64, String> {
    let (number, days) = match text.strip_suffix('w') {
        Some(weeks) => (weeks, 7),
        None => (text.strip_suffix('d').unwrap_or(text), 1),
    };
    let number: i64 = number.parse().map_err(|_| "give days (90d) or weeks (12w)".to_owned())?;
    let total = number.checked_mul(days).filter(|total| (0..=36_500).contains(total));
    total.ok_or_else(|| "give 0 to 36500 days".to_owned())
}
