//! Heads of documents: a title with the lines below it.

use super::Part;
use super::page::{Page, is_separator, number};
use crate::lexicon::TitleForm;
use crate::text::{find, first_chars, is_han, is_within, last_chars, opens_item};
use memchr::memchr;

/// The head of a document, or of the text that a notice issues.
pub(super) struct Head<'v> {
    /// Index of its first line.
    pub(super) first: usize,
    title: String,
    number: Option<&'v str>,
    kind: Kind,
}

/// The line after the title and number of a head.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Addressees, or the source of a web page.
    Marked,
    /// The bracket of a regulation: (2019年9月28日…通过).
    Regulation,
    /// The first lines of the text.
    Text,
}

/// Minimum length in bytes of the sentences of a document: 60 characters.
pub(super) const MIN_PROSE: usize = 180;

/// Minimum length in bytes of the sentences of a document without closing lines.
pub(super) const LONG: usize = 900;

/// Returns the head whose last line is above the text that opens at `line`, or at `line` itself for
/// addressees.
pub(super) fn head<'v>(page: &Page<'v>, line: usize, first: usize) -> Option<Head<'v>> {
    /// Maximum length in characters of the line above a number: 陕西省教育厅文件.
    const PAPER: usize = 40;
    /// Maximum number of lines between a title and the text.
    const NOTES: usize = 3;
    if line <= first || !can_be_head(page, page.words(line - 1)) {
        return None;
    }
    let kind = kind(page, line)?;
    let mut number_line = None;
    let mut at = line;
    while at > first + 1 && line - at < NOTES {
        let words = page.words(at - 1);
        match number(words) {
            Some(found) => number_line = number_line.or(Some(found)),
            None if is_note(page, words) => {}
            None => break,
        }
        at -= 1;
    }
    let (mut start, title) = match title_above(page, at, first, kind) {
        Some(title) => title,
        None if number_line.is_some() => cut_title(page, at, first),
        None => return None,
    };
    let above = start - 1;
    if let Some(found) = number(page.words(above)).filter(|_| above > first) {
        number_line = number_line.or(Some(found));
        start = above;
        // 陕西省教育厅文件, or 某某市税务局公告, above the number.
        let paper = page.words(start - 1);
        let heads = page.lexicon.cues.split.letterheads.end(paper).is_some();
        if start > first + 1 && heads && is_within(paper, PAPER) {
            start -= 1;
        }
    }
    Some(Head { first: start, title, number: number_line, kind })
}

/// Returns false for a line that is too long for a title, a number or a note, and no title that is cut,
/// and for a sentence, which only a source can be. Its length in bytes and its end tell most lines.
fn can_be_head(page: &Page, words: &str) -> bool {
    match words.len() <= LINE * char::MAX.len_utf8() {
        true => !words.ends_with('。') || is_source(page, words),
        false => words.ends_with("..."),
    }
}

/// Maximum length in characters of a line of a title, a number or a note.
const LINE: usize = 100;

/// Returns the kind of a line below a title; `None` if it can be anywhere.
fn kind(page: &Page, line: usize) -> Option<Kind> {
    /// Minimum length in characters of a paragraph that opens a text.
    const PARAGRAPH: usize = 40;
    let words = page.words(line);
    if is_addressed(page, words) || is_source(page, words) {
        return Some(Kind::Marked);
    }
    if is_promulgation(page, words) {
        return Some(Kind::Regulation);
    }
    let first_item = ["第一条", "第一章", "一、"].iter().any(|ordinal| words.starts_with(ordinal));
    // 为优化服务,现将有关事项公告如下: above the first item.
    let announces = || {
        let words = words.strip_suffix(':');
        words.is_some_and(|words| page.lexicon.cues.split.announced.end(words).is_some())
    };
    let paragraph = || !is_within(words, PARAGRAPH) && !opens_item(words) && words.contains('。');
    (first_item || announces() || paragraph()).then_some(Kind::Text)
}

/// Returns true for a line of addressees, alone or before the text on the same line.
pub(super) fn is_addressed(page: &Page, words: &str) -> bool {
    /// Maximum length of the addressees in characters.
    const ADDRESSEES: usize = 200;
    /// Maximum length of a label in characters: 联系单位.
    const LABEL: usize = 4;
    let bytes = words.len().min(ADDRESSEES * char::MAX.len_utf8());
    if memchr(b':', &words.as_bytes()[..bytes]).is_none() {
        return false;
    }
    let cues = &page.lexicon.cues.signature;
    let near = first_chars(words, ADDRESSEES);
    if !near.ends_with(':') && cues.addressees.start(near).is_none() {
        return false;
    }
    let Some(colon) = near.find(':') else { return false };
    let list = &near[..colon];
    if list.contains(['。', '?', '"', '“']) || opens_item(list) {
        return false;
    }
    let list = list.trim_end_matches(')');
    let alone = colon + 1 == words.len() && !is_within(list, LABEL);
    cues.addressee_ends.end(list).is_some() && (alone || cues.addressees.start(list).is_some())
}

/// Returns true for the bracket below the title of a regulation: (2019年9月28日…通过).
fn is_promulgation(page: &Page, words: &str) -> bool {
    /// Minimum length of the bracket in characters.
    const BRACKET: usize = 12;
    words.starts_with('(')
        && words.contains('年')
        && !is_within(words, BRACKET)
        && page.lexicon.cues.split.promulgated.occur_in(first_chars(words, 100))
}

