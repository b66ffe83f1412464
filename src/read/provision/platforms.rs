//! Named platforms, programmes, lists and mechanisms.

use crate::lexicon::{Meaning, Words};
use crate::model::{Found, Rule};
use crate::read::interval_set::IntervalSet;
use crate::read::naming::names::{NamedInstrument, Names};
use crate::read::scanned_text::ScannedText;
use crate::text::{is_han, suffix_start};
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
    for &token in text.tokens(range) {
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
    platforms.sort_by_key(|p| p.range.start);
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
    if words.contains(['、', ',', '。', ';', '!', '?']) || !(2..=25).contains(&chars) {
        return None;
    }
    if vocabulary.slogans.contains(words) {
        return None;
    }
    // 数字档案“双百”工程: the noun after the quotation belongs to the name, and so do
    // the words before it.
    if let Some(noun) = vocabulary.heads.start(after).filter(|_| chars <= 12) {
        let start = phrase_start(names, text, before.len(), noun);
        return Some(start..inner.end + mark + noun.len());
    }
    if vocabulary.names.contains(words) || vocabulary.plain.contains(words) {
        return Some(inner);
    }
    // “4个1+2”模式 is a name, “风险+信用”监管 is a manner.
    let sum = words.contains('+');
    let figures = sum && words.contains(|c: char| c.is_ascii_digit());
    let sentence = !words.ends_with(is_han) || words.ends_with(['的', '了']);
    if chars < 4 || (sum && !figures) || (sentence && !figures) {
        return None;
    }
    let cues = &names.text.lexicon.cues.platforms;
    let named = vocabulary.heads.end(words).is_some()
        || vocabulary.quoted_heads.end(words).is_some()
        || cues.models.start(after).is_some()
        || cues.carriers.end(before.trim_end_matches('的')).is_some();
    named.then_some(inner)
}

/// Returns the noun phrase that ends in `head`, like …平台, from the verb or mark before
/// it. `None` if it names nothing in particular.
fn phrase(names: &Names, range: &Range<usize>, head: Range<usize>) -> Option<Range<usize>> {
    let text = names.text.slice(range.clone());
    let (noun, end) = (head.start - range.start, head.end - range.start);
    let vocabulary = &names.text.lexicon.platforms;
    // 试点地区 is not a 试点.
    if vocabulary.followers.start(&text[end..]).is_some() {
        return None;
    }
    let start = phrase_start(names, text, noun, &text[noun..end]);
    // 药品、医疗器械、化妆品技术审评专家库: part of a list.
    let listed = text[..start].ends_with('、');
    let generic = vocabulary.generic.end(&text[start..end]).is_some();
    if listed || generic || text[start..end].contains(['各', '等', '该']) {
        return None;
    }
    // 发现广东省国产牙膏备案信息管理平台: the name begins at its region.
    let regions = &names.text.lexicon.regions;
    let mut starts = text[start..noun].char_indices().map(|(at, _)| start + at);
    let region = starts.find(|&at| regions.prefix(&text[at..noun], None).is_some());
    let start = region.unwrap_or(start);
    let words = text[start..noun].chars().count();
    let named = words >= 5 || (words == 4 && begins_with_region(names, &text[start..end]));
    named.then(|| range.start + start..range.start + end)
}

fn begins_with_region(names: &Names, phrase: &str) -> bool {
    phrase.starts_with(['省', '市'])
        || phrase.starts_with("自治区")
        || names.text.lexicon.regions.prefix(phrase, names.region).is_some()
}

/// Returns the start of the noun phrase that ends in `head`, with its other words
/// before `end`: after the last mark, and after the last verb or particle that opens a
/// phrase, unless a region opens it.
fn phrase_start(names: &Names, text: &str, end: usize, head: &str) -> usize {
    /// Maximum length of a name in characters; keeps long clauses linear.
    const LONGEST: usize = 60;
    let vocabulary = &names.text.lexicon.platforms;
    let near = suffix_start(&text[..end], LONGEST);
    let marked = text[near..end].rfind(|c: char| !is_han(c) && !c.is_ascii_alphanumeric());
    let mark = marked.map_or(near, |at| {
        let at = near + at;
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let last = |words: &Words| words.last_end(&text[mark..end]).map_or(mark, |end| mark + end);
    let opened = last(&vocabulary.openers);
    let complete =
        vocabulary.wholes.contains(head) || begins_with_region(names, &text[opened..end]);
    if complete { opened } else { opened.max(last(&vocabulary.joiners)) }
}

/// Returns the offset of the first opening quotation mark, “ or ".
fn quotation_mark(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = "“".as_bytes()[0];
    memchr::memchr2_iter(b'"', first, bytes)
        .find(|&at| bytes[at] == b'"' || bytes[at..].starts_with("“".as_bytes()))
}
