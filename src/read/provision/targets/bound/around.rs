//! Bounds that words on both sides of the figure make: 50万元以上, 覆盖率100%, 每季度1次, 给予20万元.

use super::surroundings::{Bound, Surroundings};
use crate::model::Comparator;
use crate::read::provision::targets::frequency::frequency;
use crate::text::{first_chars, is_han, is_within, last_chars, until_mark};

/// Recognises words on both sides of the figure: 50万元以上, 覆盖率100%, 周期为3年, 每季度1次,
/// 给予20万元, 2个月后.
pub(super) fn around<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let (cues, left, figure) = (&words.lexicon.cues.targets, words.left, words.figure);
    let unit = figure.base();
    if unit.bound {
        return None;
    }
    if figure.bounded {
        return Some(Bound::of(Comparator::Equal, left));
    }
    if let Some(bound) = within(words) {
        return Some(bound);
    }
    if let Some(bound) = regular(words) {
        return Some(bound);
    }
    if figure.chinese && !figure.base().time && !figure.is_share() {
        return None;
    }
    // 具有3年以上经验; 5年以上 alone can be an age.
    let held = cues.qualifications.end(left).is_some();
    if words.suffix.is_above() && unit.count && words.lexicon.quantities.set.end(left).is_some() {
        return Some(Bound::object(Comparator::AtLeast));
    }
    if words.suffix.is_above() && (!unit.time || held) {
        return Some(Bound::of(Comparator::AtLeast, left));
    }
    measured(words)
        .or_else(|| cycle(words))
        .or_else(|| part(words))
        .or_else(|| granted(words))
        .or_else(|| in_time(words))
}

/// Recognises an upper bound after the figure: 10万元以下, 5个工作日内, 之日起3个月内, 2年内不得.
/// 3年内 alone is a deadline. 一日办结 has no 内.
fn within<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let (cues, left, figure) = (&words.lexicon.cues.targets, words.left, words.figure);
    let unit = figure.base();
    if !words.suffix.is_below() {
        let done = unit.time && !cues.period_units.contains(&unit.form);
        let done = done && cues.done.start(words.right).is_some();
        return done.then(|| Bound::of(Comparator::AtMost, left));
    }
    if !unit.time {
        return Some(Bound::of(Comparator::AtMost, left));
    }
    if !cues.period_units.contains(&unit.form) {
        return Some(Bound::after(Comparator::AtMost, left));
    }
    let clause = until_mark(words.after(), 40, &[',', '。', ';', '\n']);
    let clause = clause.strip_prefix(')').unwrap_or(clause);
    if cues.bans.start(clause).is_some() {
        return Some(Bound::after(Comparator::Equal, left));
    }
    // 自印发之日起3年内建成100个 is the deadline of the 100.
    let counted =
        cues.counted_from.end(left).is_some() && !clause.contains(|c: char| c.is_ascii_digit());
    counted.then(|| Bound::after(Comparator::AtMost, left))
}

/// Recognises the noun that the figure measures: 覆盖率100%, 总投资50亿元, 有效期3年, 权重为10%.
fn measured<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let (cues, left, figure) = (&words.lexicon.cues.targets, words.left, words.figure);
    let noun = left.strip_suffix('为').or_else(|| left.strip_suffix('是')).unwrap_or(left);
    let rate = figure.is_share() && noun.ends_with(['率', '例', '比', '度', '重', '速', '幅']);
    let sum = figure.base().money && cues.totals.end(noun).is_some();
    let term = figure.base().time && cues.terms.end(noun).is_some();
    if is_fund(words) {
        return Some(Bound::object(Comparator::Equal));
    }
    let measured = noun.len() < left.len()
        && (figure.is_share() || words.lexicon.quantities.measured.end(noun).is_some());
    // 租期5年以上
    let comparator = match term && words.suffix.is_above() {
        true => Comparator::AtLeast,
        false => Comparator::Equal,
    };
    (rate || sum || term || measured).then_some(Bound::of(comparator, noun))
}

/// Returns true for the sum of a fund that is set up: 设立50亿元产业基金, 组建100亿元规模的母基金.
fn is_fund(words: &Surroundings) -> bool {
    /// Characters of the name of a fund.
    const NAME: usize = 20;
    let cues = &words.lexicon.cues.targets;
    let set_up = words.figure.base().money && cues.founders.end(words.left).is_some();
    let name = || until_mark(words.right, NAME, &[',', '。', ';', '、', '\n']);
    set_up && cues.funds.end(name()).is_some() && !cues.fund_uses.occur_in(name())
}

