use super::attached::attached;
use super::closing::body_end;
use super::heading::{bare_heading, broken_heading, grouping_heading, heading};
use super::items::{Diagnostic, Item, items};
use super::marker::{OrdinalLevel, markers};
use crate::lexicon::Lexicon;
use crate::text::{View, is_within, occurrences, suffix_start};
use std::ops::Range;

/// Positions of the parts of a document. All ranges are byte ranges of the view.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// The text before the first item.
    pub head: Range<usize>,
    pub sections: Vec<Title>,
    pub subsections: Vec<Title>,
    /// Measures, ascending and disjoint.
    pub measures: Vec<MeasureBlock>,
    /// The text after the last item.
    pub tail: Range<usize>,
    pub diagnostics: Vec<Diagnostic>,
    /// True for an interview (答记者问): questions and answers, no measures.
    pub interview: bool,
}

/// A numbered heading.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    pub section: Option<u32>,
    pub ordinal: u32,
    pub words: Range<usize>,
}

/// The text of a measure.
#[derive(Clone, Debug)]
pub(crate) struct MeasureBlock {
    pub section: Option<u32>,
    pub ordinal: u32,
    pub title: Option<Range<usize>>,
    /// From the end of the ordinal to the end of the last paragraph.
    pub text: Range<usize>,
}

/// A chapter and its items, the chapter's own first; `ordinal` is `None` before the first
/// chapter.
struct Chapter {
    ordinal: Option<u32>,
    items: Vec<Item>,
}

impl Layout {
    /// Finds the parts of a text. O(n).
    pub(crate) fn new(view: &View, lexicon: &Lexicon) -> Layout {
        let mut layout = Layout::default();
        let end = view.text.len();
        if is_interview(lexicon, &view.text) {
            layout.interview = true;
            layout.head = 0..end;
            layout.tail = end..end;
            return layout;
        }
        let mut all = items(view, lexicon, markers(view), &mut layout.diagnostics);
        if let Some(start) = all.first().and_then(|item| attached(view, lexicon, item.marker.start))
        {
            // The measures are those of the issued text, not of the notice.
            let below = all.partition_point(|item| item.marker.start < start);
            all.drain(..if below < all.len() { below } else { 0 });
        }
        let Some(first) = all.first().map(|item| item.marker.start) else {
            let tail = body_end(view, lexicon, 0, end).unwrap_or(end);
            layout.head = 0..tail;
            layout.tail = tail..end;
            return layout;
        };
        let tail = cut_tail(view, lexicon, &mut all);
        layout.head = 0..first;
        layout.tail = tail..end;
        layout.diagnostics.retain(|diagnostic| diagnostic.start < tail);

        if all.iter().filter(|item| item.marker.level == OrdinalLevel::Article).count() > 1 {
            layout.articles(view, &all);
        } else {
            layout.numbered(view, lexicon, all);
        }
        layout.measures.retain(|measure| !measure.text.is_empty());
        layout.titles(view, lexicon);
        layout
    }

    /// 第X章 … 第X条: the articles are the measures.
    fn articles(&mut self, view: &View, all: &[Item]) {
        let mut section = None;
        let structural: Vec<_> = all
            .iter()
            .filter(|i| matches!(i.marker.level, OrdinalLevel::Chapter | OrdinalLevel::Article))
            .collect();
        for (at, item) in structural.iter().enumerate() {
            let next = structural.get(at + 1).map_or(self.tail.start, |next| labelled(view, next));
            let block = trim(view, item.marker.end..next);
            if item.marker.level == OrdinalLevel::Article {
                self.measures.push(MeasureBlock {
                    section,
                    ordinal: item.marker.ordinal,
                    title: None,
                    text: block,
                });
            } else if let Some(words) = bare_heading(view, &block) {
                section = Some(item.marker.ordinal);
                self.sections.push(Title { section: None, ordinal: item.marker.ordinal, words });
            }
        }
    }

