//! Dates that a document prints.

use super::Found;
use crate::error::{Error, ErrorKind};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A calendar day: `Date::constant(2026, 1, 1)`, `"2026-01-01".parse()`.
pub use jiff::civil::Date;

/// The dates that a document prints of itself (日期).
///
/// A date that is not printed is `None`: a document without an 有效期 is not thereby in force.
///
/// ```
/// use policygraph::{Lexicon, read};
///
/// let text = "一、加强监管。\n本措施自2025年6月16日起施行,有效期两年。";
/// let dates = read(Lexicon::builtin(), "measures", text).dates;
/// assert_eq!(dates.effective.unwrap().value.to_string(), "2025-06-16");
/// assert_eq!(dates.expires.unwrap().value.to_string(), "2027-06-16");
/// assert!(dates.signed.is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// Date of signing (成文日期).
    pub signed: Option<Found<PartialDate>>,
    /// Date of publication (印发 or 发布日期).
    pub published: Option<Found<PartialDate>>,
    /// Date of adoption (通过日期).
    pub adopted: Option<Found<PartialDate>>,
    /// First day in force (施行日期).
    pub effective: Option<Found<PartialDate>>,
    /// End of validity (有效期).
    ///
    /// 有效期两年 is counted from the effective date and gives the first day on which the document
    /// is no longer in force ([`Rule::Term`](super::Rule::Term)). 有效期至 gives the printed day, the last one in force.
    pub expires: Option<Found<PartialDate>>,
    /// First day for comments (征求意见).
    pub comment_from: Option<Found<PartialDate>>,
    /// Last day for comments (征求意见).
    pub comment_until: Option<Found<PartialDate>>,
}

impl Dates {
    /// Returns the printed dates, in the order of the fields.
    ///
    /// ```
    /// use policygraph::{Lexicon, read};
    ///
    /// let text = "一、加强监管。\n本措施自2025年6月16日起施行,有效期两年。";
    /// let dates = read(Lexicon::builtin(), "measures", text).dates;
    /// let printed = dates.printed().map(|date| date.value.to_string());
    /// assert!(printed.eq(["2025-06-16", "2027-06-16"]));
    /// ```
    pub fn printed(&self) -> impl Iterator<Item = &Found<PartialDate>> {
        let Dates { signed, published, adopted, effective, expires, comment_from, comment_until } =
            self;
        [signed, published, adopted, effective, expires, comment_from, comment_until]
            .into_iter()
            .flatten()
    }

    /// Returns the date by which documents are compared: signing (成文日期), else publication (发布日期).
    ///
    /// ```
    /// let document = policygraph::builtin().document("sx-2025").unwrap();
    /// let issued = document.record().dates.issued().unwrap();
    /// assert_eq!(issued.value.to_string(), "2025-05-14");
    /// ```
    pub fn issued(&self) -> Option<&Found<PartialDate>> {
        self.signed.as_ref().or(self.published.as_ref())
    }
}

/// A date printed to the day or to the month.
///
/// Written `2025-06-16` or `2025-06`. Ordered by time; a month comes before its days.
///
/// ```
/// use policygraph::{ErrorKind, PartialDate};
///
/// let month: PartialDate = "2025-06".parse().unwrap();
/// let day = PartialDate::day(2025, 6, 16).unwrap();
/// assert_eq!((month.to_string(), day.to_string()), ("2025-06".into(), "2025-06-16".into()));
/// assert!(month < day && month.date().is_none());
/// assert_eq!((month.first_day().day(), month.last_day().day()), (1, 30));
///
/// assert_eq!(PartialDate::day(2025, 2, 30), None);
/// let error = "2025-02-30".parse::<PartialDate>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidInput);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(with = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: i8,
    day: i8,
}

impl PartialDate {
    /// Returns the day, or `None` if it does not exist.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(|_| PartialDate { year, month, day })
    }

    /// Returns the month, or `None` if it does not exist.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Date::new(year, month, 1).ok().map(|_| PartialDate { year, month, day: 0 })
    }

    /// Returns the day, or `None` if only the month is known.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year, self.month, self.day).ok()
    }

    /// Returns the first day that it can mean.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, self.day.max(1)).expect("checked when made")
    }

    /// Returns the last day that it can mean.
    pub fn last_day(self) -> Date {
        self.date().unwrap_or_else(|| self.first_day().last_of_month())
    }
}

/// Serde of a day as its text.
pub(super) mod optional_day {
    use super::{Date, PartialDate};
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::model) fn serialize<S: Serializer>(
        day: &Option<Date>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        day.map(PartialDate::from).serialize(serializer)
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Date>, D::Error> {
        let date = Option::<PartialDate>::deserialize(deserializer)?;
        let day = |date: PartialDate| date.date().ok_or_else(|| D::Error::custom("not a day"));
        date.map(day).transpose()
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        PartialDate { year: date.year(), month: date.month(), day: date.day() }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        if self.day > 0 { write!(f, "-{:02}", self.day) } else { Ok(()) }
    }
}

impl FromStr for PartialDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let small = |n: i16| i8::try_from(n).ok();
        let mut parts = text.splitn(3, '-').map(str::parse::<i16>);
        let date = match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(y)), Some(Ok(m)), None) => small(m).and_then(|m| PartialDate::month(y, m)),
            (Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) => {
                small(m).zip(small(d)).and_then(|(m, d)| PartialDate::day(y, m, d))
            }
            _ => None,
        };
        let message = "expected a date as 2025-06-16 or 2025-06";
        date.ok_or_else(|| Error::new(ErrorKind::InvalidInput, text, message))
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

/// For serde, which reads a date from a string that it owns.
impl TryFrom<String> for PartialDate {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}
