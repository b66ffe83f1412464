//! Ordinals that may open an item (结构层次序数).

use super::heading::MAX_HEADING;
use crate::text::{View, is_han, is_numeral, ordinal, prefix_end};

/// Level of an ordinal in the hierarchy of GB/T 9704—2012, 7.3.3 (一、 （一） 1. （1）), or of
/// texts in articles; higher levels first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum OrdinalLevel {
    /// 第一章, 第一部分
    Chapter,
    /// 第一节
    Division,
    /// 一、
    First,
    /// （一）
    Second,
    /// 1. or 1、
    Third,
    /// （1）
    Fourth,
    /// ①
    Fifth,
    /// 第一条
    Article,
}

/// A printed ordinal, with the facts that decide if it opens an item. Offsets are of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    pub level: OrdinalLevel,
    pub ordinal: u32,
    pub start: usize,
    /// End of the ordinal, start of the item's text.
    pub end: usize,
    /// True at the start of a line.
    pub own_line: bool,
    /// True after a stop, a bracket, or white space that the view has dropped.
    pub bounded: bool,
    /// True if printed completely: (一), 一、. False if a mark is missing, (一 or 一), or replaced
    /// by a similar one, (—): then it is accepted only as the next number.
    pub complete: bool,
}

/// Returns all ordinals of a view, ascending. O(n).
pub(crate) fn markers(view: &View) -> Vec<Marker> {
    let text = view.text.as_str();
    let mut markers = Vec::new();
    let mut at = 0;
    let mut found = chapter_without_mark(text, 0);
    loop {
        if let Some(ordinal) = found {
            at = ordinal.end;
            markers.push(marker(view, ordinal));
        }
        let Some(mark) = view.index().next_ordinal(at) else { break };
        at = mark + 1;
        found = printed(text, mark);
    }
    without_parts_of_chapters(text, &mut markers);
    markers
}

/// Removes the parts (第一部分) of a text with chapters (第一章), which are the chapters that count.
fn without_parts_of_chapters(text: &str, markers: &mut Vec<Marker>) {
    let is_part = |marker: &Marker| {
        let printed = text[marker.start..marker.end].trim_end_matches(':');
        marker.level == OrdinalLevel::Chapter && printed.ends_with(PART)
    };
    let is_chapter = |marker: &Marker| {
        marker.level == OrdinalLevel::Chapter && marker.own_line && !is_part(marker)
    };
    if markers.iter().any(is_part) && markers.iter().any(is_chapter) {
        markers.retain(|marker| !is_part(marker));
    }
}

/// An ordinal as it is printed.
struct PrintedOrdinal {
    level: OrdinalLevel,
    ordinal: u32,
    start: usize,
    end: usize,
    complete: bool,
}

fn marker(view: &View, printed: PrintedOrdinal) -> Marker {
    let PrintedOrdinal { level, ordinal, start, end, complete } = printed;
    let before = view.text[..start].chars().next_back();
    let own_line = matches!(before, None | Some('\n'));
    let stop = before.is_some_and(|c| "。;!?:)》”】」…".contains(c));
    Marker {
        level,
        ordinal,
        start,
        end,
        own_line,
        // 。第一节课 opens nothing.
        bounded: own_line || (stop && level != OrdinalLevel::Division) || view.gap(start),
        complete: complete && !view.text[start..end].contains('—'),
    }
}

/// Returns the ordinal that starts or ends with the mark at `at`, or that opens the line after the line
/// end at `at`.
fn printed(text: &str, at: usize) -> Option<PrintedOrdinal> {
    match text.as_bytes()[at] {
        b'\n' => chapter_without_mark(text, at + 1),
        b'(' => bracketed(text, at),
        b')' => closed(text, at),
        b'.' => pointed(text, at),
        // The first bytes of 、, of 第, and of ① … ⑳.
        0xE3 if text[at..].starts_with('、') => listed(text, at),
        0xE7 if text[at..].starts_with('第') => article_or_chapter(text, at),
        0xE2 => circled(text, at),
        _ => None,
    }
}

/// Returns (一) or (1) that starts with the bracket at `start`, or (一 without a closing bracket.
fn bracketed(text: &str, start: usize) -> Option<PrintedOrdinal> {
    let (ordinal, han, len) = number(&text[start + 1..])?;
    let end = start + 1 + len;
    if text[end..].starts_with(')') {
        let level = if han { OrdinalLevel::Second } else { OrdinalLevel::Fourth };
        return Some(PrintedOrdinal { level, ordinal, start, end: end + 1, complete: true });
    }
    let level = OrdinalLevel::Second;
    (han && is_unclosed(&text[end..])).then_some(PrintedOrdinal {
        level,
        ordinal,
        start,
        end,
        complete: false,
    })
}

/// Returns 一) without an opening bracket, which ends with the bracket at `at`.
fn closed(text: &str, at: usize) -> Option<PrintedOrdinal> {
    let (ordinal, true, start) = number_before(text, at)? else { return None };
    let level = OrdinalLevel::Second;
    Some(PrintedOrdinal { level, ordinal, start, end: at + 1, complete: false })
}

/// Returns 1. that ends with the point at `at`, unless it is a decimal point: 1.5.
fn pointed(text: &str, at: usize) -> Option<PrintedOrdinal> {
    if text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let (ordinal, false, start) = number_before(text, at)? else { return None };
    let level = OrdinalLevel::Third;
    Some(PrintedOrdinal { level, ordinal, start, end: at + 1, complete: true })
}

