//! The words around a figure that make it a target.

use super::figure::Figure;
use super::phrase::frequency;
use crate::lexicon::{Lexicon, Words};
use crate::model::Comparator;
use crate::text::{first_chars, is_han, last_chars, suffix_start};
use std::cmp::Reverse;

/// A figure and the words around it.
pub(super) struct Surroundings<'t> {
    pub(super) lexicon: &'t Lexicon,
    pub(super) figure: &'t Figure<'t>,
    /// The clause before the figure.
    pub(super) left: &'t str,
    /// The text after the figure.
    pub(super) right: &'t str,
}

/// A comparison that the words around a figure make.
pub(super) struct Bound<'t> {
    pub(super) comparator: Comparator,
    /// The noun that is measured.
    pub(super) noun: &'t str,
    /// Bytes after the figure that belong to the target.
    pub(super) suffix: usize,
}

/// A comparator and the noun that is measured.
type Compared<'t> = Option<(Comparator, &'t str)>;

impl<'t> Surroundings<'t> {
    /// Returns the comparison that the words make. `None` if they make no target of the
    /// figure. `end` is the length of the provision after the figure.
    pub(super) fn bound(&self, end: usize) -> Option<Bound<'t>> {
        let q = &self.lexicon.quantities;
        let provision = &self.right[..end];
        let (above, below) = (q.above.start(provision), q.below.start(provision));
        let suffix = above.or(below).map_or(0, str::len);
        before(self, above.is_some())
            .or_else(|| around(self, above.is_some(), below.is_some()))
            .map(|(comparator, noun)| Bound { comparator, noun, suffix })
            .or_else(|| created(self, provision))
    }
}

/// Recognises words before the figure: 压缩至, 不低于, 达到, 增加.
fn before<'t>(words: &Surroundings<'t>, above: bool) -> Compared<'t> {
    changed_to(words, above).or_else(|| limited(words)).or_else(|| after_verb(words, above))
}

/// Recognises a change to the figure: 压缩至20个工作日. 提升至60%以上 is a lower bound.
fn changed_to<'t>(words: &Surroundings<'t>, above: bool) -> Compared<'t> {
    let q = &words.lexicon.quantities;
    let stem = words.left.strip_suffix(q.to.end(words.left)?)?;
    let changes = [(&q.reduce, Comparator::Reduce), (&q.increase, Comparator::Increase)];
    let (verb, change) =
        changes.into_iter().find_map(|(verbs, change)| Some((verbs.end(stem)?, change)))?;
    let raised = change == Comparator::Increase && above;
    let comparator = if raised { Comparator::AtLeast } else { change };
    Some((comparator, &stem[..stem.len() - verb.len()]))
}

/// Recognises a bound: 不低于40学时, 至少组织1次, 不低于…的50%. Of two bounds the last one
/// holds; of two that end together the longer: 不超过 ends in 超过.
fn limited<'t>(words: &Surroundings<'t>) -> Compared<'t> {
    let (q, left, figure) = (&words.lexicon.quantities, words.left, words.figure);
    let reach = if figure.is_share() { 0 } else { suffix_start(left, 12) };
    let near = |bounds: &Words| {
        let found = bounds.last(&left[reach..]).map(|(at, len)| (reach + at, reach + at + len));
        found.filter(|&(_, end)| {
            let between = &left[end..];
            between.chars().count() <= 4
                || q.grant.start(between).is_some()
                || (between.ends_with('的') && figure.is_share())
        })
    };
    let bounds = [(&q.at_most, Comparator::AtMost), (&q.at_least, Comparator::AtLeast)];
    let found = bounds.into_iter().filter_map(|(words, bound)| Some((near(words)?, bound)));
    let ((start, _), bound) = found.max_by_key(|((start, end), _)| (*end, Reverse(*start)))?;
    Some((bound, &left[..start]))
}

/// Recognises a verb that the figure is the object of: 达到50%, 增加10个, 超500家.
fn after_verb<'t>(words: &Surroundings<'t>, above: bool) -> Compared<'t> {
    let (q, left, figure) = (&words.lexicon.quantities, words.left, words.figure);
    if figure.chinese && figure.value == 1.0 && figure.unit_name != "番" {
        return None; // 实现一次检验 counts nothing.
    }
    let verbs = [
        (&q.equal, Comparator::Equal),
        (&q.reduce, Comparator::Reduce),
        (&q.increase, Comparator::Increase),
        (&q.over, Comparator::AtLeast),
    ];
    let verb = |(words, comparator): (&Words, _)| Some((comparator, words.end(left)?.len()));
    let (comparator, len) = verbs.into_iter().find_map(verb)?;
    let comparator = if above { Comparator::AtLeast } else { comparator };
    Some((comparator, &left[..left.len() - len]))
}

