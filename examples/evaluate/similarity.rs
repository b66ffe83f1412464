//! `evaluate similarity`: rankings against graded pairs, by field of policy.

use crate::correspondence::{Alignment, Matched};
use crate::rankers::{Bm25, TfIdf, field, plain};
use policygraph::graph::{DocId, MeasureId};
use policygraph::similar::{Field, Index, Scorer};
use policygraph::{Corpus, Graph, Lexicon, Source, read};
use policygraph_testkit::gold::files;
use policygraph_testkit::ranking::{
    self, Query, RankingScores, confidence_interval, mean, ndcg_by_document_pair,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const USAGE: &str =
    "usage: evaluate similarity [--texts FOLDER | --pairs FILE TEXTS ...] [--misses] [--json]";

/// Number of rankers that know nothing but characters, first in the list.
const BASELINES: usize = 4;

/// A difference from the best baseline that is reported.
const BEHIND: f64 = 0.01;

#[derive(Default)]
pub struct Options {
    /// Folder of the texts of `pairs-opc.json`.
    texts: Option<PathBuf>,
    /// Files of graded pairs, each with the folder of its texts.
    pairs: Vec<(PathBuf, PathBuf)>,
    misses: bool,
    pub json: bool,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Options, String> {
        let mut options = Options::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--texts" => options.texts = Some(arguments.next().ok_or(USAGE)?.into()),
                "--pairs" => {
                    let files = arguments.next().zip(arguments.next()).ok_or(USAGE)?;
                    options.pairs.push((files.0.into(), files.1.into()));
                }
                "--misses" => options.misses = true,
                "--json" => options.json = true,
                _ => return Err(USAGE.into()),
            }
        }
        match options.texts.is_some() && !options.pairs.is_empty() {
            true => Err(USAGE.into()),
            false => Ok(options),
        }
    }

    /// Returns the judged fields.
    fn fields(&self) -> Result<Vec<JudgedField>, String> {
        let own = |(pairs, texts): &(PathBuf, PathBuf)| {
            let json =
                fs::read_to_string(pairs).map_err(|e| format!("{}: {e}", pairs.display()))?;
            let name = pairs.file_stem().unwrap_or_default().to_string_lossy();
            JudgedField::new(&name, corpus(texts)?, &json)
        };
        if !self.pairs.is_empty() {
            return self.pairs.iter().map(own).collect();
        }
        let seeds = policygraph::seeds().into_iter().collect();
        let drugs = include_str!("../../data/gold/pairs.json");
        let mut fields = vec![JudgedField::new("drugs and devices", seeds, drugs)?];
        if let Some(texts) = &self.texts {
            let companies = include_str!("../../data/gold/pairs-opc.json");
            fields.push(JudgedField::new("AI companies", corpus(texts)?, companies)?);
        }
        Ok(fields)
    }
}

/// Returns the page, or an error message that names the file.
pub fn report(options: &Options) -> Result<String, String> {
    let fields = options.fields()?;
    let articles = options
        .pairs
        .is_empty()
        .then(|| Matched::new(&Index::new(&*fields[0].graph, Lexicon::builtin())));
    let reports: Vec<Report> = fields.iter().map(Report::new).collect();
    if options.json {
        let fields: Vec<Value> = reports.iter().map(Report::json).collect();
        let articles = articles.map(|articles| articles.json());
        let page = json!({
            "fields": fields, "mean": means(&reports), "behind": behind(&reports), "articles": articles,
        });
        return Ok(format!("{page}\n"));
    }
    let mut page =
        "The candidates are the measures of the other graded documents. 95 % intervals by\n\
         bootstrap over queries; the queries of one document are not independent.\n"
            .to_owned();
    reports.iter().for_each(|report| page += &report.page());
    page += &summary(&reports);
    page += &articles.map_or_else(String::new, |articles| articles.page());
    if options.misses {
        fields.iter().for_each(|field| page += &field.misses());
    }
    Ok(page)
}

/// A field of policy with graded pairs of measures.
struct JudgedField {
    name: String,
    graph: Arc<Graph>,
    queries: Vec<Query>,
}

impl JudgedField {
    fn new(name: &str, mut corpus: Corpus, pairs: &str) -> Result<Self, String> {
        let graph = corpus.graph(Lexicon::builtin());
        let queries = ranking::queries(&graph, pairs)?;
        match queries.is_empty() {
            true => Err(format!("{name}: no pairs to score")),
            false => Ok(JudgedField { name: name.to_owned(), graph, queries }),
        }
    }

