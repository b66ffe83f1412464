//! Short names that the text itself defines: 国家药品监督管理局(以下简称国家局).

use super::agencies;
use super::canonical::resolve;
use super::names::{AgencyMention, DefinedAgencies, Names};
use crate::lexicon::{Dictionary, Lexicon, Match, Word};
use crate::model::Found;
use crate::read::scanned_text::ScannedText;
use crate::text::{NameMark, after_last, find, first_chars, is_han, suffix_start};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// A short name, and the words before it that contain the full name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Definition {
    pub(crate) short: Range<usize>,
    /// From 《 or “ if the name ends in 》 or ”; else from the last mark before it.
    pub(crate) full: Range<usize>,
}

/// Maximum length of a name or title in characters.
const LONGEST: usize = 150;

/// Returns the short names that a text defines, in text order. O(n).
pub(crate) fn definitions(text: &ScannedText) -> Vec<Definition> {
    let all = text.all();
    let marks = text.marks(NameMark::ShortName, 0..all.len());
    marks.filter_map(|at| definition(text.lexicon, all, at)).collect()
}

/// Returns the definition of the 称 at `at`: …(以下简称省局), 《…》(国办发〔2024〕53号,以下称《意见》).
fn definition(lexicon: &Lexicon, text: &str, at: usize) -> Option<Definition> {
    let cue = text[..at].strip_suffix(['简', '下', '统'])?;
    let near = suffix_start(cue, LONGEST);
    let open = near + cue[near..].rfind('(')?;
    let leads = lexicon.cues.names.lead_ins.iter();
    let before =
        leads.fold(&cue[open + 1..], |before, lead| before.strip_suffix(lead).unwrap_or(before));
    if !before.is_empty() && (!before.ends_with(',') || before.contains('。')) {
        return None;
    }
    let words = first_chars(&text[at + '称'.len_utf8()..], LONGEST);
    let name = words.trim_start_matches([':', '“', '‘', '"', '「', '为']);
    let start = at + '称'.len_utf8() + words.len() - name.len();
    let len = name.find([')', '”', '’', '"', '」', ',', '、', '。', '\n'])?;
    let full = full_name(text, open)?;
    (len > 0 && !full.is_empty()).then_some(Definition { short: start..start + len, full })
}

/// Returns the words before the bracket at `open`, and before other brackets directly
/// before it, that contain the full name.
fn full_name(text: &str, open: usize) -> Option<Range<usize>> {
    let near = suffix_start(&text[..open], LONGEST);
    let mut before = &text[near..open];
    while let Some(inner) = before.strip_suffix(')') {
        before = &before[..inner.rfind('(')?];
    }
    let start = match before.chars().next_back()? {
        '》' => opening(before)?,
        '”' => before.rfind('“')?,
        _ => after_last(before, &[',', '。', ';', ':', '、', '(', ')', '》', '”', '\n']),
    };
    Some(near + start..near + before.len())
}

/// Returns the offset of the 《 that the 》 at the end of `text` closes.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut marks = text.char_indices().rev().filter(|&(_, c)| matches!(c, '《' | '》'));
    let (at, _) = marks.find(|&(_, c)| {
        depth += if c == '《' { -1 } else { 1 };
        depth == 0
    })?;
    Some(at)
}

/// Returns the agencies among the definitions; a short name means its agency
/// from its definition on. 省局 means a single issuer that is a 局 of its province. O(n).
pub(crate) fn agencies(
    names: &Names,
    definitions: &[Definition],
    issuers: &[Found<String>],
) -> DefinedAgencies {
    let text = names.text;
    let mut canonical: FxHashMap<String, Rc<str>> = FxHashMap::default();
    let mut since: FxHashMap<&str, usize> = FxHashMap::default();
    for Definition { short, full } in definitions {
        let word = text.slice(short.clone());
        // (以下简称省级科技部门) names a class.
        let relative = &text.lexicon.cues.agencies.relative;
        if relative.strip_start(word).is_some_and(|rest| rest.starts_with('级')) {
            continue;
        }
        let Some(name) = agency_at_end(names, full) else { continue };
        if !canonical.contains_key(word) {
            since.insert(word, short.start);
            canonical.insert(word.to_owned(), name);
        }
    }
    let own = own_bureau(names, issuers).filter(|(word, _)| !canonical.contains_key(word));
    if let Some((word, issuer)) = &own {
        since.insert(word, 0);
        canonical.insert(word.clone(), Rc::clone(issuer));
    }
    let mut mentions = Vec::new();
    if since.is_empty() {
        return DefinedAgencies::new(canonical, mentions);
    }
    let words: Vec<_> = since.keys().filter_map(|word| Word::new(word).ok()).collect();
    let Ok(dictionary) = Dictionary::new(words.into_iter()) else {
        return DefinedAgencies::new(canonical, mentions);
    };
    for Match { range, .. } in dictionary.find(text.all()) {
        let word = text.slice(range.clone());
        let is_own = own.as_ref().is_some_and(|(own, _)| own == word);
        let whole = !is_own || is_whole_bureau(names, &range);
        if since[word] <= range.start && begins_name(names, range.start) && whole {
            mentions.push(AgencyMention { name: Rc::clone(&canonical[word]), range });
        }
    }
    DefinedAgencies::new(canonical, mentions)
}

