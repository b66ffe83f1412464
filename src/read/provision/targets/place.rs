//! A figure in its clause, and the target that its words make of it.

use super::bound::{Bound, Noun, Suffix, Surroundings};
use super::change::changed_to;
use super::figure::Figure;
use super::frequency::{frequency, last_every};
use super::phrase::{deadline, following, object, quantity, without_frequency};
use crate::model::{Comparator, Target};
use crate::read::scanned_text::ScannedText;
use crate::text::{Span, since_mark, until_mark};
use std::ops::Range;

/// A figure in its clause.
pub(super) struct Place<'t> {
    pub(super) text: &'t ScannedText<'t>,
    pub(super) words: Surroundings<'t>,
    /// The clause before the figure.
    clause: Range<usize>,
    /// Provision that no earlier target uses.
    pub(super) range: Range<usize>,
}

/// A target, and the end of its words.
pub(super) type Found = Option<(Target, usize)>;

impl<'t> Place<'t> {
    pub(super) fn new(
        text: &'t ScannedText<'t>,
        range: Range<usize>,
        figure: &'t Figure<'t>,
    ) -> Self {
        let clause = clause(text, &range, figure.range.start);
        let right = text.slice(figure.range.end..range.end);
        let words = Surroundings {
            lexicon: text.lexicon,
            figure,
            left: text.slice(clause.clone()),
            right,
            suffix: Suffix::of(text.lexicon, right),
        };
        Place { text, words, clause, range }
    }

    /// Returns the target of the figure. `None` if nothing commits to it. `last` is the target
    /// before it.
    pub(super) fn target(&self, last: Option<&Target>) -> Found {
        let Surroundings { lexicon, figure, left, .. } = self.words;
        if self.is_validity() {
            return None;
        }
        let change_start = lexicon.cues.targets.change_starts.last(left).map(|(at, _)| at);
        let changed = changed_to(self.text, figure, self.range.end, change_start.is_some());
        if let Some((comparator, second)) = changed {
            let start = change_start.unwrap_or(0);
            // 由1万余项精简至2000项, in the unit of the second figure
            let from = second.unit.convert(figure.value, &figure.unit).unwrap_or(figure.value);
            let values = (Some(from), Some(second.value));
            let bound = Bound::of(comparator, &left[..start]);
            // 由20张以上调整为30张以上
            let after = self.text.slice(second.range.end..self.range.end);
            let end = second.range.end + Suffix::of(lexicon, after).len();
            return Some((self.commit(bound, values, &second, end, last), end));
        }
        let condition = self.words.condition();
        let bound = condition.or_else(|| self.words.bound()).or_else(|| self.share_of_all())?;
        let end = figure.range.end + self.words.suffix.len();
        let end = if bound.place == Noun::Object {
            end + object(self.text.lexicon, self.words.after()).len()
        } else {
            end
        };
        let target = self.commit(bound, figure.values(), figure, end, last);
        Some((Target { condition: condition.is_some(), ..target }, end))
    }

