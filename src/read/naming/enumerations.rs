//! Regions that are listed before one name of a body: 吉林、海南省药监局, 省、市教育局.

use super::canonical::{
    Located, locate, makes_class, own_region, printed_body, relative_region, resolve,
};
use super::names::{AgencyMention, Names};
use crate::lexicon::{Level, RegionIndex};
use crate::text::last_chars;
use std::ops::Range;

/// Maximum number of regions before a name.
const MOST: usize = 40;

/// Characters between two items of a list.
pub(crate) const JOINERS: [char; 4] = ['、', '和', '与', '及'];

/// Returns true if `between` joins the items before and after it.
pub(crate) fn is_joiner(between: &str) -> bool {
    between.strip_prefix(JOINERS) == Some("")
}

/// Returns true if the text before a relative word makes a list of levels of both: 省市, 县(市).
pub(super) fn ends_with_level(text: &str) -> bool {
    const LEVELS: [char; 8] = ['省', '市', '县', '区', '旗', '盟', '州', '级'];
    text.strip_suffix('(').unwrap_or(text).ends_with(LEVELS)
}

/// Returns the bodies of the regions that are listed before a mention, in text order. The range
/// of each is its region: 吉林 in 吉林、海南省药监局. O(1).
///
/// * `from`: offset of the text that contains the list.
pub(super) fn listed_before(
    names: &Names,
    from: usize,
    mention: &AgencyMention,
) -> Vec<AgencyMention> {
    let text = names.text;
    if !text.slice(from..mention.range.start).ends_with(JOINERS) {
        return Vec::new();
    }
    let Some(Located { region, rest, .. }) = locate(names, text.slice(mention.range.clone()))
    else {
        return Vec::new();
    };
    let relative =
        is_relative_word(names, text.slice(mention.range.start..mention.range.end - rest.len()));
    let mut listed = Vec::new();
    let mut end = mention.range.start;
    while let Some(before) =
        text.slice(from..end).strip_suffix(JOINERS).filter(|_| listed.len() < MOST)
    {
        let end_of_word = from + before.len();
        let Some((other, start)) = region_at_end(names, before, relative, region) else { break };
        if !relative && !equal_levels(names, region, other) {
            break;
        }
        listed.push((other, from + start..end_of_word));
        end = from + start;
    }
    if makes_class(text, text.slice(from..end)) {
        return Vec::new();
    }
    let body = |(region, range): (RegionIndex, Range<usize>)| {
        let name = text.lexicon.counterpart_agency(region, rest)?;
        Some(AgencyMention { name: name.into(), range })
    };
    listed.into_iter().rev().filter_map(body).collect()
}

/// Returns true if every relative word of the list at the end of `text` (省、市) means a region of
/// the document: the name after it is that of a body in each.
pub(super) fn lists_own_regions(names: &Names, text: &str) -> bool {
    let cues = &names.text.lexicon.cues.agencies;
    let mut rest = text;
    for _ in 0..MOST {
        let Some(word) = cues.relative.end(rest) else { return false };
        if relative_region(names, word).is_none() {
            return false;
        }
        rest = &rest[..rest.len() - word.len()];
        match rest.strip_suffix(JOINERS) {
            Some(before) => rest = before,
            None => return !ends_with_level(rest),
        }
    }
    false
}

/// Returns the body of `region`, an item of a list before `name`: 吉林 before 海南省药监局.
pub(crate) fn body_in(names: &Names, region: &str, name: &str) -> Option<String> {
    let Located { region: last, rest, .. } = locate(names, name)?;
    let relative = is_relative_word(names, &name[..name.len() - rest.len()]);
    let (other, start) = region_at_end(names, region, relative, last)?;
    let listed = start == 0 && (relative || equal_levels(names, last, other));
    listed.then(|| names.text.lexicon.counterpart_agency(other, rest))?
}

