//! Responsibility in running text: 由四川省药监局牵头,重庆市药监局协同; 由省药监局负责.

use crate::model::Role;
use crate::read::interval_set::IntervalSet;
use crate::read::naming::agencies::{self, lists};
use crate::read::naming::names::{AgencyMention, Names};
use crate::text::{is_han, occurrences, since_mark, suffix_start, until_mark};
use std::cmp::Reverse;
use std::ops::Range;

/// Maximum distance between a verb and the names before or after it, in characters.
const LONGEST: usize = 200;

/// An agency that running text makes responsible.
pub(super) struct InlineDuty {
    pub(super) agency: AgencyMention,
    pub(super) role: Role,
}

/// Returns the duties in running text, outside `clauses`. O(n).
pub(super) fn inline_duties(
    names: &Names,
    range: &Range<usize>,
    clauses: &IntervalSet,
) -> Vec<InlineDuty> {
    let text = names.text.slice(range.clone());
    let mut duties = Vec::new();
    let leading = &names.text.lexicon.cues.duties.leading;
    let mut verbs: Vec<Range<usize>> =
        outside(leading.occurrences(text), range.start, clauses).collect();
    // Only the first and longest of overlapping verbs counts.
    verbs.sort_unstable_by_key(|verb| (verb.start, Reverse(verb.end)));
    verbs.dedup_by(|next, verb| next.start < verb.end);
    let mut from = range.start;
    for (at, verb) in verbs.iter().enumerate() {
        let leads = leads(names, from..verb.start);
        from = verb.end;
        if !leads.is_empty() {
            duties.extend(leads);
            let next = verbs.get(at + 1).map_or(range.end, |next| next.start);
            duties.extend(supports(names, verb.start..next));
        }
    }
    let mut from = range.start;
    let duties_of = occurrences(text, "负责").map(|at| at..at + "负责".len());
    for verb in outside(duties_of, range.start, clauses) {
        if !is_about_interpretation(names, range, &verb) {
            let named = responsible(names, from..verb.start);
            let named =
                if named.is_empty() { subjects(names, from..verb.start, verb.end) } else { named };
            duties.extend(named);
        }
        from = verb.end;
    }
    duties
}

/// Returns true if a verb is of a sentence on who interprets the document: 本办法由省药监局负责解释,
/// 本规定的解释工作由省教育厅负责.
fn is_about_interpretation(names: &Names, range: &Range<usize>, verb: &Range<usize>) -> bool {
    const INTERPRET: &str = "解释";
    const MARKS: [char; 3] = ['。', ';', '\n'];
    let text = names.text;
    let before = since_mark(text.slice(range.start..verb.start), LONGEST, &MARKS);
    let after = until_mark(text.slice(verb.end..range.end), LONGEST, &MARKS);
    let ends = |rest: &str| {
        rest.is_empty() || !rest.starts_with(is_han) || rest.starts_with(['和', '与', '及', '并'])
    };
    let alone = || {
        after.split_once(INTERPRET).is_some_and(|(manner, rest)| {
            (manner.is_empty() || text.lexicon.cues.duties.manners.contains(manner)) && ends(rest)
        })
    };
    let own_texts = &text.lexicon.cues.duties.own_texts;
    let own =
        || before.starts_with(INTERPRET) || own_texts.occur_in(before) || own_texts.occur_in(after);
    alone() || ((before.contains(INTERPRET) || after.contains(INTERPRET)) && own())
}

/// Returns the occurrences of verbs outside `clauses`, counted from `start` on.
fn outside(
    verbs: impl Iterator<Item = Range<usize>>,
    start: usize,
    clauses: &IntervalSet,
) -> impl Iterator<Item = Range<usize>> {
    let ranges = verbs.map(move |verb| start + verb.start..start + verb.end);
    ranges.filter(|range| !clauses.contains(range))
}

/// Returns the agencies named at the end of a range, before 牵头.
fn leads(names: &Names, range: Range<usize>) -> Vec<InlineDuty> {
    let clause = since_mark(names.text.slice(range.clone()), LONGEST, &['。', ',', ';', ':', '(']);
    let leads = names_ending(names, &(range.end - clause.len()..range.end)).into_iter();
    leads.map(|agency| InlineDuty { agency, role: Role::Lead }).collect()
}

