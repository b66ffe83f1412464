use super::Span;
use super::char_index::CharIndex;
use super::find::{is_within, prefix_end, suffix_start};
use super::numeral::is_numeral;
use super::print::print_lines;
use super::table::{Table, tables};
use super::width::half_width;
use crate::number::to_u32;
use memchr::memrchr2;
use std::ops::Range;

/// A normalised view of a text, with a map back to the text.
///
/// In the view
/// - full-width ASCII (（，：１) is half-width;
/// - a letter for a digit inside a number (2O25年, 1l月) is the digit;
/// - white space inside a line is dropped, except between two ASCII words;
/// - a line wrap inside a sentence is dropped; any other run of line ends,
///   with the blanks and list bullets around it, is one `\n`;
/// - a cell of a table is a line;
/// - page numbers, and the lines that a browser prints on each page, are white space.
///
/// [`View::gap`] tells where white space was dropped.
pub(crate) struct View {
    pub text: String,
    /// Offsets (view, source) at which their difference changes, ascending in both.
    jumps: Vec<(u32, u32)>,
    /// View offsets of dropped white space, ascending.
    gaps: Vec<u32>,
    /// Tables, ascending and disjoint.
    tables: Vec<Table>,
    index: CharIndex,
}

impl View {
    /// Makes the view in one pass. O(n).
    pub(crate) fn new(source: &str) -> Self {
        View::with_titles(source, &|_| false)
    }

    /// Makes the view of a text with titles, each at the end of its own line. O(n).
    ///
    /// * `is_title`: returns true for the words of a title, in the view. It is asked about
    ///   paragraphs of at most [`TITLE`] bytes.
    pub(crate) fn with_titles(source: &str, is_title: &dyn Fn(&str) -> bool) -> Self {
        Builder {
            source,
            is_title,
            view: View {
                text: String::with_capacity(source.len()),
                jumps: vec![(0, 0)],
                gaps: Vec::new(),
                tables: Vec::new(),
                index: CharIndex::with_capacity(source.len()),
            },
            line_start: 0,
            paragraph_start: 0,
            joined: false,
            open: false,
            print: print_lines(source),
            printed: 0,
        }
        .run(source)
    }

    /// Returns the index of the characters at which numbers, times, ordinals and names are read.
    pub(crate) fn index(&self) -> &CharIndex {
        &self.index
    }

    /// Returns the tables, ascending and disjoint.
    pub(crate) fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Returns the table with the cell at `offset`. O(log n).
    pub(crate) fn table_at(&self, offset: usize) -> Option<&Table> {
        let after = self.tables.partition_point(|table| table.range().start <= offset);
        let table = self.tables[..after].last()?;
        (offset < table.range().end).then_some(table)
    }

    /// Returns the span of the source that `start..end` of the view comes from, without the
    /// white space around it.
    pub(crate) fn source_span(&self, source: &str, start: usize, end: usize) -> Span {
        if start >= end {
            let at = self.source_at(start);
            return Span::new(at, at);
        }
        let last = suffix_start(&self.text[..end], 1);
        let first = self.jump_at(start);
        // Most ranges have no jump inside.
        let jump = match self.jumps.get(first + 1) {
            Some(&(next, _)) if next as usize <= last => self.jump_at(last),
            _ => first,
        };
        let last = self.source_after(jump, last);
        let width = source[last..].chars().next().map_or(0, char::len_utf8);
        Span::new(self.source_after(first, start), last + width)
    }

    /// Returns true if white space was dropped directly before `offset`.
    pub(crate) fn gap(&self, offset: usize) -> bool {
        self.gaps.binary_search(&(to_u32(offset))).is_ok()
    }

    /// Returns the last offset inside `start..end` before which white space was dropped.
    pub(crate) fn last_gap(&self, start: usize, end: usize) -> Option<usize> {
        let next = self.gaps.partition_point(|&gap| (gap as usize) < end);
        let last = next.checked_sub(1).map(|last| self.gaps[last] as usize);
        last.filter(|&gap| gap > start)
    }

