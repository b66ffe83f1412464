//! Responsibility in running text: 由四川省药监局牵头,重庆市药监局协同; 由省药监局负责.

use crate::model::Role;
use crate::read::interval_set::IntervalSet;
use crate::read::naming::agencies::{self, lists};
use crate::read::naming::by_form::named_by_form;
use crate::read::naming::canonical::ends_as_body;
use crate::read::naming::names::{AgencyMention, Names};
use crate::read::provision::task::{is_attribute, is_person};
use crate::read::word_places::Sought;
use crate::text::{is_han, is_within, occurrences, since_mark, suffix_start, until_mark};
use std::ops::Range;

/// Maximum distance between a verb and the names before or after it, in characters.
const LONGEST: usize = 200;

/// Marks that end the task after 负责.
const TASK_ENDS: [char; 6] = ['。', ';', ':', '\n', ',', ')'];

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
    let text = names.text;
    let outside = |verb: &Range<usize>| !clauses.contains(verb);
    let mut duties = Vec::new();
    let mut verbs: Vec<Range<usize>> =
        text.places(Sought::LeadVerbs, range).filter(outside).collect();
    // Only the first and longest of overlapping verbs counts.
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
    for verb in text.places(Sought::Responsible, range).filter(outside) {
        if !is_about_interpretation(names, range, &verb) {
            duties.extend(responsible(names, from..verb.start, verb.end));
        }
        from = verb.end;
    }
    duties
}

/// Returns true if a verb is of a sentence on who interprets the document: 本办法由省药监局负责解释,
/// 本规定的解释工作由省教育厅负责.
fn is_about_interpretation(names: &Names, range: &Range<usize>, verb: &Range<usize>) -> bool {
    const MARKS: [char; 3] = ['。', ';', '\n'];
    let text = names.text;
    let cues = &text.lexicon.cues.duties;
    let before = since_mark(text.slice(range.start..verb.start), LONGEST, &MARKS);
    let after = until_mark(text.slice(verb.end..range.end), LONGEST, &MARKS);
    let ends = |rest: &str| {
        rest.is_empty() || !rest.starts_with(is_han) || rest.starts_with(['和', '与', '及', '并'])
    };
    let interpreting = cues.interpreting.first(after);
    let alone = interpreting.is_some_and(|(at, word)| {
        let (manner, rest) = (&after[..at], &after[at + word.len()..]);
        (manner.is_empty() || cues.manners.contains(manner)) && ends(rest)
    });
    let own = || {
        cues.interpreting.start(before).is_some()
            || cues.own_texts.occur_in(before)
            || cues.own_texts.occur_in(after)
    };
    alone || ((interpreting.is_some() || cues.interpreting.occur_in(before)) && own())
}

/// Returns the agencies named in a range, and the bodies that no table lists before a list mark or a
/// verb of support, in text order.
fn with_bodies_by_form(names: &Names, range: &Range<usize>) -> Vec<AgencyMention> {
    let text = names.text.slice(range.clone());
    let mut mentions = agencies::mentions(names, range);
    let verbs = names.text.lexicon.cues.duties.supports.occurrences(text).map(|verb| verb.start);
    let companies = names.text.lexicon.names.companies.occurrences(text).map(|word| word.end);
    // 牵头,会同国网酒泉供电公司,编制方案
    let with = names.text.lexicon.cues.duties.with.first(text);
    let with = with.and_then(|(at, _)| Some(at + text[at..].find(',')?));
    let mut ends: Vec<usize> =
        occurrences(text, "、").chain(verbs).chain(companies).chain(with).collect();
    ends.sort_unstable();
    let mut last = range.start;
    for end in ends.into_iter().map(|end| range.start + end) {
        let at = mentions.partition_point(|mention| mention.range.end < end);
        if mentions.get(at).is_some_and(|mention| mention.range.start < end) {
            continue;
        }
        if let Some(name) = named_by_form(names, &(last..end)) {
            last = end;
            let from = mentions.partition_point(|mention| mention.range.end <= name.range.start);
            mentions.splice(from..at, [name]);
        }
    }
    mentions
}

/// Returns the agencies named at the end of a range, before 牵头.
fn leads(names: &Names, range: Range<usize>) -> Vec<InlineDuty> {
    let clause = since_mark(names.text.slice(range.clone()), LONGEST, &['。', ',', ';', ':', '(']);
    // 市文旅局为牵头单位
    let end = range.end - if clause.ends_with('为') { '为'.len_utf8() } else { 0 };
    let start = range.end - clause.len();
    let mut leads = names_ending(names, &(start..end));
    // 原由市水利局牵头
    if leads.first().is_some_and(|agency| is_former(names, start..agency.range.start)) {
        leads.clear();
    }
    leads.into_iter().map(|agency| InlineDuty { agency, role: Role::Lead }).collect()
}

