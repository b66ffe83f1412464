//! Statuses against every day that the printed dates can mean.

use super::*;
use crate::corpus::Corpus;
use crate::graph::{Graph, fixture};
use crate::lexicon::Lexicon;
use crate::model::{
    Citation, Date, Dates, Found, Genre, InstrumentKind, PartialDate, Record, Rule,
};
use crate::text::Span;
use once_cell::sync::Lazy;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

fn graph_of(records: impl IntoIterator<Item = Record>) -> Arc<Graph> {
    records.into_iter().collect::<Corpus>().graph(Lexicon::builtin())
}

/// The date `2025-06-16` or `2025-06`, found by `rule`.
fn printed(date: &str, rule: Rule) -> Option<Found<PartialDate>> {
    let value = PartialDate::try_from(date.to_owned()).ok()?;
    Some(Found { value, span: Span::new(0, 3), rule })
}

fn day(date: &str) -> Date {
    date.parse().unwrap()
}

/// 甲办法 or another: an issued document without dates.
fn document(key: &str, number: &str) -> Record {
    let mut record = crate::read(Lexicon::builtin(), key, "一、加强监管。\n二、优化服务。");
    let found = |value: &str| {
        Some(Found { value: value.to_owned(), span: Span::new(0, 3), rule: Rule::Head })
    };
    record.title = found(&format!("{key}办法"));
    record.number = found(number);
    record.genre = Genre::Measures;
    record
}

/// 乙办法, which repeals 甲办法.
fn repealing(effective: &str, signed: &str) -> Record {
    let mut record = document("乙", "乙规〔2025〕1号");
    record.dates.effective = printed(effective, Rule::DatePhrase);
    record.dates.signed = printed(signed, Rule::Signature);
    record.repeals.push(Citation {
        title: "甲办法".to_owned(),
        number: Some("甲规〔2020〕1号".to_owned()),
        kind: InstrumentKind::Policy,
        span: Span::new(0, 3),
        rule: Rule::Number,
    });
    record
}

/// 甲办法, in force through 2025 by its printed dates.
fn repealed() -> Record {
    let mut record = document("甲", "甲规〔2020〕1号");
    record.dates.signed = printed("2020-12-01", Rule::Signature);
    record.dates.effective = printed("2021-01-01", Rule::DatePhrase);
    record.dates.expires = printed("2025-12-31", Rule::DatePhrase);
    record
}

#[track_caller]
fn check(records: impl IntoIterator<Item = Record>, expected: &[(&str, Status)]) {
    let graph = graph_of(records);
    let document = graph.document("甲").unwrap().id();
    for &(on, status) in expected {
        let as_of = graph.as_of(day(on));
        assert_eq!(as_of.status(document), status, "{on}: {}", as_of.reason(document));
    }
}

use Status::*;

#[test]
fn a_counted_end_is_the_first_day_after() {
    let mut record = repealed();
    record.dates.expires = printed("2023-01-01", Rule::Term);
    let expected = [
        ("2020-12-31", NotYet),
        ("2021-01-01", InForce),
        ("2022-12-31", InForce),
        ("2023-01-01", Expired),
    ];
    check([record], &expected);
}

#[test]
fn a_printed_end_is_the_last_day() {
    check([repealed()], &[("2025-12-31", InForce), ("2026-01-01", Expired)]);
}

#[test]
fn the_end_of_validity_is_read_from_text() {
    let read = |words: &str| {
        let text = format!("关于规范管理的措施\n一、监管。\n本措施自2025年5月1日起施行，{words}。");
        graph_of([crate::read(Lexicon::builtin(), "甲", text)])
    };
    for (words, last) in [
        ("有效期两年", "2027-04-30"),
        ("有效期至2027年4月30日", "2027-04-30"),
        ("试行一年", "2026-04-30"),
    ] {
        let graph = read(words);
        let document = graph.document("甲").unwrap().id();
        let last = day(last);
        assert!(graph.as_of(last).is_in_force(document), "{words}");
        assert_eq!(graph.as_of(last.tomorrow().unwrap()).status(document), Expired, "{words}");
    }
}

#[test]
fn a_document_without_a_printed_end_is_never_in_force() {
    let mut record = repealed();
    record.dates.expires = None;
    check([record], &[("2020-12-31", NotYet), ("2021-01-01", Unknown), ("2022-01-01", Unknown)]);
    check([document("甲", "甲规〔2020〕1号")], &[("2022-01-01", Unknown)]);
}

#[test]
fn a_document_without_an_effective_date_is_never_in_force() {
    let mut record = repealed();
    record.dates.effective = None;
    let expected = [("2020-11-30", NotYet), ("2020-12-01", Unknown), ("2026-01-01", Expired)];
    check([record], &expected);
}

