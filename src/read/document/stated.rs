//! Facts that are printed beside the text of a document as a label and a value, in a block above
//! the title, below it, or after the text: 发文机关:国务院, 成文日期 | 2019年1月27日, 【文号】….

mod label;

use super::dates::Dated;
use super::issuer_names::{Signers, labelled_names, names_filling};
use crate::model::{Found, PartialDate, Rule};
use crate::outline::Layout;
use crate::read::naming::agencies;
use crate::read::naming::canonical::resolve;
use crate::read::naming::names::Names;
use crate::read::naming::numbers::numbers;
use crate::read::scanned_text::ScannedText;
use crate::text::{Table, first_chars, is_han, last_chars, prefix_end};
pub(super) use label::Label;
use label::{Mark, label_of, marks, without_marks};
use std::ops::Range;

/// The facts with labels around a text.
pub(super) struct Stated {
    /// In text order.
    facts: Vec<Fact>,
    /// Lines that hold nothing else, ascending.
    lines: Vec<Range<usize>>,
}

/// A label and its value.
struct Fact {
    label: Label,
    value: Range<usize>,
}

impl Stated {
    /// Reads the facts in the head and the tail. O(n).
    pub(super) fn read(names: &Names, layout: &Layout) -> Stated {
        let text = names.text;
        let mut stated = Stated { facts: Vec::new(), lines: Vec::new() };
        stated.read_part(names, &text.lines(&layout.head));
        stated.read_tables(text, &layout.head);
        if layout.tail.start > layout.head.end {
            stated.read_part(names, &text.lines(&layout.tail));
        }
        stated
    }

    fn read_part(&mut self, names: &Names, lines: &[Range<usize>]) {
        let text = names.text;
        let mut block = false;
        let marked: Vec<Vec<Mark>> = lines
            .iter()
            .map(|line| {
                let marks = marks(text, line, block);
                block = !marks.is_empty();
                marks
            })
            .collect();
        let opens = |at: usize| {
            let marks = marked.get(at).map(Vec::as_slice).unwrap_or_default();
            marks.first().is_some_and(|mark| {
                let before = text.slice(lines[at].start..mark.words.start);
                before.chars().all(|c| !c.is_alphanumeric())
            })
        };
        for (at, line) in lines.iter().enumerate() {
            let marks = &marked[at];
            for (n, mark) in marks.iter().enumerate() {
                let end = marks.get(n + 1).map_or(line.end, |next| next.words.start);
                let value = without_marks(text, mark.value..end.max(mark.value));
                let below = value.is_empty() && n + 1 == marks.len();
                match lines.get(at + 1).filter(|_| below && marked[at + 1].is_empty()) {
                    Some(next) => {
                        // Between two labels a line is a value. An empty label is common.
                        let names_body =
                            || mark.label == Label::Issuer && !bodies(names, next).is_empty();
                        let is_value =
                            opens(at + 2) || is_date_or_number(text, next) || names_body();
                        self.facts.push(Fact { label: mark.label, value: next.clone() });
                        self.lines.extend(is_value.then(|| next.clone()));
                    }
                    None => self.facts.push(Fact { label: mark.label, value }),
                }
            }
            if opens(at) {
                self.lines.push(line.clone());
            }
        }
        self.lines.sort_by_key(|line| line.start);
    }

    /// Reads the tables of labels and values above the first sentence of the head. A table of which
    /// the labels head the columns has one row of values; more rows are a list of documents.
    fn read_tables(&mut self, text: &ScannedText, head: &Range<usize>) {
        let tables = text.view.tables().iter().filter(|table| table.is_grid());
        let within = |table: &&Table| {
            let range = table.range();
            head.start <= range.start && range.end <= head.end
        };
        let above = tables.skip_while(|table| table.range().start < head.start).take_while(within);
        let mut end = head.start;
        for table in above {
            if text.slice(end..table.range().start).contains('。') {
                break;
            }
            end = table.range().end;
            let rows: Vec<Vec<Range<usize>>> =
                (0..table.len()).map(|row| table.row(row).collect()).collect();
            let facts = match &rows[..] {
                [labels, values] if labels.len() == values.len() => {
                    let by_column = by_column(text, labels, values);
                    if by_column.is_empty() { by_row(text, &rows) } else { by_column }
                }
                rows => by_row(text, rows),
            };
            if facts.len() > 1 {
                self.facts.extend(facts);
                let cells = rows.into_iter().flatten().filter(|cell| !cell.is_empty());
                self.lines.extend(cells);
            }
        }
        self.facts.sort_by_key(|fact| fact.value.start);
        self.lines.sort_by_key(|line| line.start);
    }

