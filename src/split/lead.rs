//! Documents on one long line each, as a digest prints them.

use super::Part;
use super::opening::{MIN_PROSE, is_addressed};
use super::page::{Page, ends_with_date, is_separator, number};
use crate::lexicon::Meaning;
use crate::text::{CharFilter, find, find_mark, first_chars, is_numeral, is_within, opens_item};

/// The first words of a document on one line.
pub(super) enum Lead<'v> {
    /// A title and addressees.
    Titled,
    /// Addressees, or a sentence that announces what follows: 现将有关事项公告如下.
    Notice,
    /// A time and a body: 近日,省水利厅.
    News(&'v str),
}

/// Returns the first line of the document that begins with the text on `line`.
pub(super) fn begins_document<'v>(page: &Page<'v>, line: usize, part: &Part<'v>) -> Option<usize> {
    let words = page.words(line);
    if line <= part.first || !is_long(words) {
        return None;
    }
    // Most long lines of most texts are items.
    let item = opens_item(words);
    if (item && !can_follow(page, line, part)) || !has_two_sentences(words) {
        return None;
    }
    let listed = page.is_attachment_list(line - 1);
    let before = if listed { line.checked_sub(2)? } else { line - 1 };
    if before < part.first {
        return None;
    }
    let begins = match !item && is_titled(page, words) {
        true => part.prose >= MIN_PROSE && !attached(page, line, part),
        false => follows_document(page, line, before, part),
    };
    // The attachments of the next document can be above it.
    let next = || {
        listed
            && is_whole(page.words(before))
            && shared(page, line - 1, line) > shared(page, line - 1, before)
    };
    begins.then(|| if next() { line - 1 } else { line })
}

/// Returns false if nothing above `line` tells that a document without a title can begin there: a row
/// of marks, or a lead of the document before, whose text is then not in paragraphs.
fn can_follow<'v>(page: &Page<'v>, line: usize, part: &Part<'v>) -> bool {
    is_separator(page.words(line - 1)) || part.lead(page).is_some()
}

/// Returns true if the text on `line` has a lead without a title, and a document on one line, or a
/// row of marks, is above it.
///
/// * `before`: last line of the document before.
fn follows_document<'v>(page: &Page<'v>, line: usize, before: usize, part: &Part<'v>) -> bool {
    let separated = is_separator(page.words(line - 1));
    let first = || part.lead(page);
    let whole = is_whole(page.words(before)) && first().is_some();
    if !separated && !whole {
        return false;
    }
    let follows = match untitled(page, page.words(line)) {
        None => false,
        Some(Lead::News(body)) if !separated => {
            !matches!(first(), Some(Lead::News(other)) if *other == body)
        }
        Some(_) => true,
    };
    follows && is_complete(page, before)
}

/// Returns true if the document before names the title on the line.
fn attached(page: &Page, line: usize, part: &Part) -> bool {
    let Some(title) = title(page, page.words(line)) else { return false };
    let about = find(title, "关于").unwrap_or(0);
    page.is_annex_label(line - 1) || page.names(part.first, line, &title[about..])
}

/// Returns true for a line as long as a document, with two sentences.
fn is_whole(words: &str) -> bool {
    is_long(words) && has_two_sentences(words)
}

fn has_two_sentences(words: &str) -> bool {
    let sentence = |words: &str| find_mark(words, &['。']).map(|at| at + '。'.len_utf8());
    sentence(words).is_some_and(|end| sentence(&words[end..]).is_some())
}

/// Returns true for a line as long as a document.
fn is_long(words: &str) -> bool {
    /// Minimum length in characters.
    const DOCUMENT: usize = 150;
    words.len() >= DOCUMENT * '。'.len_utf8() || !is_within(words, DOCUMENT - 1)
}

/// Returns true if a document can end with a line.
fn is_complete(page: &Page, line: usize) -> bool {
    let words = page.words(line);
    words.ends_with(['。', '!', ')', ';', '”', '》'])
        || ends_with_date(words)
        || is_separator(words)
        || page.is_closed(line, line + 1)
}

/// Returns the lead of the document that begins at `first`, at most one line below.
pub(super) fn lead_of<'v>(page: &Page<'v>, first: usize) -> Option<Lead<'v>> {
    let lines = first..page.lines.len().min(first + 2);
    lines.into_iter().find_map(|line| lead(page, page.words(line)))
}

fn lead<'v>(page: &Page<'v>, words: &'v str) -> Option<Lead<'v>> {
    if is_titled(page, words) { Some(Lead::Titled) } else { untitled(page, words) }
}