/// Returns the short name of the single issuer by its level, if the text has it: 省局 for
/// 江西省药品监督管理局.
fn own_bureau(names: &Names, issuers: &[Found<String>]) -> Option<(String, Rc<str>)> {
    let [issuer] = issuers else { return None };
    let name = issuer.value.as_str();
    let regions = &names.text.lexicon.regions;
    let (_, len) = regions.prefix(name, names.setting()).filter(|_| name.ends_with('局'))?;
    let level = names.text.lexicon.cues.agencies.relative.end(&name[..len])?;
    let word = [level, "局"].concat();
    find(names.text.all(), &word)?;
    Some((word, Rc::from(name)))
}

/// Returns true for the short name of the issuer that is no part of another word: 报省局, not 相邻省局,
/// 各县市局 or 市局面.
fn is_whole_bureau(names: &Names, range: &Range<usize>) -> bool {
    let cues = &names.text.lexicon.cues.agencies;
    let before = names.text.before(range.start);
    (!before.ends_with(is_han) || cues.own_openers.end(before).is_some())
        && cues.not_own_bureaus.start(names.text.after(range.end)).is_none()
}

/// Returns the agency with the full name that ends a range.
fn agency_at_end(names: &Names, range: &Range<usize>) -> Option<Rc<str>> {
    let text = names.text.slice(range.clone());
    names.text.lexicon.names.organs.of(text)?;
    let mention = agencies::mentions(names, range).pop().filter(|m| m.range.end == range.end);
    let any_start = || text.char_indices().find_map(|(at, _)| resolve(names, &text[at..], None));
    mention.map(|mention| mention.name).or_else(|| any_start().map(Rc::from))
}

/// Returns false after a region or 各, which make a short name a part of another
/// name: 四川省局, 各分中心.
fn begins_name(names: &Names, start: usize) -> bool {
    let before = names.text.before(start);
    !before.ends_with('各') && names.text.lexicon.regions.suffix(before, names.setting()).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::View;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let view = View::new(text);
        let found = definitions(&ScannedText::new(Lexicon::builtin(), text, &view));
        let names = found.iter().map(|d| (&text[d.full.clone()], &text[d.short.clone()]));
        assert_eq!(names.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_bracket_defines_the_name_before_it() {
        check("经省药品监督管理局(以下简称省局)同意", &[("经省药品监督管理局", "省局")]);
        check("市科学技术局(以下简称“市科技局”)", &[("市科学技术局", "市科技局")]);
        check("印发《管理办法》(以下简称《办法》)", &[("《管理办法》", "《办法》")]);
        check(
            "《甲〈乙〉意见》(国办发〔2024〕53号,以下称《意见》)",
            &[("《甲〈乙〉意见》", "《意见》")],
        );
        check("《甲意见》(甲发〔2024〕5号)(以下简称“意见”)", &[("《甲意见》", "意见")]);
        check(
            "“智慧监管平台”(下称:平台)、分中心(简称中心)",
            &[("“智慧监管平台”", "平台"), ("分中心", "中心")],
        );
    }

    #[test]
    fn half_a_definition_is_none() {
        for text in ["(以下简称省局)", "省药监局(以下简称", "省药监局(以下简称)", "省药监局(以下)"]
        {
            check(text, &[]);
        }
    }
}
