//! Dates as printed.

use crate::lexicon::Lexicon;
use crate::model::PartialDate;
use crate::text::{digit, is_one_to_ten, occurrences, ordinal};
use std::ops::Range;

/// A date and its range in the text.
pub(crate) type Dated = (Range<usize>, PartialDate);

/// Returns the dates of a text, ascending: 2025年6月16日, 2025年6月下旬, 二〇二五年五月十四日,
/// 6月19日 after a date with its year, 2025-07-02, 2025.7.2. O(n).
pub(crate) fn dates(lexicon: &Lexicon, text: &str) -> Vec<Dated> {
    let mut found: Vec<Dated> = Vec::new();
    for at in occurrences(text, "月") {
        let date = han_date(lexicon, text, at, found.last());
        found.extend(
            date.filter(|(range, _)| found.last().is_none_or(|(last, _)| last.end <= range.start)),
        );
    }
    let marks = memchr::memchr3_iter(b'-', b'/', b'.', text.as_bytes());
    found.extend(marks.filter_map(|at| iso_date(text, at)));
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Returns the date around the 月 at `at`; `last` is the date before it.
fn han_date(lexicon: &Lexicon, text: &str, at: usize, last: Option<&Dated>) -> Option<Dated> {
    let (month, month_start) = number_before(text, at)?;
    let before = text[..month_start].strip_suffix('年');
    let (year, start) = match before {
        Some(before) => year_before(text, before.len())?,
        None => {
            let (range, date) = last?;
            // 2025年6月5日--6月19日: the year is that of the date before.
            (month_start.saturating_sub(range.end) <= 12)
                .then_some((date.first_day().year(), month_start))?
        }
    };
    let rest = at + '月'.len_utf8();
    if let Some((day, len)) = small_number(&text[rest..])
        // 曰: 日 as recognised from a scan.
        && text[rest + len..].starts_with(['日', '曰'])
    {
        let date = PartialDate::day(year, month, day)?;
        return Some((start..rest + len + '日'.len_utf8(), date));
    }
    before.is_some().then_some(())?;
    let part = lexicon.cues.dates.month_parts.start(&text[rest..]).map_or(0, str::len);
    Some((start..rest + part, PartialDate::month(year, month)?))
}

/// Returns the month and the day around the 月 at `at` of a date that is printed without its year,
/// and their range: 11月23日.
pub(super) fn yearless(text: &str, at: usize) -> Option<(Range<usize>, (i8, i8))> {
    let (month, start) = number_before(text, at)?;
    let rest = at + '月'.len_utf8();
    let (day, len) = small_number(&text[rest..])?;
    let printed = !text[..start].ends_with('年') && text[rest + len..].starts_with('日');
    printed.then(|| (start..rest + len + '日'.len_utf8(), (month, day)))
}

/// Returns the date with its first mark at `at`: 2025-07-02, 2025/7/2, 2025.7.2. A further point makes
/// it the number of a version: 2025.7.2.1.
fn iso_date(text: &str, at: usize) -> Option<Dated> {
    let mark = text.as_bytes()[at] as char;
    let year = text[..at].len().checked_sub(4).and_then(|start| text.get(start..at))?;
    let before = text[..at - 4].chars().next_back();
    if !year.bytes().all(|b| b.is_ascii_digit())
        || before.is_some_and(|c| c.is_ascii_alphanumeric())
    {
        return None;
    }
    let (month, len) = small_number(&text[at + 1..])?;
    let rest = text[at + 1 + len..].strip_prefix(mark)?;
    let (day, more) = small_number(rest)?;
    let date = PartialDate::day(year.parse().ok()?, month, day)?;
    let year_in_range = mark != '.' || year.starts_with("19") || year.starts_with("20");
    let longer = rest[more..]
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if !year_in_range || longer {
        return None;
    }
    Some((at - 4..at + 2 + len + more, date))
}

/// Returns the number of at most three digits or Chinese numerals that ends at `end`,
/// and its start.
fn number_before(text: &str, end: usize) -> Option<(i8, usize)> {
    let is_digit = |c: char| c.is_ascii_digit() || is_one_to_ten(c);
    let start =
        text[..end].char_indices().rev().take_while(|&(_, c)| is_digit(c)).take(3).last()?.0;
    Some((parse(&text[start..end])?, start))
}

/// Returns the number of at most three digits or Chinese numerals at the start of
/// `text`, and its length.
pub(crate) fn small_number(text: &str) -> Option<(i8, usize)> {
    let is_digit = |c: char| c.is_ascii_digit() || is_one_to_ten(c);
    let len: usize = text.chars().take_while(|&c| is_digit(c)).take(3).map(char::len_utf8).sum();
    Some((parse(&text[..len])?, len))
}

fn parse(digits: &str) -> Option<i8> {
    digits.parse().ok().or_else(|| ordinal(digits).and_then(|n| i8::try_from(n).ok()))
}

/// Returns the year that ends at `end`, 2025 or 二〇二五, and its start.
fn year_before(text: &str, end: usize) -> Option<(i16, usize)> {
    let mut year = 0;
    let mut start = end;
    let digits = text[..end].char_indices().rev().take(4).collect::<Vec<_>>();
    for &(at, c) in digits.iter().rev() {
        // Texts print 〇 as a circle or as a letter: 二OO三年.
        let zero = || matches!(c, '○' | '◯' | 'O' | 'Ｏ' | 'o' | 'Ο' | 'О').then_some(0);
        let digit = c.to_digit(10).or_else(|| digit(c)).or_else(zero)?;
        year = year * 10 + i16::try_from(digit).ok()?;
        start = start.min(at);
    }
    (digits.len() == 4 && (1900..2200).contains(&year)).then_some((year, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_printed() {
        let read = |text: &str| {
            dates(Lexicon::builtin(), text)
                .into_iter()
                .map(|(_, date)| date.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(read("自2025年6月16日起施行"), ["2025-06-16"]);
        assert_eq!(read("2025年6月5日--6月19日"), ["2025-06-05", "2025-06-19"]);
        assert_eq!(read("自2025年6月下旬全省统一执行"), ["2025-06"]);
        assert_eq!(read("二〇二五年五月十四日"), ["2025-05-14"]);
        assert_eq!(read("二OO三年十二月四日"), ["2003-12-04"]);
        assert_eq!(read("2025-07-02 10:24"), ["2025-07-02"]);
        assert_eq!(read("【发布日期】2025.07.02"), ["2025-07-02"]);
        assert_eq!(read("第2025.7.2.1版、12345.6.7"), [""; 0]);
        assert_eq!(read("2025年2月30日、2020-2025年、2025年第15次"), [""; 0]);
    }
}
