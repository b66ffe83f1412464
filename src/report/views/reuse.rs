//! Documents × documents with the share of text that both contain, and the longest passages.

use crate::graph::{DocId, Graph, MeasureId};
use crate::report::kit::{Report, label, section, shown};
use crate::reuse::{Fingerprints, Passage, PassageOptions};
use maud::{Markup, html};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Number of documents that are compared, and of passages. Passages are searched among these documents
/// alone, so that the work does not grow with the number of pairs.
const DOCUMENTS: usize = 30;
const PASSAGES: usize = 60;

/// Least share that has a cell.
const SHARE: f32 = 0.005;

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let prints = Fingerprints::new(report.graph);
    let options = PassageOptions::default();
    let compared = compared(report.graph, &prints);
    let mut passages = prints.between(&compared, &options);
    let mut of_document: BTreeMap<DocId, Vec<Passage>> = BTreeMap::new();
    for passage in passages.iter().flat_map(|passage| [passage.clone(), passage.reversed()]) {
        of_document.entry(report.graph.document_of(passage.query)).or_default().push(passage);
    }
    let share =
        |(&document, own): (&DocId, &Vec<Passage>)| (document, prints.shares_of(document, own));
    let shares: BTreeMap<DocId, Vec<(DocId, f32)>> = of_document.iter().map(share).collect();
    let total = passages.len();
    passages.truncate(PASSAGES);
    let body = html! {
        p.lead {
            (label(
                "Passages of at least 12 common characters that measures of two documents share. Titles, names of agencies and wording that most documents contain do not count. Dates tell which document is older; they do not prove who copied.",
                "两件文件的措施共有的、不少于12字的段落。文件名称、机关名称及多数文件通用的表述不计。日期只能说明先后，不能证明谁抄谁。",
            ))
        }
        @let all = report.graph.documents().len();
        @if compared.len() < all {
            p { (label(&format!("{} of {all} documents are compared: those with most common wording.", compared.len()),
                &format!("比较{all}件文件中相同文字最多的{}件。", compared.len()))) }
        }
        (grid(report, &shares))
        (passage_list(report, &(passages, total)))
    };
    section("reuse", "Reuse", "雷同", body)
}

/// Returns the documents that are compared: all of a small graph, else those with most common wording.
fn compared(graph: &Graph, prints: &Fingerprints<&Graph>) -> Vec<DocId> {
    match graph.documents().len() <= DOCUMENTS {
        true => graph.documents().collect(),
        false => prints.closest_documents(DOCUMENTS),
    }
}

