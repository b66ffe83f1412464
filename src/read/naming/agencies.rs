//! Public bodies named in running text.

use super::canonical::{
    DefaultRegion, division, is_joiner_and_level, makes_class, region_as_default, relative_region,
    resolve, resolve_known, resolve_office,
};
use super::enumerations::{ends_with_level, listed_before, lists_own_regions};
use super::names::{AgencyMention, Names};
use crate::lexicon::{Level, Meaning, MeaningKinds, PARTY, RegionIndex, Token, Words};
use crate::read::scanned_text::ScannedText;
use crate::read::word_places::Sought;
use crate::text::{is_han, since_mark};
use std::ops::Range;

/// Returns the bodies named in a range, in text order and without overlaps.
pub(crate) fn mentions(names: &Names, range: &Range<usize>) -> Vec<AgencyMention> {
    let text = names.text;
    let mut mentions: Vec<AgencyMention> = Vec::new();
    let mut defined = names.defined.mentions(range).iter().peekable();
    for token in text.tokens_of(range, MeaningKinds::AGENCY) {
        let Some(word) = name_word(text, range, token) else { continue };
        while let Some(short) = defined.next_if(|m| m.range.start < word.start) {
            push_longer(&mut mentions, short.clone());
        }
        let before = mentions.last().filter(|m| lists(text, m.range.end..word.start));
        let listed = before.and_then(|m| region_as_default(names, &m.name));
        if let Some(mention) = mention(names, range, word, token, listed) {
            for listed in listed_before(names, range.start, &mention) {
                push_longer(&mut mentions, listed);
            }
            push_longer(&mut mentions, mention);
        }
    }
    for short in defined {
        push_longer(&mut mentions, short.clone());
    }
    mentions
}

/// Returns the names of departments in a range, of one body or of a class:
/// 药品监管部门.
pub(crate) fn department_words(text: &ScannedText, range: &Range<usize>) -> Vec<Range<usize>> {
    let agencies = text.tokens_of(range, MeaningKinds::AGENCY);
    let departments = agencies.filter(|&token| is_department(text, token));
    departments.filter_map(|token| name_word(text, range, token)).collect()
}

/// Returns the bodies of lists that end in 等部门: 自治区工信、科技等部门. The
/// items are field words, the first with its region.
pub(crate) fn listed_departments(names: &Names, range: &Range<usize>) -> Vec<AgencyMention> {
    /// Maximum length of a list in characters.
    const LONGEST: usize = 150;
    let text = names.text;
    let cues = &text.lexicon.cues.agencies;
    let mut mentions = Vec::new();
    for at in text.places(Sought::OtherBodies, range).map(|others| others.start) {
        let clause = since_mark(text.slice(range.start..at), LONGEST, &['。', ',', ';', '(']);
        let items = list_items(&cues.relative, clause, at - clause.len());
        let Some((first, others)) = items.split_first() else { continue };
        let Some(name) = resolve(names, text.slice(first.clone()), None) else { continue };
        let region = region_as_default(names, &name);
        mentions.push(AgencyMention { name: name.into(), range: first.clone() });
        for item in others {
            if let Some(name) = resolve_known(names, text.slice(item.clone()), region) {
                mentions.push(AgencyMention { name: name.into(), range: item.clone() });
            }
        }
    }
    mentions
}

/// Splits a list at 、; the first item begins at its region, one of `relative`. Ranges count from
/// `start`, the offset of `list`.
fn list_items(relative: &Words, list: &str, start: usize) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut at = start;
    for word in list.split('、') {
        items.push(at..at + word.len());
        at += word.len() + '、'.len_utf8();
    }
    if let Some(first) = items.first_mut() {
        let word = &list[..first.len()];
        let region = relative.iter().filter_map(|relative| word.rfind(relative)).min();
        first.start += region.unwrap_or(0);
    }
    items
}

/// Marks and words between two names of a list; none ends in one after it.
pub(crate) const JOINERS: [&str; 8] = ["、", "和", "与", "以及", "及", ",", "联合", "会同"];

/// Returns true if `between`, the range between two names, makes a list of them.
/// False if the names overlap.
pub(crate) fn lists(text: &ScannedText, between: Range<usize>) -> bool {
    between.start < between.end && JOINERS.contains(&text.slice(between))
}