    /// Returns the text of `range` after the lines above its first paragraph: without them the lead of
    /// a news item is what it reports.
    pub(super) fn prose<'t>(&self, text: &ScannedText<'t>, range: &Range<usize>) -> &'t str {
        let mut start = range.start;
        for line in self.lines.iter().take_while(|line| line.end <= range.end) {
            if text.slice(start..line.start).contains('。') {
                break;
            }
            start = line.end;
        }
        text.slice(start..range.end)
    }

    /// Returns the values of a label, in text order.
    fn values(&self, label: Label) -> impl Iterator<Item = &Range<usize>> {
        self.facts.iter().filter(move |fact| fact.label == label).map(|fact| &fact.value)
    }

    /// Returns true if a line holds facts with labels only.
    pub(super) fn is_line(&self, line: &Range<usize>) -> bool {
        self.lines.binary_search_by_key(&line.start, |own| own.start).is_ok()
    }

    /// Returns true if `range` is on a line of facts with labels, or in the value of one.
    pub(super) fn contains(&self, range: &Range<usize>) -> bool {
        let line = self.lines.partition_point(|line| line.start <= range.start);
        let on_line = line.checked_sub(1).is_some_and(|at| range.start < self.lines[at].end);
        let fact = self.facts.partition_point(|fact| fact.value.start <= range.start);
        on_line || fact.checked_sub(1).is_some_and(|at| range.start < self.facts[at].value.end)
    }

    /// Returns the first date that a value of `label` begins with. `all` are the dates of the text.
    pub(super) fn date(
        &self,
        text: &ScannedText,
        all: &[Dated],
        label: Label,
    ) -> Option<Found<PartialDate>> {
        let is_own = |range: &Range<usize>| match label {
            Label::Posted => !is_appointment(text, range) && !is_event(text, range),
            Label::Effective => !is_appointment(text, range),
            _ => true,
        };
        let mut dates = self.values(label).filter_map(|value| date_at(all, value.start));
        let (range, date) = dates.find(|(range, _)| is_own(range))?;
        Some(text.found(*date, range.clone(), Rule::DatePhrase))
    }

    /// Returns the first document number that is a value.
    pub(super) fn number(&self, text: &ScannedText) -> Option<Found<String>> {
        self.values(Label::Number).find_map(|value| {
            let (range, number) =
                numbers(text.lexicon, text.slice(value.clone())).into_iter().next()?;
            let range = value.start + range.start..value.start + range.end;
            Some(text.found(number, range, Rule::Head))
        })
    }

    /// Returns the range of the first title that is a value.
    pub(super) fn title(&self, text: &ScannedText) -> Option<Range<usize>> {
        /// Minimum and maximum length of a title in characters.
        const LENGTH: std::ops::RangeInclusive<usize> = 5..=100;
        let fits = |value: &&Range<usize>| {
            LENGTH.contains(&text.slice((*value).clone()).chars().take(101).count())
        };
        self.values(Label::Title).find(fits).cloned()
    }

    /// Returns the bodies that are the value of a label for the issuer, else of one for the
    /// provider.
    pub(super) fn issuers(&self, names: &Names) -> Signers {
        let known =
            |label| self.values(label).map(|value| bodies(names, value)).map(Signers::known);
        let printed = self.values(Label::Issuer).map(|value| labelled_names(names, value.clone()));
        let mut all = known(Label::Issuer).chain(printed).chain(known(Label::Provider));
        all.find(|issuers| !issuers.names.is_empty()).unwrap_or_default()
    }
}

/// Returns the facts of a row of labels with a row of values below it. Empty if a cell of the first
/// row is no label, or a cell of the second is one.
fn by_column(text: &ScannedText, labels: &[Range<usize>], values: &[Range<usize>]) -> Vec<Fact> {
    let named: Option<Vec<Label>> = labels.iter().map(|cell| label_of(text, cell)).collect();
    let mut values = values.iter();
    let all_values = || values.clone().all(|cell| label_of(text, cell).is_none());
    let named = named.filter(|_| all_values()).unwrap_or_default();
    let facts = named.into_iter().zip(values.by_ref());
    facts.map(|(label, value)| Fact { label, value: value.clone() }).collect()
}

