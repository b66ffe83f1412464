//! Targets: quantified commitments and limits. A target is a figure with the words
//! that commit to it.

mod figure;
mod phrase;
mod bound;
mod row;

use crate::lexicon::{Meaning, Token, Words};
use crate::model::{Comparator, Target};
use crate::read::interval_set::IntervalSet;
use crate::read::naming::names::NamedInstrument;
use crate::read::scanned_text::ScannedText;
use crate::text::{after_last, since_mark, suffix_start, until_mark};
use bound::{Bound, Surroundings};
use figure::{Figure, next_figure};
use phrase::{deadline, following, frequency, quantity};
pub(super) use row::read_row;
use std::ops::Range;

/// Returns the targets of a range, in text order. Numbers inside the names of
/// instruments are not targets. O(n).
pub(super) fn targets(
    text: &ScannedText,
    range: &Range<usize>,
    instruments: &[NamedInstrument],
) -> Vec<Target> {
    let titled: IntervalSet = instruments.iter().map(|named| named.range.clone()).collect();
    let mut targets: Vec<Target> = Vec::new();
    // A target does not use the words of the one before it, up to `used`.
    let (mut at, mut used) = (range.start, range.start);
    while let Some(figure) = next_figure(text, at, range.end) {
        at = figure.range.end;
        if titled.intersects(&figure.range) {
            continue;
        }
        let shared = targets.last().and_then(|first| second_value(text, first, used, &figure));
        let found = shared
            .map(|target| (target, figure.range.end))
            .or_else(|| target(text, &(used..range.end), &figure));
        let Some((target, end)) = found else { continue };
        at = end;
        if !reports(text, range, &figure) {
            targets.push(target);
            used = at;
        }
    }
    targets
}

/// Returns the target of the second value of a pair, with the quantity of the first:
/// 分别达到50%以上和80%以上. `used` is the end of the first.
fn second_value(
    text: &ScannedText,
    first: &Target,
    used: usize,
    figure: &Figure,
) -> Option<Target> {
    let q = &text.lexicon.quantities;
    let between = text.all().get(used..figure.range.start)?;
    let suffix = |text: &str| q.above.start(text).or(q.below.start(text)).map_or(0, str::len);
    let joined = matches!(&between[suffix(between)..], "、" | "和" | "及" | "与");
    let several = first.span.slice(text.source).contains("分别");
    let end = figure.range.end + suffix(text.after(figure.range.end));
    (joined && several && first.unit == figure.unit_name).then(|| Target {
        from: None,
        to: Some(figure.value),
        span: text.span(figure.range.start..end),
        ..first.clone()
    })
}

/// Returns true if the sentence reports a result: 2023年产值达到300亿元,同比增长15%.
fn reports(text: &ScannedText, range: &Range<usize>, figure: &Figure) -> bool {
    /// Characters of the sentence that are read on each side.
    const NEAR: usize = 60;
    const MARKS: [char; 3] = ['。', ';', '\n'];
    let left = since_mark(text.slice(range.start..figure.range.start), NEAR, &MARKS);
    let right = until_mark(text.slice(figure.range.end..range.end), NEAR, &MARKS);
    let sentence = figure.range.start - left.len()..figure.range.end + right.len();
    let past = |token: &Token| text.meanings(*token).contains(&Meaning::Past);
    let ahead = &text.lexicon.quantities.ahead;
    text.tokens(&sentence).iter().any(past) && !ahead.occur_in(text.slice(sentence.clone()))
}

/// Returns the target of a figure, and the end of its words. `None` if nothing commits
/// to the figure.
fn target(text: &ScannedText, range: &Range<usize>, figure: &Figure) -> Option<(Target, usize)> {
    let clause = clause(text, range, figure.range.start);
    let left = text.slice(clause.start..figure.range.start);
    if let Some((comparator, second)) = changed_to(text, figure, range.end) {
        let start = text.lexicon.cues.targets.change_starts.last(left).map_or(0, |(at, _)| at);
        let bound = Bound { comparator, noun: &left[..start], suffix: 0 };
        let values = (Some(figure.value), Some(second.value));
        return Some((commit(text, &clause, bound, values, &second), second.range.end));
    }
    let lexicon = text.lexicon;
    let right = text.after(figure.range.end);
    let bound =
        Surroundings { lexicon, figure, left, right }.bound(range.end - figure.range.end)?;
    let values = match figure.high {
        Some(high) => (Some(figure.value), Some(high)),
        None => (None, Some(figure.value)),
    };
    let end = figure.range.end + bound.suffix;
    Some((commit(text, &clause, bound, values, figure), end))
}

/// Returns the second figure of 由90个工作日压缩至60个工作日, and the direction of the change.
fn changed_to<'a>(
    text: &ScannedText<'a>,
    first: &Figure,
    end: usize,
) -> Option<(Comparator, Figure<'a>)> {
    let q = &text.lexicon.quantities;
    let right = text.slice(first.range.end..end);
    let change = |verbs: &Words| {
        let verb = verbs.start(right)?;
        let to = q.to.start(&right[verb.len()..])?;
        Some(first.range.end + verb.len() + to.len())
    };
    let reduced = || change(&q.reduce).map(|at| (Comparator::Reduce, at));
    let increased = || change(&q.increase).map(|at| (Comparator::Increase, at));
    let (comparator, at) = reduced().or_else(increased)?;
    let second = next_figure(text, at, end)?;
    (second.range.start == at).then_some((comparator, second))
}

