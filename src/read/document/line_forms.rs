//! Forms of the lines in the head of a document.

use crate::lexicon::{Meaning, TitleForm};
use crate::read::naming::numbers::numbers;
use crate::read::scanned_text::ScannedText;
use crate::text::{find, find_mark, is_within, prefix_end};
use std::ops::Range;

/// Maximum length of a title in characters.
pub(super) const MAX_TITLE: usize = 100;

/// Returns true for a line of addressees or running text.
pub(super) fn is_running(text: &ScannedText, line: &str) -> bool {
    /// Maximum length of a label in characters.
    const LABEL: usize = 6;
    if line.starts_with('(') {
        return false;
    }
    let clauses = line.contains(',') && text.lexicon.titles.sentences.start(line).is_some();
    // 各市局:
    let addressed = || line.starts_with('各');
    let colon = line.ends_with(':') && (!is_within(line, LABEL + 1) || addressed());
    clauses || colon || find_mark(line, &['。', ';']).is_some() || !is_within(line, MAX_TITLE)
}

/// Returns true for an entry of a numbered list: 2.专家组意见.
pub(super) fn opens_entry(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', '、', ')'])
}

/// Returns true for a label without its value: 发布机构.
pub(super) fn is_label(text: &ScannedText, line: &str) -> bool {
    let label = line.trim_end_matches(':');
    let labels = &text.lexicon.layout.issued_by;
    labels.iter().any(|other| other.trim_end_matches(':') == label)
}

/// Returns the first line of a head that does not open with running text.
pub(super) fn opening_line(text: &ScannedText, lines: &[Range<usize>]) -> Option<Range<usize>> {
    let first = lines.first()?;
    let words = text.slice(first.clone());
    let sentence = is_running(text, words) || text.lexicon.titles.is_sentence(words);
    (!sentence).then(|| first.clone())
}

/// Returns `lines` with the title, the number and the text of a flattened document parted.
pub(super) fn parted(text: &ScannedText, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut parts = parted_by_gaps(text, lines);
    part_running(text, &mut parts);
    parts
}

/// Parts the first line of running text after its number and its title, if nothing separates them:
/// 教基〔2024〕1号教育部关于…的通知各省…, and 教基〔2024〕1号各省… below the title.
fn part_running(text: &ScannedText, lines: &mut Vec<Range<usize>>) {
    /// Maximum number of lines above it.
    const LINES: usize = 6;
    let mut running = lines.iter().take(LINES);
    let Some(at) = running.position(|line| is_running(text, text.slice(line.clone()))) else {
        return;
    };
    let titles = &text.lexicon.titles;
    let line = lines[at].clone();
    let words = text.slice(line.clone());
    let near = &words[..prefix_end(words, 2 * MAX_TITLE)];
    let number = numbers(text.lexicon, near).into_iter().next().map(|(range, _)| range);
    let title_above = || titles.form(text.slice(lines[at - 1].clone())).is_some();
    let mut ends: Vec<usize> = Vec::new();
    match number {
        Some(number) if number.start == 0 && (at == 0 || title_above()) => {
            let rest = &near[number.end..];
            let title = glued_title(text, rest).map(|end| number.end + end);
            let opens = text.lexicon.cues.signature.addressees.start(rest).is_some()
                || titles.sentences.start(rest).is_some();
            if title.is_some() || opens {
                ends.push(number.end);
                ends.extend(title.filter(|_| at == 0));
            }
        }
        Some(number) if at == 0 && is_title(text, &near[..number.start]) => {
            ends.extend([number.start, number.end]);
        }
        _ if at == 0 => ends.extend(glued_title(text, near)),
        _ => {}
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let ends = ends.iter().copied().chain([words.len()]);
    let parts = starts.zip(ends).map(|(start, end)| line.start + start..line.start + end);
    lines.splice(at..=at, parts.collect::<Vec<_>>());
}

/// Returns the end of the title at the start of `words`, directly before addressees: …的通知各省….
fn glued_title(text: &ScannedText, words: &str) -> Option<usize> {
    let near = &words[..prefix_end(words, MAX_TITLE)];
    find(near, ABOUT)?;
    let addressees = text.lexicon.cues.signature.addressees.occurrences(near);
    addressees.map(|opening| opening.start).filter(|&end| is_title(text, &words[..end])).min()
}

/// The word of every title of a usual form.
const ABOUT: &str = "关于";

/// Returns true for a whole title of a usual form.
fn is_title(text: &ScannedText, words: &str) -> bool {
    let closed = words.matches('《').count() == words.matches('》').count();
    closed && words.contains(ABOUT) && text.lexicon.titles.form(words) == Some(TitleForm::Usual)
}

/// Returns `lines` with the first one parted where white space was dropped, if it is running text:
/// in a flattened text white space is between title, number and text.
fn parted_by_gaps(text: &ScannedText, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    /// Maximum length of a part in characters.
    const PART: usize = 60;
    /// Maximum number of parts before the rest.
    const PARTS: usize = 12;
    let Some((first, others)) = lines.split_first() else { return Vec::new() };
    if !is_running(text, text.slice(first.clone())) {
        return lines.to_vec();
    }
    let mut parts = Vec::new();
    let mut start = first.start;
    while parts.len() < PARTS {
        let near = start + prefix_end(text.slice(start..first.end), PART);
        let Some(gap) = text.view.first_gap(start, near) else { break };
        parts.push(start..gap);
        start = gap;
    }
    parts.push(start..first.end);
    parts.extend_from_slice(others);
    parts
}

/// Returns true if all brackets of a title are closed.
pub(super) fn is_balanced(title: &str) -> bool {
    let count = |mark: char| title.matches(mark).count();
    count('(') == count(')') && count('《') == count('》')
}

/// Returns true if a title opens with a region, a body or a word for the nation: 山西省…, 教育部….
pub(super) fn opens_with_place(text: &ScannedText, title: &Range<usize>) -> bool {
    let words = text.slice(title.clone());
    text.lexicon.titles.nation.start(words).is_some() || opens_with_name(text, title)
}

/// Returns true if a title opens with a region or a body.
pub(super) fn opens_with_name(text: &ScannedText, title: &Range<usize>) -> bool {
    let is_body = |meaning: &Meaning| matches!(meaning, Meaning::Body(_));
    let first = || text.tokens(title).first();
    let first = || first().filter(|token| token.start as usize == title.start);
    text.lexicon.regions.prefix(text.slice(title.clone()), None).is_some()
        || first().is_some_and(|token| text.meanings(*token).iter().any(is_body))
}
