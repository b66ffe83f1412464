//! The cards of policies, products, regions and platforms: what refers to them.

use crate::graph::Node;
use crate::report::kit::{Report, shown};
use maud::{Markup, html};

/// Returns the card of a node.
pub(in crate::report) fn view(report: Report<'_>, node: Node) -> Markup {
    let id = report.id(node);
    html! {
        section.view.card id=(id) aria-labelledby={ (id) "." } {
            h3 id={ (id) "." } lang="zh-Hans" { (shown(&report.graph.label(node))) }
        }
    }
}
