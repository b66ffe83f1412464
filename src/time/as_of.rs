//! Validity of each document on a day (时效), as far as its printed dates show.

use super::{Comments, DateKind, PrintedDate, Reason, Repeal, Status};
use crate::graph::{DocId, DocumentRef, Graph, MeasureRef};
use crate::model::{Date, Dates, Genre};

/// A graph on a given day: each document has one [`Status`] on it.
///
/// Nothing is stored: a status is computed from the record's dates and the
/// repeals of the document, O(repeals). The type is `Copy`, so that a filter of
/// a walk can capture it.
///
/// The rules apply in this order:
///
/// 1. News and interviews are not instruments. A draft is a draft on every day.
/// 2. A document has expired after the end of its validity (有效期). A period of
///    two years (有效期两年) from 16 June ends with 15 June; 有效期至6月16日
///    ends with the 16th.
/// 3. A document is repealed from the effective date (施行日期) of an issued
///    document that repeals it, or from the issue date of that document if no
///    effective date is printed. A draft repeals nothing, no document repeals
///    itself or a later one, and a repeal is never undone. If the validity had
///    ended by the day of the repeal, the document has expired instead.
/// 4. A document is not yet in force before its effective date, or before its
///    issue date (成文日期, else 发布日期) if no effective date is printed.
/// 5. A document is in force if an effective date and an end of validity are
///    printed and the day is between them.
/// 6. In every other case the status is unknown, and the reason explains why. A
///    document without a printed end and without a repeal in the corpus is
///    *not* assumed to be in force.
///
/// The rules are conservative: without a printed effective date a repeal counts
/// from the issue date, but the document's own force does not.
///
/// ```
/// use policygraph::Date;
/// use policygraph::time::{Reason, Status};
///
/// let graph = policygraph::builtin();
/// let document = graph.document("sx-2025").unwrap();
///
/// // 自2025年6月16日起施行,有效期两年: to 15 June 2027.
/// let status = |day| graph.as_of(day).status(document.id());
/// assert_eq!(status(Date::constant(2025, 6, 15)), Status::NotYet);
/// assert_eq!(status(Date::constant(2025, 6, 16)), Status::InForce);
/// assert_eq!(status(Date::constant(2027, 6, 15)), Status::InForce);
/// assert_eq!(status(Date::constant(2027, 6, 16)), Status::Expired);
///
/// let as_of = graph.as_of("2027-06-16".parse().unwrap());
/// let Reason::After(end) = as_of.reason(document.id()) else { panic!() };
/// assert_eq!(graph.quote(end.evidence), "有效期两年");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AsOf<'g> {
    graph: &'g Graph,
    day: Date,
}

/// Number of documents and measures of each status, in the order of [`Status`].
/// A status that no document has is listed with 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCensus {
    /// Number of documents of each status.
    pub documents: Vec<(Status, usize)>,
    /// Number of measures in documents of each status.
    pub measures: Vec<(Status, usize)>,
}

impl Graph {
    /// Returns the view of this graph on `day`: the documents that are in force
    /// and those that are not, as far as their texts show.
    ///
    /// ```
    /// use policygraph::Date;
    /// use policygraph::time::Status;
    ///
    /// let graph = policygraph::builtin();
    /// let as_of = graph.as_of(Date::constant(2026, 1, 1));
    /// assert!(as_of.in_force().map(|document| document.key()).eq(["sx-2025"]));
    ///
    /// let drafts = as_of.documents(Status::Draft).map(|document| document.key());
    /// assert!(drafts.eq(["jl-yongchun", "ln-vbp"]));
    ///
    /// // As a filter: the duties of an agency in documents that are in force.
    /// let agency = graph.agency("山西省药品监督管理局").unwrap();
    /// let duties = agency.duties().filter(|(measure, ..)| {
    ///     as_of.is_in_force(measure.document().id())
    /// });
    /// assert_eq!(duties.count(), agency.duties().len());
    /// ```
    pub fn as_of(&self, day: Date) -> AsOf<'_> {
        AsOf { graph: self, day }
    }
}

impl<'g> AsOf<'g> {
    /// Returns the day.
    pub fn day(self) -> Date {
        self.day
    }

    /// Returns the status of `document`, which its measures share. O(repeals).
    pub fn status(self, document: DocId) -> Status {
        self.reason(document).status()
    }

    /// Returns true if the printed dates of `document` show that it is in force.
    pub fn is_in_force(self, document: DocId) -> bool {
        self.status(document) == Status::InForce
    }

