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
        if tasks.is_empty() {
            // A row under merged cells without words goes on with the measure before it.
            let Some(measure) = self
                .found
                .measures
                .last_mut()
                .filter(|_| printed.is_none() && self.previous.is_some())
            else {
                return false;
            };
            measure.text.end = text.end;
            if let Some(before) = &mut measure.row {
                before.duties.extend(row.duties);
                before.goals.extend(row.goals);
                before.deadline = before.deadline.take().or(row.deadline);
            }
            return true;
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
