//! The pages around the views: head, Content-Security-Policy, header, links to the views.

use super::kit::{Derived, Report, label, shown};
use super::page::{NODES, Page, SCRIPT_FILE, STYLE_FILE};
use super::{Language, Options, views};
use crate::graph::{DocId, Graph, Node, NodeKind};
use crate::parallel;
use crate::sha256::sha256;
use crate::similar::Index;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::io::{self, Write};
use std::ops::Range;

const STYLE: &str = concat!(include_str!("page.css"), include_str!("charts.css"));
const SCRIPT: &str = include_str!("page.js");

/// The kinds of nodes that have a card of their own, beside documents and measures.
const NAMED: [NodeKind; 5] =
    [NodeKind::Agency, NodeKind::Policy, NodeKind::Product, NodeKind::Region, NodeKind::Platform];

/// A view of the whole graph: its address, its name, the function that returns it.
type View = (&'static str, [&'static str; 2], fn(Report<'_>) -> Markup);

const VIEWS: [View; 10] = [
    ("cover", ["Cover", "概览"], views::cover::view),
    ("documents", ["Documents", "文件"], views::documents::view),
    ("coverage", ["Coverage", "覆盖"], views::coverage::view),
    ("compare", ["Side by side", "对照"], views::compare::view),
    ("reuse", ["Reuse", "雷同"], views::reuse::view),
    ("who", ["Who", "职责"], views::who::view),
    ("when", ["When", "时间"], views::when::view),
    ("flow", ["Flow", "流向"], views::flow::view),
    ("around", ["Around", "关联"], views::around::view),
    ("changes", ["Changes", "变化"], views::changes::view),
];

/// Writes the page with all views and all nodes.
pub(super) fn write_single(
    index: &Index<&Graph>,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    /// Number of documents that are in memory before they are written.
    const DOCUMENTS: usize = 64;
    let derived = Derived::new(index);
    let report = Report::new(index, &derived, options, Page::Whole);
    put(out, opening(report))?;
    for view in parallel::map(&VIEWS, |(_, _, view)| view(report)) {
        put(out, view)?;
    }
    let documents: Vec<DocId> = report.graph.documents().collect();
    for documents in documents.chunks(DOCUMENTS) {
        for sections in parallel::map(documents, |&id| document(report, id)) {
            sections.into_iter().try_for_each(|section| put(out, section))?;
        }
    }
    for kind in NAMED {
        write_nodes(report, kind, 0..report.graph.node_count_of(kind), out)?;
    }
    put(out, closing(report))
}

/// Returns the files that the pages of a folder share.
pub(super) fn shared_files() -> [(&'static str, String); 2] {
    [(STYLE_FILE, trimmed(STYLE)), (SCRIPT_FILE, trimmed(SCRIPT))]
}

/// Returns the pages of a folder, the first one last.
pub(super) fn pages(graph: &Graph) -> impl Iterator<Item = Page> {
    let documents = graph.documents().map(Page::Document);
    let nodes = NAMED.into_iter().flat_map(|kind| {
        let pages = graph.node_count_of(kind).div_ceil(NODES);
        (0..pages).map(move |n| Page::Nodes(kind, n))
    });
    documents.chain(nodes).chain(VIEWS.into_iter().rev().map(|(id, ..)| Page::View(id)))
}

/// Writes the page of a folder on which the report is.
pub(super) fn write_page(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    put(out, opening(report))?;
    match report.page {
        Page::Whole => {}
        Page::View(id) => {
            for (_, _, view) in VIEWS.into_iter().filter(|(view, ..)| *view == id) {
                put(out, view(report))?;
            }
        }
        Page::Document(id) => {
            document(report, id).into_iter().try_for_each(|section| put(out, section))?;
        }
        Page::Nodes(kind, n) => {
            let end = report.graph.node_count_of(kind).min((n + 1) * NODES);
            write_nodes(report, kind, n * NODES..end, out)?;
        }
    }
    put(out, closing(report))
}

fn put(out: &mut dyn Write, markup: Markup) -> io::Result<()> {
    out.write_all(markup.into_string().as_bytes())
}

/// Returns the sections of a document and its measures.
fn document(report: Report<'_>, document: DocId) -> Vec<Markup> {
    let document = report.graph.at(document);
    let measures = document.measures().map(|measure| views::measure::view(report, measure));
    std::iter::once(views::reader::view(report, document)).chain(measures).collect()
}

fn write_nodes(
    report: Report<'_>,
    kind: NodeKind,
    mut nodes: Range<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    nodes.try_for_each(|index| put(out, views::names::view(report, Node::from_index(kind, index))))
}

/// Returns a style sheet or script without comments on lines of their own and without indents.
fn trimmed(code: &str) -> String {
    let lines = code.lines().map(str::trim_start);
    let kept = lines.filter(|line| {
        let is_comment = line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
        !line.is_empty() && !is_comment
    });
    kept.fold(String::with_capacity(code.len()), |code, line| code + line + "\n")
}

/// Returns the page up to the first view, with open elements.
fn opening(report: Report<'_>) -> Markup {
    let language = report.options.language;
    let tag = match language {
        Language::Chinese => "zh-Hans",
        Language::English => "en",
    };
    let title = report.options.title.as_deref().unwrap_or(match language {
        Language::Chinese => "政策文件图谱",
        Language::English => "Policy documents",
    });
    let head = html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy(report.page));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="generator" content={ "policygraph " (env!("CARGO_PKG_VERSION")) };
            title { (shown(title)) }
            @if report.page == Page::Whole {
                style { (PreEscaped(trimmed(STYLE))) }
            } @else {
                link rel="stylesheet" href=(STYLE_FILE);
            }
        }
    };
    let header = html! {
        a.skip href="#main" { (label("Skip to content", "跳到正文")) }
        header {
            h1 { a.brand href=(report.view_href("cover")) { (shown(title)) } }
            nav aria-label="视图 · Views" {
                @for (id, [english, chinese], _) in VIEWS {
                    a href=(report.view_href(id)) { (label(english, chinese)) }
                }
            }
            div.switches {
                button #language type="button" hidden { "中 / EN" }
                button #theme type="button" hidden aria-label="明暗 · Light or dark" { "◐" }
            }
        }
    };
    PreEscaped(format!(
        "{}<html lang=\"{tag}\" data-lang=\"{}\">{}<body>{}<main id=\"main\">",
        DOCTYPE.into_string(),
        language.name(),
        head.into_string(),
        header.into_string(),
    ))
}