/// Returns the facts of rows in which each label has its value to the right, or in its cell. Empty if
/// most rows begin with other words than a label.
fn by_row(text: &ScannedText, rows: &[Vec<Range<usize>>]) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    let mut labelled = 0;
    for row in rows {
        let mut label = None;
        for (at, cell) in row.iter().filter(|cell| !cell.is_empty()).enumerate() {
            let own = marks(text, cell, true);
            labelled += usize::from(at == 0 && !own.is_empty());
            let Some(last) = own.last() else {
                // A label of no list has no value that is known.
                facts.extend(label.take().map(|label| Fact { label, value: cell.clone() }));
                continue;
            };
            label = (last.value == cell.end).then_some(last.label);
            facts.extend(own.iter().enumerate().filter_map(|(n, mark)| {
                let end = own.get(n + 1).map_or(cell.end, |next| next.words.start);
                let value = without_marks(text, mark.value..end.max(mark.value));
                (!value.is_empty()).then_some(Fact { label: mark.label, value })
            }));
        }
    }
    if 2 * labelled >= rows.len() { facts } else { Vec::new() }
}

/// Returns true for a line that begins with a date or holds a document number only.
fn is_date_or_number(text: &ScannedText, line: &Range<usize>) -> bool {
    let words = text.slice(line.clone());
    let near = &words[..prefix_end(words, 40)];
    let starts = |range: Range<usize>| range.start == 0;
    super::dates::dates(text.lexicon, near).into_iter().any(|(range, _)| starts(range))
        || numbers(text.lexicon, near).into_iter().any(|(range, _)| range == (0..words.len()))
}

/// Returns the date that starts at `start`.
fn date_at(all: &[Dated], start: usize) -> Option<&Dated> {
    let at = all.partition_point(|(range, _)| range.start < start);
    all.get(at).filter(|(range, _)| range.start == start)
}

/// Returns true for a date with the hour in words or at the start of a period: 9月1日上午.
fn is_appointment(text: &ScannedText, date: &Range<usize>) -> bool {
    text.lexicon.cues.dates.event_times.start(text.after(date.end)).is_some()
}

/// Returns true for a date near the label of a place or of participants: 地点:….
fn is_event(text: &ScannedText, date: &Range<usize>) -> bool {
    /// Number of characters and of lines that are read on each side.
    const NEAR: usize = 80;
    const LINES: usize = 3;
    let labels = &text.lexicon.cues.dates.event_labels;
    let above = last_chars(text.before(date.start), NEAR).rsplit('\n').take(LINES);
    let below = first_chars(text.after(date.end), NEAR).split('\n').take(LINES);
    above.chain(below).any(|line| labels.occur_in(line))
}

/// Returns the bodies that a value names, an empty list if it names something else: 县政府网站.
fn bodies(names: &Names, value: &Range<usize>) -> Vec<Found<String>> {
    /// Maximum length of a value in bytes.
    const MAX: usize = 600;
    let text = names.text;
    if value.is_empty() || value.len() > MAX {
        return Vec::new();
    }
    let mut end = value.start;
    let mut found = Vec::new();
    for mention in agencies::mentions(names, value) {
        if !matches!(text.slice(end..mention.range.start), "" | "、" | ",") {
            break;
        }
        end = mention.range.end;
        found.push(text.found(mention.name.to_string(), mention.range, Rule::Head));
    }
    let whole = end == value.end || text.view.gap(end) || !text.after(end).starts_with(is_han);
    // 省商务厅官网 is a page of the body; 县政府网站 names none.
    let site = || {
        let full = !agencies::is_relative(text, text.slice(value.start..end));
        full && text.lexicon.layout.site_names.start(text.after(end)).is_some()
    };
    if !found.is_empty() && (whole || site()) {
        return found;
    }
    let filling = names_filling(names, value.clone(), Rule::Head);
    if !filling.is_empty() {
        return filling;
    }
    let name = resolve(names, &text.printed(value.clone()), None);
    name.map(|name| text.found(name, value.clone(), Rule::Head)).into_iter().collect()
}
