//! Responsibility: (省药监局负责), (A牵头,B、C配合), （责任单位：A、B）.

use super::clauses::{Clause, clauses, closes_paragraph, list_items, without_bold};
use super::inline_duties::{InlineDuty, inline_duties};
use crate::lexicon::{DutyRole, Lexicon, Words};
use crate::model::{ClassDuty, Duty, Role};
use crate::outline::Row;
use crate::read::context::Context;
use crate::read::interval_set::IntervalSet;
use crate::read::naming::agencies;
use crate::read::naming::canonical::{
    DefaultRegion, ends_as_body, is_class, own_region, printed_body, region_as_default, resolve,
    resolve_known,
};
use crate::read::naming::enumerations::{body_in, government, is_bare_region};
use crate::read::naming::names::Names;
use crate::read::scanned_text::ScannedText;
use crate::text::{Span, since_mark, until_mark};
use std::collections::HashSet;
use std::ops::Range;

/// The duties of a range.
#[derive(Debug, Default)]
pub(super) struct Duties {
    pub(super) duties: Vec<Duty>,
    /// Classes of bodies with a role: 各区人民政府.
    pub(super) classes: Vec<ClassDuty>,
    /// The responsibility clauses.
    pub(super) clauses: Vec<Range<usize>>,
    /// The agencies' names in running text: 由A牵头,B协同.
    pub(super) inline: Vec<Range<usize>>,
    known: HashSet<(String, Role)>,
}

impl Duties {
    /// Adds a duty that is not known yet.
    fn push(&mut self, agency: String, role: Role, span: Span) {
        if self.known.insert((agency.clone(), role)) {
            self.duties.push(Duty { agency, role, span });
        }
    }

    /// Adds a class with a role that it does not have yet.
    fn push_class(&mut self, class: String, role: Role, span: Span) {
        if self.known.insert((class.clone(), role)) {
            self.classes.push(ClassDuty { class, role, span });
        }
    }
}

/// Returns true if the document declares that the first agency of each list leads:
/// 责任单位列第一位者为牵头单位, 排名第一的为牵头单位. O(n).
pub(in crate::read) fn first_leads(text: &ScannedText) -> bool {
    /// Maximum length of such a phrase on each side of 牵头, in characters.
    const LONGEST: usize = 30;
    const MARKS: [char; 7] = ['。', ',', ';', ':', '(', ')', '\n'];
    let verbs = &text.lexicon.cues.duties.leading;
    verbs.occurrences(text.all()).map(|verb| verb.start).any(|at| {
        let before = since_mark(text.before(at), LONGEST, &MARKS);
        let after = until_mark(text.after(at), LONGEST, &MARKS);
        declares_first_leads(text, text.slice(at - before.len()..at + after.len()))
    })
}

/// Returns true for a phrase that makes the first name of a list lead, and has no
/// name itself: 列第一位者为牵头单位.
fn declares_first_leads(text: &ScannedText, phrase: &str) -> bool {
    text.lexicon.cues.duties.leading.occur_in(phrase) && text.lexicon.duties.first.occur_in(phrase)
}

/// Returns the duties of a range: those of the cells of a row, then those of its responsibility
/// clauses, then those of running text. O(n).
pub(super) fn duties(context: &Context, range: &Range<usize>, row: Option<&Row>) -> Duties {
    let names = &context.names;
    let text = names.text;
    let mut duties = Duties::default();
    let mut group = Group::default();
    for (duty, cell) in row.iter().flat_map(|row| &row.duties) {
        if read_cell(names, *duty, cell, &mut group) {
            duties.clauses.push(cell.clone());
        }
    }
    assign_roles(context, std::mem::take(&mut group), &mut duties);
    let cells: IntervalSet = duties.clauses.iter().cloned().collect();
    let mut end = None;
    for clause in clauses(names, range) {
        if cells.intersects(&clause.range) {
            continue;
        }
        // (牵头单位:A)(配合单位:B) are one group.
        let between = end.map(|end| text.slice(end..clause.range.start));
        if !between.is_some_and(|between| matches!(between, "" | "\n" | ";" | ",")) {
            assign_roles(context, std::mem::take(&mut group), &mut duties);
        }
        if read_clause(names, &clause, &mut group) {
            end = Some(clause.range.end);
            duties.clauses.push(clause.range);
        }
    }
    assign_roles(context, group, &mut duties);
    duties.clauses.sort_unstable_by_key(|clause| clause.start);
    let clauses: IntervalSet = duties.clauses.iter().cloned().collect();
    for InlineDuty { agency, role } in inline_duties(names, range, &clauses) {
        duties.push(agency.name.to_string(), role, text.span(agency.range.clone()));
        duties.inline.push(agency.range);
    }
    duties
}

