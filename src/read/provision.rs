//! The facts of one measure, of the prose of a chapter, or of the body of a document without
//! measures.

mod clauses;
mod combine;
mod deadlines;
mod inline_duties;
pub(super) mod duties;
mod modality;
mod platforms;
mod products;
mod targets;

use super::context::Context;
use super::interval_set::IntervalSet;
use super::naming::names::NamedInstrument;
use super::naming::{agencies, citations};
use crate::model::{Found, Measure, Provision, Rule};
use crate::outline::{MeasureBlock, Row};
use clauses::closes_paragraph;
use combine::combine;
use deadlines::{Place, read_deadlines};
use std::collections::HashSet;
use std::ops::Range;

/// Reads a measure.
pub(super) fn measure(context: &Context, block: &MeasureBlock) -> Measure {
    let text = context.names.text;
    let row = block.row.as_deref();
    // A heading does not bind: it only names the subject. A heading that fills its cell is the task.
    let is_task = |title: &Range<usize>| row.is_some() && closes_paragraph(text.after(title.end));
    let title = block.title.as_ref().filter(|title| !is_task(title));
    let binding = title.map_or(block.text.start, |title| title.end);
    let Read { mut provision, clauses } = read(context, block.text.clone(), binding, row);
    if let Some(row) = row {
        let title = block.title.as_ref();
        targets::read_row(text, row, title, &mut provision.targets);
    }
    let place =
        Place { range: block.text.clone(), clauses: &clauses, title: block.title.as_ref(), row };
    read_deadlines(context, &place, &mut provision);
    let title =
        block.title.clone().map(|words| text.found(text.printed(words.clone()), words, Rule::Head));
    Measure {
        ordinal: block.ordinal,
        section: block.section,
        title,
        span: text.span(block.text.clone()),
        clauses: clauses.into_iter().map(|clause| text.span(clause)).collect(),
        provision,
    }
}

/// Reads the prose of a chapter.
pub(super) fn prose(context: &Context, ranges: &[Range<usize>]) -> Provision {
    let mut provision = combine(ranges.iter().map(|range| undivided(context, range)));
    shrink(&mut provision);
    provision
}

/// Reads the body of a document without measures.
pub(super) fn body(context: &Context, range: Range<usize>) -> Provision {
    undivided(context, &range)
}

/// Reads a range without a heading.
fn undivided(context: &Context, range: &Range<usize>) -> Provision {
    let Read { mut provision, clauses } = read(context, range.clone(), range.start, None);
    let place = Place { range: range.clone(), clauses: &clauses, title: None, row: None };
    read_deadlines(context, &place, &mut provision);
    provision
}

/// A provision, and the ranges of its responsibility clauses.
struct Read {
    provision: Provision,
    clauses: Vec<Range<usize>>,
}

/// Reads a range. Sentences can bind from `binding` on, the end of the heading.
///
/// * `row`: the cells, if the range is a row of a table.
fn read(context: &Context, range: Range<usize>, binding: usize, row: Option<&Row>) -> Read {
    let names = &context.names;
    let text = names.text;
    let duties = duties::duties(context, &range, row);
    let instruments = citations::named(names, &range);
    let platforms = platforms::platforms(names, &range, &instruments);

    let titles = instruments.iter().map(|named| named.title_range.clone());
    let titles_and_clauses: IntervalSet = titles.chain(duties.clauses.iter().cloned()).collect();
    // The body in 国务院令第739号 or 合肥市大数据中心平台 is not named for itself.
    let other_names: IntervalSet = instruments
        .iter()
        .map(|named| named.title_and_numbers(text))
        .chain(platforms.iter().map(|platform| platform.range.clone()))
        .collect();
    let mut mentions = agencies::mentions(names, &range);
    mentions.extend(agencies::listed_departments(names, &range));
    mentions.sort_by_key(|mention| mention.range.start);

    // The words of a name do not name products.
    let mut masked: Vec<Range<usize>> =
        duties.clauses.iter().chain(&duties.inline).cloned().collect();
    masked.extend(instruments.iter().map(|named| named.range.clone()));
    masked.extend(mentions.iter().map(|mention| mention.range.clone()));
    masked.extend(agencies::department_words(text, &range));
    masked.extend(platforms.iter().map(|platform| platform.range.clone()));

    let mut known: HashSet<&str> = duties.duties.iter().map(|duty| duty.agency.as_str()).collect();
    let mut mentioned: Vec<Found<String>> = Vec::new();
    for mention in &mentions {
        let part = titles_and_clauses.contains(&mention.range)
            || other_names.contains(&mention.range)
            || agencies::begins_longer_name(text, &range, mention);
        if !part && known.insert(&mention.name) {
            mentioned.push(text.found(
                mention.name.to_string(),
                mention.range.clone(),
                Rule::Lexicon,
            ));
        }
    }
    let own = |named: &NamedInstrument| {
        let title = context.subject.is_some_and(|subject| subject.is(named));
        let number = context.number.is_some() && named.identity.number.as_deref() == context.number;
        title || (number && named.rule == Rule::Number)
    };
    let mut provision = Provision {
        agencies: mentioned,
        cites: citations::citations(text, instruments.iter().filter(|named| !own(named))),
        products: products::products(text, context.subject, &range, &masked.into_iter().collect()),
        targets: targets::targets(text, &range, &instruments, context.has_results),
        platforms: platforms::distinct(text, &platforms),
        modality: modality::modality(text, &(binding..range.end), &titles_and_clauses),
        responsible: duties.duties,
        classes: duties.classes,
        deadlines: Vec::new(),
    };
    shrink(&mut provision);
    Read { provision, clauses: duties.clauses }
}

/// Frees the unused capacity of the lists: a document may have a measure every 6 bytes, and
/// most lists have one fact or none.
fn shrink(provision: &mut Provision) {
    let Provision {
        responsible,
        classes,
        agencies,
        cites,
        products,
        targets,
        deadlines,
        platforms,
        modality,
    } = provision;
    responsible.shrink_to_fit();
    classes.shrink_to_fit();
    agencies.shrink_to_fit();
    cites.shrink_to_fit();
    products.shrink_to_fit();
    targets.shrink_to_fit();
    deadlines.shrink_to_fit();
    platforms.shrink_to_fit();
    modality.shrink_to_fit();
}
