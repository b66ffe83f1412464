//! Markdown of converted documents.
//!
//! It is read mark by mark and not by the grammar of CommonMark, in which the second `**` of
//! `**加快审批。**推行` closes nothing and `1.` is not text.

use super::Source;
use super::find::find;
use super::pieces::Pieces;
use super::view::is_page_number;
use std::ops::Range;

/// Extracts the text of a markdown document, line by line.
///
/// Removes the marks of headings, lists, quotations, emphasis and code, rules, images, comments and
/// the addresses of links. Keeps escaped characters and ordinals. Separates the cells of a table by
/// tabs. Never fails. O(n).
///
/// ```
/// use policygraph::markdown;
///
/// let words = |text: &str| markdown(text).text;
/// assert_eq!(words("## **一、总体要求**"), "一、总体要求");
/// assert_eq!(words("1\\. 见[附件](https://example.com/1.pdf)。"), "1. 见附件。");
/// assert_eq!(words("| 任务 | 责任单位 |\n|---|---|\n| 审批 | 省药监局 |"), "任务\t责任单位\n审批\t省药监局");
/// ```
pub fn markdown(source: impl Into<Source>) -> Source {
    let Source { text, origin, left_out } = source.into().within(Source::MAX_LEN);
    let mut words = Pieces::new(&text, text.len());
    for part in without_comments(&text) {
        let mut start = part.start;
        for line in text[part].split_inclusive('\n') {
            push_line(&mut words, line, start);
            start += line.len();
        }
    }
    words.finish(origin, left_out)
}

/// Returns the ranges outside comments: `<!-- INFO END -->`. A comment that is not closed is text.
/// O(n).
fn without_comments(text: &str) -> Vec<Range<usize>> {
    const OPEN: &str = "<!--";
    const CLOSE: &str = "-->";
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(open) = find(&text[start..], OPEN).map(|at| start + at) {
        let inside = open + OPEN.len();
        let Some(close) = find(&text[inside..], CLOSE) else { break };
        parts.push(start..open);
        start = inside + close + CLOSE.len();
    }
    parts.push(start..text.len());
    parts
}

/// Appends a line without its marks; `start` is its place.
fn push_line(words: &mut Pieces, line: &str, start: usize) {
    if is_rule(line.trim()) {
        return;
    }
    let mut at = 0;
    for mark in marks(line) {
        // The marks inside an image are dropped with it.
        if mark.range.start >= at {
            words.push(&line[at..mark.range.start], start + at..start + mark.range.start);
            words.push(mark.reads, start + mark.range.start..start + mark.range.end);
            at = mark.range.end;
        }
    }
    words.push(&line[at..], start + at..start + line.len());
}

/// A byte range of markup in a line.
struct Mark {
    range: Range<usize>,
    /// The text in its place.
    reads: &'static str,
}

/// Returns true for a rule, a fence or the second line of a table: `---`, three backticks,
/// `|:--|--:|`.
fn is_rule(line: &str) -> bool {
    let fence = line.starts_with("```") || line.starts_with("~~~");
    let dashes = line.matches(['-', '=', '*', '_']).count();
    let drawn = line.chars().all(|c| "-=*_|: \t".contains(c));
    fence || (drawn && dashes >= 3)
}

/// Returns the marks of a line, ascending.
fn marks(line: &str) -> Vec<Mark> {
    let mut marks = Marks { line, found: Vec::new(), brackets: Vec::new(), open: [None; 12] };
    let start = marks.prefix();
    marks.inline(start);
    marks.found.sort_by_key(|mark| mark.range.start);
    marks.found
}

struct Marks<'l> {
    line: &'l str,
    found: Vec<Mark>,
    /// Offsets of `[` and `![` that may open a link.
    brackets: Vec<usize>,
    /// Offsets of open emphasis, by mark and length.
    open: [Option<usize>; 12],
}

