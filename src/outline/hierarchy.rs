//! The hierarchy of one text: its chapters, groups and measures, with their headings.

use super::articles::without_sentences;
use super::heading::{bare_heading, broken_heading, grouping_heading, heading};
use super::items::Item;
use super::layout::{MeasureBlock, Title};
use super::lists::{Lists, announces, lists_ways, obliges};
use super::marker::OrdinalLevel;
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
        }
        if in_articles {
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
            let (own_end, end) = chapter.extent();
            let measures = |level| chapter.measures(view, lexicon, level, &lists);
            let second = measures(OrdinalLevel::Second);
            let (level, found) = match second.first() {
                Some(_) => (OrdinalLevel::Second, second),
                None => (OrdinalLevel::Third, measures(OrdinalLevel::Third)),
            };
            let inner = measures(OrdinalLevel::Third);
            let Some(head) = chapter.items.first().filter(|_| chapter.ordinal.is_some()) else {
                self.push_measures(view, chapter, level, &found, &inner);
                continue;
            };
            let divided =
                chapter.items.get(1).is_some_and(|i| i.marker.level == OrdinalLevel::Division);
            let first = found.first().filter(|_| !divided);
            let block = trim(view, head.marker.end..first.map_or(own_end, |i| i.marker.start));
            let bare = bare_heading(view, &block);
            let gap = |words: &Range<usize>| view.first_gap(words.start, words.end).is_some();
            let words = match bare {
                Some(words) if !gap(&words) => Some(words),
                bare => grouping_heading(view, &block)
                    .filter(|_| !found.is_empty())
                    .or_else(|| heading(view, lexicon, &block, true))
                    .or(bare),
            };
            if let Some(words) = words {
                let (ordinal, text) = (head.marker.ordinal, head.marker.end..end);
                self.sections.push(Title { section: None, ordinal, words, text });
            }
            self.push_measures(view, chapter, level, &found, &inner);
        }
        if self.measures.is_empty() {
            self.sections.clear();
            self.subsections.clear();
            for chapter in chapters.iter().filter(|c| c.ordinal.is_some()) {
                let (_, end) = chapter.extent();
                let head = chapter.items[0].marker;
                let text = trim(view, head.end..end);
                self.measures.push(MeasureBlock {
                    section: None,
                    ordinal: head.ordinal,
                    title: None,
                    text,
                    row: None,
                });
            }
        }
    }

    fn push_measures(
        &mut self,
        view: &View,
        chapter: &Chapter,
        level: OrdinalLevel,
        found: &[Item],
        inner: &[Item],
    ) {
        let section = chapter.ordinal;
        let (_, end) = chapter.extent();
        let block = |at: usize, items: &[Item]| {
            let next = items.get(at + 1).map_or(end, |next| next.marker.start);
            trim(view, items[at].marker.end..next)
        };
        let blocks: Vec<_> =
            (0..found.len()).map(|at| (found[at].marker, block(at, found))).collect();
        // （一） headings that only group 1. items are subsections.
        let within = |range: &Range<usize>| {
            let start = inner.partition_point(|item| item.marker.start < range.start);
            let end = inner.partition_point(|item| item.marker.start < range.end);
            &inner[start..end]
        };
        let groups = |range: &Range<usize>| {
            within(range).first().is_some_and(|first| {
                bare_heading(view, &trim(view, range.start..first.marker.start)).is_some()
            })
        };
        if level == OrdinalLevel::Second
            && !blocks.is_empty()
            && blocks.iter().all(|(_, range)| groups(range))
        {
            for (marker, range) in &blocks {
                let items = within(range);
                if let Some(words) =
                    bare_heading(view, &trim(view, range.start..items[0].marker.start))
                {
                    let (ordinal, text) = (marker.ordinal, range.clone());
                    self.subsections.push(Title { section, ordinal, words, text });
                }
                for (at, item) in items.iter().enumerate() {
                    let next = items.get(at + 1).map_or(range.end, |next| next.marker.start);
                    let text = trim(view, item.marker.end..next);
                    self.measures.push(MeasureBlock {
                        section,
                        ordinal: item.marker.ordinal,
                        title: None,
                        text,
                        row: None,
                    });
                }
            }
            return;
        }
        for (marker, text) in blocks {
            self.measures.push(MeasureBlock {
                section,
                ordinal: marker.ordinal,
                title: None,
                text,
                row: None,
            });
        }
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
    /// Returns the end of the chapter's own text, and of the chapter.
    fn extent(&self) -> (usize, usize) {
        let end = self.items[self.items.len() - 1].next;
        (if self.ordinal.is_some() { self.items[0].next } else { end }, end)
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
