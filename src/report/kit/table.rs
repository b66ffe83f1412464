//! Tables that the script sorts and filters.

use super::label::label;
use maud::{Markup, html};

/// A column of a table.
#[derive(Clone, Copy)]
pub(in crate::report) struct Column {
    pub(in crate::report) english: &'static str,
    pub(in crate::report) chinese: &'static str,
    /// Numbers, which are aligned at the right.
    pub(in crate::report) numeric: bool,
}

impl Column {
    pub(in crate::report) const fn text(english: &'static str, chinese: &'static str) -> Self {
        Column { english, chinese, numeric: false }
    }

    pub(in crate::report) const fn number(english: &'static str, chinese: &'static str) -> Self {
        Column { english, chinese, numeric: true }
    }
}

/// Returns a table with a caption and a button to sort by each column. A cell can hold another sort key in the
/// attribute `data-v`. A field for words to filter by is above a table of more than eight rows.
///
/// * `id`: a name that no other table has.
/// * `rows`: `tr` elements.
pub(in crate::report) fn table(
    id: &str,
    [english, chinese]: [&str; 2],
    columns: &[Column],
    rows: &[Markup],
) -> Markup {
    /// Number of rows that are read without a filter.
    const UNFILTERED: usize = 8;
    html! {
        @if rows.len() > UNFILTERED {
            p.filter { label { (label("Filter", "筛选")) " " input type="search" data-filter=(id); } " " output {} }
        }
        div.scroll tabindex="0" role="region" aria-labelledby={ (id) "-caption" } {
            table.sortable id=(id) {
                caption id={ (id) "-caption" } { (label(english, chinese)) }
                thead { tr {
                    @for column in columns {
                        th scope="col" class=[column.numeric.then_some("n")] {
                            (label(column.english, column.chinese))
                        }
                    }
                } }
                tbody { @for row in rows { (row) } }
            }
        }
    }
}
