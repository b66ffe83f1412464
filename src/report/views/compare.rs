//! Two documents side by side: the measures that correspond, and their figures.

mod figures;
mod lines;

use crate::graph::{DocId, MeasureId};
use crate::report::address;
use crate::report::kit::{Column, Report, label, section, shown, table};
use crate::similar::Alignment;
use figures::{Figures, figures};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Number of pairs of documents that are shown.
const PAIRS: usize = 4;

/// Least score of a similar measure that counts for a pair of documents.
const SCORE: f32 = 0.13;

/// Number of pairs of measures that are listed of two documents.
const LISTED: usize = 100;

/// Two aligned documents.
struct Pair<'g> {
    documents: [DocId; 2],
    alignment: Alignment,
    figures: Figures<'g>,
}

/// Returns the view: the pairs of documents with most measures that correspond.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let (documents, total) = closest(report);
    let aligned = |documents: [DocId; 2]| {
        let alignment = report.index.align(documents[0], documents[1]);
        let figures = figures(report, &alignment);
        Pair { documents, alignment, figures }
    };
    let pairs: Vec<Pair<'_>> = documents.into_iter().map(aligned).collect();
    let body = html! {
        p.lead {
            (label(
                "Documents whose measures correspond: which measures, and which figures differ. Their wording decides whether two figures are for the same thing: check both. Open two measures to see their common words marked.",
                "措施相互对应的文件：哪些措施对应，哪些数字不同。两个数字是否指同一事项，由文字推得，请核对。点开一对措施，可见标出的相同文字。",
            ))
        }
        @if pairs.is_empty() {
            p { (label("No two documents have measures that correspond.", "没有两件文件的措施相互对应。")) }
        } @else {
            (overview(report, &pairs, total))
        }
        @for pair in &pairs { (of_pair(report, pair)) }
    };
    section("compare", "Side by side", "对照", body)
}

/// Returns the pairs of documents whose measures are most similar, and the number of all pairs with
/// similar measures. A pair has the sum of the scores of its measures, of the best few of each.
fn closest(report: Report<'_>) -> (Vec<[DocId; 2]>, usize) {
    let graph = report.graph;
    let mut sums: BTreeMap<[DocId; 2], f32> = BTreeMap::new();
    for measure in graph.measures() {
        let document = graph.document_of(measure);
        for &(other, score) in report.derived.similar(measure, SCORE) {
            let other = graph.document_of(other);
            let pair = [document.min(other), document.max(other)];
            *sums.entry(pair).or_default() += score;
        }
    }
    let mut pairs: Vec<([DocId; 2], f32)> = sums.into_iter().collect();
    pairs.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let total = pairs.len();
    (pairs.into_iter().take(PAIRS).map(|(pair, _)| pair).collect(), total)
}

fn address(report: Report<'_>, documents: [DocId; 2]) -> String {
    let [left, right] = documents.map(|document| report.graph.at(document).key());
    address::fragment(&format!("compare:{left}:{right}"))
}

/// Returns a table of the pairs of documents.
fn overview(report: Report<'_>, pairs: &[Pair<'_>], total: usize) -> Markup {
    let columns = [
        Column::text("Documents", "文件"),
        Column::number("One to one", "互为最佳"),
        Column::number("Pairs", "对应措施"),
        Column::number("Figures that differ", "不同的数字"),
        Column::number("Figures that agree", "相同的数字"),
    ];
    let row = |pair: &Pair<'_>| {
        let [left, right] = pair.documents.map(|document| report.graph.at(document).key());
        let mutual = pair.alignment.pairs.iter().filter(|pair| pair.mutual).count();
        html! {
            tr {
                th scope="row" { a href={ "#" (address(report, pair.documents)) } { (shown(left)) " ↔ " (shown(right)) } }
                td.n { (mutual) }
                td.n { (pair.alignment.pairs.len()) }
                td.n { (pair.figures.differ.len()) }
                td.n { (pair.figures.agree.len()) }
            }
        }
    };
    let rows: Vec<Markup> = pairs.iter().map(row).collect();
    let caption = [
        &*format!("{} of {total} pairs of documents, the most similar first", pairs.len()),
        &*format!("{total}对文件中最相近的{}对", pairs.len()),
    ];
    table("table-compare", caption, &columns, &rows)
}

/// Returns two documents: figures, lines between measures, pairs of measures.
fn of_pair(report: Report<'_>, pair: &Pair<'_>) -> Markup {
    let id = address(report, pair.documents);
    let [left, right] = pair.documents.map(|document| report.graph.at(document));
    let name = |document: crate::graph::DocumentRef<'_>| {
        report.link_as(document.id(), shown(document.key()))
    };
    let alignment = &pair.alignment;
    let listed = &alignment.pairs[..alignment.pairs.len().min(LISTED)];
    html! {
        h3 id=(id) { (name(left)) " ↔ " (name(right)) }
        (figures::view(report, [left.key(), right.key()], &pair.figures))
        (lines::view(report, pair.documents, alignment))
        p { (label(&format!("{} pairs of measures; = each is the other's best, ~ a further one", alignment.pairs.len()), &format!("{}对措施；“=”互为最佳对应，“~”为其他对应", alignment.pairs.len()))) }
        ul.plain {
            @for of_left in listed.chunk_by(|a, b| a.left == b.left) {
                li {
                    (numbered(report, of_left[0].left)) " →"
                    @for of in of_left {
                        " " (report.pair(of.left, of.right, numbered(report, of.right)))
                        " " small { (if of.mutual { "=" } else { "~" }) (format!("{:.2}", of.score)) }
                    }
                }
            }
        }
        @if alignment.pairs.len() > LISTED {
            p { (label(&format!("{LISTED} of {} pairs are listed.", alignment.pairs.len()), &format!("列出{}对中的{LISTED}对。", alignment.pairs.len()))) }
        }
    }
}

/// Returns the number and the heading of a measure.
fn numbered(report: Report<'_>, measure: MeasureId) -> Markup {
    html! { (report.graph.at(measure).position()) ". " (report.heading(measure)) }
}

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use crate::report::{self, Options};
    use crate::similar::Index;
    use crate::{Lexicon, builtin};

    #[test]
    fn the_pairs_of_two_documents_are_those_of_their_alignment() {
        let index = Index::new(builtin(), Lexicon::builtin());
        let page = report::html(&index, &Options::default());
        let (_, of_pair) = page.split_once("id=\"compare:nm-2025-18:sx-2025\"").unwrap();
        let of_pair = of_pair.split("<h3").next().unwrap().split("</section>").next().unwrap();
        let [left, right] =
            ["nm-2025-18", "sx-2025"].map(|key| builtin().document(key).unwrap().id());
        let alignment = index.align(left, right);
        assert_eq!(of_pair.matches(" data-pair=").count(), alignment.pairs.len());
        assert_eq!(of_pair.matches("<path").count(), alignment.pairs.len());
        for pair in &alignment.pairs {
            let [left, right] = [pair.left, pair.right].map(|id| builtin().key(id).to_string());
            let link = format!("href=\"#{right}\" data-pair=\"{left}\"");
            assert!(of_pair.contains(&link), "{link}");
        }
        // 80 and 58 working days both go down to 30: the figure before differs.
        assert!(of_pair.contains("class=\"differs\""));
    }
}