/// Returns true if a name opens with a relative word: 省药监局, and not 市场监管总局.
pub(crate) fn is_relative(text: &ScannedText, name: &str) -> bool {
    let cues = &text.lexicon.cues.agencies;
    (cues.relative.start(name).is_some() || cues.own.start(name).is_some())
        && text.lexicon.agencies.body(name).is_none()
}

/// Adds a mention. Of two that overlap, the longer one is kept.
fn push_longer(mentions: &mut Vec<AgencyMention>, mention: AgencyMention) {
    match mentions.last_mut() {
        Some(last) if mention.range.start < last.range.end => {
            if mention.range.len() > last.range.len() {
                *last = mention;
            }
        }
        _ => mentions.push(mention),
    }
}

fn is_department(text: &ScannedText, token: Token) -> bool {
    text.meanings(token).contains(&Meaning::Department)
}

/// Returns the word by which `token` names a body, its field word included: 药监局,
/// 药品监管部门.
fn name_word(text: &ScannedText, range: &Range<usize>, token: Token) -> Option<Range<usize>> {
    if is_department(text, token) {
        let before = text.slice(range.start..token.start as usize);
        let stem = text.lexicon.agencies.stems.end(before)?;
        return Some(token.start as usize - stem.len()..token.end as usize);
    }
    let is_name = |m: &Meaning| matches!(m, Meaning::Function | Meaning::Body(_) | Meaning::Office);
    text.meanings(token).iter().any(is_name).then(|| token.range())
}

/// Returns the body with a name that ends in `word`; its region is searched before
/// `word`. `listed` is the region of the name before it in a list.
fn mention(
    names: &Names,
    range: &Range<usize>,
    word: Range<usize>,
    token: Token,
    listed: Option<DefaultRegion>,
) -> Option<AgencyMention> {
    let text = names.text;
    let printed = text.slice(word.clone());
    let last = printed.char_indices().next_back().map_or(word.start, |(at, _)| word.start + at);
    let cues = &text.lexicon.cues.agencies;
    let rest = text.after(last);
    let run_on = cues.run_on.start(rest).filter(|_| cues.not_run_on.start(rest).is_none());
    if run_on.is_some_and(|run_on| last + run_on.len() > word.end) {
        return None; // 教育部门 is not 教育部, 省信用办法 is not 省信用办.
    }
    let before = text.slice(range.start..word.start);
    let body = body(text, token);
    if body.is_none() && text.meanings(token).contains(&Meaning::Office) {
        let whole = resolve_office(names, printed)
            .map(|name| AgencyMention { name: name.into(), range: word.clone() });
        return whole
            .or_else(|| office_after(names, range, &word))
            .or_else(|| body_of_office(names, &word));
    }
    if let Some((_, start)) = region_before(names, before) {
        return named(names, range.start + start..word.end, None);
    }
    if let Some(zone) = zone_before(text, before).filter(|_| body.is_none()) {
        return named(names, range.start + zone..word.end, None);
    }
    if let Some(body) = body {
        if is_office_of_other(text, before, &word) {
            return None;
        }
        let latin = printed.is_ascii() && before.ends_with(|c: char| c.is_ascii_alphanumeric());
        let office = || office_after(names, range, &word);
        return (!latin).then(|| {
            office().unwrap_or_else(|| AgencyMention { name: body.into(), range: word.clone() })
        });
    }
    let own = || {
        let region = names.region?;
        let level = text.lexicon.regions.get(region).level();
        let unique = !makes_class(text, before) && is_unique_in_region(text, printed, level);
        unique.then_some(DefaultRegion::Region(region))
    };
    let default = listed.or_else(own)?;
    named(names, word, Some(default))
}

/// Returns the body whose name the beginning of an office's goes on from, if no region follows: 审计署 of
/// 审计署驻各地特派员办事处.
fn body_of_office(names: &Names, office: &Range<usize>) -> Option<AgencyMention> {
    let printed = names.text.slice(office.clone());
    let (body, len) = names.text.lexicon.agencies.body_at_start(printed)?;
    Some(AgencyMention { name: body.into(), range: office.start..office.start + len })
}

/// Returns the offset of the zone at the end of a text whose organs are named after it: 兵团 before
/// 公安局, and not in 文艺兵团.
fn zone_before(text: &ScannedText, before: &str) -> Option<usize> {
    let (zone, len) = text.lexicon.zones.suffix(before).filter(|(zone, _)| zone.organs)?;
    let (before, printed) = before.split_at(before.len() - len);
    let joined = || JOINERS.iter().any(|joiner| before.ends_with(joiner));
    let apart = printed == zone.name || !before.ends_with(is_han) || joined();
    apart.then_some(before.len())
}

