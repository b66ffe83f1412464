use crate::lexicon::Lexicon;
use crate::text::{View, is_han, is_numeral, is_within, opens_item, prefix_end};
use std::ops::Range;

/// Maximum length of a heading in characters.
pub(crate) const MAX_HEADING: usize = 50;

/// Maximum length in characters of a heading that white space may interrupt.
const MAX_BROKEN_HEADING: usize = 30;

/// Returns the heading of a block of text: the words before the first stop or break, if
/// more text follows. Returns `None` if the block begins with a sentence of the
/// provision.
///
/// * `blanks`: true if a blank can end a heading: 三、线索征集时间 本次征集活动….
pub(crate) fn heading(
    view: &View,
    lexicon: &Lexicon,
    block: &Range<usize>,
    blanks: bool,
) -> Option<Range<usize>> {
    let text = &view.text[block.clone()];
    if let Some(title) = bracketed(text) {
        return Some(block.start + title.start..block.start + title.end);
    }
    let stop = first_stop(text);
    let gap = || blanks.then(|| blank_before(view, lexicon, block, stop)).flatten();
    let end = indent_before(view, block, stop).or_else(gap).unwrap_or(stop);
    let words = &text[..end];
    let after = text[end..].trim_start_matches(['。', '\n', ':', ' ']);
    if is_short(words) && !after.is_empty() && !text[end..].starts_with([';', '!', '?']) {
        let colon = text[end..].starts_with(':');
        if !colon || is_phrase(words) {
            return Some(block.start..block.start + end);
        }
    }
    // 一、目标任务根据永春生物医药城…: no mark separates a usual heading from the sentence.
    let usual = lexicon.layout.chapters.start(text).filter(|usual| text.len() > usual.len());
    usual.map(|usual| block.start..block.start + usual.len())
}

/// Returns the length of the phrase before the first blank of a block, unless the blank is inside a
/// sentence: 注册人应当创建标识并 及时更新.
pub(crate) fn blank_end(view: &View, lexicon: &Lexicon, block: &Range<usize>) -> Option<usize> {
    blank_before(view, lexicon, block, first_stop(&view.text[block.clone()]))
}

/// As [`blank_end`], with the end of the first sentence.
fn blank_before(
    view: &View,
    lexicon: &Lexicon,
    block: &Range<usize>,
    stop: usize,
) -> Option<usize> {
    let gap = view.first_gap(block.start, block.start + stop)? - block.start;
    let (words, rest) = view.text[block.clone()].split_at(gap);
    let cues = &lexicon.cues.outline;
    let inside = || cues.predicates.start(rest).is_some() || cues.clauses.occur_in(words);
    (is_phrase(words) && !inside()).then_some(gap)
}

/// Returns the length of the words of a block before the indent of a paragraph, in a flattened text:
/// 一、加强领导,落实责任　　各地要….
fn indent_before(view: &View, block: &Range<usize>, stop: usize) -> Option<usize> {
    /// Two ideographic blanks, in bytes.
    const INDENT: usize = 2 * 3;
    /// Maximum length of the words in characters.
    const LONGEST: usize = 40;
    let gap = view.first_gap(block.start, block.start + stop)?;
    let words = &view.text[block.start..gap];
    let last = words.chars().next_back().filter(|&c| is_han(c))?.len_utf8();
    let dropped = view.source_at(gap) - (view.source_at(gap - last) + last);
    let heading = is_within(words, LONGEST) && words.matches(',').count() <= 1;
    (dropped >= INDENT && heading).then_some(gap - block.start)
}

/// Returns the end of the first sentence. The colon of 24:00 does not end it.
fn first_stop(text: &str) -> usize {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let time = |at: usize, mark: &str| {
        mark == ":" && digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next())
    };
    let mut stops = text.match_indices(['。', '\n', ':', ';', '!', '?']);
    stops.find(|&(at, mark)| !time(at, mark)).map_or(text.len(), |(at, _)| at)
}

/// Returns the heading of a block without other text: 二、重点措施.
pub(crate) fn bare_heading(view: &View, block: &Range<usize>) -> Option<Range<usize>> {
    let text = &view.text[block.clone()];
    let words = text.trim_end_matches(['\n', '。', ':', ' ']);
    let whole = is_short(words) && !words.contains(['。', '\n', ';']);
    whole.then(|| block.start..block.start + words.len())
}

