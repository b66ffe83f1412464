//! Expressions of time: 2026年6月底前, 每年3月底前, 第三季度末, 3至5年内, “十五五”期间.

mod when;
mod calendar;
mod term;

use crate::text::digit;
use calendar::calendar;
use std::ops::Range;
use term::term;
pub(super) use when::{Closing, Part, When, Year};
use when::{Parsed, strip};

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    pub(super) range: Range<usize>,
    pub(super) when: When,
    pub(super) closing: Closing,
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