/// Returns true for the line of a web page below a title: 来源:省政府网 发布时间:2025-07-02.
fn is_source(page: &Page, words: &str) -> bool {
    let layout = &page.lexicon.layout;
    is_within(words, LINE)
        && memchr(b':', words.as_bytes()).is_some()
        && (layout.published_on.start(words).is_some() || layout.issued_by.start(words).is_some())
}

/// Returns true for the first line of the block above a document on a web page: 索引号:….
pub(super) fn is_block(page: &Page, words: &str) -> bool {
    page.lexicon.cues.split.blocks.start(words).is_some()
}

/// Returns true if a block of metadata begins at `line`, as one begins the document before.
pub(super) fn repeats_block(page: &Page, line: usize, part: &Part) -> bool {
    part.block && part.prose >= MIN_PROSE && is_block(page, page.words(line))
}

/// Returns true for a line between a title and its text: (试行), (2025年3月1日), a source line.
fn is_note(page: &Page, words: &str) -> bool {
    (words.starts_with('(') && is_within(words, LINE) && !words.contains('。'))
        || is_source(page, words)
}

/// Returns the place and the words of a title that ends in an ellipsis, on the line above `line`;
/// `line` and no words if there is none.
fn cut_title(page: &Page, line: usize, first: usize) -> (usize, String) {
    let words = page.words(line - 1);
    match line - 1 > first && words.ends_with("...") && words.contains("关于") {
        true => (line - 1, words.trim_end_matches('.').to_owned()),
        false => (line, String::new()),
    }
}

/// Returns the first line and the words of the title directly above `line`, after `first`.
fn title_above(page: &Page, line: usize, first: usize, kind: Kind) -> Option<(usize, String)> {
    /// Maximum number of lines of a title.
    const LINES: usize = 4;
    /// Lengths of a title in characters.
    const MIN: usize = 8;
    const MAX: usize = 100;
    let mut title = String::new();
    for above in 1..=LINES {
        let start = line.checked_sub(above).filter(|&start| start > first)?;
        let words = page.words(start);
        if !can_be_title(page, words) {
            return None;
        }
        title.insert_str(0, words);
        let form = page.lexicon.titles.form(&title);
        let is_whole = title.matches('《').count() == title.matches('》').count()
            && (form == Some(TitleForm::Usual) || (form.is_some() && kind == Kind::Regulation));
        let is_title = is_whole
            && page.lexicon.titles.continues.start(words).is_none()
            && !words.starts_with("关于")
            && !(start > first + 1 && page.words(start - 1).ends_with("关于"))
            && !is_within(&title, MIN - 1);
        if is_title {
            return is_within(&title, MAX).then_some((start, title));
        }
        if words.starts_with("关于") && is_whole {
            // The names of the issuers are above 关于.
            let issuers = |at: usize| {
                let words = page.words(at);
                is_within(words, 60)
                    && words.chars().all(|c| is_han(c) || c == '、')
                    && page.lexicon.cues.signature.addressee_ends.end(words).is_some()
            };
            let mut start = start;
            while line - start < LINES + 2 && start - 1 > first && issuers(start - 1) {
                start -= 1;
                title.insert_str(0, page.words(start));
            }
            return Some((start, title));
        }
    }
    None
}

fn can_be_title(page: &Page, words: &str) -> bool {
    is_within(words, LINE)
        && words.starts_with(|c: char| is_han(c) || "《“\"".contains(c) || c.is_ascii_digit())
        && !words.contains(['。', ';', ':', '?', '!', '|', '>', '_', '×'])
        && !words.ends_with(['日', ',', '、'])
        && !opens_item(words)
        && page.lexicon.layout.closings.start(words).is_none()
        && page.lexicon.layout.furniture.start(words).is_none()
        && number(words).is_none()
}

impl Head<'_> {
    /// Returns true if the head begins another document, and no text that the document before it
    /// issues or names.
    pub(super) fn begins_document(&self, page: &Page, part: &Part) -> bool {
        let closed = || page.is_closed(part.first, self.first);
        // A short notice is one too, if it is signed and a number and addressees follow.
        let short = || self.kind == Kind::Marked && self.number.is_some() && closed();
        if self.first <= part.first
            || (part.prose < MIN_PROSE && !(part.prose > 0 && short()))
            || self.is_annex(page, part)
        {
            return false;
        }
        let separated = is_separator(page.words(self.first - 1));
        match self.kind {
            Kind::Marked => {
                let about = find(&self.title, "关于").is_some();
                let alone = self.number.is_some() || (about && part.prose >= LONG);
                alone || separated || closed()
            }
            Kind::Regulation | Kind::Text => {
                let attaches = || {
                    let text = page.between(part.first, self.first);
                    let attaching = &page.lexicon.cues.split.attaching;
                    attaching.occur_in(first_chars(text, 2_000))
                        || attaching.occur_in(last_chars(text, 1_000))
                };
                let numbered = self.number.is_some();
                !self.title.is_empty() && (separated || closed()) && (numbered || !attaches())
            }
        }
    }

    /// Returns true if the text before it names the number or the title, or has the label of an
    /// annex above the title.
    fn is_annex(&self, page: &Page, part: &Part) -> bool {
        /// Number of characters at the end of a title that name it.
        const END: usize = 14;
        let named = |words: &str| page.names(part.first, self.first, words);
        if page.is_annex_label(self.first - 1) || self.number.is_some_and(named) {
            return true;
        }
        if self.title.is_empty() {
            return false;
        }
        let bare = self.title.split('(').next().unwrap_or(&self.title).trim_matches(['《', '》']);
        let words = match find(bare, "关于") {
            Some(about) if self.kind == Kind::Marked => &bare[about..],
            _ => last_chars(bare, END),
        };
        named(words)
    }
}
