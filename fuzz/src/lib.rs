//! Fuzz targets: one function for each public reader of policygraph.
//!
//! A target takes any bytes, reads them, and panics if an invariant does not hold: spans are in
//! range and on character boundaries, JSON and saved files are lossless, reading is deterministic,
//! and no method of the result panics. The bytes are the input itself where every input is valid
//! (texts), and otherwise edits of a valid input, so that most runs get past the first check.
//!
//! `fuzz_targets` calls the targets from libFuzzer, `src/bin/run.rs` from a stable toolchain.

#![forbid(unsafe_code)]

mod check;
mod container;
mod files;
mod json;
mod material;
pub mod mutate;
mod offices;
mod operations;
mod records;
mod texts;
mod vocabularies;

pub use files::{graph_file, index_file};
pub use material::{base_graph, dictionary};
pub use offices::office;
pub use operations::corpus_ops;
pub use records::record_lines;
pub use texts::{bytes, html, markdown, text};
pub use vocabularies::vocabulary;

/// A target: reads the bytes, and panics if an invariant does not hold.
pub type Target = fn(&[u8]);

/// All targets, by the names of their folders in `seeds`.
pub const TARGETS: &[(&str, Target)] = &[
    ("text", text),
    ("markdown", markdown),
    ("html", html),
    ("office", office),
    ("bytes", bytes),
    ("graph_file", graph_file),
    ("index_file", index_file),
    ("record_lines", record_lines),
    ("vocabulary", vocabulary),
    ("corpus_ops", corpus_ops),
];
