//! Measures precision, recall and F1 of reading against gold annotations:
//!
//! `evaluate [--corpus TEXTS GOLD] [--misses [FIELD]] [--noise] [--json]`
//!
//! The default is the seed documents against `data/gold/documents`. `--corpus`
//! takes two folders: texts, and a gold record for each as `data/gold/README.md`
//! defines it; the text of the record with `doc` KEY is `KEY.txt` (or `KEY.md` …).
//! `--misses` lists missed and extra values; `--noise` reads the texts with
//! injected faults, see `policygraph_testkit::noise`. A file that cannot be used is
//! named and left out, and the exit code is then 1.
//!
//! `evaluate similarity [--texts FOLDER | --pairs FILE TEXTS ...] [--misses] [--json]`
//!
//! Measures the ranking of similar measures, beside BM25 and TF-IDF, by field of
//! policy: `data/gold/pairs.json` on the seed documents, and `data/gold/pairs-opc.json`
//! if `--texts` names the folder of its texts, which are not in the repository; or
//! your own graded pairs of the texts of a folder, a field for each `--pairs`. Measures
//! the alignment of measures with the articles of the parent policy as well.

mod correspondence;
mod documents;
mod page;
mod rankers;
mod similarity;
#[path = "../terminal/mod.rs"]
mod terminal;

use policygraph_testkit::extraction::{FIELDS, Scores};
use policygraph_testkit::gold::Document;
use policygraph_testkit::noise;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use terminal::{arguments, print_lines, print_page, refuse};

const USAGE: &str = "usage: evaluate [--corpus TEXTS GOLD] [--misses [FIELD]] [--noise] [--json]";

/// Rates of characters with a fault.
const RATES: [f64; 4] = [0.0, 0.01, 0.02, 0.05];

/// Number of runs per rate, each with another seed.
const RUNS: u64 = 20;

fn main() -> ExitCode {
    let arguments = arguments();
    if let Some((_, rest)) = arguments.split_first().filter(|(first, _)| *first == "similarity") {
        return similarity(rest);
    }
    let options = match Options::parse(arguments) {
        Ok(options) => options,
        Err(message) => return refuse(message),
    };
    let (documents, problems) = match &options.corpus {
        Some((texts, gold)) => documents::corpus(texts, gold),
        None => documents::seeds(),
    };
    for problem in &problems {
        terminal::report(problem);
    }
    if documents.is_empty() {
        terminal::report("nothing to evaluate");
        return ExitCode::FAILURE;
    }
    let report = if options.noise {
        noise_report(&documents, options.json)
    } else {
        report(&documents, &options)
    };
    let code = print(&report, options.json);
    if problems.is_empty() { code } else { ExitCode::FAILURE }
}

fn print(report: &str, json: bool) -> ExitCode {
    if json { print_lines(report) } else { print_page(report) }
}

fn similarity(arguments: &[String]) -> ExitCode {
    let options = match similarity::Options::parse(arguments) {
        Ok(options) => options,
        Err(message) => return refuse(message),
    };
    match similarity::report(&options) {
        Ok(report) => print(&report, options.json),
        Err(message) => {
            terminal::report(message);
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Options {
    /// Folders of texts and of gold records.
    corpus: Option<(PathBuf, PathBuf)>,
    /// Fields with a list of missed and extra values.
    misses: Vec<&'static str>,
    noise: bool,
    json: bool,
}

impl Options {
    fn parse(arguments: Vec<String>) -> Result<Options, String> {
        let mut options = Options::default();
        let mut arguments = arguments.into_iter().peekable();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next_if(|next| !next.starts_with("--"));
            match argument.as_str() {
                "--corpus" => {
                    let folders = value().zip(value()).ok_or(USAGE)?;
                    options.corpus = Some((folders.0.into(), folders.1.into()));
                }
                "--misses" => match value() {
                    Some(name) => options.misses.push(field(&name)?),
                    None => options.misses.extend(FIELDS),
                },
                "--noise" => options.noise = true,
                "--json" => options.json = true,
                _ => return Err(USAGE.into()),
            }
        }
        if options.noise && !options.misses.is_empty() {
            return Err(format!("--noise prints means and cannot list misses\n{USAGE}"));
        }
        Ok(options)
    }
}

fn field(name: &str) -> Result<&'static str, String> {
    let field = FIELDS.iter().find(|field| **field == name);
    field.copied().ok_or_else(|| format!("{name} is not a field; there are: {}", FIELDS.join(", ")))
}

/// Returns the scores of each document and of all documents.
fn report(documents: &[Document], options: &Options) -> String {
    let mut overall = Scores::default();
    let mut each = Vec::new();
    for (record, gold) in documents {
        overall.add(record, gold);
        let mut scores = Scores::default();
        scores.add(record, gold);
        each.push((record.key.as_str(), scores));
    }
    if !options.json {
        return page::scores(&overall, &each, &options.misses);
    }
    let by_document: Map<String, Value> = each
        .iter()
        .map(|(key, scores)| ((*key).to_owned(), scores.to_json(&options.misses)))
        .collect();
    let overall = overall.to_json(&options.misses);
    format!("{}\n", json!({ "overall": overall, "by_document": by_document }))
}

/// Returns the mean F1 of each field at each rate.
fn noise_report(documents: &[Document], json: bool) -> String {
    let means = RATES.map(|rate| {
        // Without faults all runs are equal.
        let runs = if rate > 0.0 { RUNS } else { 1 };
        let scores: Vec<_> = (0..runs).map(|seed| noise::scores(documents, rate, seed)).collect();
        FIELDS.map(|field| {
            scores.iter().map(|run| run.get(field).f1()).sum::<f64>() / scores.len() as f64
        })
    });
    let rows = FIELDS.iter().enumerate().map(|(at, field)| (*field, means.map(|mean| mean[at])));
    let rows: Vec<_> = rows.collect();
    if !json {
        return page::noise(documents.len(), &rows);
    }
    let fields: Map<String, Value> =
        rows.iter().map(|(field, means)| ((*field).to_owned(), json!(means))).collect();
    format!("{}\n", json!({ "rates": RATES, "runs": RUNS, "f1": fields }))
}
