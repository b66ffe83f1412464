//! The document's own number (发文字号): on a line of its own, on the line of the title, in the
//! head of an order (令), or in the line below the title that says by which order the text was
//! issued.

use super::dates::dates;
use super::issuer_names::{names_before, names_filling};
use super::line_forms::{MAX_TITLE, is_running};
use crate::lexicon::{Lexicon, STATE};
use crate::model::{Found, PartialDate, Rule};
use crate::read::naming::names::Names;
use crate::read::naming::numbers::{digits, numbers, serial_ending, whole_number, year_at_end};
use crate::read::naming::title_forms::with_agency;
use crate::read::scanned_text::ScannedText;
use crate::text::{is_han, is_numeral, is_within, occurrences, suffix_start};
use std::ops::Range;

/// Maximum length in characters of the name of a body before its number.
const ISSUER: usize = 60;

/// The document's own number, and what is printed with it.
pub(super) struct OwnNumber {
    pub(super) number: Found<String>,
    /// The bodies before 令第12号.
    pub(super) issuers: Vec<Found<String>>,
    /// The day in 2025年3月10日…令第12号公布.
    pub(super) published: Option<Found<PartialDate>>,
}

impl OwnNumber {
    fn new(number: Found<String>) -> Self {
        OwnNumber { number, issuers: Vec::new(), published: None }
    }
}

/// Returns the first of the document's own numbers in `lines`, the lines of its head.
pub(super) fn own_number(
    names: &Names,
    lines: &[Range<usize>],
    titles: &[Range<usize>],
) -> Option<OwnNumber> {
    let text = names.text;
    let running = lines.iter().position(|line| is_running(text, text.slice(line.clone())));
    let above_text = running.unwrap_or(lines.len());
    lines.iter().enumerate().find_map(|(at, line)| {
        let of_title = || joined_number(text, line).filter(|joined| joined.is_in(titles));
        let of_title = of_title().map(|joined| OwnNumber::new(joined.found(text)));
        let serial = || {
            order_head(names, lines, at)
                .or_else(|| issued_by_order(names, line))
                .or_else(|| below_title(names, line, titles))
                .or_else(|| unbracketed(text, line))
        };
        let serial = || if at < above_text { serial() } else { None };
        of_title.or_else(serial).or_else(|| number_line(names, line))
    })
}

/// A number on the line of a title.
pub(super) struct JoinedNumber {
    /// The rest of the line.
    pub(super) title: Range<usize>,
    range: Range<usize>,
    number: String,
}

impl JoinedNumber {
    /// Returns true if the line ends or begins one of `titles`.
    fn is_in(&self, titles: &[Range<usize>]) -> bool {
        let title = titles.partition_point(|title| title.end < self.title.end);
        titles.get(title).is_some_and(|title| title.start <= self.title.start)
    }

    fn found(self, text: &ScannedText) -> Found<String> {
        text.found(self.number, self.range, Rule::Head)
    }
}

/// Returns the number at the end or the start of a line with a title:
/// …的通知 国办发〔2024〕1号, …的公告(2025年第49号), 国发〔2019〕18号 国务院关于….
pub(super) fn joined_number(text: &ScannedText, line: &Range<usize>) -> Option<JoinedNumber> {
    let words = text.slice(line.clone());
    if !words.contains('号') || !is_within(words, 2 * MAX_TITLE) {
        return None;
    }
    let (title, range, number) =
        closing_number(text.lexicon, words).or_else(|| opening_number(text.lexicon, words))?;
    let in_view = |range: Range<usize>| line.start + range.start..line.start + range.end;
    Some(JoinedNumber { title: in_view(title), range: in_view(range), number })
}

/// The ranges of a title and of a number in a line, and the number.
type TitleAndNumber = (Range<usize>, Range<usize>, String);

