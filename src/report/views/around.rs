//! Two steps around a node: the busiest policy, agency and measure.

mod rings;

use crate::graph::{Node, NodeKind};
use crate::report::kit::{Report, chart, clipped, label, section, shown, term};
use maud::{Markup, html};
use rings::{Rings, rings};

/// Number of nodes of each kind that have a picture.
const CENTERS: usize = 1;

/// Returns the view.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let kinds = [NodeKind::Policy, NodeKind::Agency, NodeKind::Measure];
    let centers: Vec<Node> = kinds.into_iter().flat_map(|kind| busiest(report, kind)).collect();
    let body = html! {
        p.lead {
            (label(
                "The policy, the agency and the measure with most relations, each with the nodes one and two steps away. The card of any node lists all its relations.",
                "关系最多的政策、机关和措施，以及与其相隔一步和两步的节点。每个节点的卡片列有它的全部关系。",
            ))
        }
        p.legend { @for &kind in NodeKind::ALL { span.glyph { (glyph(kind)) } " " (term(kind.name(), kind.chinese())) " " } }
        @for center in centers { (around(report, center)) }
    };
    section("around", "Around", "关联", body)
}

/// Returns the nodes of a kind with most edges.
fn busiest(report: Report<'_>, kind: NodeKind) -> Vec<Node> {
    let graph = report.graph;
    let nodes = (0..graph.node_count_of(kind)).map(|n| Node::from_index(kind, n));
    let mut counted: Vec<(usize, Node)> = Vec::new();
    for node in nodes {
        counted.push((graph.steps(node).count(), node));
        counted.sort_by_key(|(count, node)| (std::cmp::Reverse(*count), *node));
        counted.truncate(CENTERS);
    }
    counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, node)| node).collect()
}

fn around(report: Report<'_>, center: Node) -> Markup {
    let rings = rings(report.graph, center);
    let name = report.graph.label(center);
    html! {
        h3 lang="zh-Hans" { (report.link(center)) }
        p { (label(&format!("{} of {} nodes one step away, {} of {} two steps away.", rings.shown[0], rings.found[0], rings.shown[1], rings.found[1]),
            &format!("一步之内{}个节点中的{}个，两步之内{}个节点中的{}个。", rings.found[0], rings.shown[0], rings.found[1], rings.shown[1]))) }
        (chart(rings.size, &format!("Two steps around {name}"), &format!("{name}周围两步"), picture(report, &rings)))
    }
}

fn picture(report: Report<'_>, rings: &Rings) -> Markup {
    let line =
        |(from, to): &([u32; 2], [u32; 2])| format!("M{} {}L{} {}", from[0], from[1], to[0], to[1]);
    let lines: String = rings.lines.iter().map(line).collect();
    html! {
            path.stroke stroke-opacity="0.45" d=(lines) {}
            @for place in &rings.places {
                @let kind = place.node.kind();
                text class={ "halo glyph " (class(kind)) } x=(place.at[0]) y=(place.at[1] + 5) text-anchor="middle" {
    @if words(report, place.node, place.columns).ends_with('…') { title { (kind.chinese()) " · " (kind.name()) ": " (clipped(&report.graph.label(place.node), 80)) } }
                    (glyph(kind))
                }
                text.halo x=(place.label[0]) y=(place.label[1]) text-anchor=(place.anchor) { (shown(&words(report, place.node, place.columns))) }
            }
        }
}

/// Returns the label of a node; a measure has its key and heading.
fn words(report: Report<'_>, node: Node, columns: usize) -> String {
    let label = report.graph.label(node);
    let heading = match node {
        Node::Measure(measure) => report.graph.at(measure).title().unwrap_or_default(),
        _ => "",
    };
    clipped(format!("{label} {heading}").trim(), columns)
}

/// Returns the sign of a kind.
fn glyph(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Document => "■",
        NodeKind::Section => "▤",
        NodeKind::Measure => "●",
        NodeKind::Policy => "◆",
        NodeKind::Article => "◇",
        NodeKind::Agency => "▲",
        NodeKind::Region => "▼",
        NodeKind::Product => "○",
        NodeKind::Platform => "□",
        NodeKind::Target => "◎",
        NodeKind::Deadline => "△",
    }
}

fn class(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Agency => "s1",
        NodeKind::Policy | NodeKind::Article => "s2",
        NodeKind::Product | NodeKind::Region => "s3",
        NodeKind::Deadline => "s4",
        NodeKind::Target => "s5",
        NodeKind::Platform => "s6",
        NodeKind::Document | NodeKind::Section | NodeKind::Measure => "ink",
    }
}
