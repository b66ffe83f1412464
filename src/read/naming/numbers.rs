//! Numbers of instruments: document numbers (发文字号), orders, announcements,
//! standards, codes of procurement files.

use crate::lexicon::{Lexicon, STATE};
use crate::text::{find, first_chars, is_han, is_numeral, is_within, last_chars, occurrences};
use std::ops::Range;

/// Returns the document numbers (发文字号) in a text: agency code (机关代字), year in
/// brackets, number, and further numbers of that year: 〔2012〕36号、37号和38号. A number with a
/// year of its own has the code before it: 财预〔2015〕7号、〔2019〕4号. Brackets become 〔〕.
/// ICP备…号 and the like are not document numbers. O(n).
pub(crate) fn numbers(lexicon: &Lexicon, text: &str) -> Vec<(Range<usize>, String)> {
    numbers_at(lexicon, text, &occurrences(text, "号").collect::<Vec<_>>())
}

/// Returns what [`numbers`] returns, given the offsets of all 号 in `text` as `ends`.
pub(crate) fn numbers_at(
    lexicon: &Lexicon,
    text: &str,
    ends: &[usize],
) -> Vec<(Range<usize>, String)> {
    let mut numbers: Vec<(Range<usize>, String)> = Vec::new();
    let mut previous_end = 0;
    for &at in ends {
        let end = at + '号'.len_utf8();
        // No other 号 is between: each byte is read for one 号.
        let cues = &lexicon.cues.numbers;
        let before = numbers.last_mut().filter(|(last, _)| last.end == previous_end);
        let joined = before.and_then(|last| {
            let rest = cues.run_marks.strip_start(&text[last.0.end..at])?;
            // 5号和8号库: a number of something else.
            cues.numbered_things.start(&text[end..]).is_none().then_some((last, rest))
        });
        match joined {
            Some((last, rest)) if digits(without_ordinal(rest)) => {
                last.1.push_str(&text[last.0.end..end]);
                last.0.end = end;
            }
            Some((last, rest)) if rest.starts_with(OPENING) => {
                let code = &last.1[..last.1.find('〔').unwrap_or(0)];
                let number =
                    year_and_number(&text[..at]).filter(|year| year.code_end + rest.len() == at);
                let number = number.map(|year| (year.code_end..end, year.number(code)));
                numbers.extend(number);
            }
            _ => numbers.extend(number_ending(lexicon, text, at)),
        }
        previous_end = end;
    }
    numbers
}

/// Removes 第 before a number: 第37 → 37.
fn without_ordinal(number: &str) -> &str {
    number.strip_prefix('第').unwrap_or(number)
}

/// Brackets before a year.
const OPENING: [char; 5] = ['〔', '[', '(', '【', '﹝'];

/// The end of a document number: 〔2024〕53.
struct YearAndNumber<'t> {
    /// Offset of the bracket before the year.
    code_end: usize,
    year: &'t str,
    n: &'t str,
}

impl YearAndNumber<'_> {
    fn number(&self, code: &str) -> String {
        [code, "〔", self.year, "〕", self.n, "号"].concat()
    }
}

/// Returns the year in brackets and the number at the end of `text`.
fn year_and_number(text: &str) -> Option<YearAndNumber<'_>> {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '、');
    let n = &text[rest.len()..];
    let rest = rest.strip_suffix('第').unwrap_or(rest);
    let rest = rest.strip_suffix(['〕', ']', ')', '】', '﹞'])?;
    let year = year_at_end(rest)?;
    let code_end = rest[..rest.len() - 4].strip_suffix(OPENING)?.len();
    n.starts_with(|c: char| c.is_ascii_digit()).then_some(YearAndNumber { code_end, year, n })
}

/// Returns the year in four digits that ends `text`.
pub(crate) fn year_at_end(text: &str) -> Option<&str> {
    let year = text.get(text.len().checked_sub(4)?..)?;
    digits(year).then_some(year)
}

/// Returns the document number that ends with the 号 at `end`.
fn number_ending(lexicon: &Lexicon, text: &str, end: usize) -> Option<(Range<usize>, String)> {
    let year = year_and_number(&text[..end])?;
    let code = &text[..year.code_end];
    let start = code_start(lexicon, code);
    (start < code.len()).then(|| (start..end + '号'.len_utf8(), year.number(&code[start..])))
}

/// Returns the start of the agency code (机关代字) at the end of `text`: at most ten Han
/// characters, with the brackets among them (建(科)发), after any punctuation mark and any word
/// that introduces a citation.
fn code_start(lexicon: &Lexicon, text: &str) -> usize {
    /// Maximum length of a code in characters.
    const LONGEST: usize = 10;
    let cues = &lexicon.cues.numbers;
    let han_start = |text: &str| {
        let code = text.char_indices().rev().take(LONGEST).take_while(|&(_, c)| is_han(c));
        code.last().map_or(text.len(), |(at, _)| at)
    };
    let plain = han_start(text);
    let start = office_in_code(lexicon, &text[..plain]).map_or(plain, han_start);
    // 《…》和中办发〔2024〕50号
    let joined = text[..start].ends_with('》') && text[start..].starts_with(['和', '及', '与']);
    let start = start + if joined { '和'.len_utf8() } else { 0 };
    start
        + cues
            .before_codes
            .last_outside(&cues.code_words, &text[start..])
            .map_or(0, |word| word.end)
}

