//! Changes from one figure to another: 由90个工作日压缩至60个工作日.

use super::bound::Suffix;
use super::figure::{Figure, next_figure};
use super::phrase::year;
use crate::lexicon::Words;
use crate::model::Comparator;
use crate::read::scanned_text::ScannedText;
use crate::text::first_chars;
use std::mem::discriminant;

/// Returns the second figure of 由90个工作日压缩至60个工作日, and the direction of the change.
///
/// * `started`: 由 or 从 is before the first figure.
pub(super) fn changed_to<'a>(
    text: &ScannedText<'a>,
    first: &Figure,
    end: usize,
    started: bool,
) -> Option<(Comparator, Figure<'a>)> {
    let q = &text.lexicon.quantities;
    let right = text.slice(first.range.end..end);
    // 由3年以上放宽至1年以上
    let suffix = Suffix::of(text.lexicon, right);
    let right = &right[suffix.len()..];
    let start = end - right.len();
    let change = |verbs: &Words| {
        let verb = verbs.start(right)?;
        let rest = &right[verb.len()..];
        // 降至 ends in its preposition.
        let to = q.to.start(rest).or_else(|| q.to.end(verb).map(|_| ""))?;
        Some(start + verb.len() + to.len())
    };
    // 由2024年的58%提高到2027年的65%
    let second = |at| {
        let year = year(text.slice(at..end)).map_or(0, |(year, _)| year.len());
        let at = at + year;
        let of = if text.slice(at..end).starts_with('的') { '的'.len_utf8() } else { 0 };
        figure_at(text, at + of, end)
    };
    let reduced = || change(&q.reduce).map(|at| (Comparator::Reduce, at));
    let increased = || change(&q.increase).map(|at| (Comparator::Increase, at));
    if let Some((comparator, at)) = reduced().or_else(increased) {
        return Some((comparator, second(at)?));
    }
    // 由20家达到35家
    let equal = q.equal.start(right);
    let verb = equal.or_else(|| q.turn.start(right)).filter(|_| started)?;
    let second = second(start + verb.len())?;
    // 由20元以上调整为30元以下 are two bounds, 从500万元调整至100万元的,给予奖励 is a condition.
    let after = text.slice(second.range.end..end);
    let bound = Suffix::of(text.lexicon, after);
    let other = discriminant(&bound) != discriminant(&suffix);
    if equal.is_none() && (other || after[bound.len()..].starts_with('的')) {
        return None;
    }
    let more = second.unit.convert(first.value, &first.unit)? <= second.value;
    Some((if more { Comparator::Increase } else { Comparator::Reduce }, second))
}

/// Returns the figure that starts at `at`. O(1).
pub(super) fn figure_at<'a>(text: &ScannedText<'a>, at: usize, end: usize) -> Option<Figure<'a>> {
    /// Maximum length of a figure in characters.
    const LONGEST: usize = 30;
    let near = at + first_chars(text.slice(at..end), LONGEST).len();
    next_figure(text, at, near).filter(|figure| figure.range.start == at)
}
