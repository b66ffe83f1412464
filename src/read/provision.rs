//! The facts of one measure, of the prose of a chapter, or of the body of a document without
//! measures.

mod clauses;
mod task;
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
use super::naming::longer_names::{LongerName, longer_name};
use super::naming::names::{AgencyMention, NamedInstrument, Names, ranges};
use super::naming::zone_bodies::zone_seats;
use super::naming::{agencies, citations};
use crate::model::{Measure, Provision, Rule};
use crate::outline::{MeasureBlock, Row};
use clauses::closes_paragraph;
use combine::combine;
use deadlines::{Place, read_deadlines};
use platforms::Platform;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The rules, in order: each uses what those before it found.
const RULES: [fn(&Context, &mut Draft); 9] = [
    read_duties,
    read_instruments,
    read_platforms,
    read_agencies,
    read_products,
    read_targets,
    read_modality,
    read_due_dates,
    |_, draft| shrink(&mut draft.provision),
];

/// Number of ranges that one rule reads before the next rule does. The code of all rules does not fit
/// into an instruction cache, that of one does.
const BATCH: usize = 32;

/// Reads the measures, in text order.
pub(super) fn measures(context: &Context, blocks: &[MeasureBlock]) -> Vec<Measure> {
    let text = context.names.text;
    // Measures take the most memory, so that the list does not grow step by step.
    let mut measures = Vec::with_capacity(blocks.len());
    let drafts = read(context, blocks.iter().map(Draft::of_measure));
    measures.extend(blocks.iter().zip(drafts).map(|(block, draft)| {
        Measure {
            ordinal: block.ordinal,
            section: block.section,
            title: block
                .title
                .clone()
                .map(|words| text.found(text.printed(words.clone()), words, Rule::Head)),
            span: text.span(block.text.clone()),
            clauses: draft.clauses.into_iter().map(|clause| text.span(clause)).collect(),
            provision: draft.provision,
        }
    }));
    measures
}

/// Reads the prose of each chapter, given by its ranges.
pub(super) fn prose(context: &Context, chapters: &[Vec<Range<usize>>]) -> Vec<Provision> {
    let mut drafts = read(context, chapters.iter().flatten().map(Draft::of_prose));
    let provisions = chapters.iter().map(|ranges| {
        let mut provision =
            combine(drafts.by_ref().take(ranges.len()).map(|draft| draft.provision));
        shrink(&mut provision);
        provision
    });
    provisions.collect()
}

/// Reads the body of a document without measures.
pub(super) fn body(context: &Context, range: Range<usize>) -> Provision {
    prose(context, &[vec![range]]).remove(0)
}

/// A range, and what is read of it so far.
#[derive(Default)]
struct Draft<'b> {
    range: Range<usize>,
    title: Option<&'b Range<usize>>,
    /// The cells, if the range is a row of a table.
    row: Option<&'b Row>,
    /// The responsibility clauses.
    clauses: Vec<Range<usize>>,
    /// The agencies' names in running text: 由A牵头,B协同.
    inline: Vec<Range<usize>>,
    instruments: Vec<NamedInstrument>,
    /// The names of the instruments.
    titled: IntervalSet,
    platforms: Vec<Platform>,
    agencies: Vec<AgencyMention>,
    titles_and_clauses: IntervalSet,
    provision: Provision,
}

impl<'b> Draft<'b> {
    fn of_measure(block: &'b MeasureBlock) -> Draft<'b> {
        let (title, row) = (block.title.as_ref(), block.row.as_deref());
        Draft { range: block.text.clone(), title, row, ..Draft::default() }
    }

    fn of_prose(range: &Range<usize>) -> Draft<'b> {
        Draft { range: range.clone(), ..Draft::default() }
    }
}

