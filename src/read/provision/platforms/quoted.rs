//! Names of platforms in quotation marks.

use super::phrase::{Start, start};
use crate::lexicon::{PlatformCues, Platforms};
use crate::read::naming::names::Names;
use crate::text::{first_chars, is_counting, is_han, is_within, since_mark, suffix_start};
use std::ops::Range;

/// Maximum length of a quoted name in bytes.
const QUOTATION: usize = 120;

/// Quoted names: “重点产品服务清单”, “首违不罚”.
pub(super) fn quoted(names: &Names, range: &Range<usize>) -> Vec<Range<usize>> {
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
                platforms.push(range);
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
    let cues = &names.text.lexicon.cues.platforms;
    let words = &text[inner.clone()];
    let (before, after) = (&text[..inner.start - mark], &text[inner.end + mark..]);
    let chars = words.chars().count();
    // “双随机、一公开”
    let known = vocabulary.names.contains(words);
    let other = || is_clause(words) || vocabulary.quoted_others.end(words).is_some();
    if !(2..=25).contains(&chars) || is_slogan(vocabulary, words) || (!known && other()) {
        return None;
    }
    // 数字档案“双百”工程: the noun after the quotation belongs to the name, and so do
    // the words before it.
    let noun = head_after(vocabulary, after)
        .filter(|_| chars <= 12)
        .or_else(|| noun_phrase_after(vocabulary, after).filter(|_| (3..=8).contains(&chars)));
    if let Some((noun, end)) = noun {
        let start = start_of_quoted(names, text, before.len(), noun);
        return Some(start..inner.end + mark + end);
    }
    // “清网”专项行动
    if let Some(noun) = cues.operations.start(after).filter(|_| chars <= 3) {
        return words.ends_with(is_han).then_some(before.len()..inner.end + mark + noun.len());
    }
    // “专精特新”企业
    if cues.bearers.start(after).is_some() {
        return None;
    }
    let application =
        || cues.applications.start(after).is_some() && chars <= 12 && words.ends_with(is_han);
    let named = known
        || vocabulary.plain.contains(words)
        || application()
        || (!is_manner(vocabulary, words) && is_name(names, before, words, after));
    named.then_some(inner)
}

/// Returns true for words with a mark that no name has.
fn is_clause(words: &str) -> bool {
    words.contains(['、', ',', '。', ';', '!', '?', '(', '-', '—', '×'])
}

/// Returns true for a slogan, or an order to do something.
fn is_slogan(vocabulary: &Platforms, words: &str) -> bool {
    vocabulary.slogans.contains(words)
        || words.starts_with(['将', '把', '让'])
        || is_to_the_full(words)
}

/// Returns true for a manner, a sentence or a count: “风险+信用”, “三项机制”. “4个1+2” is none.
fn is_manner(vocabulary: &Platforms, words: &str) -> bool {
    let sum = words.contains('+');
    let figures = sum && words.contains(|c: char| c.is_ascii_digit());
    let sentence = !words.ends_with(is_han) || words.ends_with(['的', '了']);
    ((sum || sentence) && !figures) || is_count(vocabulary, words)
}

/// Returns true for quoted words that their own end or the words around the quotation make a name.
fn is_name(names: &Names, before: &str, words: &str, after: &str) -> bool {
    /// Minimum length of a name in characters; the words around it tell that a name of this length is one.
    const SHORTEST: usize = 3;
    let vocabulary = &names.text.lexicon.platforms;
    let cues = &names.text.lexicon.cues.platforms;
    if is_within(words, SHORTEST - 1) {
        return false;
    }
    let after_list = last_of_list(after);
    let service = vocabulary.service_ends.end(words).is_some();
    if service && is_promoted(cues, first_of_list(before, LIST_MARKS), after) {
        return true;
    }
    // 依托“老字号”“夜经济”街区: what follows the list bears the second.
    let borne = cues.bearers.start(after_list).is_some();
    let before = if borne { before } else { first_of_list(before, &[]) };
    // 依托“陇药云”
    let used = is_in_use(cues, before, after_list) || cues.undertakings.start(after_list).is_some();
    // 上线“即时可查”的小程序
    let carried =
        || cues.carriers.end(before.trim_end_matches('的')).is_some() && !after.starts_with('的');
    let longer = || {
        vocabulary.heads.end(words).is_some()
            || vocabulary.quoted_heads.end(words).is_some()
            || cues.models.start(after).is_some()
            || carried()
            || undertaking_after(names, after)
    };
    used || (!is_within(words, SHORTEST) && longer())
}

/// Returns true for a manner like “应采尽采”.
fn is_to_the_full(words: &str) -> bool {
    words.strip_prefix('应').is_some_and(|rest| rest.chars().nth(1) == Some('尽'))
}

/// Returns true for a platform in use, or a rule in force, known by the words around its quoted
/// name: 依托“陇药云”, 与“陇药云”对接, “吹哨人”制度.
fn is_in_use(cues: &PlatformCues, before: &str, after: &str) -> bool {
    cues.hosts.end(before).is_some() || cues.followers.start(after).is_some()
}

/// Returns true for a loan or a code that the words around its quoted name promote or use: 推广“苏质贷”,
/// “浙企码”一码办理. 打击“套路贷” is none.
fn is_promoted(cues: &PlatformCues, before: &str, after: &str) -> bool {
    /// Characters of the clause before the verb.
    const CLAUSE: usize = 20;
    let promoted = cues.promoters.strip_end(before).is_some_and(|before| {
        !cues.bans.occur_in(since_mark(before, CLAUSE, &[',', '。', ';', '\n']))
    });
    (promoted && !after.starts_with('的')) || cues.code_uses.start(after).is_some()
}

