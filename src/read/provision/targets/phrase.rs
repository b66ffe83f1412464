//! The other parts of a target's clause: its deadline, the verb of a change, and the noun without the
//! words around it.

use super::figure::is_figure;
use super::frequency::{frequency, last_every};
use crate::lexicon::{Lexicon, Words};
use crate::model::Comparator;
use crate::text::{find, is_counting, is_han, is_within, rfind, until_mark};

/// Returns the deadline in a clause before its figure: 3年内, 2027年底前, 到2030年.
pub(super) fn deadline<'t>(lexicon: &Lexicon, left: &'t str) -> Option<&'t str> {
    let date = |c: char| c.is_ascii_digit() || is_counting(c) || matches!(c, '年' | '月');
    left.match_indices(['年', '月', '日']).find_map(|(at, unit)| {
        let before = left[..at].trim_end_matches(date);
        let start = before.len() - if before.ends_with('到') { '到'.len_utf8() } else { 0 };
        let until = lexicon.cues.targets.deadline_ends.start(&left[at + unit.len()..]);
        let by_year = start < before.len() && unit == "年" && at - before.len() == 4;
        let until = until.or(by_year.then_some(""))?;
        let end = at + unit.len() + until.len();
        // 毕业5年内的 tells who is meant.
        let who = left[end..].starts_with('的');
        (before.len() < at && !who).then(|| &left[start..end])
    })
}

/// Returns the text before the verb of a change, and its direction: 审批时限 of 审批时限压缩至法定时限.
pub(super) fn before_change<'t>(lexicon: &Lexicon, text: &'t str) -> Option<(&'t str, Comparator)> {
    text.match_indices(['至', '到', '为']).find_map(|(at, _)| stem_of_change(lexicon, &text[..at]))
}

/// Returns the text before the verb of a change that ends `text`, and its direction.
pub(super) fn stem_of_change<'t>(
    lexicon: &Lexicon,
    text: &'t str,
) -> Option<(&'t str, Comparator)> {
    let mut changes = changes(lexicon).into_iter();
    changes.find_map(|(verbs, change)| Some((verbs.strip_end(text)?, change)))
}

/// Returns the verbs of each direction of change.
pub(super) fn changes(lexicon: &Lexicon) -> [(&Words, Comparator); 2] {
    let q = &lexicon.quantities;
    [(&q.reduce, Comparator::Reduce), (&q.increase, Comparator::Increase)]
}

/// Returns the quantity that a noun phrase names: without deadline, opening particles, closing
/// verbs and frequency.
///
/// * `counted`: the figure counts things; a verb of making before it is not part of the noun.
pub(super) fn quantity<'t>(
    lexicon: &Lexicon,
    noun: &'t str,
    deadline: Option<&str>,
    counted: bool,
) -> &'t str {
    let noun = strip_opening(lexicon, noun);
    let noun = deadline.and_then(|deadline| noun.strip_prefix(deadline)).unwrap_or(noun);
    let noun = before_change(lexicon, noun).map_or(noun, |(noun, _)| noun);
    let noun = strip_closing(lexicon, strip_opening(lexicon, noun), counted);
    if counted { strip_maker(lexicon, noun) } else { noun }
}

/// Removes the verb that makes what is counted: 人才平台 of 建成人才平台50个以上. The number of
/// what is made keeps it: 培育企业数.
fn strip_maker<'t>(lexicon: &Lexicon, noun: &'t str) -> &'t str {
    let made = after_actor(lexicon, noun);
    let made = made.filter(|made| made.chars().nth(1).is_some() && made.starts_with(begins_name));
    made.filter(|_| !noun.ends_with(['数', '量', '率', '额'])).unwrap_or(noun)
}

/// Returns the words after the verb that makes what is counted, if it opens `noun` or is after the
/// body that acts: 地方标准 of 市水利局制定地方标准.
fn after_actor<'t>(lexicon: &Lexicon, noun: &'t str) -> Option<&'t str> {
    lexicon.cues.targets.makers.strip_start(noun).or_else(|| {
        let mut places = noun.char_indices().map(|(at, _)| at).skip(2);
        places.find_map(|at| {
            let made = lexicon.quantities.set.strip_start(&noun[at..])?;
            // 场馆建筑面积
            let verb = &noun[at..noun.len() - made.len()];
            verb.chars().nth(1)?;
            lexicon.names.organs.of(&noun[..at]).map(|_| made)
        })
    })
}

/// Returns true for a character that a name can begin with.
fn begins_name(c: char) -> bool {
    is_han(c) && !matches!(c, '的' | '了' | '后' | '时' | '和' | '及' | '并')
        || matches!(c, '“' | '"')
}

/// Returns a quantity without the frequency inside it: 目录调整 of 目录每年调整.
pub(super) fn without_frequency(lexicon: &Lexicon, noun: &str) -> String {
    let every = last_every(lexicon, noun).and_then(|every| noun.split_once(every));
    match every {
        Some((before, after)) if !after.is_empty() => {
            [strip_closing(lexicon, before, false), after].concat()
        }
        _ => noun.to_owned(),
    }
}