/// Returns the supporting agencies after 牵头, in the same sentence.
fn supports(names: &Names, range: Range<usize>) -> Vec<InlineDuty> {
    let text = names.text;
    let sentence = until_mark(text.slice(range.clone()), LONGEST, &['。', ';', '\n']);
    let end = range.start + sentence.len();
    let mentions = agencies::mentions(names, &(range.start..end));
    let mut duties = Vec::new();
    let cues = &text.lexicon.cues.duties;
    // 省能源局牵头,会同省财政厅制定: the verb is before the names.
    let after = cues.leading.strip_start(sentence).unwrap_or(sentence).trim_start_matches(',');
    let with = after.strip_prefix("会同").map(|names| end - names.len());
    // First of the names that the next verb applies to.
    let mut first = 0;
    for (at, mention) in mentions.iter().enumerate() {
        let next = mentions.get(at + 1).map_or(end, |next| next.range.start);
        let verb = text.slice(mention.range.end..next);
        let listed = lists(text, mention.range.end..next);
        let after_with = !listed && with == Some(mentions[first].range.start);
        if after_with || cues.supports.start(verb).is_some() {
            let supports = mentions[first..=at].iter().cloned();
            duties.extend(supports.map(|agency| InlineDuty { agency, role: Role::Support }));
            first = at + 1;
        } else if !listed {
            first = at + 1;
        }
    }
    duties
}

/// Returns the agencies between 由 and 负责, at the end of a range; those before 会同 lead.
fn responsible(names: &Names, range: Range<usize>) -> Vec<InlineDuty> {
    let text = names.text;
    let near = range.start + suffix_start(text.slice(range.clone()), LONGEST);
    let agencies = names_ending(names, &(near..range.end));
    if !agencies.first().is_some_and(|m| text.slice(near..m.range.start).ends_with('由')) {
        return Vec::new();
    }
    let before_with = |m: &AgencyMention| text.slice(m.range.end..range.end).starts_with("会同");
    let last_lead = agencies.iter().position(before_with);
    let alone = if agencies.len() > 1 { Role::Joint } else { Role::Sole };
    let role = |place| match last_lead {
        Some(last) if place <= last => Role::Lead,
        Some(_) => Role::Support,
        None => alone,
    };
    let agencies = agencies.into_iter().enumerate();
    agencies.map(|(place, agency)| InlineDuty { agency, role: role(place) }).collect()
}

/// Returns the agencies that are the subject of a sentence with 负责: 科技部、中国社科院分别负责….
///
/// * `range`: the text before 负责, which ends at `verb_end`.
fn subjects(names: &Names, range: Range<usize>, verb_end: usize) -> Vec<InlineDuty> {
    const MARKS: [char; 5] = ['。', ';', ':', '\n', ','];
    let text = names.text;
    let cues = &text.lexicon.cues.duties;
    let near = range.start + suffix_start(text.slice(range.clone()), LONGEST);
    let before = text.slice(near..range.end);
    let Some(manner) = cues.shared.end(before) else { return Vec::new() };
    let list = near..range.end - manner.len();
    let agencies = names_ending(names, &list);
    let Some(first) = agencies.first().map(|agency| agency.range.start) else { return Vec::new() };
    let opens = first == range.start || text.before(first).ends_with(MARKS);
    let after = text.after(verb_end);
    if agencies.len() < 2 || !opens || after.starts_with(['人', '制']) {
        return Vec::new();
    }
    agencies.into_iter().map(|agency| InlineDuty { agency, role: Role::Joint }).collect()
}

/// Returns the agencies of the list at the end of a range.
fn names_ending(names: &Names, range: &Range<usize>) -> Vec<AgencyMention> {
    let mut mentions = agencies::mentions(names, range);
    let mut first = mentions.len();
    let mut next = range.end;
    while let Some(mention) = first.checked_sub(1).map(|at| &mentions[at]) {
        let joined = match next == range.end {
            true => mention.range.end == next,
            false => lists(names.text, mention.range.end..next),
        };
        if !joined {
            break;
        }
        (first, next) = (first - 1, mention.range.start);
    }
    mentions.split_off(first)
}
