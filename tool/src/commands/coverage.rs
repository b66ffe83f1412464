//! `coverage`: the articles of a policy by documents or regions.

use super::facts;
use crate::output::{Failure, Page, print_lines, short};
use policygraph::graph::{PolicyId, TypedId};
use policygraph::similar::{self, Cell, Coverage, CoverageLevel};
use policygraph::{Graph, Lexicon};
use serde_json::{Map, Value, json};

/// Maximum number of characters of a heading.
const HEADING: usize = 16;

/// Maximum number of columns of one table.
const COLUMNS: usize = 10;

pub fn run(graph: &Graph, policy: &str, regions: bool, json: bool) -> Result<(), Failure> {
    let policy = graph.at(graph.named::<PolicyId>(policy)?);
    let Some(coverage) = similar::coverage(graph, Lexicon::builtin(), policy.id()) else {
        return Err(Failure::new(format!(
            "the articles of {} are not known: add the policy itself to the corpus",
            policy.number().unwrap_or(policy.title())
        )));
    };
    let title = format!("{}《{}》", policy.number().unwrap_or_default(), policy.title());
    if regions {
        let coverage = coverage.by_region(graph);
        print(graph, &title, &coverage, |id| graph.at(id).name().to_owned(), json)
    } else {
        print(graph, &title, &coverage, |id| graph.at(id).key().to_owned(), json)
    }
}

fn print<C: TypedId>(
    graph: &Graph,
    title: &str,
    coverage: &Coverage<C>,
    name: impl Fn(C) -> String,
    json: bool,
) -> Result<(), Failure> {
    let columns: Vec<String> = coverage.columns.iter().map(|&id| name(id)).collect();
    if json {
        return print_lines(&lines(graph, coverage, &columns));
    }
    let mut page = Page::new();
    page.heading(title);
    matrix(&mut page, graph, coverage, &columns);
    measures(&mut page, graph, coverage);
    page.print()
}

/// Adds tables of articles by columns, which are numbered.
fn matrix<C>(page: &mut Page, graph: &Graph, coverage: &Coverage<C>, columns: &[String]) {
    for start in (0..columns.len()).step_by(COLUMNS) {
        let these = start..columns.len().min(start + COLUMNS);
        let numbers = these.clone().map(|n| (n + 1).to_string());
        let head =
            ["".to_owned(), "article (条文)".to_owned()].into_iter().chain(numbers).collect();
        let rows = coverage.articles.iter().zip(&coverage.cells).map(|(&article, cells)| {
            let article = graph.at(article);
            let signs = cells[these.clone()].iter().map(|cell| sign(cell).to_owned());
            let heading = short(article.heading(), HEADING);
            [article.ordinal().to_string(), heading].into_iter().chain(signs).collect()
        });
        let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
        page.table(&[4], rows);
    }
    for (n, name) in (1..).zip(columns) {
        page.line(format_args!("{n} {name}"));
    }
    page.line(
        "\n● a measure corresponds   ○ a measure covers a part   · not found in this corpus\n\
         Derived from similar wording and subject: candidates to check by hand.\n",
    );
}

fn sign(cell: &Cell) -> &'static str {
    match cell.level() {
        CoverageLevel::Corresponding => "●",
        CoverageLevel::Partial => "○",
        CoverageLevel::NotFound => "·",
    }
}

/// Adds the measures of each article.
fn measures<C>(page: &mut Page, graph: &Graph, coverage: &Coverage<C>) {
    for (&article, cells) in coverage.articles.iter().zip(&coverage.cells) {
        let article = graph.at(article);
        page.line(format_args!("{}. {}", article.ordinal(), article.heading()));
        let mut nothing = true;
        for cell in cells {
            for (sign, found) in [("●", &cell.corresponding), ("○", &cell.partial)] {
                for &(measure, score) in found {
                    nothing = false;
                    let measure = graph.at(measure);
                    let heading = facts::heading(measure);
                    page.line(format_args!("   {sign} {score:.2} {} {heading}", measure.key()));
                }
            }
        }
        if nothing {
            page.line("   · not found in this corpus");
        }
    }
}

fn lines<C>(graph: &Graph, coverage: &Coverage<C>, columns: &[String]) -> String {
    let mut lines = String::new();
    for (&article, cells) in coverage.articles.iter().zip(&coverage.cells) {
        let article = graph.at(article);
        let cell = |(name, cell): (&String, &Cell)| (name.clone(), json!(graph.keyed(cell)));
        let cells: Map<String, Value> = columns.iter().zip(cells).map(cell).collect();
        let line =
            json!({ "article": article.ordinal(), "heading": article.heading(), "cells": cells });
        lines += &format!("{line}\n");
    }
    lines
}
