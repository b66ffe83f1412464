use super::attached::attached;
use super::closing::body_end;
use super::heading::{bare_heading, broken_heading, grouping_heading, heading};
use super::marker::{Item, Oddity, Rung, items, markers};
use crate::lexicon::Lexicon;
use crate::text::{View, is_within, occurrences, suffix_start};
use std::ops::Range;

/// Where the parts of a document stand; all ranges are of the view.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// What stands before the first item.
    pub head: Range<usize>,
    pub sections: Vec<Title>,
    pub subsections: Vec<Title>,
    /// Measures, ascending and disjoint.
    pub measures: Vec<Block>,
    /// What stands after the last item.
    pub tail: Range<usize>,
    pub oddities: Vec<Oddity>,
    /// 答记者问: questions and answers, no measures.
    pub interview: bool,
}

/// A numbered heading.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    pub section: Option<u32>,
    pub n: u32,
    pub words: Range<usize>,
}

/// A measure's place.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub section: Option<u32>,
    pub n: u32,
    pub title: Option<Range<usize>>,
    /// From after the ordinal to the end of its last paragraph.
    pub text: Range<usize>,
}

/// A chapter and the items under it.
struct Chapter {
    n: Option<u32>,
    items: Vec<Item>,
}

impl Layout {
    /// Finds the parts of a text. O(n).
    pub fn new(view: &View, lexicon: &Lexicon) -> Layout {
        let mut layout = Layout::default();
        let end = view.text.len();
        if is_interview(lexicon, &view.text) {
            layout.interview = true;
            layout.head = 0..end;
            layout.tail = end..end;
            return layout;
        }
        let mut all = items(view, lexicon, markers(view), &mut layout.oddities);
        if let Some(start) = all.first().and_then(|item| attached(view, lexicon, item.marker.start))
        {
            // The items of the notice are about the text that it issues.
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
        layout.oddities.retain(|oddity| oddity.start < tail);

        if all.iter().filter(|item| item.marker.rung == Rung::Article).count() > 1 {
            layout.articles(view, &all);
        } else {
            layout.ladder(view, lexicon, all);
        }
        layout.measures.retain(|measure| !measure.text.is_empty());
        layout.titles(view, lexicon);
        layout
    }

    /// 第X章 … 第X条: articles are the measures.
    fn articles(&mut self, view: &View, all: &[Item]) {
        let mut section = None;
        let structural: Vec<_> =
            all.iter().filter(|i| matches!(i.marker.rung, Rung::Chapter | Rung::Article)).collect();
        for (at, item) in structural.iter().enumerate() {
            let next = structural.get(at + 1).map_or(self.tail.start, |next| labelled(view, next));
            let block = trim(view, item.marker.end..next);
            if item.marker.rung == Rung::Article {
                self.measures.push(Block { section, n: item.marker.n, title: None, text: block });
            } else if let Some(words) = bare_heading(view, &block) {
                section = Some(item.marker.n);
                self.sections.push(Title { section: None, n: item.marker.n, words });
            }
        }
    }

    /// 一、 → （一） → 1.: the measures are, in each chapter, the items of the
    /// highest rung that carry text of their own.
    fn ladder(&mut self, view: &View, lexicon: &Lexicon, all: Vec<Item>) {
        let chapters = chapters(all);
        for chapter in &chapters {
            let (own_end, _) = chapter.extent(self.tail.start);
            let second = chapter.measures(view, Rung::Second);
            let (rung, found) = match second.first() {
                Some(_) => (Rung::Second, second),
                None => (Rung::Third, chapter.measures(view, Rung::Third)),
            };
            let Some(head) = chapter.items.first().filter(|_| chapter.n.is_some()) else {
                self.push_measures(view, None, rung, &found, chapter);
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
                self.sections.push(Title { section: None, n: head.marker.n, words });
            }
            self.push_measures(view, chapter.n, rung, &found, chapter);
        }
        if self.measures.is_empty() {
            self.sections.clear();
            self.subsections.clear();
            for chapter in chapters.iter().filter(|c| c.n.is_some()) {
                let (_, end) = chapter.extent(self.tail.start);
                let head = chapter.items[0].marker;
                let text = trim(view, head.end..end);
                self.measures.push(Block { section: None, n: head.n, title: None, text });
            }
        }
    }

    fn push_measures(
        &mut self,
        view: &View,
        section: Option<u32>,
        rung: Rung,
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
        let inner = chapter.measures(view, Rung::Third);
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
        if rung == Rung::Second
            && !blocks.is_empty()
            && blocks.iter().all(|(_, range)| groups(range))
        {
            for (marker, range) in &blocks {
                let items = within(range);
                if let Some(words) =
                    bare_heading(view, &trim(view, range.start..items[0].marker.start))
                {
                    self.subsections.push(Title { section, n: marker.n, words });
                }
                for (at, item) in items.iter().enumerate() {
                    let next = items.get(at + 1).map_or(range.end, |next| next.marker.start);
                    let text = trim(view, item.marker.end..next);
                    self.measures.push(Block { section, n: item.marker.n, title: None, text });
                }
            }
            return;
        }
        for (marker, text) in blocks {
            self.measures.push(Block { section, n: marker.n, title: None, text });
        }
    }

    /// Measures of one document have headings or have none, and so have those
    /// of one chapter: most first sentences decide. Where they have none, the few
    /// words that some chapter or measure opens with are still a heading.
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
        // 本办法由…负责解释, 申请人应当提交: are sentences.
        let sentence = |words: &Range<usize>| {
            let text = &view.text[words.clone()];
            let says = text.contains([',', '应', '由']) || text.bytes().any(|b| b.is_ascii_digit());
            says || text.starts_with('本') || view.text[words.end..].starts_with(':')
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

    /// What may be the heading of each measure. Where most end with a mark, a
    /// break in one does not end it.
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

/// The words before the first stop of a measure, if they may be its heading.
type FirstWords = Option<Range<usize>>;

impl Chapter {
    /// Where its own words end, and where it ends.
    fn extent(&self, tail: usize) -> (usize, usize) {
        let end = self.items.last().map_or(tail, |item| item.next.min(tail));
        let own = if self.n.is_some() { self.items[0].next.min(tail) } else { end };
        (own, end)
    }

    /// Its items of a rung that are provisions of their own, not enumerations
    /// inside one: 须满足以下条件之一:(一)…;(二)….
    fn measures(&self, view: &View, rung: Rung) -> Vec<Item> {
        let mut enumeration = false;
        let mut kept = Vec::new();
        for (at, item) in self.items.iter().enumerate().filter(|(_, item)| item.marker.rung == rung)
        {
            if item.marker.n == 1 {
                let previous = self.items[..at].last();
                enumeration = previous.is_some_and(|p| {
                    let inside = p.marker.rung < rung && p.marker.end <= item.marker.start;
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

/// True if `text`, all that stands between an item's ordinal and the first
/// ordinal below it, is a provision that ends by announcing a list.
fn introduces(text: &str) -> bool {
    let text = text.trim_end_matches('\n');
    let Some(words) = text.strip_suffix(':') else { return false };
    words.contains(['。', ',', '\n', ';']) || words.chars().count() > 24
}

/// Cuts the items at the closing matter and returns where that starts. Annexes
/// may number from one behind it; where the numbers go on, so does the body.
fn cut_tail(view: &View, lexicon: &Lexicon, all: &mut Vec<Item>) -> usize {
    for at in 0..all.len() {
        let Item { marker, next } = all[at];
        let goes_on = all.get(at + 1).is_some_and(|next| next.marker.n > 1);
        if goes_on {
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

/// Where an item starts that a label on its line opens: 施行说明:第七条….
fn labelled(view: &View, item: &Item) -> usize {
    /// Longest label in characters.
    const LABEL: usize = 6;
    let start = item.marker.start;
    let Some(before) = view.text[..start].strip_suffix(':') else { return start };
    let label = suffix_start(before, LABEL);
    match before[label..].rfind('\n') {
        Some(line) => label + line + '\n'.len_utf8(),
        None => start,
    }
}

fn chapters(all: Vec<Item>) -> Vec<Chapter> {
    let top = if all.iter().any(|i| i.marker.rung == Rung::Chapter) {
        Rung::Chapter
    } else {
        Rung::First
    };
    let mut chapters: Vec<Chapter> = Vec::new();
    for item in all {
        if item.marker.rung == top {
            chapters.push(Chapter { n: Some(item.marker.n), items: vec![item] });
        } else {
            match chapters.last_mut() {
                Some(chapter) => chapter.items.push(item),
                None => chapters.push(Chapter { n: None, items: vec![item] }),
            }
        }
    }
    chapters
}

/// The range without line ends around it.
fn trim(view: &View, range: Range<usize>) -> Range<usize> {
    if range.start >= range.end {
        return range.start..range.start;
    }
    let text = &view.text[range.clone()];
    let head = text.len() - text.trim_start_matches(['\n', ' ']).len();
    let len = text.trim_matches(['\n', ' ']).len();
    range.start + head..range.start + head + len
}

/// 答记者问: questions that are numbered or marked, and their answers.
fn is_interview(lexicon: &Lexicon, text: &str) -> bool {
    let twice = |word| occurrences(text, word).nth(1).is_some();
    let cues = &lexicon.cues.outline;
    cues.answers.iter().any(twice) && cues.questions.iter().any(twice)
}
