//! Targets and deadlines, in words and as bars.

use super::chip::chip;
use super::label::{label, shown, term};
use super::picture::picture;
use crate::model::{Comparator, Deadline, Target};
use maud::{Markup, html};

/// Returns the values of a target: 检验时限 减少 90 → 60 工作日.
pub(in crate::report) fn target(target: &Target) -> Markup {
    let more = [target.frequency.as_deref(), target.deadline.as_deref()];
    html! {
        span lang="zh-Hans" { (shown(&target.quantity)) } " "
        (chip("cmp", target.comparator.name(), target.comparator.chinese()))
        " " b { (values(target)) }
        @for words in more.iter().flatten() { " " span lang="zh-Hans" { (shown(words)) } }
        @if target.condition { " " (label("(condition)", "(条件)")) }
    }
}

/// Returns the values of a target with their unit: `90 → 60 工作日`.
pub(in crate::report) fn values(target: &Target) -> String {
    let joined = match target.comparator {
        Comparator::Reduce | Comparator::Increase => " → ",
        Comparator::AtLeast | Comparator::AtMost | Comparator::Equal => "–",
    };
    let values = target.from.iter().chain(&target.to).map(|value| value.to_string());
    let unit = if target.unit == "%" { String::new() } else { " ".to_owned() };
    format!("{}{unit}{}", values.collect::<Vec<_>>().join(joined), shown(&target.unit))
}

/// Returns a target as two bars from 0, or one: its initial and its final value in its unit. `None` if it
/// has no value. A bound has an arrow to the side that it allows.
pub(in crate::report) fn bars(target: &Target) -> Option<Markup> {
    /// Widths in pixels: of the picture, of the longest bar.
    const WIDTH: u32 = 320;
    const LONGEST: f64 = 200.0;
    let greatest = target.from.iter().chain(&target.to).copied().fold(0.0, f64::max);
    if greatest <= 0.0 || !greatest.is_finite() {
        return None;
    }
    // A percentage is a part of 100.
    let whole = if target.unit == "%" && greatest <= 100.0 { 100.0 } else { greatest };
    let bars: Vec<(f64, &str)> = target
        .from
        .map(|value| (value, "soft"))
        .into_iter()
        .chain(target.to.map(|value| (value, "accent")))
        .collect();
    let arrow = match target.comparator {
        Comparator::AtLeast => "≥ ",
        Comparator::AtMost => "≤ ",
        Comparator::Reduce | Comparator::Increase | Comparator::Equal => "",
    };
    let height = if bars.len() > 1 { 40 } else { 20 };
    let body = html! {
        @for (n, (value, class)) in bars.iter().enumerate() {
            @let width = format!("{:.1}", (value / whole * LONGEST).max(1.0));
            @let y = 3 + 20 * n;
            rect.grid x="0" y=(y) width=(LONGEST) height="14" {}
            rect class=(class) x="0" y=(y) width=(width) height="14" {}
            text x="206" y=(y + 11) { (arrow) (value) (if target.unit == "%" { "" } else { " " }) (shown(&target.unit)) }
        }
    };
    let title = format!("{} {}", shown(&target.quantity), values(target));
    Some(picture([WIDTH, height], &title, "目标", body))
}

/// Returns the last day of a deadline, or its period and the day from which it is counted.
pub(in crate::report) fn deadline(deadline: &Deadline) -> Markup {
    html! {
        @match (&deadline.by, &deadline.term) {
            (Some(by), _) => { (label("by", "截至")) " " time datetime=(by) { (by) } }
            (None, Some(of)) => {
                b { @if let Some(from) = of.from { (from) "–" } (of.value) " " (shown(&of.unit)) }
                " " (label("from", "自")) " " (term(deadline.anchor.name(), deadline.anchor.chinese()))
            }
            (None, None) => { (label("day unknown", "日期不明")) }
        }
        @if deadline.recurring { " " (label("recurring", "每期")) }
    }
}