/// Returns the part of a code before the bracket at its end, which names an office: 建 in 建(科).
fn office_in_code<'t>(lexicon: &Lexicon, text: &'t str) -> Option<&'t str> {
    /// Maximum length of the name in the bracket in characters.
    const OFFICE: usize = 4;
    let (before, office) =
        last_chars(text, OFFICE + 3).strip_suffix([')', '〕'])?.rsplit_once(['(', '〔'])?;
    let named = !office.is_empty()
        && is_within(office, OFFICE)
        && office.chars().all(is_han)
        && !lexicon.cues.numbers.editions.contains(office);
    let bracket = text.rfind(['(', '〔'])?;
    (named && before.ends_with(is_han)).then_some(&text[..bracket])
}

/// A number in an agency's own series: 令第739号, 公告2023年第124号. The agency's
/// name comes directly before it and is not included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Serial {
    pub(crate) range: Range<usize>,
    /// Kind, year and number, in this order.
    pub(crate) number: String,
}

/// Returns the order (令) or announcement (公告, 通告) whose 号 is at `end`:
/// 国务院令第739号, 主席令(第三十一号), 国务院第739号令, 公告2023年第124号,
/// 2023年第124号公告, 市人民政府令19号.
pub(crate) fn serial_ending(lexicon: &Lexicon, text: &str, end: usize) -> Option<Serial> {
    let series = &lexicon.cues.numbers.series;
    let numeral = |c: char| c.is_ascii_digit() || is_numeral(c);
    let before = text[..end].trim_end_matches(numeral);
    let n = &text[before.len()..end];
    let bare_order = || lexicon.cues.numbers.bare_orders.end(before).map(|_| before);
    let before = before.strip_suffix('第').or_else(bare_order).filter(|_| !n.is_empty())?;
    let (bare, after) = match before.strip_suffix('(') {
        Some(bare) => (bare, text[end + '号'.len_utf8()..].strip_prefix(')')?),
        None => (before, &text[end + '号'.len_utf8()..]),
    };
    let (bare, year) = match split_year(bare) {
        Some((bare, year)) => (bare, year),
        None => (bare, ""),
    };
    let leads = series.end(bare);
    let follows = series.start(after);
    let close = text.len() - after.len();
    let (kind, range) = match (leads, follows) {
        (Some(kind), _) => (kind, bare.len() - kind.len()..close),
        (None, Some(kind)) => (kind, bare.len()..close + kind.len()),
        (None, None) => return None,
    };
    Some(Serial { range, number: [kind, year, "第", n, "号"].concat() })
}

/// Splits `text` before the year at its end: 公告|2023年.
fn split_year(text: &str) -> Option<(&str, &str)> {
    let year = year_at_end(text.strip_suffix('年')?)?;
    Some(text.split_at(text.len() - '年'.len_utf8() - year.len()))
}

/// Returns the number of an instrument if `words` are nothing else: a document number, an
/// order with its agency, 2023年第124号, or the code of a standard or a procurement
/// file.
pub(crate) fn whole_number(lexicon: &Lexicon, words: &str) -> Option<String> {
    if let Some((_, number)) =
        numbers(lexicon, words).into_iter().next().filter(|(r, _)| *r == (0..words.len()))
    {
        return Some(number);
    }
    let serial = find(words, "号").and_then(|end| serial_ending(lexicon, words, end));
    if let Some(serial) = serial.filter(|serial| serial.range.end == words.len()) {
        let agency = &words[..serial.range.start];
        let agency = agency.strip_prefix(STATE).unwrap_or(agency);
        return agency.chars().all(is_han).then(|| [agency, &serial.number].concat());
    }
    let year = words.strip_suffix('号').and_then(|w| w.split_once("年第"));
    let annual = year.is_some_and(|(year, n)| year.len() == 4 && digits(year) && digits(n));
    (annual || is_code(words)).then(|| words.to_owned())
}

/// Returns true for a code of Latin capitals, digits and hyphens: ZJHCCG-2024-01,
/// LM-HD2024-01、02、03、04, GB/T 9704—2012.
fn is_code(words: &str) -> bool {
    let allowed = |c: char| {
        c.is_ascii_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '-' | '—' | '、' | '/' | ' ' | '.')
    };
    words.starts_with(|c: char| c.is_ascii_uppercase())
        && words.ends_with(|c: char| c.is_ascii_digit())
        && words.contains(['-', '—'])
        && words.chars().all(allowed)
}

/// Returns the length in bytes of a standard's code after its letters: ` 9704—2012` after
/// GB/T, `15/T 3456—2024` after DB. 0 if there is none.
pub(crate) fn standard_len(after: &str) -> usize {
    let near = first_chars(after, 24);
    let mut rest = near;
    if let Some((region, local)) = rest.split_once("/T")
        && digits(region)
    {
        rest = local;
    }
    let code = rest.trim_start_matches(' ');
    let end = code
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '—')))
        .unwrap_or(code.len());
    let number = code[..end].trim_end_matches(['.', '-', '—']);
    let numbered = number.bytes().take_while(u8::is_ascii_digit).count() >= 3;
    if numbered { near.len() - code.len() + number.len() } else { 0 }
}

