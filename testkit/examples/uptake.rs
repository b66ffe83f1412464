//! Prints the first adoption of each policy by each region, as lines of JSON: `uptake RECORDS`.
//!
//! RECORDS are the lines that `policygraph read` writes. `.ci/spark.py` compares the lines with the table
//! of `examples/spark/uptake.py`.

use policygraph::{Corpus, Lexicon};
use serde_json::json;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: uptake RECORDS")?;
    let lines = BufReader::new(File::open(path)?);
    let mut corpus = Corpus::read_json_lines(lines).collect::<Result<Corpus, _>>()?;
    let graph = corpus.graph(Lexicon::builtin());
    let mut out = BufWriter::new(stdout().lock());
    for policy in graph.policies().map(|id| graph.at(id)) {
        for (region, adoption) in policy.adoptions_by_region() {
            let line = json!({
                "policy": graph.key(policy.id()),
                "title": policy.title(),
                "region": region.name(),
                "document": graph.key(adoption.document.to().id()),
                "date": adoption.date.map(|printed| printed.date.to_string()),
                "lag": adoption.lag,
            });
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    Ok(())
}
