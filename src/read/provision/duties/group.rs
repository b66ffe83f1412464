//! Reads the items of adjacent clauses into one group of parties: (牵头单位:A)(配合单位:B).

use super::acts::{Act, act_in, is_remark_alone, label_of_sentence};
use super::first::{before_declaration, declares_first_leads};
use super::items::party_items;
use super::parties::{Part, before_others, split_names};
use crate::lexicon::DutyRole;
use crate::read::naming::canonical::{
    DefaultRegion, ends_as_body, is_class, own_region, printed_body, region_as_default, resolve,
    unplaced_body,
};
use crate::read::naming::enumerations::{
    body_in, body_of_zone, government, is_bare_region, is_bare_zone,
};
use crate::read::naming::names::Names;
use crate::read::provision::clauses::{Clause, closes_paragraph, is_due_date, without_bold};
use crate::read::scanned_text::ScannedText;
use crate::text::is_han;
use std::ops::Range;

/// A name in a clause; `agency` is `None` for a class of bodies.
pub(super) struct Party {
    pub(super) agency: Option<String>,
    pub(super) range: Range<usize>,
    /// The duty that a label or a verb gives.
    pub(super) duty: Option<DutyRole>,
    /// The duty is that of a verb: 按职责分工负责.
    pub(super) by_verb: bool,
    /// The duty in brackets after the name: 省药监局(牵头).
    pub(super) own_duty: Option<DutyRole>,
}

/// The parties of adjacent clauses, while these are read.
#[derive(Default)]
pub(super) struct Group {
    pub(super) parties: Vec<Party>,
    /// The duty that the last label gives to the names after it.
    label: Option<DutyRole>,
    /// The last label is not about duties: 完成时限:….
    other_label: bool,
    /// The names since the last verb or label are after 会同.
    after_with: bool,
    /// Number of parties before the last verb or label.
    resolved: usize,
    /// A label or a verb gives a duty.
    has_duty: bool,
    /// The list is open: 省药监局等.
    pub(super) open: bool,
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
        self.after_with = false;
    }
}

/// Reads one clause into a group: names between list marks, with a label before them
/// or a verb after them. Returns false if the clause gives no duty.
pub(super) fn read_clause(names: &Names, clause: &Clause, group: &mut Group) -> bool {
    let text = names.text;
    let known = group.parties.len();
    (group.has_duty, group.label, group.other_label) = (false, None, false);
    group.after_with = false;
    let mut items = party_items(text.lexicon, text.slice(clause.words.clone()));
    split_at_labels(text, clause.words.start, &mut items);
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
    // (市文旅局会同市商务局)
    let by_themselves = || {
        group.parties[known..].iter().all(|party| party.own_duty.is_some())
            && closes_paragraph(text.after(clause.range.end))
    };
    let duties = || group.has_duty || only_names() || by_themselves();
    let alone = || items.len() == 1 && group.label.is_none();
    let remark = || alone() && is_remark_alone(names, text.slice(clause.words.clone()));
    let found = group.parties.len() > known && duties() && !remark();
    if !found {
        group.parties.truncate(known);
    }
    group.resolved = group.parties.len();
    found
}

/// Splits items at the white space before a label: 牵头单位:市文旅局 责任单位:市商务局. Items count from
/// `start`.
fn split_at_labels(text: &ScannedText, start: usize, items: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while let Some(item) = items.get(at).map(|item| start + item.start..start + item.end) {
        let colon =
            text.slice(item.clone()).rfind(':').map_or(item.start, |colon| item.start + colon);
        let label = text.view.last_gap(item.start, colon).filter(|&gap| {
            let words = without_bold(text.slice(gap..colon));
            let labels = &text.lexicon.duties.labels;
            let deadlines = &text.lexicon.layout.columns.deadlines;
            labels.end(words).is_some_and(|(_, len)| len == words.len())
                || deadlines.contains(words)
        });
        match label {
            Some(gap) => {
                let end = items[at].end;
                items[at].end = gap - start;
                items.insert(at + 1, gap - start..end);
            }
            None => at += 1,
        }
    }
}

/// Returns true for an item of a clause that names nobody: 下同, 列第一位者为牵头单位, 2025年底前.
fn is_remark(text: &ScannedText, clause: &Range<usize>, item: &Range<usize>) -> bool {
    let words = text.slice(clause.start + item.start..clause.start + item.end);
    text.lexicon.duties.remarks.start(words).is_some()
        || is_due_date(words)
        || (declares_first_leads(text, words) && before_declaration(text, words).is_none())
}

/// Reads a cell of responsible bodies into a group. Returns false if it names none.
///
/// * `duty`: the duty that its column gives.
pub(super) fn read_cell(
    names: &Names,
    duty: DutyRole,
    cell: &Range<usize>,
    group: &mut Group,
) -> bool {
    let known = group.parties.len();
    (group.label, group.other_label) = (Some(duty), false);
    for item in party_items(names.text.lexicon, names.text.slice(cell.clone())) {
        read_item(names, cell.start + item.start..cell.start + item.end, group);
    }
    group.resolved = group.parties.len();
    group.parties.len() > known
}