    /// 一、 → （一） → 1.: the measures of a chapter are its items of the highest level with text
    /// of their own.
    fn numbered(&mut self, view: &View, lexicon: &Lexicon, all: Vec<Item>) {
        let chapters = chapters(all);
        for chapter in &chapters {
            let (own_end, _) = chapter.extent(self.tail.start);
            let second = chapter.measures(view, OrdinalLevel::Second);
            let (level, found) = match second.first() {
                Some(_) => (OrdinalLevel::Second, second),
                None => (OrdinalLevel::Third, chapter.measures(view, OrdinalLevel::Third)),
            };
            let Some(head) = chapter.items.first().filter(|_| chapter.ordinal.is_some()) else {
                self.push_measures(view, None, level, &found, chapter);
                continue;
            };
            let block =
                trim(view, head.marker.end..found.first().map_or(own_end, |i| i.marker.start));
            let bare = bare_heading(view, &block);
            let gap = |words: &Range<usize>| view.first_gap(words.start, words.end).is_some();
            let words = match bare {
                Some(words) if !gap(&words) => Some(words),
                bare => grouping_heading(view, &block)
                    .filter(|_| !found.is_empty())
                    .or_else(|| heading(view, lexicon, &block))
                    .or(bare),
            };
            if let Some(words) = words {
                self.sections.push(Title { section: None, ordinal: head.marker.ordinal, words });
            }
            self.push_measures(view, chapter.ordinal, level, &found, chapter);
        }
        if self.measures.is_empty() {
            self.sections.clear();
            self.subsections.clear();
            for chapter in chapters.iter().filter(|c| c.ordinal.is_some()) {
                let (_, end) = chapter.extent(self.tail.start);
                let head = chapter.items[0].marker;
                let text = trim(view, head.end..end);
                self.measures.push(MeasureBlock {
                    section: None,
                    ordinal: head.ordinal,
                    title: None,
                    text,
                });
            }
        }
    }