#[test]
fn a_date_printed_to_the_month_is_unknown_within_it() {
    let mut record = repealed();
    record.dates.effective = printed("2021-02", Rule::DatePhrase);
    record.dates.expires = printed("2023-02", Rule::Term);
    let expected = [
        ("2021-01-31", NotYet),
        ("2021-02-01", Unknown),
        ("2021-02-27", Unknown),
        ("2021-02-28", InForce), // whichever day of February it was
        ("2023-01-31", InForce),
        ("2023-02-01", Unknown),
        ("2023-02-28", Expired),
    ];
    check([record.clone()], &expected);
    record.dates.expires = printed("2023-02", Rule::DatePhrase);
    let expected = [("2023-02-01", InForce), ("2023-02-28", Unknown), ("2023-03-01", Expired)];
    check([record], &expected);
}

#[test]
fn a_repeal_applies_from_its_effective_date() {
    let expected = [("2023-06-30", InForce), ("2023-07-01", Repealed), ("2026-01-01", Repealed)];
    check([repealed(), repealing("2023-07-01", "2023-05-01")], &expected);
}

#[test]
fn a_repeal_without_an_effective_date_applies_from_its_issue_date() {
    let expected = [("2023-04-30", InForce), ("2023-05-01", Repealed)];
    check([repealed(), repealing("", "2023-05-01")], &expected);
}

#[test]
fn a_document_with_an_undated_repeal_is_never_in_force() {
    let expected = [("2020-01-01", NotYet), ("2023-01-01", Unknown), ("2026-01-01", Expired)];
    check([repealed(), repealing("", "")], &expected);
    let expected = [("2023-04-30", InForce), ("2023-05-01", Unknown), ("2023-05-31", Repealed)];
    check([repealed(), repealing("2023-05", "")], &expected);
}

#[test]
fn the_earlier_of_end_and_repeal_applies() {
    let expected = [("2026-01-01", Expired), ("2026-07-01", Expired)];
    check([repealed(), repealing("2026-07-01", "2026-05-01")], &expected);
    check([repealed(), repealing("2026-01-01", "")], &[("2026-01-01", Expired)]);
    check([repealed(), repealing("2025-12-31", "")], &[("2026-01-01", Repealed)]);
}

#[test]
fn a_document_may_be_repealed_before_it_takes_effect() {
    let mut record = repealed();
    record.dates.effective = printed("2024-01-01", Rule::DatePhrase);
    let expected = [("2023-06-30", NotYet), ("2023-07-01", Repealed), ("2024-01-01", Repealed)];
    check([record, repealing("2023-07-01", "2023-05-01")], &expected);
}

#[test]
fn a_repeal_has_its_document_and_edge() {
    let graph = graph_of([repealed(), repealing("2023-07-01", "")]);
    let document = graph.document("甲").unwrap();
    let reason = graph.as_of(day("2024-01-01")).reason(document.id());
    let Reason::Repealed(repeal) = reason else { panic!("{reason:?}") };
    assert_eq!(repeal.by.key(), "乙");
    assert_eq!(repeal.policy.repealed_by().next().unwrap().edge(), repeal.by.edge());
    assert!(repeal.policy.text_in().any(|text| text.to() == document));
    assert_eq!(repeal.from.unwrap().evidence.document, repeal.by.id());
    assert_eq!(reason.to_string(), "repealed by 乙, 施行日期 2023-07-01");
}

#[test]
fn only_an_issued_document_repeals_and_only_an_older_one() {
    for genre in [Genre::Draft, Genre::News, Genre::Interview, Genre::Interpretation] {
        let mut draft = repealing("2023-07-01", "2023-05-01");
        draft.genre = genre;
        check([repealed(), draft], &[("2024-01-01", InForce)]);
    }
    // A document issued after the repeal is not the repealed one.
    let mut later = repealed();
    later.dates.signed = printed("2023-08-01", Rule::Signature);
    check([later, repealing("2023-07-01", "2023-05-01")], &[("2024-01-01", InForce)]);
    // A document does not repeal itself.
    let mut own = repealing("2023-07-01", "2023-05-01");
    own.dates.expires = printed("2025-12-31", Rule::DatePhrase);
    own.key = "甲".to_owned();
    own.title = repealed().title;
    own.number = repealed().number;
    check([own], &[("2024-01-01", InForce)]);
}

