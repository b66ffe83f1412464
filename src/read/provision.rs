//! One measure, or one body: everything it says.

use super::citations::{Named, names_itself};
use super::context::Context;
use super::duties::Duties;
use crate::model::{Found, Measure, Provision, Rule};
use crate::outline::Block;
use std::ops::Range;

/// Reads a measure.
pub(crate) fn measure(context: &Context, block: &Block) -> Measure {
    let (provision, duties) = provision(context, block.text.clone());
    let title = block
        .title
        .clone()
        .map(|words| context.found(context.printed(words.clone()), words, Rule::Head));
    Measure {
        n: block.n,
        section: block.section,
        title,
        span: context.span(block.text.clone()),
        clauses: duties.clauses.into_iter().map(|clause| context.span(clause)).collect(),
        provision,
    }
}

/// Reads the text of a document without measures.
pub(crate) fn body(context: &Context, range: Range<usize>) -> Provision {
    provision(context, range).0
}

fn provision(context: &Context, range: Range<usize>) -> (Provision, Duties) {
    let mut duties = context.duties(&range);
    let instruments = context.instruments(&range);
    let platforms = context.platforms(&range, &instruments);

    // Words inside a name are about the name.
    let mut masked: Vec<Range<usize>> =
        duties.clauses.iter().chain(&duties.inline).cloned().collect();
    masked.extend(instruments.iter().map(|named| named.whole.clone()));
    let mut agencies: Vec<Found<String>> = Vec::new();
    let mut mentions = context.agencies(&range);
    mentions.extend(context.departments(&range));
    mentions.sort_by_key(|mention| mention.range.start);
    for mention in mentions {
        let inside =
            |r: &Range<usize>| r.start <= mention.range.start && mention.range.end <= r.end;
        let in_title = instruments.iter().any(|named| inside(&named.words));
        let in_clause = duties.clauses.iter().any(inside);
        let known = agencies.iter().any(|a| a.value == mention.name)
            || duties.duties.iter().any(|duty| duty.agency == mention.name);
        masked.push(mention.range.clone());
        if !in_title && !in_clause && !known {
            agencies.push(context.found(mention.name, mention.range, Rule::Lexicon));
        }
    }
    masked.extend(context.department_words(&range));
    masked.extend(platforms.iter().map(|platform| platform.range.clone()));
    let own = |named: &Named| {
        context.subject.as_deref().is_some_and(|subject| names_itself(subject, named))
    };
    let provision = Provision {
        responsible: std::mem::take(&mut duties.duties),
        agencies,
        cites: context.cites(instruments.iter().filter(|named| !own(named))),
        products: context.products(&range, &masked),
        targets: context.targets(&range, &instruments),
        platforms: context.platform_names(&platforms),
    };
    (provision, duties)
}
