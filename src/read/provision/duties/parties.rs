//! Splits an item of a clause into the names of its parties: 省教育厅会同省财政厅.

use crate::lexicon::{DutyRole, Lexicon, Words};
use crate::read::naming::agencies;
use crate::read::naming::canonical::{
    DefaultRegion, ends_as_body, is_class, own_region, resolve, resolve_known,
};
use crate::read::naming::names::Names;
use crate::read::scanned_text::ScannedText;
use crate::text::{is_numeral, rfind};
use std::ops::Range;

/// A name in an item.
pub(super) struct Part {
    pub(super) range: Range<usize>,
    /// Its canonical name, where it is known from splitting.
    pub(super) agency: Option<String>,
    /// The duty in brackets after it, or that of 会同.
    pub(super) duty: Option<DutyRole>,
}

impl Part {
    fn new(range: Range<usize>, duty: Option<DutyRole>) -> Self {
        Part { range, agency: None, duty }
    }
}

/// Splits an item into names, each with the duty in brackets after it: A会同B,
/// A(牵头). 和 and 及 split only what is not one name: 发展和改革委员会.
pub(super) fn split_names(
    names: &Names,
    item: &Range<usize>,
    region: Option<DefaultRegion>,
) -> Vec<Part> {
    let text = names.text;
    let with_words = &text.lexicon.cues.duties.with;
    let default = Some(region.unwrap_or(own_region(names)));
    let item = trimmed(text.lexicon, text.slice(item.clone()), item.start);
    let item = after_by(names, text.slice(item.clone()))
        .map_or(item.clone(), |by| item.start + by..item.end);
    if item.is_empty() {
        return Vec::new();
    }
    if let Some((body, class)) = split_class(names, &item, default) {
        let with = with_words.occur_in(text.slice(body.end..class.start));
        let (lead, support) = (with.then_some(DutyRole::Lead), with.then_some(DutyRole::Support));
        return vec![Part::new(body, lead), Part::new(class, support)];
    }
    let words = text.slice(item.clone());
    let known = |name| resolve_known(names, name, default);
    if let Some(adjacent) = split_adjacent(names, &item).filter(|_| known(words).is_none()) {
        return adjacent.into_iter().map(|part| Part::new(part, None)).collect();
    }
    let whole =
        |agency| vec![Part { range: item.clone(), agency, duty: bracketed_duty(text, words) }];
    if is_class(names, words) {
        return whole(None);
    }
    if ends_as_body(names, words)
        && let Some(agency) = known(words)
    {
        return whole(Some(agency));
    }
    let with = with_words.occur_in(words);
    let is_name = |range: &Range<usize>| {
        let name = text.slice(range.clone());
        let resolved = || match with && range.len() < item.len() {
            true => resolve(names, name, default),
            false => known(name),
        };
        is_class(names, name) || ends_as_body(names, name) && resolved().is_some()
    };
    let in_view = |parts: Vec<Range<usize>>| -> Vec<Range<usize>> {
        parts.into_iter().map(|part| item.start + part.start..item.start + part.end).collect()
    };
    let joiners = &text.lexicon.cues.agencies.joiners;
    let joined = split_at_words(words, joiners);
    // 市住建局会同市建筑和装饰协会
    let at_with = split_at_words(words, with_words);
    let mut splits = [in_view(joined), in_view(at_with), split_at_gaps(text, &item)].into_iter();
    let Some(parts) = splits.find(|parts: &Vec<_>| parts.iter().all(is_name)) else {
        return whole(None);
    };
    let before_with =
        |part: &Range<usize>| with_words.start(text.slice(part.end..item.end)).is_some();
    // 省教育厅会同省财政厅: the second one supports.
    let last_lead = parts.iter().rposition(before_with);
    let duty = |place: usize, part: &Range<usize>| match last_lead {
        Some(last) if place > last => Some(DutyRole::Support),
        Some(_) => before_with(part).then_some(DutyRole::Lead),
        None => None,
    };
    let parts = parts.into_iter().enumerate();
    parts
        .map(|(place, part)| Part { duty: duty(place, &part), range: part, agency: None })
        .collect()
}

/// Splits a body from the class after it: 商务部等和各有关省级人民政府, 财政部会同有关部门,
/// 州委编办及州直相关单位.
fn split_class(
    names: &Names,
    item: &Range<usize>,
    default: Option<DefaultRegion>,
) -> Option<(Range<usize>, Range<usize>)> {
    let joiners = &names.text.lexicon.cues.agencies.joiners;
    let words = names.text.slice(item.clone());
    let mut ends = words.char_indices().map(|(at, _)| at).skip(1);
    // 市妇联和有关区县政府: 联 alone ends no name.
    let known = |body: &str| {
        resolve_known(names, body, default).is_some()
            || ends_as_body(names, body) && resolve(names, body, default).is_some()
    };
    ends.find_map(|at| {
        let joiner = joiners.start(&words[at..])?;
        let class = at + joiner.len();
        let body = joiners.strip_end(&words[..at]).unwrap_or(&words[..at]);
        // 商务部等和各有关省级人民政府
        let one = joiners.start(&words[class..]).is_none();
        (one && is_class(names, &words[class..]) && known(body))
            .then(|| (item.start..item.start + body.len(), item.start + class..item.end))
    })
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

/// Returns the words before those that leave out further bodies: 市住建局 of 市住建局等部门 and
/// 市住建局等12个部门.
pub(super) fn before_others<'n>(lexicon: &Lexicon, name: &'n str) -> Option<&'n str> {
    lexicon.cues.duties.others.strip_end(name).or_else(|| before_number(lexicon, name))
}

/// Returns the name before the number of bodies that it stands for: 市住建局 of 市住建局等12个部门.
fn before_number<'n>(lexicon: &Lexicon, name: &'n str) -> Option<&'n str> {
    const OTHERS: &str = "等";
    let at = rfind(name, OTHERS)?;
    let (name, others) = (&name[..at], &name[at + OTHERS.len()..]);
    let counted = others.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    let bodies = counted.strip_prefix('个').unwrap_or(counted);
    let mut words = lexicon.cues.duties.others.iter();
    let known = words.any(|word| word.strip_prefix(OTHERS) == Some(bodies));
    (counted.len() < others.len() && !bodies.is_empty() && known).then_some(name)
}

/// Returns the offset of the body in an item that tells its task first: 日常工作由市城管局负责.
fn after_by(names: &Names, item: &str) -> Option<usize> {
    const BY: &str = "由";
    let at = rfind(item, BY).filter(|&at| at > 0)?;
    let start = at + BY.len();
    let kept = names.text.lexicon.cues.duties.not_openers.end(&item[..start]).is_some();
    let body = &item[start..];
    (!kept && (is_class(names, body) || ends_as_body(names, body))).then_some(start)
}

/// Returns the range of an item at `start` without the words around its names: 由…,
/// …等部门.
fn trimmed(lexicon: &Lexicon, item: &str, start: usize) -> Range<usize> {
    let cues = &lexicon.cues.duties;
    let name = item.trim_end_matches(['*', '★', '☆', '▲', '※']);
    let name = before_others(lexicon, name).unwrap_or(name);
    let mut words = name;
    while let Some(rest) = cues.before_names.strip_start(words) {
        words = rest;
    }
    start + name.len() - words.len()..start + name.len()
}
