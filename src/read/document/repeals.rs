//! 废止: the instruments that the document puts out of force.

use crate::model::{Citation, Found, Genre};
use crate::read::context::Context;
use crate::read::naming::citations::{Named, Subject};
use crate::text::{after_last, occurrences, prefix_end, suffix_start};
use std::ops::Range;

/// What is said behind the names of what is repealed.
const CUES: [&str; 4] = ["废止", "停止执行", "不再执行", "失效"];

/// 《…》(…〔2012〕36号)同时废止; 决定废止《…》. What news and interviews report is
/// not their own act.
pub(crate) fn repeals(
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
        if cue.start < said {
            continue;
        }
        let around = sentence(text, said, &cue);
        let behind = around.end > cue.end;
        repealed.extend(context.instruments(&around).into_iter().filter(|named| {
            let meant =
                if behind { named.whole.start >= cue.end } else { listed(context, named, &cue) };
            meant && !own(named)
        }));
        said = around.end;
    }
    context.cites(repealed.iter())
}

/// The sentence of a cue: from `said` on, as far as it is near, up to the cue,
/// or to its end where a title stands right behind the cue.
fn sentence(text: &str, said: usize, cue: &Range<usize>) -> Range<usize> {
    /// Characters that are looked at on each side; keeps long sentences linear.
    const LONGEST: usize = 600;
    let before = &text[said..cue.start];
    let before = &before[suffix_start(before, LONGEST)..];
    let start = cue.start - before.len() + after_last(before, &['。', ';', '\n']);
    let after = &text[cue.end..];
    if !after.starts_with('《') {
        return start..cue.end;
    }
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

#[cfg(test)]
mod tests {
    /// What a document with this last item repeals.
    fn repealed(text: &str) -> Vec<String> {
        let text = format!("关于规范管理的通知\n一、加强监管。\n二、{text}");
        let record = crate::read(crate::Lexicon::builtin(), "text", text);
        record.repeals.into_iter().map(|citation| citation.title).collect()
    }

    #[test]
    fn what_is_put_out_of_force() {
        assert_eq!(
            repealed("自印发之日起施行,《甲办法》(甲〔2012〕36号)、《乙办法》同时废止。"),
            ["甲办法", "乙办法"]
        );
        assert_eq!(repealed("根据《丙条例》,决定废止《甲办法》。"), ["甲办法"]);
        assert_eq!(repealed("按照《丙条例》,《甲办法》不再执行。"), ["甲办法"]);
        assert_eq!(repealed("甲府〔2014〕9号自行失效。"), ["甲府〔2014〕9号"]);
        assert_eq!(repealed("《甲办法》未废止。清理与《丙条例》不一致的文件。"), [""; 0]);
        assert_eq!(repealed("《规范管理的通知》有效期五年,到期废止。"), [""; 0]);
    }
}
