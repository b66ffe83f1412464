//! One measure, or one body: everything it says.

mod clauses;
mod duties;
mod inline_duties;
mod modality;
mod platforms;
mod products;
mod targets;

use super::context::Context;
use super::interval_set::Cover;
use super::naming::citations::Named;
use crate::model::{Found, Measure, Provision, Rule};
use crate::outline::Block;
use duties::Duties;
use std::collections::HashSet;
use std::ops::Range;

/// Reads a measure.
pub(crate) fn measure(context: &Context, block: &Block) -> Measure {
    // A heading names what is to be done; it does not bind.
    let said = block.title.as_ref().map_or(block.text.start, |title| title.end);
    let (provision, duties) = provision(context, block.text.clone(), said);
    let title = block
        .title
        .clone()
        .map(|words| context.found(context.printed(words.clone()), words, Rule::Head));
    Measure {
        n: block.ordinal,
        section: block.section,
        title,
        span: context.span(block.text.clone()),
        clauses: duties.clauses.into_iter().map(|clause| context.span(clause)).collect(),
        provision,
    }
}

/// Reads the text of a document without measures.
pub(crate) fn body(context: &Context, range: Range<usize>) -> Provision {
    let start = range.start;
    provision(context, range, start).0
}

/// Reads a range; what it says begins at `said`, behind the heading.
fn provision(context: &Context, range: Range<usize>, said: usize) -> (Provision, Duties) {
    let mut duties = context.duties(&range);
    let instruments = context.instruments(&range);
    let platforms = context.platforms(&range, &instruments);

    // Words inside a name are about the name.
    let mut masked: Vec<Range<usize>> =
        duties.clauses.iter().chain(&duties.inline).cloned().collect();
    masked.extend(instruments.iter().map(|named| named.whole.clone()));
    let words = instruments.iter().map(|named| named.words.clone());
    let names: Cover = words.chain(duties.clauses.iter().cloned()).collect();
    let mut known: HashSet<String> = duties.duties.iter().map(|duty| duty.agency.clone()).collect();
    let mut agencies: Vec<Found<String>> = Vec::new();
    let mut mentions = context.agencies(&range);
    mentions.extend(context.departments(&range));
    mentions.sort_by_key(|mention| mention.range.start);
    for mention in mentions {
        masked.push(mention.range.clone());
        if !names.holds(&mention.range) && known.insert(mention.name.clone()) {
            agencies.push(context.found(mention.name, mention.range, Rule::Lexicon));
        }
    }
    masked.extend(context.department_words(&range));
    masked.extend(platforms.iter().map(|platform| platform.range.clone()));
    let own = |named: &Named| context.subject.as_ref().is_some_and(|subject| subject.is(named));
    let provision = Provision {
        responsible: std::mem::take(&mut duties.duties),
        agencies,
        cites: context.cites(instruments.iter().filter(|named| !own(named))),
        products: context.products(&range, &masked.into_iter().collect()),
        targets: context.targets(&range, &instruments),
        platforms: context.platform_names(&platforms),
        modality: context.modality(&(said..range.end), &names),
    };
    (provision, duties)
}
