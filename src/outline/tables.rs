//! Tables of tasks and duties (任务分工表, 责任清单): each row is a measure.

mod columns;
mod rows;

use super::heading::MAX_HEADING;
use super::hierarchy::trim;
use super::items::Diagnostic;
use super::layout::{Layout, MeasureBlock, Title};
use super::marker::Marker;
use crate::lexicon::Lexicon;
use crate::text::{View, first_chars, is_numeral, is_within, suffix_start};
use rows::{TaskTable, task_tables, taskless_heads};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The tables of a document whose rows are measures.
#[derive(Debug, Default)]
pub(super) struct Tables(Vec<TaskTable>);

impl Tables {
    /// Finds the tables of tasks. O(n).
    pub(super) fn new(view: &View, lexicon: &Lexicon) -> Tables {
        Tables(task_tables(view, lexicon))
    }

    /// Returns true for an ordinal that can open an item: outside tables of tasks, and in others
    /// only before the words of the first cell of a row.
    pub(super) fn opens(&self, view: &View, marker: &Marker) -> bool {
        let Some(table) = view.table_at(marker.start) else { return true };
        let after = self.0.partition_point(|tasks| tasks.range.start <= marker.start);
        let tasks = self.0[..after].last().is_some_and(|tasks| marker.start < tasks.range.end);
        !tasks && table.opens_row(marker.start..marker.end)
    }

    /// Adds the rows to the measures of a document: as measures of the chapter that the table
    /// fills, or else as a section of their own that the caption of the table names.
    ///
    /// A row with the words of a measure of the text, and no others, is that measure. O(n).
    pub(super) fn add_to(self, view: &View, lexicon: &Lexicon, layout: &mut Layout) {
        let mut repeated = Repeated::new(view, &layout.measures);
        let last = layout.sections.iter().map(|title| title.ordinal).max().unwrap_or(0);
        let mut adder = Adder { view, lexicon, layout, added: Added { last, ..Added::default() } };
        for mut table in self.0 {
            adder.layout.diagnostics.extend(unread(&table));
            table.measures.retain(|row| !repeated.contains(view, &adder.layout.measures, row));
            if !table.measures.is_empty() {
                adder.add(table);
            }
        }
        let heads = taskless_heads(view, lexicon).into_iter();
        adder.layout.diagnostics.extend(heads.map(|head| {
            Diagnostic {
                start: head.start,
                end: head.end,
                message: "a table with responsible bodies is not read as measures: \
                      no column has a head that names tasks"
                    .to_owned(),
            }
        }));
        adder.finish();
    }
}

/// Adds tables to a layout, in text order.
struct Adder<'a> {
    view: &'a View,
    lexicon: &'a Lexicon,
    layout: &'a mut Layout,
    added: Added,
}

/// The parts that tables add.
#[derive(Default)]
struct Added {
    sections: Vec<Title>,
    subsections: Vec<Title>,
    measures: Vec<MeasureBlock>,
    /// The largest number of a section.
    last: u32,
}

impl Adder<'_> {
    fn add(&mut self, table: TaskTable) {
        let first = self.layout.measures.first();
        if first.is_none_or(|first| table.range.start < first.text.start) {
            self.layout.head.end = self.layout.head.end.min(table.range.start);
        }
        let section = self.section(&table);
        let base = self.added.last;
        for (group, words) in (1..).zip(table.groups) {
            match section {
                Some(_) => self.added.subsections.push(title(section, group, words)),
                None => self.push_section(words),
            }
        }
        self.added.measures.extend(table.measures.into_iter().map(|row| {
            let section = section.or(row.section.map(|group| base + group));
            MeasureBlock { section, ..row }
        }));
    }

    /// Puts all parts into text order.
    fn finish(self) {
        let (layout, added) = (self.layout, self.added);
        if added.measures.is_empty() {
            return;
        }
        layout.measures.retain(|measure| !measure.text.is_empty());
        layout.measures.extend(added.measures);
        layout.measures.sort_by_key(|measure| measure.text.start);
        layout.sections.extend(added.sections);
        layout.sections.sort_by_key(|title| title.words.start);
        layout.subsections.extend(added.subsections);
        layout.subsections.sort_by_key(|title| title.words.start);
    }

    /// Adds a section with the number after the last one.
    fn push_section(&mut self, words: Range<usize>) {
        self.added.last += 1;
        self.added.sections.push(title(None, self.added.last, words));
    }

    /// Returns the section of a table's rows, and cuts the measure that the table is in.
    fn section(&mut self, table: &TaskTable) -> Option<u32> {
        let start = table.range.start;
        let caption = caption(self.view, self.lexicon, start);
        self.layout.table_heads.push(start..table.measures[0].text.start);
        let measures = &self.layout.measures;
        let after = measures.partition_point(|measure| measure.text.start <= start);
        let around = after.checked_sub(1).filter(|&at| start < measures[at].text.end);
        if let Some(at) = around {
            return self.inside_measure(at, caption, table);
        }
        let chapters = &self.layout.sections;
        let chapter = chapters.partition_point(|title| title.words.start < start).checked_sub(1);
        match chapter.filter(|_| start < self.layout.tail.start) {
            Some(chapter) => Some(chapters[chapter].ordinal),
            None => self.captioned(caption?),
        }
    }

    /// Cuts the measure at `at` before the table in it. A measure that is only a heading then is
    /// the heading of the rows.
    fn inside_measure(
        &mut self,
        at: usize,
        caption: Option<Range<usize>>,
        table: &TaskTable,
    ) -> Option<u32> {
        let view = self.view;
        let measure = &mut self.layout.measures[at];
        let section = measure.section;
        let caption = caption.filter(|caption| caption.start > measure.text.start);
        let end = caption.as_ref().map_or(table.range.start, |caption| caption.start);
        let rest = trim(view, table.range.end..measure.text.end);
        measure.text = trim(view, measure.text.start..end);
        let text = measure.text.clone();
        measure.title = measure.title.take().filter(|title| title.end <= text.end);
        if view.text[rest.clone()].contains('。') {
            self.layout.diagnostics.push(Diagnostic {
                start: rest.start,
                end: rest.end,
                message: "the text after a table of tasks belongs to no measure".to_owned(),
            });
        }
        let words = &view.text[text.clone()];
        // Without words before the table, only the rows are measures.
        if words.is_empty() || !is_within(words, MAX_HEADING) || words.contains(['。', ';', '\n'])
        {
            return match caption {
                Some(caption) => self.captioned(caption),
                None => section,
            };
        }
        let ordinal = measure.ordinal;
        // Empty measures are removed at last.
        measure.text.end = measure.text.start;
        measure.title = None;
        let title = title(section, ordinal, text);
        if section.is_some() {
            self.added.subsections.push(title);
            return section;
        }
        self.added.sections.push(title);
        self.added.last = self.added.last.max(ordinal);
        Some(ordinal)
    }

    /// Adds the section that a caption names. The title of a document, directly before its first
    /// table, names none.
    fn captioned(&mut self, caption: Range<usize>) -> Option<u32> {
        let before = &self.view.text[..caption.start];
        let opens = self.layout.measures.is_empty() && self.added.measures.is_empty();
        if opens
            && !before.contains('。')
            && !self.lexicon.cues.outline.attachments.occur_in(before)
        {
            return None;
        }
        self.push_section(caption);
        Some(self.added.last)
    }
}