#[test]
fn a_draft_is_open_through_the_last_day_printed() {
    let mut draft = document("甲", "甲规〔2020〕1号");
    draft.genre = Genre::Draft;
    draft.dates.comment_from = printed("2025-06-05", Rule::DatePhrase);
    draft.dates.comment_until = printed("2025-06-19", Rule::DatePhrase);
    let comments = |draft: &Record, on: &str| {
        let graph = graph_of([draft.clone()]);
        match graph.as_of(day(on)).reason(graph.document("甲").unwrap().id()) {
            Reason::Draft { comments, .. } => comments,
            other => panic!("{other}"),
        }
    };
    assert_eq!(comments(&draft, "2025-06-04"), Comments::NotYet);
    assert_eq!(comments(&draft, "2025-06-05"), Comments::Open);
    assert_eq!(comments(&draft, "2025-06-19"), Comments::Open);
    assert_eq!(comments(&draft, "2025-06-20"), Comments::Closed);
    draft.dates.comment_from = None;
    assert_eq!(comments(&draft, "2025-06-10"), Comments::Unknown);
    draft.dates.published = printed("2025-06-06", Rule::DatePhrase);
    assert_eq!(comments(&draft, "2025-06-10"), Comments::Open);
    draft.dates.comment_until = None;
    assert_eq!(comments(&draft, "2025-06-10"), Comments::Unknown);
}

/// Every day that `date` can mean.
fn days(date: PartialDate) -> impl Iterator<Item = Date> {
    let next = |day: &Date| day.tomorrow().ok();
    std::iter::successors(Some(date.first_day()), next)
        .take_while(move |&day| day <= date.last_day())
}

/// The statuses on `day` for every reading of the printed dates.
fn worlds(dates: &Dates, day: Date) -> BTreeSet<Status> {
    let mut found = BTreeSet::new();
    let start = dates.effective.as_ref().or(dates.signed.as_ref());
    let starts = start.map_or(vec![Date::MIN], |found| days(found.value).collect());
    for start in starts {
        let Some(end) = &dates.expires else {
            found.insert(if day < start { NotYet } else { Unknown });
            continue;
        };
        let counted = end.rule == Rule::Term;
        let after = days(end.value).map(|d| if counted { d } else { d.tomorrow().unwrap() });
        for after in after.filter(|&after| after > start) {
            found.insert(match dates.effective {
                _ if day >= after => Expired,
                _ if day < start => NotYet,
                Some(_) => InForce,
                None => Unknown,
            });
        }
    }
    found
}

/// A day or a month of the first quarter of 2025.
fn partial() -> impl Strategy<Value = Option<PartialDate>> {
    let date = (1..=3_i8, 0..=31_i8).prop_map(|(month, day)| match day {
        0..=9 => PartialDate::month(2025, month),
        day => PartialDate::day(2025, month, day),
    });
    prop_oneof![4 => date, 1 => Just(None)]
}

proptest! {
    /// The status is the one that every reading of the dates agrees on, else unknown.
    #[test]
    fn a_status_holds_for_every_reading_of_the_dates(
        (signed, effective, expires) in (partial(), partial(), partial()),
        counted: bool,
        on in 0..100_i64,
    ) {
        let found = |date: Option<PartialDate>, rule| {
            date.map(|value| Found { value, span: Span::new(0, 3), rule })
        };
        let mut record = document("甲", "甲规〔2020〕1号");
        record.dates.signed = found(signed, Rule::Signature);
        record.dates.effective = found(effective, Rule::DatePhrase);
        let rule = if counted { Rule::Term } else { Rule::DatePhrase };
        record.dates.expires = found(expires, rule);
        let day = Date::constant(2025, 1, 1).saturating_add(jiff::Span::new().days(on));
        let worlds = worlds(&record.dates, day);
        if worlds.is_empty() {
            return Ok(()); // an end before every start: no reading is left
        }
        let certain = if worlds.len() == 1 { *worlds.first().unwrap() } else { Unknown };

        let graph = graph_of([record]);
        let as_of = graph.as_of(day);
        let document = graph.document("甲").unwrap().id();
        let status = as_of.status(document);
        // The rules do not use that an end comes after its start: if both can be in
        // one month, the status may be unknown although the readings agree.
        let start = effective.or(signed);
        let meet = start.zip(expires).is_some_and(|(start, end)| end.first_day() <= start.last_day());
        prop_assert!(status == certain || (meet && status == Unknown), "{}", as_of.reason(document));
    }

    #[test]
    fn each_document_has_one_status(year in 2019..2030_i16, month in 1..=12_i8) {
        static GRAPH: Lazy<Arc<Graph>> = Lazy::new(|| graph_of(fixture::records()));
        let graph = &**GRAPH;
        let as_of = graph.as_of(Date::constant(year, month, 14));
        let census = as_of.census();
        for (&status, (documents, measures)) in
            Status::ALL.iter().zip(census.documents.iter().zip(&census.measures))
        {
            prop_assert_eq!(*documents, (status, as_of.documents(status).count()));
            prop_assert_eq!(*measures, (status, as_of.measures(status).count()));
        }
        let all = |counts: &[(Status, usize)]| counts.iter().map(|(_, n)| n).sum::<usize>();
        prop_assert_eq!(all(&census.documents), graph.documents().len());
        prop_assert_eq!(all(&census.measures), graph.measures().len());
    }
}