/// Splits a line that ends in a number.
fn closing_number(lexicon: &Lexicon, words: &str) -> Option<TitleAndNumber> {
    let bracketed = words.strip_suffix(')');
    let end = bracketed.unwrap_or(words).strip_suffix('号')?.len();
    let whole = end + '号'.len_utf8();
    let serial = serial_ending(lexicon, words, end);
    if bracketed.is_some() {
        let code = numbers(lexicon, &words[..whole]).pop().filter(|(range, _)| range.end == whole);
        let start = code.as_ref().map_or_else(
            || words[..end].rfind('(').map(|open| open + 1),
            |(range, _)| Some(range.start),
        )?;
        let title = words[..start].strip_suffix('(')?;
        lexicon.titles.form(title)?;
        let number = match code {
            Some((_, number)) => number,
            None => {
                let number = whole_number(lexicon, &words[start..whole])?;
                let kind = lexicon.cues.numbers.series.end(title).unwrap_or_default();
                with_agency(lexicon, number.clone(), "", title)
                    .unwrap_or_else(|| [kind, &number].concat())
            }
        };
        return Some((0..title.len(), start..whole, number));
    }
    if let Some((range, number)) =
        numbers(lexicon, words).pop().filter(|(range, _)| range.end == whole)
    {
        let code = words[range.start..].find(|c: char| !is_han(c)).map(|len| range.start + len)?;
        let start = title_end(lexicon, words, range.start..code)?;
        return Some((0..start, start..whole, number[start - range.start..].to_owned()));
    }
    let serial = serial.filter(|serial| serial.range.end == whole)?;
    let from = suffix_start(&words[..serial.range.start], ISSUER);
    let start = title_end(lexicon, words, from..serial.range.start)?;
    let agency = words[start..serial.range.start].trim_start_matches(STATE);
    let number = [agency, &serial.number].concat();
    agency.chars().all(is_han).then_some((0..start, start..whole, number))
}

/// Returns the last offset in `range` at which a title ends, with an agency code or a name of two
/// characters or more after it.
fn title_end(lexicon: &Lexicon, words: &str, range: Range<usize>) -> Option<usize> {
    let code = &words[range.clone()];
    let mut ends = code.char_indices().rev().skip(1).map(|(at, _)| range.start + at);
    ends.find(|&end| lexicon.titles.form(&words[..end]).is_some())
}

/// Splits a line that opens with a number.
fn opening_number(lexicon: &Lexicon, words: &str) -> Option<TitleAndNumber> {
    let inner = words.strip_prefix('(').unwrap_or(words);
    let open = words.len() - inner.len();
    let end = inner.find('号')?;
    let whole = end + '号'.len_utf8();
    let code = numbers(lexicon, &inner[..whole]).pop();
    let number = match code.filter(|(range, _)| *range == (0..whole)) {
        Some((_, number)) => number,
        None => whole_number(lexicon, &inner[..whole])
            .filter(|number| !number.starts_with(|c: char| c.is_ascii()))?,
    };
    let close = usize::from(open > 0);
    let rest = inner[whole..].strip_prefix(if open > 0 { ")" } else { "" })?;
    // 海关总署公告2024年第116号(关于…的公告)
    let inside = |open, close| rest.strip_prefix(open).and_then(|title| title.strip_suffix(close));
    let title = inside('《', '》').or_else(|| inside('(', ')')).unwrap_or(rest);
    let start = open + whole + close + (rest.len() - title.len()) / 2;
    lexicon.titles.form(title)?;
    Some((start..start + title.len(), open..open + whole, number))
}

/// Returns true if the line at `at` is the first line of the head of an order or an announcement
/// (令, 公告), with its number on the next line: 教育部令 / 第12号.
pub(super) fn is_order_head(text: &ScannedText, lines: &[Range<usize>], at: usize) -> bool {
    let Some(next) = lines.get(at + 1) else { return false };
    let words = text.slice(lines[at].clone());
    is_within(words, ISSUER)
        && text.lexicon.cues.numbers.series.end(words).is_some()
        && words.chars().all(is_han)
        && serial_line(text.slice(next.clone())).is_some()
}

/// Returns true for the head of an order or an announcement with its number in brackets:
/// 某省人民代表大会常务委员会公告(第12号).
pub(super) fn is_order(text: &ScannedText, line: &Range<usize>) -> bool {
    let words = text.slice(line.clone());
    let split =
        words.rfind('(').filter(|_| is_within(words, ISSUER)).map(|open| words.split_at(open));
    split.is_some_and(|(head, number)| {
        let kind = text.lexicon.cues.numbers.series.end(head);
        kind.is_some() && !head.contains("关于") && serial_line(number).is_some()
    })
}

