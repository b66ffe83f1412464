//! The hierarchy of one text: its chapters, groups and measures, with their headings.

use super::articles::without_sentences;
use super::heading::{bare_heading, broken_heading, grouping_heading, heading};
use super::items::Item;
use super::layout::{MeasureBlock, Title};
use super::lists::{Lists, announces, lists_ways, obliges};
use super::marker::{Marker, OrdinalLevel};
use super::texts::Text;
use crate::lexicon::Lexicon;
use crate::text::{View, is_within};
use std::ops::Range;

/// The parts of one text, ascending.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub sections: Vec<Title>,
    pub subsections: Vec<Title>,
    pub measures: Vec<MeasureBlock>,
}

/// A chapter and its items, the chapter's own first; `ordinal` is `None` before the first
/// chapter.
pub(super) struct Chapter {
    ordinal: Option<u32>,
    pub(super) items: Vec<Item>,
}

impl Parts {
    /// Finds the parts of a text. O(n).
    pub(super) fn new(view: &View, lexicon: &Lexicon, text: Text) -> Parts {
        let mut parts = Parts::default();
        let articles = text.items.iter().filter(|i| i.marker.level == OrdinalLevel::Article);
        let in_articles = articles.count() > 1;
        if in_articles {
            parts.articles(view, &text);
        } else {
            parts.numbered(view, lexicon, text);
        }
        parts.measures.retain(|measure| !measure.text.is_empty());
        let blanks = !in_articles || parts.blanks_end_headings(view, lexicon);
        let mut titles = parts.first_words(view, lexicon, blanks);
        if in_articles {
            parts.bracketed_headings(view, &mut titles);
            without_sentences(view, &mut titles);
        }
        parts.titles(view, &titles);
        parts
    }

    /// 一、 → （一） → 1.: the measures of a chapter are its items of the highest level with text
    /// of their own.
    fn numbered(&mut self, view: &View, lexicon: &Lexicon, text: Text) {
        let chapters = chapters(text.items);
        let lists = Lists::new(view, lexicon, &chapters);
        for chapter in &chapters {
            let measures = |level| chapter.measures(view, lexicon, level, &lists);
            let (second, inner) = (measures(OrdinalLevel::Second), measures(OrdinalLevel::Third));
            let found = if second.is_empty() { &inner } else { &second };
            self.sections.extend(chapter.title(view, lexicon, found.first()));
            let groups = !second.is_empty() && self.push_groups(view, chapter, &second, &inner);
            if !groups {
                self.push_measures(view, chapter, found);
            }
        }
        if self.measures.is_empty() {
            self.sections.clear();
            self.subsections.clear();
            for chapter in chapters.iter().filter(|c| c.ordinal.is_some()) {
                let head = chapter.items[0].marker;
                let text = trim(view, head.end..chapter.end());
                self.measures.push(MeasureBlock::new(None, head.ordinal, text));
            }
        }
    }

    /// Adds the measures of a chapter, one an item.
    fn push_measures(&mut self, view: &View, chapter: &Chapter, items: &[Item]) {
        let blocks = blocks(view, items, chapter.end());
        self.measures.extend(
            blocks.map(|(marker, text)| MeasureBlock::new(chapter.ordinal, marker.ordinal, text)),
        );
    }

    /// Adds the items of a chapter as subsections, with their inner items as measures, if each is a
    /// heading that only groups them: （一） before 1. Returns false if one is not.
    fn push_groups(
        &mut self,
        view: &View,
        chapter: &Chapter,
        items: &[Item],
        inner: &[Item],
    ) -> bool {
        let section = chapter.ordinal;
        let group = |(marker, text): (Marker, Range<usize>)| {
            let start = inner.partition_point(|item| item.marker.start < text.start);
            let end = inner.partition_point(|item| item.marker.start < text.end);
            let first = inner[start..end].first()?.marker.start;
            let words = bare_heading(view, &trim(view, text.start..first))?;
            let ordinal = marker.ordinal;
            Some((Title { section, ordinal, words, text }, &inner[start..end]))
        };
        let groups: Option<Vec<_>> = blocks(view, items, chapter.end()).map(group).collect();
        let Some(groups) = groups else { return false };
        for (title, items) in groups {
            let measures = blocks(view, items, title.text.end);
            self.measures.extend(
                measures.map(|(marker, text)| MeasureBlock::new(section, marker.ordinal, text)),
            );
            self.subsections.push(title);
        }
        true
    }

    /// Sets the headings of the measures. Either all measures of a chapter have one or none has:
    /// the majority of first sentences decides, by document and then by chapter. Without a
    /// majority a measure still has a heading if its first words are a short phrase.
    fn titles(&mut self, view: &View, titles: &[FirstWords]) {
        let within = |limit: usize| {
            move |title: &FirstWords| {
                title.as_ref().is_some_and(|words| is_within(&view.text[words.clone()], limit))
            }
        };
        let most = |titles: &[FirstWords]| {
            2 * titles.iter().filter(|title| within(30)(title)).count() >= titles.len()
        };
        let phrase = |title: &FirstWords| {
            within(16)(title) && !title.as_ref().is_some_and(|words| is_sentence(view, words))
        };
        let headed = most(titles);
        let mut at = 0;
        for chapter in self.measures.chunk_by_mut(|a, b| a.section == b.section) {
            let titles = &titles[at..at + chapter.len()];
            at += chapter.len();
            let all = headed && most(titles) || titles.iter().all(within(24));
            for (measure, title) in chapter.iter_mut().zip(titles) {
                if all || phrase(title) {
                    measure.title = title.clone();
                }
            }
        }
    }