    /// Returns the first offset inside `start..end` before which white space was
    /// dropped.
    pub(crate) fn first_gap(&self, start: usize, end: usize) -> Option<usize> {
        let next = self.gaps.partition_point(|&gap| (gap as usize) <= start);
        self.gaps.get(next).map(|&gap| gap as usize).filter(|&gap| gap < end)
    }

    /// Returns the offset in the source of the byte at `offset` of the view. O(log n).
    pub(crate) fn source_at(&self, offset: usize) -> usize {
        self.source_after(self.jump_at(offset), offset)
    }

    /// Returns the number of the last jump up to `offset`. O(log n).
    fn jump_at(&self, offset: usize) -> usize {
        self.jumps.partition_point(|&(view, _)| view as usize <= offset) - 1
    }

    /// Returns the offset in the source of the byte at `offset` of the view, given the last jump
    /// up to there.
    fn source_after(&self, jump: usize, offset: usize) -> usize {
        let (view, source) = self.jumps[jump];
        source as usize + (offset - view as usize)
    }
}

struct Builder<'s> {
    source: &'s str,
    is_title: &'s dyn Fn(&str) -> bool,
    view: View,
    /// View offset of the start of the current source line.
    line_start: usize,
    /// View offset of the start of the current line of the view.
    paragraph_start: usize,
    /// True if the previous line was joined to it.
    joined: bool,
    /// True if a bracket is open at its end.
    open: bool,
    /// Lines of a print, ascending, which are read as white space.
    print: Vec<Range<usize>>,
    /// Number of these lines that are read.
    printed: usize,
}

impl<'s> Builder<'s> {
    fn run(mut self, source: &'s str) -> View {
        let blank = source.len() - source.trim_start_matches(is_blank).len();
        let blank = self.page_end(blank);
        let mut at = blank + bullet(&source[blank..]);
        for table in tables(source) {
            let range = table.range();
            // A bullet before the first cell is part of it.
            self.words(source, at.min(range.start)..range.start);
            self.table(source, table);
            at = range.end;
        }
        self.words(source, at..source.len());
        let end = self.view.text.trim_end_matches('\n').len();
        self.view.text.truncate(end);
        self.view.index.truncate(end);
        self.view
    }

    /// Reads a table. Each cell is a line.
    fn table(&mut self, source: &'s str, table: Table) {
        let mut read = Table::default();
        for row in 0..table.len() {
            for cell in table.row(row) {
                let start = self.view.text.len();
                self.words(source, cell.clone());
                let end = self.view.text.len();
                if start < end {
                    read.push(start..end);
                    self.end_line(cell.end);
                } else {
                    // An empty cell is at the end of the line before it.
                    let end = self.view.text.trim_end_matches('\n').len();
                    read.push(end..end);
                }
            }
            read.end_row();
        }
        self.view.tables.push(read);
    }

    /// Ends a line before the white space at `at`.
    fn end_line(&mut self, at: usize) {
        self.replace('\n', at, at);
        self.line_start = self.view.text.len();
        self.paragraph_start = self.line_start;
        (self.joined, self.open) = (false, false);
    }

    /// Reads a range of the text.
    fn words(&mut self, source: &'s str, range: Range<usize>) {
        // No lookahead reaches past the range.
        self.source = &source[..range.end];
        let bytes = self.source.as_bytes();
        let mut at = range.start;
        while at < bytes.len() {
            at = self.plain(at);
            let Some(c) = self.source[at..].chars().next() else { break };
            let end = at + c.len_utf8();
            at = match c {
                '！'..='～' => self.replace(half_width(c), at, end),
                c if is_blank(c) => self.blank(at),
                'O' | 'o' if self.inside_number(at) => self.replace('0', at, end),
                'I' | 'l' if self.inside_number(at) => self.replace('1', at, end),
                _ => self.replace(c, at, end),
            };
        }
    }