/// A name in a clause; `agency` is `None` for a class of bodies.
struct Party {
    agency: Option<String>,
    range: Range<usize>,
    /// The duty that a label or a verb gives.
    duty: Option<DutyRole>,
    /// The duty is that of a verb: 按职责分工负责.
    by_verb: bool,
    /// The duty in brackets after the name: 省药监局(牵头).
    own_duty: Option<DutyRole>,
}

/// The parties of adjacent clauses, while these are read.
#[derive(Default)]
struct Group {
    parties: Vec<Party>,
    /// The duty that the last label gives to the names after it.
    label: Option<DutyRole>,
    /// The last label is not about duties: 完成时限:….
    other_label: bool,
    /// Number of parties before the last verb or label.
    resolved: usize,
    /// A label or a verb gives a duty.
    has_duty: bool,
    /// The list is open: 省药监局等.
    open: bool,
    /// The region of a name that gives none.
    region: Option<DefaultRegion>,
    /// The last items are regions without a name: 吉林 of 吉林、海南省药监局.
    regions: Vec<Range<usize>>,
}

impl Group {
    /// Gives the duty of a verb to the names since the last one.
    fn apply_verb(&mut self, duty: DutyRole) {
        for party in &mut self.parties[self.resolved..] {
            party.duty = Some(duty);
            party.by_verb = true;
        }
        self.has_duty |= self.resolved < self.parties.len();
        self.resolved = self.parties.len();
    }
}

/// Reads one clause into a group: names between list marks, with a label before them
/// or a verb after them. Returns false if the clause gives no duty.
fn read_clause(names: &Names, clause: &Clause, group: &mut Group) -> bool {
    let text = names.text;
    let known = group.parties.len();
    (group.has_duty, group.label, group.other_label) = (false, None, false);
    let items = party_items(text.lexicon, text.slice(clause.words.clone()));
    for item in &items {
        let start = clause.words.start;
        read_item(names, start + item.start..start + item.end, group);
    }
    place_regions(names, None, group);
    // (市财政局、市科技局,下同) gives duties if it contains names and remarks only.
    let only_names = || {
        let item = |item: &&Range<usize>| !is_remark(text, &clause.words, item);
        items.iter().filter(item).count() == group.parties.len() - known
            && closes_paragraph(text.after(clause.range.end))
    };
    let found = group.parties.len() > known && (group.has_duty || only_names());
    if !found {
        group.parties.truncate(known);
    }
    group.resolved = group.parties.len();
    found
}

/// Returns true for an item of a clause that names nobody: 下同, 列第一位者为牵头单位.
fn is_remark(text: &ScannedText, clause: &Range<usize>, item: &Range<usize>) -> bool {
    let words = text.slice(clause.start + item.start..clause.start + item.end);
    text.lexicon.duties.remarks.start(words).is_some() || declares_first_leads(text, words)
}

/// Reads a cell of responsible bodies into a group. Returns false if it names none.
///
/// * `duty`: the duty that its column gives.
fn read_cell(names: &Names, duty: DutyRole, cell: &Range<usize>, group: &mut Group) -> bool {
    let known = group.parties.len();
    (group.label, group.other_label) = (Some(duty), false);
    for item in party_items(names.text.lexicon, names.text.slice(cell.clone())) {
        read_item(names, cell.start + item.start..cell.start + item.end, group);
    }
    group.resolved = group.parties.len();
    group.parties.len() > known
}

