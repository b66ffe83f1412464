//! Several values of one commitment: 分别达到50%和80%, 一等奖5万元、二等奖3万元.

use super::bound::{Suffix, begins_noun};
use super::change::figure_at;
use super::figure::Figure;
use super::phrase::object;
use super::place::{Found, Place};
use crate::lexicon::Lexicon;
use crate::model::{Comparator, Target};
use crate::read::naming::enumerations::{JOINERS, is_joiner};
use crate::read::scanned_text::ScannedText;
use crate::text::{is_han, is_within};

/// Gives each of several values its own quantity, if the first one lists as many: 收集率、利用率
/// 分别达到75%、40%.
pub(super) fn share_out(lexicon: &Lexicon, values: &mut [Target]) {
    let quantity = values.first().map_or_else(String::new, |first| first.quantity.clone());
    let parts: Vec<&str> = quantity.split(JOINERS).collect();
    if parts.len() < 2 || parts.len() != values.len() {
        return;
    }
    let last = quantity.chars().next_back();
    if parts.iter().all(|part| is_measure(lexicon, part, last)) {
        for (value, part) in values.iter_mut().zip(parts) {
            part.clone_into(&mut value.quantity);
        }
    }
}

/// Returns true for a part of a list that names what is measured by itself: it ends as such names do,
/// or as the list does. 花生种植、收获机械化率 is one name for both values.
fn is_measure(lexicon: &Lexicon, part: &str, last: Option<char>) -> bool {
    let ends =
        part.chars().next_back() == last || lexicon.cues.targets.measure_ends.end(part).is_some();
    part.chars().nth(2).is_some() && ends
}

/// Returns true for a name of an item: 固定样地(点位)24个, “成长型”企业50家.
fn is_item(noun: &str) -> bool {
    /// Characters of the name.
    const LONGEST: usize = 12;
    let plain = |c| is_han(c) || matches!(c, '(' | ')' | '“' | '”' | '"');
    !noun.is_empty()
        && is_within(noun, LONGEST)
        && !noun.starts_with(['(', ')', '”'])
        && noun.chars().all(plain)
}

/// Returns true if nothing follows the unit of a target.
fn ends_in_unit(text: &ScannedText, target: &Target) -> bool {
    target.span.slice(text.source).ends_with(&target.unit)
}

impl Place<'_> {
    /// Returns the target of a further value, with the words of the one before it:
    /// 分别达到50%以上和80%以上, 分别奖励10万元、20万元, 最高不超过500万元、1000万元. A sum with 以上
    /// or 以下 of its own is none: 最高奖励500万元、1000万元以上的项目优先.
    ///
    /// * `several`: `previous` is one of several values.
    pub(super) fn next_value(&self, previous: &Target, several: bool) -> Found {
        let figure = self.words.figure;
        let between = self.text.slice(self.range.start..figure.range.start);
        let joined = if several {
            is_joiner(between)
        } else {
            let stated = || ends_in_unit(self.text, previous) && self.is_plain_sum();
            between == "、" && figure.base().money && !previous.condition && stated()
        };
        (joined && previous.unit == figure.unit.name()).then(|| self.like(previous))
    }

    /// Returns the target of the next item of a list: 一等奖5万元、二等奖3万元; 建设基地2个、站点10个;
    /// 建设2个基地、10个站点; 新建公路120公里桥梁5座.
    ///
    /// * `counted`: `previous` is a number or an amount of things.
    pub(super) fn next_item(&self, previous: &Target, counted: bool) -> Found {
        let figure = self.words.figure;
        let paid = figure.base().money && previous.unit == figure.unit.name();
        let noun = self.item_noun(previous, counted, paid)?;
        let counted = counted && figure.base().count && !figure.chinese;
        let raised = matches!(previous.comparator, Comparator::Equal | Comparator::AtLeast);
        if previous.condition || !(paid || (counted && raised)) {
            return None;
        }
        let (target, end) = self.like(previous);
        let comparator = match (counted, self.words.suffix.is_above()) {
            (true, true) => Comparator::AtLeast,
            (true, false) => Comparator::Equal,
            (false, _) => target.comparator,
        };
        let (quantity, end) = match noun {
            "" => {
                let after = object(self.text.lexicon, self.words.after());
                let paid = paid && self.is_payment(after);
                (begins_noun(after) && (counted || paid)).then(|| (after, end + after.len()))?
            }
            _ => (is_item(noun).then_some(noun)?, end),
        };
        let span = self.text.span(figure.range.start - noun.len()..end);
        let (quantity, unit) = (quantity.to_owned(), figure.unit.name());
        Some((Target { quantity, comparator, unit, span, ..target }, end))
    }

    /// Returns the noun of the next item of a list between its mark and its figure; empty if the
    /// figure follows the mark.
    fn item_noun(&self, previous: &Target, counted: bool, paid: bool) -> Option<&str> {
        /// Characters of a name without a mark before it.
        const UNMARKED: usize = 3;
        let between = self.text.slice(self.range.start..self.words.figure.range.start);
        // 1000万元科研经费、300万元安家补助
        let between = between.strip_prefix(&*previous.quantity).filter(|_| paid).unwrap_or(between);
        let unmarked = || {
            let short = is_within(between, UNMARKED) && between.chars().nth(1).is_some();
            let stated = ends_in_unit(self.text, previous);
            (counted && short && stated && begins_noun(between)).then_some(between)
        };
        let included = &self.text.lexicon.cues.targets.included;
        let part = || between.strip_prefix(',').and_then(|part| included.strip_start(part));
        between.strip_prefix(JOINERS).or_else(part).or_else(unmarked)
    }

    /// Returns true for a sum without 以上 or 以下, and without a noun other than that of a payment:
    /// not 2万元保证金.
    fn is_plain_sum(&self) -> bool {
        let after = object(self.text.lexicon, self.words.after());
        self.words.suffix.len() == 0 && (!begins_noun(after) || self.is_payment(after))
    }

    /// Returns true if the noun after a sum names what it pays: 100万元安家补助; not 5000万元注册资本.
    fn is_payment(&self, noun: &str) -> bool {
        let plain = self.words.suffix.len() == 0 && !noun.contains('的');
        plain && self.text.lexicon.cues.targets.payments.end(noun).is_some()
    }

    /// Returns the target of this figure with the words of `previous`.
    fn like(&self, previous: &Target) -> (Target, usize) {
        let figure = self.words.figure;
        let end = figure.range.end + self.words.suffix.len();
        let (from, to) = figure.values();
        let span = self.text.span(figure.range.start..end);
        (Target { from, to, span, ..previous.clone() }, end)
    }

    /// Returns the end of a figure with its 以上, or of the last of the sums that a list pays for one
    /// thing: 100万元、50万元一次性奖励.
    pub(super) fn end_of_values(&self, figure: &Figure) -> usize {
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
}