/// Returns true for words that count what they do not name: “三项机制”, “四大工程”.
fn is_count(vocabulary: &Platforms, words: &str) -> bool {
    /// Maximum length in characters of such words.
    const COUNT: usize = 5;
    let rest = words.trim_start_matches(is_counting);
    let counted = vocabulary.quoted_counters.strip_start(rest);
    rest.len() < words.len()
        && words.chars().count() <= COUNT
        && counted.is_some_and(|noun| vocabulary.things.end(noun).is_some())
}

/// Maximum number of quotations of one list that are passed over.
const LISTED: usize = 6;

/// Marks and words between the quotations of a list.
const LIST_MARKS: &[char] = &['、', '和', '及'];

/// Returns the text before the first of the quotations that a quotation goes on from, `before` it:
/// 依托 of 依托“一网通办”“随申办”. Only `marks` are between the quotations.
fn first_of_list<'t>(before: &'t str, marks: &[char]) -> &'t str {
    let mut rest = before;
    for _ in 0..LISTED {
        let listed = rest.trim_end_matches(marks);
        let Some(open) = start_of_quotation(listed) else { break };
        rest = &listed[..open];
    }
    rest
}

/// Returns the start of the quotation that ends `text`.
fn start_of_quotation(text: &str) -> Option<usize> {
    /// Maximum length of a quoted name in characters.
    const CHARS: usize = 40;
    let opening = |open: char, close: char| {
        let words = text.strip_suffix(close)?;
        let near = suffix_start(words, CHARS);
        Some(near + words[near..].rfind(open)?)
    };
    opening('“', '”').or_else(|| opening('"', '"'))
}

/// Returns the text after the last of the quotations that go on from a quotation, `after` it:
/// 等项目 of “组合港”“一港通”等项目.
fn last_of_list(after: &str) -> &str {
    let mut rest = after;
    for _ in 0..LISTED {
        let next = rest.trim_start_matches(LIST_MARKS);
        let quotation = |open, close| next.strip_prefix(open)?.split_once(close);
        let Some((_, after)) = quotation('“', '”').or_else(|| quotation('"', '"')) else {
            break;
        };
        rest = after;
    }
    rest.strip_prefix('等').unwrap_or(rest)
}

/// Returns true if a noun like 项目 ends the words after a quotation: “赢在广州”大学生创业扶持项目.
fn undertaking_after(names: &Names, after: &str) -> bool {
    let (vocabulary, cues) = (&names.text.lexicon.platforms, &names.text.lexicon.cues.platforms);
    let words = words_after(after);
    let Some((at, _)) = cues.undertakings.first(words) else { return false };
    is_noun_phrase(vocabulary, &words[..at])
}

/// Returns the first Chinese words after a quotation.
fn words_after(after: &str) -> &str {
    /// Maximum length of the words in characters.
    const WORDS: usize = 12;
    let near = first_chars(after, WORDS);
    &near[..near.find(|c| !is_han(c)).unwrap_or(near.len())]
}

/// Returns true for words without a verb that takes another thing as its object.
fn is_noun_phrase(vocabulary: &Platforms, words: &str) -> bool {
    vocabulary.openers.last_outside(&vocabulary.kept, words).is_none()
        && vocabulary.adverbs.last_outside(&vocabulary.kept, words).is_none()
        && vocabulary.verbs.start(words).is_none()
        && vocabulary.leading.start(words).is_none()
        && !words.starts_with(['和', '与', '等'])
}

/// Returns the head at the start of `after`, the text after a quotation, and its end. Two
/// adjectives may be before it: “…”数字化服务平台.
fn head_after<'t>(vocabulary: &Platforms, after: &'t str) -> Option<(&'t str, usize)> {
    let found = |from: usize| {
        let noun = vocabulary.heads.start(&after[from..])?;
        Some((noun, from + noun.len()))
    };
    let adjective = |from: usize| Some(from + vocabulary.adjectives.start(&after[from..])?.len());
    let one = || adjective(0);
    found(0).or_else(|| found(one()?)).or_else(|| found(adjective(one()?)?))
}

/// Returns the head of the noun phrase after a quotation, and its end: “浙里算”算力监测调度平台.
fn noun_phrase_after<'t>(vocabulary: &Platforms, after: &'t str) -> Option<(&'t str, usize)> {
    let words = words_after(after);
    let (at, noun) = vocabulary.heads.first(words)?;
    let end = at + noun.len();
    let whole = vocabulary.followers.start(&after[end..]).is_none();
    (whole && is_noun_phrase(vocabulary, &words[..at])).then_some((noun, end))
}

/// Returns the start of a name that goes on with a quotation at `quote` and ends in `head`: that of
/// the words before the quotation that belong to it, or `quote`.
fn start_of_quoted(names: &Names, text: &str, quote: usize, head: &str) -> usize {
    let vocabulary = &names.text.lexicon.platforms;
    if vocabulary.joiners.end(&text[..quote]).is_some() {
        return quote;
    }
    // 数字档案“双百”工程: a verb opens the words before. 市“双百”工程 is that of the city.
    let opened = |start: &Start| {
        !start.opener.is_empty()
            && text[start.at..quote].chars().nth(1).is_some()
            && !vocabulary.joiners.contains(start.opener)
            && !vocabulary.indefinite.occur_in(&text[start.at..quote])
    };
    start(names, text, quote, head).filter(opened).map_or(quote, |start| start.at)
}

/// Returns the offset of the first opening quotation mark, “ or ".
fn quotation_mark(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = "“".as_bytes()[0];
    memchr::memchr2_iter(b'"', first, bytes)
        .find(|&at| bytes[at] == b'"' || bytes[at..].starts_with("“".as_bytes()))
}
