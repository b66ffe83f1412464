//! Targets: quantified commitments and limits. A target is a figure with the words
//! that commit to it.

mod unit;
mod amount;
mod shared_unit;
mod figure;
mod frequency;
mod phrase;
mod object;
mod bound;
mod condition;
mod past;
mod change;
mod place;
mod series;
mod row;

use crate::model::Target;
use crate::read::context::Context;
use crate::read::interval_set::IntervalSet;
use figure::next_figure;
use past::{Reporting, year_of};
use place::Place;
pub(super) use row::read_row;
use series::share_out;
use std::ops::Range;

/// Returns the targets of a range, in text order. Numbers inside the names of instruments, `titled`,
/// are not targets. O(n).
pub(super) fn targets(
    context: &Context,
    range: &Range<usize>,
    titled: &IntervalSet,
) -> Vec<Target> {
    let text = context.names.text;
    let title = context.subject.map_or("", |subject| &subject.title);
    let (report, year) = (context.has_results, context.names.year);
    let signed = context.dates.signed.as_ref();
    let signed = signed.and_then(|date| u16::try_from(date.value.first_day().year()).ok());
    let signed = signed.or_else(|| year_of(context.number?));
    let reporting = Reporting { text, range, report, year, signed, title };
    let mut targets: Vec<Target> = Vec::new();
    // The last target is one of several values, of which this is the first, or a number of things.
    let (mut several, mut first, mut counted) = (false, 0, false);
    // A target does not use the words of the one before it, up to `used`.
    let (mut at, mut used) = (range.start, range.start);
    while let Some(figure) = next_figure(text, at, range.end) {
        at = figure.range.end;
        if titled.intersects(&figure.range) {
            continue;
        }
        let place = Place::new(text, used..range.end, &figure);
        let last = targets.last();
        let shared = last.and_then(|last| place.next_value(last, several));
        let ended = several && shared.is_none();
        several &= !ended;
        let found =
            shared.or_else(|| place.target(last)).or_else(|| place.next_item(last?, counted));
        if ended {
            share_out(text.lexicon, &mut targets[first..]);
        }
        let Some((target, end)) = found else { continue };
        at = end;
        let past = !target.condition && reporting.is_of_past_time(&place.words);
        if past || reporting.reports(&place.words) {
            continue;
        }
        if !several && target.span.slice(text.source).contains("分别") {
            (several, first) = (true, targets.len());
        }
        counted = figure.is_of_things() && !target.condition;
        // The next figure counts what this one describes.
        used = if target.condition && place.words.names_counted() { used } else { at };
        targets.push(target);
    }
    if several {
        share_out(text.lexicon, &mut targets[first..]);
    }
    targets
}

#[cfg(test)]
mod tests {
    use crate::model::Comparator;

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
                .filter(|t| !t.condition)
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
