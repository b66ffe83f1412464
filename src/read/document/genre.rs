//! The genre (文种) of a document.

use crate::lexicon::Lexicon;
use crate::model::Genre;
use crate::outline::{Layout, Report};
use crate::read::naming::title_forms::Subject;
use crate::read::scanned_text::ScannedText;
use crate::text::{find, first_chars};

/// Returns the genre.
///
/// * `prose`: the head without the facts above its first paragraph.
/// * `formal`: true if the document has a number, a signature, or a title with
///   measures of its own.
pub(super) fn genre(
    text: &ScannedText,
    layout: &Layout,
    prose: &str,
    subject: Option<&Subject>,
    formal: bool,
) -> Genre {
    let title = subject.map_or("", |subject| subject.title.as_str());
    match layout.report {
        Some(Report::Interview) => return Genre::Interview,
        Some(Report::Interpretation) => return Genre::Interpretation,
        Some(Report::Questions) | None => {}
    }
    let cues = &text.lexicon.cues.genre;
    if layout.measures.is_empty() && cues.interview_titles.end(title).is_some() {
        return Genre::Interview;
    }
    if is_draft(text.lexicon, title, prose) {
        return Genre::Draft;
    }
    if !formal && reports(text.lexicon, prose) && !cues.announces.occur_in(text.all()) {
        return Genre::News;
    }
    let noun = title.split('(').next().unwrap_or(title);
    match cues.covers.strip_end(noun) {
        Some(about) if carries_measures(text.lexicon, about, !layout.measures.is_empty()) => {
            Genre::Measures
        }
        Some(_) => Genre::Notice,
        None if title.is_empty() => Genre::Notice,
        None => Genre::Measures,
    }
}

/// Returns true if a notice carries measures, by its title without 通知: 关于印发…工作要点, …工作措施.
/// 关于召开会议 and 关于开展…行动 carry none.
///
/// * `listed`: true if measures follow.
fn carries_measures(lexicon: &Lexicon, about: &str, listed: bool) -> bool {
    let (cues, titles) = (&lexicon.cues.genre, &lexicon.titles);
    let carried = about.trim_end_matches(['的', '》', '>']);
    let measures = cues.measures.end(carried).is_some();
    if titles.carries.occur_in(about) {
        let kinds = [&titles.regulations, &titles.plans, &titles.guidance];
        return measures || listed && kinds.iter().any(|kind| kind.end(carried).is_some());
    }
    let object = about.split_once("关于").map_or("", |(_, object)| object);
    let acts = || {
        let policy = titles.guidance.end(carried).is_some() || cues.opinions.end(carried).is_some();
        let acted = cues.acted.end(carried).is_some() || !listed;
        acted && cues.acts.start(object).is_some() && !policy
    };
    measures && !acts()
}

/// Returns true for a draft: its title is that of one, or its head asks for comments on it.
fn is_draft(lexicon: &Lexicon, title: &str, head: &str) -> bool {
    let cues = &lexicon.cues.genre;
    // 关于规范公开征求意见工作的通知 is about asking.
    let about = || cues.about_comments.occur_in(title);
    let titled = cues.draft_titles.occur_in(title) || asks_in_title(title);
    (titled && !about()) || asks_for_comments(lexicon, head)
}

/// Returns true for 关于征求《…》意见的函.
fn asks_in_title(title: &str) -> bool {
    let object = title.split_once("征求").map(|(_, object)| object);
    object.is_some_and(|object| object.starts_with('《') && object.contains("》意见"))
}

/// Returns true if a sentence asks for comments now (现向社会公开征求意见), or names a day or a way to
/// send them (公开征求意见,请于3月1日前反馈), and is not a rule on asking (应当公开征求意见).
fn asks_for_comments(lexicon: &Lexicon, head: &str) -> bool {
    const ASKS: &str = "征求";
    let cues = &lexicon.cues.genre;
    if find(head, ASKS).is_none() {
        return false;
    }
    let mut sentences = head.split(['。', '\n']).peekable();
    while let Some(sentence) = sentences.next() {
        let Some(at) = find(sentence, ASKS) else { continue };
        let (before, after) = sentence.split_at(at);
        if !after.contains("意见") || cues.rules_on_comments.occur_in(before) {
            continue;
        }
        let next = sentences.peek().copied().unwrap_or_default();
        let replies = |words: &str| cues.replies.occur_in(words);
        if cues.asks_now.occur_in(before) || replies(after) || replies(next) {
            return true;
        }
    }
    false
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
