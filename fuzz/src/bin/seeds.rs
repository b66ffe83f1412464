//! Writes the seeds that are made from others: the saved graph, the saved index and the JSON lines
//! of the documents in `seeds/text`.

use policygraph::similar::Index;
use policygraph::{Corpus, Lexicon};
use policygraph_fuzz::base_graph;
use std::error::Error;
use std::fs::File;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let graph = base_graph();
    graph.save(seeds.join("graph_file/three.policygraph"))?;
    Index::new(&*graph, Lexicon::builtin()).save(seeds.join("index_file/three.similar"))?;
    let lines = File::create(seeds.join("record_lines/three.jsonl"))?;
    Corpus::from(&*graph).write_json_lines(lines)?;
    Ok(())
}