/// Returns the items of a list of parties. The levels of one class are one item:
/// 各市、州、县人民政府.
fn party_items(lexicon: &Lexicon, text: &str) -> Vec<Range<usize>> {
    /// Levels that are no words for a region of one's own.
    const OTHERS: [&str; 3] = ["直辖市", "自治县", "自治旗"];
    let after_levels = |item: &str| {
        let mut rest = item.to_owned();
        rest.retain(|c| !matches!(c, '(' | ')' | '〔' | '〕'));
        let mut rest = &*rest;
        let relative = &lexicon.cues.agencies.relative;
        let other =
            |rest: &'_ str| OTHERS.iter().find(|level| rest.starts_with(**level)).map(|l| l.len());
        while let Some(len) = other(rest).or_else(|| relative.start(rest).map(str::len)) {
            rest = &rest[len..];
        }
        (rest.len() < item.len()).then(|| rest.to_owned())
    };
    // 各市、州、县人民政府负责
    let is_government = |rest: &str| {
        let rest = rest.strip_prefix("人民").unwrap_or(rest).strip_prefix("政府");
        let verb = |rest: &str| lexicon.duties.verbs.end(rest).map_or(0, |(_, len)| len);
        rest.is_some_and(|rest| verb(rest) == rest.len())
    };
    let mut items: Vec<Range<usize>> = Vec::new();
    // First of the levels of a class.
    let mut class: Option<usize> = None;
    for item in list_items(text) {
        let words = &text[item.clone()];
        if class.is_none() && !words.starts_with('各') {
            items.push(item);
            continue;
        }
        let levels = after_levels(words.strip_prefix('各').unwrap_or(words));
        let first = class.filter(|_| text[..item.start].ends_with('、'));
        match (first, levels.as_deref()) {
            (Some(first), Some(rest)) if is_government(rest) => {
                let start: usize = items[first].start;
                items.truncate(first);
                items.push(start..item.end);
                class = None;
                continue;
            }
            (Some(_), Some("")) => {}
            (_, Some("")) if words.starts_with('各') => class = Some(items.len()),
            _ => class = None,
        }
        items.push(item);
    }
    items
}

/// Reads one item of a clause: a label, names, a verb.
fn read_item(names: &Names, mut item: Range<usize>, group: &mut Group) {
    let text = names.text;
    let words = &text.lexicon.duties;
    if let Some(colon) = text.slice(item.clone()).find(':') {
        let label = without_bold(text.slice(item.start..item.start + colon));
        group.label = words.labels.end(label).map(|(duty, _)| duty);
        group.other_label = group.label.is_none();
        group.resolved = group.parties.len();
        item.start += colon + 1;
    }
    let is_remark = words.remarks.start(text.slice(item.clone())).is_some();
    if group.other_label || is_remark || declares_first_leads(text, text.slice(item.clone())) {
        return;
    }
    let verb = words.verbs.end(text.slice(item.clone()));
    item.end -= verb.map_or(0, |(_, len)| len);
    let parties = group.parties.len();
    if verb.is_none() && is_bare_region(names, text.slice(item.clone())) {
        group.regions.push(item);
        return;
    }
    for (range, own_duty) in split_names(names, &item, group.region) {
        let name = text.slice(range.clone());
        let default = group.region.unwrap_or(own_region(names));
        let agency = resolve(names, name, Some(default)).or_else(|| printed_body(names, name));
        if agency.is_none() && !is_class(names, name) && !ends_as_body(names, name) {
            continue;
        }
        if range.start == item.start {
            place_regions(names, Some(name), group);
        }
        let region = agency.as_deref().and_then(|name| region_as_default(names, name));
        group.region = region.or(group.region);
        group.parties.push(Party { agency, range, duty: group.label, by_verb: false, own_duty });
    }
    // 省发展改革委、省财政厅会同省住建厅: all before 会同 lead.
    let lead = |party: &Party| party.own_duty == Some(DutyRole::Lead);
    if group.parties[parties..].iter().any(lead)
        && group.parties[parties..].iter().any(|p| p.own_duty == Some(DutyRole::Support))
    {
        let before = &mut group.parties[group.resolved.min(parties)..parties];
        for party in before.iter_mut().filter(|party| party.own_duty.is_none()) {
            party.own_duty = Some(DutyRole::Lead);
        }
    }
    if group.parties.len() > parties {
        group.has_duty |= group.label.is_some();
        group.open |= text.lexicon.cues.duties.others.end(text.slice(item)).is_some();
    }
    if let Some((duty, _)) = verb {
        group.apply_verb(duty);
    }
}

/// Adds the parties of the regions before a name: 吉林 in 吉林、海南省药监局 is a body like the one of
/// the name. A region alone is its government: 省科技厅、成都市.
fn place_regions(names: &Names, name: Option<&str>, group: &mut Group) {
    for range in std::mem::take(&mut group.regions) {
        let region = names.text.slice(range.clone());
        let agency = name
            .and_then(|name| body_in(names, region, name))
            .or_else(|| government(names, region));
        group.parties.push(Party {
            agency,
            range,
            duty: group.label,
            by_verb: false,
            own_duty: None,
        });
    }
}

