//! Dates as printed, and the words that say what they date.

use super::context::Context;
use crate::model::{Dates, Found, PartialDate, Rule};
use crate::outline::ordinal;
use crate::text::{after_last, find, occurrences, prefix_end, suffix_start};
use jiff::ToSpan;
use std::ops::Range;

/// A date in a text, with its place.
pub(crate) type Dated = (Range<usize>, PartialDate);

/// The dates of a text, ascending: 2025年6月16日, 2025年6月下旬, 二〇二五年五月十四日,
/// 6月19日 after a date with its year, 2025-07-02. O(n).
pub(crate) fn dates(text: &str) -> Vec<Dated> {
    let mut found: Vec<Dated> = Vec::new();
    for at in occurrences(text, "月") {
        let date = han(text, at, found.last());
        found.extend(
            date.filter(|(range, _)| found.last().is_none_or(|(last, _)| last.end <= range.start)),
        );
    }
    let marks = memchr::memchr2_iter(b'-', b'/', text.as_bytes());
    found.extend(marks.filter_map(|at| iso(text, at)));
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// The date around the 月 at `at`.
fn han(text: &str, at: usize, last: Option<&Dated>) -> Option<Dated> {
    let (month, month_start) = back(text, at)?;
    let before = text[..month_start].strip_suffix('年');
    let (year, start) = match before {
        Some(before) => year_back(text, before.len())?,
        None => {
            let (range, date) = last?;
            // 2025年6月5日--6月19日: the year is that of the date before.
            (month_start.saturating_sub(range.end) <= 12)
                .then_some((date.first_day().year(), month_start))?
        }
    };
    let rest = at + '月'.len_utf8();
    if let Some((day, len)) = ahead(&text[rest..])
        // 曰: 日 as recognised from a scan.
        && text[rest + len..].starts_with(['日', '曰'])
    {
        let date = PartialDate::day(year, month, day)?;
        return Some((start..rest + len + '日'.len_utf8(), date));
    }
    before.is_some().then_some(())?;
    let part = ["上旬", "中旬", "下旬", "底", "初", "份"]
        .iter()
        .find(|part| text[rest..].starts_with(**part));
    Some((start..rest + part.map_or(0, |part| part.len()), PartialDate::month(year, month)?))
}

/// 2025-07-02, 2025/7/2 around its first mark.
fn iso(text: &str, at: usize) -> Option<Dated> {
    let mark = text.as_bytes()[at] as char;
    let year = text[..at].len().checked_sub(4).and_then(|start| text.get(start..at))?;
    let before = text[..at - 4].chars().next_back();
    if !year.bytes().all(|b| b.is_ascii_digit())
        || before.is_some_and(|c| c.is_ascii_alphanumeric())
    {
        return None;
    }
    let (month, len) = ahead(&text[at + 1..])?;
    let rest = text[at + 1 + len..].strip_prefix(mark)?;
    let (day, more) = ahead(rest)?;
    let date = PartialDate::day(year.parse().ok()?, month, day)?;
    Some((at - 4..at + 2 + len + more, date))
}

/// The number of one or two digits, or the Chinese numeral, that ends at `end`.
fn back(text: &str, end: usize) -> Option<(i8, usize)> {
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let start =
        text[..end].char_indices().rev().take_while(|&(_, c)| is_digit(c)).take(3).last()?.0;
    Some((small(&text[start..end])?, start))
}

fn ahead(text: &str) -> Option<(i8, usize)> {
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let len: usize = text.chars().take_while(|&c| is_digit(c)).take(3).map(char::len_utf8).sum();
    Some((small(&text[..len])?, len))
}

fn small(digits: &str) -> Option<i8> {
    digits.parse().ok().or_else(|| ordinal(digits).and_then(|n| i8::try_from(n).ok()))
}

/// 2025 or 二〇二五, ending at `end`.
fn year_back(text: &str, end: usize) -> Option<(i16, usize)> {
    let mut year = 0;
    let mut start = end;
    let digits = text[..end].char_indices().rev().take(4).collect::<Vec<_>>();
    for &(at, c) in digits.iter().rev() {
        let digit = c
            .to_digit(10)
            .or_else(|| "〇一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u32))
            .or_else(|| matches!(c, '○' | 'Ｏ' | '零').then_some(0))?;
        year = year * 10 + digit as i16;
        start = start.min(at);
    }
    (digits.len() == 4 && (1900..2200).contains(&year)).then_some((year, start))
}

/// How far the words of a date's sentence are looked for, in characters.
const SENTENCE: usize = 80;

impl Context<'_> {
    fn dated(&self, range: Range<usize>, date: PartialDate) -> Option<Found<PartialDate>> {
        Some(self.found(date, range, Rule::DatePhrase))
    }

    /// Fills in what the whole text says of the document's own validity and of
    /// a window for comments. `all` are the dates of the view.
    pub fn validity(&self, dates: &mut Dates, all: &[Dated], body: &Range<usize>, solicits: bool) {
        let text = self.view.text.as_str();
        // 药品生产许可证有效期5年, in a measure, is not the document's.
        let outside = |at: usize| !body.contains(&at);
        for (range, date) in all {
            let before = &text[..range.start];
            let after = &text[range.end..];
            if dates.adopted.is_none() && is_adopted(after) {
                dates.adopted = self.dated(range.clone(), *date);
            }
            let own = outside(range.start) || is_own(before);
            let stated = own || (!names_title(before) && ends_in_force(after));
            if dates.effective.is_none()
                && before.ends_with('自')
                && comes_into_force(after)
                && stated
            {
                dates.effective = self.dated(range.clone(), *date);
            }
            let until = before.ends_with("有效期至")
                || before.ends_with("有效期截至")
                || before.ends_with("执行至")
                || before.ends_with("实施至");
            if dates.expires.is_none() && until && own {
                dates.expires = self.dated(range.clone(), *date);
            }
        }
        if dates.effective.is_none() {
            let phrase = ["自印发之日起", "自发布之日起", "自公布之日起", "自下发之日起"]
                .iter()
                .find_map(|phrase| {
                    let at = find(text, phrase)?;
                    comes_into_force(&text[at + phrase.len() - '起'.len_utf8()..])
                        .then_some(at..at + phrase.len())
                });
            if let (Some(phrase), Some(signed)) = (phrase, &dates.signed) {
                dates.effective = self.dated(phrase, signed.value);
            }
        }
        if dates.expires.is_none() {
            dates.expires = self.term(dates, body);
        }
        if solicits {
            self.window(dates, all);
        }
    }

    /// 有效期两年, from the day of effect; the end is exclusive.
    fn term(&self, dates: &Dates, body: &Range<usize>) -> Option<Found<PartialDate>> {
        let effective = dates.effective.as_ref()?.value.date()?;
        let text = self.view.text.as_str();
        let own = |at: &usize| !body.contains(at) || is_own(&text[..*at]);
        occurrences(text, "有效期").filter(own).find_map(|at| {
            let rest = text[at + "有效期".len()..].trim_start_matches(['为', '限', ':']);
            let (years, len) =
                ahead(rest).or_else(|| rest.starts_with('两').then_some((2, '两'.len_utf8())))?;
            let end = text.len() - rest.len() + len;
            let span = match &text[end..] {
                unit if unit.starts_with('年') => years.years(),
                unit if unit.starts_with("个月") => years.months(),
                _ => return None,
            };
            let end = end
                + if text[end..].starts_with('年') { '年'.len_utf8() } else { "个月".len() };
            self.dated(at..end, effective.checked_add(span).ok()?.into())
        })
    }

    /// 公开征求意见的时间是…至…; 请于…前反馈; …至….
    fn window(&self, dates: &mut Dates, all: &[Dated]) {
        let text = self.view.text.as_str();
        for (at, (range, date)) in all.iter().enumerate() {
            let before = &text[..range.start];
            let near = suffix_start(before, SENTENCE);
            let start = near + after_last(&before[near..], &['。', '\n', ';']);
            let sentence = &text[start..range.end + prefix_end(&text[range.end..], SENTENCE)];
            let sentence = sentence.split(['。', '\n']).next().unwrap_or_default();
            let about =
                ["征求", "征集", "反馈", "意见建议"].iter().any(|word| sentence.contains(word));
            if !about {
                continue;
            }
            if let Some((next, until)) = all.get(at + 1) {
                let between = &text[range.end..next.start.max(range.end)];
                if matches!(between, "至" | "-" | "--" | "—" | "——" | "~" | "到" | "起至")
                {
                    dates.comment_from =
                        dates.comment_from.take().or(self.dated(range.clone(), *date));
                    dates.comment_until =
                        dates.comment_until.take().or(self.dated(next.clone(), *until));
                    return;
                }
            }
            let limit = text[range.end..].starts_with('前')
                || text[range.end..].starts_with("之前")
                || before.ends_with('至')
                || before.ends_with("截止")
                || before.ends_with("截止时间为")
                || before.ends_with("截止日期为");
            if limit && dates.comment_until.is_none() {
                dates.comment_until = self.dated(range.clone(), *date);
                return;
            }
        }
    }
}

/// 2021年12月20日省政府第125次常务会议审议通过.
fn is_adopted(after: &str) -> bool {
    let clause: String = after.chars().take_while(|c| !"。,;\n".contains(*c)).take(40).collect();
    ["会议审议通过", "会议通过", "会审议通过", "会议讨论通过"]
        .iter()
        .any(|words| clause.contains(words))
}

/// True if the sentence that `before` breaks off speaks of the document itself:
/// 本措施自…, or goes on from its day of effect: 自…起施行,有效期….
fn is_own(before: &str) -> bool {
    const SELF: [&str; 16] = [
        "本办法",
        "本措施",
        "本意见",
        "本通知",
        "本方案",
        "本规定",
        "本政策",
        "本细则",
        "本计划",
        "本若干",
        "本公告",
        "本通告",
        "起施行",
        "起实施",
        "起执行",
        "之日起",
    ];
    let near = &before[suffix_start(before, SENTENCE)..];
    let sentence = &near[after_last(near, &['。', ';', '\n'])..];
    !sentence.contains('》') && SELF.iter().any(|words| sentence.contains(words))
}

/// True if a title is named in the sentence that `before` breaks off.
fn names_title(before: &str) -> bool {
    let near = &before[suffix_start(before, SENTENCE)..];
    near[after_last(near, &['。', ';', '\n'])..].contains('》')
}

/// 统一执行。 ends its clause; 施行的规定 does not.
fn ends_in_force(after: &str) -> bool {
    let near = &after[..prefix_end(after, 16)];
    let clause = near.split([',', '。', ';', '\n']).next().unwrap_or(near);
    ["施行", "实施", "执行", "生效"].iter().any(|word| clause.ends_with(word))
}

/// 起施行, 起执行, 全省统一执行.
fn comes_into_force(after: &str) -> bool {
    let clause: String = after.chars().take_while(|c| !",。;、\n".contains(*c)).take(16).collect();
    ["施行", "实施", "执行", "生效"].iter().any(|word| clause.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_validity() {
        assert!(is_own("第六条本办法自2024年1月1日起施行,"));
        assert!(!is_own("五、药品生产许可证"));
        assert!(!is_own("落实《药品管理法》,自2019年12月1日起施行,"));
        assert!(ends_in_force("全省统一执行。") && !ends_in_force("起施行的规定,"));
    }

    #[test]
    fn adoption() {
        assert!(is_adopted("省政府第125次常务会议审议通过,现予公布"));
        assert!(!is_adopted("起施行。经会议通过"));
    }

    #[test]
    fn printed_dates() {
        let read = |text: &str| {
            dates(text).into_iter().map(|(_, date)| date.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(read("自2025年6月16日起施行"), ["2025-06-16"]);
        assert_eq!(read("2025年6月5日--6月19日"), ["2025-06-05", "2025-06-19"]);
        assert_eq!(read("自2025年6月下旬全省统一执行"), ["2025-06"]);
        assert_eq!(read("二〇二五年五月十四日"), ["2025-05-14"]);
        assert_eq!(read("2025-07-02 10:24"), ["2025-07-02"]);
        assert_eq!(read("2025年2月30日、2020-2025年、2025年第15次"), [""; 0]);
    }
}
