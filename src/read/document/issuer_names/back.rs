//! Names of bodies that end at a place of the text, read back from it.

use crate::lexicon::{Level, PARTY};
use crate::read::naming::agencies::{self, is_relative};
use crate::read::naming::canonical::{
    DefaultRegion, committee, division, ends_as_body, resolve, resolve_known,
};
use crate::read::naming::names::Names;
use crate::text::{is_han, is_within, suffix_start};
use std::ops::Range;

/// Maximum length of a body's name in characters.
pub(crate) const NAME: usize = 60;

/// A name that is read back from a mark.
pub(crate) struct Name {
    pub(crate) range: Range<usize>,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    /// Canonical name.
    Known(String),
    /// A known name without its region, or relative to it: 医保局, 省财政厅.
    Bare,
    /// A name that only ends as names of bodies do.
    Unknown,
}

/// Returns true if `words` have the form of the name of a body: 某某县药品安全工作领导小组办公室.
/// A sentence that ends in a name has not: 材料报送市教育局.
pub(crate) fn is_name_like(names: &Names, words: &str) -> bool {
    /// Length of a name in characters.
    const LENGTH: Range<usize> = 4..36;
    let lexicon = names.text.lexicon;
    let organ = lexicon.names.organs.of(words);
    LENGTH.contains(&words.chars().count())
        && organ.is_some_and(|organ| organ.end.len() < words.len())
        && words.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
        && lexicon.names.classes.starts.start(words).is_none()
        && !lexicon.names.organs.is_rest(words)
        && !lexicon.names.not_in_names.occur_in(words)
}

/// Returns the national body with a name without 国家 or 中国: 医保局, 工程院.
pub(crate) fn ministry(names: &Names, words: &str) -> Option<String> {
    let china = || names.text.lexicon.agencies.body(&["中国", words].concat()).map(str::to_owned);
    resolve_known(names, words, Some(DefaultRegion::Nation)).or_else(china)
}

/// Returns the names directly before `end`, in text order.
///
/// * `unknown`: names that nothing resolves are read too, and brackets between names are skipped.
pub(super) fn names_back(names: &Names, end: usize, unknown: bool) -> Vec<Name> {
    /// Maximum number of names. Several times the number of bodies that sign together; each line
    /// of a longer list would be read back to the start of the list.
    const MAX_NAMES: usize = 256;
    let text = names.text;
    let mut found: Vec<Name> = Vec::new();
    let mut end = end;
    while found.len() < MAX_NAMES {
        let bounded = found.is_empty() || text.view.gap(end);
        let mut trimmed = without_marks(text.before(end)).len();
        let mut name = name_before(names, trimmed, bounded || trimmed < end, unknown);
        if name.is_none() && unknown {
            let before = without_bracket(text.before(trimmed)).len();
            if before < trimmed {
                trimmed = before;
                name = name_before(names, trimmed, true, unknown);
            }
            let bounded = bounded || trimmed < end;
            name = name.or_else(|| unknown_before(names, trimmed).filter(|_| bounded));
        }
        let Some(mut name) = name else { break };
        if is_relative(text, text.slice(name.range.clone())) {
            // Signatures are full names: 省药监局 before a date is running text.
            let signs = matches!(name.body, Body::Bare)
                || (unknown && begins_part(names, name.range.start));
            if !signs {
                break;
            }
            name.body = Body::Bare;
        }
        end = name.range.start;
        found.push(name);
    }
    found.reverse();
    found
}

/// Returns true if white space, or the start of the text, precedes `at`.
fn begins_part(names: &Names, at: usize) -> bool {
    at == 0 || names.text.before(at).ends_with('\n') || names.text.view.gap(at)
}