impl Marks<'_> {
    fn drop(&mut self, range: Range<usize>) {
        self.found.push(Mark { range, reads: "" });
    }

    /// Finds the marks at the start of the line. Returns the start of its text.
    fn prefix(&mut self) -> usize {
        let blanks = |at: usize| {
            self.line[at..].len() - self.line[at..].trim_start_matches([' ', '\t']).len()
        };
        let mut at = blanks(0);
        while self.line[at..].starts_with('>') {
            at += 1;
            at += blanks(at);
        }
        let bullet = self.line[at..].starts_with(['-', '*', '+']) && blanks(at + 1) > 0;
        if bullet && !is_page_number(&self.line[at..]) {
            at += 1;
            at += blanks(at);
        }
        let heading = self.line[at..].len() - self.line[at..].trim_start_matches('#').len();
        if heading > 0 && blanks(at + heading) > 0 {
            at += heading;
            at += blanks(at);
        }
        if at > blanks(0) {
            self.drop(0..at);
        }
        at
    }

    /// Finds the marks inside the line.
    fn inline(&mut self, start: usize) {
        let bytes = self.line.as_bytes();
        let row = bytes.get(start) == Some(&b'|');
        let words_end = self.line.trim_end().len();
        let mut at = start;
        while at < bytes.len() {
            let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
            let end = match bytes[at] {
                b'\\' if next.is_ascii_punctuation() => {
                    self.drop(at..at + 1);
                    at + 2
                }
                b'*' | b'_' | b'~' | b'`' => self.emphasis(at),
                b'!' if next == b'[' => {
                    self.brackets.push(at);
                    at + 2
                }
                b'[' => {
                    self.brackets.push(at);
                    at + 1
                }
                b']' => self.bracket(at),
                b'<' if let Some(len) = line_break(&self.line[at..]) => {
                    let reads = if row { "\u{2028}" } else { "\n" };
                    self.found.push(Mark { range: at..at + len, reads });
                    at + len
                }
                b'|' if row => {
                    let inside = start < at && at + 1 < words_end;
                    self.cell(at, if inside { "\t" } else { "" })
                }
                _ => at + 1,
            };
            at = end;
        }
    }

    /// Reads a mark of emphasis or code at `at` and returns its end. Two or more `*` are always a
    /// mark, other marks only in pairs.
    fn emphasis(&mut self, at: usize) -> usize {
        let bytes = self.line.as_bytes();
        let mark = bytes[at];
        let end = at + bytes[at..].iter().take_while(|&&byte| byte == mark).count();
        let len = end - at;
        if mark == b'*' && len > 1 {
            self.drop(at..end);
            return end;
        }
        if len > 3 {
            return end;
        }
        let before = self.line[..at].chars().next_back().unwrap_or(' ');
        let after = self.line[end..].chars().next().unwrap_or(' ');
        let kind = "*_~`".bytes().position(|kind| kind == mark).unwrap_or(0);
        let open = &mut self.open[3 * kind + len - 1];
        // 3*5 and file_name have no marks.
        if !before.is_whitespace()
            && !after.is_ascii_alphanumeric()
            && let Some(start) = open.take()
        {
            self.drop(start..start + len);
            self.drop(at..end);
        } else if !after.is_whitespace() && !before.is_ascii_alphanumeric() {
            *open = Some(at);
        }
        end
    }

    /// Reads `](address)` after `[` or `![` and returns its end.
    fn bracket(&mut self, at: usize) -> usize {
        /// Maximum length of an address in bytes.
        const MAX_ADDRESS: usize = 2000;
        let Some(open) = self.brackets.pop() else { return at + 1 };
        let bytes = &self.line.as_bytes()[at + 1..];
        let near = &bytes[..bytes.len().min(MAX_ADDRESS)];
        let close = near.starts_with(b"(").then(|| near.iter().position(|&byte| byte == b')'));
        let close = close.flatten();
        let Some(end) = close.map(|close| at + 1 + close + 1) else { return at + 1 };
        if self.line[open..].starts_with('!') {
            self.drop(open..end);
        } else {
            self.drop(open..open + 1);
            self.drop(at..end);
        }
        end
    }

    /// Reads the `|` at `at` with the blanks around it, which `reads` replaces. Returns its end.
    fn cell(&mut self, at: usize, reads: &'static str) -> usize {
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        let bytes = self.line.as_bytes();
        let blanks = bytes[..at].iter().rev().take_while(blank).count();
        // The blanks of an empty cell belong to the mark before it.
        let start = (at - blanks).max(self.found.last().map_or(0, |mark| mark.range.end));
        let end = at + 1 + bytes[at + 1..].iter().take_while(blank).count();
        self.found.push(Mark { range: start..end, reads });
        end
    }
}

/// Returns the length of a line break: `<br>`, `<br/>`.
fn line_break(text: &str) -> Option<usize> {
    let name = text.get(..3).filter(|name| name.eq_ignore_ascii_case("<br"))?;
    let rest = text[name.len()..].trim_start_matches(' ');
    let end = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('>')?;
    Some(text.len() - end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &str) {
        let read = markdown(text);
        assert_eq!(read.text, words);
        for (at, c) in read.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let place = read.origin.bytes(super::super::Span::new(at, at + c.len_utf8()));
            assert_eq!(place.slice(text), c.to_string(), "at {at}");
        }
    }

    #[test]
    fn marks_at_the_start_of_a_line() {
        check("# 若干措施\n### 一、总则\n", "若干措施\n一、总则\n");
        check("> 责任单位\n- （一）甲\n  * 乙\n> > - 丙", "责任单位\n（一）甲\n乙\n丙");
        check("1. 甲\n　　二、乙\n-5℃\n#1楼", "1. 甲\n　　二、乙\n-5℃\n#1楼");
        check("标题\n===\n---\n***\n```\n甲\n```\n", "标题\n甲\n");
    }

    #[test]
    fn marks_inside_a_line() {
        check("**（一）加快审批。**推行***并联***审批", "（一）加快审批。推行并联审批");
        check("*甲*、_乙_、__丙__、~~丁~~、`戊`", "甲、乙、丙、丁、戊");
        check("3*5*7、a_b_c、姓名____、**甲", "3*5*7、a_b_c、姓名____、甲");
        check("1\\. 国\\_药\\*监", "1. 国_药*监");
    }

    #[test]
    fn links_and_brackets() {
        check("见[附件1](a.pdf)、![图](b.png)和[责任单位：甲]", "见附件1、和[责任单位：甲]");
        check("[![图](b.png)](c.html)[2025](", "[2025](");
        check("国办发[2024]53号(附)[甲][乙]", "国办发[2024]53号(附)[甲][乙]");
    }

    #[test]
    fn comments() {
        check("<!-- INFO END -->\n# 若干措施\n甲<!-- 见\n下 -->乙", "\n若干措施\n甲乙");
        check("面积<15平方米<!-- 未完", "面积<15平方米<!-- 未完");
    }

    #[test]
    fn tables() {
        check("| 甲 | **乙** |\n|:--|--:|\n|1\\|2||\n", "甲\t乙\n1|2\t\n");
        check("| 甲 | | 乙 |\n|  |\t| 丙 |", "甲\t\t乙\n\t\t丙");
        check("| 甲<br>乙 | 丙<BR /> |\n", "甲\u{2028}乙\t丙\u{2028}\n");
        check("甲<br/>乙<b", "甲\n乙<b");
        check("> | 甲 | 乙 |\n- | | 丙|", "甲\t乙\n\t丙");
    }
}
