//! Prints which articles of a policy correspond to which measures:
//! `coverage [POLICY] [--regions] [--json]`.
//!
//! POLICY is a document number (文号) or a title; the default is 国办发〔2024〕53号.
//! Columns are the documents that implement the policy, with `--regions` the
//! regions of these documents. `--json` writes one line per article.

mod terminal;

use comfy_table::Table;
use policygraph::graph::TypedId;
use policygraph::similar::{Cell, Coverage, CoverageLevel, Index};
use policygraph::{Graph, Lexicon, builtin};
use serde_json::{Value, json};
use std::process::ExitCode;
use terminal::{arguments, print_lines, print_page, refuse};

const DEFAULT: &str = "国办发〔2024〕53号";
const USAGE: &str = "usage: coverage [POLICY] [--regions] [--json]";

/// Maximum number of characters of a heading.
const HEADING: usize = 16;

/// Terminal columns that are left for the other columns.
const ROOM: usize = 42;

/// Maximum number of columns of one table.
const COLUMNS: usize = 10;

fn main() -> ExitCode {
    let (options, names): (Vec<String>, Vec<String>) =
        arguments().into_iter().partition(|argument| argument.starts_with('-'));
    let name = match &names[..] {
        [] => DEFAULT,
        [name] => name,
        _ => return refuse(USAGE),
    };
    if options.iter().any(|option| option != "--json" && option != "--regions") {
        return refuse(USAGE);
    }
    let has = |name: &str| options.iter().any(|option| option == name);
    let graph = builtin();
    let Some(policy) = graph.policy(name) else {
        return refuse(format!(
            "no document cites {name}; give a document number (文号) or a full title"
        ));
    };
    let index = Index::new(graph, Lexicon::builtin());
    let Some(coverage) = index.coverage(policy.id()) else {
        return refuse(format!(
            "the outline of {name} is not known; add it to the lexicon (Vocabulary::Outlines)"
        ));
    };
    let page = if has("--regions") {
        let coverage = coverage.by_region(graph);
        print(graph, &coverage, |id| graph.at(id).name().to_owned(), has("--json"))
    } else {
        print(graph, &coverage, |id| graph.at(id).key().to_owned(), has("--json"))
    };
    let head = format!("{}\n《{}》\n\n", policy.number().unwrap_or(name), policy.title());
    if has("--json") { print_lines(&page) } else { print_page(&(head + &page)) }
}

fn print<C: TypedId>(
    graph: &Graph,
    coverage: &Coverage<C>,
    name: impl Fn(C) -> String,
    json: bool,
) -> String {
    let columns: Vec<String> = coverage.columns.iter().map(|&id| name(id)).collect();
    match json {
        true => lines(graph, coverage, &columns),
        false => matrix(graph, coverage, &columns) + &measures(graph, coverage),
    }
}

/// Returns tables of articles by columns. Columns are numbered if their names are
/// too wide, and split into several tables that fit a terminal.
fn matrix<C>(graph: &Graph, coverage: &Coverage<C>, columns: &[String]) -> String {
    let numbered = columns.iter().map(|name| width(name) + 2).sum::<usize>() > ROOM;
    let titles: Vec<String> = match numbered {
        true => (1..=columns.len()).map(|n| n.to_string()).collect(),
        false => columns.to_vec(),
    };
    let mut page = String::new();
    for start in (0..columns.len()).step_by(COLUMNS) {
        let these = start..columns.len().min(start + COLUMNS);
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        let title = ["".to_owned(), "article".to_owned()].into_iter();
        table.set_header(title.chain(titles[these.clone()].iter().cloned()));
        for (&article, cells) in coverage.articles.iter().zip(&coverage.cells) {
            let article = graph.at(article);
            let heading = short(article.heading());
            let signs = cells[these.clone()].iter().map(|cell| sign(cell).to_owned());
            table.add_row([article.ordinal().to_string(), heading].into_iter().chain(signs));
        }
        page += &format!("{}\n\n", table.trim_fmt());
    }
    if numbered {
        for (n, name) in (1..).zip(columns) {
            page += &format!("{n} {name}\n");
        }
        page += "\n";
    }
    page + "● a measure corresponds   ○ a measure covers a part   · not found in this corpus\n\
            Derived from similar wording and subject: candidates to check by hand.\n\n"
}

fn sign(cell: &Cell) -> &'static str {
    match cell.level() {
        CoverageLevel::Corresponding => "●",
        CoverageLevel::Partial => "○",
        CoverageLevel::NotFound => "·",
    }
}

fn short(heading: &str) -> String {
    match heading.char_indices().nth(HEADING) {
        None => heading.to_owned(),
        Some(_) => heading.chars().take(HEADING - 1).chain(['…']).collect(),
    }
}

/// Returns the width of a name in terminal columns.
fn width(name: &str) -> usize {
    name.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Returns the measures of each article.
fn measures<C>(graph: &Graph, coverage: &Coverage<C>) -> String {
    let mut page = String::new();
    for (&article, cells) in coverage.articles.iter().zip(&coverage.cells) {
        let article = graph.at(article);
        page += &format!("{}. {}\n", article.ordinal(), article.heading());
        let mut nothing = true;
        for cell in cells {
            for (sign, found) in [("●", &cell.corresponding), ("○", &cell.partial)] {
                for &(measure, score) in found {
                    nothing = false;
                    let measure = graph.at(measure);
                    let title = measure.title().unwrap_or_default().replace('\n', "");
                    page += &format!("   {sign} {score:.2} {} {title}\n", measure.key());
                }
            }
        }
        if nothing {
            page += "   · not found in this corpus\n";
        }
    }
    page
}

fn lines<C>(graph: &Graph, coverage: &Coverage<C>, columns: &[String]) -> String {
    let mut lines = String::new();
    for (&article, cells) in coverage.articles.iter().zip(&coverage.cells) {
        let article = graph.at(article);
        let cell = |(name, cell): (&String, &Cell)| (name.clone(), json!(graph.keyed(cell)));
        let cells: serde_json::Map<String, Value> = columns.iter().zip(cells).map(cell).collect();
        let line =
            json!({ "article": article.ordinal(), "heading": article.heading(), "cells": cells });
        lines += &format!("{line}\n");
    }
    lines
}