/// A heading whose only text are the rows of a table.
fn title(section: Option<u32>, ordinal: u32, words: Range<usize>) -> Title {
    Title { section, ordinal, text: words.clone(), words }
}

/// Returns the caption of the table at `table`: the line above it, without 附件1. A unit (单位：万元)
/// and a bracket may be between.
fn caption(view: &View, lexicon: &Lexicon, table: usize) -> Option<Range<usize>> {
    /// Number of lines above the table that are read.
    const LINES: usize = 4;
    /// Maximum length of such a line in characters.
    const LONGEST: usize = 300;
    let mut end = view.text[..table].trim_end_matches('\n').len();
    for _ in 0..LINES {
        let near = suffix_start(&view.text[..end], LONGEST);
        let start = near + view.text[near..end].rfind('\n').map_or(0, |at| at + 1);
        let line = &view.text[start..end];
        let bracket = line.starts_with('(') && line.ends_with(')');
        let day = line.ends_with('日') && line.contains('年');
        if !(bracket || day || lexicon.layout.columns.units.start(line).is_some()) {
            let words = without_number(lexicon, line);
            let names = is_within(words, MAX_HEADING)
                && !words.contains('。')
                && !words.ends_with([':', ',', ';', '、']);
            return (names && !words.is_empty()).then(|| end - words.len()..end);
        }
        end = start.saturating_sub(1);
    }
    None
}

/// Returns a line without the label of an annex: 附件2, 附表:.
fn without_number<'l>(lexicon: &Lexicon, line: &'l str) -> &'l str {
    let Some(rest) = lexicon.layout.columns.annexes.strip_start(line) else { return line };
    rest.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c) || ":-、. ".contains(c))
}

/// Returns the note on the rows of a table that are not read.
fn unread(table: &TaskTable) -> Option<Diagnostic> {
    let (first, count) = table.unread.clone()?;
    let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let message = format!(
        "{rows} of a table of tasks, from here on, not read: their cells do not fit its columns"
    );
    Some(Diagnostic { start: first.start, end: first.end, message })
}

/// The measures of the text by their first words, to find the rows that repeat them.
struct Repeated<'v> {
    measures: FxHashMap<&'v str, usize>,
}

impl<'v> Repeated<'v> {
    fn new(view: &'v View, measures: &[MeasureBlock]) -> Self {
        let places = || measures.iter().enumerate();
        let first = places().map(|(at, block)| (first_words(view, &block.text), at));
        let titled =
            places().filter_map(|(at, block)| Some((&view.text[block.title.clone()?], at)));
        Repeated { measures: first.chain(titled).collect() }
    }

    /// Returns true if each cell of a row is in the measure that has the heading of the row, or
    /// begins with its words. Each measure is compared with two rows at most.
    fn contains(&mut self, view: &'v View, measures: &[MeasureBlock], row: &MeasureBlock) -> bool {
        let title = row.title.clone().unwrap_or(row.text.start..row.text.start);
        let titled = self.measures.remove(&view.text[title.clone()]);
        let begun = || self.measures.remove(first_words(view, &(title.start..row.text.end)));
        let Some(measure) = titled.or_else(begun) else { return false };
        let text = &view.text[measures[measure].text.clone()];
        view.text[row.text.clone()].split('\n').all(|line| text.contains(line))
    }
}

/// Returns the words by which a row is compared with a measure first.
fn first_words<'v>(view: &'v View, text: &Range<usize>) -> &'v str {
    /// Number of characters.
    const WORDS: usize = 8;
    first_chars(&view.text[text.clone()], WORDS)
}