/// Reads ranges, in batches.
fn read<'b>(
    context: &'b Context,
    ranges: impl Iterator<Item = Draft<'b>>,
) -> impl Iterator<Item = Draft<'b>> {
    let mut ranges = ranges.peekable();
    std::iter::from_fn(move || {
        ranges.peek()?;
        let mut drafts: Vec<Draft> = ranges.by_ref().take(BATCH).collect();
        for rule in RULES {
            drafts.iter_mut().for_each(|draft| rule(context, draft));
        }
        Some(drafts)
    })
    .flatten()
}

fn read_duties(context: &Context, draft: &mut Draft) {
    let duties = duties::duties(context, &draft.range, draft.row);
    draft.provision.responsible = duties.duties;
    draft.provision.classes = duties.classes;
    (draft.clauses, draft.inline) = (duties.clauses, duties.inline);
}

/// Finds the instruments that are named, and those that are cited.
fn read_instruments(context: &Context, draft: &mut Draft) {
    let text = context.names.text;
    let instruments = citations::named(&context.names, &draft.range);
    let own = |named: &NamedInstrument| {
        let title = context.subject.is_some_and(|subject| subject.is(named));
        let number = context.number.is_some() && named.identity.number.as_deref() == context.number;
        title || (number && named.rule == Rule::Number)
    };
    let others = instruments.iter().filter(|named| !own(named));
    draft.provision.cites = citations::citations(text, others);
    let titles = instruments.iter().map(|named| named.title_range.clone());
    draft.titles_and_clauses = titles.chain(draft.clauses.iter().cloned()).collect();
    draft.titled = ranges(&instruments);
    draft.instruments = instruments;
}

fn read_platforms(context: &Context, draft: &mut Draft) {
    draft.platforms = platforms::platforms(&context.names, &draft.range, &draft.titled);
    draft.provision.platforms = platforms::distinct(context.names.text, &draft.platforms);
}

/// Finds the agencies that are named without a duty.
fn read_agencies(context: &Context, draft: &mut Draft) {
    let Draft { range, provision, .. } = draft;
    let names = &context.names;
    let text = names.text;
    let mut mentions = mentions(names, outside_clauses(range, &draft.clauses));
    if mentions.is_empty() {
        return;
    }
    // The body in 国务院令第739号 or 合肥市大数据中心平台 is not named for itself.
    let other_names: IntervalSet = draft
        .instruments
        .iter()
        .map(|named| named.title_and_numbers(text))
        .chain(draft.platforms.iter().map(|platform| platform.range.clone()))
        .collect();
    let mut known: FxHashSet<&str> =
        provision.responsible.iter().map(|duty| duty.agency.as_str()).collect();
    let inside = |mention: &AgencyMention| {
        draft.titles_and_clauses.contains(&mention.range) || other_names.contains(&mention.range)
    };
    let longer = longer_names(names, range, &mentions, inside);
    for (mention, longer) in mentions.iter().zip(&longer) {
        let named = match longer {
            Some(LongerName::Other) => continue,
            Some(LongerName::Unit(unit)) => unit,
            None => mention,
        };
        if known.insert(&named.name) {
            let name = named.name.to_string();
            provision.agencies.push(text.found(name, named.range.clone(), Rule::Lexicon));
        }
    }
    for (mention, longer) in mentions.iter_mut().zip(longer) {
        if let Some(LongerName::Unit(unit)) = longer {
            *mention = unit;
        }
    }
    draft.agencies = mentions;
}

/// Returns the bodies named in the parts of a range, those of lists of departments and those that run
/// zones too, in text order.
fn mentions(names: &Names, parts: impl Iterator<Item = Range<usize>>) -> Vec<AgencyMention> {
    let mut all = Vec::new();
    for part in parts {
        all.extend(agencies::mentions(names, &part));
        all.extend(agencies::listed_departments(names, &part));
        all.extend(zone_seats(names, &part));
    }
    all.sort_by_key(|mention| mention.range.start);
    all
}

