//! The last day that an expression of time means.

use super::expression::{Part, Year};
use crate::lexicon::Words;
use crate::model::{Anchor, Date, Dates};
use jiff::Span;

/// The dates of a document that deadlines are counted from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Days {
    /// Signing, else publication. The first day of a month that is printed without a day.
    issued: Option<Date>,
    /// The same, if it is known to the day.
    signed: Option<Date>,
    /// First day in force, if it is known to the day.
    effective: Option<Date>,
    /// The year in the title of a document without such days: 2025年重点任务清单.
    titled: Option<i16>,
}

/// The last day of a deadline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LastDay {
    pub(super) by: Option<Date>,
    pub(super) anchor: Anchor,
    pub(super) recurring: bool,
}

/// The years that the expressions before, in the same sentence, leave to those after.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    /// The year of the last date.
    pub(super) year: Option<i16>,
    /// The year from which a recurring deadline holds: 2020年起,每年….
    pub(super) since: Option<i16>,
    /// True after a recurring deadline.
    pub(super) recurring: bool,
}

impl Days {
    pub(super) fn new(dates: &Dates, title: Option<&str>, past: &Words) -> Self {
        let issued = dates.issued().map(|date| date.value);
        let effective = dates.effective.as_ref().map(|date| date.value);
        Days {
            issued: issued.or(effective).map(|date| date.first_day()),
            signed: issued.and_then(|date| date.date()),
            effective: effective.and_then(|date| date.date()),
            titled: title
                .filter(|_| issued.or(effective).is_none())
                .and_then(|title| year_of(title, past)),
        }
    }

    /// Returns true if a day is before the document.
    pub(super) fn is_past(&self, day: Date) -> bool {
        self.issued.is_some_and(|issued| day < issued)
    }

    /// Returns true if a day is in a year after that of the document.
    pub(super) fn is_in_later_year(&self, day: Date) -> bool {
        self.issued.is_some_and(|issued| issued.year() < day.year())
    }

    /// Returns true if the date of the document is known.
    pub(super) fn is_known(&self) -> bool {
        self.issued.is_some()
    }

    /// Returns the last day of a part of a year.
    pub(super) fn last_day(&self, year: Year, part: Part, before: &Before) -> LastDay {
        let printed = |by| LastDay { by, anchor: Anchor::Printed, recurring: false };
        let counted = |by| LastDay { by, anchor: Anchor::Signed, recurring: false };
        match year {
            Year::Printed(year) => printed(day(year, part)),
            Year::Relative(years) => {
                let last = |year: Option<i16>| year.and_then(|year| day(year + years, part));
                match self.issued {
                    Some(issued) => counted(last(Some(issued.year()))),
                    None => printed(last(self.titled)),
                }
            }
            Year::Following => printed(before.year.and_then(|year| day(year + 1, part))),
            Year::Absent if before.recurring => self.every(part, before.since),
            Year::Absent => match before.year {
                Some(year) => printed(day(year, part)),
                None if self.titled.is_some() => {
                    printed(self.titled.and_then(|year| day(year, part)))
                }
                None => counted(self.issued.and_then(|issued| first_after(issued, part))),
            },
            Year::Every => self.every(part, before.since),
        }
    }

    /// Returns the first day of a deadline that returns: after signing, or in the year `since`.
    fn every(&self, part: Part, since: Option<i16>) -> LastDay {
        let begin = since.and_then(|year| Date::new(year, 1, 1).ok());
        let anchor = if begin.is_some() { Anchor::Printed } else { Anchor::Signed };
        let by = begin.or(self.issued).and_then(|begin| first_after(begin, part));
        LastDay { by, anchor, recurring: true }
    }

    /// Returns the last day of a period that is counted from the signing or the first day in force.
    pub(super) fn after(&self, anchor: Anchor, value: u32, unit: &str) -> Option<Date> {
        let start = match anchor {
            Anchor::Signed => self.signed?,
            Anchor::Effective => self.effective?,
            Anchor::Printed | Anchor::Event => return None,
        };
        let value = i64::from(value);
        let span = Span::new();
        let span = match unit {
            "年" => span.try_years(value),
            "个季度" => span.try_months(3 * value),
            "个月" => span.try_months(value),
            "周" => span.try_weeks(value),
            "日" | "天" => span.try_days(value),
            // 工作日 depend on the holidays.
            _ => return None,
        };
        start.checked_add(span.ok()?).ok()
    }
}

