//! How a document stands, and why.

use super::PrintedDate;
use crate::graph::{DocumentRef, Hop, PolicyRef};
use crate::model::Genre;
use std::fmt;

/// 时效 — how a document stands on a day. Ordered: what holds comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// 现行有效 — its printed dates say so.
    InForce,
    /// 尚未生效 — its day of effect, or of issue, is still to come.
    NotYet,
    /// 征求意见稿 — a draft holds on no day.
    Draft,
    /// 失效 — its printed end is past.
    Expired,
    /// 废止 — a document of the corpus has put it out of force.
    Repealed,
    /// What is printed does not settle it.
    Unknown,
    /// News and interviews tell of instruments and are none.
    NotAnInstrument,
}

impl Status {
    /// Every status, in order.
    pub const ALL: &[Status] = &[
        Status::InForce,
        Status::NotYet,
        Status::Draft,
        Status::Expired,
        Status::Repealed,
        Status::Unknown,
        Status::NotAnInstrument,
    ];
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::InForce => "in force",
            Status::NotYet => "not yet in force",
            Status::Draft => "draft",
            Status::Expired => "expired",
            Status::Repealed => "repealed",
            Status::Unknown => "unknown",
            Status::NotAnInstrument => "not an instrument",
        })
    }
}

/// Why a document stands as it does, with the proof. Each reason has one
/// [`Status`].
#[derive(Clone, Copy, Debug)]
pub enum Reason<'g> {
    /// In force: the day lies in the printed period.
    Within {
        /// 施行日期.
        from: PrintedDate,
        /// 有效期 — its end.
        until: PrintedDate,
    },
    /// Not yet: before 施行日期; where none is printed, before 成文日期, else
    /// 发布日期.
    Before(PrintedDate),
    /// A draft.
    Draft {
        /// Whether it is open to comment.
        comments: Comments,
        /// The first day for comments, else the day of issue.
        from: Option<PrintedDate>,
        /// The last day for comments.
        until: Option<PrintedDate>,
    },
    /// Expired: after the end of 有效期.
    After(PrintedDate),
    /// Repealed.
    Repealed(Repeal<'g>),
    /// Unknown: a date is printed to the month, and the day lies in it.
    InMonth(PrintedDate),
    /// Unknown: a document repeals it, but from which day is not known.
    RepealUndated(Repeal<'g>),
    /// Unknown: an end is printed, but no day of effect.
    NoStart,
    /// Unknown: no end is printed, and no repeal is known. That it still holds
    /// is not shown by that.
    NoEnd,
    /// Not an instrument, but news or an interview.
    Genre(Genre),
}

impl Reason<'_> {
    /// How the document stands.
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
            Reason::InMonth(date) => write!(f, "{date}, on which day is not printed"),
            Reason::RepealUndated(repeal) => {
                write!(f, "repealed by {repeal}, from which day is not known")
            }
            Reason::NoStart => f.write_str("no day of effect is printed"),
            Reason::NoEnd => f.write_str("no end is printed, no repeal is known"),
            Reason::Genre(Genre::Interview) => f.write_str("an interview"),
            Reason::Genre(_) => f.write_str("news"),
        }
    }
}

/// 征求意见 — whether a draft is open to comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comments {
    /// From a later day on.
    NotYet,
    /// The day lies in the printed period. Where its first day is not printed,
    /// it is that of issue.
    Open,
    /// The last day is past.
    Closed,
    /// What is printed does not settle it.
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

/// 废止 — that one document puts another out of force.
#[derive(Clone, Copy, Debug)]
pub struct Repeal<'g> {
    /// The document that says so, over the edge that proves it.
    pub by: Hop<'g, DocumentRef<'g>>,
    /// What it repeals: the policy whose text the other document is.
    pub policy: PolicyRef<'g>,
    /// From when on: 施行日期 of the document that says so; where none is printed,
    /// its 成文日期, else 发布日期.
    pub from: Option<PrintedDate>,
}

impl fmt::Display for Repeal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.by.key())?;
        self.from.map_or(Ok(()), |from| write!(f, ", {from}"))
    }
}
