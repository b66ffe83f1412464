//! Conditions: figures that tell who or what is meant, and commit to nothing: 年满18周岁,
//! 年营业收入2000万元以上的企业.

use super::bound::{Bound, Noun, Surroundings};
use super::unit::unit;
use crate::model::Comparator;
use crate::text::{first_chars, is_han, last_chars, until_mark};

impl<'t> Surroundings<'t> {
    /// Returns the comparison of a condition.
    pub(super) fn condition(&self) -> Option<Bound<'t>> {
        self.attribute().or_else(|| self.age()).or_else(|| self.held()).or_else(|| self.described())
    }

    /// Recognises a figure inside the name of the things that the next one counts: 建成500亩以上基地10个,
    /// 培育营收超10亿元企业3家. 2个基地10个站点 are two counts.
    fn attribute(&self) -> Option<Bound<'t>> {
        self.names_counted().then(|| {
            let (q, left) = (&self.lexicon.quantities, self.left);
            let verb = q.set.last(left).map_or(0, |(at, len)| at + len);
            let noun = &left[verb..];
            let over = q.over.strip_end(noun).or_else(|| q.at_least.strip_end(noun));
            let comparator = over.map_or(Comparator::Equal, |_| Comparator::AtLeast);
            Bound::of(self.compared().unwrap_or(comparator), over.unwrap_or(noun))
        })
    }

    /// Returns true if a figure is inside the name of the things that the next one counts: it is
    /// directly after the verb, or a bound. 新建公路120公里桥梁5座 are two targets.
    pub(super) fn names_counted(&self) -> bool {
        /// Lengths of the rest of the name in characters.
        const REST: std::ops::RangeInclusive<usize> = 2..=14;
        /// Characters before the figure in which the verb is.
        const NEAR: usize = 20;
        let (q, base) = (&self.lexicon.quantities, self.figure.base());
        // 个 and 家 count; 亩 and 公里 measure.
        let counts = base.count && !base.area && base.form.chars().nth(1).is_none();
        let limited = self.suffix.len() > 0;
        if base.time || (counts && !limited) {
            return false;
        }
        let after = self.after();
        let rest = after.trim_start_matches(is_han);
        let name = &after[..after.len() - rest.len()];
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if number.len() == rest.len() || !REST.contains(&name.chars().count()) {
            return false;
        }
        let counted = unit(self.lexicon, number).is_some_and(|(unit, ..)| unit.base.count);
        let near = last_chars(self.left, NEAR);
        let bounded = || limited || [&q.over, &q.at_least].iter().any(|w| w.end(near).is_some());
        let named = || match q.set.last_end(near) {
            Some(end) => end == near.len() || bounded(),
            None => q.equal.end(name).is_some(),
        };
        counted && !name.contains('每') && !q.set.occur_in(name) && named()
    }

    /// Recognises an age: 年满18周岁, 60周岁以上, 3至6岁幼儿. 人均预期寿命达到80岁 is a commitment.
    fn age(&self) -> Option<Bound<'t>> {
        let (q, left) = (&self.lexicon.quantities, self.left);
        if !self.figure.base().age {
            return None;
        }
        let raised = q.to.end(left).is_some() || q.equal.end(left).is_some();
        if raised && self.lexicon.cues.targets.lifetimes.occur_in(left) {
            return None;
        }
        let comparator = self.compared().or_else(|| {
            let class = self.figure.high.is_some() || self.figure.bounded || left.ends_with("年龄");
            class.then_some(Comparator::Equal)
        })?;
        Some(Bound::of(comparator, self.noun_of_condition()))
    }

    /// Returns the comparator of 满18周岁, 60周岁以上 or 不超过45周岁.
    fn compared(&self) -> Option<Comparator> {
        let (q, cues, left) = (&self.lexicon.quantities, &self.lexicon.cues.targets, self.left);
        // 不满 and 未满 end in 满.
        if q.at_most.end(left).is_some() || cues.unfilled.end(left).is_some() {
            return Some(Comparator::AtMost);
        }
        if left.ends_with('满') || q.at_least.end(left).is_some() || self.suffix.is_above() {
            return Some(Comparator::AtLeast);
        }
        self.suffix.is_below().then_some(Comparator::AtMost)
    }

    /// Recognises a time that somebody must have behind them: 注册满3年, 毕业5年内, 从事教学工作5年以上,
    /// 3年以上工作经验.
    fn held(&self) -> Option<Bound<'t>> {
        let (cues, left, right) = (&self.lexicon.cues.targets, self.left, self.right);
        if !self.figure.base().time || self.figure.base().form == "工作日" {
            return None;
        }
        let after = self.after();
        let filled = left.ends_with('满') && cues.unfilled_terms.end(left).is_none();
        if filled && !right.starts_with(['前', '后']) {
            return Some(Bound::of(Comparator::AtLeast, self.noun_of_condition()));
        }
        let near = last_chars(left, 10);
        let since = || {
            let career = cues.careers.last(near);
            career.is_some_and(|(at, len)| near[at + len..].chars().all(is_han))
        };
        let experience = || cues.experience.occur_in(first_chars(after, 6));
        let spent = self.suffix.is_above() && (experience() || since());
        // 毕业5年内, 成立3年以内
        let recent =
            self.suffix.is_below() && cues.careers.end(left.trim_end_matches("不超过")).is_some();
        let comparator = if spent { Comparator::AtLeast } else { Comparator::AtMost };
        (spent || recent).then(|| Bound::of(comparator, self.noun_of_condition()))
    }

    /// Recognises a figure inside the description of who is meant: 投资额超过1亿元的项目,
    /// 2000万元以上企业, 达到500万元的,给予…, 不足10万元.
    fn described(&self) -> Option<Bound<'t>> {
        if let Some(noun) = self.lexicon.cues.targets.short_of.strip_end(self.left) {
            return Some(Bound::of(Comparator::AtMost, noun));
        }
        if !self.describes() || self.is_negated() {
            return None;
        }
        let bound = self.bound().unwrap_or(Bound::of(self.compared()?, self.left));
        Some(Bound { place: Noun::Before, ..bound })
    }

    /// Returns true if the words after the figure are those that it describes.
    fn describes(&self) -> bool {
        /// Characters after the figure in which those are named: behind 的, and without it.
        const NAMED: [usize; 2] = [10, 8];
        let (cues, grant) = (&self.lexicon.cues.targets, &self.lexicon.quantities.grant);
        let holder = |text: &str, chars: usize| {
            let near = until_mark(text, chars, &[',', '。', ';', '、', '(', '\n']);
            cues.holders.occur_in(near) && grant.start(near).is_none()
        };
        let Some(of) = self.after().strip_prefix('的') else {
            let bounded = self.suffix.len() > 0 && !self.figure.base().time;
            return bounded && !self.is_object() && holder(self.after(), NAMED[1]);
        };
        of.starts_with([',', ';', '、', '。', '\n', ')'])
            || cues.consequences.start(of).is_some()
            || (!self.is_object() && holder(of, NAMED[0]))
    }

    /// Returns true for a number of things that are made or served: 引进10个以上的团队; or that are
    /// the next of a list.
    fn is_object(&self) -> bool {
        let (q, cues) = (&self.lexicon.quantities, &self.lexicon.cues.targets);
        let made = q.set.end(self.left).is_some() || q.increase.end(self.left).is_some();
        let served = cues.recipients.end(self.left).is_some();
        self.figure.base().count && (made || served || self.left.is_empty())
    }

    fn noun_of_condition(&self) -> &'t str {
        let (q, cues) = (&self.lexicon.quantities, &self.lexicon.cues.targets);
        let left = self.left;
        let bound = [&cues.unfilled, &q.at_most, &q.at_least]
            .into_iter()
            .find_map(|words| words.strip_end(left));
        let noun = bound.unwrap_or(left.strip_suffix('满').unwrap_or(left));
        // 年满18周岁
        if self.figure.base().age { noun.strip_suffix('年').unwrap_or(noun) } else { noun }
    }
}
