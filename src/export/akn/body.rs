//! The preface, the hierarchy and the conclusions of a document.
//!
//! The text is written from its start to its end. Headings and measures are items; text between two
//! items is a gap.

use super::element::Output;
use super::inline::Inline;
use crate::model::{Heading, Measure, Record, Section};
use crate::text::Span;
use std::io::{self, Write};

/// Maximum number of characters of a printed ordinal: 第一百二十三条.
const ORDINAL: usize = 12;

pub(super) fn write(
    record: &Record,
    inlines: &[Inline],
    out: &mut Output<impl Write>,
) -> io::Result<()> {
    let items = items(record);
    let mut body = Body { text: &record.text, inlines, out, ids: Ids::default(), at: 0 };
    let Some(first) = items.first() else {
        body.out.open("mainBody", &[])?;
        body.paragraphs(record.text.len())?;
        return body.out.close("mainBody");
    };

    let start = body.ordinal_start(first.span().start as usize);
    body.block("preface", start)?;
    body.out.open("mainBody", &[])?;
    let mut chapter: Option<Chapter> = None;
    for (place, item) in items.iter().enumerate() {
        let start = item.span().start as usize;
        body.gap(body.ordinal_start(start), &mut chapter)?;
        match item {
            Item::Section(position, section) => {
                if let Some(chapter) = chapter.take() {
                    body.close(chapter)?;
                }
                let has_parts =
                    matches!(items.get(place + 1), Some(Item::Measure(..) | Item::Heading(_)));
                chapter = Some(body.open(*position, section, has_parts)?);
            }
            Item::Heading(heading) => body.heading(heading, chapter.as_mut())?,
            Item::Measure(position, measure) => {
                if record.chapter_of(measure).is_none()
                    && let Some(chapter) = chapter.take()
                {
                    body.close(chapter)?;
                }
                body.measure(*position, measure, chapter.as_mut())?;
            }
        }
    }
    // The prose of the last chapter, then the closing lines.
    let prose_end = record.sections.last().and_then(|section| section.prose.last());
    let end = prose_end.map_or(body.at, |prose| (prose.end as usize).max(body.at));
    body.gap(end, &mut chapter)?;
    if let Some(chapter) = chapter {
        body.close(chapter)?;
    }
    body.out.close("mainBody")?;
    body.block("conclusions", record.text.len())
}

/// A heading or a measure, with its position among those of its kind, from 1.
enum Item<'r> {
    Section(usize, &'r Section),
    Heading(&'r Heading),
    Measure(usize, &'r Measure),
}

impl Item<'_> {
    fn span(&self) -> Span {
        match self {
            Item::Section(_, section) => section.span,
            Item::Heading(heading) => heading.span,
            Item::Measure(_, measure) => measure.span,
        }
    }
}

/// Returns the headings and measures, in the order of the text; of those within another the outer one.
fn items(record: &Record) -> Vec<Item<'_>> {
    let sections = (1..).zip(&record.sections).map(|(at, section)| Item::Section(at, section));
    let headings = record.subsections.iter().map(Item::Heading);
    let measures = (1..).zip(&record.measures).map(|(at, measure)| Item::Measure(at, measure));
    let mut items: Vec<Item<'_>> = sections.chain(headings).chain(measures).collect();
    items.sort_by_key(|item| (item.span().start, std::cmp::Reverse(item.span().end)));
    let mut end = 0;
    items.retain(|item| {
        let Span { start, end: last } = item.span();
        let is_free = start >= end;
        end = if is_free { last } else { end };
        is_free
    });
    items
}

/// A chapter that is open.
struct Chapter {
    id: String,
    /// True if measures or headings follow.
    has_parts: bool,
    /// True while only its heading is written.
    is_new: bool,
}

/// Numbers of elements that have no position of their own.
#[derive(Default)]
struct Ids {
    inlines: usize,
    headings: usize,
    texts: usize,
}

struct Body<'r, 'o, W> {
    text: &'r str,
    /// Marked words that are not written yet.
    inlines: &'r [Inline],
    out: &'o mut Output<W>,
    ids: Ids,
    /// End of the text that is written.
    at: usize,
}

