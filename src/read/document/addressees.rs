//! Addressees (主送机关): 各处、检查分局、直属事业单位:.

use super::issuer_names::is_name_like;
use super::line_forms::opens_entry;
use crate::lexicon::Alone;
use crate::model::{Found, Rule};
use crate::read::naming::agencies::is_relative;
use crate::read::naming::canonical::{ends_as_body, resolve};
use crate::read::naming::enumerations::is_bare_region;
use crate::read::naming::names::Names;
use crate::read::naming::numbers::numbers;
use crate::read::scanned_text::ScannedText;
use crate::text::{Span, is_han, is_within};
use std::ops::Range;

/// Returns the names before the colon of the first line that has addressees.
///
/// * `above`: where the titles and the number are.
pub(super) fn addressees(
    names: &Names,
    lines: &[Range<usize>],
    above: &[Span],
) -> Vec<Found<String>> {
    let text = names.text;
    let is_sentence = |line: &Range<usize>| text.slice(line.clone()).contains('。');
    let sentence = lines.iter().position(is_sentence).unwrap_or(lines.len());
    let follows = |at: usize| {
        let before = at.checked_sub(1).map(|before| &lines[before]);
        let numbered = |line: &Range<usize>| {
            let first = numbers(text.lexicon, text.slice(line.clone())).into_iter().next();
            first.is_some_and(|(range, _)| range.start == 0)
        };
        let ends_own = |line: &Range<usize>| {
            let line = text.span(line.clone());
            above.iter().any(|own| line.start < own.end && own.end <= line.end)
        };
        before.is_some_and(|line| ends_own(line) || numbered(line))
    };
    let replies = &text.lexicon.cues.genre.reply_titles;
    let mut before = lines[..sentence].iter();
    let is_reply = before.any(|line| replies.end(text.slice(line.clone())).is_some());
    let list = lines.iter().enumerate().find_map(|(at, line)| {
        let running = || {
            let next = lines.get(at + 1).map_or("", |next| text.slice(next.clone()));
            next.contains([',', '。']) && !opens_entry(next)
        };
        let placed = || {
            let follows = at <= sentence && follows(at) && running();
            follows.then(|| placed(names, line, is_reply)).flatten()
        };
        let known = || bodies(names, line).filter(|_| at <= sentence);
        address(text, line).or_else(known).or_else(placed)
    });
    list.map_or(Vec::new(), |list| names_in_list(text, list))
}

/// Returns the list of addressees that opens a line, without its colon.
fn address(text: &ScannedText, line: &Range<usize>) -> Option<Range<usize>> {
    let words = text.slice(line.clone());
    memchr::memchr(b':', words.as_bytes())?;
    let sentence = words.split('。').next().unwrap_or_default();
    // In a flattened text the title, the date or the number is directly before the list.
    let opens = |start: &usize| *start == 0 || sentence[..*start].ends_with(['知', '日', '号']);
    let starts = text.lexicon.cues.signature.addressees.occurrences(sentence);
    let start = starts.map(|opening| opening.start).filter(opens).min()?;
    let colon = start + sentence[start..].find(':')?;
    Some(line.start + start..line.start + colon)
}

/// Returns a line of names of bodies before a colon, without the colon: 山西省人民政府、商务部:.
/// Returns none for a body that decides: 省教育厅决定:.
fn bodies(names: &Names, line: &Range<usize>) -> Option<Range<usize>> {
    /// Maximum length of the list in characters.
    const LONGEST: usize = 200;
    let text = names.text;
    let words = text.slice(line.clone());
    let colon = words.find(':').filter(|&colon| is_within(&words[..colon], LONGEST))?;
    if words[..colon].contains('。') {
        return None;
    }
    let list = line.start..line.start + colon;
    let alone = list.end + 1 == line.end || text.view.gap(list.end + 1);
    let is_name = |name: &Found<String>| is_addressee(names, &name.value);
    let is_listed = |(at, name): (usize, &Found<String>)| {
        is_name(name) || (at > 0 && is_further(names, &name.value))
    };
    let listed = names_in_list(text, list.clone());
    // The first sentence can follow several names on their line.
    let addressed = alone || listed.len() > 1;
    (addressed && listed.iter().enumerate().all(is_listed) && colon > 0).then_some(list)
}

