//! Expressions of time: 2026年6月底前, 每年3月底前, 第三季度末, 3至5年内, “十五五”期间.

use crate::read::document::dates::small_number;
use crate::text::{cardinal, digit};
use std::ops::Range;

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    pub(super) range: Range<usize>,
    pub(super) when: When,
    pub(super) closing: Closing,
}

/// The words that close an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    /// None: 2026年6月.
    Open,
    /// The end of a period: 2026年底, 6月中旬.
    End,
    /// A bound: 前, 之前, 止, 内.
    Until,
}

/// The content of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum When {
    /// A day or a part of a year.
    Part(Year, Part),
    /// The last year of a five-year plan.
    Plan(i16),
    /// A period.
    Term { from: Option<u32>, value: u32, unit: &'static str },
}

/// The year of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Printed(i16),
    /// 今年 is 0, 明年 1: counted from the year of the document.
    Relative(i16),
    /// The year after that of the expression before it: 次年.
    Following,
    Every,
    Absent,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// The end of a quarter, from 1, or of a half year.
    Quarter(i8),
    Month(i8),
    Day(i8, i8),
    /// A day of a month of each period of so many months, all from 1; 31 is the last day: the 10th of
    /// the first of three for 每季度首月10日.
    Each {
        months: i8,
        month: i8,
        day: i8,
    },
    /// A day that no calendar here knows: 春节.
    Unknown,
}

/// Longest expression before its unit, in characters.
const BEFORE: usize = 14;

/// Returns the expression whose first unit is at `at`, not before `from`. O(1).
pub(super) fn expression_at(text: &str, from: usize, at: usize) -> Option<Expression> {
    let head = text[from..at].char_indices().rev().take(BEFORE);
    let first = head.take_while(|&(_, c)| is_part(c)).last().map_or(at, |(start, _)| from + start);
    let inside_number = |start: usize| {
        text[start..].starts_with(|c: char| c.is_ascii_digit())
            && text[..start].ends_with(|c: char| c.is_ascii_digit() || c == '.')
    };
    let starts = text[first..at].char_indices().map(|(start, _)| first + start).chain([at]);
    starts.filter(|&start| !inside_number(start)).find_map(|start| {
        let expression = parse(text, start)?;
        (expression.range.end > at).then_some(expression)
    })
}

/// Returns true for a character that an expression can have before its first unit.
fn is_part(c: char) -> bool {
    let is_word = |c| {
        matches!(
            c,
            '十' | '百'
                | '两'
                | '半'
                | '○'
                | '年'
                | '月'
                | '第'
                | '每'
                | '逢'
                | '双'
                | '单'
                | '今'
                | '明'
                | '本'
                | '次'
                | '上'
                | '下'
                | '前'
                | '个'
                | '工'
                | '作'
                | '到'
                | '至'
                | '规'
                | '划'
        )
    };
    c.is_ascii_digit()
        || digit(c).is_some()
        || matches!(c, '-' | '—' | '~' | '～' | '“' | '”')
        || is_word(c)
}

fn parse(text: &str, start: usize) -> Option<Expression> {
    let rest = &text[start..];
    let (when, closing, rest) = plan(rest).or_else(|| calendar(rest)).or_else(|| term(rest))?;
    Some(Expression { range: start..text.len() - rest.len(), when, closing })
}

type Parsed<'t> = Option<(When, Closing, &'t str)>;

/// Reads “十五五”期间, 十五五末.
fn plan(text: &str) -> Parsed<'_> {
    let rest = text.strip_prefix('“').unwrap_or(text).strip_prefix('十')?;
    let number = i16::try_from(digit(rest.chars().next()?)?).ok()?;
    let rest = rest[number_len(rest)..].strip_prefix('五')?;
    let rest = strip(rest, &["时期”", "”", ""])?;
    let rest = strip(rest, &["规划", ""])?;
    let rest = strip(rest, &["期间", "时期", "期末", "末期", "末", "规划期"])?;
    let rest = strip(rest, &["内", "末", ""])?;
    // 十四五 ends in 2025.
    (1..=9).contains(&number).then(|| (When::Plan(1955 + 5 * (10 + number)), Closing::End, rest))
}

