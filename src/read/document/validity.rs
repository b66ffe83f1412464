//! The validity (施行, 有效期, 试行) that a document gives itself.

use super::dates::{Dated, small_number};
use crate::lexicon::ValidityCues;
use crate::model::{Dates, Found, Genre, PartialDate, Rule};
use crate::read::scanned_text::ScannedText;
use crate::text::{since_mark, until_mark};
use jiff::{Span, ToSpan};
use std::ops::Range;

/// Characters of a date's sentence that are read on each side.
pub(super) const SENTENCE: usize = 80;

/// Marks at the end of a sentence.
pub(super) const SENTENCE_ENDS: [char; 3] = ['。', ';', '\n'];

/// Fills in the document's own validity. `all` are the dates of the text, `body` is the range of its
/// measures, and the last are the days of effect and expiry that the page states.
pub(super) fn validity(
    text: &ScannedText,
    dates: &mut Dates,
    all: &[Dated],
    body: &Range<usize>,
    genre: Genre,
    [effective, expires]: [Option<Found<PartialDate>>; 2],
) {
    for (at, date) in all.iter().enumerate() {
        read_date(text, dates, date, all.get(at + 1), body);
    }
    if genre.is_instrument() {
        dates.effective = dates.effective.take().or(effective);
        dates.expires = dates.expires.take().or(expires);
    }
    // A draft is not yet in force on any day.
    if dates.effective.is_none() && genre != Genre::Draft {
        dates.effective = since_issue(text, dates);
    }
    if dates.expires.is_none() {
        dates.expires = term(text, dates, body);
    }
}

/// Reads one date as that of adoption, effect or expiry.
fn read_date(
    text: &ScannedText,
    dates: &mut Dates,
    (range, date): &Dated,
    next: Option<&Dated>,
    body: &Range<usize>,
) {
    let (before, after) = (text.before(range.start), text.after(range.end));
    let cues = &text.lexicon.cues.validity;
    let here = || Some(dated(text, range.clone(), *date));
    // …会议于2024年11月8日通过.
    let passed = || cues.meetings.end(before).is_some() && cues.passed.start(after).is_some();
    if dates.adopted.is_none() && (is_adopted(cues, after) || passed()) {
        dates.adopted = here();
    }
    // 药品生产许可证有效期5年, in a measure, is not the document's.
    let own = !body.contains(&range.start) || is_about_document(cues, before);
    let stated = own || (!names_title(before) && ends_in_force(cues, after));
    let from = before.ends_with('自') && comes_into_force(cues, after) && stated;
    let printed = || range.end <= body.start && is_day_of_effect(text, range);
    if dates.effective.is_none() && (from || printed()) {
        dates.effective = here();
    }
    if !own {
        return;
    }
    let term = cues.term_starts.end(before).is_some();
    let period = next.filter(|next| {
        let ends = || is_period(text, range, &next.0);
        (term && ends()) || (from && (ends() || is_last_day(text, range, &next.0)))
    });
    if let Some((next, until)) = period {
        dates.effective = dates.effective.take().or_else(here);
        dates.expires = dates.expires.take().or(Some(dated(text, next.clone(), *until)));
    } else if dates.expires.is_none() && cues.term_ends.end(before).is_some() {
        dates.expires = here();
    }
}

pub(super) fn dated(
    text: &ScannedText,
    range: Range<usize>,
    date: PartialDate,
) -> Found<PartialDate> {
    text.found(date, range, Rule::DatePhrase)
}

/// Returns the day of effect, counted from the date of signature: 自印发之日起施行,
/// 自发布之日起30日后施行. Without that date 自发布之日起 counts from the publication.
fn since_issue(text: &ScannedText, dates: &Dates) -> Option<Found<PartialDate>> {
    let cues = &text.lexicon.cues.validity;
    let mut days = text.lexicon.cues.dates.from_day.occurrences(text.all());
    days.find_map(|Range { start: at, end }| {
        let act = cues.since_issue.end(text.before(at))?;
        let start = text.before(at - act.len()).strip_suffix('自')?.len();
        let published =
            || dates.published.as_ref().filter(|_| cues.since_publication.contains(act));
        let issued = dates.signed.as_ref().or_else(published)?.value;
        let (days, len) = days_later(cues, text.after(end));
        comes_into_force(cues, text.after(end + len)).then_some(())?;
        let date = match days {
            0 => issued,
            days => issued.date()?.checked_add(i64::from(days).days()).ok()?.into(),
        };
        Some(dated(text, start..end + len, date))
    })
}

