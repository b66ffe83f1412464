//! Tables (表格) in a text: lines of cells with tabs between them.

use super::find::is_within;
use super::view::is_blank;
use crate::number::to_u32;
use std::ops::Range;

/// A table: rows of cells. A merged cell (合并单元格) is empty or repeated in the rows that it
/// extends over, as its source prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// The cells of all rows. An empty cell is an empty range.
    cells: Vec<(u32, u32)>,
    /// Number of cells up to the end of each row.
    rows: Vec<u32>,
}

impl Table {
    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns the cells of a row.
    pub(crate) fn row(&self, row: usize) -> impl ExactSizeIterator<Item = Range<usize>> + '_ {
        let start = if row == 0 { 0 } else { self.rows[row - 1] as usize };
        let cells = &self.cells[start..self.rows[row] as usize];
        cells.iter().map(|&(start, end)| start as usize..end as usize)
    }

    /// Returns the range from the first cell to the last one.
    pub(crate) fn range(&self) -> Range<usize> {
        let start = self.cells.first().map_or(0, |cell| cell.0);
        start as usize..self.cells.last().map_or(start, |cell| cell.1) as usize
    }

    /// Returns true for more than two rows or columns. Two lines of two cells may be names of a
    /// signature.
    pub(crate) fn is_grid(&self) -> bool {
        self.rows.len() > 2 || self.cells.len() > 4
    }

    /// Returns true if `words` begin a row, and do not fill its first cell. O(log n).
    pub(crate) fn opens_row(&self, words: Range<usize>) -> bool {
        let at = self.cells.partition_point(|cell| (cell.0 as usize) < words.start);
        let row = self.rows.partition_point(|&end| end as usize <= at);
        let start = if row == 0 { 0 } else { self.rows[row - 1] as usize };
        self.cells.get(at).is_some_and(|cell| (cell.1 as usize) > words.end)
            && self.cells[start..at].iter().all(|cell| cell.0 == cell.1)
    }

    /// Adds a cell to the last row, which [`Table::end_row`] ends.
    pub(super) fn push(&mut self, cell: Range<usize>) {
        self.cells.push((to_u32(cell.start), to_u32(cell.end)));
    }

    pub(super) fn end_row(&mut self) {
        self.rows.push(to_u32(self.cells.len()));
    }
}

/// Maximum number of cells in a row: lines with more are data.
const MAX_CELLS: usize = 64;

/// Returns the tables of a text: two lines or more with cells, one after another. A short line
/// between two rows is a row with one cell: the heading of a group of rows. O(n).
pub(super) fn tables(text: &str) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut at = 0;
    while let Some(tab) = memchr::memchr(b'\t', &text.as_bytes()[at..]) {
        let tab = at + tab;
        let line = memchr::memrchr(b'\n', &text.as_bytes()[at..tab]).map_or(at, |end| at + end + 1);
        let (table, end) = table(text, line);
        tables.extend(table);
        at = end;
    }
    tables
}

/// Reads the table that may begin with the line at `start`. Returns the end of the lines read.
fn table(text: &str, start: usize) -> (Option<Table>, usize) {
    let first = line_at(text, start);
    if !opens_row(text, &first) {
        return (None, after(text, &first));
    }
    let mut table = Table::default();
    push_row(text, &first, &mut table);
    let mut at = after(text, &first);
    // The line between two rows, and their number of cells.
    let mut group: Option<Range<usize>> = None;
    let mut cells = table.cells.len();
    let mut end = at;
    while at < text.len() {
        let line = line_at(text, at);
        let next = after(text, &line);
        let words = text[line.clone()].trim_matches(is_blank);
        if words.is_empty() {
        } else if continues(text, &line, cells, group.is_some()) {
            if let Some(group) = group.take() {
                push_row(text, &group, &mut table);
            }
            let before = table.cells.len();
            push_row(text, &line, &mut table);
            cells = table.cells.len() - before;
            end = next;
        } else if group.is_none() && is_group(words) {
            group = Some(line);
        } else {
            break;
        }
        at = next;
    }
    ((table.len() > 1).then_some(table), end)
}

/// Returns the line at `start`, without its end.
fn line_at(text: &str, start: usize) -> Range<usize> {
    let end = memchr::memchr(b'\n', &text.as_bytes()[start..]);
    start..end.map_or(text.len(), |end| start + end)
}

