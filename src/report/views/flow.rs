//! From a policy through its articles and the measures that carry them out to agencies, as bands.

mod sankey;

use crate::graph::{AgencyId, ArticleId, DocId, MeasureId, Node, PolicyRef};
use crate::report::kit::{Report, chart, label, section, shown};
use crate::similar::{Cell, Coverage};
use maud::{Markup, html};
use sankey::{Band, Column, layout};
use std::collections::BTreeSet;

/// Number of bands, and of policies.
const BANDS: usize = 60;
const POLICIES: usize = 3;

/// Number of agencies of a measure that have a band.
const AGENCIES: usize = 2;

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let graph = report.graph;
    let covered = report.derived.coverage.iter();
    let mut all: Vec<_> = covered
        .map(|(policy, coverage)| (graph.at(*policy), links(coverage)))
        .filter(|(_, links)| !links.is_empty())
        .collect();
    all.sort_by_key(|(policy, links)| (std::cmp::Reverse(links.len()), policy.id()));
    let total = all.len();
    all.truncate(POLICIES);
    let body = html! {
        p.lead {
            (label(
                &format!("From a policy through its articles to the measures that carry them out and the agencies that are responsible; {} of {total} policies. A line below each heading says how many links are drawn.", all.len()),
                &format!("从政策到条文，再到落实它的措施和责任机关；列出{total}项政策中的{}项，并注明未画出的对应关系数。", all.len()),
            ))
        }
        @for (policy, links) in &all { (of_policy(report, *policy, links)) }
        @if all.is_empty() { p { (label("No measure corresponds to an article.", "没有措施对应条文。")) } }
    };
    section("flow", "Flow", "流向", body)
}

/// Returns the articles of a policy with the measures that correspond, best first.
fn links(coverage: &Coverage<DocId>) -> Vec<(ArticleId, MeasureId)> {
    let of_article = |cells: &Vec<Cell>| {
        let mut found: Vec<(MeasureId, f32)> =
            cells.iter().flat_map(|cell| cell.corresponding.iter().copied()).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    };
    let found: Vec<Vec<_>> = coverage.cells.iter().map(of_article).collect();
    // The best measure of each article, then the second of each.
    let rounds = found.iter().map(Vec::len).max().unwrap_or(0);
    let round = |n: usize| {
        let articles = coverage.articles.iter().zip(&found);
        articles.filter_map(move |(&article, found)| Some((article, found.get(n)?.0)))
    };
    (0..rounds).flat_map(round).collect()
}

/// Returns the bands of the first links, at most [`BANDS`], and the number of links that they show.
fn bands(
    report: Report<'_>,
    policy: PolicyRef<'_>,
    links: &[(ArticleId, MeasureId)],
) -> (Vec<Band>, usize) {
    let mut bands: BTreeSet<(Column, Node, Node)> = BTreeSet::new();
    let mut drawn = 0;
    for &(article, measure) in links {
        let mut agencies: Vec<AgencyId> = Vec::new();
        for (agency, ..) in report.graph.at(measure).responsible() {
            if !agencies.contains(&agency.id()) && agencies.len() < AGENCIES {
                agencies.push(agency.id());
            }
        }
        let mut more = vec![
            (Column::Article, policy.node(), Node::Article(article)),
            (Column::Measure, article.into(), measure.into()),
        ];
        let of_agency = |agency: AgencyId| (Column::Agency, measure.into(), agency.into());
        more.extend(agencies.into_iter().map(of_agency));
        more.retain(|band| !bands.contains(band));
        if bands.len() + more.len() > BANDS {
            break;
        }
        bands.extend(more);
        drawn += 1;
    }
    (bands.into_iter().map(|(column, from, to)| Band { column, from, to }).collect(), drawn)
}

fn of_policy(
    report: Report<'_>,
    policy: PolicyRef<'_>,
    links: &[(ArticleId, MeasureId)],
) -> Markup {
    let (bands, drawn) = bands(report, policy, links);
    let name = policy.number().unwrap_or(policy.title());
    let drawing = layout(policy.node(), &bands);
    html! {
        h3 lang="zh-Hans" { (report.link_as(policy.id(), shown(policy.title()))) " " small { (shown(name)) } }
        p { (label(&format!("{} bands; {drawn} of {} links of an article and a measure, the best of each article first; at most {AGENCIES} agencies of a measure.", bands.len(), links.len()),
            &format!("{}条流带；{}处条文与措施的对应中画出{drawn}处，每条先画最相近者；每项措施至多{AGENCIES}个机关。", bands.len(), links.len()))) }
        (chart(drawing.size, &format!("From {name} to measures and agencies"), &format!("{name}到措施与机关的流向"), drawing.markup(report)))
    }
}

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use super::*;
    use crate::report::Options;
    use crate::report::kit::Derived;
    use crate::report::page::Page;
    use crate::similar::Index;
    use crate::{Lexicon, builtin};

    #[test]
    fn the_bands_of_each_node_sum_and_are_at_most_sixty() {
        let index = Index::new(builtin(), Lexicon::builtin());
        let options = Options::default();
        let derived = Derived::new(&index);
        let report = Report::new(&index, &derived, &options, Page::Whole);
        let policy = builtin().policy("国办发〔2024〕53号").unwrap();
        let links = links(&index.coverage(policy.id()).unwrap());
        let (bands, drawn) = bands(report, policy, &links);
        assert!(bands.len() <= BANDS && drawn > 10, "{} {drawn}", bands.len());
        let drawing = layout(policy.node(), &bands);
        for block in &drawing.blocks {
            let heights = |is_own: fn(&Band) -> Node| -> u32 {
                let own = drawing.ribbons.iter().filter(|of| is_own(&of.band) == block.node);
                own.map(|of| of.height).sum()
            };
            let (entering, leaving) = (heights(|band| band.to), heights(|band| band.from));
            assert_eq!(block.height, entering.max(leaving), "{:?}", block.node);
        }
        // Blocks of one column do not overlap.
        for pair in drawing.blocks.windows(2) {
            assert!(pair[0].x != pair[1].x || pair[0].y + pair[0].height < pair[1].y);
        }
    }
}
