//! Running heads and feet, and page numbers (页眉, 页脚, 页码).

use super::{Line, Part};
use std::collections::HashMap;
use std::ops::Range;

/// Number of lines at the top, and at the bottom, of a page that may be furniture.
const MARGIN_LINES: usize = 2;

/// Removes the lines at the top and bottom of pages that most pages repeat but for their digits, and
/// page numbers. Lines larger than most are titles, and are kept. O(n log n).
pub(super) fn without_furniture(lines: Vec<Line>) -> Vec<Line> {
    let pages = pages(&lines);
    let margins: Vec<Vec<usize>> = pages.iter().map(|page| margin(&lines, page.clone())).collect();
    let mut repeated: HashMap<String, usize> = HashMap::new();
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    for margin in &margins {
        let mut keys: Vec<String> = margin.iter().map(|&at| key(&lines[at])).collect();
        keys.sort();
        keys.dedup();
        keys.into_iter().for_each(|key| *repeated.entry(key).or_default() += 1);
        let found = margin.iter().filter_map(|&at| offset(&lines[at]));
        found.for_each(|offset| *offsets.entry(offset).or_default() += 1);
    }
    let usual = usual_size(&lines);
    let is_furniture = |at: usize| {
        let (line, key) = (&lines[at], key(&lines[at]));
        let small = line.size <= LARGER * usual;
        let often = pages.len() > 1 && !key.is_empty() && 2 * repeated[&key] > pages.len();
        let numbered = offset(line)
            .is_some_and(|offset| offset == 0 || is_marked(&line.words) || offsets[&offset] > 1);
        numbered || (often && small)
    };
    let mut dropped = vec![false; lines.len()];
    margins.iter().flatten().for_each(|&at| dropped[at] = is_furniture(at));
    // Two copies of one page are no furniture, and the page numbers of scanned pages are no text.
    if dropped.iter().all(|&dropped| dropped) {
        return lines.into_iter().filter(|line| offset(line).is_none()).collect();
    }
    let kept = lines.into_iter().zip(dropped).filter(|(_, dropped)| !dropped);
    kept.map(|(line, _)| line).collect()
}

/// Minimum size of the characters of a title, as a multiple of the usual size.
const LARGER: f32 = 1.1;

/// Returns the size of the characters of most lines: the median.
fn usual_size(lines: &[Line]) -> f32 {
    let mut sizes: Vec<f32> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// Returns the lines of each page.
fn pages(lines: &[Line]) -> Vec<Range<usize>> {
    let mut start = 0;
    let page = |page: &[Line]| {
        start += page.len();
        start - page.len()..start
    };
    lines.chunk_by(|a, b| a.page == b.page).map(page).collect()
}

/// Returns the highest and the lowest lines of a page, without cells of tables.
fn margin(lines: &[Line], page: Range<usize>) -> Vec<usize> {
    let mut order: Vec<usize> = page.collect();
    order.sort_by(|&a, &b| lines[a].top.total_cmp(&lines[b].top));
    let bottom = order.len().saturating_sub(MARGIN_LINES).max(MARGIN_LINES.min(order.len()));
    let top = &order[..order.len().min(MARGIN_LINES)];
    let margin = top.iter().chain(&order[bottom..]).copied();
    margin.filter(|&at| matches!(lines[at].part, Part::Text | Part::Columns)).collect()
}

/// Returns the words of a line that are the same on each page: without blanks, and digits as one.
fn key(line: &Line) -> String {
    let digit = |c: char| if c.is_numeric() { '0' } else { c };
    line.words.chars().filter(|c| !c.is_whitespace()).map(digit).collect()
}

/// Returns the difference of a page number from the number of its page; `None` for other words:
/// 3, - 3 -, — 3 —, 第3页 共9页, 3/9.
fn offset(line: &Line) -> Option<i64> {
    let words: String = line.words.chars().filter(|c| !c.is_whitespace()).collect();
    let words = words.trim_matches(MARKS);
    let words = words.strip_prefix('第').unwrap_or(words);
    let end = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
    let (number, rest) = words.split_at(end);
    let rest = rest.trim_start_matches(['页', '/', '共', '，', ',']).trim_end_matches('页');
    let digits = rest.chars().all(|c| c.is_ascii_digit()) && rest.len() <= 4;
    let number: i64 = number.parse().ok().filter(|_| digits && number.len() <= 4)?;
    Some(number - i64::from(line.page))
}

/// Marks around a page number.
const MARKS: [char; 7] = ['-', '—', '–', '－', '―', '·', '─'];

/// Returns true for a page number with marks around it.
fn is_marked(words: &str) -> bool {
    let words = words.trim();
    words.starts_with(MARKS) && words.ends_with(MARKS) || words.starts_with('第')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u32, words: &[&str]) -> impl Iterator<Item = Line> {
        let line = move |(row, words): (usize, &&str)| {
            let top = row as f32 * 20.0;
            let (left, right, bottom) = (10.0, 100.0, top + 10.0);
            let (words, part) = ((*words).to_owned(), Part::Text);
            Line { page: number, left, top, right, bottom, size: 10.0, words, part }
        };
        words.iter().enumerate().map(line).collect::<Vec<_>>().into_iter()
    }

    #[track_caller]
    fn check(pages: &[&[&str]], expected: &str) {
        let lines = (1..).zip(pages).flat_map(|(number, words)| page(number, words)).collect();
        let kept: Vec<_> = without_furniture(lines).into_iter().map(|line| line.words).collect();
        assert_eq!(kept.join("|"), expected);
    }

    #[test]
    fn what_most_pages_repeat_is_left_out() {
        check(
            &[
                &["某某市文件 2026/3/4", "甲", "乙", "https://example.com 1/3"],
                &["某某市文件 2026/3/4", "丙", "丁", "https://example.com 2/3"],
                &["某某市文件 2026/3/4", "戊", "https://example.com 3/3"],
            ],
            "甲|乙|丙|丁|戊",
        );
    }

    #[test]
    fn titles_and_copies_of_a_page_are_kept() {
        check(&[&["甲", "乙"], &["甲", "乙"]], "甲|乙|甲|乙");
        let title = |line: Line| Line { size: 20.0, ..line };
        let page =
            |number| page(number, &["决定书"]).map(title).chain(page(number, &["甲", "乙", "丙"]));
        let kept = without_furniture(page(1).chain(page(2)).collect());
        assert_eq!(kept.iter().filter(|line| line.words == "决定书").count(), 2);
    }

    #[test]
    fn page_numbers_are_left_out_and_other_numbers_are_not() {
        check(&[&["甲", "乙", "— 7 —"], &["丙", "— 8 —"]], "甲|乙|丙");
        check(&[&["甲", "乙", "第1页 共2页"], &["丙", "丁", "第2页 共2页"]], "甲|乙|丙|丁");
        check(&[&["甲", "乙", "5"], &["丙", "丁", "6"]], "甲|乙|丙|丁");
        check(&[&["甲", "乙", "2025"], &["丙", "丁", "戊"]], "甲|乙|2025|丙|丁|戊");
    }
}
