//! Top-10 similar measures compared with tantivy (BM25 over all words of the measure, and
//! MoreLikeThis) and with the crate bm25.
//!
//! ```text
//! cargo bench --bench similar                # 10,000 measures
//! cargo bench --bench similar -- 100000      # more, without the rankers that take minutes
//! ```
//!
//! All rankers get the same words (characters and pairs of characters), the same measures as
//! queries, one thread, and a warm-up round. tantivy stores word frequencies, no positions
//! and no texts, in memory and in one segment. Our index also ranks by subject and articles;
//! its results are checked against the scores of all measures. Times are means and medians
//! over the queries. Then prints nDCG@10 of the same rankers on `data/gold/pairs.json`, with
//! only the seeds indexed.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use policygraph::graph::MeasureId;
use policygraph::similar::{Index, SearchOptions, features, provision_text};
use policygraph::{Corpus, Graph, Lexicon, builtin};
use policygraph_testkit::{ranking, synthetic};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, MoreLikeThisQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{Searcher, TantivyDocument, Term};

const SEED: u64 = 53;
/// Number of queries.
const QUERIES: usize = 100;

/// Maximum number of measures for the crate bm25, which is slow.
const MAX_BM25: usize = 10_000;

/// Maximum number of measures for tantivy with pruning.
const MAX_PRUNED: usize = 100_000;

fn main() {
    let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let size: usize = size.unwrap_or(10_000);
    eprintln!("generating {size} measures");
    let mut corpus: Corpus = synthetic::records(SEED, size).into_iter().collect();
    let graph = corpus.graph(Lexicon::builtin());
    let measures: Vec<MeasureId> = graph.measures().collect();
    let words: Vec<String> = measures.iter().map(|&id| words(&graph, id)).collect();

    eprintln!("indexing");
    let (ours_seconds, index) = timed(|| Index::new(&*graph, Lexicon::builtin()));
    let (tantivy_seconds, tantivy) = timed(|| Tantivy::new(&words));
    let bm25 = (size <= MAX_BM25).then(|| Bm25::new(&words));
    println!("{} measures          ours    tantivy", measures.len());
    let each = measures.len() as f64 / 1e6;
    println!(
        "building, µs/measure     {:8.1} {:8.1}   (ours on all cores, tantivy with one writer)",
        ours_seconds / each,
        tantivy_seconds / each
    );
    println!(
        "index, bytes/measure     {:8.0} {:8.0}\n",
        index.bytes() as f64 / each / 1e6,
        tantivy.bytes() as f64 / each / 1e6
    );

    let step = measures.len() / QUERIES;
    let queries: Vec<usize> = (0..QUERIES).map(|n| n * step).collect();
    let options = SearchOptions::default().explain(false);
    for &n in &queries[..10] {
        let mut all: Vec<(f32, MeasureId)> = index
            .scores(measures[n], &measures)
            .into_iter()
            .zip(measures.iter().copied())
            .filter(|of| of.1 != measures[n])
            .collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let found = index.similar_to(measures[n], &options);
        assert!(
            found.iter().map(|found| (found.score, found.measure)).eq(all.into_iter().take(10))
        );
        let pruned = tantivy.all_words(&words[n], 11, true);
        assert!(pruned.len() == 11 && pruned.is_sorted_by(|a, b| a.1 >= b.1));
        let scores = |found: Vec<(usize, f32)>| found.into_iter().map(|of| of.1);
        let close = |(a, b): (f32, f32)| (a - b).abs() < a * 1e-4;
        assert!(scores(pruned).zip(scores(tantivy.all_words(&words[n], 11, false))).all(close));
    }
    eprintln!("searching");
    let ours = times(&queries, |n| drop(black_box(index.similar_to(measures[n], &options))));
    let pruned = (size <= MAX_PRUNED)
        .then(|| times(&queries, |n| drop(black_box(tantivy.all_words(&words[n], 11, true)))));
    let all_words = times(&queries, |n| drop(black_box(tantivy.all_words(&words[n], 11, false))));
    let bm25 = bm25.map(|bm25| times(&queries, |n| drop(black_box(bm25.search(&words[n], 11)))));
    let more = times(&queries, |n| drop(black_box(tantivy.more_like(&words[n], 11, false))));
    let more_all = times(&queries, |n| drop(black_box(tantivy.more_like(&words[n], 11, true))));
    println!("ten most similar, ms        mean   median   mean/ours");
    let others =
        [("BM25, all words, pruned", pruned.as_ref()), ("crate bm25, all words", bm25.as_ref())];
    let others = others.into_iter().filter_map(|(name, of)| Some((name, of?)));
    for (name, of) in [
        ("ours, exact", &ours),
        ("BM25, all words", &all_words),
        ("MoreLikeThis, 25 words", &more),
        ("MoreLikeThis, 100 words", &more_all),
    ]
    .into_iter()
    .chain(others)
    {
        println!("{name:24} {:8.3} {:8.3}   {:6.1}", of.0, of.1, of.0 / ours.0);
    }
    quality();
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed().as_secs_f64(), made)
}

/// Returns mean and median in ms.
fn times(queries: &[usize], query: impl Fn(usize)) -> (f64, f64) {
    queries.iter().for_each(|&n| query(n));
    let mut times: Vec<f64> = queries.iter().map(|&n| timed(|| query(n)).0 * 1e3).collect();
    times.sort_by(f64::total_cmp);
    (times.iter().sum::<f64>() / times.len() as f64, times[times.len() / 2])
}