    /// Returns the ten queries with the lowest nDCG@10 of ours, and the ranks of their
    /// best measures.
    fn misses(&self) -> String {
        let (graph, queries) = (&*self.graph, &self.queries);
        let index = &Index::new(graph, Lexicon::builtin());
        let mut worst: Vec<(f64, &Query)> =
            queries.iter().map(|of| (of.ndcg(&of.ranked(index)), of)).collect();
        worst.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut page = format!(
            "\n{}: the ten queries with the lowest nDCG@10, and the ranks of their best measures:\n",
            self.name
        );
        for (ndcg, query) in worst.into_iter().take(10) {
            let key = |id: MeasureId| graph.at(id).key().to_string();
            page += &format!("  {ndcg:.2} {}:", key(query.measure));
            let scores = index.scores(query.measure, &query.candidates);
            let mut best: Vec<_> = query.grades.iter().collect();
            best.sort_by(|a, b| b.1.total_cmp(a.1));
            for (id, grade) in best.into_iter().take(3) {
                let own =
                    query.candidates.iter().position(|other| other == id).map(|at| scores[at]);
                let rank = scores.iter().filter(|score| Some(**score) > own).count() + 1;
                page += &format!("  {} (grade {grade}) is {rank}.", key(*id));
            }
            page += "\n";
        }
        page
    }
}

/// Reads the texts of a folder. A file is one document; its stem is the key.
fn corpus(folder: &Path) -> Result<Corpus, String> {
    let mut corpus = Corpus::new();
    for file in &files(folder)? {
        let key = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let source = Source::from_bytes(&name, &bytes).map_err(|error| error.to_string())?;
        corpus.insert(read(Lexicon::builtin(), &key, source));
    }
    Ok(corpus)
}

/// Metrics of all rankers on one field.
struct Report {
    name: String,
    queries: usize,
    /// The baselines, then parts of ours, then ours.
    rows: Vec<Row>,
    alignment: Alignment,
}

impl Report {
    fn new(judged: &JudgedField) -> Self {
        let graph = &*judged.graph;
        let index = Index::new(graph, Lexicon::builtin());
        let pairs_of = |characters| move |id| plain(graph, id, characters);
        let of_field = |wanted| {
            let index = &index;
            move |id| field(index, id, wanted)
        };
        // One line per ranker; add a line to compare another one.
        let bm25 = Bm25::new(graph, pairs_of(false));
        let bm25_characters = Bm25::new(graph, pairs_of(true));
        let tfidf = TfIdf::new(graph, pairs_of(false));
        let tfidf_characters = TfIdf::new(graph, pairs_of(true));
        let words = TfIdf::new(graph, of_field(Field::Words));
        let subject = TfIdf::new(graph, of_field(Field::Subject));
        let both = TfIdf::new(graph, |id| index.features(id));
        let rankers: [(&str, &dyn Scorer); 8] = [
            ("BM25, pairs of characters", &bm25),
            ("BM25, characters and pairs", &bm25_characters),
            ("TF-IDF, pairs of characters", &tfidf),
            ("TF-IDF, characters and pairs", &tfidf_characters),
            ("TF-IDF of our words: headings again, product labels", &words),
            ("TF-IDF of our subject", &subject),
            ("TF-IDF of our words and subject", &both),
            ("ours: and the rarity within the document", &index),
        ];
        let ours = ranking::evaluate(&judged.queries, &index);
        let row = |&(name, scorer): &(&'static str, &dyn Scorer)| {
            Row::new(name, graph, &judged.queries, scorer, &ours)
        };
        Report {
            name: judged.name.clone(),
            queries: judged.queries.len(),
            rows: rankers.iter().map(row).collect(),
            alignment: Alignment::new(graph, &index, &judged.queries),
        }
    }

    fn ours(&self) -> &Row {
        &self.rows[self.rows.len() - 1]
    }

    /// Returns the best baseline for a metric.
    fn best(&self, metric: impl Fn(&Row) -> f64) -> &Row {
        let baselines = self.rows[..BASELINES].iter();
        baselines.max_by(|a, b| metric(a).total_cmp(&metric(b))).expect("there are baselines")
    }

    /// Returns nDCG@10 of ours and of the best baseline: of all queries, and of each pair of
    /// documents.
    fn comparisons(&self) -> Vec<(String, f64, f64)> {
        let whole = self.best(Row::ndcg).ndcg();
        let mut compared = vec![(self.name.clone(), self.ours().ndcg(), whole)];
        for (pair, &ndcg) in &self.ours().pairs {
            compared.push((pair.clone(), ndcg, self.best(|row| row.pairs[pair]).pairs[pair]));
        }
        compared
    }

    fn page(&self) -> String {
        let mut page = format!("\n{}, {} queries\n", self.name, self.queries);
        page += "nDCG@10              P@1    R@10   mean of pairs   gain of ours\n";
        self.rows.iter().for_each(|row| page += &row.line());
        page += "\nnDCG@10 by pair of documents, ours and the best of BM25 and TF-IDF:\n";
        for (pair, ours, best) in &self.comparisons()[1..] {
            page += &format!("  {ours:.3}  {best:.3}  {pair}\n");
        }
        page + &self.alignment.page()
    }

