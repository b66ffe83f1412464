//! The card of a measure: its text and its facts, which the script copies from the reader so that they are
//! on the page once, the articles above it, similar measures.

use crate::graph::{MeasureRef, Proof};
use crate::report::kit::{Report, label, shown, term};
use crate::similar::Match;
use indexmap::IndexSet;
use maud::{Markup, html};

/// Number of similar measures, and of the reasons of each.
const SIMILAR: usize = 3;
const REASONS: usize = 3;

/// Least score of a similar measure. Of the pairs of measures of unrelated seed documents, 2 % reach 0.13.
const SCORE: f32 = 0.1;

/// Returns the card.
pub(in crate::report) fn view(report: Report<'_>, measure: MeasureRef<'_>) -> Markup {
    let id = report.id(measure.id());
    let document = measure.document();
    let words = report.span_href(document.id(), measure.record().span);
    html! {
        section.view.card id=(id) {
            p.crumb lang="zh" {
                @if let Some(section) = measure.section() { (shown(section.title())) " › " }
                a href=(words) { code { (shown(&measure.key().to_string())) } }
            }
            h2 { (report.heading(measure.id())) }
            div data-text=(id) {}
            (parents(report, measure))
            (similar(report, measure))
        }
    }
}

/// Returns the policies that the document implements, each with the articles to which the measure
/// corresponds.
fn parents(report: Report<'_>, measure: MeasureRef<'_>) -> Markup {
    let parents: Vec<_> = measure.parents().collect();
    html! {
        @if !parents.is_empty() {
            h3 { (label("Carries out", "上位条文")) }
            ul.plain {
                @for (policy, article) in &parents {
                    li {
                        (report.link_as(policy.to().id(), shown(policy.number().unwrap_or(policy.title()))))
                        @match article {
                            Some(article) => {
                                " › " (report.link(article.to().id()))
                                @if let Proof::Derived { score, method } = article.proof() {
                                    " " small { (term(method.name(), method.chinese())) " " (format!("{score:.2}")) }
                                }
                            }
                            None => { " " small { (label("no article with this content was found", "未找到内容对应的条文")) } }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the measures of other documents that are most similar, with the reasons.
fn similar(report: Report<'_>, measure: MeasureRef<'_>) -> Markup {
    let found = report.derived.similar(measure.id(), SCORE);
    let best = &found[..found.len().min(SIMILAR)];
    let found = report.index.explain_each(measure.id(), best);
    html! {
        @if !found.is_empty() {
            h3 { (label("Similar elsewhere", "他处相似措施")) }
            ul.plain { @for of in &found { li { (match_(report, measure, of)) } } }
        }
    }
}

fn match_(report: Report<'_>, measure: MeasureRef<'_>, found: &Match<'_>) -> Markup {
    let other = report.graph.at(found.measure);
    let terms = found.explanation.contributions.iter().map(|of| of.term.text());
    let reasons: Vec<&str> = terms.collect::<IndexSet<_>>().into_iter().take(REASONS).collect();
    let words =
        html! { code { (shown(&other.key().to_string())) } " " (report.heading(other.id())) };
    html! {
        small { (format!("{:.2}", found.score)) }
        " " (report.pair(measure.id(), other.id(), words)) " "
        small lang="zh" { @for words in &reasons { mark { (shown(words)) } " " } }
    }
}
