//! `evaluate similarity`: rankings against graded pairs, and articles against the
//! alignment of two readers.

use crate::documents::files;
use crate::rankers::{Bm25, TfIdf, field, plain};
use policygraph::graph::{ArticleId, DocId, MeasureId};
use policygraph::similar::{Field, Index, Scorer};
use policygraph::{Corpus, Graph, Lexicon, Source, read};
use policygraph_testkit::ranking::{
    self, Query, RankingScores, confidence_interval, mean, ndcg_by_document_pair,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const USAGE: &str = "usage: evaluate similarity [--pairs FILE TEXTS] [--misses] [--json]";

#[derive(Default)]
pub struct Options {
    /// File of graded pairs and folder of the texts.
    pairs: Option<(PathBuf, PathBuf)>,
    misses: bool,
    pub json: bool,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Options, String> {
        let mut options = Options::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--pairs" => {
                    let files = arguments.next().zip(arguments.next()).ok_or(USAGE)?;
                    options.pairs = Some((files.0.into(), files.1.into()));
                }
                "--misses" => options.misses = true,
                "--json" => options.json = true,
                _ => return Err(USAGE.into()),
            }
        }
        Ok(options)
    }
}

/// Returns the page, or an error message that names the file.
pub fn report(options: &Options) -> Result<String, String> {
    let (graph, pairs) = match &options.pairs {
        None => {
            let graph = policygraph::seeds().into_iter().collect::<Corpus>();
            (graph, include_str!("../../data/gold/pairs.json").to_owned())
        }
        Some((pairs, texts)) => {
            let json =
                fs::read_to_string(pairs).map_err(|e| format!("{}: {e}", pairs.display()))?;
            (corpus(texts)?, json)
        }
    };
    let graph: Arc<Graph> = { graph }.graph(Lexicon::builtin());
    let queries = ranking::queries(&graph, &pairs)?;
    if queries.is_empty() {
        return Err("no pairs to score".into());
    }
    let index = Index::new(&*graph, Lexicon::builtin());
    let pairs_of = |characters| {
        let graph = &graph;
        move |id| plain(graph, id, characters)
    };
    let of_field = |wanted| {
        let index = &index;
        move |id| field(index, id, wanted)
    };
    // One line per ranker; add a line to compare another one.
    let bm25 = Bm25::new(&graph, pairs_of(false));
    let bm25_characters = Bm25::new(&graph, pairs_of(true));
    let tfidf = TfIdf::new(&graph, pairs_of(false));
    let tfidf_characters = TfIdf::new(&graph, pairs_of(true));
    let words = TfIdf::new(&graph, of_field(Field::Words));
    let subject = TfIdf::new(&graph, of_field(Field::Subject));
    let both =
        |a, b: MeasureId| (7.0 * words.scores(a, &[b])[0] + 2.0 * subject.scores(a, &[b])[0]) / 9.0;
    let rankers: [(&str, &dyn Scorer); 8] = [
        ("BM25, pairs of characters", &bm25),
        ("BM25, characters and pairs", &bm25_characters),
        ("TF-IDF, pairs of characters", &tfidf),
        ("TF-IDF, characters and pairs", &tfidf_characters),
        ("our words: headings again, product labels", &words),
        ("our subject alone", &subject),
        ("our words and subject", &both),
        ("ours: and likeness to articles", &index),
    ];
    let ours = ranking::evaluate(&queries, &index);
    let rows: Vec<Row> = rankers
        .iter()
        .map(|&(name, scorer)| Row::new(name, &graph, &queries, scorer, &ours))
        .collect();
    let alignment = Alignment::new(&graph, &index, &queries);
    let articles = options.pairs.is_none().then(|| Matched::new(&index));
    if options.json {
        let rows: Vec<Value> = rows.iter().map(Row::json).collect();
        let articles = articles.map(|articles| articles.json());
        return Ok(format!(
            "{}\n",
            json!({ "questions": queries.len(), "rankers": rows, "alignment": alignment.json(), "articles": articles })
        ));
    }
    let mut page = format!(
        "{} queries; the candidates are the measures of the other graded documents. 95 % intervals\n\
         by bootstrap over queries; the queries of one document are not independent.\n\n",
        queries.len()
    );
    page += "nDCG@10              P@1    R@10   mean of pairs   gain of ours\n";
    rows.iter().for_each(|row| page += &row.line());
    page += "\nnDCG@10 by pair of documents, ours and TF-IDF on pairs of characters:\n";
    let (last, plain) = (&rows[rows.len() - 1], &rows[2]);
    for (pair, ndcg) in &last.pairs {
        page += &format!("  {ndcg:.3}  {:.3}  {pair}\n", plain.pairs[pair]);
    }
    page += &alignment.page();
    page += &articles.map_or_else(String::new, |articles| articles.page());
    if options.misses {
        page += &misses(&graph, &queries, &index);
    }
    Ok(page)
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
            mean(&self.scores.ndcg),
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

/// Precision and recall with a minimum grade of relevant pairs.
struct PrecisionRecall {
    grade: f64,
    precision: f64,
    recall: f64,
}

impl PrecisionRecall {
    /// * `reported`: grades of the reported pairs.
    /// * `all`: grades of all pairs that the readers gave one.
    fn new(grade: f64, reported: &[f64], all: &[f64]) -> Self {
        let relevant = |grades: &[f64]| grades.iter().filter(|of| **of >= grade).count() as f64;
        let share = |all: f64| relevant(reported) / all.max(1.0);
        PrecisionRecall {
            grade,
            precision: share(reported.len() as f64),
            recall: share(relevant(all)),
        }
    }

    fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }

    fn line(&self) -> String {
        let PrecisionRecall { grade, precision, recall } = self;
        format!(
            "  grade {grade} and more: precision {precision:.3}, recall {recall:.3}, F1 {:.3}\n",
            self.f1()
        )
    }

    fn json(&self) -> Value {
        json!({ "grade": self.grade, "precision": self.precision, "recall": self.recall, "f1": self.f1() })
    }
}