    /// Returns the documents of this status, by key.
    pub fn documents(self, status: Status) -> impl Iterator<Item = DocumentRef<'g>> + Clone {
        let documents = self.graph.documents().filter(move |&id| self.status(id) == status);
        documents.map(move |id| self.graph.at(id))
    }

    /// Returns the documents that are in force by their printed dates, by key.
    pub fn in_force(self) -> impl Iterator<Item = DocumentRef<'g>> + Clone {
        self.documents(Status::InForce)
    }

    /// Returns the measures in documents of this status, by document and position.
    pub fn measures(self, status: Status) -> impl Iterator<Item = MeasureRef<'g>> + Clone {
        self.documents(status).flat_map(DocumentRef::measures)
    }

    /// Returns the number of documents and measures of each status. O(documents).
    ///
    /// ```
    /// use policygraph::Date;
    /// use policygraph::time::Status;
    ///
    /// let census = policygraph::builtin().as_of(Date::constant(2026, 1, 1)).census();
    /// assert_eq!(census.measures[0], (Status::InForce, 28));
    /// assert_eq!(census.documents.iter().map(|(_, count)| count).sum::<usize>(), 13);
    /// ```
    pub fn census(self) -> StatusCensus {
        let mut documents: Vec<_> = Status::ALL.iter().map(|&status| (status, 0)).collect();
        let mut measures = documents.clone();
        for document in self.graph.documents() {
            let status = self.status(document) as usize;
            documents[status].1 += 1;
            measures[status].1 += self.graph.measures_of(document).len();
        }
        StatusCensus { documents, measures }
    }

    /// Returns the reason for the status of `document`, with the dates and words
    /// that prove it. O(repeals).
    ///
    /// ```
    /// use policygraph::Date;
    ///
    /// let graph = policygraph::builtin();
    /// let as_of = graph.as_of(Date::constant(2026, 1, 1));
    /// let reason = |key| as_of.reason(graph.document(key).unwrap().id()).to_string();
    /// assert_eq!(reason("sx-2025"), "from 施行日期 2025-06-16, until 有效期 2027-06-16 (exclusive)");
    /// assert_eq!(reason("nm-2025-18"), "no end of validity is printed, no repeal is known");
    /// assert_eq!(reason("ln-vbp"), "closed to comment");
    /// ```
    pub fn reason(self, document: DocId) -> Reason<'g> {
        let document = self.graph.at(document);
        let dates = &document.record().dates;
        match document.genre() {
            genre @ (Genre::News | Genre::Interview | Genre::Interpretation) => {
                return Reason::Genre(genre);
            }
            Genre::Draft => return self.draft(document, dates),
            Genre::Measures | Genre::Notice => {}
        }
        let printed = |kind, found| PrintedDate::new(kind, document.id(), found);
        let effective = printed(DateKind::Effective, dates.effective.as_ref());
        let end = printed(DateKind::Expires, dates.expires.as_ref());
        let repeal = self.repeal(document);

        if let Some(reason) = self.ended(end, repeal) {
            return reason;
        }
        let to_come = |start: &PrintedDate| start.has_come(self.day) == Some(false);
        if let Some(start) = PrintedDate::of_effect(document).filter(to_come) {
            return Reason::Before(start);
        }
        match (effective, end, repeal) {
            (_, _, Some(repeal)) => Reason::RepealUndated(repeal),
            (_, None, None) => Reason::NoEnd,
            (None, Some(_), None) => Reason::NoStart,
            (Some(from), Some(until), None) => {
                if from.has_come(self.day).is_none() {
                    Reason::InMonth(from)
                } else if until.is_past(self.day).is_none() {
                    Reason::InMonth(until)
                } else {
                    Reason::Within { from, until }
                }
            }
        }
    }

    /// Returns the reason that certainly ended the document by this day: its
    /// repeal, or the end of its validity if that came first.
    fn ended(self, end: Option<PrintedDate>, repeal: Option<Repeal<'g>>) -> Option<Reason<'g>> {
        let end = end.filter(|end| end.is_past(self.day) == Some(true));
        let repeal = repeal
            .filter(|repeal| repeal.from.is_some_and(|from| from.has_come(self.day) == Some(true)));
        let repealed = || repeal.map(Reason::Repealed);
        let Some(end) = end else { return repealed() };
        let was_past = |repeal: Repeal| {
            repeal.from.is_none_or(|from| end.is_past(from.date.last_day()) == Some(true))
        };
        if repeal.is_none_or(was_past) { Some(Reason::After(end)) } else { repealed() }
    }

    /// Returns the earliest repeal that has or may have taken effect by this day.
    fn repeal(self, document: DocumentRef<'g>) -> Option<Repeal<'g>> {
        let policies = self.graph.text_of(document.id()).iter().map(|&id| self.graph.at(id));
        let repeals = policies.flat_map(|policy| {
            policy.repealed_by().map(move |by| Repeal {
                by,
                policy,
                from: PrintedDate::of_effect(by.to()),
            })
        });
        let issued = PrintedDate::of_issue(document).or_else(|| PrintedDate::of_effect(document));
        let valid = repeals.filter(|repeal| {
            let is_later = |from: PrintedDate| {
                issued.is_some_and(|issued| issued.date.first_day() > from.date.last_day())
            };
            repeal.by.to() != document
                && repeal.by.genre().is_instrument()
                && !repeal.from.is_some_and(is_later)
        });
        let effective = valid
            .filter(|repeal| repeal.from.is_none_or(|from| from.has_come(self.day) != Some(false)));
        // Dated repeals first; on one day, by the key of the repealing document.
        effective.min_by_key(|repeal| {
            (repeal.from.is_none(), repeal.from.map(|from| from.date.last_day()), repeal.by.id())
        })
    }

    /// Returns the reason for the status of a draft: its comment period.
    fn draft(self, document: DocumentRef<'g>, dates: &Dates) -> Reason<'g> {
        let printed = |kind, found| PrintedDate::new(kind, document.id(), found);
        let from = printed(DateKind::CommentFrom, dates.comment_from.as_ref());
        let from = from.or_else(|| PrintedDate::of_issue(document));
        let until = printed(DateKind::CommentUntil, dates.comment_until.as_ref());
        let begun = from.and_then(|from| from.has_come(self.day));
        let past = until.and_then(|until| until.is_past(self.day));
        let comments = match (begun, past) {
            (_, Some(true)) => Comments::Closed,
            (Some(false), _) => Comments::NotYet,
            (Some(true), Some(false)) => Comments::Open,
            _ => Comments::Unknown,
        };
        Reason::Draft { comments, from, until }
    }
}