/// Removes the number of an item at the start: (三), 1.
fn strip_item(noun: &str) -> &str {
    let bracket = noun.strip_prefix('(').and_then(|rest| {
        let (number, rest) = rest.split_once(')')?;
        number.chars().all(|c| c.is_ascii_digit() || is_counting(c)).then_some(rest)
    });
    let rest = noun.trim_start_matches(|c: char| c.is_ascii_digit());
    let dot = rest.strip_prefix('.').filter(|_| rest.len() < noun.len());
    bracket.or(dot).unwrap_or(noun)
}

/// Removes the particles at the start: 将药品注册检验…, 加大对货值金额…, 自受理之日起.
fn strip_opening<'t>(lexicon: &Lexicon, noun: &'t str) -> &'t str {
    let cues = &lexicon.cues.targets;
    let noun = strip_item(noun);
    let noun =
        rfind(noun, "对").map_or(noun, |at| noun[at + "对".len()..].trim_start_matches('于'));
    let day = lexicon.cues.dates.from_day.first(noun);
    let mut noun = day.map_or(noun, |(at, words)| &noun[at + words.len()..]);
    loop {
        let rest = noun.trim_start_matches(['、', ')', '”', '"']);
        let kept = cues.kept_starts.start(rest).is_some();
        let rest = cues.aims.strip_start(rest).filter(|_| !kept).unwrap_or(rest);
        let rest = year(rest).map_or(rest, |(_, rest)| rest);
        if rest.len() == noun.len() {
            return noun;
        }
        noun = rest;
    }
}

/// Splits the year from the start of a phrase: 2027年 of 2027年覆盖率, 2027年底 of 2027年底覆盖率.
/// `None` for a year that is part of a longer word: 2027年度计划.
pub(super) fn year(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix('年').filter(|_| digits == 4)?;
    let rest = rest.strip_prefix(['底', '末']).unwrap_or(rest);
    let part = rest.starts_with(['度', '级', '版', '前', '后', '起', '内', '初']);
    (!part).then(|| text.split_at(text.len() - rest.len()))
}

/// Removes the year at the end of a phrase: 招生规模比 of 招生规模比2017年.
fn without_last_year(noun: &str) -> &str {
    let before = noun.trim_end_matches(['底', '末']).strip_suffix('年');
    let stem = before.map(|before| before.trim_end_matches(|c: char| c.is_ascii_digit()));
    let printed = before.zip(stem).filter(|(before, stem)| before.len() - stem.len() == 4);
    // 2019-2020年 is a period.
    let printed = printed.filter(|(_, stem)| !stem.ends_with(['-', '—', '~', '～', '至']));
    printed.map_or(noun, |(_, stem)| stem)
}

/// Removes the verbs and adverbs at the end, and the frequency before them: 各盟市每年组织.
fn strip_closing<'t>(lexicon: &Lexicon, noun: &'t str, counted: bool) -> &'t str {
    let cues = &lexicon.cues.targets;
    let mut noun = noun;
    loop {
        let end = noun.trim_end_matches(['、', '(', '"', '“']);
        let kept = cues.kept_ends.end(end).is_some();
        let end = cues.closings.strip_end(end).filter(|_| !kept).unwrap_or(end);
        let made = lexicon.quantities.set.strip_end(end).filter(|_| counted);
        let end = made.unwrap_or(end);
        let every = frequency(lexicon, end);
        let end = every.and_then(|every| end.strip_suffix(every)).unwrap_or(end);
        let end = without_last_year(end);
        if end.len() == noun.len() {
            break;
        }
        noun = end;
    }
    // 各盟市 acts; it is not measured.
    let acts = noun.starts_with('各') && is_within(noun, 4)
        || lexicon.cues.duties.with.start(noun).is_some();
    // 按每吨5元给予补助
    let each = noun.strip_prefix('每').is_some_and(|unit| {
        lexicon.quantities.units.start(unit).is_some_and(|whole| whole.form == unit)
    });
    if acts || each { "" } else { noun }
}

/// Returns the noun that a figure counts, directly after it: 药品监管科学研究基地; 专家公寓 of
/// 专家公寓和10000套人才公寓. 5G is part of the noun.
pub(super) fn object<'t>(lexicon: &Lexicon, right: &'t str) -> &'t str {
    let noun = until_mark(right, 20, &[',', '。', ';', '、', '(', '\n']);
    let Some(digit) = noun.find(|c: char| c.is_ascii_digit()) else { return noun };
    let joined = noun[..digit].strip_suffix(['和', '与', '及']).filter(|noun| !noun.is_empty());
    joined.filter(|_| is_figure(lexicon, &right[digit..])).unwrap_or(noun)
}

/// Returns the phrase after a figure, up to the next mark or figure.
pub(super) fn following(right: &str) -> &str {
    let after = right.strip_prefix("后,").unwrap_or(right);
    let after = after.trim_start_matches(['的', '后', '前', ')', '”', '"']);
    let phrase = until_mark(after, 30, &[',', '。', ';', ':', '(', ')', '\n']);
    if phrase.starts_with('、') {
        return "";
    }
    // 拘留或者五百元以下罚款
    let phrase = find(phrase, "或者").map_or(phrase, |or| &phrase[..or]);
    // 20个国家级、50个省级
    let figure = phrase.find(|c: char| c.is_ascii_digit());
    figure.map_or(phrase, |at| phrase[..at].trim_end_matches('、'))
}
