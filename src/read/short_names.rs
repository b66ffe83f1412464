//! Short names that the text gives to instruments: (以下简称《意见》).

use super::citations::Named;
use super::context::Context;
use crate::text::{occurrences, prefix_end, suffix_start};
use std::collections::HashMap;

/// What each short name means, from where on.
#[derive(Default)]
pub(crate) struct ShortNames(HashMap<String, Vec<(usize, Named)>>);

impl ShortNames {
    /// The instrument that a short name means at `at`.
    pub fn meant(&self, name: &str, at: usize) -> Option<&Named> {
        let given = self.0.get(name)?;
        let last = given.partition_point(|&(from, _)| from < at).checked_sub(1)?;
        Some(&given[last].1)
    }
}

impl Context<'_> {
    /// The short names that the document gives. O(n).
    pub fn short_names(&self) -> ShortNames {
        let mut names = ShortNames::default();
        for at in occurrences(&self.view.text, "简称") {
            if let Some((name, named)) = self.short_name(at) {
                names.0.entry(name).or_default().push((at, named));
            }
        }
        names
    }

    /// What 简称, at `at`, gives a short name to: the title in 《》 that nothing
    /// but brackets parts from it.
    fn short_name(&self, at: usize) -> Option<(String, Named)> {
        /// Characters between a title and its short name; of a title; of a name.
        const BETWEEN: usize = 60;
        const TITLE: usize = 150;
        const NAME: usize = 20;
        let text = self.view.text.as_str();
        let near = suffix_start(&text[..at], BETWEEN);
        let close = near + text[near..at].rfind('》')?;
        let between = &text[close + '》'.len_utf8()..at];
        let bracketed = between.split(')').all(|part| part.is_empty() || part.starts_with('('));

        let name = text[at + "简称".len()..].trim_start_matches(['为', ':']);
        let name = name.strip_prefix(['《', '“', '"'])?;
        let name = &name[..prefix_end(name, NAME)];
        let name = &name[..name.find(['》', '”', '"'])?];

        let start = suffix_start(&text[..close], TITLE);
        let open = start + opening(&text[start..close])?;
        (bracketed && !name.is_empty())
            .then(|| (name.to_owned(), self.titled(&(start..text.len()), open, close)))
    }
}

/// Where the 《 stands that is open at the end of `text`.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 1;
    let mut marks = text.char_indices().rev().filter(|&(_, c)| matches!(c, '《' | '》'));
    let (at, _) = marks.find(|&(_, c)| {
        depth += if c == '《' { -1 } else { 1 };
        depth == 0
    })?;
    Some(at)
}
