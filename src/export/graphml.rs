//! GraphML with typed attributes, for Gephi, yEd and networkx. Feature `graphml`.
//!
//! Nodes are `n0`, `n1` …, in the order of [`Tables`], edges `e0`, `e1` …; the attribute `key` of a
//! node is its [key](crate::Graph::key). Attributes are the columns of the tables: integers are
//! `long`, numbers `double`, truth values `boolean`, all others `string`. Each node has its `kind` and
//! its `label`, each edge its `kind`, the `label` by which it reads (`cites`), and its evidence.
//!
//! ```
//! use policygraph::export::{self, graphml::{self, GraphmlOptions}};
//!
//! let tables = export::tables(policygraph::builtin());
//! let mut out = Vec::new();
//! graphml::write(&tables, &GraphmlOptions::default(), &mut out)?;
//! let xml = String::from_utf8(out).unwrap();
//! assert!(xml.contains(r#"<key id="e_score" for="edge" attr.name="score" attr.type="double"/>"#));
//! # Ok::<(), policygraph::Error>(())
//! ```

use super::edges::edge_ids;
use super::xml::allowed;
use super::{ColumnKind, Row, Table, TableKind, Tables, Value};
use crate::container;
use crate::error::Error;
use crate::graph::{Direction, Graph, Node, NodeKind};
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Columns that an edge has as its ends.
const ENDS: [&str; 2] = ["source", "target"];

/// Columns of long texts.
const TEXTS: [&str; 2] = ["text", "prose"];

/// Options of GraphML.
///
/// ```
/// use policygraph::export::graphml::GraphmlOptions;
///
/// assert!(!GraphmlOptions::default().texts);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GraphmlOptions {
    /// Adds the whole texts of chapters and measures, which graph tools show in full.
    pub texts: bool,
}

/// Writes the nodes and edges, streamed. Characters that XML cannot have become U+FFFD. Facts that are
/// neither nodes nor edges (texts, dates, classes of bodies, modality, notes) are left out.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the writer fails.
///
/// ```
/// use policygraph::export::{self, graphml::{self, GraphmlOptions}};
///
/// let tables = export::tables(policygraph::builtin());
/// let mut out = Vec::new();
/// graphml::write(&tables, &GraphmlOptions { texts: true }, &mut out)?;
/// assert!(String::from_utf8(out).unwrap().contains("压缩为30个工作日"));
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn write(tables: &Tables<'_>, options: &GraphmlOptions, out: impl Write) -> Result<(), Error> {
    Output { xml: Writer::new(out), options: *options }.graph(tables).map_err(Error::not_written)
}

/// Saves a file as [`write()`] makes it. A file at `path` is replaced when the new one is complete.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the file cannot be created, written or replaced.
///
/// ```
/// use policygraph::export::{self, graphml::{self, GraphmlOptions}};
///
/// let folder = tempfile::tempdir().unwrap();
/// let tables = export::tables(policygraph::builtin());
/// graphml::save(&tables, &GraphmlOptions::default(), folder.path().join("policies.graphml"))?;
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn save(
    tables: &Tables<'_>,
    options: &GraphmlOptions,
    path: impl AsRef<Path>,
) -> Result<(), Error> {
    container::save(path.as_ref(), |out| {
        Output { xml: Writer::new(out), options: *options }.graph(tables)
    })
}

/// A document that is written.
struct Output<W> {
    xml: Writer<W>,
    options: GraphmlOptions,
}

