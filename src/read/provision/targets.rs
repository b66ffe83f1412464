//! Targets: quantified commitments and limits. A target is a figure with the words
//! that commit to it.

mod unit;
mod figure;
mod frequency;
mod bound;
mod phrase;
mod condition;
mod past;
mod row;

use crate::lexicon::Words;
use crate::model::{Comparator, Target};
use crate::read::interval_set::IntervalSet;
use crate::read::naming::names::NamedInstrument;
use crate::read::scanned_text::ScannedText;
use crate::text::{Span, first_chars, is_han, since_mark};
use bound::{Bound, Noun, Suffix, Surroundings, begins_noun};
use figure::{Figure, next_figure};
use frequency::{frequency, last_every};
use past::Reporting;
use phrase::{deadline, following, object, quantity, without_frequency};
pub(super) use row::read_row;
use std::ops::Range;

/// Returns the targets of a range, in text order. Numbers inside the names of
/// instruments are not targets. O(n).
///
/// * `report`: the document reports what was reached.
pub(super) fn targets(
    text: &ScannedText,
    range: &Range<usize>,
    instruments: &[NamedInstrument],
    report: bool,
) -> Vec<Target> {
    let titled: IntervalSet = instruments.iter().map(|named| named.range.clone()).collect();
    let reporting = Reporting { text, range, report };
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
        let shared = last.filter(|_| several).and_then(|first| place.next_value(first));
        let ended = several && shared.is_none();
        several &= !ended;
        let found =
            shared.or_else(|| place.target(last)).or_else(|| place.next_item(last?, counted));
        if ended {
            share_out(&mut targets[first..]);
        }
        let Some((target, end)) = found else { continue };
        at = end;
        if reporting.reports(&place.words) {
            continue;
        }
        if !several && target.span.slice(text.source).contains("分别") {
            (several, first) = (true, targets.len());
        }
        counted = figure.base().count && !target.condition;
        targets.push(target);
        used = at;
    }
    if several {
        share_out(&mut targets[first..]);
    }
    targets
}

/// Gives each of several values its own quantity, if the first one lists as many: 收集率、利用率
/// 分别达到75%、40%.
fn share_out(values: &mut [Target]) {
    /// Ends of the names of what is measured.
    const MEASURES: [char; 15] =
        ['率', '量', '数', '额', '值', '积', '比', '重', '度', '模', '入', '长', '期', '限', '费'];
    let quantity = values.first().map_or_else(String::new, |first| first.quantity.clone());
    let parts: Vec<&str> = quantity.split(['、', '和', '与', '及']).collect();
    let last = quantity.chars().next_back();
    // 花生种植、收获机械化率 is one name for both.
    let whole = |part: &&str| {
        let end = part.chars().next_back();
        part.chars().nth(2).is_some() && (end == last || part.ends_with(MEASURES))
    };
    if parts.len() > 1 && parts.len() == values.len() && parts.iter().all(whole) {
        for (value, part) in values.iter_mut().zip(parts) {
            part.clone_into(&mut value.quantity);
        }
    }
}

/// A figure in its clause.
struct Place<'t> {
    text: &'t ScannedText<'t>,
    words: Surroundings<'t>,
    /// The clause before the figure.
    clause: Range<usize>,
    /// Provision that no earlier target uses.
    range: Range<usize>,
}

/// A target, and the end of its words.
type Found = Option<(Target, usize)>;

impl<'t> Place<'t> {
    fn new(text: &'t ScannedText<'t>, range: Range<usize>, figure: &'t Figure<'t>) -> Self {
        let clause = clause(text, &range, figure.range.start);
        let right = text.slice(figure.range.end..range.end);
        let words = Surroundings {
            lexicon: text.lexicon,
            figure,
            left: text.slice(clause.clone()),
            right,
            suffix: Suffix::of(text.lexicon, right),
        };
        Place { text, words, clause, range }
    }

    /// Returns the target of the second value of several, with the words of the first:
    /// 分别达到50%以上和80%以上, 分别奖励10万元、20万元.
    fn next_value(&self, first: &Target) -> Found {
        let between = self.text.slice(self.range.start..self.words.figure.range.start);
        let joined = matches!(between, "、" | "和" | "及" | "与");
        (joined && first.unit == self.words.figure.unit.name()).then(|| self.like(first))
    }

