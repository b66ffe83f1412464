use crate::lexicon::Lexicon;
use crate::text::{View, is_within, prefix_end};
use std::ops::Range;

/// Maximum length of a heading in characters.
pub(crate) const MAX_HEADING: usize = 50;

/// Maximum length in characters of a heading that white space may interrupt.
const MAX_BROKEN_HEADING: usize = 30;

/// Returns the heading of a block of text: the words before the first stop or break, if
/// more text follows. Returns `None` if the block begins with a sentence of the
/// provision.
pub(crate) fn heading(
    view: &View,
    lexicon: &Lexicon,
    block: &Range<usize>,
) -> Option<Range<usize>> {
    let text = &view.text[block.clone()];
    if let Some(title) = bracketed(text) {
        return Some(block.start + title.start..block.start + title.end);
    }
    let stop = first_stop(text);
    // 三、线索征集时间 本次征集活动…: white space separates heading and text.
    let gap = view.first_gap(block.start, block.start + stop).map(|gap| gap - block.start);
    let end = gap.filter(|&gap| is_phrase(&text[..gap])).unwrap_or(stop);
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

/// Returns the heading before the first 。 of a block, with white space inside or not:
/// (一)健全法规 制度体系。.
pub(crate) fn broken_heading(view: &View, block: &Range<usize>) -> Option<Range<usize>> {
    let text = &view.text[block.clone()];
    let near = &text[..prefix_end(text, MAX_BROKEN_HEADING)];
    let words = &near[..near.find(['。', ',', ':', ';', '!', '?'])?];
    if !near[words.len()..].starts_with('。') {
        return None;
    }
    let more = text.len() > words.len() + '。'.len_utf8();
    (more && !words.is_empty()).then(|| block.start..block.start + words.len())
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

fn is_short(words: &str) -> bool {
    !words.is_empty() && is_within(words, MAX_HEADING)
}

/// Returns true for 2 to 24 characters without a mark that separates clauses.
fn is_phrase(words: &str) -> bool {
    let chars = words.chars().count();
    (2..=24).contains(&chars) && !words.contains([',', '。', ';', ':', '('])
}