/// Returns the parts of a range outside clauses, which are ascending and disjoint. A merged cell can be
/// in the row of another range.
fn outside_clauses(
    range: &Range<usize>,
    clauses: &[Range<usize>],
) -> impl Iterator<Item = Range<usize>> {
    let inside = |clause: &&Range<usize>| range.start <= clause.start && clause.end <= range.end;
    let clauses = clauses.iter().filter(inside);
    let starts = std::iter::once(range.start).chain(clauses.clone().map(|clause| clause.end));
    let ends = clauses.map(|clause| clause.start).chain([range.end]);
    starts.zip(ends).map(|(start, end)| start..end).filter(|part| !part.is_empty())
}

/// Returns the longer name that each mention begins, or is `inside`. That of a unit ends before the
/// next mention: 省药监局杭州市信息中心 is two bodies.
fn longer_names(
    names: &Names,
    range: &Range<usize>,
    mentions: &[AgencyMention],
    inside: impl Fn(&AgencyMention) -> bool,
) -> Vec<Option<LongerName>> {
    let joins = |unit: &AgencyMention, body: &AgencyMention, next: usize| {
        let next = mentions.get(next).map(|next| next.range.start);
        next.is_some_and(|next| body.range.end <= next && next < unit.range.end)
    };
    let longer = |(place, mention): (usize, &AgencyMention)| match inside(mention) {
        true => Some(LongerName::Other),
        false => longer_name(names, range, mention).filter(
            |longer| !matches!(longer, LongerName::Unit(unit) if joins(unit, mention, place + 1)),
        ),
    };
    mentions.iter().enumerate().map(longer).collect()
}

/// Finds products outside names and clauses.
fn read_products(context: &Context, draft: &mut Draft) {
    let text = context.names.text;
    let mut masked: Vec<Range<usize>> =
        draft.clauses.iter().chain(&draft.inline).cloned().collect();
    masked.extend(draft.instruments.iter().map(|named| named.range.clone()));
    masked.extend(draft.agencies.iter().map(|mention| mention.range.clone()));
    masked.extend(agencies::department_words(text, &draft.range));
    masked.extend(draft.platforms.iter().map(|platform| platform.range.clone()));
    let masked = masked.into_iter().collect();
    draft.provision.products = products::products(text, context.subject, &draft.range, &masked);
}

fn read_targets(context: &Context, draft: &mut Draft) {
    let Draft { range, titled, provision, .. } = draft;
    let text = context.names.text;
    provision.targets = targets::targets(context, range, titled);
    if let Some(row) = draft.row {
        targets::read_row(text, row, draft.title, &mut provision.targets);
    }
}

/// Reads how binding the sentences are. A heading does not bind: it only names the subject. A heading
/// that fills its cell is the task.
fn read_modality(context: &Context, draft: &mut Draft) {
    let text = context.names.text;
    let is_task =
        |title: &&Range<usize>| draft.row.is_some() && closes_paragraph(text.after(title.end));
    let heading = draft.title.filter(|title| !is_task(title));
    let sentences = heading.map_or(draft.range.start, |title| title.end)..draft.range.end;
    draft.provision.modality = modality::modality(text, &sentences, &draft.titles_and_clauses);
}

fn read_due_dates(context: &Context, draft: &mut Draft) {
    let (range, title, row) = (draft.range.clone(), draft.title, draft.row);
    let place = Place { range, clauses: &draft.clauses, title, row };
    read_deadlines(context, &place, &mut draft.provision);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_range_outside_its_clauses() {
        let parts = |clauses: &[Range<usize>]| {
            let parts = outside_clauses(&(10..50), clauses);
            parts.map(|part| format!("{part:?}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(parts(&[]), "10..50");
        assert_eq!(parts(&[10..20, 30..40]), "20..30 40..50");
        // A merged cell of the row above.
        assert_eq!(parts(&[2..8, 30..50]), "10..30");
    }
}