    /// Returns the target of the next item of a list: 一等奖5万元、二等奖3万元; 建设基地2个、站点10个;
    /// 建设2个基地、10个站点.
    ///
    /// * `counted`: `first` counts things.
    fn next_item(&self, first: &Target, counted: bool) -> Found {
        /// Characters of the name of an item.
        const ITEM: usize = 12;
        let figure = self.words.figure;
        let between = self.text.slice(self.range.start..figure.range.start);
        let noun = between.strip_prefix(['、', '和', '及'])?;
        let paid = figure.base().money && first.unit == figure.unit.name();
        let counted = counted && figure.base().count && !figure.chinese;
        let raised = matches!(first.comparator, Comparator::Equal | Comparator::AtLeast);
        if first.condition || !(paid || (counted && raised)) {
            return None;
        }
        let (target, end) = self.like(first);
        let above = self.words.suffix.is_above();
        let comparator = match (counted, above) {
            (true, true) => Comparator::AtLeast,
            (true, false) => Comparator::Equal,
            (false, _) => target.comparator,
        };
        let after = object(self.words.after());
        let named = (1..=ITEM).contains(&noun.chars().count()) && noun.chars().all(is_han);
        let (quantity, end) = match noun {
            "" if counted && begins_noun(after) => (after, end + after.len()),
            _ if named => (noun, end),
            _ => return None,
        };
        let span = self.text.span(figure.range.start - noun.len()..end);
        let (quantity, unit) = (quantity.to_owned(), figure.unit.name());
        Some((Target { quantity, comparator, unit, span, ..target }, end))
    }

    /// Returns the target of this figure with the words of `first`.
    fn like(&self, first: &Target) -> (Target, usize) {
        let figure = self.words.figure;
        let end = figure.range.end + self.words.suffix.len();
        let (from, to) = figure.values();
        let span = self.text.span(figure.range.start..end);
        (Target { from, to, span, ..first.clone() }, end)
    }

    /// Returns the target of the figure. `None` if nothing commits to it. `last` is the target
    /// before it.
    fn target(&self, last: Option<&Target>) -> Found {
        let Surroundings { lexicon, figure, left, .. } = self.words;
        if self.is_validity() {
            return None;
        }
        let change_start = lexicon.cues.targets.change_starts.last(left).map(|(at, _)| at);
        let changed = changed_to(self.text, figure, self.range.end, change_start.is_some());
        if let Some((comparator, second)) = changed {
            let start = change_start.unwrap_or(0);
            let values = (Some(figure.value), Some(second.value));
            let bound = Bound::of(comparator, &left[..start]);
            let end = second.range.end;
            return Some((self.commit(bound, values, &second, end, last), end));
        }
        let condition = self.words.condition();
        let bound = condition.or_else(|| self.words.bound())?;
        let end = figure.range.end + self.words.suffix.len();
        let end =
            if bound.place == Noun::Object { end + object(self.words.after()).len() } else { end };
        let target = self.commit(bound, figure.values(), figure, end, last);
        Some((Target { condition: condition.is_some(), ..target }, end))
    }

    /// Returns true for the term of the document itself: 本办法自…起施行,有效期3年.
    fn is_validity(&self) -> bool {
        /// Characters of the sentence before the figure that are read.
        const NEAR: usize = 60;
        let cues = &self.text.lexicon.cues.validity;
        let noun = self.words.left.trim_end_matches(['为', '是', ':', '自']);
        if !self.words.figure.base().time || cues.term_nouns.end(noun).is_none() {
            return false;
        }
        let sentence = since_mark(self.text.before(self.clause.end), NEAR, &['。', '\n']);
        cues.own.occur_in(sentence)
            || sentence.starts_with("有效期")
            || ["政策", "文件"].iter().any(|own| noun.contains(own))
    }

    /// Returns the target with these values. `figure` is its last figure, `end` the end of its words.
    fn commit(
        &self,
        bound: Bound,
        (from, to): (Option<f64>, Option<f64>),
        figure: &Figure,
        end: usize,
        last: Option<&Target>,
    ) -> Target {
        let (text, lexicon) = (self.text, self.text.lexicon);
        let left = text.slice(self.clause.start..figure.range.start);
        let deadline =
            deadline(lexicon, left).or_else(|| sentence_deadline(text, self.clause.start));
        let repeats = lexicon.cues.targets.repeated_units.contains(&figure.base().form);
        let frequency = if repeats { frequency(lexicon, left) } else { last_every(lexicon, left) };
        Target {
            quantity: self.quantity(bound, figure, deadline, last),
            comparator: bound.comparator,
            from,
            to,
            unit: figure.unit.name(),
            deadline: deadline.map(str::to_owned),
            frequency: frequency.map(str::to_owned),
            condition: false,
            span: text.span(self.clause.start..end),
        }
    }