/// Returns the day of expiry, exclusive, counted from the day of effect: 有效期两年, 试行期一年,
/// 试行两年.
fn term(text: &ScannedText, dates: &Dates, body: &Range<usize>) -> Option<Found<PartialDate>> {
    let effective = dates.effective.as_ref()?.value;
    let cues = &text.lexicon.cues.validity;
    let own = |at: usize| !body.contains(&at) || is_about_document(cues, text.before(at));
    let mut nouns = cues.term_nouns.occurrences(text.all()).filter(|noun| own(noun.start));
    nouns.find_map(|Range { start: at, end }| {
        let rest = text.after(end).trim_start_matches(['为', '限', ':', '暂', '定']);
        let (span, len) = duration(rest)?;
        let end = text.all().len() - rest.len() + len;
        let until = effective.first_day().checked_add(span).ok()?;
        let until = match effective.date() {
            Some(_) => until.into(),
            None => PartialDate::month(until.year(), until.month())?,
        };
        Some(text.found(until, at..end, Rule::Term))
    })
}

/// Returns true if two dates are the ends of a period: 2025年1月1日至2027年12月31日.
pub(super) fn is_period(text: &ScannedText, first: &Range<usize>, second: &Range<usize>) -> bool {
    let between = text.all().get(first.end..second.start);
    between.is_some_and(|between| text.lexicon.cues.validity.range_marks.contains(between))
}

/// Returns true if a document in force from the day `first` ends on the day `second`:
/// 自2025年1月1日起施行,至2027年12月31日止.
fn is_last_day(text: &ScannedText, first: &Range<usize>, second: &Range<usize>) -> bool {
    let cues = &text.lexicon.cues.validity;
    let between = text.all().get(first.end..second.start).unwrap_or_default();
    let rest = cues.in_force.strip_start(between.strip_prefix('起').unwrap_or(between));
    rest.is_some_and(|rest| cues.range_marks.contains(rest.trim_start_matches(',')))
}

/// Returns the number of days at the start of `text`, and its length: 30日后. 0 if there
/// is none.
fn days_later(cues: &ValidityCues, text: &str) -> (i8, usize) {
    let Some((days, len)) = small_number(text) else { return (0, 0) };
    cues.days_later.start(&text[len..]).map_or((0, 0), |unit| (days, len + unit.len()))
}

/// Returns the duration at the start of `text`, and its length: 三年, 两年, 18个月.
fn duration(text: &str) -> Option<(Span, usize)> {
    let (n, len) =
        small_number(text).or_else(|| text.starts_with('两').then_some((2, '两'.len_utf8())))?;
    let unit = &text[len..];
    if unit.starts_with('年') {
        return Some((n.years(), len + '年'.len_utf8()));
    }
    unit.starts_with("个月").then(|| (n.months(), len + "个月".len()))
}

/// Returns true if a meeting adopts the document in the clause:
/// 2021年12月20日省政府第125次常务会议审议通过.
fn is_adopted(cues: &ValidityCues, after: &str) -> bool {
    cues.adopted.occur_in(until_mark(after, 40, &['。', ',', ';', '\n']))
}

/// Returns true if the sentence that ends in `before` is about the document itself:
/// 本措施自…, or continues from its day of effect: 自…起施行,有效期….
fn is_about_document(cues: &ValidityCues, before: &str) -> bool {
    let sentence = since_mark(before, SENTENCE, &SENTENCE_ENDS);
    !sentence.contains('》') && cues.own.occur_in(sentence)
}

/// Returns true if a date with a word for being in force after it is all between two marks, as below
/// a title: 2025年3月10日公布 2025年9月1日起施行.
fn is_day_of_effect(text: &ScannedText, date: &Range<usize>) -> bool {
    let (before, after) = (text.before(date.start), text.after(date.end));
    let opens =
        text.view.gap(date.start) || before.is_empty() || before.ends_with(['\n', ',', '(']);
    let word = text.lexicon.cues.validity.in_force.strip_start(after.trim_start_matches('起'));
    let closes = |rest: &str| rest.is_empty() || rest.starts_with(['\n', ')', ',', '。']);
    opens && word.is_some_and(closes)
}

