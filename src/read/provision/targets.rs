//! Quantified commitments and limits: a number, its unit, and the words around
//! it that commit.

use crate::lexicon::{Meaning, Token, Unit, Words};
use crate::model::{Comparator, Target};
use crate::read::context::Context;
use crate::read::interval_set::Cover;
use crate::read::naming::citations::Named;
use crate::text::{
    after_last, cardinal, find_number, is_counting, is_han, prefix_end, suffix_start,
};
use std::ops::Range;

/// A number as printed.
#[derive(Clone, Debug)]
struct Figure {
    /// Digits, a range's both ends, and the unit.
    range: Range<usize>,
    value: f64,
    /// The other end of 2-3个.
    high: Option<f64>,
    unit: String,
    time: bool,
    money: bool,
    count: bool,
    /// Of its unit: [`Unit::bound`].
    bound: bool,
    chinese: bool,
}

impl Figure {
    fn share(&self) -> bool {
        matches!(self.unit.as_str(), "%" | "‰")
    }
}

/// What the words around a figure say of it.
struct Bound<'t> {
    comparator: Comparator,
    /// The noun that is measured.
    noun: &'t str,
    /// Bytes behind the figure that belong to the target.
    more: usize,
}

impl Context<'_> {
    /// The targets of a range, in order. Numbers inside instruments' names are
    /// none.
    pub fn targets(&self, range: &Range<usize>, instruments: &[Named]) -> Vec<Target> {
        let titled: Cover = instruments.iter().map(|named| named.whole.clone()).collect();
        let mut targets: Vec<Target> = Vec::new();
        let (mut at, mut said) = (range.start, range.start);
        while let Some(figure) = self.next_figure(at, range.end) {
            at = figure.range.end;
            if titled.meets(&figure.range) {
                continue;
            }
            // What one target says is not said again by the next.
            let rest = said..range.end;
            let shared = targets.last().and_then(|first| self.shared(first, said, &figure));
            let told = || self.target(&rest, &figure, &mut at);
            if let Some(target) = shared.or_else(told).filter(|_| !self.reports(range, &figure)) {
                targets.push(target);
                said = at;
            }
        }
        targets
    }

    /// 分别达到50%以上和80%以上: the second value, of the first one's kind.
    fn shared(&self, first: &Target, said: usize, figure: &Figure) -> Option<Target> {
        let q = &self.lexicon.quantities;
        let between = self.view.text.get(said..figure.range.start)?;
        let suffix = |text: &str| q.above.start(text).or(q.below.start(text)).map_or(0, str::len);
        let joined = matches!(&between[suffix(between)..], "、" | "和" | "及" | "与");
        let several = first.span.slice(self.source).contains("分别");
        let right = &self.view.text[figure.range.end..];
        (joined && several && first.unit == figure.unit).then(|| Target {
            from: None,
            to: Some(figure.value),
            span: self.span(figure.range.start..figure.range.end + suffix(right)),
            ..first.clone()
        })
    }

    /// True if the sentence reports what was reached: 2023年产值达到300亿元,同比增长15%。
    fn reports(&self, range: &Range<usize>, figure: &Figure) -> bool {
        /// Characters of a sentence that are looked at, each way.
        const NEAR: usize = 60;
        let marks = ['。', ';', '\n'];
        let left = self.text(range.start..figure.range.start);
        let left = &left[suffix_start(left, NEAR)..];
        let left = &left[after_last(left, &marks)..];
        let right = self.text(figure.range.end..range.end);
        let right = &right[..prefix_end(right, NEAR)];
        let right = right.split(marks).next().unwrap_or(right);
        let sentence = figure.range.start - left.len()..figure.range.end + right.len();
        let past = |token: &Token| self.meanings(*token).contains(&Meaning::Past);
        let ahead = &self.lexicon.quantities.ahead;
        self.tokens(&sentence).iter().any(past)
            && !ahead.iter().any(|word| self.text(sentence.clone()).contains(word.as_str()))
    }

    fn target(&self, range: &Range<usize>, figure: &Figure, at: &mut usize) -> Option<Target> {
        let clause = self.clause(range, figure.range.start);
        let left = &self.view.text[clause.start..figure.range.start];
        let right = &self.view.text[figure.range.end..range.end];
        if let Some((comparator, second)) = self.second(figure, range.end) {
            *at = second.range.end;
            let start = ["由", "从"].iter().filter_map(|word| left.rfind(word)).max().unwrap_or(0);
            let values = (Some(figure.value), Some(second.value));
            let bound = Bound { comparator, noun: &left[..start], more: 0 };
            return Some(self.commit(&clause, bound, values, &second));
        }
        let q = &self.lexicon.quantities;
        let (above, below) = (q.above.start(right), q.below.start(right));
        let suffix = above.or(below).map_or(0, str::len);
        let bound = self
            .bound_before(figure, left, above.is_some())
            .or_else(|| self.bound_around(figure, left, above.is_some(), below.is_some()))
            .map(|(comparator, noun)| {
                *at += suffix;
                Bound { comparator, noun, more: suffix }
            })
            .or_else(|| self.made(figure, left, right))?;
        let values = match figure.high {
            Some(high) => (Some(figure.value), Some(high)),
            None => (None, Some(figure.value)),
        };
        Some(self.commit(&clause, bound, values, figure))
    }

    /// What the words before a figure make of it: 压缩至, 不低于, 达到, 增加.
    fn bound_before<'t>(
        &self,
        figure: &Figure,
        left: &'t str,
        above: bool,
    ) -> Option<(Comparator, &'t str)> {
        let q = &self.lexicon.quantities;
        // 压缩至20个工作日
        if let Some(stem) = q.to.end(left).map(|to| &left[..left.len() - to.len()]) {
            for (words, way) in
                [(&q.reduce, Comparator::Reduce), (&q.increase, Comparator::Increase)]
            {
                if let Some(verb) = words.end(stem) {
                    // 提升至60%以上 is a lower bound.
                    let raised = way == Comparator::Increase && above;
                    let way = if raised { Comparator::AtLeast } else { way };
                    return Some((way, &stem[..stem.len() - verb.len()]));
                }
            }
        }
        // 不低于40学时, 至少组织1次, 不低于…的50%
        let reach = if figure.share() { 0 } else { suffix_start(left, 12) };
        let near = |words: &Words| {
            let found = words.last(&left[reach..]).map(|(at, len)| (reach + at, reach + at + len));
            found.filter(|&(_, end)| {
                let between = &left[end..];
                between.chars().count() <= 4
                    || q.grant.start(between).is_some()
                    || (between.ends_with('的') && figure.share())
            })
        };
        // 不超过 ends in 超过, 不少于 in 少于: what ends last, and is longest, binds.
        let bounds = [(&q.at_most, Comparator::AtMost), (&q.at_least, Comparator::AtLeast)];
        let nearest = bounds.into_iter().filter_map(|(words, bound)| Some((near(words)?, bound)));
        if let Some(((start, _), bound)) =
            nearest.max_by_key(|((start, end), _)| (*end, std::cmp::Reverse(*start)))
        {
            return Some((bound, &left[..start]));
        }
        if figure.chinese && figure.value == 1.0 && figure.unit != "番" {
            return None; // 实现一次检验 counts nothing.
        }
        let at_least = |other| if above { Comparator::AtLeast } else { other };
        let verbs = [
            (&q.equal, Comparator::Equal),
            (&q.reduce, Comparator::Reduce),
            (&q.increase, Comparator::Increase),
            (&q.over, Comparator::AtLeast),
        ];
        let verb = |(words, way): (&Words, _)| Some((way, words.end(left)?.len()));
        let (way, len) = verbs.into_iter().find_map(verb)?;
        Some((at_least(way), &left[..left.len() - len]))
    }

    /// What the words on both sides of a figure make of it: 50万元以上, 覆盖率100%,
    /// 周期为3年, 每季度1次, 给予20万元, 2个月后.
    fn bound_around<'t>(
        &self,
        figure: &Figure,
        left: &'t str,
        above: bool,
        below: bool,
    ) -> Option<(Comparator, &'t str)> {
        let q = &self.lexicon.quantities;
        if figure.bound {
            return None;
        }
        // 3年内 says by when, 5个工作日内 how long.
        if below && !matches!(figure.unit.as_str(), "年" | "个月" | "月" | "季度") {
            return Some((Comparator::AtMost, left));
        }
        if figure.chinese {
            return None;
        }
        // 具有3年以上经验; 5年以上 alone may be how old something is.
        let held = ["具有", "具备", "满", "从事", "连续"].iter().any(|verb| left.ends_with(verb));
        if above && (!figure.time || held) {
            return Some((Comparator::AtLeast, left));
        }
        let noun = left.strip_suffix('为').unwrap_or(left);
        let rate = figure.share() && noun.ends_with(['率', '例', '比', '度', '重']);
        let sum =
            figure.money && ["规模", "总额", "总投资"].iter().any(|word| noun.ends_with(word));
        let term = figure.time
            && ["有效期", "周期", "为期", "期限", "时限"].iter().any(|word| noun.ends_with(word));
        let measured =
            noun.len() < left.len() && (figure.share() || q.measured.end(noun).is_some());
        if rate || sum || term || measured {
            return Some((Comparator::Equal, noun));
        }
        let right = &self.view.text[figure.range.end..];
        // 以5年为周期
        if left.ends_with('以')
            && let Some(noun) = right.strip_prefix('为')
            && q.measured.start(noun).is_some()
        {
            return Some((Comparator::Equal, left));
        }
        // 协议采购量为预计需求量的80%, 按贷款利率的50%给予贴息
        let part = figure.share() && left.ends_with('的') && left.contains(['为', '按']);
        if part || (figure.share() && left.ends_with('按')) {
            let noun = left.rfind(['为', '按']).map_or(left, |at| &left[..at]);
            return Some((Comparator::Equal, noun));
        }
        if figure.money || figure.share() {
            if let Some(verb) = q.grant.end(left) {
                return Some((Comparator::Equal, &left[..left.len() - verb.len()]));
            }
            // 每人每月1500元, 50万元奖励
            let each = left[suffix_start(left, 6)..].contains('每');
            let paid = q.grant.start(right.strip_prefix('的').unwrap_or(right)).is_some();
            if (each && figure.money) || paid {
                return Some((Comparator::Equal, left));
            }
        }
        let repeated = matches!(figure.unit.as_str(), "次" | "批" | "场" | "期" | "批次" | "轮");
        if repeated && self.frequency(left).is_some() {
            return Some((Comparator::Equal, left));
        }
        let window = left.ends_with('前') || right.starts_with('后') || is_term(right);
        (figure.time && figure.unit != "年" && window).then_some((Comparator::Equal, ""))
    }

    /// 建立2-3个…基地, 培育龙头企业20家: what is to be made.
    fn made<'t>(&self, figure: &Figure, left: &'t str, right: &'t str) -> Option<Bound<'t>> {
        let set = &self.lexicon.quantities.set;
        if !figure.count || figure.chinese {
            return None;
        }
        if set.end(left).is_some() {
            let near = &right[..prefix_end(right, 20)];
            let noun = &near[..near.find([',', '。', ';', '、', '(', '\n']).unwrap_or(near.len())];
            return Some(Bound { comparator: Comparator::Equal, noun, more: noun.len() });
        }
        // A noun between the verb and the number, and no 由12个部门.
        let (at, len) = set.last(&left[suffix_start(left, 20)..])?;
        let noun = &left[suffix_start(left, 20) + at + len..];
        let plain = noun.chars().count() >= 2 && noun.ends_with(is_han);
        let other = noun
            .ends_with(['由', '的', '等', '和', '与', '对', '在', '为', '共', '有', '前', '约']);
        (plain && !other).then_some(Bound { comparator: Comparator::Equal, noun, more: 0 })
    }

    /// The second figure of 由90个工作日压缩至60个工作日, and which way it goes.
    fn second(&self, first: &Figure, end: usize) -> Option<(Comparator, Figure)> {
        let q = &self.lexicon.quantities;
        let right = &self.view.text[first.range.end..end];
        let way = |words: &Words| {
            let verb = words.start(right)?;
            let to = q.to.start(&right[verb.len()..])?;
            Some(first.range.end + verb.len() + to.len())
        };
        let (comparator, at) = match (way(&q.reduce), way(&q.increase)) {
            (Some(at), _) => (Comparator::Reduce, at),
            (None, Some(at)) => (Comparator::Increase, at),
            (None, None) => return None,
        };
        let second = self.next_figure(at, end)?;
        (second.range.start == at).then_some((comparator, second))
    }

    fn commit(
        &self,
        clause: &Range<usize>,
        bound: Bound,
        (from, to): (Option<f64>, Option<f64>),
        figure: &Figure,
    ) -> Target {
        let left = &self.view.text[clause.start..figure.range.start];
        let deadline = deadline(left).or_else(|| self.opening_deadline(clause.start));
        let noun = strip_opening(bound.noun);
        let noun = deadline.and_then(|deadline| noun.strip_prefix(deadline)).unwrap_or(noun);
        let noun = self.strip_closing(noun);
        // 每年至少组织1次…风险会商: what is measured follows.
        let noun =
            if noun.is_empty() { following(&self.view.text[figure.range.end..]) } else { noun };
        Target {
            quantity_of: noun.to_owned(),
            comparator: bound.comparator,
            from,
            to,
            unit: figure.unit.clone(),
            deadline: deadline.map(str::to_owned),
            frequency: self.frequency(left).map(str::to_owned),
            span: self.span(clause.start..figure.range.end + bound.more),
        }
    }

    /// 到2027年,…: by when all figures of a sentence are meant, said at its start.
    fn opening_deadline(&self, clause: usize) -> Option<&str> {
        /// Characters before the clause that are looked at.
        const NEAR: usize = 100;
        let before = self.text(0..clause);
        let before = &before[suffix_start(before, NEAR)..];
        let sentence = &before[after_last(before, &['。', ';', '\n'])..];
        deadline(sentence.split(',').next()?)
    }

    /// The clause that a figure stands in: back to the mark before it.
    fn clause(&self, range: &Range<usize>, figure: usize) -> Range<usize> {
        /// No clause is longer, in characters; keeps text without marks linear.
        const LONGEST: usize = 150;
        let start = range.start + suffix_start(&self.view.text[range.start..figure], LONGEST);
        let left = &self.view.text[start..figure];
        let mark = after_last(left, &['。', ',', ';', '!', '?', '\n', ':']);
        // An open bracket parts too; a closed one belongs to the clause.
        let open = after_last(left, &['(']);
        let closed = left[open..].contains(')');
        let start = start + if closed { mark } else { mark.max(open) };
        let listed = self.view.text[start..figure].trim_start_matches('、').len();
        figure - listed..figure
    }

    /// Without the verbs that end it, and how often before them: 各盟市每年组织.
    fn strip_closing<'t>(&self, noun: &'t str) -> &'t str {
        let verbs = &self.lexicon.quantities.set;
        let mut noun = noun;
        loop {
            let end = noun.trim_end_matches(['的', '为', '可', '应', '按', '、']);
            let end = end.strip_suffix("分别").unwrap_or(end);
            let end = verbs.end(end).map_or(end, |verb| &end[..end.len() - verb.len()]);
            if end.len() == noun.len() {
                break;
            }
            noun = end;
        }
        let noun = self.frequency(noun).and_then(|every| noun.strip_suffix(every)).unwrap_or(noun);
        // 各盟市 does it; it is not what is measured.
        if noun.starts_with('各') && noun.chars().count() <= 4 { "" } else { noun }
    }

    /// 每季度, 每3年, in a clause before its figure.
    fn frequency<'t>(&self, left: &'t str) -> Option<&'t str> {
        left.rmatch_indices('每').find_map(|(at, _)| {
            let every = &left[at..];
            if let Some(usual) = self.lexicon.quantities.frequencies.start(every) {
                return Some(&every[..usual.len()]);
            }
            let rest = &every['每'.len_utf8()..];
            let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "两三".contains(c));
            let units = ["年", "个月", "个季度", "周", "个工作日"];
            let len = units.iter().find(|name| unit.starts_with(**name))?.len();
            (unit.len() < rest.len()).then(|| &every[..every.len() - unit.len() + len])
        })
    }

    /// The first number with a unit in `at..end`.
    fn next_figure(&self, mut at: usize, end: usize) -> Option<Figure> {
        let text = &self.view.text[..end];
        loop {
            let start = at + find_number(&text[at..])?;
            match self.figure(text, start) {
                Ok(figure) => return Some(figure),
                Err(next) => at = next,
            }
        }
    }

    /// The figure at `start`, or where to look on.
    fn figure(&self, text: &str, start: usize) -> Result<Figure, usize> {
        let (value, len, chinese) = number(&text[start..]);
        if len == 0 {
            let numeral = text[start..].trim_start_matches(is_counting);
            return Err(text.len() - numeral.len());
        }
        let before = text[..start].chars().next_back();
        // 第3, GS-2024, 2024年第15次
        let part = before.is_some_and(|c| {
            c == '第' || c.is_ascii_alphabetic() || (c == '-' && !chinese) || c == '.'
        });
        let mut end = start + len;
        let mut high = None;
        for mark in RANGE {
            if let Some(rest) = text[end..].strip_prefix(mark) {
                let (value, len, other) = number(rest);
                if len > 0 && other == chinese {
                    high = Some(value);
                    end += mark.len() + len;
                }
                break;
            }
        }
        let rest = text[end..].trim_start_matches("余");
        end = text.len() - rest.len();
        // 1万名: ten thousand of them.
        let rest = ["万", "亿"].iter().find_map(|many| {
            let thing = rest.strip_prefix(many)?;
            let unit = self.lexicon.quantities.units.start(thing)?;
            (unit.count && unit.form.chars().count() == 1).then_some((unit, many.len()))
        });
        let (unit, many) = match rest {
            Some(found) => found,
            None => match self.lexicon.quantities.units.start(&text[end..]) {
                Some(unit) => (unit, 0),
                None => return Err(end),
            },
        };
        let name_start = end;
        end += many + unit.form.len();
        let name = match &unit.unit {
            Some(name) => name.clone(),
            None => text[name_start..end].to_owned(),
        };
        // 10%至20%, but not 由3批至1批
        let moves = text[..start].ends_with(['由', '从']);
        if high.is_none()
            && !moves
            && let Some((value, len)) = upper_end(&text[end..], &text[name_start..end], chinese)
        {
            high = Some(value);
            end += len;
        }
        let year = unit.form == "年" && !chinese && value >= 1900.0;
        // 5大类, 30日 of 6月30日
        let date = unit.form == "日" && before == Some('月');
        let idiom = chinese
            && !unit.time
            && high.is_none()
            && !matches!(unit.form.as_str(), "倍" | "批" | "个" | "家" | "次" | "番" | "名");
        if part || year || date || idiom {
            return Err(end);
        }
        let Unit { time, money, count, bound, .. } = *unit;
        Ok(Figure {
            range: start..end,
            value,
            high,
            unit: name,
            time,
            money,
            count,
            bound,
            chinese,
        })
    }
}

