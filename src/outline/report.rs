//! Texts about another document, which hold no measures.

use super::items::Item;
use super::titles::{TitleKind, title_kind};
use crate::lexicon::Lexicon;
use crate::text::{View, first_chars, is_within, last_chars, occurrences};
use std::ops::Range;

/// The kind of a text without measures of its own, by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// Questions and answers (答记者问).
    Interview,
    /// An interpretation (政策解读): its numbered parts explain another document.
    Interpretation,
    /// Numbered questions, as on a page for readers.
    Questions,
}

/// Returns true for an interview (答记者问): two questions, numbered or labelled, and two answers, or
/// three of reporters, as in a transcript.
pub(super) fn is_interview(lexicon: &Lexicon, text: &str) -> bool {
    /// Maximum length of a question in characters, and of the medium before the label: 甲报记者:.
    const QUESTION: usize = 200;
    const LABEL: usize = 12;
    let twice = |word| occurrences(text, word).nth(1).is_some();
    let cues = &lexicon.cues.outline;
    // A byline (记者:张某) asks nothing.
    let asks = |at: &usize| {
        let line = first_chars(&text[*at..], QUESTION).split('\n').next();
        let label = text[..*at].rsplit('\n').next().unwrap_or_default();
        is_within(label, LABEL)
            && !label.contains(['。', ',', ':'])
            && line.is_some_and(|line| line.contains('?'))
    };
    let asked = |word| occurrences(text, word).filter(asks).nth(2).is_some();
    (cues.answers.iter().any(twice) && cues.questions.iter().any(twice))
        || (memchr::memchr(b'?', text.as_bytes()).is_some() && cues.reporters.iter().any(asked))
}

/// Returns true for an interpretation: by the first title of the text before the first item, or, if
/// there is none, by the end of that text (现解读如下:) or by two headings of items (一、出台背景 and
/// 二、主要内容). O(n).
///
/// * `head`: end of the text in which the title is.
pub(super) fn is_interpretation(
    view: &View,
    lexicon: &Lexicon,
    items: &[Item],
    head: usize,
) -> bool {
    match head_title(view, lexicon, head) {
        Some(kind) => kind == TitleKind::Interpretation,
        None => {
            /// Number of characters that are read before the first item.
            const LEAD: usize = 60;
            let cues = &lexicon.cues.outline;
            let opens = |item: &&Item| {
                cues.interpretation_headings.start(&view.text[item.marker.end..]).is_some()
            };
            cues.interpretation_leads.occur_in(last_chars(&view.text[..head], LEAD))
                || items.iter().filter(opens).nth(1).is_some()
        }
    }
}

/// Returns the kind of the first title of the head. A title that the next line continues has the
/// kind of the continued title: 关于加强政策解读 and 工作的通知.
fn head_title(view: &View, lexicon: &Lexicon, head: usize) -> Option<TitleKind> {
    let text = &view.text[..head];
    let mut start = 0;
    while start < head {
        let end = text[start..].find('\n').map_or(head, |line| start + line);
        // 《…办法》解读 近日,…: a blank ends the title.
        let gap = view.first_gap(start, end).unwrap_or(end);
        let line = &text[start..end];
        if start == 0 || lexicon.layout.furniture.start(line).is_none() {
            let next = text[end..].trim_start_matches('\n').split('\n').next().unwrap_or("");
            let kind = title_kind(lexicon, line).or_else(|| title_kind(lexicon, &text[start..gap]));
            let quoted = line.starts_with('《') && line.ends_with('》');
            let explained = || lexicon.cues.outline.interpretations.contains(next);
            match kind {
                Some(TitleKind::Interpretation) if continues(lexicon, next) => {}
                // 《…若干措施》 and 解读, or 政策解读 of it, on the next line.
                Some(TitleKind::Measures) if quoted && explained() => {
                    return Some(TitleKind::Interpretation);
                }
                Some(TitleKind::Measures) if quoted => {}
                Some(kind) => return Some(kind),
                None => {}
            }
        }
        start = end + 1;
    }
    None
}

/// Returns true for a short line that ends a title of its own.
fn continues(lexicon: &Lexicon, line: &str) -> bool {
    !line.starts_with('《')
        && matches!(title_kind(lexicon, line), Some(TitleKind::Measures | TitleKind::Other))
}

/// Returns true if two thirds of the items, and at least two, open with a question.
pub(super) fn are_questions(view: &View, items: &[Range<usize>]) -> bool {
    /// Maximum length of a question in characters.
    const MAX_QUESTION: usize = 80;
    if occurrences(&view.text, "?").nth(1).is_none() {
        return false;
    }
    let asked = items.iter().filter(|item| {
        let near = first_chars(view.text[(*item).clone()].trim_start(), MAX_QUESTION);
        near.find(['。', '?', '!', '\n', ';']).is_some_and(|stop| near[stop..].starts_with('?'))
    });
    let asked = asked.count();
    asked >= 2 && 3 * asked >= 2 * items.len()
}
