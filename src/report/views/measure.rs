//! The card of a measure: duties, deadlines, targets, citations, articles above it, similar measures.

use crate::graph::{Evidence, MeasureRef};
use crate::report::kit::{self, Report, bars, label, role, shown, term};
use crate::similar::{Match, SearchOptions};
use maud::{Markup, html};

/// Number of similar measures, and of the reasons of each.
const SIMILAR: usize = 4;
const REASONS: usize = 4;

/// Returns the card.
pub(in crate::report) fn view(report: Report<'_>, measure: MeasureRef<'_>) -> Markup {
    let id = report.id(measure.id());
    let document = measure.document();
    let words = report.span_href(document.id(), measure.record().span);
    html! {
        section.view.card id=(id) aria-labelledby={ (id) "." } {
            p.crumb lang="zh-Hans" {
                (report.link(document.id()))
                @if let Some(section) = measure.section() { " › " (report.link(section.id())) }
                " › " code { (shown(&measure.key().to_string())) }
            }
            h2 id={ (id) "." } { (report.heading(measure.id())) }
            p { a href=(words) { (label("Read it in the document", "在原文中阅读")) } }
            div.lines data-text=(id) lang="zh-Hans" {}
            dl { (facts(report, measure)) (parents(report, measure)) }
            (similar(report, measure))
        }
    }
}

/// Returns the facts of the measure, those of each kind under its name.
fn facts(report: Report<'_>, measure: MeasureRef<'_>) -> Markup {
    let duties = measure.responsible().len() + measure.classes().len();
    html! {
        @if duties > 0 {
            dt { (label("Responsible", "责任单位")) }
            dd { ul {
                @for (agency, of, evidence) in measure.responsible() {
                    li { (role(of)) " " (report.link(agency.id())) " " (words(report, evidence, agency.name())) }
                }
                @for (class, of, evidence) in measure.classes() {
                    li { (role(of)) " " span lang="zh-Hans" { (shown(class)) } " " (words(report, evidence, class)) }
                }
            } }
        }
        @if measure.deadlines().len() > 0 {
            dt { (label("Deadlines", "完成时限")) }
            dd { ul {
                @for deadline in measure.deadlines() {
                    li {
                        (kit::deadline(deadline.record())) " " (report.evidence(deadline.evidence()))
                        @if let Some(task) = deadline.task() { " — " span lang="zh-Hans" { (shown(task)) } }
                        @for agency in deadline.agencies() { " " (report.link(agency.id())) }
                    }
                }
            } }
        }
        @if measure.targets().len() > 0 {
            dt { (label("Targets", "量化目标")) }
            dd { ul {
                @for target in measure.targets() {
                    li {
                        (kit::target(target.record())) " " (report.evidence(target.evidence()))
                        @if let Some(bars) = bars(target.record()) { div { (bars) } }
                    }
                }
            } }
        }
        @if measure.products().len() > 0 {
            dt { (label("Products", "产品")) }
            dd lang="zh-Hans" { @for (n, product) in measure.products().enumerate() { @if n > 0 { "、" } (report.link(product.to().id())) } }
        }
        @if measure.cites().len() > 0 {
            dt { (label("Cites", "引用")) }
            dd { ul { @for policy in measure.cites() {
                li { (report.link(policy.to().id())) @if let Some(evidence) = policy.proof().evidence() { " " (words(report, evidence, policy.title())) } }
            } } }
        }
        @if measure.platforms().len() > 0 {
            dt { (label("Platforms", "平台")) }
            dd lang="zh-Hans" { @for (n, platform) in measure.platforms().enumerate() { @if n > 0 { "、" } (report.link(platform.to().id())) } }
        }
        @if measure.agencies().len() > 0 {
            dt { (label("Other agencies", "其他机关")) }
            dd lang="zh-Hans" { @for (n, agency) in measure.agencies().enumerate() { @if n > 0 { "、" } (report.link(agency.to().id())) } }
        }
    }
}

/// Returns the words of an evidence if they differ from a name that is shown beside them.
fn words(report: Report<'_>, evidence: Evidence, name: &str) -> Markup {
    match report.graph.quote(evidence) == name {
        true => {
            html! { a href=(report.evidence_href(evidence)) { (label("in the text", "原文")) } }
        }
        false => report.evidence(evidence),
    }
}

/// Returns the policies that the document implements, each with the articles to which the measure
/// corresponds.
fn parents(report: Report<'_>, measure: MeasureRef<'_>) -> Markup {
    let parents: Vec<_> = measure.parents().collect();
    html! {
        @if !parents.is_empty() {
            dt { (label("Carries out", "上位条文")) }
            dd { ul {
                @for (policy, article) in &parents {
                    li {
                        (report.link(policy.to().id()))
                        @match article {
                            Some(article) => {
                                " › " (report.link(article.to().id()))
                                @if let crate::graph::Proof::Derived { score, method } = article.proof() {
                                    " " small { (term(method.name(), method.chinese())) " " (format!("{score:.2}")) }
                                }
                            }
                            None => { " " small { (label("no article with this content was found", "未找到内容对应的条文")) } }
                        }
                    }
                }
            } }
        }
    }
}

/// Returns the measures of other documents that are most similar, with the reasons.
fn similar(report: Report<'_>, measure: MeasureRef<'_>) -> Markup {
    let options = SearchOptions::default().limit(SIMILAR).exclude_own_document(true);
    let found = report.index.similar_to(measure.id(), &options);
    html! {
        @if !found.is_empty() {
            h3 { (label("Similar measures of other documents", "其他文件中的相似措施")) }
            ul.plain { @for of in &found { li { (match_(report, measure, of)) } } }
        }
    }
}

fn match_(report: Report<'_>, measure: MeasureRef<'_>, found: &Match<'_>) -> Markup {
    let other = report.graph.at(found.measure);
    let words =
        html! { code { (shown(&other.key().to_string())) } " " (report.heading(other.id())) };
    html! {
        span.score { (format!("{:.2}", found.score)) }
        (report.pair(measure.id(), other.id(), words)) " "
        small lang="zh-Hans" {
            @for reason in found.explanation.contributions.iter().take(REASONS) {
                mark { (shown(reason.term.text())) } " " (format!("{:.2}", reason.weight)) " "
            }
        }
    }
}
