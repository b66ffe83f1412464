//! 废止: the instruments that the document puts out of force.

use super::citations::{Named, Subject};
use super::context::Context;
use crate::model::{Citation, Found, Genre};
use crate::text::{after_last, occurrences, prefix_end, suffix_start};
use std::ops::Range;

/// What is said behind the names of what is repealed.
const CUES: [&str; 4] = ["废止", "停止执行", "不再执行", "失效"];

/// 《…》(…〔2012〕36号)同时废止; 决定废止《…》. What news and interviews report is
/// not their own act.
pub(super) fn repeals(
    context: &Context,
    genre: Genre,
    title: Option<&Found<String>>,
) -> Vec<Citation> {
    if matches!(genre, Genre::News | Genre::Interview) {
        return Vec::new();
    }
    let text = context.view.text.as_str();
    let mut cues: Vec<Range<usize>> =
        CUES.iter().flat_map(|cue| occurrences(text, cue).map(|at| at..at + cue.len())).collect();
    cues.sort_by_key(|cue| cue.start);
    let subject = title.map(|title| Subject::new(&title.value));
    let own = |named: &Named| subject.as_ref().is_some_and(|subject| subject.is(named));
    let mut repealed = Vec::new();
    let mut said = 0;
    for cue in cues.into_iter().filter(|cue| !text[..cue.start].ends_with(['未', '或', '、'])) {
        let around = sentence(text, said, &cue);
        let instruments = context.instruments(&around);
        let behind = text[cue.end..].starts_with('《');
        repealed.extend(instruments.into_iter().filter(|named| {
            !own(named)
                && if behind { named.whole.start >= cue.end } else { listed(context, named, &cue) }
        }));
        said = around.end;
    }
    context.cites(repealed.iter())
}

/// The sentence of a cue, from `said` on, as far as it is near.
fn sentence(text: &str, said: usize, cue: &Range<usize>) -> Range<usize> {
    /// Characters that are looked at on each side; keeps long sentences linear.
    const LONGEST: usize = 600;
    let before = &text[said.min(cue.start)..cue.start];
    let before = &before[suffix_start(before, LONGEST)..];
    let start = cue.start - before.len() + after_last(before, &['。', ';', '\n']);
    let after = &text[cue.end..];
    let after = &after[..prefix_end(after, LONGEST)];
    start..cue.end + after.find(['。', ';', '\n']).unwrap_or(after.len())
}

/// True if nothing but other names parts a name from the cue behind it: no
/// 根据《…》, and no other sentence part.
fn listed(context: &Context, named: &Named, cue: &Range<usize>) -> bool {
    if named.whole.end > cue.start {
        return false;
    }
    let between = context.text(named.whole.end..cue.start);
    let mut depth = 0;
    let bare = between.chars().filter(|c| {
        let inside = depth > 0;
        depth += match c {
            '《' | '(' => 1,
            '》' | ')' => -1,
            _ => 0,
        };
        !inside && depth == 0
    });
    let words: String = bare.collect();
    words.chars().count() <= 40 && !words.contains([',', ':'])
}
