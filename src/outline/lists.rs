//! Lists that a colon announces: the measures of a chapter, or conditions inside a provision.

use super::hierarchy::{Chapter, trim};
use super::items::Item;
use super::marker::OrdinalLevel;
use crate::lexicon::Lexicon;
use crate::text::{View, since_mark};

/// Numbers of chapters of a text: with a list of items of the second and the third level, and
/// without any.
pub(super) struct Lists {
    second: Count,
    third: Count,
    /// Chapters without a list, with a heading other than the usual ones of chapters of prose.
    own: usize,
    chapters: usize,
}

#[derive(Clone, Copy, Default)]
struct Count {
    all: usize,
    /// Lists that no colon announces.
    plain: usize,
}

impl Lists {
    /// Counts the first list of each level in each chapter. O(n).
    pub(super) fn new(view: &View, lexicon: &Lexicon, chapters: &[Chapter]) -> Lists {
        let first = |chapter: &Chapter, level: OrdinalLevel| {
            chapter.items.iter().position(|item| item.marker.level == level)
        };
        let count = |level: OrdinalLevel| {
            let mut count = Count::default();
            for chapter in chapters {
                if let Some(at) = first(chapter, level) {
                    count.all += 1;
                    count.plain += usize::from(!chapter.is_announced(view, lexicon, at));
                }
            }
            count
        };
        let own = chapters.iter().filter(|chapter| {
            let listed =
                first(chapter, OrdinalLevel::Second).or(first(chapter, OrdinalLevel::Third));
            let words = &view.text[chapter.items[0].marker.end..];
            listed.is_none() && lexicon.layout.chapters.start(words).is_none()
        });
        Lists {
            second: count(OrdinalLevel::Second),
            third: count(OrdinalLevel::Third),
            own: own.count(),
            chapters: chapters.len(),
        }
    }

    /// Returns true if the list that a chapter announces consists of measures, by most of three
    /// signs: the chapter has a heading on a line of its own, other chapters have lists of the
    /// level, and the items have more than one sentence. A sign against it counts double if the
    /// items are clauses that end with ;, or if many other chapters have text of their own in place
    /// of a list. Conditions (符合下列条件:) are none.
    ///
    /// * `items`: the chapter's own item and those of the chapter; the second begins the list.
    pub(super) fn are_measures(
        &self,
        view: &View,
        lexicon: &Lexicon,
        items: &[Item],
        level: OrdinalLevel,
    ) -> bool {
        /// Number of chapters.
        const MANY: usize = 4;
        let block = trim(view, items[0].marker.end..items[1].marker.start);
        let text = &view.text[block.clone()];
        if announces_conditions(lexicon, text) {
            return false;
        }
        let line = text.find('\n').unwrap_or(text.len());
        let line =
            view.first_gap(block.start, block.start + line).map_or(line, |g| g - block.start);
        let heading = text[..line].trim_end_matches(['。', ':']);
        let headed = line < text.len() && !heading.contains(['。', ',', ';', ':']);
        let count = if level == OrdinalLevel::Second { self.second } else { self.third };
        let others = match count {
            Count { plain: 1.., .. } => 1,
            Count { all: 2.., .. } => 0,
            _ if self.chapters == 1 => 0,
            _ if self.own >= MANY && 2 * self.own > self.chapters => -2,
            _ => -1,
        };
        let sign = |holds: bool| if holds { 1 } else { -1 };
        sign(headed) + others + style(view, items, level) > 0
    }
}

/// Returns true if `text`, from an item's ordinal to the first ordinal of a lower level, is a
/// provision that ends by announcing a list.
pub(super) fn announces(text: &str) -> bool {
    let text = text.trim_end_matches('\n');
    let Some(words) = text.strip_suffix(':') else { return false };
    words.contains(['。', ',', '\n', ';']) || words.chars().count() > 24
}

/// Returns true if `text` is a clause with a colon, and the list below it one of clauses that end
/// with ;: 一、出租人应当履行下列职责:(一)…;. One that ends in a duty is a task: (一)…,由市教育局负责;.
pub(super) fn obliges(view: &View, lexicon: &Lexicon, text: &str, first: &Item) -> bool {
    let clause = || {
        let item = view.text[first.marker.end..first.next].trim_end_matches('\n');
        item.strip_suffix(';').is_some_and(|clause| lexicon.duties.verbs.end(clause).is_none())
    };
    let text = text.trim_end_matches('\n');
    text.ends_with(':') && lexicon.cues.outline.clauses.occur_in(text) && clause()
}

/// Returns true if the sentence before the list that `first` begins announces ways to answer, and the
/// item is one: 可以通过以下方式提出意见:(一)拨打电话….
pub(super) fn lists_ways(view: &View, lexicon: &Lexicon, first: &Item) -> bool {
    /// Number of characters that are read.
    const CLAUSE: usize = 40;
    let text = view.text[..first.marker.start].trim_end_matches('\n');
    let Some(sentence) = text.strip_suffix(':') else { return false };
    let cues = &lexicon.cues.outline;
    let sentence = since_mark(sentence, CLAUSE, &['。', ';', '\n']);
    let clause = sentence.rsplit(',').next().unwrap_or_default();
    // 根据《…的意见》,采取以下方式推进: is about no answer.
    let answered = || {
        cues.answering.occur_in(clause)
            || (!sentence.contains('》') && cues.answering.occur_in(sentence))
    };
    let names_contact = || cues.contacts_named.occur_in(&view.text[first.marker.end..first.next]);
    cues.ways.occur_in(clause) && cues.listed_ways.occur_in(clause) && answered() && names_contact()
}

/// Returns true if the last clause of `text` names conditions, cases or documents: 应当符合下列条件:.
fn announces_conditions(lexicon: &Lexicon, text: &str) -> bool {
    /// Number of characters that are read.
    const CLAUSE: usize = 30;
    let cues = &lexicon.cues.outline;
    let clause = since_mark(text.trim_end_matches([':', '\n']), CLAUSE, &['。', ',', ';', '\n']);
    let clause = cues.list_verbs.strip_end(clause).unwrap_or(clause);
    cues.conditions.end(clause).is_some()
}

/// Returns 1 if most items of the list have a heading or several sentences, -2 if most are clauses
/// that end with ;, otherwise -1.
fn style(view: &View, items: &[Item], level: OrdinalLevel) -> i32 {
    let mut list = items[1..].iter().filter(|item| item.marker.level == level).peekable();
    let (mut all, mut sentences, mut clauses) = (0, 0, 0);
    while let Some(item) = list.next() {
        if all > 0 && item.marker.ordinal == 1 {
            break;
        }
        let end = list.peek().map_or(items[items.len() - 1].next, |next| next.marker.start);
        let text = &view.text[trim(view, item.marker.end..end)];
        let words = text.trim_end_matches(['。', ';']);
        all += 1;
        clauses += usize::from(text.ends_with(';'));
        sentences +=
            usize::from(words.contains('。') || (words.contains('\n') && !words.contains(";\n")));
    }
    if 2 * sentences > all {
        1
    } else if 2 * clauses >= all {
        -2
    } else {
        -1
    }
}
