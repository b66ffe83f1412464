//! Quantified commitments and limits: a number, its unit, and the words around
//! it that commit.

use super::citations::Named;
use super::context::{Context, after_last, tail};
use super::cover::Cover;
use crate::lexicon::Words;
use crate::model::{Comparator, Target};
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
    chinese: bool,
}

impl Context<'_> {
    /// The targets of a range, in order. Numbers inside instruments' names are
    /// none.
    pub fn targets(&self, range: &Range<usize>, instruments: &[Named]) -> Vec<Target> {
        let titled: Cover = instruments.iter().map(|named| named.whole.clone()).collect();
        let mut targets: Vec<Target> = Vec::new();
        let mut at = range.start;
        while let Some(figure) = self.next_figure(at, range.end) {
            at = figure.range.end;
            if titled.meets(&figure.range) {
                continue;
            }
            if let Some(target) = self.target(range, &figure, &mut at) {
                targets.push(target);
            }
        }
        targets
    }

    fn target(&self, range: &Range<usize>, figure: &Figure, at: &mut usize) -> Option<Target> {
        let clause = self.clause(range, figure.range.start);
        let left = &self.view.text[clause.start..figure.range.start];
        let right = &self.view.text[figure.range.end..range.end];
        let q = &self.lexicon.quantities;

        if let Some((comparator, second)) = self.second(figure, range.end) {
            *at = second.range.end;
            let start = ["由", "从"].iter().filter_map(|word| left.rfind(word)).max().unwrap_or(0);
            let noun = &left[..start];
            let values = (Some(figure.value), Some(second.value));
            return Some(self.commit(&clause, noun, comparator, values, &second, second.range.end));
        }
        let (above, below) = (q.above.start(right), q.below.start(right));
        let end = figure.range.end + above.or(below).map_or(0, str::len);
        let values = match figure.high {
            Some(high) => (Some(figure.value), Some(high)),
            None => (None, Some(figure.value)),
        };
        let make = |comparator, noun: &str| {
            Some(self.commit(&clause, noun, comparator, values, figure, end))
        };

        // 压缩至20个工作日
        if let Some(stem) = q.to.end(left).map(|to| &left[..left.len() - to.len()]) {
            if let Some(verb) = q.reduce.end(stem) {
                return make(Comparator::Reduce, &stem[..stem.len() - verb.len()]);
            }
            if let Some(verb) = q.increase.end(stem) {
                return make(Comparator::Increase, &stem[..stem.len() - verb.len()]);
            }
        }
        // 不低于40学时, 至少组织1次, 不低于…的50%
        let reach = if figure.unit == "%" { 0 } else { tail(left, 10) };
        let near = |words: &Words| {
            let found = words.last(&left[reach..]).map(|(at, len)| (reach + at, len));
            found.filter(|&(at, len)| {
                let between = &left[at + len..];
                between.chars().count() <= 4 || (between.ends_with('的') && figure.unit == "%")
            })
        };
        if let Some((at, len)) = near(&q.at_most) {
            // 不少于 ends in 少于.
            let negated = near(&q.at_least)
                .is_some_and(|(other, more)| other < at + len && other + more >= at + len);
            if !negated {
                return make(Comparator::AtMost, &left[..at]);
            }
        }
        if let Some((at, _)) = near(&q.at_least) {
            return make(Comparator::AtLeast, &left[..at]);
        }
        if figure.chinese && figure.value == 1.0 {
            return None; // 实现一次检验 counts nothing.
        }
        if let Some(word) = q.equal.end(left) {
            let comparator = if above.is_some() { Comparator::AtLeast } else { Comparator::Equal };
            return make(comparator, &left[..left.len() - word.len()]);
        }
        // 压缩40%以上, 增加2倍
        for (words, comparator) in
            [(&q.reduce, Comparator::Reduce), (&q.increase, Comparator::Increase)]
        {
            if let Some(verb) = words.end(left) {
                let comparator = if above.is_some() { Comparator::AtLeast } else { comparator };
                return make(comparator, &left[..left.len() - verb.len()]);
            }
        }
        if figure.chinese {
            return None;
        }
        // 货值金额50万元以上
        if above.is_some() && !figure.time {
            return make(Comparator::AtLeast, left);
        }
        if below.is_some() && !matches!(figure.unit.as_str(), "年" | "个月" | "月" | "季度") {
            return make(Comparator::AtMost, left);
        }
        // 建档率100%, 周期为3年, 医保支付标准为41600元
        let noun = left.strip_suffix('为').unwrap_or(left);
        if figure.unit == "%" && noun.ends_with(['率', '例', '比', '度']) {
            return make(Comparator::Equal, noun);
        }
        let measured =
            ["周期", "期限", "时限", "标准", "额度", "比例", "期", "数量", "规模", "上限"];
        if noun.len() < left.len() && measured.iter().any(|word| noun.ends_with(word)) {
            return make(Comparator::Equal, noun);
        }
        // 每季度进行1次
        if self.frequency(&clause, figure.range.start).is_some()
            && ["次", "批", "场", "期", "批次"].contains(&figure.unit.as_str())
        {
            return make(Comparator::Equal, left);
        }
        // 前3天, 2个月后, 30日改正期
        if figure.time && figure.unit != "年" {
            let counted = left.ends_with('前') || right.starts_with('后');
            let term = right.chars().take(6).collect::<String>().contains('期')
                && !right.starts_with('期');
            if counted || term {
                return make(Comparator::Equal, left);
            }
        }
        // 建立2-3个…基地
        let manner = matches!(figure.unit.as_str(), "套" | "张" | "种" | "%");
        if !figure.time && !manner && q.set.end(left).is_some() {
            let noun: String =
                right.chars().take_while(|c| !",。;、(".contains(*c)).take(20).collect();
            return Some(self.commit(
                &clause,
                &noun,
                Comparator::Equal,
                values,
                figure,
                figure.range.end + noun.len(),
            ));
        }
        None
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
        noun: &str,
        comparator: Comparator,
        (from, to): (Option<f64>, Option<f64>),
        figure: &Figure,
        end: usize,
    ) -> Target {
        let noun = strip_opening(noun);
        let deadline = self.deadline(clause, figure.range.start);
        let noun = deadline.as_deref().and_then(|d| noun.strip_prefix(d)).unwrap_or(noun);
        Target {
            quantity_of: noun.trim_end_matches(['的', '为']).to_owned(),
            comparator,
            from,
            to,
            unit: figure.unit.clone(),
            deadline,
            frequency: self.frequency(clause, figure.range.start),
            span: self.span(clause.start..end),
        }
    }

    /// The clause that a figure stands in: back to the mark before it.
    fn clause(&self, range: &Range<usize>, figure: usize) -> Range<usize> {
        /// No clause is longer, in characters; keeps text without marks linear.
        const LONGEST: usize = 150;
        let start = range.start + tail(&self.view.text[range.start..figure], LONGEST);
        let left = &self.view.text[start..figure];
        start + after_last(left, &['。', ',', ';', '!', '?', '\n', ':', '('])..figure
    }

    /// 3年内, 2027年底前: in the clause or right before it.
    fn deadline(&self, clause: &Range<usize>, figure: usize) -> Option<String> {
        let text = &self.view.text[clause.start..figure];
        let end = text.find("年内").map(|at| at + "年内".len());
        let end = end.or_else(|| text.find("年底前").map(|at| at + "年底前".len()));
        let end = end.or_else(|| text.find("年底").map(|at| at + "年底".len()))?;
        let number = text[..end].trim_end_matches(['年', '内', '底', '前']);
        let is_number = |c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c);
        let start = number.char_indices().rev().take_while(|&(_, c)| is_number(c)).last()?.0;
        Some(text[start..end].to_owned())
    }

    /// 每季度, 每3年.
    fn frequency(&self, clause: &Range<usize>, figure: usize) -> Option<String> {
        let text = &self.view.text[clause.start..figure];
        let at = text.rfind('每')?;
        let usual = self.lexicon.quantities.frequencies.start(&text[at..]);
        usual.map(str::to_owned).or_else(|| {
            let rest = &text[at + '每'.len_utf8()..];
            let digits = rest.len()
                - rest.trim_start_matches(|c: char| c.is_ascii_digit() || "两三".contains(c)).len();
            let unit = ["年", "个月", "个季度", "周", "个工作日"]
                .iter()
                .find(|unit| rest[digits..].starts_with(**unit))?;
            (digits > 0).then(|| text[at..at + '每'.len_utf8() + digits + unit.len()].to_owned())
        })
    }

    /// The first number with a unit in `at..end`.
    fn next_figure(&self, mut at: usize, end: usize) -> Option<Figure> {
        let text = &self.view.text[..end];
        loop {
            let start = at + figure_start(&text[at..])?;
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
            let numeral = text[start..].trim_start_matches(|c| CHINESE.contains(c));
            return Err(text.len() - numeral.len());
        }
        let before = text[..start].chars().next_back();
        // 第3, GS-2024, 2024年第15次
        let part = before.is_some_and(|c| {
            c == '第' || c.is_ascii_alphabetic() || (c == '-' && !chinese) || c == '.'
        });
        let mut end = start + len;
        let mut high = None;
        for mark in ["-", "—", "~", "～", "至", "到"] {
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
        let Some(unit) = self.lexicon.quantities.units.start(rest) else { return Err(end) };
        end += unit.form.len();
        let year = unit.form == "年" && !chinese && value >= 1900.0;
        // 5大类, 30日 of 6月30日
        let date = unit.form == "日" && before == Some('月');
        let idiom = chinese
            && !unit.time
            && high.is_none()
            && !matches!(unit.form.as_str(), "倍" | "批" | "个" | "家" | "次");
        if part || year || date || idiom {
            return Err(end);
        }
        let name = unit.unit.as_ref().unwrap_or(&unit.form).clone();
        Ok(Figure { range: start..end, value, high, unit: name, time: unit.time, chinese })
    }
}

