//! The instruments that a document repeals (废止).

use crate::model::{Citation, Genre};
use crate::read::context::Context;
use crate::read::naming::citations;
use crate::read::naming::names::NamedInstrument;
use crate::read::scanned_text::ScannedText;
use crate::text::{is_numeral, since_mark, until_mark};
use std::ops::Range;

/// Returns the repealed instruments: 《…》(…〔2012〕36号)同时废止; 决定废止《…》. None
/// for news and interviews, which report the act of another document. O(n).
///
/// * `number`: the document's own number.
pub(crate) fn repeals(context: &Context, genre: Genre, number: Option<&str>) -> Vec<Citation> {
    if genre.is_report() {
        return Vec::new();
    }
    let text = context.names.text;
    let same = |named: &NamedInstrument| context.subject.is_some_and(|subject| subject.is(named));
    let mut repealed = Vec::new();
    // Offset up to which sentences are read.
    let mut read = 0;
    for cue in cues(text) {
        if cue.start < read {
            continue;
        }
        let sentence = sentence(text, read, &cue);
        let before_names = sentence.end > cue.end;
        repealed.extend(citations::named(&context.names, &sentence).into_iter().filter(|named| {
            let meant = match before_names {
                true => named.range.start >= cue.end,
                false => only_names_between(text, named, &cue),
            };
            meant && (!same(named) || is_predecessor(text, number, named, &cue))
        }));
        read = sentence.end;
    }
    citations::citations(text, repealed.iter())
}

/// Returns true for an instrument with the document's own title that the document replaces: it has
/// another number, or is put out of force at the same time (同时) as the document takes effect. A
/// text that will lapse (到期废止) repeals nothing.
fn is_predecessor(
    text: &ScannedText,
    number: Option<&str>,
    named: &NamedInstrument,
    cue: &Range<usize>,
) -> bool {
    let other = named.identity.number.as_deref().is_some_and(|other| Some(other) != number);
    let between = text.slice(named.range.end.min(cue.start)..cue.start);
    other || text.lexicon.cues.validity.at_once.end(between).is_some()
}

/// Returns the cues in a text, ascending; not 未废止, nor one in a list. 一、废止《…》 is an item.
fn cues(text: &ScannedText) -> Vec<Range<usize>> {
    let repeals = &text.lexicon.cues.validity.repeals;
    let mut cues: Vec<Range<usize>> = repeals.occurrences(text.all()).collect();
    cues.sort_by_key(|cue| cue.start);
    let listed = |before: &str| {
        let numeral = |c: char| is_numeral(c) || c.is_ascii_digit();
        before.strip_suffix('、').is_some_and(|before| !before.ends_with(numeral))
    };
    cues.retain(|cue| {
        let before = text.before(cue.start);
        !before.ends_with(['未', '或']) && !listed(before)
    });
    cues
}

/// Returns the sentence of a cue from `read` on: up to the cue, or to the end of the
/// sentence if a title follows the cue.
fn sentence(text: &ScannedText, read: usize, cue: &Range<usize>) -> Range<usize> {
    /// Characters that are read on each side; keeps long sentences linear.
    const LONGEST: usize = 600;
    const MARKS: [char; 3] = ['。', ';', '\n'];
    let before = since_mark(text.slice(read..cue.start), LONGEST, &MARKS);
    let after = match text.after(cue.end) {
        after if after.starts_with('《') => until_mark(after, LONGEST, &MARKS),
        _ => "",
    };
    cue.start - before.len()..cue.end + after.len()
}

/// Returns true if only other names are between a name and the cue after it: not
/// 根据《…》, and not another clause.
fn only_names_between(text: &ScannedText, named: &NamedInstrument, cue: &Range<usize>) -> bool {
    if named.range.end > cue.start {
        return false;
    }
    let between = text.slice(named.range.end..cue.start);
    let mut depth = 0;
    let outside_brackets = between.chars().filter(|c| {
        let inside = depth > 0;
        depth += match c {
            '《' | '(' => 1,
            '》' | ')' => -1,
            _ => 0,
        };
        !inside && depth == 0
    });
    let words: String = outside_brackets.collect();
    words.chars().count() <= 40 && !words.contains([',', ':'])
}

#[cfg(test)]
mod tests {
    /// Titles of the instruments that a document with this last item repeals.
    fn repealed(text: &str) -> Vec<String> {
        let text = format!("关于规范管理的通知\n一、加强监管。\n二、{text}");
        let record = crate::read(crate::Lexicon::builtin(), "text", text);
        record.repeals.into_iter().map(|citation| citation.title).collect()
    }

    #[test]
    fn names_beside_a_cue_are_repealed() {
        assert_eq!(
            repealed("自印发之日起施行,《甲办法》(甲〔2012〕36号)、《乙办法》同时废止。"),
            ["甲办法", "乙办法"]
        );
        assert_eq!(repealed("根据《丙条例》,决定废止《甲办法》。"), ["甲办法"]);
        assert_eq!(repealed("按照《丙条例》,《甲办法》不再执行。"), ["甲办法"]);
        assert_eq!(repealed("甲府〔2014〕9号自行失效。"), ["甲府〔2014〕9号"]);
        assert_eq!(repealed("决定如下:\n三、废止《甲办法》(甲〔2012〕36号)。"), ["甲办法"]);
        assert_eq!(repealed("《甲办法》未废止。清理与《丙条例》不一致的文件。"), [""; 0]);
        assert_eq!(repealed("《规范管理的通知》有效期五年,到期废止。"), [""; 0]);
        assert_eq!(repealed("《规范管理的通知》(甲发〔2020〕3号)同时废止。"), ["规范管理的通知"]);
        assert_eq!(repealed("2019年印发的《规范管理的通知》同时废止。"), ["规范管理的通知"]);
    }
}