/// Returns true if the sentence that ends in `before` contains a title.
fn names_title(before: &str) -> bool {
    since_mark(before, SENTENCE, &SENTENCE_ENDS).contains('》')
}

/// Returns true if a clause ends in a word for being in force: 统一执行。 but not
/// 施行的规定.
fn ends_in_force(cues: &ValidityCues, after: &str) -> bool {
    let clause = until_mark(after, 16, &[',', '。', ';', '\n']);
    cues.in_force.end(clause).is_some()
}

/// Returns true if a clause contains a word for being in force: 起施行, 起执行,
/// 全省统一执行.
fn comes_into_force(cues: &ValidityCues, after: &str) -> bool {
    let clause = until_mark(after, 16, &[',', '。', ';', '、', '\n']);
    cues.in_force.occur_in(clause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn only_the_document_itself_has_validity() {
        let cues = &Lexicon::builtin().cues.validity;
        assert!(is_about_document(cues, "第六条本办法自2024年1月1日起施行,"));
        assert!(!is_about_document(cues, "五、药品生产许可证"));
        assert!(!is_about_document(cues, "落实《药品管理法》,自2019年12月1日起施行,"));
        assert!(ends_in_force(cues, "全省统一执行。") && !ends_in_force(cues, "起施行的规定,"));
    }

    /// Compares the effective and expiry dates of a document signed on 10 March 2025.
    #[track_caller]
    fn check(closing: &str, effective: &str, expires: &str) {
        let text = format!(
            "关于支持生物医药产业发展的若干措施\n一、加强管理。\n二、优化服务。注册证书有效期5年。\n\
             {closing}\n江苏省药品监督管理局\n2025年3月10日"
        );
        let dates = crate::read(Lexicon::builtin(), "one", text).dates;
        let day =
            |found: Option<Found<PartialDate>>| found.map_or("".into(), |f| f.value.to_string());
        assert_eq!((day(dates.effective), day(dates.expires)), (effective.into(), expires.into()));
    }

    #[test]
    fn periods_of_validity() {
        check("本措施自2025年4月1日起施行，有效期3年。", "2025-04-01", "2028-04-01");
        check("本措施自发布之日起30日后施行，暂定有效期五年。", "2025-04-09", "2030-04-09");
        check("本措施自2025年4月1日起试行，试行期一年。", "2025-04-01", "2026-04-01");
        check("本措施自下发之日起执行，试行两年。", "2025-03-10", "2027-03-10");
        check("自2025年5月1日起施行，有效期至2027年4月30日。", "2025-05-01", "2027-04-30");
        check("有效期自2025年1月1日起至2027年12月31日止。", "2025-01-01", "2027-12-31");
        check("本措施自2025年4月1日起施行，至2027年12月31日止。", "2025-04-01", "2027-12-31");
        check("本措施自2025年4月1日起至2027年12月31日止执行。", "2025-04-01", "2027-12-31");
        check("政策有效期为三年，自2025年4月10日起实施。", "2025-04-10", "2028-04-10");
        check("本措施自2025年4月起实施，有效期3年。", "2025-04", "2028-04");
        check("按照国家有关规定执行。", "", "");
    }

    #[test]
    fn the_rule_tells_a_computed_end_from_a_printed_one() {
        let end = |words: &str| {
            let text = format!("一、加强管理。\n本措施自2025年5月1日起施行，{words}。");
            let expires = crate::read(Lexicon::builtin(), "one", text.as_str()).dates.expires;
            expires.map(|found| (found.value.to_string(), found.rule))
        };
        assert_eq!(end("有效期两年"), Some(("2027-05-01".into(), Rule::Term)));
        assert_eq!(end("有效期至2027年4月30日"), Some(("2027-04-30".into(), Rule::DatePhrase)));
    }

    #[test]
    fn a_meeting_adopts() {
        let cues = &Lexicon::builtin().cues.validity;
        assert!(is_adopted(cues, "省政府第125次常务会议审议通过,现予公布"));
        assert!(!is_adopted(cues, "起施行。经会议通过"));
    }
}
