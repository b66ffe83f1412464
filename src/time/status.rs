//! Status of a document on a day (时效), and the reason for it.

use super::PrintedDate;
use crate::graph::{DocumentRef, Hop, PolicyRef};
use crate::model::Genre;
use crate::model::terms::terms;
use std::fmt;

terms! {
    /// Status of a document on a day (时效). Ordered: in force comes first.
    ///
    /// ```
    /// use policygraph::time::Status;
    ///
    /// assert_eq!(Status::InForce.to_string(), "in force");
    /// assert_eq!("失效".parse::<Status>().unwrap(), Status::Expired);
    /// ```
    #[non_exhaustive]
    pub enum Status {
        /// In force (现行有效), by its printed dates.
        InForce = "in_force" "现行有效",
        /// Not yet in force (尚未生效): its effective date, or its issue date, is later.
        NotYet = "not_yet_in_force" "尚未生效",
        /// Draft for comment (征求意见稿), which is in force on no day.
        Draft = "draft" "征求意见稿",
        /// Expired (失效): its printed validity has ended.
        Expired = "expired" "失效",
        /// Repealed (废止) by a document of the corpus.
        Repealed = "repealed" "废止",
        /// Not determined by the printed dates.
        Unknown = "unknown" "不明",
        /// News or an interview, which reports on instruments but is not one.
        NotAnInstrument = "not_an_instrument" "非规范性文件",
    }
}

/// Reason for the status of a document, with the dates and repeals that prove
/// it. Each reason implies one [`Status`].
#[non_exhaustive]
#[derive(Clone, Copy, Debug)]
pub enum Reason<'g> {
    /// In force: the day is within the printed period.
    Within {
        /// Effective date (施行日期).
        from: PrintedDate,
        /// End of validity (有效期).
        until: PrintedDate,
    },
    /// Not yet in force: the day is before the effective date (施行日期), or before
    /// the issue date (成文日期, else 发布日期) if no effective date is printed.
    Before(PrintedDate),
    /// Draft for comment (征求意见稿).
    Draft {
        /// State of its comment period.
        comments: Comments,
        /// First day of the comment period, else the issue date.
        from: Option<PrintedDate>,
        /// Last day of the comment period.
        until: Option<PrintedDate>,
    },
    /// Expired: the day is after the end of validity (有效期).
    After(PrintedDate),
    /// Repealed (废止).
    Repealed(Repeal<'g>),
    /// Unknown: the date is printed to the month, and the day is within it.
    InMonth(PrintedDate),
    /// Unknown: a document repeals it, from a day that is not known.
    RepealUndated(Repeal<'g>),
    /// Unknown: an end of validity is printed, but no effective date.
    NoStart,
    /// Unknown: no end of validity is printed and no repeal is known, which does
    /// not show that the document is in force.
    NoEnd,
    /// Not an instrument: news or an interview.
    Genre(Genre),
}

impl Reason<'_> {
    /// Returns the status that this reason implies.
    pub fn status(&self) -> Status {
        match self {
            Reason::Within { .. } => Status::InForce,
            Reason::Before(_) => Status::NotYet,
            Reason::Draft { .. } => Status::Draft,
            Reason::After(_) => Status::Expired,
            Reason::Repealed(_) => Status::Repealed,
            Reason::InMonth(_) | Reason::RepealUndated(_) | Reason::NoStart | Reason::NoEnd => {
                Status::Unknown
            }
            Reason::Genre(_) => Status::NotAnInstrument,
        }
    }
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Within { from, until } => write!(f, "from {from}, until {until}"),
            Reason::Before(date) => write!(f, "before {date}"),
            Reason::Draft { comments, .. } => write!(f, "{comments}"),
            Reason::After(date) => write!(f, "after {date}"),
            Reason::Repealed(repeal) => write!(f, "repealed by {repeal}"),
            Reason::InMonth(date) => write!(f, "{date}, day not printed"),
            Reason::RepealUndated(repeal) => {
                write!(f, "repealed by {repeal}, effective date unknown")
            }
            Reason::NoStart => f.write_str("no effective date is printed"),
            Reason::NoEnd => f.write_str("no end of validity is printed, no repeal is known"),
            Reason::Genre(genre) => write!(f, "{genre}"),
        }
    }
}

/// State of the comment period of a draft (征求意见) on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comments {
    /// The period begins on a later day.
    NotYet,
    /// The day is within the period, which begins with the issue date if its first
    /// day is not printed.
    Open,
    /// The last day is over.
    Closed,
    /// Not determined by the printed dates.
    Unknown,
}

impl fmt::Display for Comments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Comments::NotYet => "not yet open to comment",
            Comments::Open => "open to comment",
            Comments::Closed => "closed to comment",
            Comments::Unknown => "unknown whether open to comment",
        })
    }
}

/// Repeal (废止) of a document by another.
#[derive(Clone, Copy, Debug)]
pub struct Repeal<'g> {
    /// The repealing document, with the edge that proves it.
    pub by: Hop<'g, DocumentRef<'g>>,
    /// The repealed policy: the text of it is the repealed document.
    pub policy: PolicyRef<'g>,
    /// The day from which the repeal applies: the effective date (施行日期) of the
    /// repealing document, else its issue date (成文日期, else 发布日期).
    pub from: Option<PrintedDate>,
}

impl fmt::Display for Repeal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.by.key())?;
        self.from.map_or(Ok(()), |from| write!(f, ", {from}"))
    }
}