/// Returns the target with these values. `figure` is its last figure.
fn commit(
    text: &ScannedText,
    clause: &Range<usize>,
    bound: Bound,
    (from, to): (Option<f64>, Option<f64>),
    figure: &Figure,
) -> Target {
    let lexicon = text.lexicon;
    let left = text.slice(clause.start..figure.range.start);
    let deadline = deadline(lexicon, left).or_else(|| sentence_deadline(text, clause.start));
    // 每年至少组织1次…风险会商: the quantity follows the figure.
    let quantity_of = match quantity(lexicon, bound.noun, deadline) {
        "" => following(text.after(figure.range.end)),
        quantity => quantity,
    };
    Target {
        quantity: quantity_of.to_owned(),
        comparator: bound.comparator,
        from,
        to,
        unit: figure.unit_name.to_owned(),
        deadline: deadline.map(str::to_owned),
        frequency: frequency(lexicon, left).map(str::to_owned),
        span: text.span(clause.start..figure.range.end + bound.suffix),
    }
}

/// Returns the deadline at the start of the sentence, which holds for all its figures:
/// 到2027年,….
fn sentence_deadline<'a>(text: &ScannedText<'a>, clause: usize) -> Option<&'a str> {
    /// Characters before the clause that are read.
    const NEAR: usize = 100;
    let sentence = since_mark(text.before(clause), NEAR, &['。', ';', '\n']);
    deadline(text.lexicon, sentence.split(',').next()?)
}

/// Returns the clause before a figure: back to the last mark or open bracket.
fn clause(text: &ScannedText, range: &Range<usize>, figure: usize) -> Range<usize> {
    /// Maximum length of a clause in characters; keeps text without marks linear.
    const LONGEST: usize = 150;
    let start = range.start + suffix_start(text.slice(range.start..figure), LONGEST);
    let left = text.slice(start..figure);
    let mark = after_last(left, &['。', ',', ';', '!', '?', '\n', ':']);
    // A bracket that is closed again belongs to the clause.
    let open = after_last(left, &['(']);
    let closed = left[open..].contains(')');
    let start = start + if closed { mark } else { mark.max(open) };
    let words = text.slice(start..figure).trim_start_matches('、').len();
    figure - words..figure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commitments_are_targets_and_reports_are_not() {
        use Comparator::*;
        type Read = (Comparator, Option<f64>, f64, &'static str);
        let cases: [(&str, &[Read]); 14] = [
            ("按不超过实际费用的30%给予补贴。", &[(AtMost, None, 30.0, "%")]),
            ("按贷款利率的50%给予贴息。", &[(Equal, None, 50.0, "%")]),
            ("给予每人每月1500元补助。", &[(Equal, None, 1500.0, "元")]),
            ("给予最长3年的免租期。", &[(AtMost, None, 3.0, "年")]),
            ("产出指标权重为50%。", &[(Equal, None, 50.0, "%")]),
            ("利用率提升至60%以上。", &[(AtLeast, None, 60.0, "%")]),
            ("费用占比达到10%至20%。", &[(Equal, Some(10.0), 20.0, "%")]),
            ("吸烟率分别降至24%和20%。", &[(Reduce, None, 24.0, "%"), (Reduce, None, 20.0, "%")]),
            ("应当在二十个工作日内办结。", &[(AtMost, None, 20.0, "工作日")]),
            ("到2027年产业规模翻一番。", &[(Increase, None, 1.0, "番")]),
            ("集聚企业1,200家。", &[(Equal, None, 1200.0, "家")]),
            ("服务65岁以上老年人,得分90分以上为优。", &[]),
            ("2023年产值达到300亿元,同比增长15%。", &[]),
            ("以5年为周期开展评价。", &[(Equal, None, 5.0, "年")]),
        ];
        for (text, targets) in cases {
            let text = format!("(一)提升效能。{text}\n(二)加强监管。加强。");
            let record = crate::read(crate::Lexicon::builtin(), "text", text.as_str());
            let read: Vec<_> = record.measures[0]
                .provision
                .targets
                .iter()
                .map(|t| (t.comparator, t.from, t.to.unwrap_or(f64::NAN), t.unit.as_str()))
                .collect();
            assert_eq!(read, targets, "{text}");
        }
    }

    #[test]
    fn a_deadline_holds_for_its_sentence() {
        let text = "(一)提升。到2027年,建成基地10个,培育企业20家。每年办会5场。\n(二)加强。加强。";
        let record = crate::read(crate::Lexicon::builtin(), "text", text);
        let targets = &record.measures[0].provision.targets;
        let deadlines: Vec<_> = targets.iter().map(|t| t.deadline.as_deref()).collect();
        assert_eq!(deadlines, [Some("到2027年"), Some("到2027年"), None]);
    }
}