fn number_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Removes the first of `words` that `text` starts with.
fn strip<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// Reads a day or a part of a year.
fn calendar(text: &str) -> Parsed<'_> {
    let (year, rest) = year(text);
    let (part, end, rest) = match year {
        Year::Every => each(text).or_else(|| part(rest, year))?,
        _ => part(rest, year)?,
    };
    let rest = match part {
        Part::Day(..) | Part::Each { .. } => time_of_day(rest),
        _ => rest,
    };
    let (closing, rest) = match strip(rest, &["之前", "以前", "前", "止", "为止"]) {
        Some(rest) => (Closing::Until, rest),
        None if end => (Closing::End, strip(rest, &["之内", "以内", "内", ""])?),
        None => match strip(rest, &["之内", "以内", "内"]) {
            Some(rest) => (Closing::End, rest),
            None => (Closing::Open, rest),
        },
    };
    let absent = year == Year::Absent && part == Part::Whole && !end;
    (!absent).then_some((When::Part(year, part), closing, rest))
}

/// Removes the time of a day, or a bracket, that 前 follows: 24时前, (含)前, (星期五)17:00前.
fn time_of_day(text: &str) -> &str {
    let weekday = text.strip_prefix('(').and_then(|inner| strip(inner, &["星期", "周"]));
    let day = weekday.and_then(|day| day.strip_prefix(|c| "一二三四五六日天".contains(c)));
    let printed = day.and_then(|day| day.strip_prefix(')')).unwrap_or(text);
    let hour = printed.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    let rest = strip(hour, &["时", "点", ""]).filter(|_| hour.len() < printed.len());
    let rest = rest.or_else(|| strip(text, &["(含)", "(含当日)"])).unwrap_or(printed);
    if strip(rest, &["之前", "以前", "前", "止"]).is_some() { rest } else { text }
}

/// Reads the year at the start of `text`, if there is one.
fn year(text: &str) -> (Year, &str) {
    if let Some(rest) = strip(text, &["每年度", "每年"]) {
        return (Year::Every, rest.strip_prefix('的').unwrap_or(rest));
    }
    if period_of_months(text).is_some() {
        return (Year::Every, text);
    }
    let words = [("今年", 0), ("本年度", 0), ("明年", 1)];
    if let Some((years, rest)) =
        words.iter().find_map(|(word, years)| Some((*years, text.strip_prefix(word)?)))
    {
        return (Year::Relative(years), rest);
    }
    if let Some(rest) = text.strip_prefix("次年") {
        return (Year::Following, rest);
    }
    let printed = || {
        let (first, rest) = year_number(text)?;
        // 2025-2027年: the last one counts.
        let range = strip(rest, &["年至", "年到", "年-", "年—", "至", "到", "-", "—", "~", "～"]);
        let last = range.and_then(year_number).filter(|(last, _)| *last >= first);
        let (year, rest) = last.unwrap_or((first, rest));
        let rest = rest.strip_prefix('年')?;
        // A cell breaks 2026年 / 10月底前 into two lines.
        let month = rest.strip_prefix('\n').filter(|month| {
            month.starts_with(|c: char| c.is_ascii_digit())
                && small_number(month).is_some_and(|(_, len)| month[len..].starts_with('月'))
        });
        Some((Year::Printed(year), month.unwrap_or(rest)))
    };
    printed().unwrap_or((Year::Absent, text))
}