/// Chinese digits that count things: 两年, 三批.
const CHINESE: &str = "一二两三四五六七八九十";

/// Where the first digit or Chinese numeral of `text` stands.
fn figure_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'0'..=b'9' => return Some(at),
            // 一七三两九二五
            0xE4 => match (bytes[at + 1], bytes[at + 2]) {
                (0xB8, 0x80 | 0x83 | 0x89 | 0xA4) | (0xB9, 0x9D) | (0xBA, 0x8C | 0x94) => {
                    return Some(at);
                }
                _ => at += 3,
            },
            // 六八十四
            0xE5 => match (bytes[at + 1], bytes[at + 2]) {
                (0x85, 0xAD | 0xAB) | (0x8D, 0x81) | (0x9B, 0x9B) => return Some(at),
                _ => at += 3,
            },
            0xE0..=0xEF => at += 3,
            _ => at += 1,
        }
    }
    None
}

/// The number at the start of `text`, its length (0 if there is none), and
/// whether it is Chinese.
fn number(text: &str) -> (f64, usize, bool) {
    let len = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if len > 0 {
        let fraction = text[len..].strip_prefix('.').map_or(0, |rest| {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if digits > 0 { digits + 1 } else { 0 }
        });
        return (text[..len + fraction].parse().unwrap_or(f64::NAN), len + fraction, false);
    }
    let len = text.len() - text.trim_start_matches(|c| CHINESE.contains(c)).len();
    let value = crate::outline::ordinal(&text[..len].replace('两', "二"));
    value.map_or((0.0, 0, true), |value| (value.into(), len, true))
}

/// Without the particle that opens the clause: 将药品注册检验….
fn strip_opening(noun: &str) -> &str {
    ["将", "把", "对", "逐步实现", "实现", "确保", "力争"]
        .iter()
        .find_map(|word| noun.strip_prefix(word))
        .unwrap_or(noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_numeral_starts_a_figure() {
        for numeral in CHINESE.chars() {
            let text = format!("共计不超过{numeral}年");
            assert_eq!(figure_start(&text), text.find(numeral), "{numeral}");
        }
        assert_eq!(figure_start("检验3倍"), Some(6));
        assert_eq!(figure_start("丁丂七"), Some(6));
        assert_eq!(figure_start("审批时限"), None);
    }
}
