//! The figures of two documents for the same thing.

use crate::graph::{TargetId, TargetRef};
use crate::report::kit::{Report, label, shown, target};
use crate::similar::{Aligned, Alignment};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Pairs of targets for the same thing, in measures that correspond; in the order of the left.
pub(super) struct Figures<'g> {
    pub(super) differ: Vec<[TargetRef<'g>; 2]>,
    pub(super) agree: Vec<[TargetRef<'g>; 2]>,
}

/// Returns the figures of two documents. Each target is compared once, in the best pair of measures.
pub(super) fn figures<'g>(report: Report<'g>, alignment: &Alignment) -> Figures<'g> {
    let graph = report.graph;
    let has_targets = |pair: &&Aligned| {
        [pair.left, pair.right].iter().all(|&measure| graph.at(measure).targets().len() > 0)
    };
    let mut pairs: Vec<&Aligned> = alignment.pairs.iter().filter(has_targets).collect();
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut compared: BTreeSet<TargetId> = BTreeSet::new();
    let (mut differ, mut agree) = (Vec::new(), Vec::new());
    for pair in pairs {
        for targets in report.index.explain(pair.left, pair.right).targets {
            let both = [targets.query, targets.matched];
            if both.iter().any(|target| compared.contains(target)) {
                continue;
            }
            compared.extend(both);
            if targets.agree { &mut agree } else { &mut differ }.push(both);
        }
    }
    let sorted = |mut pairs: Vec<[TargetId; 2]>| {
        pairs.sort_unstable();
        pairs.into_iter().map(|pair| pair.map(|target| graph.at(target))).collect()
    };
    Figures { differ: sorted(differ), agree: sorted(agree) }
}

/// Returns the figures as a table, those that differ first.
pub(super) fn view(report: Report<'_>, keys: [&str; 2], figures: &Figures<'_>) -> Markup {
    let differ = figures.differ.iter().map(|pair| ("differs", "≠", pair));
    let agree = figures.agree.iter().map(|pair| ("agrees", "=", pair));
    let rows: Vec<_> = differ.chain(agree).collect();
    let (differ, agree) = (figures.differ.len(), figures.agree.len());
    html! {
        @if !rows.is_empty() {
            div.scroll {
                table.figures {
                    caption { (label(&format!("Figures for the same thing: {differ} differ, {agree} agree"), &format!("同一事项的数字：{differ}处不同，{agree}处相同"))) }
                    thead { tr {
                        th scope="col" { (shown(keys[0])) }
                        th scope="col" { (label("Compared", "比较")) }
                        th scope="col" { (shown(keys[1])) }
                    } }
                    tbody {
                        @for (class, sign, [left, right]) in rows {
                            tr class=(class) {
                                td { (figure(report, *left)) }
                                td.d { b { (sign) } " " @if sign == "≠" { (label("differ", "不同")) } @else { (label("agree", "相同")) } }
                                td { (figure(report, *right)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn figure(report: Report<'_>, of: TargetRef<'_>) -> Markup {
    html! { a href=(report.href(of.node())) { (target(of.record())) } }
}
