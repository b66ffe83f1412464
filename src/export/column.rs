//! Columns of tables.

/// Lists the values of a closed set, each with its Chinese term.
pub(super) type Terms = fn() -> Vec<(&'static str, &'static str)>;

/// A column of a [`Table`](super::Table).
///
/// ```
/// use policygraph::export::{self, ColumnKind};
///
/// let tables = export::tables(policygraph::builtin());
/// let column = *tables.get("deadlines").unwrap().column("due").unwrap();
/// assert_eq!((column.kind, column.chinese, column.optional), (ColumnKind::Date, "截止日期", true));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Column {
    /// English name, in lower case with underscores: `signed`.
    pub name: &'static str,
    /// Chinese term: 成文日期.
    pub chinese: &'static str,
    /// One phrase for people, in English.
    pub about: &'static str,
    /// Type of the values.
    pub kind: ColumnKind,
    /// True if a value can be [`Null`](super::Value::Null).
    pub optional: bool,
    /// True if each value occurs in one row of the table.
    pub key: bool,
    /// Name of the table whose key column has the values.
    pub references: Option<&'static str>,
    terms: Option<Terms>,
}

/// Type of the values of a column.
///
/// ```
/// use policygraph::export::ColumnKind;
///
/// assert_eq!(ColumnKind::Date.name(), "date");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ColumnKind {
    /// Unicode text.
    Text,
    /// Integer of 64 bits.
    Integer,
    /// Floating-point number of 64 bits.
    Number,
    /// True or false.
    Boolean,
    /// Calendar day.
    Date,
    /// Texts in order.
    List,
}

impl ColumnKind {
    /// Returns the English name: `date`.
    pub const fn name(self) -> &'static str {
        match self {
            ColumnKind::Text => "text",
            ColumnKind::Integer => "integer",
            ColumnKind::Number => "number",
            ColumnKind::Boolean => "boolean",
            ColumnKind::Date => "date",
            ColumnKind::List => "list",
        }
    }
}

impl Column {
    pub(super) const fn new(
        name: &'static str,
        chinese: &'static str,
        about: &'static str,
        kind: ColumnKind,
    ) -> Column {
        Column {
            name,
            chinese,
            about,
            kind,
            optional: false,
            key: false,
            references: None,
            terms: None,
        }
    }

    pub(super) const fn optional(self) -> Column {
        Column { optional: true, ..self }
    }

    pub(super) const fn key(self) -> Column {
        Column { key: true, ..self }
    }

    pub(super) const fn references(self, table: &'static str) -> Column {
        Column { references: Some(table), ..self }
    }

    pub(super) const fn terms_of(self, terms: Terms) -> Column {
        Column { terms: Some(terms), ..self }
    }

    /// Returns the values of a closed set, each with its Chinese term; empty for other columns.
    ///
    /// ```
    /// let tables = policygraph::export::tables(policygraph::builtin());
    /// let role = *tables.get("responsible").unwrap().column("role").unwrap();
    /// assert_eq!(role.terms()[1], ("lead", "牵头"));
    /// ```
    pub fn terms(&self) -> Vec<(&'static str, &'static str)> {
        self.terms.map(|terms| terms()).unwrap_or_default()
    }
}

/// Returns a function that lists the terms of a closed set.
macro_rules! terms_of {
    ($type:ty) => {
        || <$type>::ALL.iter().map(|term| (term.name(), term.chinese())).collect()
    };
}

pub(super) use terms_of;