    /// Copies the plain text at `start` and returns its end: ASCII characters other than white space
    /// and letters that may replace a digit, and three-byte characters other than U+2000–U+20FF,
    /// U+3000 and those from U+E000.
    fn plain(&mut self, start: usize) -> usize {
        let bytes = self.source.as_bytes();
        let here = self.view.text.len();
        let mut at = start;
        while let Some(&first) = bytes.get(at) {
            if let 0xE3..=0xED = first {
                let Some(&c) = bytes[at..].first_chunk() else { break };
                if !self.view.index.add_wide(here + at - start, c) {
                    break;
                }
                at += 3;
            } else if let 0x21..=0x7F = first {
                let after_digit = || at == start || bytes[at - 1].is_ascii_digit();
                if matches!(first, b'O' | b'o' | b'I' | b'l') && after_digit() {
                    break;
                }
                self.view.index.add_ascii(here + at - start, first);
                at += 1;
            } else {
                break;
            }
        }
        if at > start {
            self.jump(start);
            self.view.text.push_str(&self.source[start..at]);
        }
        at
    }

    /// Adds `c` in place of the source from `start` to `end`, and returns the end.
    fn replace(&mut self, c: char, start: usize, end: usize) -> usize {
        self.jump(start);
        let here = self.view.text.len();
        self.view.text.push(c);
        if let [first, second, third] = self.view.text.as_bytes()[here..] {
            self.view.index.add_wide(here, [first, second, third]);
        } else if c.is_ascii() {
            self.view.index.add_ascii(here, self.view.text.as_bytes()[here]);
        }
        end
    }

    /// Records that the next byte of the view comes from `source`.
    fn jump(&mut self, source: usize) {
        let here = self.view.text.len();
        let &(view, old) = self.view.jumps.last().expect("starts with (0, 0)");
        if old as usize + (here - view as usize) != source {
            let jump = (to_u32(here), to_u32(source));
            if view as usize == here {
                *self.view.jumps.last_mut().expect("not empty") = jump;
            } else {
                self.view.jumps.push(jump);
            }
        }
    }

    /// Returns true if the letter at `at` replaces a digit: it follows a digit, and a digit or the
    /// end of a date or a number follows it.
    fn inside_number(&self, at: usize) -> bool {
        let next = self.source[at + 1..].chars().next();
        self.view.text.ends_with(|c: char| c.is_ascii_digit())
            && next.is_some_and(|c| {
                c.is_ascii_digit() || ('０'..='９').contains(&c) || "年月日号〕]".contains(c)
            })
    }

    /// Reads the white space at `at` and returns its end.
    fn blank(&mut self, at: usize) -> usize {
        let rest = &self.source[at..];
        let trimmed = rest.trim_start_matches(is_blank);
        let end = at + rest.len() - trimmed.len();
        let here = self.view.text.len();
        let breaks = self.source[at..end].contains(['\n', '\r', '\u{2028}', '\u{2029}']);
        if !breaks {
            let before = self.view.text.as_bytes().last().copied().unwrap_or(b' ');
            let after = self.source.as_bytes().get(end).copied().unwrap_or(b' ');
            if before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric() {
                return self.replace(' ', at, end);
            }
            self.gap(here);
            return end;
        }
        let end = self.page_end(end);
        let next = end + bullet(&self.source[end..]);
        let line = &self.view.text[self.line_start..];
        self.open = match memrchr2(b'(', b')', line.as_bytes()) {
            Some(at) => line[at..].starts_with('('),
            None => self.open && self.joined,
        };
        // A line end inside a cell of a table.
        let in_cell = breaks_cell(&self.source[at..end]);
        let rest = &self.source[end..];
        self.joined = here > 0
            && (self.wraps(rest, next > end)
                || in_cell && splits_name(&self.view.text[self.line_start..], rest));
        if here == 0 || self.view.text.ends_with('\n') || self.joined {
            self.gap(here);
        } else {
            self.replace('\n', at, end);
            self.paragraph_start = self.view.text.len();
        }
        self.line_start = self.view.text.len();
        next
    }