/// Returns the number that fills a line, without brackets: 第12号, 2025年第49号, 〔十四届〕第3号.
fn serial_line(line: &str) -> Option<&str> {
    /// Maximum length of the words before 第 in characters.
    const EDITION: usize = 10;
    let words = without_brackets(line);
    let (edition, n) = words.strip_suffix('号')?.rsplit_once('第')?;
    let year = edition.is_empty()
        || edition.strip_suffix('年').is_some_and(|year| year.len() == 4 && digits(year));
    let bracket = edition.ends_with(['〕', ']', ')', '】']) && is_within(edition, EDITION);
    let counted = !n.is_empty() && n.chars().all(|c| c.is_ascii_digit() || is_numeral(c));
    (counted && (year || bracket)).then_some(words)
}

/// Returns the words in the brackets that fill a line, or the line.
fn without_brackets(line: &str) -> &str {
    line.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(line)
}

/// Returns the number of an order by its head: 国务院令 / 第799号.
fn order_head(names: &Names, lines: &[Range<usize>], at: usize) -> Option<OwnNumber> {
    let text = names.text;
    if !is_order_head(text, lines, at) {
        return None;
    }
    let (line, next) = (&lines[at], &lines[at + 1]);
    let words = text.slice(line.clone());
    let kind = text.lexicon.cues.numbers.series.end(words)?;
    let end = line.end - kind.len();
    let mut start = line.end - words.trim_start_matches(STATE).len();
    if start == end && at > 0 {
        // 令 on a line of its own, below the names.
        start = lines[at - 1].start;
    }
    let serial = serial_line(text.slice(next.clone()))?;
    let agency = text.slice(start..end).replace('\n', "");
    let agency = agency.trim_start_matches(STATE);
    let number = text.found([agency, kind, serial].concat(), start..next.end, Rule::Head);
    let mut issuers = issuers_on_lines(names, lines, at, end);
    // 中华人民共和国主席令: the office signs, which no table of bodies lists.
    let office = text.slice(line.start..end);
    let alone = issuers.is_empty() && start > line.start;
    if alone && text.lexicon.cues.citations.counting_bodies.contains(agency) {
        issuers.push(text.found(office.to_owned(), line.start..end, Rule::Head));
    }
    Some(OwnNumber { issuers, ..OwnNumber::new(number) })
}

/// Returns the bodies before `end` on the line at `at`, and those on the lines of names above it.
fn issuers_on_lines(
    names: &Names,
    lines: &[Range<usize>],
    at: usize,
    end: usize,
) -> Vec<Found<String>> {
    let text = names.text;
    let on_line = |line: Range<usize>| {
        // 令 on a line of its own.
        if line.is_empty() {
            return Vec::new();
        }
        let nation = text.slice(line.clone()).strip_prefix(STATE).map_or(0, |_| STATE.len());
        names_filling(names, line.start + nation..line.end, Rule::Head)
    };
    let above = lines[..at].iter().rev().map(|line| on_line(line.clone()));
    let mut found: Vec<_> = above.take_while(|names| !names.is_empty()).collect();
    found.reverse();
    found.push(on_line(lines[at].start..end));
    found.concat()
}

