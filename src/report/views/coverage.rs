//! Articles of a policy × documents or regions.

use crate::graph::{ArticleId, Node, PolicyRef, TypedId};
use crate::report::address;
use crate::report::kit::{Report, label, section, shown};
use crate::similar::{Cell, Coverage, CoverageLevel};
use maud::{Markup, html};

/// Number of documents that are columns; with more, the columns are regions.
const DOCUMENTS: usize = 12;

/// Number of columns.
const COLUMNS: usize = 40;

/// Number of measures that the title of a cell lists.
const LISTED: usize = 5;

/// Returns the view: a table for each policy whose articles are known and that a document implements.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let graph = report.graph;
    let covered = &report.derived.coverage;
    let body = html! {
        p.lead {
            (label(
                "The articles of a policy, and the measures that carry them out. A mark opens both texts side by side. It is a lead to check: an article that was not found here may have been carried out in a document outside this corpus.",
                "逐条列出政策条文及落实它的措施。点击符号可并排查看两段文字。对应关系由文字相似度推得，仅供核对：此处未找到的条文，也可能已由本库以外的文件落实。",
            ))
        }
        p.legend {
            span.mark { "●" } " " (label("a measure corresponds", "有对应措施")) " "
            span.mark { "○" } " " (label("a measure is similar", "有相近措施")) " "
            span.mark { "·" } " " (label("not found in this corpus", "本库未找到"))
        }
        @for &(policy, ref coverage) in covered {
            @if coverage.columns.len() > DOCUMENTS {
                (of_policy(report, graph.at(policy), &coverage.by_region(graph)))
            } @else {
                (of_policy(report, graph.at(policy), coverage))
            }
        }
        @if covered.is_empty() {
            p { (label("No document implements a policy whose articles are known.", "没有文件落实条文已知的政策。")) }
        }
    };
    section("coverage", "Coverage", "覆盖", body)
}

/// Returns the articles that no measure takes up, and the table.
fn of_policy<C: TypedId + Into<Node>>(
    report: Report<'_>,
    policy: PolicyRef<'_>,
    coverage: &Coverage<C>,
) -> Markup {
    let best = |row: &[Cell]| row.iter().map(Cell::level).max();
    let of_level = |level: CoverageLevel| -> Vec<ArticleId> {
        let rows = coverage.articles.iter().zip(&coverage.cells);
        rows.filter(|(_, row)| best(row) == Some(level)).map(|(&article, _)| article).collect()
    };
    let [missing, partial] = [CoverageLevel::NotFound, CoverageLevel::Partial].map(of_level);
    let total = coverage.articles.len();
    let found = total - missing.len() - partial.len();
    let id = format!("coverage:{}", address::fragment(policy.number().unwrap_or(policy.title())));
    html! {
        h3 id=(id) { (report.link_as(policy.id(), shown(policy.title()))) @if let Some(number) = policy.number() { " " small { (shown(number)) } } }
        p {
            (label(&format!("{total} articles: {found} with a corresponding measure, {} with a similar one, {} not found.", partial.len(), missing.len()),
                &format!("共{total}条：{found}条有对应措施，{}条仅有相近措施，{}条未找到。", partial.len(), missing.len())))
        }
        @if !missing.is_empty() {
            div.note {
                b { (label("Not found in this corpus", "本库未找到")) }
                ul.plain lang="zh-Hans" { @for article in missing { li { (article_link(report, article)) } } }
            }
        }
        (table(report, &id, coverage))
    }
}

fn article_link(report: Report<'_>, article: ArticleId) -> Markup {
    let article = report.graph.at(article);
    html! { (article.ordinal()) ". " (report.link_as(article.id(), shown(article.heading()))) }
}

