//! Names of platforms without quotation marks: noun phrases that end in a head like 平台.

use super::classes::{SHORTEST, is_class, is_generic, is_improved, is_one};
use crate::lexicon::Platforms;
use crate::read::naming::enumerations::is_bare_region;
use crate::read::naming::names::Names;
use crate::text::{is_han, suffix_start};
use std::ops::Range;

/// Maximum length of a name in characters; keeps long clauses linear.
const LONGEST: usize = 60;

/// Returns the name that ends in `head`, like …平台, from the verb or mark before it. `None` if it
/// names nothing in particular.
pub(super) fn phrase(
    names: &Names,
    range: &Range<usize>,
    head: Range<usize>,
) -> Option<Range<usize>> {
    let text = names.text.slice(range.clone());
    let vocabulary = &names.text.lexicon.platforms;
    let (noun, end) = (head.start - range.start, head.end - range.start);
    let head = &text[noun..end];
    if makes_another_thing(vocabulary, head, &text[end..]) {
        return None;
    }
    let Start { at: start, opener } = start(names, text, noun, head)?;
    let (name, modifiers) = (&text[start..end], &text[start..noun]);
    let placed = begins_with_place(names, name);
    let definite = opener == "的" && {
        let before = text[..start].strip_suffix("的").unwrap_or_default();
        vocabulary.definite.end(before).is_some()
    };
    // 湖北省黄石市试点
    if is_bare_region(names, modifiers) {
        return None;
    }
    let known = placed || definite;
    let programme = vocabulary.programmes.contains(head);
    let shortest = if known && !programme { SHORTEST - 1 } else { SHORTEST };
    // 完善衢州市监管信息平台 is one; 完善信息平台 is any.
    let kind_word = if is_improved(names, opener, modifiers) { "" } else { opener };
    if modifiers.chars().count() < shortest
        || is_class(vocabulary, &text[..start], kind_word, modifiers)
    {
        return None;
    }
    // A clause that opens with neither a verb nor a place has a verb that no list knows.
    let listed = is_listed(vocabulary, &text[..start]);
    if opener.is_empty() && !known && !listed {
        return None;
    }
    let in_use = known || vocabulary.users.contains(opener);
    let levelled = name.chars().nth(1) == Some('级');
    let built = vocabulary.builders.contains(opener) && (levelled || !in_use);
    if built && !programme && is_left_to_others(vocabulary, &text[..start]) {
        return None;
    }
    let particular = if programme {
        let carried = known || listed || vocabulary.carriers.contains(opener);
        carried && vocabulary.plan_documents.end(modifiers).is_none()
    } else {
        is_one(vocabulary, modifiers, head, in_use)
    };
    let named = particular && !is_generic(vocabulary, name, in_use);
    named.then(|| range.start + start..range.start + end)
}

/// Returns true if another name in a list ends before a name: …试点、.
fn is_listed(vocabulary: &Platforms, before: &str) -> bool {
    before.strip_suffix('、').is_some_and(|listed| vocabulary.heads.end(listed).is_some())
}

/// Returns true for a clause, before a name, that leaves it to others to build one each: 鼓励各地建立.
fn is_left_to_others(vocabulary: &Platforms, before: &str) -> bool {
    let near = &before[suffix_start(before, LONGEST)..];
    let clause = near.rfind([',', '。', ';', ':']).map_or(near, |at| &near[at..]);
    vocabulary.encouraged.occur_in(clause)
}

/// Returns true if the text after a head makes another thing of it, 试点地区, or counts it,
/// 平台10家.
fn makes_another_thing(vocabulary: &Platforms, head: &str, after: &str) -> bool {
    let counted = after.trim_start_matches(|c: char| c.is_ascii_digit());
    vocabulary.followers.start(after).is_some()
        || (vocabulary.programmes.contains(head)
            && vocabulary.programme_followers.start(after).is_some()
            // 争取审评审批程序改革试点和临床试验审评审批试点
            && !(vocabulary.joined_heads.contains(head) && vocabulary.joiners.start(after).is_some()))
        || (counted.len() < after.len() && vocabulary.counters.start(counted).is_some())
}

/// Returns true if `name` begins with a region, or with a word like 国家.
fn begins_with_place(names: &Names, name: &str) -> bool {
    name.starts_with(['省', '市'])
        || name.starts_with("自治区")
        || names.text.lexicon.platforms.places.start(name).is_some()
        || names.text.lexicon.regions.prefix(name, names.setting()).is_some()
}

/// The start of a name, and the word before it that opens it; empty after a mark.
pub(super) struct Start<'t> {
    pub(super) at: usize,
    pub(super) opener: &'t str,
}