impl<W: Write> Output<W> {
    fn graph(mut self, tables: &Tables<'_>) -> io::Result<()> {
        self.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = BytesStart::new("graphml").with_attributes([
            ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://graphml.graphdrawing.org/xmlns \
                 http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
            ),
        ]);
        self.event(Event::Start(root))?;
        self.keys(tables)?;
        let graph =
            BytesStart::new("graph").with_attributes([("id", "G"), ("edgedefault", "directed")]);
        self.event(Event::Start(graph))?;
        self.nodes(tables)?;
        self.edges(tables)?;
        self.event(Event::End(BytesEnd::new("graph")))?;
        self.event(Event::End(BytesEnd::new("graphml")))?;
        self.xml.get_mut().flush()
    }

    fn event(&mut self, event: Event<'_>) -> io::Result<()> {
        let is_line = matches!(&event, Event::Decl(_) | Event::Start(_) | Event::End(_));
        self.xml.write_event(event)?;
        if is_line { self.xml.get_mut().write_all(b"\n") } else { Ok(()) }
    }

    /// Declares the attributes: those of nodes, then those of edges, by name.
    fn keys(&mut self, tables: &Tables<'_>) -> io::Result<()> {
        let mut keys: BTreeMap<(bool, &str), ColumnKind> = BTreeMap::new();
        for name in ["kind", "label"] {
            keys.insert((false, name), ColumnKind::Text);
            keys.insert((true, name), ColumnKind::Text);
        }
        for table in tables.iter() {
            let is_edge = match table.kind() {
                TableKind::Nodes(_) => false,
                TableKind::Edges(_) => true,
                TableKind::Facts => continue,
            };
            for column in table.columns().iter().filter(|column| self.has(column.name)) {
                keys.insert((is_edge, column.name), column.kind);
            }
        }
        for ((is_edge, name), kind) in keys {
            let id = id(is_edge, name);
            let key = BytesStart::new("key").with_attributes([
                ("id", &*id),
                ("for", if is_edge { "edge" } else { "node" }),
                ("attr.name", name),
                ("attr.type", type_of(kind)),
            ]);
            self.xml.write_event(Event::Empty(key))?;
            self.xml.get_mut().write_all(b"\n")?;
        }
        Ok(())
    }

    /// Returns true for columns that are attributes.
    fn has(&self, name: &str) -> bool {
        !ENDS.contains(&name) && (self.options.texts || !TEXTS.contains(&name))
    }

    fn nodes(&mut self, tables: &Tables<'_>) -> io::Result<()> {
        let graph = tables.graph();
        for table in tables.iter() {
            let TableKind::Nodes(kind) = table.kind() else { continue };
            for (index, row) in table.rows().enumerate() {
                let node = Node::from_index(kind, index);
                let name = format!("n{}", position(graph, node));
                self.event(Event::Start(
                    BytesStart::new("node").with_attributes([("id", &*name)]),
                ))?;
                self.data(false, "kind", kind.name())?;
                if table.column("label").is_none() {
                    self.data(false, "label", &graph.label(node))?;
                }
                self.row(false, &table, &row)?;
                self.event(Event::End(BytesEnd::new("node")))?;
            }
        }
        Ok(())
    }

    fn edges(&mut self, tables: &Tables<'_>) -> io::Result<()> {
        let graph = tables.graph();
        let mut count = 0_usize;
        for table in tables.iter() {
            let TableKind::Edges(kind) = table.kind() else { continue };
            for (edge, row) in edge_ids(graph, kind).zip(table.rows()) {
                let (source, target) = graph.endpoints(edge);
                let [source, target] =
                    [source, target].map(|node| format!("n{}", position(graph, node)));
                let start = BytesStart::new("edge").with_attributes([
                    ("id", &*format!("e{count}")),
                    ("source", &source),
                    ("target", &target),
                ]);
                self.event(Event::Start(start))?;
                self.data(true, "kind", kind.name())?;
                self.data(true, "label", kind.phrase(Direction::Outgoing))?;
                self.row(true, &table, &row)?;
                self.event(Event::End(BytesEnd::new("edge")))?;
                count += 1;
            }
        }
        Ok(())
    }

    /// Writes the values of a row that it has.
    fn row(&mut self, is_edge: bool, table: &Table<'_>, row: &Row<'_>) -> io::Result<()> {
        for (column, value) in table.columns().iter().zip(row) {
            if *value != Value::Null && self.has(column.name) {
                self.data(is_edge, column.name, &value.to_string())?;
            }
        }
        Ok(())
    }

    fn data(&mut self, is_edge: bool, name: &str, text: &str) -> io::Result<()> {
        let id = id(is_edge, name);
        self.xml
            .write_event(Event::Start(BytesStart::new("data").with_attributes([("key", &*id)])))?;
        self.xml.write_event(Event::Text(BytesText::new(&allowed(text))))?;
        self.event(Event::End(BytesEnd::new("data")))
    }
}

fn id(is_edge: bool, name: &str) -> String {
    format!("{}_{name}", if is_edge { 'e' } else { 'n' })
}

fn type_of(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Integer => "long",
        ColumnKind::Number => "double",
        ColumnKind::Boolean => "boolean",
        ColumnKind::Text | ColumnKind::Date | ColumnKind::List => "string",
    }
}

/// Returns the position of a node among those of all kinds.
fn position(graph: &Graph, node: Node) -> usize {
    let before = NodeKind::ALL.iter().take_while(|&&kind| kind != node.kind());
    before.map(|&kind| graph.node_count_of(kind)).sum::<usize>() + node.index()
}
