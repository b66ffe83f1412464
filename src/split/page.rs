//! The lines of a text, and their forms.

use crate::lexicon::Lexicon;
use crate::outline::body_end;
use crate::text::{View, first_chars, is_han, is_within, last_chars};
use std::ops::Range;

/// The lines of a view.
pub(super) struct Page<'v> {
    pub(super) lexicon: &'v Lexicon,
    pub(super) view: &'v View,
    /// The lines, none empty.
    pub(super) lines: Vec<Range<usize>>,
}

impl<'v> Page<'v> {
    pub(super) fn new(lexicon: &'v Lexicon, view: &'v View) -> Self {
        let mut lines = Vec::new();
        for Range { mut start, end } in crate::text::lines(&view.text) {
            while let Some(signed) = end_of_document(view, start..end) {
                lines.push(start..signed);
                start = signed;
            }
            if start < end {
                lines.push(start..end);
            }
        }
        Page { lexicon, view, lines }
    }

    pub(super) fn words(&self, line: usize) -> &'v str {
        &self.view.text[self.lines[line].clone()]
    }

    /// Returns the start of the text of the lines from `first`, and the end of that before `last`.
    pub(super) fn between(&self, first: usize, last: usize) -> &'v str {
        &self.view.text[self.lines[first].start..self.lines[last].start]
    }

    /// Returns true if `words` are in the first or the last characters of the lines `first..last`.
    pub(super) fn names(&self, first: usize, last: usize, words: &str) -> bool {
        /// Number of characters that are read at each end.
        const HEAD: usize = 2_000;
        const TAIL: usize = 1_000;
        let text = self.between(first, last);
        let named = |near: &str| crate::text::find(near, words).is_some();
        named(first_chars(text, HEAD)) || named(last_chars(text, TAIL))
    }

    /// Returns true if the lines `first..last` end with closing lines: a signature, 特此通知,
    /// 本办法自…起施行, lines of the web page.
    pub(super) fn is_closed(&self, first: usize, last: usize) -> bool {
        /// Maximum number of lines and of characters from the closing lines to the end.
        const LINES: usize = 12;
        const WINDOW: usize = 1_000;
        if last <= first {
            return false;
        }
        let until = self.lines[last - 1].end;
        if ends_with_date(self.words(last - 1)) || self.comes_into_force(last - 1) {
            return true;
        }
        let mut line = first.max(last.saturating_sub(LINES));
        let text = &self.view.text[self.lines[first].start..until];
        let near = until - last_chars(text, WINDOW).len();
        let mut from = self.lines[line].start.max(near);
        while let Some(end) = body_end(self.view, self.lexicon, from, until) {
            let rest = self.lines[line..last].iter().position(|at| at.start > end);
            let rest = rest.map_or(last, |at| line + at);
            match (rest..last).rev().find(|&at| !self.is_closing(at)) {
                None => return true,
                Some(running) => {
                    line = running;
                    from = self.lines[running].start;
                    if from <= end {
                        return false;
                    }
                }
            }
        }
        false
    }

    /// Returns true for a line that ends with 本条例自2020年1月1日起施行.
    fn comes_into_force(&self, line: usize) -> bool {
        /// Maximum length of the sentence in characters.
        const SENTENCE: usize = 120;
        let near = last_chars(self.words(line), SENTENCE);
        let Some(sentence) = near.strip_suffix('。') else { return false };
        let cues = &self.lexicon.cues;
        let ends = cues.outline.force_verbs.end(sentence).is_some()
            || cues.validity.repeals.end(sentence).is_some();
        ends && sentence.contains('自') && cues.outline.force_verbs.occur_in(sentence)
    }

    /// Returns true for a line that can come after closing lines.
    fn is_closing(&self, line: usize) -> bool {
        /// Maximum length of such a line in characters.
        const SHORT: usize = 60;
        let words = self.words(line);
        is_within(words, SHORT)
            || self.lexicon.layout.closings.start(words).is_some()
            || self.lexicon.layout.furniture.start(words).is_some()
    }

    /// Returns true for the label of an annex on a line of its own: 附件2.
    pub(super) fn is_annex_label(&self, line: usize) -> bool {
        /// Maximum length of a label in characters.
        const LABEL: usize = 8;
        let words = self.words(line).trim_matches(['【', '】', '(', ')', ':']);
        is_within(words, LABEL) && self.lexicon.cues.outline.annexes.start(words).is_some()
    }

    /// Returns true for a list of attachments (附件:1.目录).
    pub(super) fn is_attachment_list(&self, line: usize) -> bool {
        /// Maximum length of a list in characters.
        const LIST: usize = 300;
        let words = self.words(line);
        self.lexicon.cues.outline.attachments.start(words).is_some()
            && is_within(words, LIST)
            && !words.contains('。')
    }
}

/// Minimum length in bytes of a document on one line: 150 characters.
const DOCUMENT: usize = 450;

/// Returns the first date before a blank in `line` that can be the end of a document: the view joins
/// lines of running text.
fn end_of_document(view: &View, line: Range<usize>) -> Option<usize> {
    let mut from = line.start + DOCUMENT;
    while let Some(gap) = view.first_gap(from, line.end) {
        if ends_with_date(&view.text[line.start..gap]) {
            return Some(gap);
        }
        from = gap;
    }
    None
}

/// Returns true for a row of marks: ------, ======, ★★★★.
pub(super) fn is_separator(line: &str) -> bool {
    let is_mark = |c: char| "-=*_—─━~#·•※★☆◆■●＊_".contains(c);
    line.starts_with(is_mark) && line.chars().all(is_mark) && !is_within(line, 3)
}

/// Returns the number (文号) that fills a line: 陕教〔2025〕31号, 2024年第3号.
pub(super) fn number(line: &str) -> Option<&str> {
    /// Maximum length of a number in bytes.
    const NUMBER: usize = 90;
    let words = line.trim_matches(['(', ')']);
    let words = words.strip_prefix("文号:").unwrap_or(words);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let rest = words.strip_suffix('号')?;
    // The number of an announcement or of an order.
    let (year, serial) = rest.split_once('第').unwrap_or_default();
    let year = year.strip_suffix('年').unwrap_or(year);
    if (year.is_empty() || (year.len() == 4 && digits(year))) && digits(serial) {
        return Some(words);
    }
    let (code, year) = rest.split_once(['〔', '[', '(', '【', '﹝'])?;
    let (year, serial) = year.split_once(['〕', ']', ')', '】', '﹞'])?;
    let serial = serial.trim_start_matches('第');
    (words.len() <= NUMBER
        && !code.is_empty()
        && code.chars().all(is_han)
        && year.len() == 4
        && digits(year)
        && digits(serial))
    .then_some(words)
}

/// Returns true for words that end in a day: …办公室2025年6月5日.
pub(super) fn ends_with_date(words: &str) -> bool {
    /// Maximum length of a date in characters.
    const DATE: usize = 14;
    let words = words.strip_suffix("印发").unwrap_or(words);
    let near = last_chars(words, DATE);
    near.ends_with('日')
        && near.contains('月')
        && near.find('年').is_some_and(|year| {
            near[..year]
                .ends_with(|c: char| c.is_ascii_digit() || c == '〇' || crate::text::is_numeral(c))
        })
}
