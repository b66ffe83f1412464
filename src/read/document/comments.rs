//! The window for comments on a draft (征求意见), and for submissions (征集).

use super::dates::{Dated, yearless};
use super::validity::{SENTENCE, SENTENCE_ENDS, dated, is_period};
use crate::model::{Dates, Found, Genre, PartialDate};
use crate::read::scanned_text::ScannedText;
use crate::text::{find, first_chars, occurrences, since_mark};
use std::ops::Range;

/// Fills in the window for comments. `all` are the dates of the text, `body` is the range of its
/// measures.
pub(super) fn comments(
    text: &ScannedText,
    dates: &mut Dates,
    all: &[Dated],
    body: &Range<usize>,
    genre: Genre,
) {
    if genre == Genre::Draft || find(text.all(), "征集").is_some() {
        comment_window(text, dates, all, body, genre);
    }
    if genre == Genre::Draft && dates.comment_until.is_none() {
        dates.comment_until = last_day_without_year(text, dates, body);
    }
}

/// Reads the window for comments: 公开征求意见的时间是…至…; 请于…前反馈; …至….
fn comment_window(
    text: &ScannedText,
    dates: &mut Dates,
    all: &[Dated],
    body: &Range<usize>,
    genre: Genre,
) {
    let cues = &text.lexicon.cues.validity;
    for (at, (range, date)) in all.iter().enumerate() {
        let sentence = sentence_around(text, range);
        let notice = || genre == Genre::Draft && !body.contains(&range.start);
        let asks = cues.comments.occur_in(sentence)
            || (notice() && cues.comment_objects.occur_in(sentence));
        if !asks {
            continue;
        }
        let here = || Some(dated(text, range.clone(), *date));
        if let Some((next, until)) = all.get(at + 1).filter(|next| is_period(text, range, &next.0))
        {
            let printed = dates.comment_until.as_ref().map(|until| until.value);
            if printed.is_none_or(|printed| printed == *until) {
                let until = || Some(dated(text, next.clone(), *until));
                dates.comment_from = dates.comment_from.take().or_else(here);
                dates.comment_until = dates.comment_until.take().or_else(until);
            }
            return;
        }
        // The whole period may follow: 请于9月20日前反馈。征求意见时间:8月21日至9月20日。
        if is_limit(text, range) && dates.comment_until.is_none() {
            dates.comment_until = here();
        }
    }
}

/// Returns the last day for comments that the notice of a draft prints without its year:
/// 意见建议请于11月23日前寄至…. It is the first such day after the notice is issued.
fn last_day_without_year(
    text: &ScannedText,
    dates: &Dates,
    body: &Range<usize>,
) -> Option<Found<PartialDate>> {
    let issued = dates.issued()?.value.first_day();
    let cues = &text.lexicon.cues.validity;
    let notice = &text.all()[..body.start];
    occurrences(notice, "月").find_map(|at| {
        let (range, (month, day)) = yearless(notice, at)?;
        let limit = is_limit(text, &range);
        let sentence = sentence_around(text, &range);
        let asks = || cues.comments.occur_in(sentence) || cues.comment_objects.occur_in(sentence);
        (limit && asks()).then_some(())?;
        let mut years = [issued.year(), issued.year() + 1].into_iter();
        let date = years.find_map(|year| {
            let date = PartialDate::day(year, month, day)?;
            (date.first_day() >= issued).then_some(date)
        })?;
        Some(dated(text, range, date))
    })
}

/// Returns true for the last day of a period: 5月26日前, 截止日期为6月30日, 5月31日(星期三)17:00前.
fn is_limit(text: &ScannedText, date: &Range<usize>) -> bool {
    let cues = &text.lexicon.cues.validity;
    let before = text.before(date.start);
    cues.comment_limits.start(after_hour(text.after(date.end))).is_some()
        || cues.comment_ends.end(before.strip_suffix(':').unwrap_or(before)).is_some()
}

/// Returns the text after the day of the week and the hour that a day is printed with: (星期三)17:00,
/// 下班.
fn after_hour(text: &str) -> &str {
    /// Maximum length of the day of the week in characters.
    const WEEK: usize = 6;
    let week = text.strip_prefix('(').filter(|week| week.starts_with(['星', '周']));
    let end = week.and_then(|week| first_chars(week, WEEK).find(')'));
    let text = end.map_or(text, |end| &text["(".len() + end + ")".len()..]);
    let is_hour = |c: char| c.is_ascii_digit() || ":时分点整上下中午晚班".contains(c);
    text.trim_start_matches(is_hour)
}

/// Returns the sentence around a date.
fn sentence_around<'t>(text: &'t ScannedText, date: &Range<usize>) -> &'t str {
    let start = date.start - since_mark(text.before(date.start), SENTENCE, &SENTENCE_ENDS).len();
    let after = first_chars(text.after(date.end), SENTENCE);
    let sentence = text.slice(start..date.end + after.len());
    sentence.split(['。', '\n']).next().unwrap_or_default()
}
