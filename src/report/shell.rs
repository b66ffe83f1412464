//! The page around the views: head, policy of contents, header, table of contents.

use super::kit::{Report, label, shown};
use super::{Language, Options, views};
use crate::graph::{Graph, Node, NodeKind};
use crate::sha256::sha256;
use crate::similar::Index;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The kinds of nodes that have a card of their own, beside documents and measures.
const NAMED: [NodeKind; 4] =
    [NodeKind::Policy, NodeKind::Product, NodeKind::Region, NodeKind::Platform];

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
    let report = Report::new(index, options);
    let mut put = |markup: Markup| out.write_all(markup.into_string().as_bytes());
    put(opening(report))?;
    for (_, _, view) in VIEWS {
        put(view(report))?;
    }
    for document in report.graph.documents().map(|id| report.graph.at(id)) {
        put(views::reader::view(report, document))?;
        for measure in document.measures() {
            put(views::measure::view(report, measure))?;
        }
    }
    for kind in NAMED {
        for index in 0..report.graph.node_count_of(kind) {
            put(views::names::view(report, Node::from_index(kind, index)))?;
        }
    }
    put(closing())
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
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
        base64(&sha256(STYLE.as_bytes())),
        base64(&sha256(SCRIPT.as_bytes())),
    );
    let head = html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="generator" content={ "policygraph " (env!("CARGO_PKG_VERSION")) };
            title { (shown(title)) }
            style { (PreEscaped(STYLE)) }
        }
    };
    let header = html! {
        a.skip href="#main" { (label("Skip to content", "跳到正文")) }
        header {
            a.brand href="#cover" { (shown(title)) }
            nav aria-label="视图 · Views" {
                @for (id, [english, chinese], _) in VIEWS {
                    a href={ "#" (id) } { (label(english, chinese)) }
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

/// Returns the end of the page.
fn closing() -> Markup {
    PreEscaped(format!("</main><script>{SCRIPT}</script></body></html>\n"))
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
