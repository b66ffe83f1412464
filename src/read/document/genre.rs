//! The genre (文种) of a document.

use crate::model::Genre;
use crate::outline::Layout;
use crate::read::naming::title_forms::Subject;
use crate::read::scanned_text::ScannedText;
use crate::text::{contains_any, first_chars};

/// Nouns for documents that carry measures.
const MEASURES: [&str; 10] =
    ["措施", "意见", "方案", "规划", "计划", "办法", "规定", "细则", "纲要", "行动"];

/// Returns the genre. `formal`: the document has a number, a signature, or a title
/// with measures of its own.
pub(super) fn genre(
    text: &ScannedText,
    layout: &Layout,
    subject: Option<&Subject>,
    formal: bool,
) -> Genre {
    let head = text.slice(layout.head.clone());
    let title = subject.map_or("", |subject| subject.title.as_str());
    if layout.interview {
        return Genre::Interview;
    }
    if is_draft(title, head) {
        return Genre::Draft;
    }
    if !formal && reports(head) && !announces(text.all()) {
        return Genre::News;
    }
    let noun = title.split('(').next().unwrap_or(title);
    let about = ["通知", "公告", "通告", "函"].iter().find_map(|kind| noun.strip_suffix(kind));
    match about {
        // …工作措施的通知 carries measures; 关于召开会议的通知 does not.
        Some(about) => {
            let carried = about.trim_end_matches(['的', '》', '>']);
            let carries = MEASURES.iter().any(|noun| carried.ends_with(noun));
            if carries { Genre::Measures } else { Genre::Notice }
        }
        None if title.is_empty() => Genre::Notice,
        None => Genre::Measures,
    }
}

/// Returns true for a draft: its title is that of one, or its head asks for
/// comments.
fn is_draft(title: &str, head: &str) -> bool {
    let asks = head.contains("公开征求") || (head.contains("征求") && head.contains("意见反馈"));
    title.contains("征求意见") || title.contains("草案") || asks
}

/// Returns true if a text announces its content formally.
fn announces(text: &str) -> bool {
    let cues = ["通告如下", "公告如下", "通知如下", "特此通告", "特此公告", "特此通知"];
    contains_any(text, &cues)
}

/// Returns true if the first sentences date an event, as those of a news item do:
/// 近日, 日前, 6月3日.
fn reports(head: &str) -> bool {
    /// Characters of the head that are read.
    const LEAD: usize = 120;
    let lead = first_chars(head, LEAD);
    let cues = ["近日", "日前", "近期", "今天", "昨日", "近年来"];
    has_day_without_year(lead) || cues.iter().any(|cue| lead.contains(cue))
}

/// Returns true for a day without a year: 6月4日四川省药监局….
fn has_day_without_year(lead: &str) -> bool {
    lead.match_indices('月').any(|(at, _)| {
        let digit = lead[..at].ends_with(|c: char| c.is_ascii_digit());
        let month = lead[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        digit && !month.ends_with('年') && lead[at..].contains('日')
    })
}
