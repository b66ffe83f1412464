//! Speed and peak memory of reading the seed documents as files of each format.
//!
//! `cargo bench --bench files --features html,office,pdf`

use std::hint::black_box;
use std::time::Instant;

use peak_alloc::PeakAlloc;
use policygraph::{Lexicon, Source, read};
use policygraph_testkit::office::{Block, docx, ofd};
use policygraph_testkit::pages::{pdf, seed_paragraphs};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Number of readings of each file. The fastest counts, as other processes only add time.
const RUNS: usize = 20;

/// Writes the paragraphs of a document as a file.
type Write = fn(&[String]) -> Vec<u8>;

const FORMATS: [(&str, Write); 6] = [
    ("txt", |lines| lines.join("\n").into_bytes()),
    ("md", |lines| lines.join("\n\n").into_bytes()),
    ("html", |lines| {
        let lines: String = lines.iter().map(|line| format!("<p>{line}</p>\n")).collect();
        format!("<!DOCTYPE html><html><body>{lines}</body></html>").into_bytes()
    }),
    ("docx", |lines| docx(&lines.iter().map(|line| Block::paragraph(line)).collect::<Vec<_>>())),
    ("ofd", |lines| ofd(&lines.iter().map(|line| &**line).collect::<Vec<_>>())),
    ("pdf", |lines| pdf(&lines.iter().map(|line| &**line).collect::<Vec<_>>())),
];

fn main() {
    let documents = seed_paragraphs();
    let lexicon = Lexicon::builtin();
    let measures = |source: Source| read(lexicon, "bench", source).measures.len();
    let expected: usize =
        documents.iter().map(|lines| measures(Source::from(lines.join("\n")))).sum();
    assert!(expected > 100, "the documents have measures");
    println!(
        "format  text, ms a document (most)  MB/s of text  peak bytes per byte of file, and of text"
    );
    for (format, write) in FORMATS {
        let name = format!("1.{format}");
        let files: Vec<Vec<u8>> = documents.iter().map(|lines| write(lines)).collect();
        let source = |file: &[u8]| Source::from_bytes(&name, file).expect("a file is read");
        let found: usize = files.iter().map(|file| measures(source(file))).sum();
        assert_eq!(found, expected, "{format}");

        let [mut sum, mut most] = [0.0, 0.0_f64];
        let mut texts = 0;
        let [mut of_file, mut of_text] = [0.0_f64; 2];
        for file in &files {
            let mut best = f64::INFINITY;
            for _ in 0..RUNS {
                let start = Instant::now();
                black_box(source(black_box(file)));
                best = best.min(start.elapsed().as_secs_f64());
            }
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let len = source(file).text.len();
            let peak = (MEMORY.peak_usage() - before) as f64;
            of_file = of_file.max(peak / file.len() as f64);
            of_text = of_text.max(peak / len as f64);
            sum += best;
            most = most.max(best);
            texts += len;
        }
        let mean = 1e3 * sum / files.len() as f64;
        println!(
            "{format:<6}  {mean:.2} ({:.2})  {:.1}  {of_file:.1}  {of_text:.1}",
            1e3 * most,
            texts as f64 / sum / 1e6
        );
    }
}
