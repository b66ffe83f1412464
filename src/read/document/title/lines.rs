//! Titles over several lines: the lines that can come before the last one.

use super::form::form;
use crate::lexicon::{STATE, TitleForm, TitleWords};
use crate::read::document::dates::dates;
use crate::read::document::line_forms::{is_label, opens_entry, opens_with_name, opens_with_place};
use crate::read::naming::canonical::{ends_as_body, resolve};
use crate::read::naming::names::Names;
use crate::read::naming::numbers::numbers;
use crate::read::scanned_text::ScannedText;
use crate::text::{find, is_numeral, is_within, until_mark};
use std::ops::Range;

/// Maximum length in characters of a line before the last one.
const MAX_LINE: usize = 60;

/// Returns true if a line can be the start of a title that continues with
/// `rest`: 内蒙古自治区人民政府办公厅关于 / 全面加强药品监管能力建设 / 工作措施的通知.
///
/// * `above`: the line before it.
pub(super) fn opens_title(
    names: &Names,
    line: &Range<usize>,
    rest: &Range<usize>,
    above: Option<&Range<usize>>,
) -> bool {
    let text = names.text;
    let titles = &text.lexicon.titles;
    let (part, words) = (text.slice(line.clone()), text.slice(rest.clone()));
    let closes = closes_more(words);
    let continued =
        closes || titles.continues.start(words).is_some() || words.starts_with(['《', '(']);
    if !is_of_words(text, part, continued) {
        return false;
    }
    let split = part.ends_with('等') || (part.ends_with('关') && words.starts_with('于'));
    if closes || split || part.ends_with("关于") || titles.carries.end(part).is_some() {
        return true;
    }
    if !continued && form(names, line) == Some(TitleForm::Usual) {
        return is_object_of_paper(text, part, rest);
    }
    let below_label = || above.is_some_and(|above| is_label(text, text.slice(above.clone())));
    let issuers = is_all_names(names, without_others(part));
    match find(words, "关于") {
        Some(0) if issuers => !below_label() || is_passing_on(names, part),
        Some(0) => is_issuer(names, line, above, below_label()),
        // The issuers come before 关于, on one line or several; a name can take two lines.
        Some(about) if !is_within(&words[..about], MAX_LINE) => false,
        Some(about) if is_all_names(names, &words[..about]) => issuers && !below_label(),
        Some(about) => is_all_names(names, &[part, &words[..about].replace('\n', "")].concat()),
        None if titles.carries.start(words).is_some() && issuers => !below_label(),
        None => part.contains("关于") || (continued && !issuers) || is_middle(names, line, rest),
    }
}

/// Returns false for a line with a mark, a number or a date that no part of a title has.
fn is_of_words(text: &ScannedText, part: &str, continued: bool) -> bool {
    is_within(part, MAX_LINE)
        && !part.starts_with('(')
        && !opens_entry(part)
        && !part.contains(['。', ':', ';', '/', '?', '!'])
        && (!part.contains('》') || continued || part.contains("关于"))
        && text.lexicon.titles.sentences.start(part).is_none()
        && numbers(text.lexicon, part).is_empty()
        && dates(text.lexicon, part).is_empty()
}

/// Returns true for a line with the name of a plan that the paper on the next lines is about:
/// 关于下达…计划 / 经费的通知.
fn is_object_of_paper(text: &ScannedText, part: &str, rest: &Range<usize>) -> bool {
    let titles = &text.lexicon.titles;
    let words = text.slice(rest.clone());
    let paper = titles.papers.strip_end(words).is_some_and(|words| words.ends_with('的'));
    let whole = find(words, "关于").is_some() || opens_with_place(text, rest);
    paper && !whole && find(part, "关于").is_some() && !is_paper(titles, part)
}

/// Returns true for a line before 关于 with a body that no vocabulary resolves, or with the second
/// part of a name.
fn is_issuer(
    names: &Names,
    line: &Range<usize>,
    above: Option<&Range<usize>>,
    below_label: bool,
) -> bool {
    let text = names.text;
    let part = text.slice(line.clone());
    let ends_name = || {
        let joined = above.map(|above| [text.slice(above.clone()), part].concat());
        joined.is_some_and(|joined| is_within(&joined, MAX_LINE) && is_all_names(names, &joined))
    };
    let body = || opens_with_place(text, line) && ends_as_body(names, part);
    (!below_label && body()) || is_passing_on(names, part) || ends_name()
}

/// Returns true for a line that can be the middle of a title: neither names of bodies nor the start
/// of a sentence.
fn is_middle(names: &Names, line: &Range<usize>, rest: &Range<usize>) -> bool {
    /// Maximum length in characters.
    const LONGEST: usize = 30;
    let text = names.text;
    let (part, words) = (text.slice(line.clone()), text.slice(rest.clone()));
    let shortest = if opens_with_place(text, line) { 5 } else { 6 };
    let bodies = || ends_as_body(names, part) && is_all_names(names, without_others(part));
    (shortest..=LONGEST).contains(&part.chars().count())
        && !part.contains(',')
        && text.lexicon.titles.sentences.start(words).is_none()
        && !words.starts_with(STATE)
        && !opens_with_name(text, rest)
        && !bodies()
}

/// Returns true for a line that closes a bracket of the line before.
fn closes_more(line: &str) -> bool {
    let count = |mark: char| line.matches(mark).count();
    count('(') < count(')') || count('《') < count('》')
}

/// Returns true for a line that can only end a title: 意见, 的通知, 《…规则》的通知.
pub(super) fn is_rest(text: &ScannedText, line: &str) -> bool {
    /// Maximum length in characters of the last word of a title.
    const WORD: usize = 3;
    let continues = text.lexicon.titles.continues.start(line).is_some() || line.starts_with('(');
    is_within(line, WORD) || continues || closes_more(line)
}

/// Returns true for a title that ends in a kind of official paper: …的通知.
fn is_paper(titles: &TitleWords, title: &str) -> bool {
    titles.papers.end(title).is_some()
}

/// Removes the words for further bodies after a name: 科技部等六部门.
pub(super) fn without_others(names: &str) -> &str {
    let Some((first, others)) = names.rsplit_once('等') else { return names };
    let others = others.trim_end_matches(':');
    let others =
        others.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c) || c == '个');
    if matches!(others, "" | "部门" | "单位" | "部委") { first } else { names }
}

/// Returns true for a line of names that pass on the paper of others: 国务院办公厅转发商务部.
fn is_passing_on(names: &Names, line: &str) -> bool {
    let lexicon = names.text.lexicon;
    let Some((at, len)) = lexicon.titles.carries.last(line) else { return false };
    let others = &line[at + len..];
    let others = lexicon.cues.agencies.others.strip_end(others).unwrap_or(others);
    ends_as_body(names, &line[..at]) && ends_as_body(names, others)
}

/// Returns true if `line` consists of names of agencies only.
pub(super) fn is_all_names(names: &Names, line: &str) -> bool {
    /// Maximum length of a name in characters.
    const MAX_NAME: usize = 40;
    let mut rest = line;
    while !rest.is_empty() {
        let near = until_mark(rest, MAX_NAME, &['\n']);
        let mut ends = near.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let name = ends.find(|&end| resolve(names, &rest[..end], None).is_some());
        let Some(end) = name else { return false };
        rest = rest[end..].trim_start_matches(['、', '\n']);
    }
    !line.is_empty()
}
