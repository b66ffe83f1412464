//! The genre (文种) of a document.

use crate::lexicon::Lexicon;
use crate::model::Genre;
use crate::outline::{Layout, Report};
use crate::read::naming::title_forms::Subject;
use crate::read::scanned_text::ScannedText;
use crate::text::first_chars;

/// Returns the genre.
///
/// * `formal`: true if the document has a number, a signature, or a title with
///   measures of its own.
pub(super) fn genre(
    text: &ScannedText,
    layout: &Layout,
    subject: Option<&Subject>,
    formal: bool,
) -> Genre {
    let head = text.slice(layout.head.clone());
    let title = subject.map_or("", |subject| subject.title.as_str());
    if layout.report == Some(Report::Interview) {
        return Genre::Interview;
    }
    let cues = &text.lexicon.cues.genre;
    if is_draft(text.lexicon, title, head) {
        return Genre::Draft;
    }
    if !formal && reports(text.lexicon, head) && !cues.announces.occur_in(text.all()) {
        return Genre::News;
    }
    let noun = title.split('(').next().unwrap_or(title);
    match cues.covers.strip_end(noun) {
        // …工作措施的通知 carries measures; 关于召开会议的通知 does not.
        Some(about) => {
            let carried = about.trim_end_matches(['的', '》', '>']);
            if cues.measures.end(carried).is_some() { Genre::Measures } else { Genre::Notice }
        }
        None if title.is_empty() => Genre::Notice,
        None => Genre::Measures,
    }
}

/// Returns true for a draft: its title is that of one, or its head asks for
/// comments.
fn is_draft(lexicon: &Lexicon, title: &str, head: &str) -> bool {
    let asks = head.contains("公开征求") || (head.contains("征求") && head.contains("意见反馈"));
    lexicon.cues.genre.draft_titles.occur_in(title) || asks
}

/// Returns true if the first sentences date an event, as those of a news item do:
/// 近日, 日前, 6月3日.
fn reports(lexicon: &Lexicon, head: &str) -> bool {
    /// Characters of the head that are read.
    const LEAD: usize = 120;
    let lead = first_chars(head, LEAD);
    has_day_without_year(lead) || lexicon.cues.genre.recent.occur_in(lead)
}

/// Returns true for a day without a year: 6月4日四川省药监局….
fn has_day_without_year(lead: &str) -> bool {
    lead.match_indices('月').any(|(at, _)| {
        let digit = lead[..at].ends_with(|c: char| c.is_ascii_digit());
        let month = lead[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        digit && !month.ends_with('年') && lead[at..].contains('日')
    })
}
