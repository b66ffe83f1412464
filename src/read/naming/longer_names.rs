//! Longer names that the name of a body begins: 省药监局信息中心, 国家药监局重点实验室.

use super::names::{AgencyMention, Names};
use super::units::{breaks_name, ends_name, unit_at};
use crate::lexicon::Words;
use crate::read::scanned_text::ScannedText;
use crate::text::{first_chars, is_han};
use std::ops::Range;

/// Maximum length in characters of the rest of a longer name.
const REST: usize = 20;

/// A longer name that the name of a body begins.
pub(crate) enum LongerName {
    /// The name of a unit of the body: 省药监局信息中心.
    Unit(AgencyMention),
    /// The name of another body, or of a class: 国家药监局重点实验室.
    Other,
}

/// Returns the longer name that the name at `mention` begins.
pub(crate) fn longer_name(
    names: &Names,
    range: &Range<usize>,
    mention: &AgencyMention,
) -> Option<LongerName> {
    let text = names.text;
    let before = text.slice(range.start..mention.range.start);
    let after = text.slice(mention.range.end..range.end);
    let groups = &text.lexicon.cues.agencies.inspection_groups;
    if before.ends_with('驻') && groups.start(after).is_some() {
        return Some(LongerName::Other);
    }
    if let Some(unit) = unit_of(names, mention, after) {
        return Some(LongerName::Unit(unit));
    }
    let rest = rest_of_name(text, range, mention)?;
    if let Some(institute) = institute_of(names, mention, rest, after) {
        return Some(LongerName::Unit(institute));
    }
    (!is_apart(names, rest, after)).then_some(LongerName::Other)
}

/// Returns the institute of an academy that `rest`, the rest of a name, and nothing after it names. Its
/// place tells it from a class, 有关研究所: 中国科学院南京土壤研究所.
fn institute_of(
    names: &Names,
    academy: &AgencyMention,
    rest: &str,
    after: &str,
) -> Option<AgencyMention> {
    let lexicon = names.text.lexicon;
    let cues = &lexicon.cues.agencies;
    let field = cues.academies.end(&academy.name).and_then(|_| cues.institutes.strip_end(rest))?;
    let (_, place) = lexicon.regions.prefix(field, names.setting())?;
    let class = lexicon.names.classes.starts.start(&field[place..]).is_some();
    (!class && ends_name(lexicon, &after[rest.len()..])).then(|| part_of(academy, rest))
}

/// Returns the part of a body whose name has `rest` after that of the body.
fn part_of(body: &AgencyMention, rest: &str) -> AgencyMention {
    AgencyMention {
        name: [&*body.name, rest].concat().into(),
        range: body.range.start..body.range.end + rest.len(),
    }
}

/// Returns true if a body is named for itself before words that end as a unit does: those go on to
/// another word, 服务中心城市, or name the unit of another place, 杭州市信息中心.
fn is_apart(names: &Names, rest: &str, after: &str) -> bool {
    let lexicon = names.text.lexicon;
    let cues = &lexicon.cues.agencies;
    cues.units.end(rest).is_some()
        && (!ends_name(lexicon, &after[rest.len()..])
            || cues.relative.start(rest).is_some()
            || lexicon.regions.prefix(rest, names.setting()).is_some())
}

/// Returns the unit of the body at `mention` that the words `after` it name.
fn unit_of(names: &Names, mention: &AgencyMention, after: &str) -> Option<AgencyMention> {
    let body = names.text.slice(mention.range.clone());
    if names.text.lexicon.cues.agencies.governments.end(body).is_some() {
        return None;
    }
    let words = first_chars(after, REST);
    let end = words.find(|c| !is_han(c)).unwrap_or(words.len());
    unit_at(names, &words[..end]).map(|unit| part_of(mention, unit))
}

/// Returns the rest of the name of another body or of a class that the name at `mention` begins:
/// 重点实验室 of 国家药监局重点实验室, 卫生主管部门 of 国务院卫生主管部门. `None` if a verb or another word
/// that no name contains is between: 争取国家药监局支持实验室建设.
fn rest_of_name<'t>(
    text: &'t ScannedText,
    range: &Range<usize>,
    mention: &AgencyMention,
) -> Option<&'t str> {
    let after = first_chars(text.slice(mention.range.end..range.end), REST);
    // 国务院财政、税务主管部门
    let end = after.find(|c| !is_han(c) && c != '、').unwrap_or(after.len());
    let words = after[..end].trim_end_matches('、');
    let cues = &text.lexicon.cues.agencies;
    let name = text.slice(mention.range.clone());
    let government = cues.governments.end(name).is_some();
    let department = cues.government_tails.first(words).filter(|_| government);
    let tail = cues.tails.first(words).into_iter().chain(department).min();
    let (at, tail) = tail?;
    if cues.existing.end(text.slice(range.start..mention.range.start)).is_some() {
        return None;
    }
    let between = &words[..at];
    let rest = &words[..at + tail.len()];
    let platforms = &text.lexicon.platforms;
    let broken_by = |between, lists: &[&Words]| {
        lists.iter().any(|openers| breaks_name(text.lexicon, between, openers))
    };
    let first_of_list = words.starts_with('、') || platforms.joiners.start(words).is_some();
    // 国务院建设主管部门, 国务院管理节能工作的部门: no verb of the government's own.
    let whole = cues.departments.end(rest).is_some_and(|name| name.len() > tail.len());
    let of_government = government && (whole || between.ends_with('的')) && !first_of_list;
    let field = between.trim_end_matches('的');
    if of_government && !broken_by(field, &[&platforms.openers, &platforms.adverbs]) {
        return Some(rest);
    }
    let broken = first_of_list
        || broken_by(between, &[&platforms.openers, &platforms.adverbs, &platforms.verbs])
        || platforms.leading.start(between).is_some()
        || text.lexicon.names.not_in_names.occur_in(between);
    (!broken).then_some(rest)
}