/// Recognises words on both sides of the figure: 50万元以上, 覆盖率100%, 周期为3年, 每季度1次,
/// 给予20万元, 2个月后.
fn around<'t>(words: &Surroundings<'t>, above: bool, below: bool) -> Compared<'t> {
    let (cues, left, figure) = (&words.lexicon.cues.targets, words.left, words.figure);
    if figure.unit.bound {
        return None;
    }
    // 5个工作日内 is a duration, 3年内 a deadline.
    if below && !cues.period_units.contains(figure.unit_name) {
        return Some((Comparator::AtMost, left));
    }
    if figure.chinese {
        return None;
    }
    // 具有3年以上经验; 5年以上 alone can be an age.
    let held = cues.qualifications.end(left).is_some();
    if above && (!figure.unit.time || held) {
        return Some((Comparator::AtLeast, left));
    }
    measured(words)
        .or_else(|| cycle(words))
        .or_else(|| part(words))
        .or_else(|| granted(words))
        .or_else(|| repeated(words))
        .or_else(|| in_time(words))
}

/// Recognises the noun that the figure measures: 覆盖率100%, 总投资50亿元, 有效期3年, 权重为10%.
fn measured<'t>(words: &Surroundings<'t>) -> Compared<'t> {
    let (cues, left, figure) = (&words.lexicon.cues.targets, words.left, words.figure);
    let noun = left.strip_suffix('为').unwrap_or(left);
    let rate = figure.is_share() && noun.ends_with(['率', '例', '比', '度', '重']);
    let sum = figure.unit.money && cues.totals.end(noun).is_some();
    let term = figure.unit.time && cues.terms.end(noun).is_some();
    let measured = noun.len() < left.len()
        && (figure.is_share() || words.lexicon.quantities.measured.end(noun).is_some());
    (rate || sum || term || measured).then_some((Comparator::Equal, noun))
}

/// Recognises a cycle: 以5年为周期.
fn cycle<'t>(words: &Surroundings<'t>) -> Compared<'t> {
    let noun = words.right.strip_prefix('为').filter(|_| words.left.ends_with('以'))?;
    words.lexicon.quantities.measured.start(noun).map(|_| (Comparator::Equal, words.left))
}

/// Recognises a share of a quantity: 协议采购量为预计需求量的80%, 按贷款利率的50%给予贴息.
fn part<'t>(words: &Surroundings<'t>) -> Compared<'t> {
    let left = words.left;
    let part = (left.ends_with('的') && left.contains(['为', '按'])) || left.ends_with('按');
    let noun = left.rfind(['为', '按']).map_or(left, |at| &left[..at]);
    (part && words.figure.is_share()).then_some((Comparator::Equal, noun))
}

/// Recognises a grant: 给予20万元, 每人每月1500元, 50万元奖励.
fn granted<'t>(words: &Surroundings<'t>) -> Compared<'t> {
    let (q, left, figure) = (&words.lexicon.quantities, words.left, words.figure);
    if !figure.unit.money && !figure.is_share() {
        return None;
    }
    if let Some(verb) = q.grant.end(left) {
        return Some((Comparator::Equal, &left[..left.len() - verb.len()]));
    }
    let each = figure.unit.money && last_chars(left, 6).contains('每');
    let paid = || q.grant.start(words.right.strip_prefix('的').unwrap_or(words.right)).is_some();
    (each || paid()).then_some((Comparator::Equal, left))
}

/// Recognises a frequency: 每季度1次.
fn repeated<'t>(words: &Surroundings<'t>) -> Compared<'t> {
    let repeats = words.lexicon.cues.targets.repeated_units.contains(words.figure.unit_name);
    let frequency = || frequency(words.lexicon, words.left).is_some();
    (repeats && frequency()).then_some((Comparator::Equal, words.left))
}

/// Recognises a period: 到期前6个月, 2个月后, 30日改正期.
fn in_time<'t>(words: &Surroundings<'t>) -> Compared<'t> {
    let (left, right, figure) = (words.left, words.right, words.figure);
    let term = !right.starts_with('期') && first_chars(right, 6).contains('期');
    let window = left.ends_with('前') || right.starts_with('后') || term;
    (figure.unit.time && figure.unit_name != "年" && window).then_some((Comparator::Equal, ""))
}

/// Returns a number of things to be created: 建立2-3个…基地, 培育龙头企业20家.
fn created<'t>(words: &Surroundings<'t>, provision: &'t str) -> Option<Bound<'t>> {
    let (left, figure) = (words.left, words.figure);
    let verbs = &words.lexicon.quantities.set;
    if !figure.unit.count || figure.chinese {
        return None;
    }
    if verbs.end(left).is_some() {
        let near = first_chars(provision, 20);
        let noun = &near[..near.find([',', '。', ';', '、', '(', '\n']).unwrap_or(near.len())];
        return Some(Bound { comparator: Comparator::Equal, noun, suffix: noun.len() });
    }
    // The noun is between verb and number; 由12个部门 does not count what is created.
    let near = last_chars(left, 20);
    let (at, len) = verbs.last(near)?;
    let noun = &near[at + len..];
    let plain = noun.chars().count() >= 2 && noun.ends_with(is_han);
    let other =
        noun.ends_with(['由', '的', '等', '和', '与', '对', '在', '为', '共', '有', '前', '约']);
    (plain && !other).then_some(Bound { comparator: Comparator::Equal, noun, suffix: 0 })
}