/// Returns the start of the line after `line`.
fn after(text: &str, line: &Range<usize>) -> usize {
    (line.end + 1).min(text.len())
}

/// Returns true for a line that can be the first row of a table: two cells or more, the first of
/// which is neither the label of the second (发文机关：) nor an ordinal (一、) before a paragraph.
fn opens_row(text: &str, line: &Range<usize>) -> bool {
    let words = &text[line.clone()];
    let mut cells = words.split('\t').map(|cell| cell.trim_matches(is_blank));
    let mut full = cells.by_ref().filter(|cell| !cell.is_empty());
    let (Some(first), Some(_)) = (full.next(), full.next()) else { return false };
    let more = full.next().is_some();
    let count = 1 + memchr::memchr_iter(b'\t', words.as_bytes()).count();
    count <= MAX_CELLS && !first.ends_with(['：', ':']) && (more || !is_ordinal(first))
}

/// Returns true for a line that is a row below one with `cells` cells. After a line that may be the
/// heading of a group (`grouped`), and if its first cell is empty, it has as many.
fn continues(text: &str, line: &Range<usize>, cells: usize, grouped: bool) -> bool {
    let words = &text[line.clone()];
    let count = 1 + memchr::memchr_iter(b'\t', words.as_bytes()).count();
    if opens_row(text, line) {
        !grouped || count == cells
    } else {
        count == cells && count > 1 && !is_indented(words)
    }
}

/// Returns true for a paragraph with one tab before it.
fn is_indented(words: &str) -> bool {
    words.strip_prefix('\t').is_some_and(|rest| !rest.contains('\t') && rest.contains('。'))
}

/// Returns true for an ordinal with its mark and nothing else: （一）, 1., 第一条.
fn is_ordinal(cell: &str) -> bool {
    let numeral =
        |c: char| c.is_ascii_digit() || super::is_numeral(c) || "（）()、.．第条章节".contains(c);
    cell.chars().all(numeral) && cell.contains(|c| "）)、.．第".contains(c))
}

/// Returns true for words that can be the heading of a group of rows.
fn is_group(words: &str) -> bool {
    /// Maximum length in characters.
    const MAX_HEADING: usize = 50;
    is_within(words, MAX_HEADING) && !words.contains('。')
}

/// Adds the cells of a line.
fn push_row(text: &str, line: &Range<usize>, table: &mut Table) {
    let mut start = line.start;
    for cell in text[line.clone()].split('\t') {
        let words = cell.trim_start_matches(is_blank);
        let from = start + cell.len() - words.len();
        table.push(from..from + words.trim_end_matches(is_blank).len());
        start += cell.len() + 1;
    }
    table.end_row();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the tables of a text: cells between |, a table a string.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let rows = |table: &Table| -> Vec<String> {
            (0..table.len())
                .map(|row| table.row(row).map(|cell| &text[cell]).collect::<Vec<_>>().join("|"))
                .collect()
        };
        let found: Vec<_> = tables(text).iter().map(|table| rows(table).join("\n")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_with_tabs_are_rows() {
        check(
            "表\n序号\t任务\t单位\r\n1\t 绿化 \t林业局\n\n2\t\t水利局\n说明。",
            &["序号|任务|单位\n1|绿化|林业局\n2||水利局"],
        );
        check("甲\t乙\n丙\t丁\n\n己。\n庚\t辛\n壬\t癸", &["甲|乙\n丙|丁", "庚|辛\n壬|癸"]);
    }

    #[test]
    fn a_short_line_between_rows_heads_a_group() {
        check(
            "任务\t单位\n一、农业\n1\t农业局\n二、工业\n2\t工信局\n附注",
            &["任务|单位\n一、农业\n1|农业局\n二、工业\n2|工信局"],
        );
    }

    #[test]
    fn labels_ordinals_and_indents_are_no_rows() {
        check("发文机关：\t国务院\n成文日期：\t2019年", &[]);
        check("（一）\t加快审批。\n（二）\t优化服务。", &[]);
        check("\t甲。\n\t乙。", &[]);
        check("某市财政局\t某市商务局\n2024年3月1日", &[]);
    }
}
