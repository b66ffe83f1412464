//! Tables: their columns and their rows.

use super::column::{Column, ColumnKind, Terms};
use super::value::Value;
use crate::graph::{EdgeKind, Graph, NodeKind};
use std::fmt;
use std::sync::Arc;

/// A row of a table: a value for each column, in their order.
///
/// ```
/// use policygraph::export::{self, Row, Value};
///
/// let tables = export::tables(policygraph::builtin());
/// let row: Row = tables.get("products").unwrap().rows().next().unwrap();
/// assert_eq!(row, [Value::from("product:药品"), Value::from("药品")]);
/// ```
pub type Row<'g> = Vec<Value<'g>>;

/// The rows of a table, made while they are read. See [`Table::rows`].
pub type Rows<'g> = Box<dyn Iterator<Item = Row<'g>> + Send + 'g>;

/// A table of a graph: columns, and rows that are made while they are read.
///
/// ```
/// let tables = policygraph::export::tables(policygraph::builtin());
/// let table = tables.get("measures").unwrap();
/// assert_eq!((table.chinese(), table.rows().count()), ("措施", 131));
/// let title = table.columns().iter().position(|column| column.name == "title").unwrap();
/// assert!(table.rows().any(|row| row[title].as_text() == Some("优化药品医疗器械注册检验")));
/// ```
#[derive(Clone)]
pub struct Table<'g> {
    name: &'static str,
    chinese: &'static str,
    about: &'static str,
    kind: TableKind,
    columns: Vec<Column>,
    rows: Arc<dyn Fn() -> Rows<'g> + Send + Sync + 'g>,
}

/// The content of a table.
///
/// ```
/// use policygraph::export::{self, TableKind};
/// use policygraph::graph::EdgeKind;
///
/// let tables = export::tables(policygraph::builtin());
/// assert_eq!(tables.get("cites").unwrap().kind(), TableKind::Edges(EdgeKind::Cites));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TableKind {
    /// The nodes of one kind.
    Nodes(NodeKind),
    /// The edges of one kind.
    Edges(EdgeKind),
    /// Facts about nodes, or about the export.
    Facts,
}

impl<'g> Table<'g> {
    /// Makes a table of `items`.
    ///
    /// * `heads`: the name, the Chinese term, a phrase for people.
    /// * `fields`: the columns, each with the value that an item has there.
    pub(super) fn new<I: Copy + Send + Sync + 'static>(
        heads: [&'static str; 3],
        kind: TableKind,
        graph: &'g Graph,
        fields: impl Into<Arc<[Field<I>]>>,
        items: impl Iterator<Item = I> + Clone + Send + Sync + 'g,
    ) -> Table<'g> {
        let fields: Arc<[Field<I>]> = fields.into();
        let columns = fields.iter().map(|field| field.column).collect();
        let rows = move || -> Rows<'g> {
            let fields = fields.clone();
            let row = move |item| fields.iter().map(|field| (field.value)(graph, item)).collect();
            Box::new(items.clone().map(row))
        };
        Table::of_rows(heads, kind, columns, rows)
    }

    /// Makes a table of rows that agree with its columns.
    pub(super) fn of_rows(
        [name, chinese, about]: [&'static str; 3],
        kind: TableKind,
        columns: Vec<Column>,
        rows: impl Fn() -> Rows<'g> + Send + Sync + 'g,
    ) -> Table<'g> {
        Table { name, chinese, about, kind, columns, rows: Arc::new(rows) }
    }

    /// Returns the name, in lower case with underscores: `measures`, `issued_by`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the Chinese term: 措施.
    pub fn chinese(&self) -> &'static str {
        self.chinese
    }

    /// Returns a phrase for people, in English.
    pub fn about(&self) -> &'static str {
        self.about
    }

    /// Returns the content.
    pub fn kind(&self) -> TableKind {
        self.kind
    }

    /// Returns the columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Returns the column with this name.
    ///
    /// ```
    /// let tables = policygraph::export::tables(policygraph::builtin());
    /// let column = *tables.get("covers").unwrap().column("target").unwrap();
    /// assert_eq!(column.references, Some("products"));
    /// ```
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Returns the rows, in order: nodes by id, edges by kind of source and target, source, and
    /// printed order, facts in text order.
    /// Each call starts at the first row.
    ///
    /// ```
    /// let tables = policygraph::export::tables(policygraph::builtin());
    /// let regions = tables.get("regions").unwrap();
    /// assert!(regions.rows().any(|row| row[1].as_text() == Some("山西省")));
    /// ```
    pub fn rows(&self) -> Rows<'g> {
        (self.rows)()
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Table { name, chinese: _, about: _, kind, columns, rows: _ } = self;
        let columns: Vec<_> = columns.iter().map(|column| column.name).collect();
        f.debug_struct("Table")
            .field("name", name)
            .field("kind", kind)
            .field("columns", &columns)
            .finish_non_exhaustive()
    }
}

/// A column and the value that an item has in it.
pub(super) struct Field<I> {
    pub(super) column: Column,
    pub(super) value: for<'g> fn(&'g Graph, I) -> Value<'g>,
}

impl<I> Clone for Field<I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I> Copy for Field<I> {}

/// Constructors, by the type of the values.
macro_rules! constructors {
    ($($name:ident $kind:ident)*) => {$(
        pub(super) const fn $name(
            [name, chinese, about]: [&'static str; 3],
            value: for<'g> fn(&'g Graph, I) -> Value<'g>,
        ) -> Field<I> {
            Field { column: Column::new(name, chinese, about, ColumnKind::$kind), value }
        }
    )*};
}

impl<I> Field<I> {
    constructors! {
        text Text
        integer Integer
        number Number
        boolean Boolean
        date Date
        list List
    }

    pub(super) const fn optional(self) -> Self {
        Field { column: self.column.optional(), ..self }
    }

    pub(super) const fn key(self) -> Self {
        Field { column: self.column.key(), ..self }
    }

    pub(super) const fn references(self, table: &'static str) -> Self {
        Field { column: self.column.references(table), ..self }
    }

    pub(super) const fn terms_of(self, terms: Terms) -> Self {
        Field { column: self.column.terms_of(terms), ..self }
    }
}
