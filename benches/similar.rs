//! Speed and memory of similarity search, near-duplicates and passages, on synthetic corpora
//! of 10,000 and 100,000 measures, and optionally 1,000,000:
//!
//! ```text
//! cargo bench --bench similar               # up to 100,000
//! cargo bench --bench similar -- 1000000    # up to a million: minutes, some GB
//! ```
//!
//! The last column is the ratio of the largest corpus to the smallest. Results are checked
//! against the scores of all measures before they are timed. Times are of one run; query
//! times are the mean over 100 queries (10 for passages), on one thread. Recall of passages
//! and near-duplicates is measured against the known lineage of the synthetic documents.
//! `benches/peers` compares with other crates.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use policygraph::graph::MeasureId;
use policygraph::reuse::{Fingerprints, PassageOptions, near_duplicates};
use policygraph::similar::{Index, SearchOptions};
use policygraph::{Corpus, Graph, Lexicon, read};
use policygraph_testkit::{lineage, synthetic};

const SEED: u64 = 53;
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const DEFAULT: usize = 100_000;

/// Maximum number of measures for the search for all near-duplicates: synthetic corpora
/// contain many variants of one measure, some five million pairs at 100,000 measures and a
/// hundred times as many at a million.
const MAX_PAIRED: usize = 200_000;

/// Number of queries.
const QUERIES: usize = 100;

/// The results for one corpus, by name and unit.
type Figures = Vec<(&'static str, f64)>;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let largest = asked.unwrap_or(DEFAULT);
    let sizes: Vec<usize> = SIZES.into_iter().filter(|&size| size <= largest).collect();
    repetitive();
    let columns: Vec<Figures> = sizes.iter().map(|&size| measure(size)).collect();
    for size in &sizes {
        print!("{size:>12}");
    }
    println!("       ratio  measures");
    let [Some(smallest), Some(largest)] = [columns.first(), columns.last()] else { return };
    for (name, _) in smallest {
        let of = |column: &Figures| column.iter().find(|of| of.0 == *name).map(|of| of.1);
        for column in &columns {
            print!("{:>12}", of(column).map_or("–".to_owned(), |value| format!("{value:.3}")));
        }
        let [least, most] = [smallest, largest].map(of);
        let ratio =
            least.zip(most).map_or(String::new(), |(least, most)| format!("{:.2}", most / least));
        println!("{ratio:>12}  {name}");
    }
}