/// Returns 一、 or 1、 that ends with the mark at `at`.
fn listed(text: &str, at: usize) -> Option<PrintedOrdinal> {
    let (ordinal, han, start) = number_before(text, at)?;
    let level = if han { OrdinalLevel::First } else { OrdinalLevel::Third };
    Some(PrintedOrdinal { level, ordinal, start, end: at + '、'.len_utf8(), complete: true })
}

const PART: &str = "部分";

/// Returns 第一条, 第一节, 第一章 or 第一部分 that starts with the 第 at `start`.
fn article_or_chapter(text: &str, start: usize) -> Option<PrintedOrdinal> {
    let number_start = start + '第'.len_utf8();
    let (ordinal, _, len) = number_of_article(&text[number_start..])?;
    let number_end = number_start + len;
    if let Some(after) = text[number_end..].strip_prefix(PART) {
        let rest = heading_of_part(after)
            .filter(|_| text[..start].is_empty() || text[..start].ends_with('\n'))?;
        let (level, end) = (OrdinalLevel::Chapter, text.len() - rest.len());
        return Some(PrintedOrdinal { level, ordinal, start, end, complete: true });
    }
    let level = match text[number_end..].chars().next()? {
        '条' => OrdinalLevel::Article,
        '章' => OrdinalLevel::Chapter,
        '节' => OrdinalLevel::Division,
        _ => return None,
    };
    Some(PrintedOrdinal {
        level,
        ordinal,
        start,
        end: number_end + '条'.len_utf8(),
        complete: true,
    })
}

/// Returns the text from the heading of a part on, if a heading fills the line after 第一部分: 总体要求,
/// :总体要求. 第一部分是总体要求 and 第一部分,总体要求。 have none.
fn heading_of_part(after: &str) -> Option<&str> {
    let after = after.strip_prefix(':').unwrap_or(after);
    let near = &after[..prefix_end(after, MAX_HEADING)];
    let line = &near[..near.find('\n').unwrap_or(near.len())];
    let sentence =
        line.contains(['。', ',', ';', ':']) || line.starts_with(['是', '为', '的', '、']);
    let ends = after[line.len()..].is_empty() || after[line.len()..].starts_with('\n');
    (ends && !sentence && line.starts_with(is_han)).then_some(after)
}

/// Returns the circled number, ① … ⑳, at `start`.
fn circled(text: &str, start: usize) -> Option<PrintedOrdinal> {
    let c = text[start..].chars().next().filter(|c| ('①'..='⑳').contains(c))?;
    let ordinal = u32::from(c) - u32::from('①') + 1;
    let level = OrdinalLevel::Fifth;
    Some(PrintedOrdinal { level, ordinal, start, end: start + c.len_utf8(), complete: true })
}

/// Returns true if the bracket before `text` is not closed before the next bracket or line end,
/// or within 100 characters.
fn is_unclosed(text: &str) -> bool {
    const MAX_DISTANCE: usize = 100;
    let near = &text[..prefix_end(text, MAX_DISTANCE)];
    near.find(['(', ')', '\n']).is_none_or(|at| !near[at..].starts_with(')'))
}

/// Returns the ordinal of the line at `start` if it is the heading of a chapter that has lost its 、:
/// 三加快应用推广, with (七)… on the next line.
fn chapter_without_mark(text: &str, start: usize) -> Option<PrintedOrdinal> {
    let line = &text[start..];
    let (ordinal, true, len) = number(line)? else { return None };
    let near = line[..prefix_end(line, MAX_HEADING)].get(len..)?;
    let words = &near[..near.find('\n')?];
    let next = line[len + words.len() + 1..].strip_prefix('(')?;
    let (_, han, digits) = number(next)?;
    let heads = han && next[digits..].starts_with(')');
    let level = OrdinalLevel::First;
    (heads && words.starts_with(is_han) && words.chars().all(is_han)).then_some(PrintedOrdinal {
        level,
        ordinal,
        start,
        end: start + len,
        complete: false,
    })
}

/// Reads the number at the start of `text`. Returns its value, true for Chinese numerals, and
/// its length in bytes.
fn number(text: &str) -> Option<(u32, bool, usize)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        return Some((text[..digits].parse().ok().filter(|_| digits <= 3)?, false, digits));
    }
    let len = text.len() - text.trim_start_matches(is_numeral).len();
    Some((ordinal(&text[..len])?, true, len))
}

/// Reads the number at the start of `text` as [`number`] does, and one of a code: 第一千一百条.
fn number_of_article(text: &str) -> Option<(u32, bool, usize)> {
    let len = text.len() - text.trim_start_matches(|c| is_numeral(c) || c == '千').len();
    match text[..len].contains('千') {
        true => Some((ordinal(&text[..len])?, true, len)),
        false => number(text),
    }
}

/// Reads the number that ends at `end`. Returns its value, true for Chinese numerals, and its
/// start.
fn number_before(text: &str, end: usize) -> Option<(u32, bool, usize)> {
    let bytes = text.as_bytes();
    let mut start = end;
    while start > 0 && bytes[start - 1].is_ascii_digit() && end - start < 4 {
        start -= 1;
    }
    if start == end {
        while let Some(c) =
            text[..start].chars().next_back().filter(|&c| is_numeral(c) && end - start < 15)
        {
            start -= c.len_utf8();
        }
    }
    let (value, han, len) = number(&text[start..end])?;
    (start + len == end).then_some((value, han, start))
}
