//! The figures and the deadline in the cells of a table's row.

use super::figure::next_figure;
use crate::model::{Comparator, Target};
use crate::outline::Row;
use crate::read::scanned_text::ScannedText;
use std::ops::Range;

/// Completes the targets of a row: figures alone in a cell of goals, with the title as their
/// quantity; and the deadline in a cell of its own, for the targets without one.
pub(in crate::read::provision) fn read_row(
    text: &ScannedText,
    row: &Row,
    title: Option<&Range<usize>>,
    targets: &mut Vec<Target>,
) {
    let quantity = title.map_or("", |title| text.slice(title.clone()));
    let goals: Vec<Target> =
        row.goals.iter().filter_map(|cell| goal(text, cell, quantity)).collect();
    targets.extend(
        goals
            .into_iter()
            .filter(|goal| {
                !targets
                    .iter()
                    .any(|t| t.span.start < goal.span.end && goal.span.start < t.span.end)
            })
            .collect::<Vec<_>>(),
    );
    targets.sort_by_key(|target| target.span);
    let deadline = row.deadline.as_ref().map(|cell| text.slice(cell.clone()).replace('\n', ""));
    let is_day = |words: &String| {
        words.contains(['年', '月', '日']) && words.contains(|c: char| c.is_ascii_digit())
    };
    if let Some(deadline) = deadline.filter(is_day) {
        for target in targets.iter_mut().filter(|target| target.deadline.is_none()) {
            target.deadline = Some(deadline.clone());
        }
    }
}

/// Returns the target of a cell that is one figure: 5万亩, ≥95%, 90%以上.
fn goal(text: &ScannedText, cell: &Range<usize>, quantity: &str) -> Option<Target> {
    let figure = next_figure(text, cell.start, cell.end)?;
    let range = &figure.range;
    let (before, after) = (text.slice(cell.start..range.start), text.slice(range.end..cell.end));
    let q = &text.lexicon.quantities;
    let (above, below) = (q.above.contains(after), q.below.contains(after));
    let comparator = match before {
        "≥" | ">" | "≧" => Comparator::AtLeast,
        "≤" | "<" | "≦" => Comparator::AtMost,
        "" | "约" | "达" if above => Comparator::AtLeast,
        "" | "约" | "达" if below => Comparator::AtMost,
        "" | "约" | "达" => Comparator::Equal,
        _ => return None,
    };
    if !(above || below || matches!(after, "" | "左右" | "。")) {
        return None;
    }
    let (from, to) = figure.values();
    Some(Target {
        quantity: quantity.to_owned(),
        comparator,
        from,
        to,
        unit: figure.unit.name(),
        deadline: None,
        frequency: None,
        condition: false,
        span: text.span(cell.clone()),
    })
}