/// Returns the offsets in a range at which a part begins, ascending.
fn part_starts(names: &Names, range: Range<usize>) -> Vec<usize> {
    let text = names.text;
    let first = begins_part(names, range.start).then_some(range.start);
    let gaps = std::iter::successors(text.view.first_gap(range.start, range.end), |&gap| {
        text.view.first_gap(gap, range.end)
    });
    let ends = memchr::memchr_iter(b'\n', text.slice(range.clone()).as_bytes());
    let lines = ends.map(|end| range.start + end + 1).filter(|&line| line < range.end);
    let mut starts: Vec<usize> = first.into_iter().chain(gaps).chain(lines).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Removes the list marks, line ends and page number at the end.
fn without_marks(text: &str) -> &str {
    let text = text.trim_end_matches(['\n', '、']);
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if text.len() - digits.len() <= 3 && digits.ends_with('\n') {
        return digits.trim_end_matches('\n');
    }
    text
}

/// Removes a bracket at the end, which names the signatory before it again or says who signs for
/// it: (代章).
fn without_bracket(text: &str) -> &str {
    let near = suffix_start(text, NAME);
    let open = text.ends_with(')').then(|| text[near..].rfind('(')).flatten();
    open.map_or(text, |open| without_marks(&text[..near + open]))
}

/// Returns the name that ends at `end`: a known one, or, if `bounded` (white space or a mark
/// follows it), one that white space precedes.
///
/// * `signed`: a bare name can be that of a region.
fn name_before(names: &Names, end: usize, bounded: bool, signed: bool) -> Option<Name> {
    let (text, all) = (names.text, names.text.all());
    let near = suffix_start(text.before(end), NAME);
    let line_start = line_start(names, near, end);
    let known = |(name, range)| Name { range, body: Body::Known(name) };
    if let Some(found) = known_name_before(names, line_start, end) {
        return Some(known(found));
    }
    // A long name can take two lines.
    let line_before = all[near..line_start].trim_end_matches('\n').rfind('\n');
    let line_before = line_before.map_or(near, |at| near + at + 1);
    let full_name = |range: Range<usize>| resolve(names, &text.printed(range), None);
    // The line before is a part of the name only if it is not a name itself.
    let continues = |at: usize| at < line_start && full_name(at..line_start).is_none();
    let parts = if bounded { part_starts(names, line_before..end) } else { Vec::new() };
    let starts = || {
        let near = parts.iter().rev().copied().take_while(|&at| !has_date(text.slice(at..end)));
        near.filter(|&at| at >= line_start || continues(at))
    };
    let part = after_gap(names, line_start, end);
    // Names without white space between them: 河北省委办公厅省政府办公厅.
    let joined = agencies::mentions(names, &(part..end)).pop().map(|last| last.range.end);
    let joined = joined.filter(|&at| bounded && at < end);
    let is_second = |at: &usize| {
        let words = text.slice(*at..end);
        is_bare(names, words, signed) || (is_relative(text, words) && ends_as_body(names, words))
    };
    if let Some(at) = joined.filter(is_second) {
        return Some(Name { range: at..end, body: Body::Bare });
    }
    // 安徽省教育厅 财政厅 are two names; 教 育 局 is one.
    let two = |at: usize| {
        at < part && is_bare(names, text.slice(part..end), signed) && full_name(at..part).is_some()
    };
    let full = |at: usize| Some((full_name(at..end).filter(|_| !two(at))?, at..end));
    if let Some(full) = starts().find_map(full) {
        return Some(known(full));
    }
    // Ministries sign without 国家: 卫生健康委 教育部 医保局.
    if let Some(at) = starts().find(|&at| is_bare(names, &text.printed(at..end), signed)) {
        return Some(Name { range: at..end, body: Body::Bare });
    }
    let words = text.slice(part..end);
    let division = division(names, words).filter(|_| bounded && is_name_like(names, words))?;
    Some(known((division, part..end)))
}

/// Returns true for words with a part of a date, which no name has: 2025年, 1日.
fn has_date(words: &str) -> bool {
    let mut digits = words.match_indices(|c: char| c.is_ascii_digit());
    digits.any(|(at, _)| words[at + 1..].starts_with(['年', '月', '日']))
}

/// Returns the known body with a name that ends at `end`, or the office that signs for
/// one: 辽宁省医疗保障局办公室.
fn known_name_before(
    names: &Names,
    line_start: usize,
    end: usize,
) -> Option<(String, Range<usize>)> {
    let text = names.text;
    let line = text.slice(line_start..end);
    let office = text.lexicon.cues.agencies.signing_offices.end(line).map(str::len);
    let listed = std::iter::once(0).chain(office).find_map(|office| {
        let known = agencies::mentions(names, &(line_start..end - office)).pop()?;
        let name = [&*known.name, text.slice(end - office..end)].concat();
        (known.range.end == end - office).then_some((name, known.range.start..end))
    });
    let committee = || {
        let start = line_start + line.rfind(PARTY)?;
        Some((committee(names, text.slice(start..end))?, start..end))
    };
    let (name, range) = listed.or_else(committee)?;
    // The regional office of a national body: 国家税务总局安徽省税务局.
    let start = after_gap(names, line_start, end);
    let longer = || resolve_known(names, &text.printed(start..end), None);
    match (start < range.start).then(longer).flatten() {
        Some(longer) => Some((longer, start..end)),
        None => Some((name, range)),
    }
}

/// Returns the words before `end` that can be the name of a body that nothing resolves: a line, or
/// the part of it after white space.
fn unknown_before(names: &Names, end: usize) -> Option<Name> {
    /// Minimum length of a name in characters; a shorter part of a line is of a name that is printed
    /// with spaces: 教 育 局.
    const SHORTEST: usize = 4;
    let text = names.text;
    let near = suffix_start(text.before(end), NAME);
    let line = line_start(names, near, end);
    let part = after_gap(names, line, end);
    let spaced = is_within(text.slice(part..end), SHORTEST - 1);
    // 省科协 省妇联 are two names; 市 妇 联 is one.
    let short = |&start: &usize| is_short_name(names, text.slice(start..end));
    if let Some(start) = [part, line].into_iter().filter(|_| spaced).find(short)
        && begins_part(names, start)
    {
        return Some(Name { range: start..end, body: Body::Bare });
    }
    let mut start = if spaced { line } else { part };
    // Names without white space between them: 河北省财政厅河北省妇女联会.
    let before = agencies::mentions(names, &(start..end)).pop().map(|known| known.range.end);
    let region = |at: &usize| text.lexicon.regions.prefix(text.slice(*at..end), None).is_some();
    start = before.filter(region).unwrap_or(start);
    if !is_name_like(names, text.slice(start..end)) {
        return None;
    }
    let body = body_of_unknown_region(names, start..end).map_or(Body::Unknown, Body::Known);
    Some(Name { range: start..end, body })
}

/// Returns true for a relative word with the short name of a function of government: 市教委, 省科协.
fn is_short_name(names: &Names, words: &str) -> bool {
    let lexicon = names.text.lexicon;
    let function = lexicon.cues.agencies.relative.strip_start(words).filter(|f| !f.is_empty());
    function.is_some_and(|function| lexicon.agencies.is_function(function))
}

/// Returns the name of a body with a known function in a region that no table lists:
/// 某某县市场监管局 is 某某县市场监督管理局.
fn body_of_unknown_region(names: &Names, range: Range<usize>) -> Option<String> {
    let text = names.text;
    let agencies = &text.lexicon.agencies;
    let function =
        text.tokens(&range).last().filter(|token| token.range().end == range.end)?.range();
    let region = text.slice(range.start..function.start);
    let end = text.lexicon.cues.agencies.relative.end(region).filter(|end| *end != region)?;
    if text.lexicon.names.not_in_regions.occur_in(region) {
        return None;
    }
    let level = match end {
        "省" | "自治区" => Level::Province,
        "市" | "州" | "盟" | "自治州" => Level::Prefecture,
        _ => Level::County,
    };
    let function = agencies.function(text.slice(function), level, false)?;
    Some(agencies.canonical(region, function))
}

/// Returns the start of the line of `end`, or `from` if that is later.
pub(crate) fn line_start(names: &Names, from: usize, end: usize) -> usize {
    names.text.slice(from..end).rfind('\n').map_or(from, |at| from + at + 1)
}

/// Returns the offset after the last white space inside `start..end`; `start` if there is none.
pub(super) fn after_gap(names: &Names, start: usize, end: usize) -> usize {
    names.text.view.last_gap(start, end).unwrap_or(start)
}

/// Returns true for a known name without its region: 医保局, and 财政厅 if it is `signed`.
fn is_bare(names: &Names, words: &str, signed: bool) -> bool {
    let lexicon = names.text.lexicon;
    let function = || lexicon.agencies.function(words, Level::Province, false).is_some();
    lexicon.names.organs.of(words).is_some()
        && ((signed && function()) || ministry(names, words).is_some())
}
