//! `coverage`: the articles of a policy by documents or regions.

use super::{Tool, cursor, limit, node, schema, text};
use crate::mcp::answer::{Answer, Failed, quoted, rounded};
use crate::mcp::arguments::Arguments;
use crate::mcp::context::Context;
use policygraph::graph::{MeasureId, Node, PolicyId, TypedId};
use policygraph::similar::{Cell, Coverage, CoverageLevel};
use serde_json::{Value, json};

/// Maximum number of measures of a cell, and of cells of an article, that are listed.
const LISTED: usize = 10;

pub const TOOL: Tool = Tool {
    name: "coverage",
    title: "Coverage of a policy (落实情况)",
    description: "Shows for each article (条文) of a policy (政策) which documents or regions have \
        measures that correspond to it or cover a part. Derived from wording and subject: leads to check.",
    schema: || {
        let properties = json!({
            "policy": text("number (文号) or title: 国办发〔2024〕53号"),
            "by": { "type": "string", "enum": ["documents", "regions"], "default": "documents" },
            "limit": limit(),
            "cursor": cursor(),
        });
        schema(properties, &["policy"])
    },
    answer,
};

fn answer(context: &Context, arguments: &Arguments) -> Result<Answer, Failed> {
    let graph = context.graph;
    let name = arguments.required("policy")?;
    let page = arguments.page()?;
    let by_regions = arguments.word("by", &["documents", "regions"])? == Some("regions");
    let policy: PolicyId =
        match graph.named(name).map(Node::Policy).or_else(|_| node(context, name)) {
            Ok(Node::Policy(policy)) => policy,
            Ok(other) => {
                let policies = match other {
                    Node::Document(id) => graph.text_of(id).to_vec(),
                    _ => Vec::new(),
                };
                match policies.first() {
                    Some(&policy) => policy,
                    None => {
                        let explanation = format!("{} is not a policy", graph.key(other));
                        return Ok(Answer::none(explanation).nearest(context, [other]));
                    }
                }
            }
            Err(none) => return Ok(*none),
        };
    let Some(coverage) = context.articles(policy) else {
        let explanation =
            "the articles of the policy are not known: the corpus does not have its text";
        return Ok(Answer::leads(explanation).with("node", context.name(Node::Policy(policy))));
    };
    let answer = if by_regions {
        let coverage = coverage.by_region(graph);
        of_columns(context, page, &coverage, |id| graph.at(id).name().to_owned())
    } else {
        of_columns(context, page, &coverage, |id| graph.at(id).key().to_owned())
    };
    Ok(answer.with("node", context.name(Node::Policy(policy))))
}

fn of_columns<C: TypedId>(
    context: &Context,
    mut page: crate::mcp::answer::Page,
    coverage: &Coverage<C>,
    name: impl Fn(C) -> String,
) -> Answer {
    let graph = context.graph;
    page.total = coverage.articles.len();
    let measures = |found: &[(MeasureId, f32)]| -> Vec<Value> {
        let listed = found.iter().take(LISTED).map(|&(measure, score)| {
            let mut value = context.heading(graph.at(measure));
            value["score"] = json!(rounded(score));
            value
        });
        listed.collect()
    };
    let rows = coverage.articles.iter().zip(&coverage.cells);
    let items = page.of(rows).map(|(&article, cells)| {
        let article = graph.at(article);
        let found = |cell: &&(usize, &Cell)| cell.1.level() != CoverageLevel::NotFound;
        let all: Vec<(usize, &Cell)> = cells.iter().enumerate().collect();
        let found: Vec<&(usize, &Cell)> = all.iter().filter(found).collect();
        let listed = found.iter().take(LISTED).map(|&&(at, cell)| {
            json!({
                "column": name(coverage.columns[at]),
                "corresponding": measures(&cell.corresponding),
                "partial": measures(&cell.partial),
            })
        });
        json!({
            "article": article.ordinal(),
            "heading": quoted(article.heading()).0,
            "found_in": found.len(),
            "columns": listed.collect::<Vec<_>>(),
        })
    });
    let items: Vec<Value> = items.collect();
    let covered = coverage
        .cells
        .iter()
        .filter(|cells| cells.iter().any(|cell| cell.level() == CoverageLevel::Corresponding));
    let explanation = format!(
        "{} of {} articles have a corresponding measure in {} columns, by similar wording and \
         subject: no text states it",
        covered.count(),
        coverage.articles.len(),
        coverage.columns.len()
    );
    Answer::leads(explanation).page(page, items)
}