/// Returns the year that a title plans for: 2025年重点任务清单, and not 2025-2027年行动计划 or
/// 2023年修订.
///
/// * `past`: words after a year of which the title does not plan.
fn year_of(title: &str, past: &Words) -> Option<i16> {
    title.match_indices('年').find_map(|(at, year)| {
        let (before, after) = (&title[..at], &title[at + year.len()..]);
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let first = before.len() - digits;
        let ranged = before[..first].ends_with(['-', '—', '~', '～', '至']);
        let plans = digits == 4 && !ranged && past.start(after).is_none();
        before[first..].parse().ok().filter(|year| plans && (1950..2150).contains(year))
    })
}

/// Returns the last day of a part of a year.
fn day(year: i16, part: Part) -> Option<Date> {
    let end = |month| Date::new(year, month, 1).ok().map(Date::last_of_month);
    match part {
        Part::Whole => end(12),
        Part::Quarter(quarter) => end(3 * quarter),
        Part::Month(month) => end(month),
        Part::Day(month, day) => Date::new(year, month, day).ok(),
        Part::Each { .. } | Part::Unknown => None,
    }
}

/// Returns the first such day that is not before `begin`.
fn first_after(begin: Date, part: Part) -> Option<Date> {
    match part {
        Part::Each { months, month, day } => (0..=months)
            .filter_map(|later| begin.checked_add(Span::new().months(later)).ok())
            .filter(|of| (of.month() - 1) % months == month - 1)
            .map(|of| {
                let last = of.last_of_month();
                Date::new(of.year(), of.month(), day.min(last.day())).unwrap_or(last)
            })
            .find(|day| *day >= begin),
        _ => [begin.year(), begin.year() + 1]
            .into_iter()
            .filter_map(|year| day(year, part))
            .find(|day| *day >= begin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_of_a_part_of_a_year() {
        let signed = Date::constant(2025, 3, 10);
        let days =
            Days { issued: Some(signed), signed: Some(signed), effective: None, titled: None };
        let (absent, none) = (Year::Absent, Before::default());
        let by = |year, part, before| {
            let by = days.last_day(year, part, &before).by;
            by.map(|day| day.to_string()).unwrap_or_default()
        };
        let each = |months, month, day| Part::Each { months, month, day };
        let in_2026 = Before { year: Some(2026), ..none };
        let since_2027 = Before { since: Some(2027), ..none };
        assert_eq!(by(Year::Printed(2026), Part::Quarter(1), none), "2026-03-31");
        assert_eq!(by(Year::Relative(1), Part::Whole, none), "2026-12-31");
        assert_eq!(by(absent, Part::Month(2), none), "2026-02-28");
        assert_eq!(by(absent, Part::Month(6), none), "2025-06-30");
        assert_eq!(by(absent, Part::Month(6), in_2026), "2026-06-30");
        assert_eq!(by(Year::Following, Part::Month(3), in_2026), "2027-03-31");
        assert_eq!(by(Year::Every, Part::Month(1), none), "2026-01-31");
        assert_eq!(by(Year::Every, Part::Month(2), since_2027), "2027-02-28");
        assert_eq!(by(Year::Every, each(1, 1, 5), none), "2025-04-05");
        assert_eq!(by(Year::Every, each(3, 3, 31), none), "2025-03-31");
        assert_eq!(by(Year::Every, each(3, 1, 5), none), "2025-04-05");
        assert_eq!(by(Year::Every, each(2, 2, 31), none), "2025-04-30");
        assert_eq!(by(Year::Every, each(6, 6, 31), none), "2025-06-30");
        assert_eq!(by(Year::Printed(2026), Part::Unknown, none), "");
        assert_eq!(days.after(Anchor::Signed, 3, "年"), Some(Date::constant(2028, 3, 10)));
        assert_eq!(days.after(Anchor::Signed, 10, "个工作日"), None);
    }
}
