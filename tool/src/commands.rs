//! One command each: asks the graph and prints the answer.

mod align;
mod asof;
mod build;
mod coverage;
pub mod diff;
mod due;
pub mod duties;
mod evaluate;
mod export;
pub mod facts;
pub mod radar;
mod read;
mod report;
mod reuse;
pub mod show;
mod similar;

use crate::cli::{Cli, Command};
use crate::corpus::Loaded;
use crate::output::Failure;
use clap::CommandFactory;
use policygraph::Graph;
use policygraph::graph::{DocId, DocumentRef};

/// Runs a command. Returns the number of files that could not be read.
pub fn run(cli: Cli) -> Result<usize, Failure> {
    let common = &cli.common;
    match &cli.command {
        Command::Read { paths, output, force } => {
            return read::run(paths, output.as_deref(), *force, common);
        }
        Command::Build { paths, output, force } => {
            return build::run(paths, output, *force, common);
        }
        Command::Diff { old, new } => return diff::run(old, new, common),
        Command::Mcp { paths, report } => {
            let mut common = common.clone();
            common.corpus.extend(paths.iter().cloned());
            let loaded = Loaded::new(&common)?;
            let unread = loaded.unread;
            return crate::mcp::run(loaded, report.as_deref()).map(|()| unread);
        }
        Command::Worker { step, max_line, options } => {
            return crate::worker::run(*step, *max_line, options).map(|()| 0);
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "policygraph", &mut script);
            crate::output::print_lines(&String::from_utf8_lossy(&script))?;
            return Ok(0);
        }
        _ => {}
    }
    let loaded = Loaded::new(common)?;
    let (graph, json) = (loaded.graph, common.json);
    match &cli.command {
        Command::Show { name: Some(name), limit } => show::run(graph, name, *limit, json),
        Command::Show { name: None, .. } => show::census(graph, json),
        Command::Duties { agency } => duties::run(graph, agency, json),
        Command::Due { within, from, agency } => {
            due::run(graph, *within, *from, agency.as_deref(), json)
        }
        Command::Similar { query, limit } => similar::run(&loaded.index()?, query, *limit, json),
        Command::Align { left, right } => align::run(&loaded.index()?, left, right, json),
        Command::Coverage { policy, regions } => coverage::run(graph, policy, *regions, json),
        Command::Reuse { near: true, threshold, limit, .. } => {
            reuse::near(graph, *threshold, *limit, json)
        }
        Command::Reuse { name, limit, .. } => reuse::run(graph, name.as_deref(), *limit, json),
        Command::Asof { day } => asof::run(graph, *day, json),
        Command::Radar { on } => radar::run(graph, *on, json),
        Command::Evaluate { gold, misses } => {
            return Ok(loaded.unread + evaluate::run(graph, gold, *misses, json)?);
        }
        Command::Report { output, force, since, lang } => {
            report::run(&loaded, output, *force, since.as_deref(), *lang)
        }
        Command::Export { to, output, force } => export::run(&loaded, *to, output, *force),
        Command::Read { .. }
        | Command::Build { .. }
        | Command::Diff { .. }
        | Command::Mcp { .. }
        | Command::Worker { .. }
        | Command::Completions { .. } => Ok(()),
    }?;
    Ok(loaded.unread)
}

/// Returns the document with this key, number or title. Fails with the keys that exist.
fn document<'g>(graph: &'g Graph, name: &str) -> Result<DocumentRef<'g>, Failure> {
    /// Maximum number of keys that are listed.
    const LISTED: usize = 20;
    if let Some(document) = graph.document(name) {
        return Ok(document);
    }
    graph.named::<DocId>(name).map(|id| graph.at(id)).map_err(|_| {
        let namesakes = show::namesakes(graph, name);
        if !namesakes.is_empty() {
            let keys = namesakes.into_iter().map(|node| format!("\n  {}", graph.key(node)));
            return Failure::new(format!(
                "{name}: {}; there are:{}",
                show::AMBIGUOUS,
                keys.collect::<String>()
            ));
        }
        let keys = graph.documents().take(LISTED).map(|id| graph.at(id).key());
        let keys = keys.collect::<Vec<_>>().join(", ");
        let more = graph.documents().len().saturating_sub(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        Failure::new(format!("{name} is not a document; there are {keys}{more}"))
    })
}

/// Returns the failure for a key that is not that of a measure, with the keys that exist.
fn no_measure(graph: &Graph, key: &str) -> Failure {
    let of = key.rsplit_once('/').map_or(key, |(document, _)| document);
    let document = match document(graph, of) {
        Ok(document) => document,
        Err(unknown) => return unknown,
    };
    let key_of = document.key();
    Failure::new(match document.measures().len() {
        0 => format!("{key} is not a measure; {key_of} has none"),
        1 => format!("{key} is not a measure; {key_of} has {key_of}/1"),
        count => format!("{key} is not a measure; {key_of} has {key_of}/1 to {key_of}/{count}"),
    })
}
