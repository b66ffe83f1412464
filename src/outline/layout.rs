//! The parts of a document.

use super::attached::{attached, end_of_prose};
use super::decimal::with_decimals;
use super::heading::MAX_HEADING;
use super::hierarchy::Parts;
use super::items::{Diagnostic, Item, items, unread_ordinals};
use super::marker::markers;
use super::report::{Report, are_questions, is_interpretation, is_interview};
use super::tables::Tables;
use super::texts::texts;
use crate::lexicon::{DutyRole, Lexicon};
use crate::text::{View, is_within};
use std::ops::Range;

/// Positions of the parts of a document. All ranges are byte ranges of the view.
///
/// A document may have several texts: an annex with measures of its own follows the closing lines of
/// the first text. The numbers of its chapters begin with 1 again: the chapter of a measure is the
/// last one with its number before it.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// The text before the first item.
    pub head: Range<usize>,
    pub sections: Vec<Title>,
    pub subsections: Vec<Title>,
    /// Measures, ascending and disjoint.
    pub measures: Vec<MeasureBlock>,
    /// The text after the last item of the first text: closing lines and annexes.
    pub tail: Range<usize>,
    /// Ordinals of the items, ascending.
    pub ordinals: Vec<Range<usize>>,
    /// Heads of the tables of tasks, ascending.
    pub table_heads: Vec<Range<usize>>,
    pub diagnostics: Vec<Diagnostic>,
    /// The kind of a text about another document, which has no measures.
    pub report: Option<Report>,
}

/// A numbered heading.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    pub section: Option<u32>,
    pub ordinal: u32,
    pub words: Range<usize>,
    /// From the end of the ordinal to the end of the chapter or subsection.
    pub text: Range<usize>,
}

/// The text of a measure.
#[derive(Clone, Debug)]
pub(crate) struct MeasureBlock {
    pub section: Option<u32>,
    pub ordinal: u32,
    pub title: Option<Range<usize>>,
    /// From the end of the ordinal to the end of the last paragraph.
    pub text: Range<usize>,
    /// The cells of a row of a table.
    pub row: Option<Box<Row>>,
}

impl MeasureBlock {
    /// A measure without a heading.
    pub(super) fn new(section: Option<u32>, ordinal: u32, text: Range<usize>) -> Self {
        MeasureBlock { section, ordinal, title: None, text, row: None }
    }
}

/// The cells of a row whose column gives their meaning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Cells with responsible bodies, and the duty that the column gives them.
    pub duties: Vec<(DutyRole, Range<usize>)>,
    /// The day until which the task is done.
    pub deadline: Option<Range<usize>>,
    /// Figures to reach.
    pub goals: Vec<Range<usize>>,
}

impl Layout {
    /// Finds the parts of a text. O(n).
    pub(crate) fn new(view: &View, lexicon: &Lexicon) -> Layout {
        let end = view.text.len();
        if is_interview(lexicon, &view.text) {
            return Layout::report(Report::Interview, end, end, end);
        }
        let tables = Tables::new(view, lexicon);
        let mut layout = Layout::items(view, lexicon, &tables);
        if layout.report.is_none() {
            tables.add_to(view, lexicon, &mut layout);
        }
        layout
    }