/// Returns the grid: the share of the document of the row that the one of the column contains.
fn grid(report: Report<'_>, shares: &BTreeMap<DocId, Vec<(DocId, f32)>>) -> Markup {
    let most = |document: &DocId| shares[document].first().map_or(0.0, |(_, share)| *share);
    let mut documents: Vec<DocId> =
        shares.keys().copied().filter(|document| most(document) >= SHARE).collect();
    documents.sort_unstable();
    let key = |document: DocId| report.graph.at(document).key();
    html! {
        @if documents.is_empty() {
            p { (label("No two documents share a passage.", "没有两件文件含有相同段落。")) }
        } @else {
            div.scroll tabindex="0" role="region" aria-labelledby="reuse-grid" {
                table.matrix {
                    caption #reuse-grid {
                        (label(&format!("Share of the document of the row that the document of the column contains, in %; {} documents with a shared passage", documents.len()),
                            &format!("行中文件的文字有多少见于列中文件（%）；{}件文件有相同段落", documents.len())))
                    }
                    thead { tr {
                        th scope="col" { (label("Document", "文件")) }
                        @for &other in &documents { th.turned scope="col" { span { (shown(key(other))) } } }
                    } }
                    tbody {
                        @for &document in &documents {
                            tr {
                                th scope="row" { (report.link_as(document, shown(key(document)))) }
                                @for &other in &documents {
                                    @let share = shares[&document].iter().find(|(of, _)| *of == other).map_or(0.0, |(_, share)| *share);
                                    @if document == other { td.cell.own { "–" } }
                                    @else if share < SHARE { td.cell {} }
                                    @else { td.(tone(share)).cell { (format!("{:.0}", share * 100.0)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the class of a share.
fn tone(share: f32) -> &'static str {
    match share {
        share if share < 0.05 => "share1",
        share if share < 0.2 => "share2",
        _ => "share3",
    }
}

/// Returns the passages, each with the document that is older first, if that is known.
fn passage_list(report: Report<'_>, (passages, total): &(Vec<Passage>, usize)) -> Markup {
    html! {
        @if !passages.is_empty() {
            h3 { (label("Longest passages", "最长的相同段落")) }
            p { (label(&format!("{} of {total}; open one to see both measures side by side.", passages.len()), &format!("{total}处中的{}处；点击可并排查看两项措施。", passages.len()))) }
            ol.plain { @for passage in passages { li { (row(report, passage)) } } }
        }
    }
}

fn row(report: Report<'_>, passage: &Passage) -> Markup {
    let graph = report.graph;
    let text = |measure: MeasureId| &graph.at(graph.document_of(measure)).record().text;
    let swapped = passage.dated == Some(Ordering::Less);
    let (first, second) = match swapped {
        true => (passage.measure, passage.query),
        false => (passage.query, passage.measure),
    };
    let words = match swapped {
        true => passage.match_span.slice(text(passage.measure)),
        false => passage.query_span.slice(text(passage.query)),
    };
    let order = match passage.dated {
        Some(Ordering::Equal) => label("on the same day as", "同日"),
        Some(_) => label("before", "先于"),
        None => label("order not known", "先后不明"),
    };
    let name = |measure: MeasureId| html! { code { (shown(&graph.key(measure).to_string().replace("measure:", ""))) } };
    html! {
        span.quote lang="zh-Hans" { (shown(words)) } br;
        small { (passage.chars) " " (label("characters", "字")) " · " (name(first)) " " (order) " " } (report.pair(first, second, name(second)))
        @if passage.similarity < 1.0 { small { " · " (label("changed words", "有改动")) " " (format!("{:.2}", passage.similarity)) } }
    }
}

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use crate::report::{self, Options};
    use crate::reuse::{Fingerprints, Passage, PassageOptions};
    use crate::similar::Index;
    use crate::{Lexicon, builtin};

    #[test]
    fn shares_and_passages_are_those_of_the_fingerprints() {
        let page = report::html(&Index::new(builtin(), Lexicon::builtin()), &Options::default());
        let view = page.split("id=\"reuse\"").nth(1).unwrap().split("</section>").next().unwrap();
        let prints = Fingerprints::new(builtin());
        let options = PassageOptions::default();
        let all: usize = builtin()
            .documents()
            .map(|document| prints.of_document(document, &options).len())
            .sum();
        assert!(view.contains(&format!("of {}; open one", all / 2)));
        let document = builtin().document("nm-2025-18").unwrap().id();
        let (_, share) = prints.shares(document, &options)[0];
        let row =
            view.split("#document:nm-2025-18\"").nth(1).unwrap().split("</tr>").next().unwrap();
        assert!(row.contains(&format!(">{:.0}</td>", share * 100.0)), "{row}");
    }

    #[test]
    fn passages_between_all_documents_are_those_of_each_document() {
        let prints = Fingerprints::new(builtin());
        let options = PassageOptions::default();
        let all: Vec<_> = builtin().documents().collect();
        let between = prints.between(&all, &options);
        for document in all {
            let own = |of: &Passage| builtin().document_of(of.query) == document;
            let both = between.iter().flat_map(|of| [of.clone(), of.reversed()]);
            let mut own: Vec<Passage> = both.filter(own).collect();
            let mut expected = prints.of_document(document, &options);
            let order =
                |of: &Passage| (of.query, of.measure, of.query_span.start, of.match_span.start);
            own.sort_by_key(order);
            expected.sort_by_key(order);
            assert_eq!(own, expected);
            assert_eq!(prints.shares_of(document, &own), prints.shares(document, &options));
        }
        assert!((2..=4).contains(&prints.closest_documents(4).len()));
    }
}
