//! Short names that the text gives to instruments: (以下简称《意见》).

use super::citations::Named;
use super::definitions::Definition;
use crate::read::context::Context;
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
    /// The instruments among what the text defines.
    pub fn short_names(&self, definitions: &[Definition]) -> ShortNames {
        let mut names = ShortNames::default();
        for Definition { short, full } in definitions {
            let title = self.text(full.clone());
            if !title.starts_with('《') || !title.ends_with('》') {
                continue;
            }
            let name = self.text(short.clone()).trim_matches(['《', '》']);
            let close = full.end - '》'.len_utf8();
            let named = self.titled(&(full.start..self.view.text.len()), full.start, close);
            names.0.entry(name.to_owned()).or_default().push((short.start, named));
        }
        names
    }
}
