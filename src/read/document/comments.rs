//! The window for comments on a draft (征求意见), and for submissions (征集).

use super::dates::{Dated, yearless};
use super::validity::{SENTENCE, SENTENCE_ENDS, dated, is_period};
use crate::model::{Dates, Found, Genre, PartialDate};
use crate::read::scanned_text::ScannedText;
use crate::text::{find, first_chars, is_within, occurrences, since_mark, until_mark};
use jiff::ToSpan;
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
    let issued = dates.issued().map(|issued| issued.value.first_day());
    // Days before which comments are sent, of a sentence that asks for them, of other requests.
    let [mut sent, mut asked, mut other] = [const { None }; 3];
    for (at, (range, date)) in all.iter().enumerate() {
        let sentence = sentence_around(text, range);
        let here = || Some(dated(text, range.clone(), *date));
        if !cues.comments.occur_in(sentence) {
            let notice = genre == Genre::Draft && !body.contains(&range.start);
            let later = || issued.is_none_or(|issued| date.first_day() >= issued);
            let objects = || cues.comment_objects.occur_in(sentence);
            if notice && is_limit(text, range) && is_sent(text, range) && objects() && later() {
                other = other.or_else(here);
            }
            continue;
        }
        if let Some((next, until)) = all.get(at + 1).filter(|next| is_period(text, range, &next.0))
        {
            let printed = sent.as_ref().or(asked.as_ref());
            if printed.is_none_or(|printed: &Found<PartialDate>| printed.value == *until) {
                dates.comment_from = dates.comment_from.take().or_else(here);
                asked = asked.or_else(|| Some(dated(text, next.clone(), *until)));
            }
            break;
        }
        // The whole period may follow: 请于9月20日前反馈。征求意见时间:8月21日至9月20日。
        if is_limit(text, range) {
            let limit = if is_sent(text, range) { &mut sent } else { &mut asked };
            *limit = limit.take().or_else(here);
        }
    }
    dates.comment_until = dates.comment_until.take().or(sent).or(asked).or(other);
}

/// Returns the last day for comments that the notice of a draft prints without its year:
/// 意见建议请于11月23日前寄至…. It is the first such day after the notice is issued.
fn last_day_without_year(
    text: &ScannedText,
    dates: &Dates,
    body: &Range<usize>,
) -> Option<Found<PartialDate>> {
    /// Maximum number of months between the notice and a last day in the next year.
    const MONTHS: i32 = 3;
    let issued = dates.issued()?.value.first_day();
    let latest = issued.checked_add(MONTHS.months()).ok()?;
    let cues = &text.lexicon.cues.validity;
    let notice = &text.all()[..body.start];
    occurrences(notice, "月").find_map(|at| {
        let (range, (month, day)) = yearless(notice, at)?;
        let sentence = sentence_around(text, &range);
        let asks = || cues.comments.occur_in(sentence) || cues.comment_objects.occur_in(sentence);
        (is_limit(text, &range) && is_sent(text, &range) && asks()).then_some(())?;
        let this_year = PartialDate::day(issued.year(), month, day)?;
        if this_year.first_day() >= issued {
            return Some(dated(text, range, this_year));
        }
        let next_year = PartialDate::day(issued.year() + 1, month, day)?;
        (next_year.first_day() <= latest).then(|| dated(text, range, next_year))
    })
}

/// Returns true for a last day with a verb of sending in its clause, or with a word that ends a
/// period: 5月26日前反馈, 截止日期为6月30日, 6月30日止.
fn is_sent(text: &ScannedText, date: &Range<usize>) -> bool {
    /// Maximum length in characters of a clause that the next one continues: 5月26日前,反馈….
    const SHORT: usize = 3;
    const MARKS: [char; 4] = [',', '。', ';', '\n'];
    let cues = &text.lexicon.cues.validity;
    let after = after_hour(text, text.after(date.end));
    // 到5月1日结束试点 ends no window.
    let ends = cues.comment_limits.start(after).is_some_and(|limit| {
        let rest = &after[limit.len()..];
        !limit.ends_with('前') && (rest.is_empty() || rest.starts_with(MARKS))
    });
    let clause = until_mark(after, SENTENCE, &MARKS);
    let next = after[clause.len()..].strip_prefix(',').filter(|_| is_within(clause, SHORT));
    let next = next.map_or("", |next| until_mark(next, SENTENCE, &MARKS));
    ends || ends_period(text, date)
        || cues.comment_sends.occur_in(clause)
        || cues.comment_sends.occur_in(next)
}

/// Returns true for a day directly after a word that ends a period: 截止日期为6月30日.
fn ends_period(text: &ScannedText, date: &Range<usize>) -> bool {
    let before = text.before(date.start);
    let before = before.strip_suffix(':').unwrap_or(before);
    text.lexicon.cues.validity.comment_ends.end(before).is_some()
}

/// Returns true for the last day of a period: 5月26日前, 截止日期为6月30日, 5月31日(星期三)17:00前.
fn is_limit(text: &ScannedText, date: &Range<usize>) -> bool {
    let limits = &text.lexicon.cues.validity.comment_limits;
    limits.start(after_hour(text, text.after(date.end))).is_some() || ends_period(text, date)
}

/// Returns the text after the day of the week and the hour that a day is printed with: (星期三)17:00,
/// 下班.
fn after_hour<'t>(text: &ScannedText, after: &'t str) -> &'t str {
    /// Maximum length of the day of the week in characters.
    const WEEK: usize = 6;
    let week = after.strip_prefix('(').filter(|week| week.starts_with(['星', '周']));
    let end = week.and_then(|week| first_chars(week, WEEK).find(')'));
    let mut rest = end.map_or(after, |end| &after["(".len() + end + ")".len()..]);
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let Some(hour) = text.lexicon.cues.validity.hours.start(rest) else { return rest };
        rest = &rest[hour.len()..];
    }
}

/// Returns the sentence around a date.
fn sentence_around<'t>(text: &'t ScannedText, date: &Range<usize>) -> &'t str {
    let start = date.start - since_mark(text.before(date.start), SENTENCE, &SENTENCE_ENDS).len();
    let after = first_chars(text.after(date.end), SENTENCE);
    let sentence = text.slice(start..date.end + after.len());
    sentence.split(['。', '\n']).next().unwrap_or_default()
}
