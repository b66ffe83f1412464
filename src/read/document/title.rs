//! Recognises the title of a document, other lines that are titles, and the line with the
//! document number (发文字号).

use super::dates::dates;
use super::issuer_names::names_filling;
use crate::model::{Found, InstrumentKind, Rule};
use crate::read::naming::canonical::resolve;
use crate::read::naming::names::{NamedInstrument, Names};
use crate::read::naming::numbers::numbers;
use crate::read::scanned_text::ScannedText;
use crate::text::{find, is_numeral, is_within, until_mark};
use std::ops::Range;

/// Maximum length of a title in characters.
const MAX_TITLE: usize = 100;

/// Maximum number of lines of a title before its last one.
const MAX_TITLE_LINES: usize = 12;

/// Returns the titles among `lines`, in text order; a title over several lines is
/// one range.
pub(crate) fn title_lines(names: &Names, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let text = |range: &Range<usize>| names.text.slice(range.clone());
    let mut titles: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let words = text(line);
        let follows = || at > 0 && opens_title(names, text(&lines[at - 1]), words);
        if !(is_title(names.text, words) || is_noun(names.text, words) && follows()) {
            continue;
        }
        let mut start = line.start;
        for before in lines[..at].iter().rev().take(MAX_TITLE_LINES) {
            let (part, rest) = (text(before), text(&(start..line.end)));
            if !opens_title(names, part, rest) {
                break;
            }
            start = before.start;
        }
        let end =
            lines[at + 1..].iter().take_while(|next| is_edition(names.text, text(next))).last();
        titles.push(start..end.unwrap_or(line).end);
    }
    titles
}

/// Returns true for a line with only the last word of a title: 意见, 措施.
fn is_noun(text: &ScannedText, line: &str) -> bool {
    is_within(line, 3) && text.lexicon.instruments.kind(line) == InstrumentKind::Policy
}

/// Returns true for a line with only the bracketed end of a title: (征求意见稿), (试行),
/// (2026-2028年).
fn is_edition(text: &ScannedText, line: &str) -> bool {
    /// Maximum length of such a line in characters.
    const MAX_EDITION: usize = 16;
    line.starts_with('(')
        && line.ends_with(')')
        && is_within(line, MAX_EDITION)
        && text.lexicon.layout.closings.start(line).is_none()
        && dates(text.lexicon, line).is_empty()
        && numbers(text.lexicon, line).is_empty()
}

/// Returns true if the line `part` can be the start of a title that continues with
/// `rest`: 内蒙古自治区人民政府办公厅关于 / 全面加强药品监管能力建设 / 工作措施的通知.
fn opens_title(names: &Names, part: &str, rest: &str) -> bool {
    /// Maximum length of such a line in characters.
    const MAX_PART: usize = 40;
    if !is_within(part, MAX_PART)
        || part.starts_with('(')
        || part.contains(['。', ':', ';', '》', '/'])
    {
        return false;
    }
    let words = part.chars().count();
    let lexicon = names.text.lexicon;
    let other = !numbers(lexicon, part).is_empty()
        || !dates(lexicon, part).is_empty()
        || is_title(names.text, part);
    if other {
        return false;
    }
    if part.ends_with("关于") || part.ends_with("关于印发") {
        return true;
    }
    // The issuers come before 关于, on one line or several.
    let issuers = is_all_names(names, part);
    if rest.starts_with("关于")
        || (issuers && is_all_names(names, rest.split("关于").next().unwrap_or_default()))
    {
        return issuers;
    }
    let middle = !issuers && (6..=30).contains(&words) && !part.contains(',');
    !rest.contains("关于") && (part.contains("关于") || middle)
}

/// Returns true if `line` consists of names of agencies only.
fn is_all_names(names: &Names, line: &str) -> bool {
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

/// Returns true for a complete title: …若干措施, …的通知, also with (试行) or
/// (征求意见稿) at its end.
fn is_title(text: &ScannedText, line: &str) -> bool {
    let chars = line.chars().count();
    let before_bracket = line.split('(').next().unwrap_or(line);
    let other = line.starts_with("附件") || line.starts_with('《') || line.starts_with('(');
    let sentence = line.contains(['。', ';', ':']) || before_bracket.is_empty();
    let kind = text.lexicon.instruments.kind(line);
    let closed = !line.contains('(') || line.ends_with(')');
    (4..=MAX_TITLE).contains(&chars)
        && !other
        && !sentence
        && closed
        && kind == InstrumentKind::Policy
}

/// Returns the instrument that the document adopts, issues or puts out for comment:
/// 《…》已经局务会议审议通过; 现就《…》公开征求意见; 制定发布《…》.
pub(crate) fn announced<'n>(
    text: &ScannedText,
    instruments: &'n [NamedInstrument],
) -> Option<&'n NamedInstrument> {
    let cues = &text.lexicon.cues.title;
    instruments.iter().find(|named| {
        let before = text.before(named.range.start);
        let after = text.after(named.range.end);
        let made = cues.made.end(before).is_some();
        let passed = cues.passed.start(after).is_some();
        (made || passed) && named.rule == Rule::BookTitle
    })
}

/// Returns the document's own number if `line` contains it. A number in a long line, in a
/// sentence, or in brackets after a title is not its own.
pub(crate) fn number_line(text: &ScannedText, line: &Range<usize>) -> Option<Found<String>> {
    let words = text.slice(line.clone());
    if !is_within(words, MAX_TITLE) {
        return None;
    }
    let (range, number) = numbers(text.lexicon, words).into_iter().next()?;
    let (before, after) = (&words[..range.start], &words[range.end..]);
    let cited = before.contains('《')
        || (before.ends_with('(') && after.starts_with(')') && before.chars().count() > 1);
    let sentence = after.chars().count() > 30 || after.contains('。') || before.contains('。');
    (!cited && !sentence)
        .then(|| text.found(number, line.start + range.start..line.start + range.end, Rule::Head))
}

/// Returns the issuers at the start of a title: 中共中央办公厅 国务院办公厅关于…,
/// …等3部门印发….
pub(crate) fn issuers_in_title(names: &Names, title: &Range<usize>) -> Vec<Found<String>> {
    let words = names.text.slice(title.clone());
    let Some(about) = find(words, "关于").or_else(|| find(words, "印发")) else {
        return Vec::new();
    };
    let others = words[..about].trim_end_matches(['部', '门', '单', '位']);
    let others = others.trim_end_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    let end = title.start + others.strip_suffix('等').unwrap_or(&words[..about]).len();
    names_filling(names, title.start..end, Rule::Head)
}
