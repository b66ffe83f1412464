//! Lines that a browser prints on each page of paper: the time of the print and the title of the page
//! above the text, the address and the page number below it.

use super::find::{find, occurrences};
use memchr::memchr_iter;
use std::ops::Range;

/// Returns the byte ranges of these lines, ascending, without their line ends.
///
/// A text is a print if an address with a page number is on a line (`https://… 1/2`), or if its first
/// line is a time as of a browser (2026/3/4 10:22). The title above the first page is kept unless the
/// text repeats it. O(n).
pub(super) fn print_lines(source: &str) -> Vec<Range<usize>> {
    let addresses = find(source, "://").is_some();
    if !addresses && !opens_with_stamp(source) {
        return Vec::new();
    }
    let paged = addresses && has_page(source);
    // Without a footer only a time at the start of the text counts.
    let read = if paged { usize::MAX } else { 1 };
    let lines: Vec<Line> = Lines { source, at: 0 }.take(read).collect();
    let footers: Vec<bool> = (0..lines.len()).map(|at| is_footer(&lines, at)).collect();
    let print = footers.contains(&true);
    let heads: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].stamp).collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if footers[at] {
            found.push(line.place.clone());
        } else if line.stamp && (print || at == 0) {
            found.push(line.place.start..line.rest.start);
        }
    }
    if print {
        found.extend(running_heads(source, &lines, &heads));
    }
    found.sort_by_key(|range| (range.start, range.end));
    found
}

/// Returns true if the text has a page number or another fraction: 1/2. O(n).
fn has_page(source: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    memchr_iter(b'/', source.as_bytes()).any(|at| {
        source[..at].trim_end().ends_with(is_digit)
            && source[at + 1..].trim_start().starts_with(is_digit)
    })
}

/// A line that is not blank.
struct Line {
    /// Without the blanks around it.
    place: Range<usize>,
    /// True if it opens with a time.
    stamp: bool,
    /// True if it ends with an address, or is one.
    address: bool,
    /// True if it ends with a page number.
    page: bool,
    /// Range of the words that are no time, address or page number.
    rest: Range<usize>,
}

/// Iterator over the lines of a text.
struct Lines<'s> {
    source: &'s str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = &self.source[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = &self.source[start..];
        if rest.is_empty() {
            return None;
        }
        let end = start + rest.find(['\n', '\r', '\u{c}']).unwrap_or(rest.len());
        self.at = end;
        Some(parts(self.source, start..start + self.source[start..end].trim_end().len()))
    }
}

/// Parts a line: time, title, address, page number.
fn parts(source: &str, place: Range<usize>) -> Line {
    let line = &source[place.clone()];
    let stamp = stamp_len(line);
    let after = line[stamp..].trim_start();
    let words = without_page(after);
    let page = words.len() < after.len();
    let words = words.trim_end();
    let last = words.rfind(char::is_whitespace).map_or(words, |at| words[at..].trim_start());
    let address = ["http://", "https://", "file:///"].iter().any(|scheme| last.starts_with(scheme));
    let title = words[..words.len() - if address { last.len() } else { 0 }].trim_end();
    let start = place.end - after.len();
    Line { place, stamp: stamp > 0, address, page, rest: start..start + title.len() }
}

/// Returns the length of a time at the start of a line: 2026/3/4 10:22, 2026-03-04 10:22:05,
/// 2026年3月4日 10:22. 0 if there is none.
fn stamp_len(line: &str) -> usize {
    let digits = |text: &str, most: usize| {
        let len = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=most).contains(&len).then_some(len)
    };
    let read = || {
        let mut at = 0;
        for (most, marks) in [(4, ["/", "-", "年"]), (2, ["/", "-", "月"]), (2, ["", "", "日"])]
        {
            at += digits(&line[at..], most)?;
            at += marks.iter().rev().find(|mark| line[at..].starts_with(**mark))?.len();
        }
        let rest = line[at..].trim_start_matches([' ', ',', '，', '\u{a0}', '\t']);
        let rest = rest.trim_start_matches(['上', '下', '午']);
        let hour = digits(rest, 2)?;
        let minutes = rest[hour..].strip_prefix(':')?;
        let minutes = &minutes[digits(minutes, 2)?..];
        let seconds =
            minutes.strip_prefix(':').map(|seconds| &seconds[digits(seconds, 2).unwrap_or(0)..]);
        Some(line.len() - seconds.unwrap_or(minutes).len())
    };
    read().unwrap_or(0)
}