/// Returns the number of the order or announcement that fills a line or issued the text:
/// 国家税务总局公告2024年第7号; 2025年3月10日教育部令第12号公布.
fn issued_by_order(names: &Names, line: &Range<usize>) -> Option<OwnNumber> {
    let text = names.text;
    let words = text.slice(line.clone());
    if words.contains('《') && !words.starts_with('(') {
        return None;
    }
    let mut serials =
        occurrences(words, "号").filter_map(|end| serial_ending(text.lexicon, words, end));
    let serial = serials.next()?;
    let before = &words[..serial.range.start];
    let dated = dates(text.lexicon, before).pop();
    let clause = dated.as_ref().map_or(0, |(date, _)| date.end);
    let from = before.rfind(['(', ',', ';']).map_or(0, |mark| mark + 1).max(clause);
    let agency = before[from..].trim_start_matches(STATE);
    // 国家发展改革委、财政部令第1号
    let named = |c| is_han(c) || c == '、';
    let known = !agency.is_empty() && is_within(agency, ISSUER) && agency.chars().all(named);
    let after = words[serial.range.end..].trim_start_matches(')');
    let issued = text.lexicon.titles.issued.start(after).is_some();
    // Without 公布 the number and its brackets fill the line.
    if !known || !(issued || after.is_empty()) || (!issued && from > 1 && dated.is_none()) {
        return None;
    }
    let start = line.start + before.len() - agency.len();
    let number = text.found(
        [agency, &serial.number].concat(),
        start..line.start + serial.range.end,
        Rule::Head,
    );
    let published = dated.filter(|(date, _)| issued && date.end == from);
    Some(OwnNumber {
        number,
        issuers: names_before(names, line.start + serial.range.start, Rule::Head),
        published: published.map(|(date, day)| {
            text.found(day, line.start + date.start..line.start + date.end, Rule::DatePhrase)
        }),
    })
}

/// Returns the number of an announcement in the brackets on the line below its title:
/// (2025年第49号).
fn below_title(names: &Names, line: &Range<usize>, titles: &[Range<usize>]) -> Option<OwnNumber> {
    let text = names.text;
    let title = titles.partition_point(|title| title.end + 1 < line.start);
    let title = titles.get(title).filter(|title| title.end + 1 == line.start)?;
    let serial = serial_line(text.slice(line.clone())).filter(|serial| serial.contains('年'))?;
    let title = text.slice(title.clone());
    let kind = text.lexicon.cues.numbers.series.end(title)?;
    let number = with_agency(text.lexicon, serial.to_owned(), "", title);
    let number = number.unwrap_or_else(|| [kind, serial].concat());
    Some(OwnNumber::new(text.found(number, line.clone(), Rule::Head)))
}

/// Returns the number with its year in no brackets that fills a line: 商服贸函2024年第322号.
fn unbracketed(text: &ScannedText, line: &Range<usize>) -> Option<OwnNumber> {
    /// Maximum length of an agency code in characters.
    const CODE: usize = 10;
    let words = without_brackets(text.slice(line.clone()));
    let (before, n) = words.strip_suffix('号')?.rsplit_once("年第")?;
    let code = &before[..before.len() - year_at_end(before)?.len()];
    let coded = is_within(code, CODE)
        && code.chars().all(is_han)
        && text.lexicon.titles.code_ends.end(code).is_some();
    (coded && digits(n))
        .then(|| OwnNumber::new(text.found(words.to_owned(), line.clone(), Rule::Head)))
}

/// Returns the document's own number if `line` contains it. A number in a long line, in a
/// sentence, or in brackets after a title is not its own.
fn number_line(names: &Names, line: &Range<usize>) -> Option<OwnNumber> {
    let text = names.text;
    let words = text.slice(line.clone());
    if !is_within(words, MAX_TITLE) {
        return None;
    }
    let (range, number) = numbers(text.lexicon, words).into_iter().next()?;
    let (before, after) = (&words[..range.start], &words[range.end..]);
    let cited = before.contains('《')
        || (before.ends_with('(') && after.starts_with(')') && before.chars().count() > 1)
        || text.lexicon.titles.sentences.start(before).is_some();
    let sentence =
        after.chars().count() > 30 || after.contains('。') || before.contains(['。', ',']);
    if cited || sentence {
        return None;
    }
    // 某省人民政府令〔2007〕第5号.
    let code = number.split('〔').next().unwrap_or_default();
    let kind = text.lexicon.cues.numbers.series.end(code);
    let ordered = kind.map(|kind| line.start + range.start + code.len() - kind.len());
    let issuers = ordered.map(|end| names_before(names, end, Rule::Head)).unwrap_or_default();
    let number = text.found(number, line.start + range.start..line.start + range.end, Rule::Head);
    Some(OwnNumber { issuers, ..OwnNumber::new(number) })
}
