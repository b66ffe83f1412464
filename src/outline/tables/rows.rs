//! The rows of a table of tasks.

use super::columns::{Column, Head};
use crate::lexicon::{DutyRole, Lexicon};
use crate::outline::heading::MAX_HEADING;
use crate::outline::layout::{MeasureBlock, Row};
use crate::text::{Table, View, is_within, ordinal};
use std::ops::Range;

/// A table of which a row is a measure.
#[derive(Debug, Default)]
pub(super) struct TaskTable {
    pub range: Range<usize>,
    /// Each measure has the number of its group as `section`, if there are groups.
    pub measures: Vec<MeasureBlock>,
    /// Headings of groups of rows, ascending.
    pub groups: Vec<Range<usize>>,
    /// The first row that is not read, and the number of such rows.
    pub unread: Option<(Range<usize>, usize)>,
}

/// Number of rows before the head of a table: its caption in merged cells.
const ROWS_BEFORE_HEAD: usize = 3;

/// Returns the tables of tasks, ascending. The others have no head that names tasks or duties. O(n).
pub(super) fn task_tables(view: &View, lexicon: &Lexicon) -> Vec<TaskTable> {
    view.tables().iter().filter_map(|table| task_table(view, lexicon, table)).collect()
}

/// Returns the cells of the heads with a column of responsible bodies and none of tasks or duties, whose
/// rows are no measures. O(n).
pub(super) fn taskless_heads(view: &View, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let head = |table: &Table| {
        let mut near = 0..table.len().saturating_sub(1).min(ROWS_BEFORE_HEAD);
        let heads = || near.clone().map(|row| Head::read(view, lexicon, table, row));
        if !table.is_grid() || heads().any(|head| head.heads_tasks()) {
            return None;
        }
        let row = near.find(|&row| Head::read(view, lexicon, table, row).has_duty())?;
        let mut cells = table.row(row);
        let first = cells.next()?;
        Some(first.start..cells.last().map_or(first.end, |last| last.end))
    };
    view.tables().iter().filter_map(head).collect()
}

fn task_table(view: &View, lexicon: &Lexicon, table: &Table) -> Option<TaskTable> {
    let near = 0..table.len().min(ROWS_BEFORE_HEAD);
    let first =
        near.into_iter().find(|&row| Head::read(view, lexicon, table, row).heads_tasks())?;
    let mut reader = Reader {
        view,
        head: Head { columns: Vec::new(), rows: 0 },
        previous: None,
        number: None,
        found: TaskTable { range: table.range(), ..TaskTable::default() },
    };
    let above: Vec<_> = (0..first).filter_map(|row| reader.group(table, row)).collect();
    reader.found.groups.extend(above);
    let mut row = first;
    while row < table.len() {
        let head = Head::read(view, lexicon, table, row);
        if head.heads_tasks() {
            row += head.rows;
            reader.head = head;
            reader.previous = None;
        } else {
            reader.row(table, row);
            row += 1;
        }
    }
    Some(reader.found)
}

/// Reads the rows of one table.
struct Reader<'a> {
    view: &'a View,
    head: Head,
    /// The cells of the row before.
    previous: Option<Vec<Range<usize>>>,
    /// The last number in a column of numbers.
    number: Option<u32>,
    found: TaskTable,
}