/// Returns true for a region alone, by a name or a relative word: 吉林, 省.
pub(crate) fn is_bare_region(names: &Names, word: &str) -> bool {
    let named = names.text.lexicon.regions.suffix(word, names.setting());
    named.is_some_and(|(_, start)| start == 0)
        || (is_relative_word(names, word) && relative_region(names, word).is_some())
}

/// Returns the government of a region that is printed in full: 成都市人民政府 for 成都市.
pub(crate) fn government(names: &Names, region: &str) -> Option<String> {
    let lexicon = names.text.lexicon;
    let (found, start) = lexicon.regions.suffix(region, names.setting())?;
    let full = start == 0 && region.ends_with(&*lexicon.regions.get(found).name);
    full.then(|| lexicon.regional_agency(found, "人民政府"))?
}

/// Returns true for a zone without the name of its body: 仲恺高新区 of 仲恺高新区、大亚湾开发区管委会.
/// 国家级经济技术开发区 is a kind.
pub(crate) fn is_bare_zone(names: &Names, words: &str) -> bool {
    let lexicon = &names.text.lexicon.names;
    lexicon.zones.strip_end(words).is_some_and(|name| !is_kind_of_zone(names, name))
        && lexicon.classes.starts.start(words).is_none()
        && resolve(names, words, Some(own_region(names))).is_none()
}

/// Returns true for levels and qualities alone: 国家级, 现代农业示范.
fn is_kind_of_zone(names: &Names, mut words: &str) -> bool {
    while let Some(rest) = names.text.lexicon.names.zone_kinds.strip_start(words) {
        words = rest;
    }
    words.is_empty()
}

/// Returns the body of a zone that is listed before `name`, that of another one.
pub(crate) fn body_of_zone(names: &Names, zone: &str, name: &str) -> Option<String> {
    let seat = names.text.lexicon.names.zone_seats.end(name)?;
    let body = [zone, seat].concat();
    names.text.lexicon.names.zones.end(zone)?;
    resolve(names, &body, Some(own_region(names))).or_else(|| printed_body(names, &body))
}

fn is_relative_word(names: &Names, word: &str) -> bool {
    names.text.lexicon.cues.agencies.relative.contains(word)
}

/// Returns the region at the end of an item of a list, and its start.
///
/// * `last`: the region of the name that the list is before.
fn region_at_end(
    names: &Names,
    text: &str,
    relative: bool,
    last: RegionIndex,
) -> Option<(RegionIndex, usize)> {
    if !relative {
        let named = names.text.lexicon.regions.suffix(text, names.setting());
        return named.or_else(|| short_county(names, text, last));
    }
    let word = names.text.lexicon.cues.agencies.relative.end(text)?;
    Some((relative_region(names, word)?, text.len() - word.len()))
}

/// Returns the county that `text` ends with, without the last character of its name, if it is a
/// neighbor of `last`: 鼓楼 before 玄武区.
fn short_county(names: &Names, text: &str, last: RegionIndex) -> Option<(RegionIndex, usize)> {
    /// Maximum length of the name, in characters.
    const LONGEST: usize = 8;
    let regions = &names.text.lexicon.regions;
    let kind = regions.get(last).name.chars().next_back()?;
    if regions.get(last).level() != Level::County {
        return None;
    }
    let near = last_chars(text, LONGEST);
    let (region, start) = regions.suffix(&format!("{near}{kind}"), names.setting())?;
    let neighbor = regions.above(region) == regions.above(last);
    (neighbor && start < near.len()).then_some((region, text.len() - near.len() + start))
}

/// Returns true for two provinces, two prefectures or two counties.
fn equal_levels(names: &Names, one: RegionIndex, other: RegionIndex) -> bool {
    let level = |region| match names.text.lexicon.regions.get(region).level() {
        Level::Municipality => Level::Province,
        level => level,
    };
    // 成都、重庆市
    let cities = |one, other| {
        let level = |region| names.text.lexicon.regions.get(region).level();
        level(one) == Level::Municipality && level(other) == Level::Prefecture
    };
    level(one) == level(other) || cities(one, other)
}
