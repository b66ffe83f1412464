//! The text of a document, with every fact underlined, and the facts beside it.

use crate::graph::DocumentRef;
use crate::report::kit::{Report, shown};
use maud::{Markup, html};

/// Returns the section of a document.
pub(in crate::report) fn view(report: Report<'_>, document: DocumentRef<'_>) -> Markup {
    let id = report.id(document.id());
    html! {
        section.view id=(id) aria-labelledby={ (id) "." } {
            h2 id={ (id) "." } lang="zh-Hans" { (shown(document.title().unwrap_or(document.key()))) }
        }
    }
}