/// Returns the heading of a chapter of articles, which may break over lines. Above a sentence it is
/// the first line.
pub(crate) fn chapter_heading(view: &View, block: &Range<usize>) -> Option<Range<usize>> {
    /// Maximum length in characters of a heading over several lines.
    const MAX_LINES: usize = 100;
    let text = &view.text[block.clone()];
    let first = &text[..prefix_end(text, MAX_HEADING)];
    let first = &first[..first.find('\n').unwrap_or(0)];
    let phrase = |words: &str| !words.is_empty() && !words.contains(['。', ';', ':']);
    let whole = || is_within(text, MAX_LINES) && phrase(text);
    let len = || {
        let line = Some(first.len()).filter(|_| phrase(first) && !first.contains(','));
        if whole() { Some(text.len()) } else { line }
    };
    bare_heading(view, block).or_else(|| Some(block.start..block.start + len()?))
}

/// Returns the heading before the first 。 of a block, with white space inside or not:
/// (一)健全法规 制度体系。. A line that opens with an ordinal ends it.
pub(crate) fn broken_heading(view: &View, block: &Range<usize>) -> Option<Range<usize>> {
    let text = &view.text[block.clone()];
    let near = &text[..prefix_end(text, MAX_BROKEN_HEADING)];
    let words = &near[..near.find(['。', ',', ':', ';', '!', '?'])?];
    let mut lines = words.match_indices('\n');
    if let Some((line, _)) = lines.find(|(at, _)| opens_part(&words[at + 1..])) {
        return (line > 0).then(|| block.start..block.start + line);
    }
    if !near[words.len()..].starts_with('。') {
        return None;
    }
    let more = text.len() > words.len() + '。'.len_utf8();
    (more && !words.is_empty()).then(|| block.start..block.start + words.len())
}

/// Returns true if a line opens with an ordinal: 1., (1), ①, 一是, 第一阶段.
fn opens_part(line: &str) -> bool {
    let number = line.strip_prefix('第').unwrap_or(line);
    let rest = number.trim_start_matches(is_numeral);
    let counted = rest.len() < number.len();
    opens_item(line) || (counted && (number.len() < line.len() || rest.starts_with(['是', '要'])))
}

/// Returns the heading of a block that only groups the items after it, with white space inside
/// or not: 二、提高审评 审批质效.
pub(crate) fn grouping_heading(view: &View, block: &Range<usize>) -> Option<Range<usize>> {
    let text = &view.text[block.clone()];
    let whole = is_within(text, MAX_BROKEN_HEADING) && !text.contains(['。', ',', ';', ':']);
    (whole && !text.is_empty()).then(|| block.clone())
}

/// Returns the heading in brackets: 第一条 【适用范围】….
fn bracketed(text: &str) -> Option<Range<usize>> {
    let inner = text.strip_prefix('【').or_else(|| text.strip_prefix('['))?;
    let open = text.len() - inner.len();
    let len = inner.find(['】', ']', '\n'])?;
    is_short(&inner[..len]).then(|| open..open + len)
}

/// Returns the phrase in round brackets with which a block opens, before other text:
/// 第一条 (适用范围)本办法….
pub(crate) fn round_bracketed(view: &View, block: &Range<usize>) -> Option<Range<usize>> {
    let text = &view.text[block.clone()];
    let inner = text.strip_prefix('(')?;
    let words = &inner[..prefix_end(inner, MAX_BROKEN_HEADING)];
    let words = &words[..words.find(')')?];
    let more = inner.len() > words.len() + 1;
    let phrase = is_phrase(words) && words.starts_with(is_han) && !words.ends_with(is_numeral);
    (more && phrase).then(|| block.start + 1..block.start + 1 + words.len())
}

fn is_short(words: &str) -> bool {
    !words.is_empty() && is_within(words, MAX_HEADING)
}

/// Returns true for 2 to 24 characters without a mark that separates clauses.
fn is_phrase(words: &str) -> bool {
    let chars = words.chars().count();
    (2..=24).contains(&chars) && !words.contains([',', '。', ';', ':', '('])
}