    /// Returns the end of the page numbers and lines of a print that start at `at`, and of the white
    /// space after them.
    fn page_end(&mut self, mut at: usize) -> usize {
        loop {
            let start = at;
            at += page_numbers(&self.source[at..]);
            while let Some(line) = self.print.get(self.printed).filter(|line| line.start <= at) {
                // No line of a print is read into a table or out of it.
                if line.start == at && line.end <= self.source.len() {
                    let rest = &self.source[line.end..];
                    at = line.end + (rest.len() - rest.trim_start_matches(is_blank).len());
                }
                self.printed += 1;
            }
            if at == start {
                return at;
            }
        }
    }

    fn gap(&mut self, here: usize) {
        if here > 0 && self.view.gaps.last() != Some(&(to_u32(here))) {
            self.view.gaps.push(to_u32(here));
        }
    }

    /// Returns true if the line end before `next` is a wrap: no line can end or begin there, or the
    /// line before is running text that ends inside a sentence and `next` does not begin an item.
    fn wraps(&self, next: &str, bullet: bool) -> bool {
        let line = &self.view.text[self.line_start..];
        let Some(last) = line.chars().next_back() else { return false };
        let Some(first) = next.chars().next() else { return false };
        if bullet {
            return false;
        }
        if OPENING.contains(last) || CLOSING.contains(first) || splits_ordinal(line, next) {
            return true;
        }
        if splits_number(line, next) {
            return true;
        }
        if opens_item(next) {
            return false;
        }
        if matches!(last, ',' | '、') {
            return line.len() > WRAP / 2;
        }
        if (self.open && closes_bracket(next)) || splits_date(last, first) {
            return true;
        }
        let inside = is_han(last) || last.is_ascii_alphanumeric();
        // A line without marks is a title or a name of any length.
        let running = self.joined || line.contains([',', '。', ';', '、']);
        let wraps = inside && is_han(first) && line.len() > WRAP && running && !heading_like(line);
        wraps && !self.ends_title(next)
    }

    /// Returns true if a title ends here: the words so far are one, `next` does not continue them,
    /// and they open the text, are about something (关于), or have their number or addressees in
    /// `next`.
    fn ends_title(&self, next: &str) -> bool {
        let title = &self.view.text[self.paragraph_start..];
        if title.len() > TITLE || title.contains([',', '。', ';']) || opens_item(title) {
            return false;
        }
        let line = next[..prefix_end(next, TITLE / 3)].lines().next().unwrap_or_default();
        let closed = line.trim_end_matches(is_blank).ends_with(['号', ':', '：', ')', '）']);
        let continued = next.starts_with(['的', '和', '与', '及', '等']);
        let marked = closed || title.contains("关于") || self.paragraph_start == 0;
        !continued && marked && (self.is_title)(title)
    }
}

/// Characters that cannot end a line (GB/T 15834—2011, 5.1): opening marks, in half width, and 第
/// before its ordinal.
const OPENING: &str = "(《〈“‘〔[【第";

/// Characters that cannot begin a line: closing marks and stops.
const CLOSING: &str = "）)》〉”’〕］]】、，,。．；;：:！!？?";

/// Returns true if the break between `line` and `next` is inside an ordinal: (十 and 一)加强, 十 and
/// 一、加强, 第十 and 条.
fn splits_ordinal(line: &str, next: &str) -> bool {
    let before = line.trim_end_matches(is_numeral);
    let after = next.trim_start_matches(is_numeral);
    if before.len() == line.len() || (after.len() == next.len() && !before.ends_with('第')) {
        return false;
    }
    match before.chars().next_back() {
        None => after.starts_with('、'),
        Some('(') => after.starts_with(['）', ')']),
        Some('第') => after.starts_with(['条', '章', '节']),
        Some(_) => false,
    }
}

