//! The cover: what the report is made of, what was not read, and how right the reading is.

use crate::graph::NodeKind;
use crate::report::kit::{Column, Report, label, section, shown, table};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Figures of `cargo test --test gold`, which compares them with the scores of the day.
const ACCURACY: &str = include_str!("../../../data/accuracy.json");

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let body = html! {
        p.lead {
            (label(
                "Measures of policy documents, with every fact tied to the words that state it. Follow any link to see the words in the original.",
                "政策文件中的各项措施。每一条信息都标明出处，点击即可回到原文。",
            ))
        }
        (figures(report))
        (questions(report))
        (unread(report))
        (accuracy())
    };
    section("cover", "Cover", "概览", body)
}

/// Returns the numbers of the corpus.
fn figures(report: Report<'_>) -> Markup {
    let graph = report.graph;
    let issued = graph.records().filter_map(|record| record.dates.issued());
    let days: BTreeSet<_> = issued.map(|date| date.value).collect();
    let signatories = graph.agencies().filter(|&agency| !graph.issued(agency).is_empty()).count();
    let regions = graph.regions().filter(|&region| !graph.documents_for(region).is_empty()).count();
    let count = |kind: NodeKind| graph.node_count_of(kind).to_string();
    let tiles = [
        (count(NodeKind::Document), "documents", ["documents", "件文件"], String::new()),
        (count(NodeKind::Measure), "coverage", ["measures", "项措施"], String::new()),
        (count(NodeKind::Agency), "who", ["agencies", "个机关"], signatories.to_string()),
        (count(NodeKind::Deadline), "when", ["deadlines", "个时限"], String::new()),
        (count(NodeKind::Target), "compare", ["targets", "个量化目标"], String::new()),
        (regions.to_string(), "when", ["regions that issued", "个发文地区"], String::new()),
    ];
    html! {
        @if let (Some(first), Some(last)) = (days.first(), days.last()) {
            p { (label("Issued from", "成文日期")) " " b { (first) } " " (label("to", "至")) " " b { (last) } }
        }
        ul.grid.figures {
            @for (number, href, [english, chinese], signatories) in &tiles {
                li { a.tile href=(report.view_href(href)) {
                    b { (number) } (label(english, chinese))
                    @if !signatories.is_empty() {
                        p { (label(&format!("{signatories} of them issued a document"), &format!("其中{signatories}个发文"))) }
                    }
                } }
            }
        }
    }
}

/// Returns links to the answers that most readers look for.
fn questions(report: Report<'_>) -> Markup {
    let questions = [
        (
            "who",
            ["Who must do what, by when?", "谁来做、做什么、何时完成？"],
            ["Duties of each agency, with roles and deadlines.", "各机关的职责、分工与时限。"],
        ),
        (
            "coverage",
            ["Which articles have no measure in this corpus?", "哪些条文在本库未找到落实措施？"],
            [
                "Articles of the parent policy against documents and regions.",
                "上位政策条文与各文件、各地区对照。",
            ],
        ),
        (
            "compare",
            ["Which figures differ between two provinces?", "两地的指标有何不同？"],
            ["Two documents side by side, measure by measure.", "两份文件逐项对照。"],
        ),
    ];
    html! {
        ul.grid {
            @for (href, [question, ask], [answer, reply]) in questions {
                li { a.tile href=(report.view_href(href)) { strong { (label(question, ask)) } p { (label(answer, reply)) } } }
            }
        }
    }
}

