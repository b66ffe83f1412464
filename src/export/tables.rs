//! All tables of a graph.

use super::column::{Column, ColumnKind};
use super::edges::edge_tables;
use super::facts::fact_tables;
use super::nodes::node_tables;
use super::table::{Rows, Table, TableKind};
use crate::graph::Graph;
use crate::lexicon::Lexicon;

/// Version of the tables: it changes when a column changes its meaning.
const FORMAT: &str = "1";

/// The tables of a graph. Made by [`tables`].
///
/// ```
/// let tables = policygraph::export::tables(policygraph::builtin());
/// let keys = tables.iter().filter(|table| table.column("key").is_some());
/// assert_eq!(keys.count(), 12); // all nodes, and each of the eleven kinds
/// ```
#[derive(Clone)]
pub struct Tables<'g> {
    graph: &'g Graph,
    lexicon: Option<String>,
}

/// Returns the tables of a graph. It is not copied: rows are made while they are read.
///
/// * Order: all nodes, each kind of node, each kind of edge, then facts: texts, dates,
///   classes of bodies, modality, notes and provenance.
/// * Every table is there, if empty or not, so that two exports have the same tables and columns.
///
/// ```
/// let tables = policygraph::export::tables(policygraph::builtin());
/// let names: Vec<_> = tables.iter().map(|table| table.name()).collect();
/// assert_eq!(names[..4], ["nodes", "documents", "sections", "measures"]);
/// assert_eq!(names.last(), Some(&"provenance"));
/// ```
pub fn tables(graph: &Graph) -> Tables<'_> {
    Tables { graph, lexicon: None }
}

impl<'g> Tables<'g> {
    /// Returns the same tables; the provenance names the vocabularies that the documents were read
    /// with, by their [checksum](Lexicon::checksum).
    ///
    /// ```
    /// use policygraph::{Lexicon, builtin, export};
    ///
    /// let tables = export::tables(builtin()).with_lexicon(Lexicon::builtin());
    /// let row = tables.get("provenance").unwrap().rows().nth(2).unwrap();
    /// assert_eq!(row[0].to_string(), "vocabularies_sha256");
    /// ```
    pub fn with_lexicon(self, lexicon: &Lexicon) -> Self {
        Tables { lexicon: Some(lexicon.checksum()), ..self }
    }

    /// Returns the tables, in order.
    pub fn iter(&self) -> impl Iterator<Item = Table<'g>> + use<'g> {
        let provenance = self.provenance();
        node_tables(self.graph)
            .chain(edge_tables(self.graph))
            .chain(fact_tables(self.graph))
            .chain([provenance])
    }

    /// Returns the table with this name.
    ///
    /// ```
    /// let tables = policygraph::export::tables(policygraph::builtin());
    /// assert_eq!(tables.get("issued_by").unwrap().chinese(), "发文机关");
    /// assert!(tables.get("no_such_table").is_none());
    /// ```
    pub fn get(&self, name: &str) -> Option<Table<'g>> {
        self.iter().find(|table| table.name() == name)
    }

    /// Returns the graph.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// Returns what made the export: names and values.
    pub(super) fn made_by(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("policygraph_version", env!("CARGO_PKG_VERSION").to_owned()),
            ("tables_format", FORMAT.to_owned()),
        ];
        facts.extend(self.lexicon.clone().map(|checksum| ("vocabularies_sha256", checksum)));
        facts
    }

    fn provenance(&self) -> Table<'g> {
        let about = "what made the export; the table of documents has the SHA-256 of each text";
        let columns = vec![
            Column::new("name", "项目", "name of the fact", ColumnKind::Text).key(),
            Column::new("value", "内容", "its value", ColumnKind::Text),
        ];
        let facts = self.made_by();
        let rows = move || -> Rows<'g> {
            Box::new(facts.clone().into_iter().map(|(name, value)| vec![name.into(), value.into()]))
        };
        Table::of_rows(["provenance", "出处", about], TableKind::Facts, columns, rows)
    }
}

impl std::fmt::Debug for Tables<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tables").field("graph", self.graph).field("lexicon", &self.lexicon).finish()
    }
}