/// Returns true if `text` is ASCII digits only, and not empty.
pub(crate) fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers() {
        let read = |text: &str| {
            numbers(Lexicon::builtin(), text)
                .into_iter()
                .map(|(_, number)| number)
                .collect::<Vec<_>>()
        };
        assert_eq!(read("(国办发〔2024〕53号)"), ["国办发〔2024〕53号"]);
        assert_eq!(read("内药监发[2025]18号"), ["内药监发〔2025〕18号"]);
        assert_eq!(read("财预【2012】36号、37号"), ["财预〔2012〕36号、37号"]);
        assert_eq!(read("财预﹝2012﹞36、37号"), ["财预〔2012〕36、37号"]);
        assert_eq!(read("财税(2016)36号、财税(2017)1号"), ["财税〔2016〕36号", "财税〔2017〕1号"]);
        assert_eq!(read("财教〔2015〕7号、〔2019〕4号"), ["财教〔2015〕7号", "财教〔2019〕4号"]);
        assert_eq!(read("水建〔2021〕5号、6号和第8号"), ["水建〔2021〕5号、6号和第8号"]);
        assert_eq!(read("水建〔2021〕5号和8号库"), ["水建〔2021〕5号"]);
        assert_eq!(read("某建(科)发〔2024〕34号"), ["某建(科)发〔2024〕34号"]);
        assert_eq!(read("苏农(计)〔2024〕3号"), ["苏农(计)〔2024〕3号"]);
        assert_eq!(read("管理办法(试行)教发〔2024〕3号"), ["教发〔2024〕3号"]);
        assert_eq!(read("据晋数据发〔2024〕3号"), ["晋数据发〔2024〕3号"]);
        assert_eq!(read("《细则》和某办发〔2024〕50号"), ["某办发〔2024〕50号"]);
        assert_eq!(
            read("按财建〔2023〕17号要求和市政办函﹝2022﹞18号"),
            ["财建〔2023〕17号", "市政办函〔2022〕18号"]
        );
        assert_eq!(read("为贯彻落实国办发〔2024〕53号精神"), ["国办发〔2024〕53号"]);
        assert_eq!(
            read("国办发〔2024〕53号和内政办发〔2022〕26号"),
            ["国办发〔2024〕53号", "内政办发〔2022〕26号"]
        );
        assert_eq!(read("琼ICP备2024032622号-19"), [""; 0]);
        assert_eq!(read("分册(1998年版)、(2025版)、2020—2025年"), [""; 0]);
    }

    #[test]
    fn orders_and_announcements() {
        let read = |text: &str| {
            let serials = occurrences(text, "号")
                .filter_map(|end| serial_ending(Lexicon::builtin(), text, end));
            serials.map(|s| (text[..s.range.start].to_owned(), s.number)).collect::<Vec<_>>()
        };
        let one = |agency: &str, words: &str| vec![(agency.to_owned(), words.to_owned())];
        assert_eq!(read("国务院令第739号"), one("国务院", "令第739号"));
        assert_eq!(read("国务院第739号令"), one("国务院", "令第739号"));
        assert_eq!(read("市人民政府令19号"), one("市人民政府", "令第19号"));
        assert_eq!(read("禁令3号、口令12号"), []);
        assert_eq!(read("主席令(第三十一号)"), one("主席", "令第三十一号"));
        assert_eq!(read("司法部令2021年第7号"), one("司法部", "令2021年第7号"));
        assert_eq!(read("国家药监局公告2023年第124号"), one("国家药监局", "公告2023年第124号"));
        assert_eq!(read("国家药监局2023年第124号公告"), one("国家药监局", "公告2023年第124号"));
        assert_eq!(read("解放路第12号、滇B2第3号、第八十二条"), []);
    }

    #[test]
    fn numbers_beside_titles() {
        let read = |words| whole_number(Lexicon::builtin(), words).unwrap_or_default();
        assert_eq!(read("2023年第124号"), "2023年第124号");
        assert_eq!(read("LM-HD2024-01、02、03、04"), "LM-HD2024-01、02、03、04");
        assert_eq!(read("中华人民共和国国务院令第729号"), "国务院令第729号");
        assert_eq!(read("GB/T 9704—2012"), "GB/T 9704—2012");
        assert_eq!(read("2025版"), "");
        assert_eq!(read("0871-12345678"), "");
    }

    #[test]
    fn numbers_of_standards() {
        let read = |text: &'static str| &text[..standard_len(text)];
        assert_eq!(read(" 9704—2012等标准"), " 9704—2012");
        assert_eq!(read("15/T 3456—2024)"), "15/T 3456—2024");
        assert_eq!(read(" 9706.1和"), " 9706.1");
        assert_eq!(read("内存"), "");
        assert_eq!(read("16"), "");
    }
}
