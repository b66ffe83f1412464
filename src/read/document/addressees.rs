//! Addressees (主送机关): 各处、检查分局、直属事业单位:.

use crate::model::{Found, Rule};
use crate::read::scanned_text::ScannedText;
use std::ops::Range;

/// Returns the names before the colon of the first line that has addressees.
pub(super) fn addressees(text: &ScannedText, lines: &[Range<usize>]) -> Vec<Found<String>> {
    let list = lines.iter().find_map(|line| address(text, line));
    list.map_or(Vec::new(), |list| names_in_list(text, list))
}

/// Returns the list of addressees that opens a line, without its colon.
fn address(text: &ScannedText, line: &Range<usize>) -> Option<Range<usize>> {
    let words = text.slice(line.clone());
    let (start, _) = text.lexicon.cues.signature.addressees.first(words)?;
    let opens = start == 0 || words[..start].ends_with(['知', '日']);
    let colon = start + words[start..].find(':').filter(|_| opens)?;
    let list = !words[start..colon].contains('。');
    list.then(|| line.start + start..line.start + colon)
}

/// Splits a list at its marks outside brackets. 、 splits only after the end of a
/// name: 各省、自治区、直辖市卫生健康委 is one name.
fn names_in_list(text: &ScannedText, range: Range<usize>) -> Vec<Found<String>> {
    let list = text.slice(range.clone());
    let name_ends = &text.lexicon.cues.signature.addressee_ends;
    let mut names = Vec::new();
    let (mut start, mut depth) = (0, 0u32);
    for (at, mark) in list.match_indices(['、', ',', ';', '(', ')']).chain([(list.len(), "")]) {
        match mark {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {
                let words = list[start..at].trim_end_matches(')');
                let complete = mark != "、" || name_ends.end(words).is_some();
                if !complete || (depth > 0 && !mark.is_empty()) {
                    continue;
                }
                if start < at {
                    let name = range.start + start..range.start + at;
                    names.push(text.found(text.printed(name.clone()), name, Rule::Head));
                }
                start = at + mark.len();
            }
        }
    }
    names
}
