//! A figure with the words around it, and the comparison that they make.

use crate::lexicon::{Lexicon, Words};
use crate::model::Comparator;
use crate::read::provision::targets::figure::Figure;
use crate::text::{is_han, last_chars};

/// A figure and the words around it.
pub(crate) struct Surroundings<'t> {
    pub(crate) lexicon: &'t Lexicon,
    pub(crate) figure: &'t Figure<'t>,
    /// The clause before the figure.
    pub(crate) left: &'t str,
    /// The provision after the figure.
    pub(crate) right: &'t str,
    /// 以上 or 以下 after the figure.
    pub(crate) suffix: Suffix<'t>,
}

/// The words after a figure that make it a bound.
pub(crate) enum Suffix<'t> {
    None,
    Above(&'t str),
    Below(&'t str),
}

impl<'t> Suffix<'t> {
    /// Returns the words at the start of `right`.
    pub(crate) fn of(lexicon: &Lexicon, right: &'t str) -> Self {
        let q = &lexicon.quantities;
        let words = |words: &Words| words.start(right).map(|word| &right[..word.len()]);
        match (words(&q.above), words(&q.below)) {
            (Some(above), _) => Suffix::Above(above),
            (None, Some(below)) => Suffix::Below(below),
            (None, None) => Suffix::None,
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Suffix::None => 0,
            Suffix::Above(words) | Suffix::Below(words) => words.len(),
        }
    }

    pub(crate) fn is_above(&self) -> bool {
        matches!(self, Suffix::Above(_))
    }

    pub(crate) fn is_below(&self) -> bool {
        matches!(self, Suffix::Below(_))
    }
}

/// A comparison that the words around a figure make.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound<'t> {
    pub(crate) comparator: Comparator,
    /// The noun that is measured.
    pub(crate) noun: &'t str,
    /// Place of the noun if there are nouns on both sides of the figure.
    pub(crate) place: Noun,
    /// The base of a share, or the verb that pays: the quantity if no noun is there.
    pub(crate) of: &'t str,
}

/// Place of the noun that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    /// Before the figure: 审批时限压缩至5个工作日.
    Before,
    /// After the figure: 20个工作日内作出决定.
    After,
    /// After the figure, as the object of the verb before it: 建立2-3个基地.
    Object,
}

impl<'t> Bound<'t> {
    pub(crate) fn of(comparator: Comparator, noun: &'t str) -> Self {
        Bound { comparator, noun, place: Noun::Before, of: "" }
    }

    pub(crate) fn after(comparator: Comparator, noun: &'t str) -> Self {
        Bound { comparator, noun, place: Noun::After, of: "" }
    }

    pub(crate) fn object(comparator: Comparator) -> Self {
        Bound { comparator, noun: "", place: Noun::Object, of: "" }
    }
}

/// Returns true if `text` begins with a noun and not with the rest of the clause before it.
pub(crate) fn begins_noun(text: &str) -> bool {
    const OTHERS: [char; 22] = [
        '并', '且', '和', '及', '与', '或', '以', '左', '右', '纳', '在', '为', '由', '作', '用',
        '内', '时', '等', '其', '不', '应', '可',
    ];
    let text = text.strip_prefix('的').unwrap_or(text);
    text.starts_with(is_han) && !text.starts_with(OTHERS)
}

impl<'t> Surroundings<'t> {
    /// Returns the text after the figure and its 以上 or 以下.
    pub(crate) fn after(&self) -> &'t str {
        &self.right[self.suffix.len()..]
    }

    /// Returns true for 未达到20年: nobody commits to what was not reached.
    pub(crate) fn is_negated(&self) -> bool {
        let q = &self.lexicon.quantities;
        let verb =
            [&q.equal, &q.at_least, &q.over].into_iter().find_map(|verbs| verbs.end(self.left));
        let before = verb.map(|verb| &self.left[..self.left.len() - verb.len()]);
        // 不超过 is a bound.
        let before = before.filter(|_| q.at_most.end(self.left).is_none());
        before.is_some_and(|left| self.lexicon.cues.targets.negations.end(left).is_some())
    }

    /// Returns true for what something is counted by: 每新增1人给予1000元.
    pub(crate) fn is_basis(&self) -> bool {
        /// Characters of 每 and the longest verb.
        const LONGEST: usize = 8;
        if !last_chars(self.left, LONGEST).contains('每') {
            return false;
        }
        let q = &self.lexicon.quantities;
        let bases = &self.lexicon.cues.targets.bases;
        let verbs = [bases, &q.increase, &q.reduce, &q.set, &q.at_least, &q.equal, &q.over];
        let before =
            |verbs: &Words| verbs.strip_end(self.left).is_some_and(|left| left.ends_with('每'));
        verbs.into_iter().any(before)
    }
}
