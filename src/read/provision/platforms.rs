//! Named platforms, programmes, lists and mechanisms.

mod phrase;

use crate::lexicon::{Meaning, MeaningKinds, Platforms};
use crate::model::{Found, Rule};
use crate::read::interval_set::IntervalSet;
use crate::read::naming::names::{NamedInstrument, Names};
use crate::read::scanned_text::ScannedText;
use crate::text::is_han;
use phrase::{Start, phrase};
use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

/// A platform named in the text.
pub(super) struct Platform {
    pub(super) range: Range<usize>,
    rule: Rule,
}

/// Maximum length of a quoted name in bytes.
const QUOTATION: usize = 120;

/// Returns the platforms named in a range, outside the names of instruments, in text
/// order, with repeats.
pub(super) fn platforms(
    names: &Names,
    range: &Range<usize>,
    instruments: &[NamedInstrument],
) -> Vec<Platform> {
    let text = names.text;
    let mut platforms = quoted(names, range);
    let quoted: IntervalSet = platforms.iter().map(|platform| platform.range.clone()).collect();
    for token in text.tokens_of(range, MeaningKinds::PLATFORM) {
        let at = token.range();
        if quoted.intersects(&at) {
            continue;
        }
        let meanings = text.meanings(token);
        if meanings.contains(&Meaning::Programme) {
            platforms.push(Platform { range: at, rule: Rule::Lexicon });
        } else if meanings.contains(&Meaning::PlatformHead) {
            let phrase = phrase(names, range, at);
            platforms.extend(phrase.map(|range| Platform { range, rule: Rule::Phrase }));
        }
    }
    let titled: IntervalSet = instruments.iter().map(|named| named.range.clone()).collect();
    platforms.retain(|p| !titled.intersects(&p.range));
    platforms.sort_by_key(|p| (p.range.start, Reverse(p.range.end)));
    // 评标专家库管理平台 is one name.
    platforms.dedup_by(|next, name| next.range.start == name.range.start);
    platforms
}

/// Returns each platform once, by its printed name.
pub(super) fn distinct(text: &ScannedText, platforms: &[Platform]) -> Vec<Found<String>> {
    let mut found: Vec<Found<String>> = Vec::new();
    let mut known = HashSet::new();
    for platform in platforms {
        let name = text.printed(platform.range.clone());
        if known.insert(name.clone()) {
            found.push(text.found(name, platform.range.clone(), platform.rule));
        }
    }
    found
}

/// Quoted names: “重点产品服务清单”, “首违不罚”.
fn quoted(names: &Names, range: &Range<usize>) -> Vec<Platform> {
    let text = names.text.slice(range.clone());
    let mut platforms = Vec::new();
    let mut from = 0;
    while let Some(open) = quotation_mark(&text[from..]).map(|at| from + at) {
        let (mark, close) = if text[open..].starts_with('"') { (1, "\"") } else { (3, "”") };
        let start = open + mark;
        let near = &text.as_bytes()[start..text.len().min(start + QUOTATION)];
        let Some(len) = memchr::memmem::find(near, close.as_bytes()) else {
            from = start;
            continue;
        };
        from = start + len + mark;
        if let Some(name) = quoted_name(names, text, start..start + len, mark) {
            let range = range.start + name.start..range.start + name.end;
            // “有感服务 无感审批” is two phrases, not a name.
            if names.text.view.first_gap(range.start, range.end).is_none() {
                platforms.push(Platform { range, rule: Rule::Quoted });
            }
        }
    }
    platforms
}

/// Returns the name that the quoted words `inner` form or are part of. `None` for a
/// quoted manner: “一对一”. `mark` is the length of a quotation mark.
fn quoted_name(
    names: &Names,
    text: &str,
    inner: Range<usize>,
    mark: usize,
) -> Option<Range<usize>> {
    let vocabulary = &names.text.lexicon.platforms;
    let words = &text[inner.clone()];
    let (before, after) = (&text[..inner.start - mark], &text[inner.end + mark..]);
    let chars = words.chars().count();
    if words.contains(['、', ',', '。', ';', '!', '?', '(', '-', '—', '×'])
        || !(2..=25).contains(&chars)
    {
        return None;
    }
    if vocabulary.slogans.contains(words) || vocabulary.quoted_others.end(words).is_some() {
        return None;
    }
    // 数字档案“双百”工程: the noun after the quotation belongs to the name, and so do
    // the words before it.
    if let Some((noun, end)) = head_after(vocabulary, after).filter(|_| chars <= 12) {
        let start = start_of_quoted(names, text, before.len(), noun);
        return Some(start..inner.end + mark + end);
    }
    if vocabulary.names.contains(words) || vocabulary.plain.contains(words) {
        return Some(inner);
    }
    let cues = &names.text.lexicon.cues.platforms;
    // “鄂汇办”APP
    if cues.applications.start(after).is_some() && chars <= 12 && words.ends_with(is_han) {
        return Some(inner);
    }
    // “4个1+2”模式 is a name, “风险+信用”监管 is a manner.
    let sum = words.contains('+');
    let figures = sum && words.contains(|c: char| c.is_ascii_digit());
    let sentence = !words.ends_with(is_han) || words.ends_with(['的', '了']);
    if chars < 4 || (sum && !figures) || (sentence && !figures) {
        return None;
    }
    let named = vocabulary.heads.end(words).is_some()
        || vocabulary.quoted_heads.end(words).is_some()
        || cues.models.start(after).is_some()
        || cues.carriers.end(before.trim_end_matches('的')).is_some();
    named.then_some(inner)
}

/// Returns the head at the start of `after`, the text after a quotation, and its end. Two
/// adjectives may be before it: “…”数字化服务平台.
fn head_after<'v>(vocabulary: &'v Platforms, after: &str) -> Option<(&'v str, usize)> {
    let found = |from: usize| {
        let noun = vocabulary.heads.start(&after[from..])?;
        Some((noun, from + noun.len()))
    };
    let adjective = |from: usize| Some(from + vocabulary.adjectives.start(&after[from..])?.len());
    let one = || adjective(0);
    found(0).or_else(|| found(one()?)).or_else(|| found(adjective(one()?)?))
}

/// Returns the start of a name that goes on with a quotation at `quote` and ends in `head`: that of
/// the words before the quotation that belong to it, or `quote`.
fn start_of_quoted(names: &Names, text: &str, quote: usize, head: &str) -> usize {
    let vocabulary = &names.text.lexicon.platforms;
    if vocabulary.joiners.end(&text[..quote]).is_some() {
        return quote;
    }
    // 数字档案“双百”工程: a verb opens the words before.
    let opened = |start: &Start| {
        !start.opener.is_empty()
            && !vocabulary.joiners.contains(start.opener)
            && !vocabulary.indefinite.occur_in(&text[start.at..quote])
    };
    phrase::start(names, text, quote, head).filter(opened).map_or(quote, |start| start.at)
}

/// Returns the offset of the first opening quotation mark, “ or ".
fn quotation_mark(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = "“".as_bytes()[0];
    memchr::memchr2_iter(b'"', first, bytes)
        .find(|&at| bytes[at] == b'"' || bytes[at..].starts_with("“".as_bytes()))
}
