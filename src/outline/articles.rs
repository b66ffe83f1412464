//! The hierarchy of a text in articles: 第X章 … 第X节 … 第X条.

use super::heading::{bare_heading, blank_end, chapter_heading, round_bracketed};
use super::hierarchy::{FirstWords, Parts, is_sentence, trim};
use super::items::Item;
use super::layout::{MeasureBlock, Title};
use super::marker::OrdinalLevel;
use super::texts::Text;
use crate::lexicon::Lexicon;
use crate::text::{View, is_han, is_within, opens_item, suffix_start};
use std::ops::Range;

impl Parts {
    /// 第X章 … 第X节 … 第X条: the articles are the measures.
    pub(super) fn articles(&mut self, view: &View, text: &Text) {
        let mut section = None;
        let chapters = chapters_of_articles(view, &text.items);
        let structural: Vec<_> = text
            .items
            .iter()
            .filter(|i| {
                use OrdinalLevel::{Article, Division};
                matches!(i.marker.level, Division | Article) || i.marker.level == chapters
            })
            .collect();
        for (at, item) in structural.iter().enumerate() {
            let next = structural.get(at + 1).map_or(text.tail, |next| labelled(view, next));
            let block = trim(view, item.marker.end..next);
            if item.marker.level == OrdinalLevel::Article {
                self.measures.push(MeasureBlock::new(section, item.marker.ordinal, block));
                continue;
            }
            let Some(words) = chapter_heading(view, &block) else { continue };
            let ordinal = item.marker.ordinal;
            let mut after = structural[at + 1..].iter();
            let next = after.find(|next| next.marker.level <= item.marker.level);
            let text = item.marker.end..next.map_or(text.tail, |next| next.marker.start);
            if item.marker.level == chapters {
                section = Some(ordinal);
                self.sections.push(Title { section: None, ordinal, words, text });
            } else {
                self.subsections.push(Title { section, ordinal, words, text });
            }
        }
    }

    /// Returns true if most articles open with a phrase and a blank: 第一条 适用范围 本办法适用于….
    /// Elsewhere the blanks of a sentence are mistakes of printing.
    pub(super) fn blanks_end_headings(&self, view: &View, lexicon: &Lexicon) -> bool {
        /// Maximum length in characters of the heading of an article.
        const MAX_PHRASE: usize = 16;
        let headed = self.measures.iter().filter(|measure| {
            let start = measure.text.start;
            blank_end(view, lexicon, &measure.text)
                .is_some_and(|end| is_within(&view.text[start..start + end], MAX_PHRASE))
        });
        4 * headed.count() >= 3 * self.measures.len()
    }

    /// Sets the headings in round brackets, if most articles open with one: 第一条(适用范围)本办法….
    pub(super) fn bracketed_headings(&self, view: &View, titles: &mut [FirstWords]) {
        let headings: Vec<FirstWords> =
            self.measures.iter().map(|measure| round_bracketed(view, &measure.text)).collect();
        if 4 * headings.iter().flatten().count() >= 3 * headings.len() {
            for (title, heading) in titles.iter_mut().zip(headings) {
                *title = heading.or(title.take());
            }
        }
    }
}

/// Removes the first sentences of articles that are no headings: 第二条 国家设立基金。. Headings are in
/// brackets (【适用范围】), alone above items, or those of several articles one after another, short if
/// 。 ends them.
pub(super) fn without_sentences(view: &View, titles: &mut [FirstWords]) {
    /// Maximum length in characters of a heading that 。 ends.
    const MAX_STOPPED: usize = 8;
    /// Minimum number of articles with headings, one after another.
    const MIN_RUN: usize = 3;
    let certain = |words: &Range<usize>| {
        let bracketed = view.text[..words.start].ends_with(['【', '[', '(']);
        let alone = || {
            let next = view.text[words.end..].strip_prefix('\n');
            next.is_some_and(opens_item) && !is_sentence(view, words)
        };
        bracketed || alone()
    };
    for title in &mut *titles {
        *title = title.take().filter(|words| {
            let after = &view.text[words.end..];
            let stopped = after.starts_with('。');
            // 监督管理部门应当…: the sentence goes on.
            let ended = view.gap(words.end) || !after.starts_with(is_han);
            let short = !stopped || is_within(&view.text[words.clone()], MAX_STOPPED);
            ended && (certain(words) || (short && !is_sentence(view, words)))
        });
    }
    let whole = titles.len();
    for run in titles.chunk_by_mut(|a, b| a.is_some() == b.is_some()) {
        if run.len() < MIN_RUN.min(whole) {
            for title in run {
                *title = title.take().filter(certain);
            }
        }
    }
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

/// Returns the level of the chapters of a text in articles: 一、 if no 第一章 is printed and each 一、 is
/// a heading directly above an article.
fn chapters_of_articles(view: &View, items: &[Item]) -> OrdinalLevel {
    use OrdinalLevel::{Article, Chapter, First};
    let (mut all, mut heads) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        match item.marker.level {
            Chapter => return Chapter,
            First => {
                all += 1;
                let article = items.get(at + 1).is_some_and(|next| next.marker.level == Article);
                let heading = || bare_heading(view, &trim(view, item.marker.end..item.next));
                heads += usize::from(article && heading().is_some());
            }
            _ => {}
        }
    }
    if all > 1 && heads == all { First } else { Chapter }
}
