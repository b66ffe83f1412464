//! Full names of public bodies in signatures, titles and lines of names.

use crate::lexicon::{Level, Meaning, PARTY, RegionIndex};
use crate::model::{Found, Rule};
use crate::outline::Diagnostic;
use crate::read::naming::agencies::{self, is_relative};
use crate::read::naming::canonical::{
    DefaultRegion, committee, division, ends_as_body, is_national, region_of, resolve,
    resolve_known,
};
use crate::read::naming::names::Names;
use crate::text::{is_han, is_within, suffix_start};
use std::ops::Range;

/// Maximum length of a body's name in characters.
const NAME: usize = 60;

/// The bodies that sign before a date.
#[derive(Default)]
pub(super) struct Signers {
    /// In text order.
    pub(super) names: Vec<Found<String>>,
    /// Notes on names that no vocabulary lists.
    pub(super) notes: Vec<Diagnostic>,
    pub(super) evidence: Evidence,
}

impl Signers {
    /// Names that the vocabularies resolve.
    pub(super) fn known(names: Vec<Found<String>>) -> Signers {
        Signers { names, ..Signers::default() }
    }
}

/// Evidence that the words before a date are names of bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evidence {
    /// No name.
    #[default]
    Nothing,
    /// Words that end as names do: 某某县第一中学教务处.
    Ending,
    /// A name of a common form: 某某县药品安全工作领导小组办公室.
    Form,
    /// A name that the vocabularies resolve.
    Known,
}

/// A name that is read back from a mark.
struct Name {
    range: Range<usize>,
    body: Body,
}

enum Body {
    /// Canonical name.
    Known(String),
    /// A known name without its region, or relative to it: 医保局, 省财政厅.
    Bare,
    /// A name that only ends as names of bodies do.
    Unknown,
}

/// Returns the bodies that sign directly before `end`, the start of a date. A name that no
/// vocabulary lists keeps its printed words if it has the form of a name, with a note.
///
/// * `home`: the region of names that are relative to it, if no other name tells theirs: 省财政厅.
pub(super) fn signers_before(names: &Names, end: usize, home: Option<RegionIndex>) -> Signers {
    let mut found = names_back(names, end, true);
    let strong = |name: &Name| has_common_form(names, name.range.clone());
    // A paragraph above the names can end as a name does.
    let next = |found: &[Name]| found.get(1).map_or(end, |next| next.range.start);
    while found.first().is_some_and(|first| !begins_names(names, first, next(&found), end)) {
        found.remove(0);
    }
    let evidence = found.iter().map(|name| match name.body {
        Body::Known(_) => Evidence::Known,
        Body::Unknown if strong(name) => Evidence::Form,
        Body::Bare | Body::Unknown => Evidence::Ending,
    });
    let evidence = evidence.max().unwrap_or_default();
    let mut signers = settle(names, found, Rule::Signature, home);
    signers.evidence = if signers.names.is_empty() { Evidence::Nothing } else { evidence };
    signers
}

/// Returns true if `first`, the first of the names before the date at `date`, is a signatory and not
/// the end of a paragraph. `next` is the start of the name after it, or of the date.
fn begins_names(names: &Names, first: &Name, next: usize, date: usize) -> bool {
    let text = names.text;
    let Range { start, end } = first.range.clone();
    let above = |until: usize| text.slice(end..until).contains('\n');
    match first.body {
        Body::Unknown => next == date || !above(next) || has_common_form(names, start..end),
        // 材料报送青岛市水务局 above a date.
        Body::Known(_) => {
            let near = suffix_start(text.before(start), NAME);
            let line = near + text.slice(near..start).rfind('\n').map_or(0, |at| at + 1);
            let running = text.before(start).ends_with(is_han) && !text.view.gap(start);
            !(running && above(date))
                || is_name_like(names, text.slice(after_gap(names, line, end)..end))
        }
        Body::Bare => true,
    }
}

/// Returns the bodies named directly before `end`, one after another or one a
/// line, in text order: the last 256 of them.
pub(super) fn names_before(names: &Names, end: usize, rule: Rule) -> Vec<Found<String>> {
    settle(names, names_back(names, end, false), rule, None).names
}

/// Returns the bodies named in `range` if their names fill it, otherwise an empty list.
pub(super) fn names_filling(names: &Names, range: Range<usize>, rule: Rule) -> Vec<Found<String>> {
    let found = names_back(names, range.end, false);
    let fills = found.first().is_some_and(|name| name.range.start <= range.start);
    let Signers { names, notes, .. } = settle(names, found, rule, None);
    if fills && notes.is_empty() { names } else { Vec::new() }
}

/// Returns the bodies named in `range`, the value of a label for them. A name that no vocabulary lists
/// keeps its printed words if it has the form of a name, with a note.
pub(super) fn labelled_names(names: &Names, range: Range<usize>) -> Signers {
    let found = names_back(names, range.end, true);
    let fills = found.first().is_some_and(|name| name.range.start == range.start);
    let formed = |name: &Name| match name.body {
        Body::Known(_) | Body::Bare => true,
        Body::Unknown => has_common_form(names, name.range.clone()),
    };
    match fills && found.iter().all(formed) {
        true => settle(names, found, Rule::Head, None),
        false => Signers::default(),
    }
}

