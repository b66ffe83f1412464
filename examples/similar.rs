//! Writes the most similar measures of other documents as JSON lines:
//! `similar --all | MEASURE`.
//!
//! One line per measure, with its 20 best matches. Measures of its own document are
//! left out, as they share style and subject and would displace the others. 20, so
//! that a program that keeps only some of the documents still has ten. `--all`
//! lists the measures in the order of `policygraph::seeds()`.

mod terminal;

use policygraph::graph::MeasureId;
use policygraph::similar::{Contribution, Index, SearchOptions};
use policygraph::{Graph, Lexicon, builtin, seeds};
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;
use terminal::{arguments, finish, refuse};

fn main() -> ExitCode {
    let arguments = arguments();
    let graph = builtin();
    let measures = match &arguments[..] {
        [all] if all == "--all" => all_measures(graph),
        [key] if !key.starts_with('-') => match graph.measure(key) {
            Some(measure) => vec![measure.id()],
            None => {
                let documents = graph.documents().map(|id| graph.at(id).key());
                let documents = documents.collect::<Vec<_>>().join(", ");
                return refuse(format!(
                    "{key} is not a measure; a key is DOCUMENT/POSITION, documents are {documents}"
                ));
            }
        },
        _ => return refuse("usage: similar --all | MEASURE, for example: similar sx-2025/8"),
    };
    finish(print(graph, &measures))
}

fn all_measures(graph: &Graph) -> Vec<MeasureId> {
    let keys = seeds().into_iter().map(|record| record.key);
    keys.flat_map(|key| graph.measures_of(graph.document(&key).expect("a seed").id())).collect()
}

fn print(graph: &Graph, measures: &[MeasureId]) -> io::Result<()> {
    let index = Index::new(builtin(), Lexicon::builtin());
    let options = SearchOptions::default().limit(20).exclude_own_document(true);
    let key = |measure: MeasureId| graph.at(measure).key().to_string();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for &measure in measures {
        let found = index.similar_to(measure, &options);
        let similar = found.into_iter().map(|found| Similar {
            measure: key(found.measure),
            score: found.score,
            why: found.explanation.contributions,
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
struct Line<'i> {
    measure: String,
    similar: Vec<Similar<'i>>,
}

#[derive(Serialize)]
struct Similar<'i> {
    measure: String,
    score: f32,
    /// Shared terms; the weights add up to the score.
    why: Vec<Contribution<'i>>,
}
