//! The days on which the status of a document changes.

use crate::graph::DocumentRef;
use crate::model::{Date, Dates};
use crate::time::Status;
use std::collections::BTreeSet;

/// Returns the number of days from 1970-01-01 to a day.
pub(super) fn day_number(day: Date) -> i32 {
    let since = day.since(Date::constant(1970, 1, 1));
    since.map_or(0, |span| span.get_days())
}

/// Returns the statuses of a document, each with its first day; the first is that before all dates.
///
/// A status can change only on a day that the document or one that repeals it prints, and the day after.
pub(super) fn timeline(document: DocumentRef<'_>) -> Vec<(Date, Status)> {
    let graph = document.graph();
    let policies = graph.text_of(document.id()).iter().map(|&policy| graph.at(policy));
    let repealing =
        policies.flat_map(|policy| policy.repealed_by().map(|by| &by.to().record().dates));
    let dates = [&document.record().dates].into_iter().chain(repealing).flat_map(Dates::printed);
    let mut days = BTreeSet::new();
    for date in dates {
        for day in [date.value.first_day(), date.value.last_day()] {
            days.extend([Some(day), day.tomorrow().ok()].into_iter().flatten());
        }
    }
    let status = |day: Date| graph.as_of(day).status(document.id());
    let mut timeline = vec![(Date::MIN, status(Date::MIN))];
    for day in days {
        let now = status(day);
        if timeline.last().is_none_or(|(_, last)| *last != now) {
            timeline.push((day, now));
        }
    }
    timeline
}

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_has_the_status_of_every_day() {
        let graph = crate::builtin();
        for document in graph.documents().map(|id| graph.at(id)) {
            let timeline = timeline(document);
            let mut day = Date::constant(2021, 1, 1);
            while day < Date::constant(2028, 1, 1) {
                let (_, status) = timeline.iter().rfind(|(first, _)| *first <= day).unwrap();
                assert_eq!(*status, graph.as_of(day).status(document.id()), "{day}");
                day = day.tomorrow().unwrap();
            }
        }
    }
}
