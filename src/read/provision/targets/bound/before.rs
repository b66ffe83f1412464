//! Bounds that words before the figure make: 压缩至, 不低于, 达到, 增加.

use super::surroundings::{Bound, Noun, Suffix, Surroundings, begins_noun};
use crate::lexicon::Words;
use crate::model::Comparator;
use crate::read::provision::targets::frequency::every;
use crate::read::provision::targets::object::changed_object;
use crate::read::provision::targets::phrase::{before_change, stem_of_change};
use crate::text::{is_han, is_within, last_chars, suffix_start};
use std::cmp::Reverse;

/// Recognises words before the figure: 压缩至, 不低于, 达到, 增加.
pub(super) fn before<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    changed_to(words)
        .or_else(|| limited(words))
        .or_else(|| after_verb(words))
        .or_else(|| object_changed_to(words))
        .or_else(|| per_head(words))
}

/// Recognises the people that a figure is counted by, after the verb: 达到每千人口7.5张.
fn per_head<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    /// Characters of 每 and those people.
    const HEADS: usize = 8;
    let near = last_chars(words.left, HEADS);
    let at = words.left.len() - near.len() + near.rfind('每')?;
    let heads = &words.left[at..];
    let counted = heads.chars().nth(1).is_some() && heads.chars().all(is_han);
    let suffix = Suffix::of(words.lexicon, words.right);
    let of = Surroundings { left: &words.left[..at], suffix, ..*words };
    if counted { changed_to(&of).or_else(|| after_verb(&of)) } else { None }
}

/// Recognises a change to the figure: 压缩至20个工作日. 提升至60%以上 is a lower bound.
fn changed_to<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let q = &words.lexicon.quantities;
    // 压缩至法定时限的50%
    if words.figure.is_share() && words.left.ends_with('的') {
        let (noun, comparator) = before_change(words.lexicon, words.left)?;
        return Some(Bound::of(comparator, noun));
    }
    // 提高至每人每月1200元
    let each = q.grant.end(words.left).filter(|each| each.starts_with('每'));
    let left = &words.left[..words.left.len() - each.map_or(0, str::len)];
    let (noun, change) = stem_of_change(words.lexicon, q.to.strip_end(left)?)?;
    Some(Bound::of(changed(words, change), noun))
}

/// Recognises a change whose verb is before its object: 压缩审批时限至5个工作日.
fn object_changed_to<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let share = words.figure.is_share();
    let (object, change) = changed_object(words.lexicon, words.left, words.right, share)?;
    Some(Bound::of(changed(words, change), object))
}

/// Returns the comparator of a change to the figure: 提升至60%以上 is a lower bound.
fn changed(words: &Surroundings, change: Comparator) -> Comparator {
    let raised = change == Comparator::Increase && words.suffix.is_above();
    if raised { Comparator::AtLeast } else { change }
}

/// Recognises a bound: 不低于40学时, 至少组织1次, 不低于…的50%. Of two bounds the last one
/// holds; of two that end together the longer: 不超过 ends in 超过.
fn limited<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    /// Characters between the words of a bound and a share: 不超过合同执行金额的30%.
    const SHARE_OF: usize = 40;
    let (q, left, figure) = (&words.lexicon.quantities, words.left, words.figure);
    let reach = suffix_start(left, if figure.is_part() { SHARE_OF } else { 16 });
    let near = |bounds: &Words| {
        let found = bounds.last(&left[reach..]).map(|(at, len)| (reach + at, reach + at + len));
        found.filter(|&(_, end)| binds(words, &left[end..]))
    };
    let bounds = [(&q.at_most, Comparator::AtMost), (&q.at_least, Comparator::AtLeast)];
    let found = bounds.into_iter().filter_map(|(words, bound)| Some((near(words)?, bound)));
    let ((start, end), comparator) =
        found.max_by_key(|((start, end), _)| (*end, Reverse(*start)))?;
    // 至少建立1家药物警戒站, 每村不少于1名卫生员: who acts is before the verb.
    let acts = q.set.end(&left[end..]).is_some();
    let counted = figure.base().count && begins_noun(words.after());
    let counted = counted && !left[..start].ends_with(['数', '量']);
    let place = if acts || counted { Noun::After } else { Noun::Before };
    let of = if figure.is_share() { left[end..].trim_end_matches('的') } else { "" };
    Some(Bound { comparator, noun: &left[..start], place, of })
}

/// Returns true if a bound holds for the figure after the words `between`: 不超过(项目投资额)30%.
fn binds(words: &Surroundings, between: &str) -> bool {
    let (q, figure) = (&words.lexicon.quantities, words.figure);
    let short = is_within(between, 4);
    let shared = || {
        let plain = !between.contains(|c: char| c.is_ascii_digit() || c == '且');
        let verb = q.equal.end(between).is_some() || q.to.end(between).is_some();
        let amount = words.lexicon.cues.targets.amounts.end(between).is_some();
        figure.is_part() && (between.ends_with('的') || (plain && !verb && amount))
    };
    // 不超过LPR+50BP
    let margin = || figure.base().margin && between.ends_with(['+', '加']);
    // 至少每6个月核验更新一次
    let regular = || every(words.lexicon, between).is_some_and(|len| len > 0);
    !between.ends_with('跑')
        && (short || q.grant.start(between).is_some() || shared() || margin() || regular())
}

/// Recognises a verb that the figure is the object of: 达到50%, 增加10个, 超500家.
fn after_verb<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let (q, left, figure) = (&words.lexicon.quantities, words.left, words.figure);
    if figure.chinese && figure.value == 1.0 && figure.base().form != "番" {
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
    // 达到100家以上, 实现2小时内送达
    let comparator = match (&words.suffix, comparator) {
        (Suffix::Above(_), _) => Comparator::AtLeast,
        (Suffix::Below(_), Comparator::Equal) => Comparator::AtMost,
        _ => comparator,
    };
    Some(Bound::of(comparator, &left[..left.len() - len]))
}