impl<'r, W: Write> Body<'r, '_, W> {
    /// Returns the start of the ordinal that is printed on the line before `start`.
    fn ordinal_start(&self, start: usize) -> usize {
        let before = &self.text[self.at..start];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let ordinal = &before[line..];
        match ordinal.chars().count() <= ORDINAL {
            true => self.at + line,
            false => start,
        }
    }

    /// Writes the text up to `end` as paragraphs of a block, if it has any.
    fn block(&mut self, name: &str, end: usize) -> io::Result<()> {
        if self.text[self.at..end].trim().is_empty() {
            self.at = end;
            return Ok(());
        }
        self.out.open(name, &[])?;
        self.paragraphs(end)?;
        self.out.close(name)
    }

    /// Writes the text up to `end` where it belongs between two items.
    fn gap(&mut self, end: usize, chapter: &mut Option<Chapter>) -> io::Result<()> {
        if self.text[self.at..end].trim().is_empty() {
            self.at = end;
            return Ok(());
        }
        match chapter {
            None => self.paragraphs(end),
            Some(chapter) if chapter.is_new => {
                let name = if chapter.has_parts { "intro" } else { "content" };
                chapter.is_new = false;
                let id = format!("{}__{name}", chapter.id);
                self.out.open(name, &[("eId", &*id)])?;
                self.paragraphs(end)?;
                self.out.close(name)
            }
            Some(chapter) if chapter.has_parts => {
                self.ids.texts += 1;
                let id = format!("{}__hcontainer_{}", chapter.id, self.ids.texts);
                self.out.open("hcontainer", &[("eId", &*id), ("name", "text")])?;
                let content = format!("{id}__content");
                self.out.open("content", &[("eId", &*content)])?;
                self.paragraphs(end)?;
                self.out.close("content")?;
                self.out.close("hcontainer")
            }
            // After the content of a chapter nothing follows but another chapter.
            Some(_) => Ok(()),
        }
    }

    fn open(&mut self, position: usize, section: &Section, has_parts: bool) -> io::Result<Chapter> {
        let id = format!("chp_{position}");
        self.out.open("chapter", &[("eId", &*id)])?;
        self.number(section.span.start as usize)?;
        let heading = format!("{id}__heading");
        self.out.open("heading", &[("eId", &*heading)])?;
        self.words(section.span.end as usize)?;
        self.out.close("heading")?;
        Ok(Chapter { id, has_parts, is_new: true })
    }

    fn close(&mut self, chapter: Chapter) -> io::Result<()> {
        if chapter.is_new && !chapter.has_parts {
            let id = format!("{}__content", chapter.id);
            self.out.open("content", &[("eId", &*id)])?;
            self.out.empty("p", &[])?;
            self.out.close("content")?;
        }
        self.out.close("chapter")
    }

    /// Writes a heading between a chapter and its measures.
    fn heading(&mut self, heading: &Heading, chapter: Option<&mut Chapter>) -> io::Result<()> {
        self.ids.headings += 1;
        let end = heading.span.end as usize;
        match chapter {
            Some(chapter) => {
                chapter.is_new = false;
                let id = format!("{}__crossheading_{}", chapter.id, self.ids.headings);
                self.out.open("crossHeading", &[("eId", &*id)])?;
                self.words(end)?;
                self.out.close("crossHeading")
            }
            None => self.paragraphs(end),
        }
    }

    fn measure(
        &mut self,
        position: usize,
        measure: &Measure,
        chapter: Option<&mut Chapter>,
    ) -> io::Result<()> {
        let id = match chapter {
            Some(chapter) => {
                chapter.is_new = false;
                format!("{}__art_{position}", chapter.id)
            }
            None => format!("art_{position}"),
        };
        self.out.open("article", &[("eId", &*id)])?;
        self.number(measure.span.start as usize)?;
        if let Some(end) = self.heading_end(measure) {
            let heading = format!("{id}__heading");
            self.out.open("heading", &[("eId", &*heading)])?;
            self.words(end)?;
            self.out.close("heading")?;
        }
        let content = format!("{id}__content");
        self.out.open("content", &[("eId", &*content)])?;
        let start = self.at;
        self.paragraphs(measure.span.end as usize)?;
        if self.text[start..self.at].trim().is_empty() {
            self.out.empty("p", &[])?;
        }
        self.out.close("content")?;
        self.out.close("article")
    }

    /// Returns the end of the heading with which a measure begins, and its full stop.
    fn heading_end(&self, measure: &Measure) -> Option<usize> {
        let span = measure.title.as_ref()?.span;
        let (start, end) = (span.start as usize, span.end as usize);
        let begins = self.text.get(self.at..start)?.trim().is_empty();
        let rest = self.text.get(end..measure.span.end as usize)?;
        let stop = rest.chars().next().filter(|c| matches!(c, '。' | ':' | '\u{FF1A}' | '.'));
        begins.then_some(end + stop.map_or(0, char::len_utf8))
    }

    /// Writes the ordinal before `start`, if there is one.
    fn number(&mut self, start: usize) -> io::Result<()> {
        if self.text[self.at..start].trim().is_empty() {
            self.at = start;
            return Ok(());
        }
        self.out.open("num", &[])?;
        self.out.text(self.text[self.at..start].trim())?;
        self.at = start;
        self.out.close("num")
    }

    /// Writes the lines up to `end` as paragraphs.
    fn paragraphs(&mut self, end: usize) -> io::Result<()> {
        while self.at < end {
            let rest = &self.text[self.at..end];
            let line = rest.find('\n').map_or(rest.len(), |at| at);
            let line_end = self.at + line;
            if !rest[..line].trim().is_empty() {
                self.out.open("p", &[])?;
                self.words(line_end)?;
                self.out.close("p")?;
            }
            self.at = (line_end + 1).min(end);
        }
        Ok(())
    }

    /// Writes the words up to `end` with their marks, without the white space around them.
    fn words(&mut self, end: usize) -> io::Result<()> {
        let line = &self.text[self.at..end];
        let first = self.at + line.len() - line.trim_start().len();
        let last = self.at + line.trim_end().len();
        self.at = first.min(last);
        while let Some((inline, rest)) = self.inlines.split_first() {
            let (start, stop) = (inline.span.start as usize, inline.span.end as usize);
            if start >= last {
                break;
            }
            self.inlines = rest;
            // Words over a line end, or partly in a heading, are not marked.
            if start >= self.at && stop <= last {
                self.plain(start)?;
                self.ids.inlines += 1;
                let id = format!("inline_{}", self.ids.inlines);
                inline.write(&self.text[start..stop], &id, self.out)?;
                self.at = stop;
            }
        }
        self.plain(last)?;
        self.at = end;
        Ok(())
    }

    fn plain(&mut self, end: usize) -> io::Result<()> {
        if self.at < end {
            self.out.text(&self.text[self.at..end])?;
            self.at = end;
        }
        Ok(())
    }
}