    /// Returns a candidate heading for each measure. If most candidates end with a mark,
    /// white space inside one does not end it.
    fn first_words(&self, view: &View, lexicon: &Lexicon, blanks: bool) -> Vec<FirstWords> {
        let heading = |measure: &MeasureBlock| heading(view, lexicon, &measure.text, blanks);
        let words = self.measures.iter().map(heading);
        let mut words: Vec<FirstWords> = words.collect();
        let at_mark = |words: &FirstWords| {
            words.as_ref().is_some_and(|words| view.text[words.end..].starts_with(['。', ':']))
        };
        if 2 * words.iter().filter(|words| at_mark(words)).count() > words.len() {
            for (measure, words) in self.measures.iter().zip(&mut words) {
                if !at_mark(words) {
                    *words = broken_heading(view, &measure.text).or(words.take());
                }
            }
        }
        words
    }
}

/// The words before the first stop of a measure, if they can be its heading.
pub(super) type FirstWords = Option<Range<usize>>;

/// Returns true for a clause: 本办法由…负责解释, 申请人应当提交.
pub(super) fn is_sentence(view: &View, words: &Range<usize>) -> bool {
    let text = &view.text[words.clone()];
    let clause = text.contains([',', '应', '由']) || text.bytes().any(|b| b.is_ascii_digit());
    clause || text.starts_with('本') || view.text[words.end..].starts_with(':')
}

impl Chapter {
    fn end(&self) -> usize {
        self.items[self.items.len() - 1].next
    }

    /// Returns the heading of the chapter, `None` before the first one and without a heading.
    ///
    /// * `first`: its first measure.
    fn title(&self, view: &View, lexicon: &Lexicon, first: Option<&Item>) -> Option<Title> {
        self.ordinal?;
        let Item { marker: head, next } = self.items[0];
        let divided = self.items.get(1).is_some_and(|i| i.marker.level == OrdinalLevel::Division);
        let until = first.filter(|_| !divided).map_or(next, |first| first.marker.start);
        let block = trim(view, head.end..until);
        let bare = bare_heading(view, &block);
        let gap = |words: &Range<usize>| view.first_gap(words.start, words.end).is_some();
        let words = match bare {
            Some(words) if !gap(&words) => words,
            bare => grouping_heading(view, &block)
                .filter(|_| first.is_some())
                .or_else(|| heading(view, lexicon, &block, true))
                .or(bare)?,
        };
        Some(Title { section: None, ordinal: head.ordinal, words, text: head.end..self.end() })
    }

    /// Returns the items of `level` that are provisions of their own, not parts of an
    /// enumeration inside one: 须满足以下条件之一:(一)…;(二)….
    fn measures(
        &self,
        view: &View,
        lexicon: &Lexicon,
        level: OrdinalLevel,
        lists: &Lists,
    ) -> Vec<Item> {
        let mut enumeration = false;
        let mut kept = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            if item.marker.level != level {
                continue;
            }
            if item.marker.ordinal == 1 {
                enumeration = (at == 0 && lists_ways(view, lexicon, item))
                    || self.is_announced(view, lexicon, at)
                        && !(at == 1
                            && self.ordinal.is_some()
                            && lists.are_measures(view, lexicon, &self.items, level));
            }
            if !enumeration {
                kept.push(*item);
            }
        }
        kept
    }

    /// Returns true if the item before the list that begins at `at` announces it.
    pub(super) fn is_announced(&self, view: &View, lexicon: &Lexicon, at: usize) -> bool {
        let (before, first) = (self.items[..at].last(), &self.items[at]);
        before.is_some_and(|Item { marker, .. }| {
            let inside = marker.level < first.marker.level && marker.end <= first.marker.start;
            let text = || &view.text[marker.end..first.marker.start];
            inside && (announces(text()) || obliges(view, lexicon, text(), first))
        })
    }
}

/// Returns the marker of each item and the text up to the next one, or to `end`.
fn blocks(view: &View, items: &[Item], end: usize) -> impl Iterator<Item = (Marker, Range<usize>)> {
    items.iter().enumerate().map(move |(at, item)| {
        let next = items.get(at + 1).map_or(end, |next| next.marker.start);
        (item.marker, trim(view, item.marker.end..next))
    })
}

fn chapters(mut all: Vec<Item>) -> Vec<Chapter> {
    use OrdinalLevel::{Chapter as Named, Division, Fifth, First, Fourth, Second, Third};
    let has = |level| all.iter().any(|item| item.marker.level == level);
    let top = if has(Named) { Named } else { First };
    // In a plan 一、 is directly below 第一章.
    if has(Named) && has(First) && !has(Division) {
        for Item { marker, .. } in &mut all {
            marker.level = match marker.level {
                First => Second,
                Second => Third,
                Third => Fourth,
                Fourth => Fifth,
                other => other,
            };
        }
    }
    let mut chapters: Vec<Chapter> = Vec::new();
    for item in all {
        if item.marker.level == top {
            chapters.push(Chapter { ordinal: Some(item.marker.ordinal), items: vec![item] });
        } else {
            match chapters.last_mut() {
                Some(chapter) => chapter.items.push(item),
                None => chapters.push(Chapter { ordinal: None, items: vec![item] }),
            }
        }
    }
    chapters
}

/// Returns the range without line ends and blanks around it.
pub(super) fn trim(view: &View, range: Range<usize>) -> Range<usize> {
    if range.start >= range.end {
        return range.start..range.start;
    }
    let text = &view.text[range.clone()];
    let head = text.len() - text.trim_start_matches(['\n', ' ']).len();
    let len = text.trim_matches(['\n', ' ']).len();
    range.start + head..range.start + head + len
}