/// Returns the names directly before `end`, in text order.
///
/// * `unknown`: names that nothing resolves are read too, and brackets between names are skipped.
fn names_back(names: &Names, end: usize, unknown: bool) -> Vec<Name> {
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
            trimmed = without_bracket(text.before(trimmed)).len();
            let bounded = bounded || trimmed < end;
            name = name_before(names, trimmed, bounded, unknown)
                .or_else(|| unknown_before(names, trimmed).filter(|_| bounded));
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

/// Resolves the names without a region by the names beside them. Those that stay ambiguous leave
/// a note and are no issuers; unknown ones leave a note and keep their words.
fn settle(names: &Names, found: Vec<Name>, rule: Rule, home: Option<RegionIndex>) -> Signers {
    let text = names.text;
    let default = |name: &Name| match &name.body {
        Body::Known(name) if is_national(names, name) => Some(DefaultRegion::Nation),
        Body::Known(name) => region_of(names, name).map(DefaultRegion::Region),
        Body::Bare | Body::Unknown => None,
    };
    let bare = found.iter().any(|name| matches!(name.body, Body::Bare));
    // The region of a name is that of the name before it, as in a list; that of the first is the
    // region of a name after it.
    let national = || text.names_provinces().then_some(DefaultRegion::Nation);
    let first = if bare { found.iter().find_map(default).or_else(national) } else { None };
    let mut last = first;
    let mut signers = Signers::default();
    for name in found {
        last = default(&name).or(last);
        let Name { range, body } = name;
        let printed = text.printed(range.clone());
        let (name, note) = match body {
            Body::Known(name) => (Some(name), None),
            Body::Bare => {
                let relative = is_relative(text, &printed);
                let home = home.filter(|_| relative).map(DefaultRegion::Region);
                let regions = [last, first, home];
                let resolved = regions.into_iter().find_map(|at| in_region(names, &printed, at?));
                let ambiguous = resolved.is_none() && !relative;
                let note =
                    || format!("the signatory {printed} is no issuer: of which region is it?");
                (resolved, ambiguous.then(note))
            }
            Body::Unknown => {
                let note = format!(
                    "the signatory {printed} is in no vocabulary: the issuer has its printed name"
                );
                (Some(printed), Some(note))
            }
        };
        let diagnostic = |message| Diagnostic { start: range.start, end: range.end, message };
        signers.notes.extend(note.map(diagnostic));
        signers.names.extend(name.map(|name| text.found(name, range, rule)));
    }
    signers
}

/// Returns the canonical name of a body without a region in its name: 财政厅, 省财政厅.
fn in_region(names: &Names, printed: &str, region: DefaultRegion) -> Option<String> {
    let own = match region {
        DefaultRegion::Region(region) => Some(region),
        DefaultRegion::Nation => None,
    };
    let national = || ministry(names, printed).filter(|_| own.is_none());
    resolve_known(&Names { region: own, ..*names }, printed, Some(region)).or_else(national)
}

/// Returns the national body with a name without 国家 or 中国: 医保局, 工程院.
fn ministry(names: &Names, words: &str) -> Option<String> {
    let china = || names.text.lexicon.agencies.body(&format!("中国{words}")).map(str::to_owned);
    resolve_known(names, words, Some(DefaultRegion::Nation)).or_else(china)
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
    let line_start = near + all[near..end].rfind('\n').map_or(0, |at| at + 1);
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
        let name = format!("{}{}", known.name, text.slice(end - office..end));
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
    let line = near + text.slice(near..end).rfind('\n').map_or(0, |at| at + 1);
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

/// Returns the offset after the last white space inside `start..end`; `start` if there is none.
fn after_gap(names: &Names, start: usize, end: usize) -> usize {
    names.text.view.last_gap(start, end).unwrap_or(start)
}

/// Returns true if `words` have the form of the name of a body: 某某县药品安全工作领导小组办公室.
/// A sentence that ends in a name has not: 材料报送市教育局.
pub(super) fn is_name_like(names: &Names, words: &str) -> bool {
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

/// Returns true for a known name without its region: 医保局, and 财政厅 if it is `signed`.
fn is_bare(names: &Names, words: &str, signed: bool) -> bool {
    let lexicon = names.text.lexicon;
    let function = || lexicon.agencies.function(words, Level::Province, false).is_some();
    lexicon.names.organs.of(words).is_some()
        && ((signed && function()) || ministry(names, words).is_some())
}

/// Returns true for a name that ends in a function of government or as bodies of one kind do.
fn has_common_form(names: &Names, range: Range<usize>) -> bool {
    let text = names.text;
    let organ = text.lexicon.names.organs.of(text.slice(range.clone()));
    let last = text.tokens(&range).last().filter(|token| token.range().end == range.end);
    let function = |meaning: &Meaning| matches!(meaning, Meaning::Function | Meaning::Body(_));
    organ.is_some_and(|organ| organ.alone.is_some())
        || last.is_some_and(|&token| text.meanings(token).iter().any(function))
}