/// Reads 2026 or 二〇二六.
fn year_number(text: &str) -> Option<(i16, &str)> {
    let mut year = 0;
    let mut len = 0;
    let mut count = 0;
    for c in text.chars().take(4) {
        let value = c.to_digit(10).or_else(|| digit(c)).or((c == '○').then_some(0))?;
        year = year * 10 + i16::try_from(value).ok()?;
        len += c.len_utf8();
        count += 1;
    }
    let rest = &text[len..];
    (count == 4 && (1950..2150).contains(&year) && !rest.starts_with(|c: char| c.is_ascii_digit()))
        .then_some((year, rest))
}

/// Reads the part of a year: whether it says that its end counts, and the rest.
fn part(text: &str, year: Year) -> Option<(Part, bool, &str)> {
    if let Some(rest) = strip(text, &["年底", "年末", "底", "末"]) {
        let alone = text.starts_with('年') || year != Year::Absent;
        return alone.then_some((Part::Whole, true, rest));
    }
    if text.starts_with("年内") {
        return Some((Part::Whole, true, &text["年".len()..]));
    }
    if let Some(rest) = text.strip_prefix("上半年") {
        return Some((Part::Quarter(2), true, rest));
    }
    if let Some(rest) = strip(text, &["下半年", "度内", "度底", "度末"]) {
        let end = year != Year::Absent || text.starts_with('下');
        return end.then_some((Part::Whole, true, rest));
    }
    if let Some(rest) = text.strip_prefix("前三季度") {
        return Some((Part::Quarter(3), true, rest));
    }
    let number = text.strip_prefix('第').unwrap_or(text);
    if let Some((value, len)) = small_number(number) {
        let rest = &number[len..];
        if let Some(rest) = strip(rest, &["季度", "季"]).filter(|_| (1..=4).contains(&value)) {
            let rest = strip(rest, &["末", "底", ""])?;
            return Some((Part::Quarter(value), true, rest));
        }
        if number.len() == text.len() && (1..=12).contains(&value) {
            return month(rest.strip_prefix('月')?, value);
        }
        return None;
    }
    if let Some(rest) = strip(text, &["春节", "五一", "国庆", "中秋", "清明", "端午", "元旦"])
    {
        let rest = strip(rest, &["假期", "节", ""])?;
        return (year != Year::Absent).then_some((Part::Unknown, false, rest));
    }
    let plain = !text.starts_with(['度', '来', '级', '版', '后', '第', '龄', '均', '份']);
    (year != Year::Absent && plain).then_some((Part::Whole, false, text))
}

/// Reads the part of a month.
fn month(text: &str, month: i8) -> Option<(Part, bool, &str)> {
    let text = text.strip_prefix('份').unwrap_or(text);
    let thirds = [("上旬", 10), ("中旬", 20), ("初", 10)];
    if let Some((day, rest)) =
        thirds.iter().find_map(|(w, day)| Some((*day, text.strip_prefix(w)?)))
    {
        return Some((Part::Day(month, day), true, rest));
    }
    if let Some(rest) = strip(text, &["下旬", "月底", "底", "末"]) {
        return Some((Part::Month(month), true, rest));
    }
    if let Some((day, len)) = small_number(text)
        && let Some(rest) = strip(&text[len..], &["日", "号"])
    {
        return (1..=31).contains(&day).then_some((Part::Day(month, day), false, rest));
    }
    Some((Part::Month(month), false, text))
}

/// Reads the number of months of a period that returns, and its month if the period names one: 每季度,
/// 逢双月.
fn period_of_months(text: &str) -> Option<(i8, Option<i8>, &str)> {
    const PERIODS: [(&str, i8, Option<i8>); 13] = [
        ("每个季度", 3, None),
        ("每季度", 3, None),
        ("每季", 3, None),
        ("每个月", 1, Some(1)),
        ("每月", 1, Some(1)),
        ("每半年", 6, None),
        ("每个半年", 6, None),
        ("每逢双月", 2, Some(2)),
        ("逢双月", 2, Some(2)),
        ("每双月", 2, Some(2)),
        ("每逢单月", 2, Some(1)),
        ("逢单月", 2, Some(1)),
        ("每单月", 2, Some(1)),
    ];
    if !text.starts_with(['每', '逢']) {
        return None;
    }
    PERIODS.iter().find_map(|&(word, months, month)| {
        let rest = text.strip_prefix(word)?;
        Some((months, month, rest.strip_prefix('的').unwrap_or(rest)))
    })
}