    fn json(&self) -> Value {
        let rows: Vec<Value> = self.rows.iter().map(Row::json).collect();
        json!({ "field": self.name, "questions": self.queries, "rankers": rows, "alignment": self.alignment.json() })
    }
}

/// Returns the mean nDCG@10 over the fields, of each ranker. A field counts once.
fn means(reports: &[Report]) -> Value {
    let names = reports[0].rows.iter().map(|row| row.name);
    let mean_of =
        |at: usize| mean(&reports.iter().map(|of| of.rows[at].ndcg()).collect::<Vec<_>>());
    names.enumerate().map(|(at, name)| (name.to_owned(), json!(mean_of(at)))).collect()
}

/// Returns the fields and pairs of documents on which ours is more than [`BEHIND`] below the
/// best baseline.
fn behind(reports: &[Report]) -> Vec<String> {
    let compared = reports.iter().flat_map(Report::comparisons);
    compared
        .filter(|(_, ours, best)| best - ours > BEHIND)
        .map(|(name, ours, best)| format!("{name} ({ours:.3}, baseline {best:.3})"))
        .collect()
}

/// Returns the comparison with the best baseline by field, and the mean over the fields.
fn summary(reports: &[Report]) -> String {
    let mut page =
        "\nnDCG@10 by field, ours and the best baseline; a field counts once in the mean:\n"
            .to_owned();
    for report in reports {
        let best = report.best(Row::ndcg);
        page += &format!(
            "  {:.3}  {:.3}  {} (best baseline: {})\n",
            report.ours().ndcg(),
            best.ndcg(),
            report.name,
            best.name
        );
    }
    let all =
        |metric: &dyn Fn(&Report) -> f64| mean(&reports.iter().map(metric).collect::<Vec<_>>());
    let ours = all(&|report| report.ours().ndcg());
    let best = all(&|report| report.best(Row::ndcg).ndcg());
    page += &format!("  {ours:.3}  {best:.3}  mean of {} fields\n", reports.len());
    let behind = behind(reports);
    let behind = if behind.is_empty() { "nowhere".to_owned() } else { behind.join("; ") };
    page + &format!("More than {BEHIND} behind the best baseline: {behind}.\n")
}

/// Metrics of a ranker.
struct Row {
    name: &'static str,
    scores: RankingScores,
    pairs: BTreeMap<String, f64>,
    /// nDCG@10 of ours minus that of this ranker, by query.
    gain: Vec<f64>,
}

impl Row {
    fn new(
        name: &'static str,
        graph: &Graph,
        queries: &[Query],
        scorer: &dyn Scorer,
        ours: &RankingScores,
    ) -> Self {
        let scores = ranking::evaluate(queries, scorer);
        let key = |id: DocId| graph.at(id).key();
        let pairs = ndcg_by_document_pair(graph, queries, scorer).into_iter();
        let pairs =
            pairs.map(|((a, b), ndcg)| (format!("{} – {}", key(a), key(b)), ndcg)).collect();
        let gain = ours.ndcg.iter().zip(&scores.ndcg).map(|(ours, its)| ours - its).collect();
        Row { name, scores, pairs, gain }
    }

    fn ndcg(&self) -> f64 {
        mean(&self.scores.ndcg)
    }

    fn mean_of_pairs(&self) -> f64 {
        mean(&self.pairs.values().copied().collect::<Vec<_>>())
    }

    fn line(&self) -> String {
        let (low, high) = confidence_interval(&self.scores.ndcg);
        let (lowest, highest) = confidence_interval(&self.gain);
        let gain = mean(&self.gain);
        let better = match gain.abs() < 1e-9 {
            true => String::new(),
            false => format!("{gain:+.3} [{lowest:+.3}, {highest:+.3}]"),
        };
        format!(
            "{:.3} [{low:.3}, {high:.3}] {:.3}  {:.3}  {:.3}           {better:24}  {}\n",
            self.ndcg(),
            mean(&self.scores.precision_at_1),
            mean(&self.scores.recall_at_10),
            self.mean_of_pairs(),
            self.name
        )
    }

    fn json(&self) -> Value {
        let of = |values: &[f64]| json!({ "mean": mean(values), "interval": confidence_interval(values) });
        json!({
            "ranker": self.name,
            "ndcg@10": of(&self.scores.ndcg),
            "p@1": of(&self.scores.precision_at_1),
            "r@10": of(&self.scores.recall_at_10),
            "ours_better_by": of(&self.gain),
            "ndcg@10_by_pair": self.pairs,
            "mean_of_pairs": self.mean_of_pairs(),
        })
    }
}