/// Returns the lead of a text that no title opens.
fn untitled<'v>(page: &Page<'v>, words: &'v str) -> Option<Lead<'v>> {
    if is_addressed(page, words) {
        return Some(Lead::Notice);
    }
    if let Some(body) = news(page, without_number(words)) {
        return Some(Lead::News(body));
    }
    /// Number of characters that announce what follows.
    const ANNOUNCEMENT: usize = 400;
    let near = first_chars(words, ANNOUNCEMENT);
    let announces = page.lexicon.titles.sentences.start(near).is_some()
        && page.lexicon.cues.split.announced.occur_in(near);
    announces.then_some(Lead::Notice)
}

/// Returns true for a title, with its number or not, and addressees on one line.
fn is_titled(page: &Page, words: &str) -> bool {
    /// Maximum length in characters of the words from the title to the colon.
    const ADDRESSEES: usize = 160;
    let Some(title) = title(page, words) else { return false };
    let rest = words[title.len()..].trim_start_matches([' ', '\u{3000}']);
    let after = rest.find('号').filter(|&at| number(&rest[..at + '号'.len_utf8()]).is_some());
    let rest = after.map_or(rest, |at| &rest[at + '号'.len_utf8()..]);
    after.is_some() || is_addressed(page, first_chars(rest, ADDRESSEES))
}

/// Returns the title that opens a line: 省水利厅关于…的通知.
fn title<'v>(page: &Page, words: &'v str) -> Option<&'v str> {
    /// Maximum length in characters.
    const TITLE: usize = 120;
    let near = first_chars(words, TITLE);
    let about = find(near, "关于")?;
    let ends = near.match_indices('的').flat_map(|(at, of)| {
        let paper = at + of.len();
        let papers = page.lexicon.titles.papers.starts(&near[paper..]);
        papers.map(move |words| paper + words.len())
    });
    let title = &near[..ends.filter(|&end| end > about).min()?];
    (!title.contains(['。', ',', ':'])).then_some(title)
}

/// Removes the number of an entry of a digest: 【1】, 1、.
fn without_number(words: &str) -> &str {
    let rest = words.trim_start_matches(['【', '[', '(']);
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    let mark = after.strip_prefix(['】', ']', ')', '、', '.']);
    mark.filter(|_| after.len() < rest.len()).unwrap_or(words)
}

/// Returns the first body of a news item: 近日,省水利厅, 6月4日四川省药监局.
fn news<'v>(page: &Page<'v>, words: &'v str) -> Option<&'v str> {
    /// Number of characters of the first sentence that are read.
    const SENTENCE: usize = 120;
    /// Maximum length in bytes of the region before the name of a body.
    const REGION: usize = 30;
    let near = first_chars(words, SENTENCE);
    let near = near.split('。').next().unwrap_or(near);
    let starts =
        near.char_indices().filter(|&(at, _)| at == 0 || near[..at].ends_with([',', ')', ':']));
    let end =
        starts.map(|(at, _)| at).find_map(|at| moment(page, &near[at..]).map(|len| at + len))?;
    let rest = near[end..].trim_start_matches(',');
    let tokens = page.lexicon.scanner.scan(rest);
    let body = tokens.iter().find(|token| {
        let meanings = page.lexicon.scanner.meanings(**token);
        meanings
            .iter()
            .any(|m| matches!(m, Meaning::Function | Meaning::Body(_) | Meaning::Department))
    })?;
    let range = body.range();
    let plain = !rest[..range.start].contains([',', '《', '“']);
    (range.start <= REGION && plain).then(|| &rest[..range.end])
}

/// Returns the length of the time that opens `words`: 近日, 6月4日.
fn moment(page: &Page, words: &str) -> Option<usize> {
    if let Some(word) = page.lexicon.cues.split.moments.start(words) {
        return Some(word.len());
    }
    let digits = |text: &str| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
        (1..=9).contains(&(text.len() - rest.len())).then(|| text.len() - rest.len())
    };
    let month = digits(words)?;
    let rest = words[month..].strip_prefix('月')?;
    let day = digits(rest)?;
    let rest = rest[day..].strip_prefix('日')?;
    let rest = rest.strip_prefix("上午").or_else(|| rest.strip_prefix("下午")).unwrap_or(rest);
    Some(words.len() - rest.len())
}

/// Returns the number of character pairs of the line `list` that occur in the other line.
fn shared(page: &Page, list: usize, other: usize) -> usize {
    /// Number of characters of the other line that are read.
    const NEAR: usize = 3_000;
    let pairs = pairs(page.words(list));
    let begins: CharFilter = pairs.iter().map(|&(first, _)| first).collect();
    let mut found = vec![false; pairs.len()];
    let near = first_chars(page.words(other), NEAR);
    let mut last = None;
    for c in near.chars() {
        let pair =
            last.replace(c).filter(|&first| begins.may_contain(first)).map(|first| (first, c));
        if let Some(at) = pair.and_then(|pair| pairs.binary_search(&pair).ok()) {
            found[at] = true;
        }
    }
    found.into_iter().filter(|&found| found).count()
}

/// Returns the distinct character pairs of a text, ascending.
fn pairs(text: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