/// Returns the start of the name that ends in `head`, with its other words before `end`. `None`
/// if it cannot be told from the words before it.
pub(super) fn start<'t>(names: &Names, text: &'t str, end: usize, head: &str) -> Option<Start<'t>> {
    let vocabulary = &names.text.lexicon.platforms;
    let near = suffix_start(&text[..end], LONGEST);
    let marked = text[near..end].rfind(|c: char| !is_han(c) && !c.is_ascii_alphanumeric());
    let mark = marked.map_or(near, |at| {
        let at = near + at;
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let mut start = Start { at: mark, opener: "" };
    let opened = [&vocabulary.openers, &vocabulary.adverbs]
        .into_iter()
        .filter_map(|words| words.last_outside(&vocabulary.kept, &text[mark..end]))
        .max_by_key(|word| (word.end, word.len()));
    if let Some(word) = opened {
        start = Start { at: mark + word.end, opener: &text[mark + word.start..mark + word.end] };
    }
    after_year(text, end, &mut start);
    after_verbs(names, text, end, head, &mut start);
    if let Some(at) = region_start(names, &text[start.at..end]) {
        start.at += at;
    }
    // 实施新一轮黑土地保护工程, 全市人才集聚工程
    if vocabulary.wholes.contains(head) {
        start.at += vocabulary.scopes.start(&text[start.at..end]).map_or(0, str::len);
    }
    after_joiner(names, text, end, head, start)
}

/// Moves `start` over a year, month or day before the name: 2025年….
fn after_year(text: &str, end: usize, start: &mut Start) {
    let words = &text[start.at..end];
    let unit = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let unit_len = unit.chars().next().map_or(0, char::len_utf8);
    if unit.len() < words.len() && unit.starts_with(['年', '月', '日']) {
        start.at += words.len() - unit.len() + unit_len;
    }
}

/// Moves `start` over the verbs of the clause.
fn after_verbs<'t>(names: &Names, text: &'t str, end: usize, head: &str, start: &mut Start<'t>) {
    /// Minimum length in characters of the rest of a name after a verb inside it.
    const REST: usize = 4;
    let vocabulary = &names.text.lexicon.platforms;
    let takes_name = vocabulary.openers.contains(start.opener);
    let listed = start.opener.is_empty() && is_listed(vocabulary, &text[..start.at]);
    let carried = vocabulary.programmes.contains(head)
        && (listed || (takes_name && vocabulary.carriers.contains(start.opener)));
    let mut limit = end;
    while let Some((at, len)) = vocabulary.verbs.last(&text[start.at..limit]) {
        let (from, to) = (start.at + at, start.at + at + len);
        let after_body = || names.text.lexicon.names.organs.of(&text[start.at..from]).is_some();
        // 开展优化审批程序改革试点, 承接国家药监局优化审批程序改革试点: the verb is in the name.
        if carried {
            start.at = if at > 0 && after_body() { from } else { start.at };
            limit = from;
            continue;
        }
        let opens = match at {
            // 依托建设项目管理平台
            0 => !vocabulary.users.contains(start.opener),
            _ => text[to..end].chars().nth(REST - 1).is_some() || after_body(),
        };
        if opens {
            *start = Start { at: to, opener: &text[from..to] };
            break;
        }
        limit = from;
    }
    if takes_name || (listed && carried) {
        return;
    }
    loop {
        let rest = &text[start.at..end];
        let word = vocabulary.verbs.start(rest).or_else(|| vocabulary.leading.start(rest));
        let Some(word) = word else { return };
        *start = Start { at: start.at + word.len(), opener: &rest[..word.len()] };
    }
}

/// Returns the offset of the first region in `words`: 发现广东省国产牙膏备案信息管理平台.
fn region_start(names: &Names, words: &str) -> Option<usize> {
    let regions = &names.text.lexicon.regions;
    let mut starts = words.char_indices().map(|(at, _)| at);
    starts.find(|&at| regions.prefix(&words[at..], None).is_some())
}

/// Moves `start` after the last joiner if it divides two names. `None` if that cannot be told.
fn after_joiner<'t>(
    names: &Names,
    text: &'t str,
    end: usize,
    head: &str,
    start: Start<'t>,
) -> Option<Start<'t>> {
    /// Maximum length in characters of the words before a joiner inside a name.
    const LEFT: usize = 6;
    let vocabulary = &names.text.lexicon.platforms;
    let words = &text[start.at..end];
    let Some(joiner) = vocabulary.joiners.last_outside(&vocabulary.kept_joiners, words) else {
        return Some(start);
    };
    let left = &words[..joiner.start];
    if left.is_empty() && begins_with_joiner(names, words, start.opener) {
        return Some(start);
    }
    // 国家和省级考核信息系统
    let alone = left.is_empty() || vocabulary.places.contains(left);
    if alone || vocabulary.things.end(left).is_some() {
        let word = &words[joiner.clone()];
        let opener = if start.opener.is_empty() { word } else { start.opener };
        return Some(Start { at: start.at + joiner.end, opener });
    }
    // 海南省数据共享和海口市交通信息系统 are two.
    let both =
        || begins_with_region(names, left) && begins_with_region(names, &words[joiner.end..]);
    if both() && !is_bare_region(names, left) {
        return Some(Start { at: start.at + joiner.end, opener: start.opener });
    }
    // 四川省船舶污染联合监管与服务信息系统
    let inside = vocabulary.wholes.contains(head)
        || left.chars().nth(LEFT).is_none()
        || vocabulary.places.start(left).is_some()
        || names.text.lexicon.regions.prefix(left, names.setting()).is_some();
    inside.then_some(start)
}

/// Returns true if the joiner that `words` begin with is part of the name of a region: 推广和县智慧农业平台.
/// In “陇上健康”和县域信息平台 it joins.
fn begins_with_joiner(names: &Names, words: &str, opener: &str) -> bool {
    let regions = &names.text.lexicon.regions;
    regions.prefix(words, names.setting()).is_some_and(|(region, len)| {
        let whole = names.text.lexicon.platforms.region_classes.start(&words[len..]).is_none();
        !regions.is_doubtful(region, names.region) || (!opener.is_empty() && whole)
    })
}

/// Returns true if words begin with the name of a region in full: 海口市.
fn begins_with_region(names: &Names, words: &str) -> bool {
    let regions = &names.text.lexicon.regions;
    let region = regions.prefix(words, names.setting());
    region.is_some_and(|(region, len)| words[..len].ends_with(&*regions.get(region).name))
}