/// Returns the table: a row for each article, and the columns that cover most articles.
fn table<C: TypedId + Into<Node>>(report: Report<'_>, id: &str, coverage: &Coverage<C>) -> Markup {
    let covered = |column: usize, level: CoverageLevel| {
        coverage.cells.iter().filter(|row| row[column].level() >= level).count()
    };
    let corresponding = |column: usize| covered(column, CoverageLevel::Corresponding);
    let mut columns: Vec<usize> = (0..coverage.columns.len()).collect();
    if columns.len() > COLUMNS {
        columns.sort_by_key(|&column| std::cmp::Reverse(corresponding(column)));
        columns.truncate(COLUMNS);
        columns.sort_unstable();
    }
    let total = coverage.columns.len();
    let head = if columns.len() > 6 { "turned" } else { "column" };
    html! {
        @if columns.len() < total {
            p { (label(&format!("{} of {total} columns: those that cover most articles.", columns.len()), &format!("显示{total}列中覆盖条文最多的{}列。", columns.len()))) }
        }
        div.scroll tabindex="0" role="region" aria-labelledby=(id) {
            table.matrix {
                thead { tr {
                    th scope="col" { (label("Article", "条文")) }
                    @for &column in &columns {
                        @let node: Node = coverage.columns[column].into();
                        th.(head) scope="col" { span { (report.link_as(node, shown(&column_name(report, node)))) } }
                    }
                    th.n scope="col" { "●" }
                } }
                tbody {
                    @for (&article, cells) in coverage.articles.iter().zip(&coverage.cells) {
                        tr {
                            th scope="row" lang="zh-Hans" { (article_link(report, article)) }
                            @for &column in &columns { td.cell { (cell(report, article, &cells[column])) } }
                            td.n { (cells.iter().filter(|cell| cell.level() == CoverageLevel::Corresponding).count()) }
                        }
                    }
                }
                tfoot { tr {
                    th scope="row" { "●" }
                    @for &column in &columns { td.cell { (corresponding(column)) } }
                    td {}
                } }
            }
        }
    }
}

/// Returns the key of a document, the name of a region.
fn column_name(report: Report<'_>, node: Node) -> std::borrow::Cow<'_, str> {
    match node {
        Node::Document(document) => report.graph.at(document).key().into(),
        node => report.graph.label(node),
    }
}

/// Returns the mark of a cell, which opens the article and its best measure side by side.
fn cell(report: Report<'_>, article: ArticleId, cell: &Cell) -> Markup {
    let (mark, words, measures) = match cell.level() {
        CoverageLevel::Corresponding => ("●", "对应 · corresponds", &cell.corresponding),
        CoverageLevel::Partial => ("○", "相近 · similar", &cell.partial),
        CoverageLevel::NotFound => return html! { "·" },
    };
    let scored = measures.iter().take(LISTED).map(|&(measure, score)| {
        format!("{} {score:.2}", shown(&report.graph.at(measure).key().to_string()))
    });
    let title = format!("{words}: {}", scored.collect::<Vec<_>>().join("; "));
    let (best, _) = measures[0];
    html! {
        a.mark href=(report.href(best)) data-pair=(report.id(article)) title=(title) aria-label=(title) { (mark) }
        @if measures.len() > 1 { small { (measures.len()) } }
    }
}

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use crate::report::{self, Options};
    use crate::similar::{CoverageLevel, Index};
    use crate::{Lexicon, builtin};

    #[test]
    fn every_article_has_a_row_and_the_marks_are_those_of_the_coverage() {
        let index = Index::new(builtin(), Lexicon::builtin());
        let page = report::html(&index, &Options::default());
        let view = page.split("id=\"coverage\"").nth(1).unwrap();
        let view = view.split("</section>").next().unwrap();
        let mut compared = 0;
        for policy in builtin().policies() {
            let Some(coverage) = index.coverage(policy).filter(|of| !of.columns.is_empty()) else {
                continue;
            };
            let number = builtin().at(policy).number().unwrap();
            let (_, table) =
                view.split_once(&format!("aria-labelledby=\"coverage:{number}\"")).unwrap();
            let (body, _) = table.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap();
            let rows: Vec<&str> = body.split("<tr>").skip(1).collect();
            assert_eq!(rows.len(), coverage.articles.len());
            for ((row, cells), &article) in rows.iter().zip(&coverage.cells).zip(&coverage.articles)
            {
                assert!(row.contains(builtin().at(article).heading()));
                for (shown, cell) in row.split("<td class=\"cell\">").skip(1).zip(cells) {
                    let level = match shown {
                        shown if shown.contains('●') => CoverageLevel::Corresponding,
                        shown if shown.contains('○') => CoverageLevel::Partial,
                        _ => CoverageLevel::NotFound,
                    };
                    assert_eq!(level, cell.level());
                    compared += 1;
                }
            }
        }
        assert!(compared >= 24 * 3, "{compared}");
    }
}