/// Returns the words before the colon that ends the line directly below a title or a number, if they
/// end as names of addressees do: 民航总局:, 某某经济开发区,各街道办事处:, 王某某委员: of a reply.
fn placed(names: &Names, line: &Range<usize>, is_reply: bool) -> Option<Range<usize>> {
    /// Maximum length of the list and of a name in characters.
    const LIST: usize = 200;
    const NAME: usize = 24;
    let text = names.text;
    let words = text.slice(line.clone()).strip_suffix(':')?;
    if !is_within(words, LIST) || words.contains([':', '。', ';', '《', '"', '“']) {
        return None;
    }
    let list = line.start..line.start + words.len();
    let cues = &text.lexicon.cues.signature;
    let opens_with_region = |name: &str| text.lexicon.regions.prefix(name, None).is_some();
    let is_placed = |name: &Found<String>| {
        let name = name.value.as_str();
        let printed = |c: char| is_han(c) || "、()（）".contains(c);
        let ends = cues.addressee_ends.end(name).is_some();
        let noun = cues.addressee_classes.end(name).is_some();
        // 各单位, 新区各部门
        let class = cues.addressees.start(name).is_some()
            || ((ends || noun) && cues.addressees.occur_in(name));
        let named = || {
            ends && cues.addressee_classes.end(name).is_none()
                && (opens_with_region(name) || cues.addressee_nouns.end(name).is_none())
                && !text.lexicon.names.not_in_names.occur_in(name)
        };
        let person =
            || is_reply && cues.addressed_persons.end(name).is_some_and(|title| title != name);
        let zone = || cues.addressee_zones.end(name).is_some() && !cues.zone_classes.occur_in(name);
        // 河北省、山西省人民政府 is one name.
        (name.contains('、') || is_within(name, NAME))
            && name.chars().all(printed)
            && (class || named() || person() || zone())
    };
    let listed = names_in_list(text, list.clone());
    (!listed.is_empty() && listed.iter().all(is_placed)).then_some(list)
}

/// Returns true for the name of a body, in full or relative to the document's region, also after
/// several regions: 吉林、海南省药监局.
fn is_addressee(names: &Names, name: &str) -> bool {
    /// Minimum length in characters of the name of a company or an institute, which a label
    /// (主办学院:) is not.
    const MIN_PRINTED: usize = 6;
    let lexicon = names.text.lexicon;
    let listed = |(regions, _): &(&str, &str)| {
        regions.split('、').all(|region| is_bare_region(names, region))
    };
    let name = name.rsplit_once('、').filter(listed).map_or(name, |(_, name)| name);
    let class = || {
        let starts = &lexicon.names.classes.starts;
        // 省政府有关部门
        let of_body = || {
            let (at, _) = starts.first(name)?;
            let body = &name[..at];
            (is_relative(names.text, body) || resolve(names, body, None).is_some()).then_some(())
        };
        let ends = || {
            lexicon.cues.signature.addressee_ends.end(name).is_some()
                || lexicon.names.classes.ends.end(name).is_some()
        };
        (starts.start(name).is_some() || of_body().is_some()) && ends()
    };
    let words = || !lexicon.names.not_in_names.occur_in(name);
    let relative = || is_relative(names.text, name) && ends_as_body(names, name);
    let printed = || {
        let organ = lexicon.names.organs.of(name);
        organ.is_some_and(|organ| organ.alone == Some(Alone::Printed))
            && !is_within(name, MIN_PRINTED - 1)
            && is_name_like(names, name)
    };
    // 鼓楼区人民政府: several regions have this name.
    let government = || {
        let region = name.strip_suffix("人民政府").unwrap_or_default();
        lexicon.cues.agencies.relative.end(region).is_some_and(|level| level != region)
            && is_name_like(names, name)
    };
    let known = || resolve(names, name, None).is_some() || relative() || printed() || government();
    class() || (words() && known())
}

/// Returns true for an office below a name with its region: 无锡、常州市生态环境局、水(务)局、农业农村局.
fn is_further(names: &Names, name: &str) -> bool {
    /// Maximum length of such a name in characters.
    const LONGEST: usize = 12;
    let words = &names.text.lexicon.names;
    let whole = name.replace(['(', ')', '（', '）'], "");
    is_within(name, LONGEST)
        && whole.chars().all(is_han)
        && !words.not_in_names.occur_in(&whole)
        && (names.text.lexicon.agencies.is_function(&whole) || is_addressee(names, &whole))
}

/// Splits a list at its marks outside brackets. 、 splits only after the end of a
/// name: 各省、自治区、直辖市卫生健康委 and 市政府有关委、办、局 are one name each.
fn names_in_list(text: &ScannedText, range: Range<usize>) -> Vec<Found<String>> {
    let list = text.slice(range.clone());
    let name_ends = &text.lexicon.cues.signature.addressee_ends;
    let mut names = Vec::new();
    let (mut start, mut depth) = (0, 0u32);
    for (at, mark) in list.match_indices(['、', ',', ';', '(', ')']).chain([(list.len(), "")]) {
        match mark {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {
                let words = list[start..at].trim_end_matches(')');
                let complete = mark != "、"
                    || (name_ends.end(words).is_some() && !opens_with_bare_organ(&list[at..]));
                if !complete || (depth > 0 && !mark.is_empty()) {
                    continue;
                }
                if start < at {
                    let name = range.start + start..range.start + at;
                    names.push(text.found(text.printed(name.clone()), name, Rule::Head));
                }
                start = at + mark.len();
            }
        }
    }
    names
}

/// Returns true if a list goes on with a single character that ends the names of bodies: 、办、局, and
/// 、委(办)、局. 、水(务)局 is a name.
fn opens_with_bare_organ(list: &str) -> bool {
    let next = list.trim_start_matches('、');
    let bracketed = next.split_once(')').filter(|(name, _)| name.chars().nth(1) == Some('('));
    if bracketed.is_some_and(|(_, rest)| rest.starts_with(is_han)) {
        return false;
    }
    let mut chars = next.chars();
    chars.next().is_some_and(|c| !"()".contains(c))
        && chars.next().is_none_or(|c| "、,;()及和".contains(c))
}