/// Pairs of measures that [`Index::align`] reports.
struct Alignment([PrecisionRecall; 2]);

impl Alignment {
    fn new(graph: &Graph, index: &Index<&Graph>, queries: &[Query]) -> Self {
        let grades: BTreeMap<_, _> = queries
            .iter()
            .flat_map(|of| of.grades.iter().map(|(&other, &grade)| ((of.measure, other), grade)))
            .collect();
        let mut documents: Vec<_> =
            queries.iter().map(|of| graph.document_of(of.measure)).collect();
        documents.dedup();
        let mut reported = Vec::new();
        for (at, &left) in documents.iter().enumerate() {
            for &right in &documents[at + 1..] {
                let pairs = index.align(left, right).pairs.into_iter();
                reported
                    .extend(pairs.map(|p| grades.get(&(p.left, p.right)).copied().unwrap_or(0.0)));
            }
        }
        let all: Vec<f64> = grades.iter().filter(|((a, b), _)| a < b).map(|of| *of.1).collect();
        Alignment([1.0, 2.0].map(|grade| PrecisionRecall::new(grade, &reported, &all)))
    }

    fn page(&self) -> String {
        let lines: String = self.0.iter().map(PrecisionRecall::line).collect();
        format!("\nCorresponding measures of two documents (score 0.25 and more):\n{lines}")
    }

    fn json(&self) -> Value {
        self.0.iter().map(PrecisionRecall::json).collect()
    }
}

/// Articles that measures correspond to. A pair below the minimum grade counts as
/// wrong; it is not left out.
struct Matched {
    reported: [PrecisionRecall; 2],
    /// Mean average precision of the ranking, grade 1 and more.
    mean_average_precision: f64,
}

impl Matched {
    fn new(index: &Index<&Graph>) -> Self {
        let graph = index.graph();
        let policy = graph.policy("国办发〔2024〕53号").expect("seeds cite it").id();
        let gold: Vec<Value> =
            serde_json::from_str(include_str!("../../data/gold/parent-alignment.json"))
                .expect("gold is JSON");
        let (mut reported, mut all, mut precisions) = (Vec::new(), Vec::new(), Vec::new());
        for row in &gold {
            let key = row["measure"].as_str().expect("gold has keys");
            let measure = graph.measure(key).expect("a seed");
            let graded = row["articles"].as_array().expect("gold has articles").iter();
            let grades: BTreeMap<u64, f64> = graded
                .filter_map(|of| Some((of["article"].as_u64()?, of["grade"].as_f64()?)))
                .collect();
            let found = index.similar_articles(measure.id(), policy).expect("its outline is known");
            let grade = |&(article, _): &(ArticleId, f32)| {
                let ordinal = graph.at(article).ordinal();
                grades.get(&ordinal.into()).copied().unwrap_or(0.0)
            };
            let ranked: Vec<f64> = found.iter().map(grade).collect();
            let articles = graph.articles_of(policy);
            let corresponding = graph.corresponds_to(measure.id()).iter();
            reported.extend(&ranked[..corresponding.filter(|id| articles.contains(id)).count()]);
            all.extend(grades.values().copied());
            let relevant = ranked.iter().enumerate().filter(|(_, grade)| **grade >= 1.0);
            let sum: f64 =
                relevant.zip(1..).map(|((at, _), n)| f64::from(n) / (at + 1) as f64).sum();
            let wanted = grades.values().filter(|grade| **grade >= 1.0).count();
            if wanted > 0 {
                precisions.push(sum / wanted as f64);
            }
        }
        Matched {
            reported: [1.0, 2.0].map(|grade| PrecisionRecall::new(grade, &reported, &all)),
            mean_average_precision: mean(&precisions),
        }
    }

    fn page(&self) -> String {
        let lines: String = self.reported.iter().map(PrecisionRecall::line).collect();
        let order = self.mean_average_precision;
        format!(
            "\nArticles of 国办发〔2024〕53号 that measures of sx-2025 correspond to:\n{lines}  the whole ranking: mean average precision {order:.3}\n"
        )
    }

    fn json(&self) -> Value {
        let reported: Vec<Value> = self.reported.iter().map(PrecisionRecall::json).collect();
        json!({ "said": reported, "mean_average_precision": self.mean_average_precision })
    }
}

/// Returns the ten queries with the lowest nDCG@10 of ours, and the ranks of their
/// best measures.
fn misses(graph: &Graph, queries: &[Query], index: &Index<&Graph>) -> String {
    let mut worst: Vec<(f64, &Query)> =
        queries.iter().map(|of| (of.ndcg(&of.ranked(index)), of)).collect();
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut page =
        "\nThe ten queries with the lowest nDCG@10 of ours, and the ranks of their best measures:\n".to_owned();
    for (ndcg, query) in worst.into_iter().take(10) {
        let key = |id: MeasureId| graph.at(id).key().to_string();
        page += &format!("  {ndcg:.2} {}:", key(query.measure));
        let scores = index.scores(query.measure, &query.candidates);
        let mut best: Vec<_> = query.grades.iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(a.1));
        for (id, grade) in best.into_iter().take(3) {
            let own = query.candidates.iter().position(|other| other == id).map(|at| scores[at]);
            let rank = scores.iter().filter(|score| Some(**score) > own).count() + 1;
            page += &format!("  {} (grade {grade}) is {rank}.", key(*id));
        }
        page += "\n";
    }
    page
}