    /// Recognises a share of all that reach something by a date: 到2027年,90%的乡镇卫生院达到标准.
    fn share_of_all(&self) -> Option<Bound<'t>> {
        /// Characters of the clause after the figure.
        const NEAR: usize = 30;
        let Surroundings { lexicon, figure, left, right, .. } = self.words;
        let all = right.strip_prefix('的').filter(|_| figure.is_share())?;
        let opens = left.is_empty() || lexicon.cues.targets.places.contains(left);
        let reach = || {
            let clause = until_mark(all, NEAR, &[',', '。', ';', '\n']);
            let (at, _) = lexicon.quantities.reached.first(clause)?;
            let stated = lexicon.cues.targets.not_reached.occur_in(&clause[..at]);
            (at > 0 && !stated && !clause.ends_with(['的', '者'])).then_some(())
        };
        let due = || {
            let before = since_mark(self.text.before(self.clause.start), NEAR, &['。', ';', '\n']);
            let last = before.trim_end_matches(',').rsplit(',').next();
            last.and_then(|last| deadline(lexicon, last)).is_some()
                || sentence_deadline(self.text, self.clause.start).is_some()
        };
        (opens && reach().is_some() && due()).then(|| Bound::after(Comparator::Equal, ""))
    }

    /// Returns true for the term of the document itself: 本办法自…起施行,有效期3年.
    fn is_validity(&self) -> bool {
        /// Characters of the sentence before the figure that are read.
        const NEAR: usize = 60;
        let cues = &self.text.lexicon.cues.validity;
        let noun = self.words.left.trim_end_matches(['为', '是', ':', '自']);
        if !self.words.figure.base().time || cues.term_nouns.end(noun).is_none() {
            return false;
        }
        let sentence = since_mark(self.text.before(self.clause.end), NEAR, &['。', '\n']);
        cues.own.occur_in(sentence)
            || cues.term_openers.start(sentence).is_some()
            || cues.documents.occur_in(noun)
    }

    /// Returns the target with these values. `figure` is its last figure, `end` the end of its words.
    fn commit(
        &self,
        bound: Bound,
        (from, to): (Option<f64>, Option<f64>),
        figure: &Figure,
        end: usize,
        last: Option<&Target>,
    ) -> Target {
        let (text, lexicon) = (self.text, self.text.lexicon);
        let left = text.slice(self.clause.start..figure.range.start);
        let deadline =
            deadline(lexicon, left).or_else(|| sentence_deadline(text, self.clause.start));
        let repeats = lexicon.cues.targets.repeated_units.contains(&figure.base().form);
        let frequency = if repeats { frequency(lexicon, left) } else { last_every(lexicon, left) };
        Target {
            quantity: self.quantity(bound, figure, deadline, last),
            comparator: bound.comparator,
            from,
            to,
            unit: figure.unit.name(),
            deadline: deadline.map(str::to_owned),
            frequency: frequency.map(str::to_owned),
            condition: false,
            span: text.span(self.clause.start..end),
        }
    }

    /// Returns what is measured: the noun before the figure, or after it; or that of the target
    /// before it in the sentence.
    fn quantity(
        &self,
        bound: Bound,
        figure: &Figure,
        deadline: Option<&str>,
        last: Option<&Target>,
    ) -> String {
        let (lexicon, cues) = (self.text.lexicon, &self.text.lexicon.cues.targets);
        let counted = figure.base().count || figure.base().form == "次";
        let noun = quantity(lexicon, bound.noun, deadline, counted);
        let right = self.text.slice(self.end_of_values(figure)..self.range.end);
        let after = match bound.place {
            Noun::Object => {
                let noun = object(lexicon, right).trim_start_matches("左右");
                // 500亿元规模的基金
                noun.strip_prefix("规模的").unwrap_or(noun)
            }
            Noun::Before | Noun::After => following(right),
        };
        // 不超过项目投资额30%: what the share is taken of comes before the words after the figure.
        let of = if figure.is_share() { quantity(lexicon, bound.of, None, false) } else { "" };
        let before = if noun.is_empty() { of } else { noun };
        // 审批时限原则上5个工作日内办结, 施工许可3个工作日内办结
        let timed = figure.base().time && cues.terms.end(noun).is_some();
        let finished = cues.done.start(after).is_some() && !noun.is_empty();
        let fined = cues.penalties.start(after).is_some();
        let follows = fined || (bound.place != Noun::Before && !timed && !finished);
        let nouns = if follows { [after, before, bound.of] } else { [before, after, bound.of] };
        if let Some(found) = nouns.into_iter().find(|noun| !noun.is_empty()) {
            return without_frequency(lexicon, found);
        }
        let same = last.filter(|last| {
            let start = self.text.span(self.clause.clone()).start;
            last.unit == figure.unit.name() && self.is_same_sentence(last.span, start)
        });
        same.map_or_else(String::new, |last| last.quantity.clone())
    }

    /// Returns true if no sentence ends between a target and `start`.
    fn is_same_sentence(&self, last: Span, start: u32) -> bool {
        /// Bytes between the two that are read.
        const NEAR: u32 = 200;
        let between = last.end..start.max(last.end);
        between.len() < NEAR as usize
            && !Span { start: between.start, end: between.end }
                .slice(self.text.source)
                .contains(['。', '\n'])
    }
}

/// Returns the deadline at the start of the sentence, which holds for all its figures:
/// 到2027年,….
fn sentence_deadline<'a>(text: &ScannedText<'a>, clause: usize) -> Option<&'a str> {
    /// Characters before the clause that are read.
    const NEAR: usize = 100;
    let sentence = since_mark(text.before(clause), NEAR, &['。', ';', '\n']);
    deadline(text.lexicon, sentence.split(',').next()?)
}

/// Returns the clause before a figure: back to the last mark or open bracket.
fn clause(text: &ScannedText, range: &Range<usize>, figure: usize) -> Range<usize> {
    /// Maximum length of a clause in characters; keeps text without marks linear.
    const LONGEST: usize = 150;
    // A bracket that is closed again belongs to the clause.
    let mut start = figure;
    let mut closed = false;
    for (at, c) in text.slice(range.start..figure).char_indices().rev().take(LONGEST) {
        match c {
            '。' | ',' | ';' | '!' | '?' | '\n' | ':' => break,
            '(' if !closed => break,
            ')' => closed = true,
            _ => {}
        }
        start = range.start + at;
    }
    let words = text.slice(start..figure).trim_start_matches(['、', '的']).len();
    figure - words..figure
}
