//! Measures of other documents that say alike, as JSON lines: `similar --all | MEASURE`.
//!
//! One line a measure, with the twenty best of all measures that stand in other
//! documents: a document's own measures share its style and its subject, and
//! would crowd out what others say; twenty, so that a program that keeps only
//! some of the documents still has ten. `--all` goes through the documents in
//! the order of `policygraph::seeds()`, and through each from its first measure.

use policygraph::graph::MeasureId;
use policygraph::similar::{Index, Options};
use policygraph::{Graph, builtin, seeds};
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let graph = builtin();
    let measures = match &arguments[..] {
        [all] if all == "--all" => all_measures(graph),
        [key] if !key.starts_with('-') => match graph.measure(key) {
            Some(measure) => vec![measure.id()],
            None => {
                let documents = graph.documents().map(|id| graph.at(id).key());
                let documents = documents.collect::<Vec<_>>().join(", ");
                eprintln!("{key} is no measure; a key is DOCUMENT/POSITION, of {documents}");
                return ExitCode::from(2);
            }
        },
        _ => {
            eprintln!("usage: similar --all | MEASURE, for example: similar sx-2025/8");
            return ExitCode::from(2);
        }
    };
    match print(graph, &measures) {
        Ok(()) => ExitCode::SUCCESS,
        // `similar --all | head` has read what it wanted.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn all_measures(graph: &Graph) -> Vec<MeasureId> {
    let keys = seeds().into_iter().map(|record| record.key);
    keys.flat_map(|key| graph.measures_of(graph.document(&key).expect("a seed").id())).collect()
}

fn print(graph: &'static Graph, measures: &[MeasureId]) -> io::Result<()> {
    let index = Index::new(graph);
    let options = Options { top: 20, elsewhere: true, ..Options::default() };
    let key = |measure: MeasureId| graph.at(measure).key().to_string();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for &measure in measures {
        let found = index.like(measure, &options);
        let similar = found.iter().map(|found| Similar {
            measure: key(found.measure),
            score: found.score,
            why: found.why.iter().map(|w| Why { feature: w.text, weight: w.weight }).collect(),
        });
        serde_json::to_writer(
            &mut out,
            &Line { measure: key(measure), similar: similar.collect() },
        )?;
        writeln!(out)?;
    }
    out.flush()
}

#[derive(Serialize)]
struct Line {
    measure: String,
    similar: Vec<Similar>,
}

#[derive(Serialize)]
struct Similar {
    measure: String,
    score: f32,
    /// Phrases of the found measure; their weights sum to the score.
    why: Vec<Why>,
}

#[derive(Serialize)]
struct Why {
    feature: &'static str,
    weight: f32,
}