/// Returns what was not read, and what it means that something is not here.
fn unread(report: Report<'_>) -> Markup {
    /// Number of documents whose notes are counted one by one, and of files that are listed.
    const LISTED: usize = 50;
    let graph = report.graph;
    let unread = &report.options.unread;
    let mut noted: Vec<_> =
        graph.documents().map(|id| (id, super::reader::notes(report, id).len())).collect();
    noted.retain(|(_, notes)| *notes > 0);
    let policies = graph.policies().filter(|&policy| graph.text_in(policy).is_empty()).count();
    html! {
        h3 { (label("What was not read", "未能读取的内容")) }
        p.note {
            (label(
                "Something that is not here was not found. That is no proof that no document states it: the reader misses some facts (figures below), and a document that is not in the corpus is not known.",
                "此处没有的信息，只表示未读出，并不证明文件没有写：识别会有遗漏（见下表），未收入的文件也无从得知。",
            ))
        }
        ul {
            @if unread.is_empty() {
                li { (label("No file was left out.", "没有未读取的文件。")) }
            }
            @for reason in unread.iter().take(LISTED) { li { (shown(reason)) } }
            @if unread.len() > LISTED { li { "… +" (unread.len() - LISTED) } }
            @if policies > 0 {
                li { (label(
                    &format!("{policies} of {} policies that are cited are not in the corpus: their names are known, their texts are not.", graph.policies().len()),
                    &format!("被引用的{}件政策中，{policies}件未收入全文，仅知其名称。", graph.policies().len()),
                )) }
            }
            @for (document, notes) in noted.iter().take(LISTED) {
                li {
                    (report.link(*document)) " — "
                    (label(&format!("{notes} notes of the reader"), &format!("{notes}条读取提示")))
                }
            }
            @if noted.len() > LISTED { li { "… +" (noted.len() - LISTED) } }
        }
    }
}

#[derive(Deserialize)]
struct FieldAccuracy {
    field: String,
    n: usize,
    precision: f64,
    recall: f64,
    others: Option<OtherDocuments>,
}

#[derive(Deserialize)]
struct OtherDocuments {
    f1: f64,
    n: usize,
}

/// Names of the fields of `data/accuracy.json`.
const FIELDS: [[&str; 3]; 17] = [
    ["measures", "measures", "措施"],
    ["headings", "headings of measures", "措施标题"],
    ["sections", "chapters", "章"],
    ["title", "title", "标题"],
    ["number", "number", "发文字号"],
    ["genre", "genre", "文种"],
    ["issuers", "issuers", "发文机关"],
    ["region", "region", "地区"],
    ["dates", "dates", "日期"],
    ["implements", "policies implemented", "贯彻的上位政策"],
    ["responsible", "responsible agencies with role", "责任单位与分工"],
    ["deadlines", "deadlines", "完成时限"],
    ["targets", "targets", "量化目标"],
    ["cites", "citations", "引用"],
    ["products", "products", "产品"],
    ["platforms", "platforms", "平台"],
    ["agencies", "other agencies", "其他机关"],
];

/// Returns precision and recall of each field.
fn accuracy() -> Markup {
    let fields: Vec<FieldAccuracy> = serde_json::from_str(ACCURACY).expect("the file is tested");
    let columns = [
        Column::text("Field", "信息"),
        Column::number("Items", "条数"),
        Column::number("Precision", "准确率"),
        Column::number("Recall", "召回率"),
        Column::number("F1, other documents", "F1（其他文件）"),
        Column::number("Items", "条数"),
    ];
    let rows: Vec<Markup> = fields
        .iter()
        .map(|of| {
            let names =
                FIELDS.iter().find(|names| names[0] == of.field).expect("every field has a name");
            html! { tr {
                th scope="row" { (label(names[1], names[2])) }
                td.n { (of.n) }
                td.n { (format!("{:.2}", of.precision)) }
                td.n { (format!("{:.2}", of.recall)) }
                @match &of.others {
                    Some(others) => { td.n { (format!("{:.2}", others.f1)) } td.n { (others.n) } }
                    None => { td.n data-v="-1" { "–" } td.n data-v="-1" { "–" } }
                }
            } }
        })
        .collect();
    html! {
        h3 { (label("How right the reading is", "识别的可靠程度")) }
        p.lead {
            (label(
                "Measured on six documents that two people annotated, on which the rules were written, and on six others. Precision: share of what was read that is right. Recall: share of what is printed that was read. Expect less on documents of another kind.",
                "依据两人独立标注的六份文件（规则据此编写）和另外六份文件测得。准确率：读出的内容中正确的比例；召回率：文中内容被读出的比例。其他类型的文件可能低于此数。",
            ))
        }
        (table("accuracy", ["Six annotated documents; F1 on six others", "六份标注文件；另六份文件的F1"], &columns, &rows))
    }
}