/// What parts the two ends of a range.
const RANGE: [&str; 6] = ["-", "—", "~", "～", "至", "到"];

/// 至20% behind 10%: the upper end of a range, and its length.
fn upper_end(text: &str, unit: &str, chinese: bool) -> Option<(f64, usize)> {
    let rest = RANGE.iter().find_map(|mark| text.strip_prefix(mark))?;
    let (value, len, other) = number(rest);
    let same = len > 0 && other == chinese && rest[len..].starts_with(unit);
    same.then(|| (value, text.len() - rest.len() + len + unit.len()))
}

/// The number at the start of `text`, its length (0 if there is none), and
/// whether it is Chinese.
fn number(text: &str) -> (f64, usize, bool) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut len = digits(text);
    if len > 0 {
        // 1,200
        while len > 0 && text[len..].starts_with(',') && digits(&text[len + 1..]) == 3 {
            len += 4;
        }
        let fraction = text[len..].strip_prefix('.').map_or(0, digits);
        len += if fraction > 0 { fraction + 1 } else { 0 };
        return (text[..len].replace(',', "").parse().unwrap_or(f64::NAN), len, false);
    }
    cardinal(text).map_or((0.0, 0, true), |(value, len)| (value.into(), len, true))
}

/// 30日改正期: a term, not a day of the month.
fn is_term(right: &str) -> bool {
    !right.starts_with('期') && right.chars().take(6).any(|c| c == '期')
}

