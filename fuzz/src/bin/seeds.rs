//! Writes the seeds that are made from others: the saved graph, the saved index and the JSON lines
//! of the documents in `seeds/text`, and a Word document and an OFD file.

use policygraph::similar::Index;
use policygraph::{Corpus, Lexicon};
use policygraph_fuzz::base_graph;
use policygraph_testkit::office::{Block, docx, ofd};
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
    let rows = [["任务", "责任单位"], ["推行一窗受理", "市商务局"]];
    let rows = rows.map(|row| row.map(str::to_owned).to_vec()).to_vec();
    let file = docx(&[
        Block::paragraph("优化服务若干措施"),
        Block::numbered(0, "加快审批"),
        Block::numbered(1, "压缩时限。"),
        Block::Table(rows),
    ]);
    std::fs::write(seeds.join("office/measures.docx"), file)?;
    let file = ofd(&["优化服务若干措施", "一、加快审批", "压缩审批时限。"]);
    std::fs::write(seeds.join("office/measures.ofd"), file)?;
    Ok(())
}
