//! The instruments that a document implements (依据): 为贯彻落实《…》, 根据《…》.

use crate::lexicon::Lexicon;
use crate::model::{Citation, Genre};
use crate::outline::Layout;
use crate::read::naming::citations;
use crate::read::naming::names::{NamedInstrument, Names};
use crate::read::naming::title_forms::Subject;
use crate::read::scanned_text::ScannedText;
use crate::text::{find, since_mark};
use std::ops::Range;

/// Returns the instruments that the document implements, as its head or the first
/// sentence of its first measure states.
///
/// * `instruments`: the instruments named in the head.
pub(super) fn implements(
    names: &Names,
    layout: &Layout,
    genre: Genre,
    subject: Option<&Subject>,
    instruments: &[NamedInstrument],
) -> Vec<Citation> {
    if genre == Genre::Interview {
        return Vec::new();
    }
    /// Characters of a sentence that are read; keeps long ones linear.
    const LONGEST: usize = 400;
    let text = names.text;
    let implemented = |named: &&NamedInstrument| {
        let before = text.slice(layout.head.start..named.range.start);
        let own = subject.is_some_and(|subject| subject.is(named));
        !own && ends_in_cue(text.lexicon, since_mark(before, LONGEST, &['。', '\n']))
    };
    let first = layout.measures.first();
    let sentence = first.and_then(|first| founding_sentence(text, first.text.clone()));
    let founding = sentence.map_or(Vec::new(), |sentence| citations::named(names, &sentence));
    citations::citations(text, instruments.iter().chain(&founding).filter(implemented))
}

/// Returns true if `before`, the sentence up to a title, ends in a cue like 贯彻, with
/// only other titles and their issuers after it.
fn ends_in_cue(lexicon: &Lexicon, before: &str) -> bool {
    let Some(cue) = lexicon.cues.citations.carrying_out.last_end(before) else { return false };
    let mut depth = 0;
    let mut between = String::new();
    for c in before[cue..].chars() {
        match c {
            '《' | '(' => depth += 1,
            '》' | ')' => depth -= 1,
            c if depth == 0 => between.push(c),
            _ => {}
        }
    }
    between.chars().count() <= 30 && !between.contains([',', ';', ':'])
}

/// Returns the first sentence of a measure, if it founds the document: 第一条
/// 为规范…,根据《…》,制定本办法。
fn founding_sentence(text: &ScannedText, measure: Range<usize>) -> Option<Range<usize>> {
    let words = text.slice(measure.clone());
    let sentence = &words[..find(words, "。").unwrap_or(words.len())];
    let founds = text.lexicon.cues.citations.founding.occur_in(sentence);
    founds.then(|| measure.start..measure.start + sentence.len())
}