/// Returns the supporting agencies after 牵头, in the same sentence.
fn supports(names: &Names, range: Range<usize>) -> Vec<InlineDuty> {
    let text = names.text;
    let sentence = until_mark(text.slice(range.clone()), LONGEST, &['。', ';', '\n']);
    let end = range.start + sentence.len();
    let mentions = with_bodies_by_form(names, &(range.start..end));
    let mut duties = Vec::new();
    let cues = &text.lexicon.cues.duties;
    // 省能源局牵头,会同省财政厅制定: the verb is before the names.
    let after = cues.leading.strip_start(sentence).unwrap_or(sentence).trim_start_matches(',');
    let with = cues.with.strip_start(after).map(|names| end - names.len());
    // First of the names that the next verb applies to.
    let mut first = 0;
    for (at, mention) in mentions.iter().enumerate() {
        let next = mentions.get(at + 1).map_or(end, |next| next.range.start);
        let verb = text.slice(mention.range.end..next);
        // 省公安厅、省市场监管局等部门配合
        let verb = cues.others.strip_start(verb).unwrap_or(verb).trim_start_matches('为');
        let verb = after_unknown(names, verb);
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

/// Returns the words after the last item of a list, of a body that has no known name or of a class:
/// 配合 of 、县第一粮库配合. 、项目资金支持 and 、其他单位不得参与 have none.
fn after_unknown<'t>(names: &Names, words: &'t str) -> &'t str {
    /// Characters of the item.
    const ITEM: usize = 14;
    let rest = || {
        let item = words.strip_prefix('、')?;
        let (at, _) = names.text.lexicon.cues.duties.supports.first(item)?;
        let (body, verb) = item.split_at(at);
        let plain = is_within(body, ITEM) && body.chars().all(is_han);
        let not_in_names = &names.text.lexicon.names.not_in_names;
        let named = || ends_as_body(names, body) && !not_in_names.occur_in(body);
        (plain && (named() || is_kind_of_body(names, body))).then_some(verb)
    };
    rest().unwrap_or(words)
}

/// Returns true for a kind of bodies after a word for a class: 相关单位, 各乡镇.
fn is_kind_of_body(names: &Names, item: &str) -> bool {
    let classes = &names.text.lexicon.names.classes;
    classes.starts.start(item).is_some() && classes.ends.end(item).is_some()
}

/// Returns the agencies before 负责: those after 由, and the subject of a clause: 市水利局负责….
/// Those before 会同 lead.
///
/// * `range`: the text before 负责, which ends at `verb_end`.
fn responsible(names: &Names, range: Range<usize>, verb_end: usize) -> Vec<InlineDuty> {
    let text = names.text;
    let cues = &text.lexicon.cues.duties;
    let near = range.start + suffix_start(text.slice(range.clone()), LONGEST);
    let before = text.slice(near..range.end);
    let manner = cues.shared.end(before).unwrap_or("");
    // 市教育局:负责指导学校
    let colon = before[..before.len() - manner.len()].ends_with(':');
    let end = range.end - manner.len() - usize::from(colon);
    let agencies = names_ending(names, &(near..end));
    let Some(first) = agencies.first().map(|agency| agency.range.start) else { return Vec::new() };
    // 由省教育厅主要负责同志担任
    let task = until_mark(text.after(verb_end), LONGEST, &TASK_ENDS);
    let by = text.slice(near..first).ends_with('由');
    if is_person(text.lexicon, task)
        || is_former(names, near..first)
        || cues.handed_over.start(task).is_some()
        || !(by || is_subject(names, &range, first, task))
    {
        return Vec::new();
    }
    let before_with =
        |m: &AgencyMention| cues.with.start(text.slice(m.range.end..range.end)).is_some();
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

/// Returns true if the words before a body tell that it does not have the duty, or no longer:
/// 不再由市水利局负责, 原市水利局负责.
///
/// * `range`: the text before the body.
fn is_former(names: &Names, range: Range<usize>) -> bool {
    let cues = &names.text.lexicon.cues.duties;
    let before = names.text.slice(range);
    let before = before.strip_suffix('由').unwrap_or(before);
    cues.former.end(before).is_some() && cues.not_former.end(before).is_none()
}

/// Returns true if the names from `first` on are the subject of 负责, which opens their clause with
/// a task after it, or closes it: 市水利局负责制定细则, 监测工作市水利局负责. 市住建局负责审批的事项
/// has none.
///
/// * `range`: the text before 负责, which `task` follows.
fn is_subject(names: &Names, range: &Range<usize>, first: usize, task: &str) -> bool {
    let text = names.text;
    let before = text.slice(range.start..first);
    if task.is_empty() {
        let not_subjects = &text.lexicon.cues.duties.not_subjects;
        return !before.is_empty() && not_subjects.end(before).is_none();
    }
    // 1.市教育局负责
    let number = before.strip_suffix(['.', '、']).unwrap_or_default();
    let numbered = number.ends_with(|c: char| c.is_ascii_digit());
    let opens = before.is_empty() || before.ends_with(TASK_ENDS) || numbered;
    opens && !is_attribute(text.lexicon, task)
}

/// Returns the agencies of the list at the end of a range, in text order.
fn names_ending(names: &Names, range: &Range<usize>) -> Vec<AgencyMention> {
    let mut mentions = agencies::mentions(names, range);
    let mut list = Vec::new();
    let mut end = range.end;
    loop {
        let known = mentions.pop_if(|mention| mention.range.end == end);
        let Some(name) = known.or_else(|| named_by_form(names, &(range.start..end))) else { break };
        mentions
            .truncate(mentions.partition_point(|mention| mention.range.end <= name.range.start));
        let before = names.text.slice(range.start..name.range.start);
        let joiner = agencies::JOINERS.iter().find(|joiner| before.ends_with(**joiner));
        end = name.range.start - joiner.map_or(0, |joiner| joiner.len());
        list.push(name);
        if joiner.is_none() {
            break;
        }
    }
    list.reverse();
    list
}