    /// Finds the parts that ordinals number.
    fn items(view: &View, lexicon: &Lexicon, tables: &Tables) -> Layout {
        let end = view.text.len();
        let mut diagnostics = Vec::new();
        let mut markers = with_decimals(view, markers(view));
        markers.retain(|marker| tables.opens(view, marker));
        let mut all = items(view, lexicon, &markers, &mut diagnostics);
        diagnostics.extend(drop_notice(view, lexicon, &mut all));
        let Some(first) = all.first().map(|item| item.marker.start) else {
            // 来源: and 公开方式: above the first sentence close nothing.
            let sentence = view.text.find('。').unwrap_or(0);
            let from = view.text[..sentence].rfind('\n').unwrap_or(0);
            let tail = end_of_prose(view, lexicon, from);
            if is_interpretation(view, lexicon, &all, from) {
                return Layout::report(Report::Interpretation, tail, tail, end);
            }
            let diagnostics = unread_ordinals(view, &markers).into_iter().collect();
            return Layout { head: 0..tail, tail: tail..end, diagnostics, ..Layout::default() };
        };
        drop_contents(view, &mut all);
        let interprets = is_interpretation(view, lexicon, &all, first);
        let asked = are_questions(view, &top_level(&all));
        let texts = texts(view, lexicon, &all, &mut diagnostics);
        let tail = texts[0].tail;
        if interprets {
            return Layout::report(Report::Interpretation, first, tail, end);
        }
        let mut layout =
            Layout { head: 0..first, tail: tail..end, diagnostics, ..Layout::default() };
        for text in texts {
            let ordinals = text.items.iter().map(|item| item.marker.start..item.marker.end);
            layout.ordinals.extend(ordinals);
            let parts = Parts::new(view, lexicon, text);
            layout.sections.extend(parts.sections);
            layout.subsections.extend(parts.subsections);
            layout.measures.extend(parts.measures);
        }
        let measures: Vec<_> = layout.measures.iter().map(|measure| measure.text.clone()).collect();
        if asked || are_questions(view, &measures) {
            return Layout::report(Report::Questions, first, tail, end);
        }
        if layout.measures.is_empty() {
            layout.diagnostics.extend(unread_ordinals(view, &markers));
        }
        layout
    }

    /// The layout of a text about another document.
    fn report(report: Report, head: usize, tail: usize, end: usize) -> Layout {
        Layout { head: 0..head, tail: tail..end, report: Some(report), ..Layout::default() }
    }
}

/// Returns the texts of the items of the highest level.
fn top_level(items: &[Item]) -> Vec<Range<usize>> {
    let top = items.iter().map(|item| item.marker.level).min();
    let top = items.iter().filter(|item| Some(item.marker.level) == top);
    top.map(|item| item.marker.end..item.next).collect()
}

/// Removes the items of a notice that issues another text: the measures are those of the issued
/// text. Returns a note on them.
fn drop_notice(view: &View, lexicon: &Lexicon, all: &mut Vec<Item>) -> Option<Diagnostic> {
    let first = all.first()?.marker;
    let start = attached(view, lexicon, first.start)?;
    let below = all.partition_point(|item| item.marker.start < start);
    if below == all.len() {
        return None;
    }
    all.drain(..below);
    Some(Diagnostic {
        start: first.start,
        end: first.end,
        message: format!(
            "{below} numbered paragraphs of the notice are not read as measures: \
             the measures are those of the text that it issues"
        ),
    })
}

/// Removes the entries of a table of contents (目录): bare lines before an item with the ordinal and
/// the words of the first entry.
fn drop_contents(view: &View, all: &mut Vec<Item>) {
    let text = |item: &Item| view.text[item.marker.end..item.next].trim_matches('\n');
    let line = |item: &Item| text(item).split('\n').next().unwrap_or_default();
    let bare = |text: &str| is_within(text, MAX_HEADING) && !text.contains(['。', ';']);
    let Some(first) = all.first().filter(|first| bare(text(first))) else { return };
    // Leaders and page numbers follow an entry: 总则……1.
    let is_leader = |c: char| c.is_ascii_digit() || ".…·()-".contains(c);
    let heading = line(first).trim_end_matches(is_leader);
    let Some(restart) = all.iter().skip(2).position(|item| {
        (item.marker.level, item.marker.ordinal) == (first.marker.level, first.marker.ordinal)
    }) else {
        return;
    };
    let restart = restart + 2;
    let (entries, last) = (&all[..restart - 1], &all[restart - 1]);
    let repeats = !heading.is_empty() && line(&all[restart]).starts_with(heading);
    if repeats && entries.iter().all(|entry| bare(text(entry))) && bare(line(last)) {
        all.drain(..restart);
    }
}
