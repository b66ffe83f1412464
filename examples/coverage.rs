//! Prints which articles of a policy measures carry out, by region: `coverage [POLICY]`.
//!
//! POLICY is a document number (文号) or a title. The program `policygraph coverage` prints a table of
//! documents or regions, and the measures of each article.

mod terminal;

use policygraph::similar::{CoverageLevel, Index};
use policygraph::{Lexicon, builtin};
use std::process::ExitCode;
use terminal::{arguments, print_page, refuse};

const DEFAULT: &str = "国办发〔2024〕53号";

fn main() -> ExitCode {
    let arguments = arguments();
    let name = match &arguments[..] {
        [] => DEFAULT,
        [name] if !name.starts_with('-') => name,
        _ => return refuse("usage: coverage [POLICY]"),
    };
    let graph = builtin();
    let Some(policy) = graph.policy(name) else {
        return refuse(format!("no document cites {name}; give a number (文号) or a full title"));
    };
    let index = Index::new(graph, Lexicon::builtin());
    let Some(coverage) = index.coverage(policy.id()) else {
        return refuse(format!("the articles of {name} are not known"));
    };
    let coverage = coverage.by_region(graph);
    let mut page = String::new();
    for (&article, cells) in coverage.articles.iter().zip(&coverage.cells) {
        let signs = cells.iter().map(|cell| match cell.level() {
            CoverageLevel::Corresponding => '●',
            CoverageLevel::Partial => '○',
            CoverageLevel::NotFound => '·',
        });
        let signs: String = signs.collect();
        page +=
            &format!("{signs} {}. {}\n", graph.at(article).ordinal(), graph.at(article).heading());
    }
    let regions: Vec<&str> = coverage.columns.iter().map(|&id| graph.at(id).name()).collect();
    page += &format!("columns: {}; · is not found in this corpus\n", regions.join(", "));
    print_page(&page)
}