    fn push_measures(
        &mut self,
        view: &View,
        section: Option<u32>,
        level: OrdinalLevel,
        found: &[Item],
        chapter: &Chapter,
    ) {
        let (_, end) = chapter.extent(self.tail.start);
        let block = |at: usize, items: &[Item]| {
            let next = items.get(at + 1).map_or(end, |next| next.marker.start);
            trim(view, items[at].marker.end..next)
        };
        let blocks: Vec<_> =
            (0..found.len()).map(|at| (found[at].marker, block(at, found))).collect();
        // （一） headings that only group 1. items are subsections.
        let inner = chapter.measures(view, OrdinalLevel::Third);
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
                    self.subsections.push(Title { section, ordinal: marker.ordinal, words });
                }
                for (at, item) in items.iter().enumerate() {
                    let next = items.get(at + 1).map_or(range.end, |next| next.marker.start);
                    let text = trim(view, item.marker.end..next);
                    self.measures.push(MeasureBlock {
                        section,
                        ordinal: item.marker.ordinal,
                        title: None,
                        text,
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
            });
        }
    }

    /// Sets the headings of the measures. Either all measures of a chapter have one or none has:
    /// the majority of first sentences decides, by document and then by chapter. Without a
    /// majority a measure still has a heading if its first words are a short phrase.
    fn titles(&mut self, view: &View, lexicon: &Lexicon) {
        let titles = self.first_words(view, lexicon);
        let within = |limit: usize| {
            move |title: &FirstWords| {
                title.as_ref().is_some_and(|words| is_within(&view.text[words.clone()], limit))
            }
        };
        let most = |titles: &[FirstWords]| {
            2 * titles.iter().filter(|title| within(30)(title)).count() >= titles.len()
        };
        // 本办法由…负责解释 and 申请人应当提交 are sentences.
        let sentence = |words: &Range<usize>| {
            let text = &view.text[words.clone()];
            let clause =
                text.contains([',', '应', '由']) || text.bytes().any(|b| b.is_ascii_digit());
            clause || text.starts_with('本') || view.text[words.end..].starts_with(':')
        };
        let phrase =
            |title: &FirstWords| within(16)(title) && !title.as_ref().is_some_and(sentence);
        let headed = most(&titles);
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
    fn first_words(&self, view: &View, lexicon: &Lexicon) -> Vec<FirstWords> {
        let words = self.measures.iter().map(|measure| heading(view, lexicon, &measure.text));
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
type FirstWords = Option<Range<usize>>;

impl Chapter {
    /// Returns the end of the chapter's own text, and of the chapter.
    fn extent(&self, tail: usize) -> (usize, usize) {
        let end = self.items.last().map_or(tail, |item| item.next.min(tail));
        let own = if self.ordinal.is_some() { self.items[0].next.min(tail) } else { end };
        (own, end)
    }

    /// Returns the items of `level` that are provisions of their own, not parts of an
    /// enumeration inside one: 须满足以下条件之一:(一)…;(二)….
    fn measures(&self, view: &View, level: OrdinalLevel) -> Vec<Item> {
        let mut enumeration = false;
        let mut kept = Vec::new();
        for (at, item) in
            self.items.iter().enumerate().filter(|(_, item)| item.marker.level == level)
        {
            if item.marker.ordinal == 1 {
                let previous = self.items[..at].last();
                enumeration = previous.is_some_and(|p| {
                    let inside = p.marker.level < level && p.marker.end <= item.marker.start;
                    inside && introduces(&view.text[p.marker.end..item.marker.start])
                });
            }
            if !enumeration {
                kept.push(*item);
            }
        }
        kept
    }
}

/// Returns true if `text`, from an item's ordinal to the first ordinal of a lower level, is a
/// provision that ends by announcing a list.
fn introduces(text: &str) -> bool {
    let text = text.trim_end_matches('\n');
    let Some(words) = text.strip_suffix(':') else { return false };
    words.contains(['。', ',', '\n', ';']) || words.chars().count() > 24
}

/// Removes the items after the start of the closing matter, and returns that start. Annexes
/// after it may have items from 1; if the next item continues the numbering, the body continues.
fn cut_tail(view: &View, lexicon: &Lexicon, all: &mut Vec<Item>) -> usize {
    for at in 0..all.len() {
        let Item { marker, next } = all[at];
        let continues = all.get(at + 1).is_some_and(|next| next.marker.ordinal > 1);
        if continues {
            continue;
        }
        if let Some(tail) = body_end(view, lexicon, marker.end, next) {
            all.truncate(at + 1);
            all[at].next = tail;
            return tail;
        }
    }
    view.text.len()
}

/// Returns the start of an item with the label before it on its line: 施行说明:第七条….
fn labelled(view: &View, item: &Item) -> usize {
    /// Maximum length of a label in characters.
    const MAX_LABEL: usize = 6;
    let start = item.marker.start;
    let Some(before) = view.text[..start].strip_suffix(':') else { return start };
    let label = suffix_start(before, MAX_LABEL);
    match before[label..].rfind('\n') {
        Some(line) => label + line + '\n'.len_utf8(),
        None => start,
    }
}

fn chapters(all: Vec<Item>) -> Vec<Chapter> {
    let top = if all.iter().any(|i| i.marker.level == OrdinalLevel::Chapter) {
        OrdinalLevel::Chapter
    } else {
        OrdinalLevel::First
    };
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
fn trim(view: &View, range: Range<usize>) -> Range<usize> {
    if range.start >= range.end {
        return range.start..range.start;
    }
    let text = &view.text[range.clone()];
    let head = text.len() - text.trim_start_matches(['\n', ' ']).len();
    let len = text.trim_matches(['\n', ' ']).len();
    range.start + head..range.start + head + len
}

/// Returns true for an interview (答记者问): two questions, numbered or labelled, and two answers.
fn is_interview(lexicon: &Lexicon, text: &str) -> bool {
    let twice = |word| occurrences(text, word).nth(1).is_some();
    let cues = &lexicon.cues.outline;
    cues.answers.iter().any(twice) && cues.questions.iter().any(twice)
}
