//! The words around a figure that make it a target.

use super::figure::Figure;
use super::frequency::{every, frequency};
use super::object::changed_object;
use super::phrase::{before_change, deadline};
use crate::lexicon::{Lexicon, Words};
use crate::model::Comparator;
use crate::text::{first_chars, is_han, is_within, last_chars, suffix_start, until_mark};
use std::cmp::Reverse;

/// A figure and the words around it.
pub(super) struct Surroundings<'t> {
    pub(super) lexicon: &'t Lexicon,
    pub(super) figure: &'t Figure<'t>,
    /// The clause before the figure.
    pub(super) left: &'t str,
    /// The provision after the figure.
    pub(super) right: &'t str,
    /// 以上 or 以下 after the figure.
    pub(super) suffix: Suffix<'t>,
}

/// The words after a figure that make it a bound.
pub(super) enum Suffix<'t> {
    None,
    Above(&'t str),
    Below(&'t str),
}

impl<'t> Suffix<'t> {
    /// Returns the words at the start of `right`.
    pub(super) fn of(lexicon: &Lexicon, right: &'t str) -> Self {
        let q = &lexicon.quantities;
        let words = |words: &Words| words.start(right).map(|word| &right[..word.len()]);
        match (words(&q.above), words(&q.below)) {
            (Some(above), _) => Suffix::Above(above),
            (None, Some(below)) => Suffix::Below(below),
            (None, None) => Suffix::None,
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Suffix::None => 0,
            Suffix::Above(words) | Suffix::Below(words) => words.len(),
        }
    }

    pub(super) fn is_above(&self) -> bool {
        matches!(self, Suffix::Above(_))
    }

    pub(super) fn is_below(&self) -> bool {
        matches!(self, Suffix::Below(_))
    }
}

/// A comparison that the words around a figure make.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound<'t> {
    pub(super) comparator: Comparator,
    /// The noun that is measured.
    pub(super) noun: &'t str,
    /// Place of the noun if there are nouns on both sides of the figure.
    pub(super) place: Noun,
    /// The base of a share, or the verb that pays: the quantity if no noun is there.
    pub(super) of: &'t str,
}

/// Place of the noun that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// Before the figure: 审批时限压缩至5个工作日.
    Before,
    /// After the figure: 20个工作日内作出决定.
    After,
    /// After the figure, as the object of the verb before it: 建立2-3个基地.
    Object,
}

impl<'t> Bound<'t> {
    pub(super) fn of(comparator: Comparator, noun: &'t str) -> Self {
        Bound { comparator, noun, place: Noun::Before, of: "" }
    }

    pub(super) fn after(comparator: Comparator, noun: &'t str) -> Self {
        Bound { comparator, noun, place: Noun::After, of: "" }
    }

    pub(super) fn object(comparator: Comparator) -> Self {
        Bound { comparator, noun: "", place: Noun::Object, of: "" }
    }
}

impl<'t> Surroundings<'t> {
    /// Returns the comparison that the words make. `None` if they make no target of the figure.
    pub(super) fn bound(&self) -> Option<Bound<'t>> {
        if self.is_negated() || self.is_basis() {
            return None;
        }
        let named = before(self).or_else(|| around(self)).or_else(|| created(self));
        named.or_else(|| reached(self)).or_else(|| realized(self))
    }

    /// Returns the text after the figure and its 以上 or 以下.
    pub(super) fn after(&self) -> &'t str {
        &self.right[self.suffix.len()..]
    }

    /// Returns true for 未达到20年: nobody commits to what was not reached.
    pub(super) fn is_negated(&self) -> bool {
        let q = &self.lexicon.quantities;
        let verb =
            [&q.equal, &q.at_least, &q.over].into_iter().find_map(|verbs| verbs.end(self.left));
        let before = verb.map(|verb| &self.left[..self.left.len() - verb.len()]);
        // 不超过 is a bound.
        let before = before.filter(|_| q.at_most.end(self.left).is_none());
        before.is_some_and(|left| self.lexicon.cues.targets.negations.end(left).is_some())
    }

    /// Returns true for what something is counted by: 每新增1人给予1000元.
    pub(super) fn is_basis(&self) -> bool {
        /// Characters of 每 and the longest verb.
        const LONGEST: usize = 8;
        if !last_chars(self.left, LONGEST).contains('每') {
            return false;
        }
        let q = &self.lexicon.quantities;
        let bases = &self.lexicon.cues.targets.bases;
        let verbs = [bases, &q.increase, &q.reduce, &q.set, &q.at_least, &q.equal, &q.over];
        let before =
            |verbs: &Words| verbs.strip_end(self.left).is_some_and(|left| left.ends_with('每'));
        verbs.into_iter().any(before)
    }
}

/// Recognises words before the figure: 压缩至, 不低于, 达到, 增加.
fn before<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
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
    let stem = left.strip_suffix(q.to.end(left)?)?;
    let changes = [(&q.reduce, Comparator::Reduce), (&q.increase, Comparator::Increase)];
    let (verb, change) =
        changes.into_iter().find_map(|(verbs, change)| Some((verbs.end(stem)?, change)))?;
    let raised = change == Comparator::Increase && words.suffix.is_above();
    let comparator = if raised { Comparator::AtLeast } else { change };
    Some(Bound::of(comparator, &stem[..stem.len() - verb.len()]))
}

/// Recognises a change whose verb is before its object: 压缩审批时限至5个工作日.
fn object_changed_to<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
    let share = words.figure.is_share();
    let (object, change) = changed_object(words.lexicon, words.left, words.right, share)?;
    let raised = change == Comparator::Increase && words.suffix.is_above();
    Some(Bound::of(if raised { Comparator::AtLeast } else { change }, object))
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
    let comparator = if words.suffix.is_above() { Comparator::AtLeast } else { comparator };
    Some(Bound::of(comparator, &left[..left.len() - len]))
}

/// Recognises words on both sides of the figure: 50万元以上, 覆盖率100%, 周期为3年, 每季度1次,
/// 给予20万元, 2个月后.
fn around<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
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
    Some(Bound::of(Comparator::Equal, words.left))
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

/// Returns a number of things to be created: 建立2-3个…基地, 培育龙头企业20家.
fn created<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
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
    let noun = match verbs.last(near) {
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
fn realized<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
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
fn reached<'t>(words: &Surroundings<'t>) -> Option<Bound<'t>> {
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

/// Returns true if `text` begins with a noun and not with the rest of the clause before it.
pub(super) fn begins_noun(text: &str) -> bool {
    const OTHERS: [char; 22] = [
        '并', '且', '和', '及', '与', '或', '以', '左', '右', '纳', '在', '为', '由', '作', '用',
        '内', '时', '等', '其', '不', '应', '可',
    ];
    let text = text.strip_prefix('的').unwrap_or(text);
    text.starts_with(is_han) && !text.starts_with(OTHERS)
}
