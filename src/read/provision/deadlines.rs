//! Deadlines: times by which a task is due, and the task.

mod expression;
mod days;
mod accept;
mod bind;

use crate::model::{Anchor, Deadline, Provision, Target};
use crate::read::context::Context;
use crate::read::naming::enumerations::is_joiner;
use crate::read::scanned_text::ScannedText;
use crate::text::until_mark;
use accept::{Accepted, Reader};
pub(super) use bind::Place;
use bind::{Binder, is_of_row};
use days::{Before, Days};
use expression::{Part, When, Year, expression_at};
use std::ops::Range;

/// Adds the deadlines of a place, in text order, and dates the targets of their sentences. O(n).
pub(super) fn read_deadlines(context: &Context, place: &Place, provision: &mut Provision) {
    let text = context.names.text;
    let reader = Reader {
        text,
        days: Days::new(
            context.dates,
            context.subject.map(|subject| subject.title.as_str()),
            &text.lexicon.cues.deadlines.past_years,
        ),
        is_report: context.is_report,
        range: place.range.clone(),
        clauses: place.clauses.iter().cloned().collect(),
        targets: &provision.targets,
        cell: place.row.and_then(|row| row.deadline.clone()),
    };
    let found = scan(&reader, &place.range);
    if found.is_empty() {
        return;
    }
    let binder = Binder::new(text, place, &provision.responsible);
    let mut deadlines: Vec<Deadline> = found.iter().map(|found| binder.deadline(found)).collect();
    for at in (1..found.len()).rev() {
        if is_joiner(text.slice(found[at - 1].range.end..found[at].range.start)) {
            deadlines[at - 1].task = deadlines[at].task;
        }
    }
    date_targets(text, place, &found, &mut deadlines, &mut provision.targets);
    pair_with_values(text, place, &found, &mut deadlines, &mut provision.targets);
    provision.deadlines = deadlines;
}

/// Returns the deadlines of a range, in text order.
fn scan(reader: &Reader, range: &Range<usize>) -> Vec<Accepted> {
    let text = reader.text;
    let words = text.before(range.end);
    let mut found = Vec::new();
    let mut before = Before::default();
    // Joined parts of a year that are no deadlines by themselves, and the end of the last one.
    let mut listed: Vec<Accepted> = Vec::new();
    let mut listed_end = range.start;
    let (mut at, mut from) = (range.start, range.start);
    while let Some(unit) = text.view.index().next_time(words, at..range.end) {
        at = unit + UNIT;
        if words[unit..].starts_with('前') {
            if let Some(event) = reader.before_event(unit, from) {
                from = event.range.end;
                found.push(event);
            }
            continue;
        }
        let Some(expression) = expression_at(words, from, unit) else { continue };
        if words[from..expression.range.start].contains(['。', '\n']) {
            before = Before::default();
        }
        let accepted = reader.accept(&expression, &before, found.last());
        let accepted = accepted
            .map(|found| Accepted { range: found.range.start.max(from)..found.range.end, ..found });
        // 3月底、6月底、12月底前: the first ones are deadlines as the last one is.
        if !is_joiner(&words[listed_end..expression.range.start]) {
            listed.clear();
        }
        match accepted {
            Some(_) => found.append(&mut listed),
            None => listed.extend(reader.part(&expression, &before)),
        }
        listed_end = expression.range.end;
        (at, from) = (expression.range.end, expression.range.end);
        if let When::Part(year, part) = expression.when {
            match year {
                Year::Printed(year) if part == Part::Whole && words[at..].starts_with('起') => {
                    before.since = Some(year);
                }
                Year::Printed(year) => before = Before { year: Some(year), ..Before::default() },
                Year::Following => before.year = before.year.map(|year| year + 1),
                _ => before.recurring = accepted.as_ref().is_some_and(|found| found.last.recurring),
            }
        }
        found.extend(accepted);
    }
    found
}

/// Length in bytes of each of the units.
const UNIT: usize = '年'.len_utf8();

/// Gives each target without a deadline that of its sentence, and binds every deadline to its
/// targets. Both are in text order. O(targets + deadlines).
fn date_targets(
    text: &ScannedText,
    place: &Place,
    found: &[Accepted],
    deadlines: &mut [Deadline],
    targets: &mut [Target],
) {
    let ends: Vec<u32> =
        found.iter().map(|found| text.span(sentence(text, place, &found.range)).end).collect();
    let mut first = 0;
    for (position, target) in (0..).zip(targets) {
        while deadlines.get(first + 1).is_some_and(|next| next.span.end < target.span.end) {
            first += 1;
        }
        let deadline = &mut deadlines[first];
        let in_sentence = deadline.span.end < target.span.end && target.span.start < ends[first];
        let whole_row = place.row.is_some() && is_of_row(place, &found[first]);
        if !in_sentence && !whole_row {
            continue;
        }
        let words = || text.slice(found[first].range.clone());
        match &target.deadline {
            Some(own) => {
                let printed = words().replace('\n', "");
                if !own.contains(&printed) && !printed.contains(own.as_str()) {
                    continue;
                }
            }
            None if found[first].last.anchor == Anchor::Event => continue,
            None => target.deadline = Some(words().replace('\n', "")),
        }
        deadline.targets.push(position);
    }
}

/// Gives each of several values its own deadline, if as many are listed:
/// 到2026年底和2027年底,直连率分别达到60%和90%.
fn pair_with_values(
    text: &ScannedText,
    place: &Place,
    found: &[Accepted],
    deadlines: &mut [Deadline],
    targets: &mut [Target],
) {
    let joined = |pair: &[Accepted]| is_joiner(text.slice(pair[0].range.end..pair[1].range.start));
    let mut first = 0;
    for last in 0..found.len() {
        if last + 1 < found.len() && joined(&found[last..last + 2]) {
            continue;
        }
        let run = first..last + 1;
        first = run.end;
        if run.len() < 2 {
            continue;
        }
        let end = text.span(sentence(text, place, &found[last].range)).end;
        let from = deadlines[last].span.end;
        let begin = targets.partition_point(|target| target.span.end <= from);
        let values = targets.partition_point(|target| target.span.start < end);
        let values = begin..values.max(begin);
        let shared = |target: &Target| target.span.slice(text.source).contains("分别");
        if values.len() != run.len() || !shared(&targets[values.start]) {
            continue;
        }
        for (at, value) in run.zip(values) {
            let words = text.slice(found[at].range.clone()).replace('\n', "");
            targets[value].deadline = Some(words);
            deadlines[at].targets = u32::try_from(value).into_iter().collect();
        }
    }
}

/// Returns the range from an expression to the end of its sentence.
fn sentence(text: &ScannedText, place: &Place, range: &Range<usize>) -> Range<usize> {
    /// Maximum length of the rest of a sentence in characters.
    const NEAR: usize = 300;
    let rest = text.slice(range.end..place.range.end.max(range.end));
    let rest = until_mark(rest, NEAR, &['。', ';', '\n']);
    range.start..range.end + rest.len()
}

#[cfg(test)]
mod tests;
