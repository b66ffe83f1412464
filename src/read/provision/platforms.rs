//! Named platforms, programmes, lists and mechanisms.

mod classes;
mod phrase;
mod quoted;

use crate::lexicon::{Meaning, MeaningKinds};
use crate::model::{Found, Rule};
use crate::read::interval_set::IntervalSet;
use crate::read::naming::names::Names;
use crate::read::scanned_text::ScannedText;
use phrase::phrase;
use quoted::quoted;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::ops::Range;

/// A platform named in the text.
pub(super) struct Platform {
    pub(super) range: Range<usize>,
    rule: Rule,
}

/// Returns the platforms named in a range, outside the names of instruments, `titled`, in text
/// order, with repeats.
pub(super) fn platforms(
    names: &Names,
    range: &Range<usize>,
    titled: &IntervalSet,
) -> Vec<Platform> {
    let text = names.text;
    let quoted = quoted(names, range).into_iter();
    let mut platforms: Vec<Platform> =
        quoted.map(|range| Platform { range, rule: Rule::Quoted }).collect();
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
    platforms.retain(|p| !titled.intersects(&p.range));
    platforms.sort_by_key(|p| (p.range.start, Reverse(p.range.end)));
    // 评标专家库管理平台 is one name.
    platforms.dedup_by(|next, name| next.range.start == name.range.start);
    platforms
}

/// Returns each platform once, by its printed name.
pub(super) fn distinct(text: &ScannedText, platforms: &[Platform]) -> Vec<Found<String>> {
    let mut found: Vec<Found<String>> = Vec::new();
    let mut known = FxHashSet::default();
    for platform in platforms {
        let name = text.printed(platform.range.clone());
        if known.insert(name.clone()) {
            found.push(text.found(name, platform.range.clone(), platform.rule));
        }
    }
    found
}
