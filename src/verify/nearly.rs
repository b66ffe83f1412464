//! Words that the corpus has nearly: the most similar passage, and the differences.

use super::compared_text::{ComparedText, Offsets};
use super::{Check, Quoted};
use crate::graph::DocId;
use std::collections::VecDeque;
use std::ops::Range;

/// A difference between asserted and printed words, in the compared form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The asserted words; empty if the text has more.
    pub asserted: String,
    /// The printed words; empty if the text lacks them.
    pub printed: String,
}

/// The passage of the corpus that is most similar to asserted words.
pub(super) struct Nearly {
    pub place: Quoted,
    /// Share of the asserted characters that the passage has in the same order, in 0..=1.
    pub similarity: f32,
    pub edits: Vec<Edit>,
}

/// Maximum number of characters that are compared.
pub(super) const COMPARED: usize = 1000;

/// Bits of the table of runs.
const TABLE_BITS: u32 = 16;

impl Check<'_> {
    /// Returns the passage with the words most similar to the first `COMPARED` characters of
    /// `words`. O(text), and O(`COMPARED`²) for the differences.
    ///
    /// * `documents`: the documents to search; `None` for all.
    pub(super) fn nearly(self, words: &str, documents: Option<&[DocId]>) -> Option<Nearly> {
        let asserted: Vec<char> = words.chars().take(COMPARED).collect();
        let (document, window) = best_window(self.text, &asserted, documents)?;
        let (_, compared) = self.text.documents().find(|&(id, _)| id == document)?;
        let offsets: Vec<usize> =
            compared.char_indices().map(|(at, _)| at).chain([compared.len()]).collect();
        let printed: Vec<char> =
            compared[offsets[window.start]..offsets[window.end]].chars().collect();
        let alignment = align(&asserted, &printed);
        let found = window.start + alignment.printed.start..window.start + alignment.printed.end;
        if found.is_empty() {
            return None;
        }
        let range = offsets[found.start]..offsets[found.end];
        let span = Offsets::new(self.text_of(document)).span(range);
        let similarity = 1.0 - alignment.cost as f32 / asserted.len() as f32;
        Some(Nearly { place: Quoted { document, span }, similarity, edits: alignment.edits })
    }
}

/// Returns the document and the range of its compared characters with the most runs of `asserted`,
/// the first of equal ones. The range has room for the words on both sides.
fn best_window(
    text: &ComparedText,
    asserted: &[char],
    documents: Option<&[DocId]>,
) -> Option<(DocId, Range<usize>)> {
    let run = match asserted.len() {
        0..2 => return None,
        2..8 => 2,
        8..16 => 3,
        _ => 4,
    };
    let mut table = vec![false; 1 << TABLE_BITS];
    for run in asserted.windows(run) {
        table[slot(run)] = true;
    }
    let mut best: Option<(usize, DocId, usize)> = None;
    let mut chars: Vec<char> = Vec::new();
    let searched = |document| documents.is_none_or(|ids| ids.contains(&document));
    for (document, compared) in text.documents().filter(|&(document, _)| searched(document)) {
        chars.clear();
        chars.extend(compared.chars());
        let mut hits: VecDeque<usize> = VecDeque::new();
        for (at, run) in chars.windows(run).enumerate() {
            if !table[slot(run)] {
                continue;
            }
            hits.push_back(at);
            while hits.front().is_some_and(|&first| first + asserted.len() <= at) {
                hits.pop_front();
            }
            if best.is_none_or(|(count, ..)| hits.len() > count) {
                best = Some((hits.len(), document, hits[0]));
            }
        }
    }
    let (_, document, first) = best?;
    let (_, compared) = text.documents().find(|&(id, _)| id == document)?;
    let length = compared.chars().count();
    let room = asserted.len() + 8;
    let start = first.saturating_sub(room);
    Some((document, start..length.min(first + 2 * room)))
}

/// Returns the place of a run of characters in the table.
fn slot(run: &[char]) -> usize {
    let hash = run
        .iter()
        .fold(0_u32, |hash, &c| (hash ^ u32::from(c)).wrapping_mul(0x9E37_79B1).rotate_left(5));
    (hash.wrapping_mul(0x85EB_CA6B) >> (32 - TABLE_BITS)) as usize
}

struct Alignment {
    /// Number of characters that were changed, added or left out.
    cost: usize,
    printed: Range<usize>,
    edits: Vec<Edit>,
}

/// A step of an alignment.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Same,
    Changed,
    OnlyAsserted,
    OnlyPrinted,
}

/// Aligns all of `asserted` with the part of `printed` that needs the fewest edits.
fn align(asserted: &[char], printed: &[char]) -> Alignment {
    let width = printed.len() + 1;
    let mut steps = vec![Step::OnlyPrinted; (asserted.len() + 1) * width];
    let mut row: Vec<usize> = vec![0; width];
    for (i, a) in asserted.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        steps[(i + 1) * width] = Step::OnlyAsserted;
        for (j, p) in printed.iter().enumerate() {
            let changed = diagonal + usize::from(a != p);
            diagonal = row[j + 1];
            let least = changed.min(diagonal + 1).min(row[j] + 1);
            steps[(i + 1) * width + j + 1] = if least == changed {
                if a == p { Step::Same } else { Step::Changed }
            } else if least == diagonal + 1 {
                Step::OnlyAsserted
            } else {
                Step::OnlyPrinted
            };
            row[j + 1] = least;
        }
    }
    // The last of equal ends: the last character is then the asserted one.
    let end = (0..width).rev().min_by_key(|&j| row[j]).unwrap_or(0);
    let (mut i, mut j) = (asserted.len(), end);
    let mut path = Vec::new();
    while i > 0 {
        let step = steps[i * width + j];
        path.push((step, i, j));
        match step {
            Step::Same | Step::Changed => (i, j) = (i - 1, j - 1),
            Step::OnlyAsserted => i -= 1,
            Step::OnlyPrinted => j -= 1,
        }
    }
    path.reverse();
    Alignment { cost: row[end], printed: j..end, edits: edits(&path, asserted, printed) }
}

/// Returns the runs of steps that are not the same.
fn edits(path: &[(Step, usize, usize)], asserted: &[char], printed: &[char]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for run in path.chunk_by(|a, b| (a.0 == Step::Same) == (b.0 == Step::Same)) {
        if run[0].0 == Step::Same {
            continue;
        }
        let of = |without: Step, words: &[char], at: fn(&(Step, usize, usize)) -> usize| {
            run.iter().filter(|step| step.0 != without).map(|step| words[at(step) - 1]).collect()
        };
        edits.push(Edit {
            asserted: of(Step::OnlyPrinted, asserted, |step| step.1),
            printed: of(Step::OnlyAsserted, printed, |step| step.2),
        });
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits_of(asserted: &str, printed: &str) -> (usize, Vec<(String, String)>) {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let found = align(&chars(asserted), &chars(printed));
        (found.cost, found.edits.into_iter().map(|edit| (edit.asserted, edit.printed)).collect())
    }

    #[test]
    fn differences_are_the_fewest_edits() {
        let edit = |a: &str, p: &str| (a.to_owned(), p.to_owned());
        assert_eq!(edits_of("压缩为20个", "时限压缩为30个工作日"), (1, vec![edit("2", "3")]));
        assert_eq!(edits_of("甲乙丁", "前甲乙丙丁后"), (1, vec![edit("", "丙")]));
        assert_eq!(edits_of("甲乙丙丁", "甲乙丁"), (1, vec![edit("丙", "")]));
        assert_eq!(edits_of("甲乙", "甲乙"), (0, vec![]));
    }
}