/// Recognises a cycle: 以5年为周期.
fn cycle<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let noun = words.right.strip_prefix("为一个").or_else(|| words.right.strip_prefix('为'));
    let noun = noun.filter(|_| words.left.ends_with('以'))?;
    words.lexicon.quantities.measured.start(noun).map(|_| Bound::of(Comparator::Equal, words.left))
}

/// Recognises a share of a quantity: 协议采购量为预计需求量的80%, 按贷款利率的50%给予贴息.
fn part<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let left = words.left;
    let of = left.ends_with('的') || words.lexicon.cues.targets.amounts.end(left).is_some();
    let part =
        (of && left.contains(['为', '按'])) || left.ends_with('按') || left.ends_with("按照");
    let at = left.rfind(['为', '按']).unwrap_or(left.len());
    let of = left[at..].trim_start_matches(['为', '按', '照']).trim_end_matches('的');
    let bound = Bound { of, ..Bound::of(Comparator::Equal, &left[..at]) };
    (part && words.figure.is_share()).then_some(bound)
}

/// Recognises a grant: 给予20万元, 每人每月1500元, 50万元奖励, 按本科1万元、硕士3万元发放.
fn granted<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let (q, left, figure) = (&words.lexicon.quantities, words.left, words.figure);
    let money = figure.base().money;
    // 给予1-3年观察期
    let term = figure.base().time && first_chars(words.right, 6).contains('期');
    if !money && !figure.is_share() && !term {
        return None;
    }
    if let Some(verb) = q.grant.end(left) {
        let noun = &left[..left.len() - verb.len()];
        let of = if verb.contains(['每', '给']) { "" } else { verb };
        return Some(Bound { of, ..Bound::of(Comparator::Equal, noun) });
    }
    if term {
        return None;
    }
    let each = money && (last_chars(left, 8).contains('每') || figure.unit.is_rate());
    let paid = || q.grant.start(words.right.strip_prefix('的').unwrap_or(words.right)).is_some();
    if each || paid() {
        return Some(Bound::of(Comparator::Equal, left));
    }
    paid_by_list(words)
}

/// Recognises a sum of a list that one verb pays: 按本科1万元、硕士3万元发放, 给予一等奖5万元.
fn paid_by_list<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    /// Characters of the clause after the figure that are read.
    const LIST: usize = 40;
    let (q, left) = (&words.lexicon.quantities, words.left);
    if !words.figure.base().money {
        return None;
    }
    let item = |noun: &str| is_within(noun, 10) && noun.chars().all(is_han);
    if let Some((at, len)) = q.grant.last(last_chars(left, 14)) {
        let noun = &last_chars(left, 14)[at + len..];
        return item(noun).then_some(Bound::of(Comparator::Equal, noun));
    }
    let rest = until_mark(words.right, LIST, &[',', '。', ';', '\n']);
    let listed = rest.starts_with('、') || left.starts_with('、');
    let by = left.rfind('按').map(|at| left[at + '按'.len_utf8()..].trim_start_matches('照'));
    let noun = by.filter(|noun| item(noun) && listed && q.grant.occur_in(rest))?;
    Some(Bound::of(Comparator::Equal, noun))
}

/// Recognises a frequency: 每季度1次, 半年一次, 每6个月更新一次.
fn regular<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let (cues, figure) = (&words.lexicon.cues.targets, words.figure);
    let repeats = cues.repeated_units.contains(&figure.base().form);
    let found = || frequency(words.lexicon, words.left);
    // 每年开展一批 counts nothing; 每年一次 and 每年开展一次 do.
    let once = figure.base().form == "次" || figure.base().form == "轮" || !figure.chinese;
    if !repeats || !once || found().is_none() {
        return None;
    }
    // 每年开展检查2次以上
    let above = words.suffix.is_above();
    let comparator = if above { Comparator::AtLeast } else { Comparator::Equal };
    Some(Bound::of(comparator, words.left))
}

/// Recognises a period: 到期前6个月, 2个月后, 30日改正期.
fn in_time<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let (left, right, figure) = (words.left, words.right, words.figure);
    let term = !right.starts_with('期') && first_chars(right, 6).contains('期');
    let window = left.ends_with('前') || right.starts_with('后') || term;
    let short = figure.base().time && figure.base().form != "年" && !figure.chinese;
    let noun = left.strip_suffix('前').unwrap_or_default();
    (short && window).then_some(Bound::after(Comparator::Equal, noun))
}