/// Reads the day of each period of months: 每月10日前, 每季度末, 每季度首月10日前, 逢双月底.
fn each(text: &str) -> Option<(Part, bool, &str)> {
    let (months, month, rest) = period_of_months(text)?;
    let each = |month, day| Part::Each { months, month, day };
    if let Some(month) = month {
        let (day, end, rest) = day_of_month(rest)?;
        return Some((each(month, day), end, rest));
    }
    let first = strip(rest, &["首月", "首个月", "第一个月", "第1个月"]).map(|rest| (1, rest));
    let last =
        || strip(rest, &["末月", "最后一个月", "最后1个月", "末个月"]).map(|rest| (months, rest));
    if let Some((month, rest)) = first.or_else(last) {
        let (day, end, rest) = day_of_month(rest).unwrap_or((31, true, rest));
        return Some((each(month, day), end, rest));
    }
    if let Some(rest) = rest.strip_prefix('初') {
        return Some((each(1, 10), true, rest));
    }
    let rest = strip(rest, &["末", "底", "结束"])?;
    Some((each(months, 31), true, rest))
}

/// Reads the day of a month: 10日, 底, 上旬. 31 is the last.
fn day_of_month(text: &str) -> Option<(i8, bool, &str)> {
    if let Some(rest) = strip(text, &["底", "末", "下旬"]) {
        return Some((31, true, rest));
    }
    let thirds = [("上旬", 10), ("中旬", 20), ("初", 10)];
    if let Some((day, rest)) =
        thirds.iter().find_map(|(w, day)| Some((*day, text.strip_prefix(w)?)))
    {
        return Some((day, true, rest));
    }
    let (day, len) = small_number(text)?;
    let rest = strip(&text[len..], &["日", "号"])?;
    (1..=31).contains(&day).then_some((day, false, rest))
}

/// Reads a period: 3年内, 3至5年时间, 半年内, 30个工作日内.
fn term(text: &str) -> Parsed<'_> {
    if let Some(rest) = text.strip_prefix("次月") {
        let rest = strip(rest, &["底前", "底", "末"])?;
        return Some((When::Term { from: None, value: 1, unit: "个月" }, Closing::Until, rest));
    }
    let (from, (value, unit, rest)) = match text.strip_prefix("半年") {
        Some(rest) => (None, (6, "个月", rest)),
        None => counted(text)?,
    };
    let rest = strip(rest, &["左右", ""])?;
    let time = strip(rest, &["的时间", "时间"]);
    let (closing, rest) = match strip(time.unwrap_or(rest), &["之内", "以内", "内", "前"]) {
        Some(rest) => (Closing::Until, rest),
        None if time.is_some() => (Closing::End, time?),
        None => (Closing::Open, rest),
    };
    Some((When::Term { from, value, unit }, closing, rest))
}

/// A number of units, their name, and the rest of the text.
type Counted<'t> = (u32, &'static str, &'t str);

/// Reads 3至5年: the lower end, and the upper end with its unit.
fn counted(text: &str) -> Option<(Option<u32>, Counted<'_>)> {
    let (first, len) = count(text)?;
    let rest = &text[len..];
    let range = strip(rest, &["至", "到", "-", "—", "~", "～"])
        .and_then(|after| count(after).map(|(last, len)| (last, &after[len..])));
    match range {
        Some((last, rest)) => Some((Some(first), unit(last, rest)?)),
        None => Some((None, unit(first, rest)?)),
    }
}

/// Reads a number of units below 1000.
fn count(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    match len {
        0 => cardinal(text),
        1..=3 => Some((text[..len].parse().ok()?, len)),
        _ => None,
    }
}