/// Splits an item into names, each with the duty in brackets after it: A会同B,
/// A(牵头). 和 and 及 split only what is not one name: 发展和改革委员会.
fn split_names(
    names: &Names,
    item: &Range<usize>,
    region: Option<DefaultRegion>,
) -> Vec<(Range<usize>, Option<DutyRole>)> {
    let text = names.text;
    let default = Some(region.unwrap_or(own_region(names)));
    let item = trimmed(text.lexicon, text.slice(item.clone()), item.start);
    if item.is_empty() {
        return Vec::new();
    }
    if let Some((body, class)) = split_class(names, &item, default) {
        let with = text.slice(body.end..class.start).contains("会同");
        let (lead, support) = (with.then_some(DutyRole::Lead), with.then_some(DutyRole::Support));
        return vec![(body, lead), (class, support)];
    }
    let known = || resolve_known(names, text.slice(item.clone()), default).is_some();
    if let Some(adjacent) = split_adjacent(names, &item).filter(|_| !known()) {
        return adjacent.into_iter().map(|part| (part, None)).collect();
    }
    let is_name = |range: &Range<usize>| {
        let name = text.slice(range.clone());
        is_class(names, name)
            || ends_as_body(names, name) && resolve_known(names, name, default).is_some()
    };
    let words = text.slice(item.clone());
    let unsplit = || vec![(item.clone(), bracketed_duty(text, words))];
    if is_name(&item) {
        return unsplit();
    }
    let joined = split_at_words(words, &text.lexicon.cues.agencies.joiners).into_iter();
    let joined = joined.map(|part| item.start + part.start..item.start + part.end).collect();
    let mut splits = [joined, split_at_gaps(text, &item)].into_iter();
    let Some(parts) = splits.find(|parts: &Vec<_>| parts.iter().all(is_name)) else {
        return unsplit();
    };
    let before_with = |part: &Range<usize>| text.slice(part.end..item.end).starts_with("会同");
    // 省教育厅会同省财政厅: the second one supports.
    let last_lead = parts.iter().rposition(before_with);
    let duty = |place: usize, part: &Range<usize>| match last_lead {
        Some(last) if place > last => Some(DutyRole::Support),
        Some(_) => before_with(part).then_some(DutyRole::Lead),
        None => None,
    };
    let parts = parts.into_iter().enumerate();
    parts.map(|(place, part)| (part.clone(), duty(place, &part))).collect()
}

/// Splits a body from the class after it: 商务部等和各有关省级人民政府, 财政部会同有关部门.
fn split_class(
    names: &Names,
    item: &Range<usize>,
    default: Option<DefaultRegion>,
) -> Option<(Range<usize>, Range<usize>)> {
    let (joiners, starts) =
        (&names.text.lexicon.cues.agencies.joiners, &names.text.lexicon.names.classes.starts);
    let words = names.text.slice(item.clone());
    let ends = words.char_indices().map(|(at, _)| at).skip(1);
    let (body, class) = ends
        .filter_map(|at| {
            let joiner = joiners.start(&words[at..])?;
            starts.start(&words[at + joiner.len()..])?;
            Some((&words[..at], at + joiner.len()))
        })
        .next()?;
    let body = joiners.strip_end(body).unwrap_or(body);
    // 市妇联和有关区县政府: 联 alone ends no name.
    let known = resolve_known(names, body, default).is_some()
        || ends_as_body(names, body) && resolve(names, body, default).is_some();
    known.then(|| (item.start..item.start + body.len(), item.start + class..item.end))
}

/// Splits names without marks between them: 省药监局省卫生健康委.
fn split_adjacent(names: &Names, item: &Range<usize>) -> Option<Vec<Range<usize>>> {
    /// Minimum length of two names in bytes.
    const TWO: usize = 24;
    if item.len() < TWO {
        return None;
    }
    let parts: Vec<_> = agencies::mentions(names, item).into_iter().map(|m| m.range).collect();
    let (first, last) = (parts.first()?, parts.last()?);
    let complete = first.start == item.start && last.end == item.end;
    let adjacent = parts.is_sorted_by(|a, b| a.end == b.start);
    (parts.len() > 1 && complete && adjacent).then_some(parts)
}

