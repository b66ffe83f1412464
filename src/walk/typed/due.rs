//! Filters by the last day of deadlines.

use super::{Position, Walk};
use crate::graph::{DeadlineId, Graph, Provider};
use crate::model::{Date, Deadline};
use std::ops::RangeBounds;

/// Returns true if the last day is known and before `day`.
fn is_before(deadline: &Deadline, day: Date) -> bool {
    deadline.by.is_some_and(|by| by < day)
}

/// Returns true if the last day is before `day` and the deadline does not return.
fn is_overdue(deadline: &Deadline, day: Date) -> bool {
    is_before(deadline, day) && !deadline.recurring
}

fn is_due_in(deadline: &Deadline, days: &impl RangeBounds<Date>) -> bool {
    deadline.by.is_some_and(|by| days.contains(&by))
}

impl<'g, I: Iterator<Item: Position<Id = DeadlineId>>> Walk<'g, DeadlineId, I> {
    /// Keeps the deadlines whose last day is before `day`. Those without a known day are left out;
    /// of a recurring one the first day counts.
    ///
    /// ```
    /// use policygraph::Date;
    ///
    /// let graph = policygraph::builtin();
    /// let due = graph.walk(graph.deadlines()).due_before(Date::constant(2024, 1, 1));
    /// let due: Vec<_> = due.map(|deadline| graph.key(deadline.id()).to_string()).collect();
    /// assert_eq!(due, ["deadline:nm-2022-26/8#1"]);
    /// ```
    pub fn due_before(self, day: Date) -> Walk<'g, DeadlineId, impl Iterator<Item = I::Item>> {
        self.filter(move |deadline| is_before(deadline.record(), day))
    }

    /// Keeps the deadlines that are over on `day`: their last day is before it and they do not
    /// return. Whether the task is done is not in the text.
    ///
    /// ```
    /// use policygraph::Date;
    ///
    /// let graph = policygraph::builtin();
    /// let day = Date::constant(2025, 12, 1);
    /// let overdue = graph.document("nm-2022-26").unwrap().walk().measures().deadlines();
    /// assert_eq!(overdue.overdue_on(day).count(), 7);
    /// ```
    pub fn overdue_on(self, day: Date) -> Walk<'g, DeadlineId, impl Iterator<Item = I::Item>> {
        self.filter(move |deadline| is_overdue(deadline.record(), day))
    }

    /// Keeps the deadlines whose last day is in a range of days.
    ///
    /// ```
    /// use policygraph::Date;
    ///
    /// let graph = policygraph::builtin();
    /// let april = Date::constant(2025, 4, 1)..Date::constant(2025, 5, 1);
    /// let due = graph.walk(graph.deadlines()).due_in(april).measure();
    /// let measures: Vec<_> = due.map(|measure| measure.key().position).collect();
    /// assert_eq!(measures, [2, 4, 8, 11, 14]);
    /// ```
    pub fn due_in(
        self,
        days: impl RangeBounds<Date>,
    ) -> Walk<'g, DeadlineId, impl Iterator<Item = I::Item>> {
        self.filter(move |deadline| is_due_in(deadline.record(), &days))
    }
}

impl<'g, P: Provider, I: Iterator<Item: Position<Id = P>>> Walk<'g, P, I> {
    fn with_deadline(
        self,
        is: impl Fn(&Deadline) -> bool,
    ) -> Walk<'g, P, impl Iterator<Item = I::Item>> {
        let graph: &Graph = self.graph;
        let keep = move |position: &I::Item| {
            graph.sets(position.id()).iter().any(|&id| is(graph.at(id).record()))
        };
        Walk::new(graph, self.positions.filter(keep))
    }

    /// Keeps the measures, or the chapters or documents by their own provision, with a deadline
    /// whose last day is before `day`. Of a recurring one the first day counts.
    ///
    /// ```
    /// use policygraph::Date;
    ///
    /// let graph = policygraph::builtin();
    /// let due = graph.walk(graph.measures()).due_before(Date::constant(2024, 5, 1));
    /// let keys = due.map(|measure| measure.key().to_string());
    /// assert!(keys.eq(["nm-2022-26/7", "nm-2022-26/8"]));
    /// ```
    pub fn due_before(self, day: Date) -> Walk<'g, P, impl Iterator<Item = I::Item>> {
        self.with_deadline(move |deadline| is_before(deadline, day))
    }

    /// Keeps the measures, or the chapters or documents by their own provision, with a deadline
    /// that is over on `day` and does not return. Whether the task is done is not in the text.
    ///
    /// ```
    /// use policygraph::Date;
    ///
    /// let graph = policygraph::builtin();
    /// let overdue = |day| graph.walk(graph.measures()).overdue_on(day).count();
    /// assert_eq!(overdue(Date::constant(2023, 4, 18)), 0);
    /// assert_eq!(overdue(Date::constant(2023, 4, 19)), 1);
    /// ```
    pub fn overdue_on(self, day: Date) -> Walk<'g, P, impl Iterator<Item = I::Item>> {
        self.with_deadline(move |deadline| is_overdue(deadline, day))
    }
}