    /// Returns what is measured: the noun before the figure, or after it; or that of the target
    /// before it in the sentence.
    fn quantity(
        &self,
        bound: Bound,
        figure: &Figure,
        deadline: Option<&str>,
        last: Option<&Target>,
    ) -> String {
        let (lexicon, cues) = (self.text.lexicon, &self.text.lexicon.cues.targets);
        let counted = figure.base().count || figure.base().form == "次";
        let noun = quantity(lexicon, bound.noun, deadline, counted);
        let right = self.text.slice(self.end_of_values(figure)..self.range.end);
        let after = match bound.place {
            Noun::Object => object(right),
            Noun::Before | Noun::After => following(right),
        };
        // 不超过项目投资额30%: what the share is taken of comes before the words after the figure.
        let of = if figure.is_share() { quantity(lexicon, bound.of, None, false) } else { "" };
        let before = if noun.is_empty() { of } else { noun };
        // 审批时限原则上5个工作日内办结, 施工许可3个工作日内办结
        let timed = figure.base().time && cues.terms.end(noun).is_some();
        let finished = cues.done.start(after).is_some() && !noun.is_empty();
        let fined = cues.penalties.start(after).is_some();
        let follows = fined || (bound.place != Noun::Before && !timed && !finished);
        let nouns = if follows { [after, before, bound.of] } else { [before, after, bound.of] };
        if let Some(found) = nouns.into_iter().find(|noun| !noun.is_empty()) {
            return without_frequency(lexicon, found);
        }
        let same = last.filter(|last| {
            let start = self.text.span(self.clause.clone()).start;
            last.unit == figure.unit.name() && self.is_same_sentence(last.span, start)
        });
        same.map_or_else(String::new, |last| last.quantity.clone())
    }

    /// Returns the end of a figure with its 以上, or of the last of the sums that a list pays for one
    /// thing: 100万元、50万元一次性奖励.
    fn end_of_values(&self, figure: &Figure) -> usize {
        /// Maximum number of further sums.
        const MOST: usize = 5;
        let (text, lexicon) = (self.text, self.text.lexicon);
        let suffix = |end| Suffix::of(lexicon, text.slice(end..self.range.end)).len();
        let end = figure.range.end + suffix(figure.range.end);
        if !figure.base().money {
            return end;
        }
        let next = |&end: &usize| {
            let mark = text.slice(end..self.range.end).chars().next()?;
            let start = end + mark.len_utf8();
            let next = matches!(mark, '、' | '和' | '或')
                .then(|| figure_at(text, start, self.range.end))??;
            let same = next.unit.name() == figure.unit.name();
            same.then(|| next.range.end + suffix(next.range.end))
        };
        std::iter::successors(Some(end), next).take(MOST + 1).last().unwrap_or(end)
    }

    /// Returns true if no sentence ends between a target and `start`.
    fn is_same_sentence(&self, last: Span, start: u32) -> bool {
        /// Bytes between the two that are read.
        const NEAR: u32 = 200;
        let between = last.end..start.max(last.end);
        between.len() < NEAR as usize
            && !Span { start: between.start, end: between.end }
                .slice(self.text.source)
                .contains(['。', '\n'])
    }
}

/// Returns the second figure of 由90个工作日压缩至60个工作日, and the direction of the change.
///
/// * `started`: 由 or 从 is before the first figure.
fn changed_to<'a>(
    text: &ScannedText<'a>,
    first: &Figure,
    end: usize,
    started: bool,
) -> Option<(Comparator, Figure<'a>)> {
    let q = &text.lexicon.quantities;
    let right = text.slice(first.range.end..end);
    let change = |verbs: &Words| {
        let verb = verbs.start(right)?;
        let rest = &right[verb.len()..];
        // 降至 ends in its preposition.
        let to = q.to.start(rest).or_else(|| q.to.end(verb).map(|_| ""))?;
        Some(first.range.end + verb.len() + to.len())
    };
    let second = |at| figure_at(text, at, end);
    let reduced = || change(&q.reduce).map(|at| (Comparator::Reduce, at));
    let increased = || change(&q.increase).map(|at| (Comparator::Increase, at));
    if let Some((comparator, at)) = reduced().or_else(increased) {
        return Some((comparator, second(at)?));
    }
    // 由20家达到35家
    let verb = q.equal.start(right).filter(|_| started)?;
    let second = second(first.range.end + verb.len())?;
    let more = second.unit.convert(first.value, &first.unit)? <= second.value;
    Some((if more { Comparator::Increase } else { Comparator::Reduce }, second))
}

/// Returns the figure that starts at `at`. O(1).
fn figure_at<'a>(text: &ScannedText<'a>, at: usize, end: usize) -> Option<Figure<'a>> {
    /// Maximum length of a figure in characters.
    const LONGEST: usize = 30;
    let near = at + first_chars(text.slice(at..end), LONGEST).len();
    next_figure(text, at, near).filter(|figure| figure.range.start == at)
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
    // A bracket that is closed again belongs to the clause.
    let mut start = figure;
    let mut closed = false;
    for (at, c) in text.slice(range.start..figure).char_indices().rev().take(LONGEST) {
        match c {
            '。' | ',' | ';' | '!' | '?' | '\n' | ':' => break,
            '(' if !closed => break,
            ')' => closed = true,
            _ => {}
        }
        start = range.start + at;
    }
    let words = text.slice(start..figure).trim_start_matches(['、', '的']).len();
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