impl Reader<'_> {
    fn words(&self, cell: &Range<usize>) -> &str {
        &self.view.text[cell.clone()]
    }

    fn row(&mut self, table: &Table, row: usize) {
        if let Some(group) = self.group(table, row) {
            self.found.groups.push(group);
            self.previous = None;
            return;
        }
        let cells: Vec<_> = table.row(row).collect();
        let full = cells.iter().filter(|cell| !cell.is_empty()).count();
        let columns = self.head.columns.len();
        let fits = cells.len() >= columns && cells[columns..].iter().all(|cell| cell.is_empty());
        if full == 0 {
            return;
        }
        if !fits || !self.measure(&cells[..columns]) {
            let count = self
                .found
                .unread
                .take()
                .map_or((cells[0].start..cells[0].end, 1), |(first, count)| (first, count + 1));
            self.found.unread = Some(count);
        }
        self.previous = fits.then_some(cells);
    }

    /// Returns the words of a row that heads the rows after it: one short cell, merged over all
    /// columns.
    fn group(&self, table: &Table, row: usize) -> Option<Range<usize>> {
        let mut cells = table.row(row);
        let first = cells.next()?;
        let words = self.words(&first);
        let merged = table.row(row).len() != 2 || self.head.columns.len() != 2;
        let alone = cells.all(|cell| cell.is_empty() || self.words(&cell) == words) && merged;
        (alone && !words.is_empty() && is_within(words, MAX_HEADING) && !words.contains('。'))
            .then_some(first)
    }

    /// Reads a row as a measure, or as more of the measure before it. Returns false if it has no
    /// task.
    fn measure(&mut self, cells: &[Range<usize>]) -> bool {
        let columns = std::mem::take(&mut self.head.columns);
        let read = self.measure_in(cells, &columns);
        self.head.columns = columns;
        read
    }

    fn measure_in(&mut self, cells: &[Range<usize>], columns: &[Column]) -> bool {
        let of = |column: Column| {
            let places = (0..columns.len()).filter(move |&at| columns[at] == column);
            places.map(|at| cells[at].clone()).filter(|cell| !cell.is_empty())
        };
        let has_duty = columns.iter().any(|column| matches!(column, Column::Duty(_)));
        let printed = of(Column::Number).next();
        let kinds = [Column::Task, Column::Item, Column::Charge];
        let tasks: Vec<_> = kinds
            .into_iter()
            .map(|kind| of(kind).collect::<Vec<_>>())
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        let row = Row {
            duties: (0..columns.len())
                .filter_map(|at| match columns[at] {
                    Column::Duty(role) => Some((role, cells[at].clone())),
                    Column::Body if !has_duty => Some((DutyRole::Responsible, cells[at].clone())),
                    _ => None,
                })
                .filter(|(_, cell)| !cell.is_empty())
                .collect(),
            deadline: of(Column::Deadline).next(),
            goals: of(Column::Goal).collect(),
        };
        let outside = |at: &usize| columns[*at] != Column::Number && !cells[*at].is_empty();
        let Some(first) = (0..columns.len()).find(outside) else { return true };
        let last = (0..columns.len()).rfind(outside).unwrap_or(first);
        let text = cells[first].start..cells[last].end;
        // A row under merged cells, which are empty or repeated, goes on with the measure before it.
        let merged = match tasks.is_empty() {
            true => printed.is_none() && self.previous.is_some(),
            false => self.repeats(cells, columns, &row),
        };
        if merged || tasks.is_empty() {
            return merged && self.extend(cells, text.end, row);
        }
        self.number = printed.and_then(|cell| number(self.words(&cell))).or(self.number);
        let place = u32::try_from(self.found.measures.len() + 1).unwrap_or(u32::MAX);
        let title = self.title(cells, columns, &tasks);
        self.found.measures.push(MeasureBlock {
            section: u32::try_from(self.found.groups.len()).ok().filter(|&group| group > 0),
            ordinal: self.number.unwrap_or(place),
            title,
            text,
            row: Some(Box::new(row)),
        });
        true
    }

    /// Returns true if a row has the number, the tasks and the day of the row before.
    fn repeats(&self, cells: &[Range<usize>], columns: &[Column], row: &Row) -> bool {
        let Some(before) = &self.previous else { return false };
        let same = |at: usize| self.words(&before[at]) == self.words(&cells[at]);
        let numbered =
            (0..columns.len()).any(|at| columns[at] == Column::Number && !cells[at].is_empty());
        // Several bodies may have one duty.
        if columns.contains(&Column::Charge) && !numbered {
            return false;
        }
        let names = |column: Column| {
            matches!(column, Column::Number | Column::Task | Column::Item | Column::Charge)
        };
        let day = |row: &Row| row.deadline.clone().map(|cell| self.words(&cell).to_owned());
        let last = self.found.measures.last().and_then(|measure| measure.row.as_deref());
        let another_day = row.deadline.is_some() && last.is_none_or(|last| day(last) != day(row));
        !another_day && (0..columns.len()).all(|at| !names(columns[at]) || same(at))
    }

    /// Adds a row that ends at `end` to the last measure. Returns false if there is none.
    fn extend(&mut self, cells: &[Range<usize>], end: usize, row: Row) -> bool {
        let view = self.view;
        let previous = self.previous.as_ref();
        // A cell that is merged with that of the row before adds nothing.
        let is_new = |cell: &Range<usize>| {
            let at = cells.iter().position(|other| other == cell);
            let before = previous.zip(at).and_then(|(previous, at)| previous.get(at));
            before.is_none_or(|before| view.text[before.clone()] != view.text[cell.clone()])
        };
        let Some(measure) = self.found.measures.last_mut() else { return false };
        measure.text.end = end;
        if let Some(before) = &mut measure.row {
            before.duties.extend(row.duties.into_iter().filter(|(_, cell)| is_new(cell)));
            before.goals.extend(row.goals.into_iter().filter(is_new));
            before.deadline = before.deadline.take().or(row.deadline);
        }
        true
    }

    /// Returns the heading of a measure: the first words of its first task that is not merged with
    /// that of the row before.
    fn title(
        &self,
        cells: &[Range<usize>],
        columns: &[Column],
        tasks: &[Range<usize>],
    ) -> Option<Range<usize>> {
        let repeated = |cell: &&Range<usize>| {
            let at = cells.iter().position(|other| other == *cell).filter(|&at| at < columns.len());
            let before = self.previous.as_ref().zip(at).and_then(|(previous, at)| previous.get(at));
            before.is_some_and(|before| self.words(before) == self.words(cell))
        };
        let task = tasks.iter().find(|cell| !repeated(cell)).or(tasks.last())?;
        let words = self.words(task);
        let end = words.find(['。', ':', ';', '\n']).unwrap_or(words.len());
        let heading = &words[..end];
        (!heading.is_empty() && is_within(heading, MAX_HEADING))
            .then(|| task.start..task.start + end)
    }
}

/// Returns the number in a cell: 3, 3., (3), 三.
fn number(cell: &str) -> Option<u32> {
    let digits = cell.trim_matches(['(', ')', '.', '、', '第', '项', '条']);
    let value = if digits.bytes().all(|b| b.is_ascii_digit()) {
        digits.parse().ok()
    } else {
        ordinal(digits)
    };
    value.filter(|&value| value > 0)
}