/// Returns true if `blank` is a line end inside a cell of a table, which does not end the row.
fn breaks_cell(blank: &str) -> bool {
    blank.contains('\u{2028}') && !blank.contains(['\n', '\r', '\t'])
}

/// Returns true if the break inside a narrow cell is inside a name: 省自然资源和 and 规划厅,
/// 省人力资源社会 and 保障厅. Names on lines of their own each have their level: 省财政厅 and
/// 省商务厅.
fn splits_name(line: &str, next: &str) -> bool {
    /// Maximum length of a line of a narrow cell in characters.
    const NARROW: usize = 14;
    const LEVELS: &str = "省市县区州盟旗国";
    const ENDS: &str = "厅局委办部院署行处府";
    let next = next.split(['\n', '\r', '\t', '\u{2028}']).next().unwrap_or_default();
    let next = next.trim_end_matches(is_blank);
    let (Some(last), Some(first)) = (line.chars().next_back(), next.chars().next()) else {
        return false;
    };
    let names = [line, next].iter().all(|line| is_within(line, NARROW) && line.chars().all(is_han));
    let goes_on = "和与及".contains(last);
    let whole = ENDS.contains(last)
        || ["委员会", "联合会", "公司", "中心"].iter().any(|end| line.ends_with(end));
    let rest = line.starts_with(|c| LEVELS.contains(c)) && next.ends_with(|c| ENDS.contains(c));
    names && !LEVELS.contains(first) && (goes_on || rest && !whole)
}

/// Returns true if the next bracket is a closing one: (省药监 and 局负责).
fn closes_bracket(next: &str) -> bool {
    /// Number of characters that are read.
    const NEAR: usize = 160;
    let at = next[..prefix_end(next, NEAR)].find(['（', '(', '）', ')']);
    at.is_some_and(|at| next[at..].starts_with(['）', ')']))
}

/// Returns true if the break is inside a date: 2025年5月14 and 日.
fn splits_date(last: char, first: char) -> bool {
    (last.is_ascii_digit() || is_numeral(last)) && matches!(first, '年' | '月' | '日')
}

/// Returns true if the break is inside a figure of running text: 调至3 and 0%以下, 补助2 and 5.5万元,
/// 降低30 and %. A year, a number alone on its line and the digits of a telephone are whole.
fn splits_number(line: &str, next: &str) -> bool {
    /// Maximum number of digits on each side: longer runs are codes and telephone numbers.
    const MAX_DIGITS: usize = 5;
    let whole = line.strip_suffix('.').unwrap_or(line);
    let words = whole.trim_end_matches(|c: char| c.is_ascii_digit());
    let before = whole.len() - words.len();
    let point = whole.len() < line.len();
    if !(1..=MAX_DIGITS).contains(&before) || (point && !words.ends_with(is_han)) {
        return false;
    }
    let clauses = || line.contains([',', '。', ';', '、']);
    if line.len() <= WRAP && (line.len() <= WRAP / 2 || !clauses()) {
        return false;
    }
    let rest = next.trim_start_matches(is_digit);
    let after = next[..next.len() - rest.len()].chars().count();
    if after == 0 {
        return !point && rest.starts_with(['%', '％', '‰']);
    }
    let decimals = rest.strip_prefix(['.', '．']).map_or(rest, |d| d.trim_start_matches(is_digit));
    let date = (after == 4 && rest.starts_with('年')) || (point && rest.starts_with(['月', '日']));
    let marked = decimals.starts_with([')', '）', '、', '.', '．', '-', '—']);
    let alone = decimals.is_empty() || decimals.starts_with(['\n', '\r', '\t']);
    after <= MAX_DIGITS && !date && !marked && !alone
}

/// Returns true for a digit of either width.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Maximum length of a title in bytes: 100 Han characters.
const TITLE: usize = 300;

