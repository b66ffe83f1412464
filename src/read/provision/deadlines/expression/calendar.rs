//! Days and parts of a year: 2026年6月底前, 每季度首月10日前, 次年3月底.

use super::when::{Closing, Parsed, Part, When, Year, strip};
use crate::read::document::dates::small_number;
use crate::text::digit;

/// Reads a day or a part of a year.
pub(super) fn calendar(text: &str) -> Parsed<'_> {
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
