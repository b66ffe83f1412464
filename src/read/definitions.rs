//! Short names that the text itself defines: 国家药品监督管理局(以下简称国家局).

use super::agencies::Mention;
use super::context::Context;
use crate::text::{after_last, prefix_end, suffix_start};
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

/// What opens the bracket that defines a short name, longest first.
const OPENERS: [&str; 8] = [
    "(以下统一简称",
    "(以下均简称",
    "(以下简称",
    "(以下统称",
    "(以下称",
    "(简称",
    "(下称",
    "(统称",
];

/// No name is longer, in characters.
const LONGEST: usize = 80;

/// The short names that a text defines, in order. O(n).
pub(crate) fn definitions(text: &str) -> Vec<Definition> {
    memchr::memchr_iter(b'(', text.as_bytes()).filter_map(|open| definition(text, open)).collect()
}

fn definition(text: &str, open: usize) -> Option<Definition> {
    let opener = OPENERS.iter().find(|opener| text[open..].starts_with(**opener))?;
    let words = &text[open + opener.len()..];
    let words = &words[..prefix_end(words, LONGEST)];
    let named = words.trim_start_matches([':', '“', '‘', '"', '「', '为']);
    let start = open + opener.len() + words.len() - named.len();
    let len = named.find([')', '”', '’', '"', '」', ',', '、', '。', '\n'])?;

    let near = suffix_start(&text[..open], LONGEST);
    let before = &text[near..open];
    let full = match before.chars().next_back()? {
        '》' => before.rfind('《')?,
        '”' => before.rfind('“')?,
        _ => after_last(before, &[',', '。', ';', ':', '、', '(', ')', '》', '”', '\n']),
    };
    let found = Definition { short: start..start + len, full: near + full..open };
    (!found.short.is_empty() && !found.full.is_empty()).then_some(found)
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
