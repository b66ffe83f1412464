//! Tables and files for other programs: spreadsheets, statistics, databases, graph tools, triple stores.
//!
//! [`tables`] returns a graph as tables, without copying it: one for each kind of node, one for each
//! kind of edge, and those of texts, dates, classes of bodies, modality, notes and provenance. Columns have
//! a type, an English name and a Chinese term. Keys are those of [`Graph::key`](crate::Graph::key).
//! Each edge has its evidence: the document, the span, the quoted words, and the rule, or the method
//! and the score. Rows are made while they are read.
//!
//! ```
//! use policygraph::export;
//!
//! let tables = export::tables(policygraph::builtin());
//! let table = tables.get("responsible").unwrap();
//! let columns: Vec<_> = table.columns().iter().map(|column| column.name).collect();
//! assert_eq!(columns[..3], ["source", "target", "role"]);
//! let row = table.rows().next().unwrap();
//! assert_eq!(row[0].to_string(), "measure:sx-2025/1");
//! ```
//!
//! A file is written by the module of its format, each with its feature: `csv` (also for Neo4j),
//! `xlsx`, `sqlite`, `parquet`, `rdf` (Turtle, N-Quads, JSON-LD), `graphml`, `akn`. Each has a
//! function that writes to a writer and one that saves a file: it is written beside the old file,
//! which it replaces when it is complete. [`dot`] needs no feature.
//!
//! The order of tables, columns and rows is fixed: equal graphs give equal bytes. `docs/export.md`
//! lists every table and column, and how to load them.

mod column;
mod value;
mod table;
mod nodes;
mod edges;
mod facts;
mod tables;
#[cfg(any(feature = "graphml", feature = "akn"))]
mod xml;

#[cfg(feature = "akn")]
pub mod akn;
#[cfg(feature = "csv")]
pub mod csv;
pub mod dot;
#[cfg(feature = "graphml")]
pub mod graphml;
#[cfg(feature = "parquet")]
pub mod parquet;
#[cfg(feature = "rdf")]
pub mod rdf;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "xlsx")]
pub mod xlsx;

pub use column::{Column, ColumnKind};
pub use table::{Row, Rows, Table, TableKind};
pub use tables::{Tables, tables};
pub use value::Value;