/// Returns the Content-Security-Policy of a page: its style and script, and nothing else.
fn policy(page: Page) -> String {
    let [style, script] = match page {
        Page::Whole => {
            let source = |code| format!("'sha256-{}'", base64(&sha256(trimmed(code).as_bytes())));
            [source(STYLE), source(SCRIPT)]
        }
        // Not every browser takes a file for `'self'`.
        _ => ["'self' file:", "'self' file:"].map(str::to_owned),
    };
    format!(
        "default-src 'none'; style-src {style}; script-src {script}; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// Returns the end of the page.
fn closing(report: Report<'_>) -> Markup {
    let script = html! {
        @if report.page == Page::Whole {
            script { (PreEscaped(trimmed(SCRIPT))) }
        } @else {
            script src=(SCRIPT_FILE) {}
        }
    };
    PreEscaped(format!("</main>{}</body></html>\n", script.into_string()))
}

/// Returns `bytes` in base64 (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let at = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            let index = bits >> (18 - 6 * digit) & 63;
            let is_padding = digit > three.len();
            text.push(if is_padding { '=' } else { char::from(DIGITS[index as usize]) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_the_values_of_the_standard() {
        let text = |bytes: &str| base64(bytes.as_bytes());
        assert_eq!(
            ["", "f", "fo", "foo", "foob"].map(text),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]
        );
    }
}
