//! Removes the words around a title on its line: its marks, and the additions of a page.

use crate::lexicon::TitleForm;
use crate::read::document::dates::dates;
use crate::read::document::line_forms::{MAX_TITLE, is_balanced, opens_with_place};
use crate::read::naming::canonical::ends_as_body;
use crate::read::naming::names::Names;
use crate::read::scanned_text::ScannedText;
use crate::text::is_within;
use std::ops::Range;

/// Removes what is printed around a title on its line: the 《》 that fill it, and from its first
/// bracket with a date on, as in …条例(2020年10月7日第三次修订).
pub(super) fn without_marks(text: &ScannedText, line: Range<usize>) -> Range<usize> {
    let words = text.slice(line.clone());
    if !is_within(words, 2 * MAX_TITLE) {
        return line;
    }
    let name = words.strip_prefix('《').and_then(|name| name.strip_suffix('》'));
    if name.is_some_and(|name| !name.contains(['《', '》'])) {
        return line.start + '《'.len_utf8()..line.end - '》'.len_utf8();
    }
    let mut opens = words.match_indices('(').map(|(open, _)| open).filter(|&open| open > 0);
    let dated = opens.find(|&open| {
        let inside = words[open..].split(')').next().unwrap_or_default();
        inside.contains('日') && !dates(text.lexicon, inside).is_empty()
    });
    match dated.filter(|&open| text.lexicon.titles.form(&words[..open]).is_some()) {
        Some(open) => line.start..line.start + open,
        None => line,
    }
}

/// Removes what a page prints around a title on its line, if a whole title with 关于 is left:
/// 原标题:…, 【公告】…, …-某某省药监局, …`[全文有效]`, …的通知.docx.
///
/// * `first`: true if no line above is a title; a label below one opens another text.
pub(super) fn without_page(names: &Names, line: Range<usize>, first: bool) -> Range<usize> {
    let text = names.text;
    let words = text.slice(line.clone());
    let marked = words.contains(LABEL_MARKS) || words.contains(TAIL_MARKS);
    if !marked || !is_within(words, 2 * MAX_TITLE) {
        return line;
    }
    let start = if first { after_label(names, &line) } else { 0 };
    let title = without_tail(names, &words[start..]);
    if !is_whole(text, title) {
        return line;
    }
    let start = line.start + start;
    start..start + title.len()
}

/// Marks after the label that a page prints before a title.
const LABEL_MARKS: [char; 5] = [':', '|', '丨', '!', '】'];

/// Marks before the words that a page prints after a title.
const TAIL_MARKS: [char; 5] = ['-', '_', '|', '[', '.'];

/// Returns true for a whole title with 关于 that ends as titles do.
fn is_whole(text: &ScannedText, words: &str) -> bool {
    is_balanced(words)
        && words.contains("关于")
        && text.lexicon.titles.form(words) == Some(TitleForm::Usual)
}

/// Returns the start of the title after the label of a page, 0 if there is none. 省科技厅等三部门:关于…,
/// and 解读:… of another text, are kept.
fn after_label(names: &Names, line: &Range<usize>) -> usize {
    let text = names.text;
    let words = text.slice(line.clone());
    let titles = &text.lexicon.titles;
    let of_page = |label: &str| {
        titles.explains.end(label).is_none()
            && text.lexicon.cues.outline.attachments.start(label).is_none()
            && !ends_as_body(names, label.split_once('等').map_or(label, |(name, _)| name))
            && !label.contains(['《', '。', ','])
    };
    let opens = |label: &str, at: usize| {
        titles.page_labels.contains(label) && words[at..].starts_with("关于")
            || opens_with_place(text, &(line.start + at..line.end)) && of_page(label)
    };
    let mut marks = words.match_indices(LABEL_MARKS);
    let start = marks.find_map(|(at, mark)| {
        let label = words[..at].trim_start_matches('【');
        Some(at + mark.len()).filter(|&start| opens(label, start))
    });
    start.unwrap_or(0)
}

/// Removes the day, the site, the column and the file ending that a page prints after a title:
/// …的通知 2023-05-01, …的通知_政策文件_某某网. A line that is a whole title keeps its marks.
fn without_tail<'t>(names: &Names, words: &'t str) -> &'t str {
    let titles = &names.text.lexicon.titles;
    let of_page = |tail: &str| {
        let tail = tail.trim_end_matches(']');
        titles.page_tails.contains(tail)
            || titles.sites.end(tail).is_some()
            || ends_as_body(names, tail)
    };
    let is_stamp = |c: char| c.is_ascii_digit() || "-/:".contains(c);
    let mut title = words;
    while !is_whole(names.text, title) {
        let tail = title.rsplit_once(TAIL_MARKS).filter(|(_, tail)| of_page(tail));
        let less = tail.map_or(title.trim_end_matches(is_stamp), |(title, _)| title);
        if less.len() == title.len() {
            break;
        }
        title = less;
    }
    title
}