/// Minimum length of a line of running text in bytes: 22 Han characters.
const WRAP: usize = 66;

/// Returns true for a line that begins with an ordinal and contains no comma or stop: a heading of
/// any length.
fn heading_like(line: &str) -> bool {
    opens_item(line) && !line.contains([',', '。', ';', ':'])
}

/// Returns true if `text` begins with the ordinal of an item, in any width.
pub(crate) fn opens_item(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '（', '第', '【', '[']);
    if text.starts_with(|c| ('①'..='⑳').contains(&c)) {
        return true;
    }
    let digits = text.trim_start_matches(|c: char| is_digit(c) || is_numeral(c));
    digits.len() < text.len() && digits.starts_with([')', '）', '、', '.', '．', '条', '章', '节'])
}

/// Returns the length of a list bullet or heading mark at the start of a line: `- `,
/// `## `.
fn bullet(line: &str) -> usize {
    let rest = line.trim_start_matches(['-', '*', '#', '•', '·', '>']);
    let marks = line.len() - rest.len();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if marks > 0 && blanks > 0 { marks + blanks } else { 0 }
}

/// Returns the length of the page numbers on lines at the start of `text`: — 3 —, 第3页
/// 共10页.
fn page_numbers(text: &str) -> usize {
    /// Maximum length of such a line in bytes.
    const LINE: usize = 48;
    let mut at = 0;
    while text[at..].starts_with(['-', '—', '–', '－', '第']) {
        let rest = &text[at..];
        let Some(end) = rest.bytes().take(LINE).position(|b| b == b'\n') else { break };
        if !is_page_number(&rest[..end]) {
            break;
        }
        at += rest.len() - rest[end..].trim_start_matches(is_blank).len();
    }
    at
}

