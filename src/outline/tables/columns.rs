//! The head of a table: what is in each column.

use crate::lexicon::{DutyRole, Lexicon};
use crate::text::{Table, View, is_within};
use std::ops::Range;

/// The content of the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Number,
    Task,
    /// Things that are tasks beside a column of responsible bodies.
    Item,
    /// Bodies with the tasks of their row.
    Body,
    /// The duties of the body in the row.
    Charge,
    /// Responsible bodies.
    Duty(DutyRole),
    Deadline,
    Goal,
    Other,
}

/// The head of a table.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub columns: Vec<Column>,
    /// Number of its rows, 1 or 2.
    pub rows: usize,
}

impl Head {
    /// Reads the head that may begin with `row`. The second row of a head divides columns of the
    /// first: 责任单位 into 牵头 and 配合.
    pub(super) fn read(view: &View, lexicon: &Lexicon, table: &Table, row: usize) -> Head {
        let upper: Vec<_> = table.row(row).collect();
        let column = |cell: &Range<usize>| column(lexicon, &view.text[cell.clone()]);
        let mut columns: Vec<Column> = upper.iter().map(column).collect();
        let known = |columns: &[Column]| columns.iter().any(|column| *column != Column::Other);
        if row + 1 < table.len() && known(&columns) && table.row(row + 1).len() == upper.len() {
            let words = |cell: &Range<usize>| &view.text[cell.clone()];
            let lower: Vec<_> = table.row(row + 1).collect();
            let differs =
                |at: usize| !lower[at].is_empty() && words(&lower[at]) != words(&upper[at]);
            let below: Vec<Column> = lower.iter().map(column).collect();
            let divides = (0..lower.len()).all(|at| !differs(at) || below[at] != Column::Other);
            if divides && (0..lower.len()).any(differs) {
                for at in (0..lower.len()).filter(|&at| differs(at)) {
                    columns[at] = below[at];
                }
                return Head { columns, rows: 2 };
            }
        }
        Head { columns, rows: 1 }
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }

    /// Returns true if a column holds responsible bodies.
    pub(super) fn has_duty(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Duty(_)))
    }

    /// Returns true for the head of a table whose rows are measures: tasks with bodies, days or
    /// figures, or bodies with their duties.
    pub(super) fn heads_tasks(&self) -> bool {
        let bodies = self.has_duty() || self.has(Column::Body);
        let bound = bodies || self.has(Column::Deadline) || self.has(Column::Goal);
        self.has(Column::Task) && bound
            || self.has(Column::Item) && self.has_duty()
            || self.has(Column::Charge) && bodies
    }
}

/// Returns what the column with the head `cell` holds.
fn column(lexicon: &Lexicon, cell: &str) -> Column {
    /// Maximum length of a head in characters, without its bracket.
    const MAX_HEAD: usize = 16;
    // 责任单位(列第一位的为牵头单位), 牵头\n单位
    let words = cell.split('(').next().unwrap_or(cell);
    if words.is_empty() || !is_within(words, MAX_HEAD) || words.contains(['。', ';', ',', ':']) {
        return Column::Other;
    }
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let lists = &lexicon.layout.columns;
    if lists.bodies.contains(&words) {
        return Column::Body;
    }
    let mut parts = words.split(['、', '/', '及', '和', '与']);
    let kinds = || parts.clone().map(|part| named(lexicon, part));
    let mut roles = kinds().filter_map(|column| match column {
        Column::Duty(role) => Some(role),
        _ => None,
    });
    match (roles.next(), roles.next()) {
        // 牵头单位及配合单位
        (Some(first), Some(second)) if first != second => Column::Duty(DutyRole::Responsible),
        (Some(first), _) => Column::Duty(first),
        (None, _) => parts
            .find_map(|part| Some(named(lexicon, part)).filter(|c| *c != Column::Other))
            .unwrap_or(Column::Other),
    }
}

/// Returns what a column holds by the longest word that its head ends with.
fn named(lexicon: &Lexicon, head: &str) -> Column {
    let lists = &lexicon.layout.columns;
    let words = [
        (&lists.numbers, Column::Number),
        (&lists.tasks, Column::Task),
        (&lists.items, Column::Item),
        (&lists.charges, Column::Charge),
        (&lists.leads, Column::Duty(DutyRole::Lead)),
        (&lists.supports, Column::Duty(DutyRole::Support)),
        (&lists.deadlines, Column::Deadline),
        (&lists.goals, Column::Goal),
    ];
    let found =
        words.into_iter().filter_map(|(words, column)| Some((words.end(head)?.len(), column)));
    let duty = lexicon.duties.labels.end(head).map(|(role, len)| (len, Column::Duty(role)));
    found.chain(duty).max_by_key(|&(len, _)| len).map_or(Column::Other, |(_, column)| column)
}
