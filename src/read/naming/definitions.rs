//! Short names that the text itself defines: 国家药品监督管理局(以下简称国家局).

use super::agencies::Mention;
use crate::read::context::Context;
use crate::text::{after_last, occurrences, prefix_end, suffix_start};
use daachorse::{CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::HashMap;
use std::ops::Range;

/// A short name, and the words before it that hold the full one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Definition {
    pub short: Range<usize>,
    /// From 《 or “ if the name ends in 》 or ”; else from the last mark before it.
    pub full: Range<usize>,
}

/// No name or title is longer, in characters.
const LONGEST: usize = 150;

/// The short names that a text defines, in order. O(n).
pub(crate) fn definitions(text: &str) -> Vec<Definition> {
    occurrences(text, "称").filter_map(|at| definition(text, at)).collect()
}

/// What 称, at `at`, defines: …(以下简称省局), 《…》(国办发〔2024〕53号,以下称《意见》).
fn definition(text: &str, at: usize) -> Option<Definition> {
    let cue = text[..at].strip_suffix(['简', '下', '统'])?;
    let near = suffix_start(cue, LONGEST);
    let open = near + cue[near..].rfind('(')?;
    let said = ["统一", "均", "以下", "以"];
    let lead =
        said.iter().fold(&cue[open + 1..], |lead, word| lead.strip_suffix(word).unwrap_or(lead));
    if !lead.is_empty() && (!lead.ends_with(',') || lead.contains('。')) {
        return None;
    }
    let words = &text[at + '称'.len_utf8()..];
    let words = &words[..prefix_end(words, LONGEST)];
    let named = words.trim_start_matches([':', '“', '‘', '"', '「', '为']);
    let start = at + '称'.len_utf8() + words.len() - named.len();
    let len = named.find([')', '”', '’', '"', '」', ',', '、', '。', '\n'])?;
    let full = full_name(text, open)?;
    (len > 0 && !full.is_empty()).then_some(Definition { short: start..start + len, full })
}

/// The words before a bracket, and before other brackets in front of it, that
/// hold a full name.
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

/// Where the 《 stands whose 》 ends `text`.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut marks = text.char_indices().rev().filter(|&(_, c)| matches!(c, '《' | '》'));
    let (at, _) = marks.find(|&(_, c)| {
        depth += if c == '《' { -1 } else { 1 };
        depth == 0
    })?;
    Some(at)
}

/// The agencies among what a text defines, by their short names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defined {
    names: HashMap<String, String>,
    /// Where the short names stand, ascending.
    mentions: Vec<Mention>,
}

impl Defined {
    /// The agency with this short name, by canonical name.
    pub fn name(&self, short: &str) -> Option<&str> {
        self.names.get(short).map(String::as_str)
    }

    /// The short names in a range, in order.
    pub fn mentions(&self, range: &Range<usize>) -> &[Mention] {
        let start = self.mentions.partition_point(|m| m.range.start < range.start);
        let inside = self.mentions[start..].partition_point(|m| m.range.end <= range.end);
        &self.mentions[start..start + inside]
    }
}

impl Context<'_> {
    /// Reads what the text defines of agencies; a short name means its agency
    /// from there on. O(n).
    pub fn defined_agencies(&self, definitions: &[Definition]) -> Defined {
        let mut defined = Defined::default();
        let mut since: HashMap<&str, usize> = HashMap::new();
        for Definition { short, full } in definitions {
            let word = self.text(short.clone());
            let Some(name) = self.agency_at_end(full) else { continue };
            if !defined.names.contains_key(word) {
                since.insert(word, short.start);
                defined.names.insert(word.to_owned(), name);
            }
        }
        if since.is_empty() {
            return defined;
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build::<_, _, u32>(since.keys());
        let Ok(automaton) = automaton else { return defined };
        for found in automaton.leftmost_find_iter(&self.view.text) {
            let range: Range<usize> = found.start()..found.end();
            let word = self.text(range.clone());
            if since[word] <= range.start && self.begins_name(range.start) {
                defined.mentions.push(Mention { name: defined.names[word].clone(), range });
            }
        }
        defined
    }

    /// The agency whose full name ends a range.
    fn agency_at_end(&self, range: &Range<usize>) -> Option<String> {
        let text = self.text(range.clone());
        self.lexicon.names.organs.of(text)?;
        let mention = self.agencies(range).pop().filter(|m| m.range.end == range.end);
        let whole = || text.char_indices().find_map(|(at, _)| self.resolve(&text[at..], None));
        mention.map(|mention| mention.name).or_else(whole)
    }

    /// False where a region or 各 stands before a short name: 四川省局, 各分中心.
    fn begins_name(&self, start: usize) -> bool {
        let before = &self.view.text[..start];
        !before.ends_with('各') && self.lexicon.regions.suffix(before, self.place.region).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = definitions(text);
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
