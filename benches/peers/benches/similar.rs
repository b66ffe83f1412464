//! The ten most similar of many measures, beside tantivy: BM25 over all words of
//! the measure, and its MoreLikeThis; and beside the crate bm25.
//!
//! ```text
//! cargo bench --bench similar                # 10,000 measures
//! cargo bench --bench similar -- 100000      # and more, without what takes minutes then
//! ```
//!
//! All get the same words (characters and pairs of characters), the same
//! measures as questions, one thread, and a first round that is not counted.
//! tantivy keeps the frequencies of words, no positions and no stored texts, in
//! memory and in one segment. Ours also ranks by subject and by articles, and
//! its answers are checked against the scores of all measures. Times are means
//! and medians of the questions. Then the quality of the same rankers on
//! `data/gold/pairs.json`, with the seeds alone indexed.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use policygraph::similar::{features, provision_text};
use policygraph::graph::MeasureId;
use policygraph::similar::{Index, SearchOptions};
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
const QUESTIONS: usize = 100;

/// The crate bm25 is asked up to so many measures, it takes so long,
const BM25: usize = 10_000;

/// and tantivy with pruning up to so many.
const PRUNED: usize = 100_000;

fn main() {
    let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let size: usize = size.unwrap_or(10_000);
    eprintln!("making {size} measures");
    let mut corpus: Corpus = synthetic::records(SEED, size).into_iter().collect();
    let graph = corpus.graph(Lexicon::builtin());
    let measures: Vec<MeasureId> = graph.measures().collect();
    let words: Vec<String> = measures.iter().map(|&id| words(&graph, id)).collect();

    eprintln!("indexing");
    let (ours_built, index) = timed(|| Index::new(&*graph, Lexicon::builtin()));
    let (theirs_built, theirs) = timed(|| Theirs::new(&words));
    let bm25 = (size <= BM25).then(|| Bm25::new(&words));
    println!("{} measures          ours    tantivy", measures.len());
    let each = measures.len() as f64 / 1e6;
    println!(
        "building, µs a measure  {:8.1} {:8.1}   (ours on all cores, tantivy with one writer)",
        ours_built / each,
        theirs_built / each
    );
    println!(
        "index, bytes a measure  {:8.0} {:8.0}\n",
        index.bytes() as f64 / each / 1e6,
        theirs.bytes() as f64 / each / 1e6
    );

    let step = measures.len() / QUESTIONS;
    let asked: Vec<usize> = (0..QUESTIONS).map(|n| n * step).collect();
    let options = SearchOptions::default().explain(false);
    for &n in &asked[..10] {
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
        let pruned = theirs.all_words(&words[n], 11, true);
        assert!(pruned.len() == 11 && pruned.is_sorted_by(|a, b| a.1 >= b.1));
        let scores = |found: Vec<(usize, f32)>| found.into_iter().map(|of| of.1);
        let close = |(a, b): (f32, f32)| (a - b).abs() < a * 1e-4;
        assert!(scores(pruned).zip(scores(theirs.all_words(&words[n], 11, false))).all(close));
    }
    eprintln!("asking");
    let ours = times(&asked, |n| drop(black_box(index.similar_to(measures[n], &options))));
    let pruned = (size <= PRUNED)
        .then(|| times(&asked, |n| drop(black_box(theirs.all_words(&words[n], 11, true)))));
    let all_words = times(&asked, |n| drop(black_box(theirs.all_words(&words[n], 11, false))));
    let bm25 = bm25.map(|bm25| times(&asked, |n| drop(black_box(bm25.search(&words[n], 11)))));
    let more = times(&asked, |n| drop(black_box(theirs.more_like(&words[n], 11, false))));
    let more_all = times(&asked, |n| drop(black_box(theirs.more_like(&words[n], 11, true))));
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

/// Mean and median in ms.
fn times(asked: &[usize], ask: impl Fn(usize)) -> (f64, f64) {
    asked.iter().for_each(|&n| ask(n));
    let mut times: Vec<f64> = asked.iter().map(|&n| timed(|| ask(n)).0 * 1e3).collect();
    times.sort_by(f64::total_cmp);
    (times.iter().sum::<f64>() / times.len() as f64, times[times.len() / 2])
}

/// The words of a measure, with blanks between.
fn words(graph: &Graph, measure: MeasureId) -> String {
    let measure = graph.at(measure);
    let pieces = provision_text(measure.record(), &measure.document().record().text);
    pieces.flat_map(features).map(|word| word.to_string()).collect::<Vec<_>>().join(" ")
}

/// The words of a text are what stands between blanks.
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

    fn search(&self, words: &str, top: usize) -> Vec<(usize, f32)> {
        let different: BTreeSet<&str> = words.split(' ').collect();
        let query = different.into_iter().collect::<Vec<_>>().join(" ");
        self.0
            .search(&query, top)
            .into_iter()
            .map(|found| (found.document.id as usize, found.score))
            .collect()
    }
}

struct Theirs {
    searcher: Searcher,
    text: Field,
    number: Field,
}

impl Theirs {
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
        Theirs { searcher: index.reader().unwrap().searcher(), text, number }
    }

    fn bytes(&self) -> u64 {
        self.searcher.space_usage().unwrap().total().get_bytes()
    }

    /// BM25 of each different word of the question. Pruned by the greatest scores
    /// of blocks, as tantivy does it by itself, or by the score of every measure,
    /// as it does when it also counts them: with so many words that is faster.
    fn all_words(&self, words: &str, top: usize, pruned: bool) -> Vec<(usize, f32)> {
        let different: BTreeSet<&str> = words.split(' ').collect();
        let term = |word| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(self.text, word);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        self.search(&BooleanQuery::new(different.into_iter().map(term).collect()), top, pruned)
    }

    fn more_like(&self, words: &str, top: usize, many: bool) -> Vec<(usize, f32)> {
        let mut query = MoreLikeThisQuery::builder();
        if many {
            query = query
                .with_min_doc_frequency(1)
                .with_min_term_frequency(1)
                .with_max_query_terms(100);
        }
        let query = query.with_document_fields(vec![(self.text, vec![words.to_owned().into()])]);
        self.search(&query, top, true)
    }

    fn search(&self, query: &dyn Query, top: usize, pruned: bool) -> Vec<(usize, f32)> {
        let best = TopDocs::with_limit(top).order_by_score();
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

/// nDCG@10 on the judged pairs.
fn quality() {
    let graph = builtin();
    let questions = ranking::queries(graph, include_str!("../../../data/gold/pairs.json")).unwrap();
    let measures: Vec<MeasureId> = graph.measures().collect();
    let words: Vec<String> = measures.iter().map(|&id| words(graph, id)).collect();
    let theirs = Theirs::new(&words);
    let index = Index::new(graph, Lexicon::builtin());
    let scorer = |found: Vec<(usize, f32)>, other: MeasureId| {
        found.iter().find(|of| measures[of.0] == other).map_or(0.0, |of| of.1)
    };
    let at = |id: MeasureId| measures.iter().position(|&other| other == id).unwrap();
    let all = measures.len();
    let bm25 = |a, b| scorer(theirs.all_words(&words[at(a)], all, false), b);
    let more = |a, b| scorer(theirs.more_like(&words[at(a)], all, false), b);
    let more_all = |a, b| scorer(theirs.more_like(&words[at(a)], all, true), b);
    println!("\nnDCG@10 on the {} judged questions", questions.len());
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
        println!("{:.3}  {name}", ranking::mean(&ranking::evaluate(&questions, ranker).ndcg));
    }
}