/// Reads the unit of a period.
fn unit(value: u32, text: &str) -> Option<Counted<'_>> {
    let units = [
        ("年半", "个月"),
        ("周年", "年"),
        ("年", "年"),
        ("个季度", "个季度"),
        ("个月", "个月"),
        ("个工作日", "个工作日"),
        ("工作日", "个工作日"),
        ("个自然日", "日"),
        ("日", "日"),
        ("天", "天"),
        ("个星期", "周"),
        ("周", "周"),
        ("小时", "小时"),
        ("个小时", "小时"),
    ];
    let (form, unit) = units.into_iter().find(|(form, _)| text.starts_with(form))?;
    let value = if form == "年半" { value * 12 + 6 } else { value };
    Some((value, unit, &text[form.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of an expression with its parts.
    type Read<'t> = (&'t str, When, Closing);

    fn read(text: &str) -> Vec<Read<'_>> {
        let mut found = Vec::new();
        let mut from = 0;
        for (at, _) in text.match_indices(['年', '月', '日', '天', '周', '季', '时', '期'])
        {
            if at < from {
                continue;
            }
            if let Some(expression) = expression_at(text, from, at) {
                from = expression.range.end;
                found.push((&text[expression.range.clone()], expression.when, expression.closing));
            }
        }
        found
    }

    #[test]
    fn expressions_of_time() {
        use Closing::*;
        let part = |year, part| When::Part(year, part);
        let each = |months, month, day| Part::Each { months, month, day };
        let printed = |year| Year::Printed(year);
        let term = |from, value, unit| When::Term { from, value, unit };
        let cases: [(&str, &[Read]); 21] = [
            ("到2027年,", &[("2027年", part(printed(2027), Part::Whole), Open)]),
            ("2026年6月底前完成", &[("2026年6月底前", part(printed(2026), Part::Month(6)), Until)]),
            (
                "于2025年6月12日前",
                &[("2025年6月12日前", part(printed(2025), Part::Day(6, 12)), Until)],
            ),
            ("2025年底", &[("2025年底", part(printed(2025), Part::Whole), End)]),
            (
                "二〇二六年上半年",
                &[("二〇二六年上半年", part(printed(2026), Part::Quarter(2)), End)],
            ),
            (
                "2026年第三季度末",
                &[("2026年第三季度末", part(printed(2026), Part::Quarter(3)), End)],
            ),
            ("2025-2027年,", &[("2025-2027年", part(printed(2027), Part::Whole), Open)]),
            ("每年1月底前", &[("每年1月底前", part(Year::Every, Part::Month(1)), Until)]),
            ("每月10日前", &[("每月10日前", part(Year::Every, each(1, 1, 10)), Until)]),
            ("每季度末", &[("每季度末", part(Year::Every, each(3, 3, 31)), End)]),
            ("每季度首月5日前", &[("每季度首月5日前", part(Year::Every, each(3, 1, 5)), Until)]),
            ("逢双月底前", &[("逢双月底前", part(Year::Every, each(2, 2, 31)), Until)]),
            ("每半年末", &[("每半年末", part(Year::Every, each(6, 6, 31)), End)]),
            ("年底前", &[("年底前", part(Year::Absent, Part::Whole), Until)]),
            ("9月中旬前", &[("9月中旬前", part(Year::Absent, Part::Day(9, 20)), Until)]),
            ("2026年春节前", &[("2026年春节前", part(printed(2026), Part::Unknown), Until)]),
            ("“十五五”期间", &[("“十五五”期间", When::Plan(2030), End)]),
            ("3至5年时间", &[("3至5年时间", term(Some(3), 5, "年"), End)]),
            ("半年内", &[("半年内", term(None, 6, "个月"), Until)]),
            ("三十个工作日内", &[("三十个工作日内", term(None, 30, "个工作日"), Until)]),
            ("2025年度预算、2020年来、年均、日常", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