/// Returns the duty in brackets after a name: 省药监局(牵头), 省药监局(配合单位).
fn bracketed_duty(text: &ScannedText, name: &str) -> Option<DutyRole> {
    let note = &name[name.find('(')? + 1..].trim_end_matches(')');
    let words = &text.lexicon.duties;
    let duty = words.verbs.end(note).or_else(|| words.labels.end(note));
    duty.filter(|&(_, len)| len == note.len()).map(|(duty, _)| duty)
}

/// Splits a range at the white space that the view leaves out.
fn split_at_gaps(text: &ScannedText, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    while let Some(gap) = text.view.first_gap(start, range.end) {
        parts.push(start..gap);
        start = gap;
    }
    parts.push(start..range.end);
    parts
}

/// Splits `text` at words; empty parts are left out.
fn split_at_words(text: &str, words: &Words) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        match words.start(&text[at..]) {
            Some(word) => {
                parts.push(start..at);
                at += word.len();
                start = at;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(start..text.len());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Returns the range of an item at `start` without the words around its names: 由…,
/// …等部门.
fn trimmed(lexicon: &Lexicon, item: &str, start: usize) -> Range<usize> {
    let cues = &lexicon.cues.duties;
    let name = item.trim_end_matches('*');
    let name = cues.others.strip_end(name).unwrap_or(name);
    let mut words = name;
    while let Some(rest) = cues.before_names.strip_start(words) {
        words = rest;
    }
    start + name.len() - words.len()..start + name.len()
}

/// Gives each party of a group its role.
fn assign_roles(context: &Context, group: Group, duties: &mut Duties) {
    let duty = |party: &Party| party.own_duty.or(party.duty);
    let parties = group.parties;
    let leads = parties.iter().any(|party| duty(party) == Some(DutyRole::Lead));
    let responsible =
        parties.iter().filter(|p| matches!(duty(p), Some(DutyRole::Responsible) | None)).count();
    let sole = responsible < 2 && !group.open;
    let mut first = true;
    for party in parties {
        let role = match duty(&party) {
            Some(DutyRole::Lead) => Role::Lead,
            Some(DutyRole::Support) => Role::Support,
            // (A牵头,B、C按职责分工负责): the verb of B and C makes them responsible too.
            Some(DutyRole::Responsible) if leads && party.by_verb => Role::Joint,
            _ if leads => Role::Support,
            _ if sole => Role::Sole,
            _ if !context.first_leads => Role::Joint,
            _ if first => Role::Lead,
            _ => Role::Support,
        };
        first = false;
        let text = context.names.text;
        let span = text.span(party.range.clone());
        match party.agency {
            Some(agency) => duties.push(agency, role, span),
            None => duties.push_class(text.printed(party.range), role, span),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Lexicon, Role, read};

    /// Duties of a measure that ends in `clause`, in a document of `issuer`: L lead,
    /// S support, J joint, 1 sole.
    fn duties(issuer: &str, clause: &str) -> String {
        let text = format!("{issuer}关于优化服务的若干措施\n一、加强监管。健全机制。{clause}\n");
        let record = read(Lexicon::builtin(), "case", text);
        let duties = record.measures[0].provision.responsible.iter();
        let role = |role| match role {
            Role::Sole => '1',
            Role::Lead => 'L',
            Role::Joint => 'J',
            Role::Support => 'S',
        };
        duties.map(|d| format!("{}{}", role(d.role), d.agency)).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(issuer: &str, cases: &[(&str, &str)]) {
        for (clause, expected) in cases {
            assert_eq!(duties(issuer, clause), *expected, "{clause}");
        }
    }

    #[test]
    fn labels_and_verbs_give_roles() {
        check(
            "江西省人民政府",
            &[
                ("(省教育厅负责)", "1江西省教育厅"),
                ("(由省教育厅、省财政厅按职责分工负责)", "J江西省教育厅 J江西省财政厅"),
                (
                    "(省教育厅牵头,省财政厅、省审计厅配合)",
                    "L江西省教育厅 S江西省财政厅 S江西省审计厅",
                ),
                ("(省教育厅、省财政厅牵头)", "L江西省教育厅 L江西省财政厅"),
                ("(省教育厅牵头、省财政厅配合)", "L江西省教育厅 S江西省财政厅"),
                ("(省教育厅会同省财政厅负责)", "L江西省教育厅 S江西省财政厅"),
                (
                    "（牵头单位：省教育厅；责任单位：省财政厅、省审计厅）",
                    "L江西省教育厅 S江西省财政厅 S江西省审计厅",
                ),
                ("（责任单位：省教育厅（牵头）、省财政厅）", "L江西省教育厅 S江西省财政厅"),
                ("【责任单位：省教育厅；完成时限：2025年12月】", "1江西省教育厅"),
                ("（责任部门：省教育厅，各设区市人民政府）", "J江西省教育厅"),
                ("[责任单位:省教育厅等]", "J江西省教育厅"),
                ("（省教育厅、省财政厅）", "J江西省教育厅 J江西省财政厅"),
            ],
        );
    }

    #[test]
    fn a_label_opens_a_sentence_or_a_line() {
        check(
            "江西省人民政府",
            &[
                ("责任单位：省教育厅、省财政厅", "J江西省教育厅 J江西省财政厅"),
                ("\n牵头单位：省教育厅\n配合单位：省财政厅", "L江西省教育厅 S江西省财政厅"),
                ("\n**责任单位**：省教育厅", "1江西省教育厅"),
                ("【牵头单位：省教育厅】【配合单位：省财政厅】", "L江西省教育厅 S江西省财政厅"),
                (
                    "(省教育厅负责)\n2.健全制度。(省教育厅、省财政厅负责)",
                    "1江西省教育厅 J江西省教育厅 J江西省财政厅",
                ),
            ],
        );
    }

    #[test]
    fn other_brackets_give_no_duty() {
        for clause in [
            "(以下简称省局)。",
            "(省教育厅负责人)。",
            "（详见附件：责任清单）",
            "(责任单位:有关部门)",
        ] {
            assert_eq!(duties("江西省人民政府", clause), "", "{clause}");
        }
    }

    #[test]
    fn the_first_leads_if_the_text_declares_it() {
        for rule in [
            "列第一位者为牵头单位",
            "责任单位列首位的为牵头单位，下同",
            "排名第一的为牵头单位",
            "牵头单位排在第一位",
        ] {
            let clause = format!("（责任单位：省教育厅、省财政厅，{rule}）");
            let expected = "L江西省教育厅 S江西省财政厅";
            assert_eq!(duties("江西省人民政府", &clause), expected, "{rule}");
        }
    }

    #[test]
    fn names_are_resolved_in_the_document() {
        check(
            "宁波市人民政府",
            &[
                ("(市发展改革委（市能源局）负责)", "1宁波市发展和改革委员会"),
                ("(省教育厅、财政厅负责)", "J浙江省教育厅 J浙江省财政厅"),
                (
                    "(市委宣传部、网信办负责)",
                    "J中共宁波市委宣传部 J中共宁波市委网络安全和信息化委员会办公室",
                ),
                ("(团市委负责)", "1共青团宁波市委员会"),
                ("(宁波金融监管局负责)", "1国家金融监督管理总局宁波监管局"),
                ("(人民银行宁波市分行负责)", "1中国人民银行宁波市分行"),
                ("(市公安局交警支队负责)", "1宁波市公安局交警支队"),
                ("(市轨道办负责)", "1宁波市轨道办"),
                ("(国网宁波供电公司负责)", "1国网宁波供电公司"),
                ("(高新区管委会负责)", "1宁波市高新区管理委员会"),
                ("(镇海区财政局、教育局负责)", "J宁波市镇海区财政局 J宁波市镇海区教育局"),
            ],
        );
        check(
            "国家发展和改革委员会",
            &[(
                "(国家发展改革委、卫生健康委、财政部负责)",
                "J国家发展和改革委员会 J国家卫生健康委员会 J财政部",
            )],
        );
        check("广州市海珠区人民政府", &[("(华洲街道负责)", "1广州市海珠区华洲街道办事处")]);
    }

    #[test]
    fn a_defined_short_name_is_resolved() {
        let clause = "江西省药品监督管理局(以下简称省局)统筹。(省局、省局审评中心负责)";
        let expected = "J江西省药品监督管理局 J江西省药品监督管理局审评中心";
        assert_eq!(duties("江西省人民政府", clause), expected);
    }

    #[test]
    fn running_text_gives_duties_too() {
        check(
            "江西省人民政府",
            &[
                ("由省教育厅负责实施。", "1江西省教育厅"),
                ("由省教育厅会同省财政厅负责。", "L江西省教育厅 S江西省财政厅"),
                (
                    "由省教育厅、省财政厅牵头,省审计厅、省统计局配合。",
                    "L江西省教育厅 L江西省财政厅 S江西省审计厅 S江西省统计局",
                ),
                ("加强与省教育厅负责同志沟通。", ""),
            ],
        );
    }
}