/// Removes a page number at the end of a line: 1/2, after white space or alone.
fn without_page(line: &str) -> &str {
    let number = |text: &str| {
        let rest = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (1..=4).contains(&(text.len() - rest)).then_some(rest)
    };
    let read = || {
        let all = number(line)?;
        let page = line[..all].trim_end().strip_suffix('/')?.trim_end();
        let start = number(page)?;
        let before = &line[..start];
        (before.is_empty() || before.ends_with(char::is_whitespace)).then_some(before)
    };
    read().unwrap_or(line)
}

/// Returns true for an address with its page number, on one line or on two.
fn is_footer(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let bare = line.rest.is_empty();
    let pages = |at: usize| lines.get(at).is_some_and(|line| line.page && line.rest.is_empty());
    let addressed = |at: Option<usize>| {
        at.and_then(|at| lines.get(at)).is_some_and(|line| line.address && line.rest.is_empty())
    };
    match (line.address, line.page) {
        (true, true) => bare,
        (true, false) => bare && (pages(at + 1) || at.checked_sub(1).is_some_and(pages)),
        (false, true) => bare && (addressed(at.checked_sub(1)) || addressed(Some(at + 1))),
        (false, false) => false,
    }
}

/// Returns the places of the titles that are repeated after the times at `heads`.
fn running_heads(source: &str, lines: &[Line], heads: &[usize]) -> Vec<Range<usize>> {
    // The title is on the line of the time, or below it.
    let place = |&at: &usize| {
        let line = &lines[at];
        match line.rest.is_empty() {
            true => lines
                .get(at + 1)
                .filter(|next| !next.stamp && !next.page)
                .map(|next| next.place.clone()),
            false => Some(line.rest.clone()),
        }
    };
    let mut places: Vec<Range<usize>> = heads.iter().filter_map(place).collect();
    let Some(first) = places.first().cloned() else { return Vec::new() };
    let title = &source[first.clone()];
    places.retain(|place| source[place.clone()] == *title);
    let name = title.split(['_', '|', '-', '–']).next().unwrap_or(title).trim_end();
    // The text has the title of its own where it repeats the name outside these lines.
    let mut repeated = occurrences(source, name).filter(|&at| {
        let next = places.partition_point(|place| place.start <= at);
        next.checked_sub(1).is_none_or(|last| places[last].end <= at)
    });
    // 通知公告_某某县水利局 is of the site.
    let of_site = title.contains(['_', '|']);
    if name.is_empty() || (repeated.next().is_none() && !of_site) {
        places.remove(0);
    }
    places
}

/// Returns true if the first line is a time and nothing else, with slashes, as browsers print it.
fn opens_with_stamp(source: &str) -> bool {
    let line = source.trim_start().lines().next().unwrap_or_default().trim_end();
    let len = stamp_len(line);
    len > 0 && len == line.len() && line.contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, rest: &str) {
        let mut text = source.to_owned();
        for range in print_lines(source).into_iter().rev() {
            text.replace_range(range, "");
        }
        let lines: Vec<&str> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.join("|"), rest);
    }

    #[test]
    fn times_titles_addresses_and_page_numbers_of_a_print() {
        check(
            "2026/3/4 10:22 某某市供水办法_某某市水务局\n某某市供水办法\n第一条 甲\n             https://www.example.gov.cn/1.htm 1/2\n\u{c}2026/3/4 10:22 某某市供水办法_某某市水务局\n乙。\n             https://www.example.gov.cn/1.htm 2/2",
            "某某市供水办法|第一条 甲|乙。",
        );
        check(
            "2026年3月4日 下午3:05\n通知公告\n关于停水的通知\nhttps://www.example.gov.cn/2.htm\n1/1\n",
            "通知公告|关于停水的通知",
        );
        check("2026/3/4 10:22\n关于停水的通知", "关于停水的通知");
    }

    #[test]
    fn other_times_addresses_and_fractions_stay() {
        let text = "关于停水的通知|2026-03-04 10:22|网址 https://www.example.gov.cn/|1/2|剩余1/2";
        check(&text.replace('|', "\n"), text);
        check("2026-03-04\n甲", "2026-03-04|甲");
    }
}
