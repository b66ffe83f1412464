//! The content of an expression of time.

/// The words that close an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    /// None: 2026年6月.
    Open,
    /// The end of a period: 2026年底, 6月中旬.
    End,
    /// A bound: 前, 之前, 止, 内.
    Until,
}

/// The content of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum When {
    /// A day or a part of a year.
    Part(Year, Part),
    /// The last year of a five-year plan.
    Plan(i16),
    /// A period.
    Term { from: Option<u32>, value: u32, unit: &'static str },
}

/// The year of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    Printed(i16),
    /// 今年 is 0, 明年 1: counted from the year of the document.
    Relative(i16),
    /// The year after that of the expression before it: 次年.
    Following,
    Every,
    Absent,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    /// The end of a quarter, from 1, or of a half year.
    Quarter(i8),
    Month(i8),
    Day(i8, i8),
    /// A day of a month of each period of so many months, all from 1; 31 is the last day: the 10th of
    /// the first of three for 每季度首月10日.
    Each {
        months: i8,
        month: i8,
        day: i8,
    },
    /// A day that no calendar here knows: 春节.
    Unknown,
}

pub(crate) type Parsed<'t> = Option<(When, Closing, &'t str)>;

/// Removes the first of `words` that `text` starts with.
pub(crate) fn strip<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}
