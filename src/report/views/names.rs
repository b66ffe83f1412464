//! The cards of agencies, policies, products, regions and platforms: what refers to them.

use crate::graph::{Direction, EdgeKind, Node};
use crate::report::kit::{Report, label, role, shown, term};
use crate::walk::Step;
use maud::{Markup, html};

/// Number of nodes that are listed of one kind of edge. Articles are all listed: links lead to them.
const LISTED: usize = 40;

/// Returns the card of a node: its neighbours, by kind of edge and direction.
pub(in crate::report) fn view(report: Report<'_>, node: Node) -> Markup {
    let id = report.id(node);
    let mut steps: Vec<Step> = report.graph.steps(node).collect();
    let name = report.graph.label(node);
    let group = |step: &Step| (step.kind, step.direction as usize);
    // Duties are a table with roles and deadlines.
    steps.retain(|step| !matches!((node, step.kind), (Node::Agency(_), EdgeKind::Responsible)));
    steps.sort_by_key(|step| (group(step), step.edge));
    html! {
        section.view.card id=(id) {
            p.crumb { (term(node.kind().name(), node.kind().chinese())) }
            h2 lang="zh-Hans" { (shown(&name)) }
            @if let Node::Policy(policy) = node {
                @let policy = report.graph.at(policy);
                p.summary {
                    @if let Some(number) = policy.number() { (shown(number)) " · " }
                    @for issuer in policy.issuers() { (shown(issuer)) " · " }
                    @if let Some(issued) = policy.issued() { time { (issued) } }
                }
            }
            @if let Node::Agency(agency) = node { (super::who::of_agency(report, agency)) }
            dl {
                @for steps in steps.chunk_by(|one, next| group(one) == group(next)) {
                    dt { (phrase(steps[0].kind, steps[0].direction)) " " small { (steps.len()) } }
                    @let is_articles = matches!((node, steps[0].kind), (Node::Policy(_), EdgeKind::Consists));
                    @let listed = if is_articles { steps.len() } else { steps.len().min(LISTED) };
                    dd { ul {
                        @for step in &steps[..listed] { (row(report, &name, step)) }
                        @if steps.len() > listed { li { "… +" (steps.len() - listed) } }
                    } }
                }
            }
        }
    }
}

/// Returns a neighbour, linked to the words that state the edge. An article of the policy has its address here.
///
/// * `name`: the label of the node, which words need not repeat.
fn row(report: Report<'_>, name: &str, step: &Step) -> Markup {
    let evidence = step.proof.evidence();
    let href = |node: Node| match evidence {
        Some(evidence) if step.direction == Direction::Incoming => report.evidence_href(evidence),
        _ => report.href(node),
    };
    let quoted =
        evidence.map(|evidence| report.graph.quote(evidence)).filter(|words| *words != name);
    let quote =
        html! { @if let Some(words) = quoted { " “" span lang="zh-Hans" { (shown(words)) } "”" } };
    html! {
        @match step.node {
            Node::Article(article) if step.kind == EdgeKind::Consists => {
                @let of = report.graph.at(article);
                li id=(report.id(article)) lang="zh-Hans" { (of.ordinal()) ". " (shown(of.heading())) @for term in of.key_terms() { " " small { (shown(term)) } } }
            }
            Node::Measure(measure) => {
                li {
                    @if let Some(of) = report.graph.role(step.edge) { (role(of)) " " }
                    a href=(href(measure.into())) { code { (shown(&report.graph.label(measure))) } " " (report.heading(measure)) }
                    (quote)
                }
            }
            node => {
                li lang="zh-Hans" {
                    a href=(href(node)) { (shown(&report.graph.label(node))) }
                    (quote)
                }
            }
        }
    }
}

/// Returns the words for an edge as it is read from the node.
fn phrase(kind: EdgeKind, direction: Direction) -> Markup {
    let chinese = match (kind, direction) {
        (EdgeKind::Implements, Direction::Incoming) => "贯彻落实的文件",
        (EdgeKind::Repeals, Direction::Incoming) => "废止它的文件",
        (EdgeKind::Cites, Direction::Incoming) => "引用它的条款",
        (EdgeKind::Covers, Direction::Incoming) => "涉及它的条款",
        (EdgeKind::Uses, Direction::Incoming) => "使用它的条款",
        (EdgeKind::Broader, Direction::Incoming) => "下位类",
        (EdgeKind::Within, Direction::Incoming) => "下辖地区",
        (EdgeKind::BelongsTo, Direction::Incoming) => "所属机关",
        (EdgeKind::SpeaksFor | EdgeKind::IssuedBy, Direction::Incoming) => "发文",
        (EdgeKind::AddressedTo, Direction::Incoming) => "收文",
        (EdgeKind::Responsible, Direction::Incoming) => "职责",
        (EdgeKind::Mentions, Direction::Incoming) => "提及它的条款",
        (EdgeKind::Superior, Direction::Incoming) => "下级机关",
        (EdgeKind::National, Direction::Incoming) => "地方对口机关",
        _ => kind.chinese(),
    };
    label(kind.phrase(direction), chinese)
}