fn measure(size: usize) -> Figures {
    eprintln!("{size} measures: generating");
    let mut corpus: Corpus = synthetic::records(SEED, size).into_iter().collect();
    let graph = corpus.graph(Lexicon::builtin());
    let measures = graph.measures().len();
    eprintln!("{measures} measures: indexing");
    let (seconds, index) = timed(|| Index::new(&*graph, Lexicon::builtin()));
    let mut figures: Figures = vec![
        ("building, µs/measure, all cores", seconds * 1e6 / measures as f64),
        ("index, bytes/measure", index.bytes() as f64 / measures as f64),
    ];

    let queries: Vec<MeasureId> =
        graph.measures().step_by(measures / QUERIES).take(QUERIES).collect();
    check(&index, &queries[..QUERIES / 10]);
    eprintln!("{measures} measures: searching");
    for (name, explain) in
        [("top 10, ms/query", false), ("top 10 with explanations, ms/query", true)]
    {
        let options = SearchOptions::default().explain(explain);
        let ask = || queries.iter().for_each(|&id| drop(black_box(index.similar_to(id, &options))));
        ask();
        figures.push((name, timed(ask).0 * 1e3 / QUERIES as f64));
    }
    let text = "检验用量由3倍减为2倍";
    let options = SearchOptions::default().explain(false);
    let ask = || (0..10).for_each(|_| drop(black_box(index.search(text, &options))));
    figures.push(("top 10 of a sentence, ms/query", timed(ask).0 * 1e3 / 10.0));

    if measures < MAX_PAIRED {
        eprintln!("{measures} measures: near-duplicates");
        let (near, pairs) = timed(|| near_duplicates(&graph, 0.95).count());
        figures.push(("near-duplicates (0.95), s, all cores", near));
        figures.push(("near-duplicate pairs per measure", pairs as f64 / measures as f64));
    }

    eprintln!("{measures} measures: passages");
    let (printing, prints) = timed(|| Fingerprints::new(&*graph));
    figures.push(("fingerprints, µs/measure, all cores", printing * 1e6 / measures as f64));
    let asked = &queries[..QUERIES / 10];
    let passages = |&id: &MeasureId| prints.of_measure(id, &PassageOptions::default()).len();
    let (finding, found) = timed(|| asked.iter().map(passages).sum::<usize>());
    figures.push(("passages of a measure, ms/query", finding * 1e3 / asked.len() as f64));
    figures.push(("passages found", found as f64 / asked.len() as f64));
    if measures < MAX_PAIRED {
        eprintln!("{measures} measures: lineage");
        let made: Vec<synthetic::Document> = synthetic::documents(SEED, size).collect();
        let descents = lineage::measure_lineages(&made);
        let passages = lineage::passage_scores(&prints, &descents, asked);
        figures.push(("recall of unchanged sentences in passages", passages.unchanged.value()));
        figures.push(("recall of edited sentences in passages", passages.edited.value()));
        let near = near_duplicates(&graph, 0.8);
        let near = lineage::near_duplicate_scores(near, &graph, &descents, &queries, 0.95);
        figures.push(("recall of near-duplicates by lineage at 0.8", near.recall.value()));
    }
    drop(prints);

    eprintln!("{measures} measures: one document more");
    corpus.insert(read(
        Lexicon::builtin(),
        "one-more",
        format!("一、{text}。\n二、加强药物警戒。"),
    ));
    let graph: Arc<Graph> = corpus.graph(Lexicon::builtin());
    let (again, index) = timed(|| index.extended(&*graph));
    assert_eq!(graph.at(index.search(text, &options)[0].measure).document().key(), "one-more");
    figures.push(("extending by one document, ms", again * 1e3));
    figures.push(("speed-up over a new index", seconds / again));
    figures
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed().as_secs_f64(), made)
}

/// Checks that a search returns the measures with the highest scores.
fn check(index: &Index<&Graph>, queries: &[MeasureId]) {
    for &query in queries {
        let all: Vec<MeasureId> =
            index.graph().measures().filter(|&other| other != query).collect();
        let mut ranked: Vec<(MeasureId, f32)> =
            all.iter().copied().zip(index.scores(query, &all)).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let options = SearchOptions::default().explain(false);
        let found = index.similar_to(query, &options);
        let found = found.iter().map(|found| (found.measure, found.score));
        assert!(found.eq(ranked.into_iter().take(10)));
    }
}

/// Indexes and searches repetitive texts of a megabyte each.
fn repetitive() {
    let text = |word: &str| word.repeat((1 << 20) / word.len());
    let records = ["药品", "检验"]
        .map(|word| read(Lexicon::builtin(), word, format!("一、{}。\n二、其他。", text(word))));
    let graph = records.into_iter().collect::<Corpus>().graph(Lexicon::builtin());
    let (built, index) = timed(|| Index::new(&*graph, Lexicon::builtin()));
    let question = text("药品检验");
    let (asked, found) = timed(|| index.search(&question, &SearchOptions::default()));
    assert_eq!(
        found[0].explanation.contributions.iter().filter(|s| s.term.kind() == "phrase").count(),
        1
    );
    let speed = |megabytes: f64, seconds: f64| megabytes / seconds;
    println!(
        "repetitive texts: indexed at {:.0} MB/s, searched and explained at {:.1} MB/s\n",
        speed(2.0, built),
        speed(1.0, asked)
    );
}