/// Returns true for a line that is a page number: — 3 —, 第3页 共10页.
pub(crate) fn is_page_number(line: &str) -> bool {
    let dashes = ['-', '—', '–', '－'];
    let number = |text: &str| {
        let text = text.trim_matches(is_blank);
        (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let line = line.trim_matches(is_blank);
    if let Some(inner) = line.strip_prefix(dashes).and_then(|inner| inner.strip_suffix(dashes)) {
        return number(inner.trim_matches(dashes));
    }
    let pages = line.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    pages.is_some_and(|(page, rest)| {
        let rest = rest.trim_matches(is_blank).trim_start_matches([',', '，', '/']);
        let total =
            rest.trim_matches(is_blank).strip_prefix('共').and_then(|n| n.strip_suffix('页'));
        number(page) && (rest.is_empty() || total.is_some_and(number))
    })
}

/// Returns true for white space, a zero-width mark, or a character without a meaning of its own
/// (private use), which sites print for the blanks of a symbol font.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{E000}'..='\u{F8FF}')
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, view: &str) {
        let made = View::new(source);
        assert_eq!(made.text, view);
        for (at, c) in made.text.char_indices().filter(|&(_, c)| c != '\n' && c != ' ') {
            let surface = made.source_span(source, at, at + c.len_utf8()).slice(source);
            let folded: String = View::new(surface).text;
            assert_eq!(folded, c.to_string(), "at {at}");
        }
    }

    #[test]
    fn folds_width_and_blanks() {
        check("药 品、（蒙药）　２倍", "药品、(蒙药)2倍");
        check("AI 时代 5G", "AI时代5G");
        check("Copyright © 2024 ICP", "Copyright©2024 ICP");
        assert_eq!(View::new("2O25年l月2l日,H2O、5l、Ol").text, "2025年l月21日,H2O、5l、Ol");
    }

    #[test]
    fn joins_where_no_line_can_end() {
        check("(\n一\n)甲\n、乙\n二\n、丙", "(一)甲、乙\n二、丙");
        check("甲。\n(十\n一)乙。\n(二\n十二)丙。", "甲。\n(十一)乙。\n(二十二)丙。");
        check("第\n一条甲。\n第二\n条乙。", "第一条甲。\n第二条乙。");
        check("甲。(省药监\n局负\n责)\n(二)乙。", "甲。(省药监局负责)\n(二)乙。");
        check("2025年5月14\n日", "2025年5月14日");
        check("甲(见附件\n一、乙(丙)", "甲(见附件\n一、乙(丙)");
    }

    #[test]
    fn a_cell_is_a_line() {
        let source = "任务表(\n任务\t单位\n绿化,\t 省林业局、\n省\t厅\n，完";
        let view = View::new(source);
        assert_eq!(view.text, "任务表(\n任务\n单位\n绿化,\n省林业局、\n省\n厅\n,完");
        let [table] = view.tables() else { panic!() };
        let cells = table.row(1).map(|cell| &view.text[cell]);
        assert_eq!(cells.collect::<Vec<_>>(), ["绿化,", "省林业局、"]);
        check(source, &view.text);
        check("甲\t乙\n\u{2028}丙\u{2028}丁\t\t戊", "甲\n乙\n丙\n丁\n戊");
        check("审批\t\t时限", "审批时限");
    }

    #[test]
    fn a_name_in_a_narrow_cell_is_joined() {
        check(
            "部门\t职责\n省自然资源和\u{2028}规划厅\t甲\n省人力资源社会\u{2028}保障厅\t乙",
            "部门\n职责\n省自然资源和规划厅\n甲\n省人力资源社会保障厅\n乙",
        );
        for cell in
            ["省财政厅\u{2028}商务厅", "省总工会\u{2028}省妇联", "省发展改革委员会\u{2028}统计局"]
        {
            check(
                &format!("部门\t职责\n{cell}\t甲"),
                &format!("部门\n职责\n{}\n甲", cell.replace('\u{2028}', "\n")),
            );
        }
    }

    #[test]
    fn joins_the_parts_of_a_figure() {
        let line = "一、补贴标准。对短板机具给予特定补贴支持,测算比例调至3";
        check(&format!("{line}\n0%以下。"), &format!("{line}0%以下。"));
        check(&format!("{line}\n0.5%。"), &format!("{line}0.5%。"));
        check(&format!("{line}.\n5%。"), &format!("{line}.5%。"));
        check(&format!("{line}0\n%以下。"), &format!("{line}0%以下。"));
        for next in ["2024年5月6日", "2、加强", "12", "(二)乙", "60123456"] {
            check(&format!("{line}\n{next}"), &format!("{line}\n{next}"));
        }
        check("联系电话:0351-6012345\n2024年", "联系电话:0351-6012345\n2024年");
    }

    #[test]
    fn a_title_ends_with_its_line() {
        let lines = |source: &str| {
            let view = View::with_titles(source, &|words| words.ends_with("通知"));
            view.text.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let title = "市水务局关于做好城市供水、排水、再生水设施安全度汛工作的通知";
        assert_eq!(lines(&format!("{title}\n各区水务局:")), [title, "各区水务局:"]);
        assert_eq!(lines(&format!("{title}\n市水发〔2025〕3号"))[0], title);
        // Running text that a line parts behind the name of a paper.
        assert_eq!(lines(&format!("{title}\n和有关会议精神")).len(), 1);
        assert_eq!(lines(&format!("根据会议安排,落实{title}\n要求")).len(), 1);
    }

    #[test]
    fn joins_wraps_and_keeps_paragraphs() {
        check(
            "严格执行裁量基准,确保同类案件处罚相当,为企业营造公平、透明的经营环\n\n境,使其安心经营。\n\n- (七)迭代清单",
            "严格执行裁量基准,确保同类案件处罚相当,为企业营造公平、透明的经营环境,使其安心经营。\n(七)迭代清单",
        );
        check(
            "山西省财政厅\n\n山西省商务厅\n\n2025年5月14日",
            "山西省财政厅\n山西省商务厅\n2025年5月14日",
        );
    }
}