/// Returns the words of a measure, separated by spaces.
fn words(graph: &Graph, measure: MeasureId) -> String {
    let measure = graph.at(measure);
    let pieces = provision_text(measure.record(), &measure.document().record().text);
    pieces.flat_map(features).map(|word| word.to_string()).collect::<Vec<_>>().join(" ")
}

/// Splits a text at spaces.
#[derive(Debug)]
struct Blanks;

impl bm25::Tokenizer for Blanks {
    fn tokenize(&self, text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }
}

struct Bm25(bm25::SearchEngine<u32, u32, Blanks>);

impl Bm25 {
    fn new(words: &[String]) -> Self {
        let documents: Vec<bm25::Document<u32>> =
            (0..).zip(words).map(|(n, words)| bm25::Document::new(n, words)).collect();
        Bm25(bm25::SearchEngineBuilder::with_tokenizer_and_documents(Blanks, documents).build())
    }

    fn search(&self, words: &str, limit: usize) -> Vec<(usize, f32)> {
        let distinct: BTreeSet<&str> = words.split(' ').collect();
        let query = distinct.into_iter().collect::<Vec<_>>().join(" ");
        self.0
            .search(&query, limit)
            .into_iter()
            .map(|found| (found.document.id as usize, found.score))
            .collect()
    }
}

struct Tantivy {
    searcher: Searcher,
    text: Field,
    number: Field,
}

impl Tantivy {
    fn new(words: &[String]) -> Self {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("words")
            .set_index_option(IndexRecordOption::WithFreqs);
        let text =
            schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let number = schema.add_u64_field("number", NumericOptions::default().set_stored());
        let index = tantivy::Index::create_in_ram(schema.build());
        let tokenizer = TextAnalyzer::builder(WhitespaceTokenizer::default()).build();
        index.tokenizers().register("words", tokenizer);
        let mut writer = index.writer_with_num_threads(1, 1 << 30).unwrap();
        for (n, words) in (0_u64..).zip(words) {
            let mut document = TantivyDocument::default();
            document.add_text(text, words);
            document.add_u64(number, n);
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let segments = index.searchable_segment_ids().unwrap();
        if segments.len() > 1 {
            writer.merge(&segments).wait().unwrap();
        }
        Tantivy { searcher: index.reader().unwrap().searcher(), text, number }
    }

    fn bytes(&self) -> u64 {
        self.searcher.space_usage().unwrap().total().get_bytes()
    }

    /// Ranks by BM25 over the distinct words of the query: with block-max pruning, which is
    /// tantivy's default, or with the score of every measure, which tantivy computes if it
    /// also counts matches. With this many words the latter is faster.
    fn all_words(&self, words: &str, limit: usize, pruned: bool) -> Vec<(usize, f32)> {
        let distinct: BTreeSet<&str> = words.split(' ').collect();
        let term = |word| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(self.text, word);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        self.search(&BooleanQuery::new(distinct.into_iter().map(term).collect()), limit, pruned)
    }

    fn more_like(&self, words: &str, limit: usize, many: bool) -> Vec<(usize, f32)> {
        let mut query = MoreLikeThisQuery::builder();
        if many {
            query = query
                .with_min_doc_frequency(1)
                .with_min_term_frequency(1)
                .with_max_query_terms(100);
        }
        let query = query.with_document_fields(vec![(self.text, vec![words.to_owned().into()])]);
        self.search(&query, limit, true)
    }

    fn search(&self, query: &dyn Query, limit: usize, pruned: bool) -> Vec<(usize, f32)> {
        let best = TopDocs::with_limit(limit).order_by_score();
        let found = match pruned {
            true => self.searcher.search(query, &best).unwrap(),
            false => self.searcher.search(query, &(best, Count)).unwrap().0,
        };
        let number = |address| {
            let document: TantivyDocument = self.searcher.doc(address).unwrap();
            document.get_first(self.number).unwrap().as_u64().unwrap() as usize
        };
        found.into_iter().map(|(score, address)| (number(address), score)).collect()
    }
}

/// Prints nDCG@10 on the judged pairs.
fn quality() {
    let graph = builtin();
    let queries = ranking::queries(graph, include_str!("../../../data/gold/pairs.json")).unwrap();
    let measures: Vec<MeasureId> = graph.measures().collect();
    let words: Vec<String> = measures.iter().map(|&id| words(graph, id)).collect();
    let tantivy = Tantivy::new(&words);
    let index = Index::new(graph, Lexicon::builtin());
    let scorer = |found: Vec<(usize, f32)>, other: MeasureId| {
        found.iter().find(|of| measures[of.0] == other).map_or(0.0, |of| of.1)
    };
    let at = |id: MeasureId| measures.iter().position(|&other| other == id).unwrap();
    let all = measures.len();
    let bm25 = |a, b| scorer(tantivy.all_words(&words[at(a)], all, false), b);
    let more = |a, b| scorer(tantivy.more_like(&words[at(a)], all, false), b);
    let more_all = |a, b| scorer(tantivy.more_like(&words[at(a)], all, true), b);
    println!("\nnDCG@10 on the {} judged queries", queries.len());
    let crate_bm25 = Bm25::new(&words);
    let crate_bm25 = |a, b| scorer(crate_bm25.search(&words[at(a)], all), b);
    let rankers: [(&str, &dyn policygraph::similar::Scorer); 5] = [
        ("ours", &index),
        ("BM25, all words", &bm25),
        ("MoreLikeThis, 25 words", &more),
        ("MoreLikeThis, 100 words", &more_all),
        ("crate bm25, all words", &crate_bm25),
    ];
    for (name, ranker) in rankers {
        println!("{:.3}  {name}", ranking::mean(&ranking::evaluate(&queries, ranker).ndcg));
    }
}
