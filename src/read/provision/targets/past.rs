//! Figures that report what was reached and commit to nothing.

use super::bound::Surroundings;
use crate::lexicon::MeaningKinds;
use crate::read::scanned_text::ScannedText;
use crate::text::{since_mark, until_mark};
use std::ops::Range;

/// The provision that figures are read in.
pub(super) struct Reporting<'t> {
    pub(super) text: &'t ScannedText<'t>,
    pub(super) range: &'t Range<usize>,
    /// The document reports: what its sentences do not announce is past.
    pub(super) report: bool,
}

impl Reporting<'_> {
    /// Returns true if the sentence of a figure reports a result: 2023年产值达到300亿元,同比增长15%;
    /// 已建成基地9家.
    pub(super) fn reports(&self, words: &Surroundings) -> bool {
        /// Characters of the sentence that are read on each side.
        const NEAR: usize = 60;
        const MARKS: [char; 3] = ['。', ';', '\n'];
        let (text, range, figure) = (self.text, self.range, &words.figure.range);
        if done(words.left) {
            return true;
        }
        let left = since_mark(text.slice(range.start..figure.start), NEAR, &MARKS);
        let right = until_mark(text.slice(figure.end..range.end), NEAR, &MARKS);
        let sentence = figure.start - left.len()..figure.end + right.len();
        let past = text.tokens_of(&sentence, MeaningKinds::PAST).next().is_some();
        let past = past || (self.report && !words.is_rule());
        past && !text.lexicon.quantities.ahead.occur_in(text.slice(sentence))
    }
}

/// Returns true for a clause with 已 or a verb with 了: 已达到36%, 建成了9家. 对已建成的… is no report.
fn done(clause: &str) -> bool {
    let after = clause.rfind('已').map(|at| &clause[at + '已'.len_utf8()..]);
    let perfect = after.is_some_and(|after| !after.contains('的'));
    perfect || clause.ends_with('了')
}

impl Surroundings<'_> {
    /// Returns true for a figure that a report can hold as a rule in force: 不超过30%, 周期为3年.
    pub(super) fn is_rule(&self) -> bool {
        let q = &self.lexicon.quantities;
        q.at_most.occur_in(self.left)
            || q.at_least.occur_in(self.left)
            || self.suffix.is_below()
            || q.grant.occur_in(self.left)
            || self.figure.base().time
            || self.left.ends_with('为')
            || (self.left.ends_with(['的', '按']) && self.figure.is_share())
    }
}