/// 3年内, 2027年底前, 到2030年, in a clause before its figure.
fn deadline(left: &str) -> Option<&str> {
    let date = |c: char| c.is_ascii_digit() || is_counting(c) || matches!(c, '年' | '月');
    left.match_indices(['年', '月', '日']).find_map(|(at, unit)| {
        let before = left[..at].trim_end_matches(date);
        let start = before.len() - if before.ends_with('到') { '到'.len_utf8() } else { 0 };
        let until = ["内", "底前", "底", "前"]
            .into_iter()
            .find(|end| left[at + unit.len()..].starts_with(end));
        let by_year = start < before.len() && unit == "年" && at - before.len() == 4;
        let until = until.or(by_year.then_some(""))?;
        let end = at + unit.len() + until.len();
        // 毕业5年内的 says who.
        let who = left[end..].starts_with('的');
        (before.len() < at && !who).then(|| &left[start..end])
    })
}

/// Without the particles that open the clause: 将药品注册检验…, 加大对货值金额….
fn strip_opening(noun: &str) -> &str {
    let noun = noun.trim_start_matches(['和', '及']);
    let noun = noun.rfind('对').map_or(noun, |at| &noun[at + '对'.len_utf8()..]);
    ["将", "把", "逐步实现", "实现", "确保", "力争", "预计", "设置"]
        .iter()
        .find_map(|word| noun.strip_prefix(word))
        .unwrap_or(noun)
        .trim_start_matches('其')
}

/// The phrase behind a figure, up to the next mark.
fn following(right: &str) -> &str {
    let right = right.trim_start_matches(['的', '后', '前', ',']);
    let near = &right[..prefix_end(right, 30)];
    &near[..near.find([',', '。', ';', '(', '\n']).unwrap_or(near.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commits_and_what_reports() {
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
    fn a_deadline_dates_its_sentence() {
        let text = "(一)提升。到2027年,建成基地10个,培育企业20家。每年办会5场。\n(二)加强。加强。";
        let record = crate::read(crate::Lexicon::builtin(), "text", text);
        let targets = &record.measures[0].provision.targets;
        let deadlines: Vec<_> = targets.iter().map(|t| t.deadline.as_deref()).collect();
        assert_eq!(deadlines, [Some("到2027年"), Some("到2027年"), None]);
    }
}
