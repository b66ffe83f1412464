//! Numbers of what a verb brings about, and of those that something is done for: 建立2-3个基地,
//! 实现产值200亿元, 面向1万名技术人员开展培训.

use super::surroundings::{Bound, Surroundings};
use crate::model::Comparator;
use crate::read::provision::targets::phrase::deadline;
use crate::text::{is_han, last_chars, until_mark};

/// Returns a number of things to be created: 建立2-3个…基地, 培育龙头企业20家.
pub(super) fn created<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let (left, figure) = (words.left, words.figure);
    let verbs = &words.lexicon.quantities.set;
    let unit = figure.base();
    // 建设一批, 打造三个高地, 落实四个最严 and 二次开发 count nothing that is checked.
    let slogan = figure.chinese && (figure.value < 2.0 || unit.form == "个" || !unit.count);
    if !figure.is_of_things() || slogan {
        return None;
    }
    if verbs.end(left).is_some() || words.lexicon.quantities.made.end(left).is_some() {
        return Some(Bound::object(Comparator::Equal));
    }
    // The noun is between verb and number; 由12个部门 does not count what is created.
    let near = last_chars(left, 20);
    // 集聚 is part of the noun in 培育消费集聚区2个.
    let in_noun = |&(at, len): &(usize, usize)| near[at + len..].chars().nth(1).is_none();
    let verb = verbs.last(near);
    // 依托建设银行服务点3个 builds nothing.
    let commands = &words.lexicon.cues.targets.commands;
    let opens = |&(at, _): &(usize, usize)| {
        let before = &near[..at];
        commands.end(before).is_some()
            || !before.ends_with(|c| is_han(c) && !matches!(c, '年' | '内' | '前'))
    };
    let outer = |(at, _)| verbs.last(&near[..at]).filter(opens);
    let verb = verb.filter(in_noun).and_then(outer).or(verb);
    let noun = match verb {
        Some((at, len)) => &near[at + len..],
        // 治理水土流失面积45平方公里
        None if near.len() == left.len() => words.lexicon.quantities.made.strip_start(left)?,
        None => return None,
    };
    let noun_end = noun.trim_end_matches(['”', '"']);
    let plain = is_whole_name(noun_end)
        && noun.chars().nth(1).is_some()
        && noun_end.ends_with(is_han)
        && !noun.starts_with(['了', '的']);
    let other = noun
        .ends_with(['由', '的', '等', '和', '与', '对', '在', '为', '共', '有', '前', '约', '向']);
    let counts = !figure.chinese || unit.count;
    (plain && !other && counts).then_some(Bound::of(Comparator::Equal, noun))
}

/// Returns true for words without a number, or with one inside a name: 5G基站, 110千伏变电站.
fn is_whole_name(words: &str) -> bool {
    let Some(digit) = words.rfind(|c: char| c.is_ascii_digit()) else { return true };
    let rest = words[digit + 1..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
    rest.chars().filter(|&c| is_han(c)).count() >= 2
        && !rest.starts_with(['年', '月', '日', '号'])
        && !rest.contains('、')
}

/// Recognises a sum that the verb of a clause brings about: 实现产值200亿元, 完成固定资产投资30亿元.
/// 建设项目投资5000万元 has no such verb.
pub(super) fn realized<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    /// Characters of the verb and the noun, and of the clause after the figure.
    const NEAR: usize = 16;
    let (q, cues) = (&words.lexicon.quantities, &words.lexicon.cues.targets);
    let left = words.left;
    let sum = words.figure.base().money
        && (cues.amounts.end(left).is_some() || cues.totals.end(left).is_some());
    // 对完成投资500万元的项目 tells who is meant.
    let clause = || until_mark(words.right, NEAR, &[',', '。', ';', '\n']);
    if !sum || clause().contains(['的', '后', '时']) {
        return None;
    }
    let near = last_chars(left, NEAR);
    let (at, verb) = q.realize.first(near)?;
    let (before, noun) = (&left[..left.len() - near.len() + at], &near[at + verb.len()..]);
    let plain = noun.chars().nth(1).is_some()
        && noun.chars().all(is_han)
        && !noun.starts_with(['的', '了']);
    // 到2027年实现产值, 力争完成投资; 申报企业上年度实现产值 tells who is meant.
    let opens = || {
        let due = deadline(words.lexicon, before).is_some_and(|time| before.ends_with(time));
        let year = before.trim_end_matches(['底', '末', '初']).strip_suffix('年');
        let timed = due || year.is_some_and(|year| year.ends_with(|c: char| c.is_ascii_digit()));
        let openings = [&q.ahead, &cues.realize_starts, &cues.places];
        before.is_empty() || timed || openings.iter().any(|words| words.end(before).is_some())
    };
    // 完成投资500万元,给予奖励 is what the grant is for.
    let granted =
        || words.right.strip_prefix(',').is_some_and(|next| q.grant.start(next).is_some());
    (plain && opens() && !granted()).then(|| Bound::of(Comparator::Equal, noun))
}

/// Recognises the people or things that something is done for: 面向1万名技术人员开展培训,
/// 将100种药品纳入监管范围.
pub(super) fn reached<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    /// Characters of the clause after the figure that are read.
    const NEAR: usize = 30;
    let (cues, left, figure) = (&words.lexicon.cues.targets, words.left, words.figure);
    let several =
        figure.base().count && !figure.chinese && (figure.value > 1.0 || figure.unit.is_scaled());
    let clause = until_mark(words.right, NEAR, &[',', '。', ';', '\n']);
    let noun = clause.chars().next().is_some_and(is_han) && !clause.starts_with(['的', '以']);
    if !several || !noun {
        return None;
    }
    let verbs = if cues.recipients.end(left).is_some() {
        &cues.served
    } else if cues.objects.end(left).is_some() {
        &cues.moved
    } else {
        return None;
    };
    let (verb, _) = verbs.first(clause)?;
    Some(Bound::of(Comparator::Equal, &clause[..verb]))
}