/// Reads one item of a clause: labels, names, a verb. A second label has no mark before it:
/// 牵头:市教育局 配合:市财政局.
fn read_item(names: &Names, mut item: Range<usize>, group: &mut Group) {
    let text = names.text;
    let labels = &text.lexicon.duties.labels;
    // 牵头单位为市教育局
    if let Some((duty, len)) = label_of_sentence(text, text.slice(item.clone())) {
        group.label = Some(duty);
        (group.other_label, group.resolved, group.after_with) = (false, group.parties.len(), false);
        item.start += len;
    }
    let mut first = true;
    while let Some(colon) = text.slice(item.clone()).find(':') {
        let label = without_bold(text.slice(item.start..item.start + colon));
        let found = labels.end(label);
        if !first {
            let Some((_, len)) = found else { break };
            read_names(names, item.start..item.start + label.len() - len, group);
        }
        first = false;
        group.label = found.map(|(duty, _)| duty);
        // 列第一位的为牵头单位:A、B
        if declares_first_leads(text, label) {
            group.label = Some(DutyRole::Responsible);
        }
        group.other_label = group.label.is_none();
        (group.resolved, group.after_with) = (group.parties.len(), false);
        item.start += colon + 1;
    }
    read_names(names, item, group);
}

/// Reads the names of an item, and the verb after them.
fn read_names(names: &Names, item: Range<usize>, group: &mut Group) {
    let text = names.text;
    let words = text.slice(item.clone());
    let is_remark = text.lexicon.duties.remarks.start(words).is_some();
    if group.other_label || is_remark {
        return;
    }
    if declares_first_leads(text, words) {
        // 省药监局(列首位的为牵头单位)
        if let Some(noted) = before_declaration(text, words) {
            read_named(names, item.start..item.start + noted, None, group);
        }
        return;
    }
    let Some(Act { duty, name, rest }) = act_in(names, words) else {
        let verb = text.lexicon.duties.verbs.end(words);
        return read_named(names, item, verb, group);
    };
    read_named(names, item.start..item.start + rest, Some((duty, rest - name)), group);
    // 市教育局牵头会同市财政局
    if text.lexicon.cues.duties.with.start(&words[rest..]).is_some() {
        read_names(names, item.start + rest..item.end, group);
    }
}

/// Reads the names of an item before its verb.
///
/// * `verb`: the duty of the verb at the end of the item, and its length.
fn read_named(
    names: &Names,
    mut item: Range<usize>,
    verb: Option<(DutyRole, usize)>,
    group: &mut Group,
) {
    let text = names.text;
    item.end -= verb.map_or(0, |(_, len)| len);
    let known = group.parties.len();
    let words = text.slice(item.clone());
    if verb.is_none() && is_bare_region(names, words) {
        group.regions.push(item);
        return;
    }
    if verb.is_none() && is_bare_zone(names, words) {
        group.regions.push(item);
        return;
    }
    let with = &text.lexicon.cues.duties.with;
    // 市教育局牵头,会同市财政局
    group.after_with |= known > 0 && with.start(words).is_some();
    add_parties(names, &item, group);
    share_with(group, known);
    group.after_with |= group.parties.len() > known && with.occur_in(words);
    if group.parties.len() == known && verb.is_none() && is_short(words) {
        group.regions.push(item.clone());
    }
    if group.parties.len() > known {
        group.has_duty |= group.label.is_some();
        group.open |= before_others(text.lexicon, words).is_some();
    }
    if let Some((duty, _)) = verb {
        group.apply_verb(duty);
    }
}

/// Returns true for words that can be a region without its last character: 鼓楼 of 鼓楼、玄武区政府.
fn is_short(words: &str) -> bool {
    (2..=3).contains(&words.chars().count()) && words.chars().all(is_han)
}

/// Adds the parties that an item names.
fn add_parties(names: &Names, item: &Range<usize>, group: &mut Group) {
    for Part { range, agency, duty: own_duty } in split_names(names, item, group.region) {
        let name = names.text.slice(range.clone());
        let default = group.region.unwrap_or(own_region(names));
        // 省商务厅 after 商务部 is a class.
        let national = group.region == Some(DefaultRegion::Nation) || names.text.names_provinces();
        let agency = agency
            .or_else(|| resolve(names, name, Some(default)))
            .or_else(|| printed_body(names, name))
            .or_else(|| unplaced_body(names, name).filter(|_| !national));
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
}

/// Gives the parties around 会同 their duties: all before it lead and all after it support, in
/// 省发展改革委、省财政厅会同省住建厅、省审计厅. `known` parties are of the items before.
fn share_with(group: &mut Group, known: usize) {
    let has = |duty| group.parties[known..].iter().any(|party| party.own_duty == Some(duty));
    let (leads, supports) = (has(DutyRole::Lead), has(DutyRole::Support));
    let give = |parties: &mut [Party], duty| {
        for party in parties.iter_mut().filter(|party| party.own_duty.is_none()) {
            party.own_duty = Some(duty);
        }
    };
    if leads && supports {
        give(&mut group.parties[group.resolved.min(known)..known], DutyRole::Lead);
    }
    if group.after_with {
        give(&mut group.parties[known..], DutyRole::Support);
    }
}

/// Adds the parties of the regions before a name: 吉林 in 吉林、海南省药监局 is a body like the one of
/// the name. A region alone is its government: 省科技厅、成都市.
fn place_regions(names: &Names, name: Option<&str>, group: &mut Group) {
    for range in std::mem::take(&mut group.regions) {
        let region = names.text.slice(range.clone());
        let agency = name
            .and_then(|name| {
                body_in(names, region, name).or_else(|| body_of_zone(names, region, name))
            })
            .or_else(|| government(names, region));
        if agency.is_none() && !is_bare_region(names, region) && !is_bare_zone(names, region) {
            continue;
        }
        group.parties.push(Party {
            agency,
            range,
            duty: group.label,
            by_verb: false,
            own_duty: None,
        });
    }
}
