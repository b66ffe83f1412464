//! 依据: the instruments that the head says the document carries out.

use crate::model::{Citation, Found, Genre};
use crate::outline::Layout;
use crate::read::context::Context;
use crate::read::naming::citations::{Named, Subject};
use crate::text::{after_last, contains_any, find, suffix_start};
use std::ops::Range;

/// True if `before`, the sentence up to a title, ends in words of carrying out,
/// with nothing but other titles and their issuers in between.
fn carries_out(before: &str) -> bool {
    let cues = ["贯彻", "落实", "根据", "依据", "按照", "遵照", "依照"];
    let Some(cue) = cues.iter().filter_map(|cue| before.rfind(cue).map(|at| at + cue.len())).max()
    else {
        return false;
    };
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

/// 为贯彻落实《…》, 根据《…》: what the head says the document carries out.
pub(crate) fn implements(
    context: &Context,
    layout: &Layout,
    genre: Genre,
    title: Option<&Found<String>>,
    instruments: &[Named],
) -> Vec<Citation> {
    if genre == Genre::Interview {
        return Vec::new();
    }
    /// Characters of a sentence that are looked at; keeps long ones linear.
    const LONGEST: usize = 400;
    let text = context.view.text.as_str();
    let subject = title.map(|title| Subject::new(&title.value));
    let carried = |named: &&Named| {
        let before = &text[layout.head.start..named.whole.start];
        let before = &before[suffix_start(before, LONGEST)..];
        let own = subject.as_ref().is_some_and(|subject| subject.is(named));
        !own && carries_out(&before[after_last(before, &['。', '\n'])..])
    };
    let founded = layout.measures.first().and_then(|first| founding(context, first.text.clone()));
    let founded = founded.map_or(Vec::new(), |sentence| context.instruments(&sentence));
    context.cites(instruments.iter().chain(&founded).filter(carried))
}

/// 第一条 为规范…,根据《…》,制定本办法。 — the sentence of a measure that founds
/// the document.
fn founding(context: &Context, measure: Range<usize>) -> Option<Range<usize>> {
    let text = context.text(measure.clone());
    let sentence = &text[..find(text, "。").unwrap_or(text.len())];
    contains_any(sentence, &["制定本", "制订本"])
        .then(|| measure.start..measure.start + sentence.len())
}