/// Returns true for a name that ends as a ministry's after a region or a company, whose office it is:
/// 市应急部, 公司应急部.
fn is_office_of_other(text: &ScannedText, before: &str, word: &Range<usize>) -> bool {
    let cues = &text.lexicon.cues.agencies;
    let owned = || cues.relative.end(before).is_some() || cues.owners.end(before).is_some();
    text.slice(word.clone()).ends_with('部') && owned() && !text.view.gap(word.start)
}

/// Returns true for a permanent body that a region has once, which needs no
/// region in its name: 充分发挥现有药品标准化委员会作用.
fn is_unique_in_region(text: &ScannedText, word: &str, level: Level) -> bool {
    let permanent = text.lexicon.cues.agencies.standing.end(word).is_some();
    let function = text.lexicon.agencies.function(word, level, false).filter(|_| permanent);
    function.is_some_and(|function| {
        function.name == word && function.levels.contains(&level) && word.chars().count() >= 8
    })
}

pub(super) fn named(
    names: &Names,
    range: Range<usize>,
    default: Option<DefaultRegion>,
) -> Option<AgencyMention> {
    let name = resolve(names, names.text.slice(range.clone()), default)?;
    Some(AgencyMention { name: name.into(), range })
}

/// Returns the office in a region, or in a part of the country, of the national body at `body`:
/// 国家税务总局陕西省税务局, 国家能源局西北监管局.
fn office_after(names: &Names, range: &Range<usize>, body: &Range<usize>) -> Option<AgencyMention> {
    let text = names.text;
    let lexicon = text.lexicon;
    let after = text.slice(body.end..range.end);
    if let Some(area) = lexicon.cues.agencies.areas.start(after) {
        let end = lexicon.names.offices.end_at(&after[area.len()..])?;
        let office = body.start..body.end + area.len() + end.len();
        let name = division(names, text.slice(office.clone()))?;
        return Some(AgencyMention { name: name.into(), range: office });
    }
    let (_, region) = lexicon.regions.prefix(after, names.setting())?;
    let end = lexicon.names.offices.end_at(&after[region..])?;
    let office = body.start..body.end + region + end.len();
    let name = resolve_office(names, text.slice(office.clone()))?;
    Some(AgencyMention { name: name.into(), range: office })
}

/// Returns the national body that `token` means.
fn body<'a>(text: &ScannedText<'a>, token: Token) -> Option<&'a str> {
    text.meanings(token).iter().find_map(|meaning| match meaning {
        Meaning::Body(index) => Some(text.lexicon.agencies.bodies[*index as usize].name.as_str()),
        _ => None,
    })
}

/// Returns the region, or the relative word for the document's own, at the end of
/// `text`, and its offset. A party committee after it is skipped. `None` for a class.
pub(super) fn region_before(names: &Names, text: &str) -> Option<(RegionIndex, usize)> {
    let place = text.strip_suffix("党委").or_else(|| text.strip_suffix('委')).unwrap_or(text);
    if !place.ends_with(is_han) {
        return None;
    }
    let cues = &names.text.lexicon.cues.agencies;
    // 市教育局会同县教育局
    let is_region = |&(region, start): &(RegionIndex, usize)| {
        !place[..start].ends_with(is_han)
            || cues.joiners.start(&place[start..]).is_none()
            || !is_joiner_and_level(names, region)
    };
    let named = names.text.lexicon.regions.suffix(place, names.setting()).filter(is_region);
    let (region, start) = match named {
        Some(found) => found,
        None => {
            let word = cues.relative.end(place)?;
            let start = place.len() - word.len();
            // 盟市, 省、市药监局 of a province, 县(市) are several regions.
            let before = place[..start].strip_suffix('、').unwrap_or(&place[..start]);
            let listed = ends_with_level(before) && !lists_own_regions(names, place);
            (relative_region(names, word).filter(|_| !listed)?, start)
        }
    };
    let before = &text[..start];
    let own = cues.own.end(before).map_or(0, str::len);
    if makes_class(names.text, before) {
        return None;
    }
    let party = if before.ends_with(PARTY) { PARTY.len() } else { 0 };
    Some((region, start - own - party))
}
