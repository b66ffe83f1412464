//! Linked data: Turtle, N-Quads and JSON-LD. Feature `rdf`.
//!
//! Terms are those of [ELI](https://op.europa.eu/en/web/eu-vocabularies/eli) 1.5 for documents,
//! measures and policies, [ORG](https://www.w3.org/TR/vocab-org/) for agencies,
//! [SKOS](https://www.w3.org/TR/skos-reference/) for products, [PROV](https://www.w3.org/TR/prov-o/)
//! for provenance and [Web Annotation](https://www.w3.org/TR/annotation-vocab/) for spans; the others
//! are in `data/vocab.ttl`. A document carries out a policy by `eli:applies`: `eli:implements` is
//! deprecated.
//!
//! There are no blank nodes: the IRI of a node is the base and the [key](Graph::key) of the node.
//! Each edge that a text states or a method derived is also a statement (`rdf:Statement`), with the
//! rule or the method and the score, and an annotation (`oa:Annotation`) leads to its words.
//!
//! ```
//! use policygraph::export::{self, rdf::{self, RdfFormat, RdfOptions}};
//!
//! let tables = export::tables(policygraph::builtin());
//! let mut out = Vec::new();
//! rdf::write(&tables, RdfFormat::Turtle, &RdfOptions::default(), &mut out)?;
//! let turtle = String::from_utf8(out).unwrap();
//! assert!(turtle.contains("<urn:policygraph:document:sx-2025> a eli:LegalResource"));
//! # Ok::<(), policygraph::Error>(())
//! ```

mod nodes;
mod sink;
mod sorted;
mod statements;
mod terms;

use super::Tables;
use crate::container;
use crate::error::{Error, ErrorKind};
use crate::model::Date;
use oxjsonld::JsonLdSerializer;
use oxrdf::{GraphNameRef, NamedNode, TripleRef};
use oxttl::TurtleSerializer;
use sink::Sink;
use sorted::SortedLines;
use std::io::{self, Write};
use std::path::Path;
use terms::{Names, PREFIXES};

#[cfg(doc)]
use crate::graph::Graph;

/// A serialization of RDF.
///
/// ```
/// use policygraph::export::rdf::RdfFormat;
///
/// assert_eq!(RdfFormat::Turtle.extension(), "ttl");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RdfFormat {
    /// Turtle, with prefixes.
    Turtle,
    /// Canonical N-Quads: a line for each triple, sorted, without repeats. Lines of more than 8 MB
    /// are sorted in a temporary file as large as the output.
    NQuads,
    /// JSON-LD, with a context of prefixes.
    JsonLd,
}

impl RdfFormat {
    /// Returns the usual ending of a file name: `ttl`, `nq`, `jsonld`.
    pub const fn extension(self) -> &'static str {
        match self {
            RdfFormat::Turtle => "ttl",
            RdfFormat::NQuads => "nq",
            RdfFormat::JsonLd => "jsonld",
        }
    }
}

/// Options of linked data.
///
/// ```
/// use policygraph::export::rdf::RdfOptions;
///
/// let options = RdfOptions { base: "https://data.example.org/id/".into(), ..RdfOptions::default() };
/// assert_eq!(options.as_of, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RdfOptions {
    /// Start of the IRI of each node, before its key: `urn:policygraph:`, or `https://…/` of a site
    /// that serves the nodes.
    pub base: String,
    /// Day for which `eli:in_force` is given; without it no document has `eli:in_force`, and on it
    /// none whose status is unknown.
    pub as_of: Option<Date>,
}

impl Default for RdfOptions {
    fn default() -> Self {
        RdfOptions { base: "urn:policygraph:".into(), as_of: None }
    }
}

/// Writes the graph of the tables as linked data.
///
/// Turtle and JSON-LD are streamed, N-Quads sorted in parts. Not in it are modality, roles of classes
/// of bodies (only the classes), and notes.
///
/// # Errors
///
/// * [`InvalidInput`](ErrorKind::InvalidInput): the base is not the start of an absolute IRI.
/// * [`Io`](ErrorKind::Io): the writer fails.
///
/// ```
/// use policygraph::ErrorKind;
/// use policygraph::export::{self, rdf::{self, RdfFormat, RdfOptions}};
///
/// let tables = export::tables(policygraph::builtin());
/// let mut out = Vec::new();
/// rdf::write(&tables, RdfFormat::NQuads, &RdfOptions::default(), &mut out)?;
/// let lines = String::from_utf8(out).unwrap();
/// assert!(lines.lines().is_sorted());
/// assert!(lines.contains("<http://data.europa.eu/eli/ontology#applies> \
///     <urn:policygraph:policy:国办发〔2024〕53号> ."));
///
/// let options = RdfOptions { base: "no iri".into(), ..RdfOptions::default() };
/// let error = rdf::write(&tables, RdfFormat::Turtle, &options, Vec::new()).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidInput);
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn write(
    tables: &Tables<'_>,
    format: RdfFormat,
    options: &RdfOptions,
    out: impl Write,
) -> Result<(), Error> {
    check(options)?;
    serialize(tables, format, options, out).map_err(Error::not_written)
}

/// Saves a file as [`write()`] makes it. A file at `path` is replaced when the new one is complete.
///
/// # Errors
///
/// Those of [`write()`], and if the file cannot be created or replaced.
///
/// ```
/// use policygraph::export::{self, rdf::{self, RdfFormat, RdfOptions}};
///
/// let folder = tempfile::tempdir().unwrap();
/// let tables = export::tables(policygraph::builtin());
/// let path = folder.path().join("policies.jsonld");
/// rdf::save(&tables, RdfFormat::JsonLd, &RdfOptions::default(), path)?;
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn save(
    tables: &Tables<'_>,
    format: RdfFormat,
    options: &RdfOptions,
    path: impl AsRef<Path>,
) -> Result<(), Error> {
    check(options)?;
    container::save(path.as_ref(), |out| serialize(tables, format, options, out))
}

fn check(options: &RdfOptions) -> Result<(), Error> {
    NamedNode::new(format!("{}document:x", options.base)).map(|_| ()).map_err(|error| {
        let message = "is not the start of an absolute IRI; give one as urn:policygraph:";
        Error::new(ErrorKind::InvalidInput, options.base.as_str(), message).with_source(error)
    })
}

fn serialize(
    tables: &Tables<'_>,
    format: RdfFormat,
    options: &RdfOptions,
    mut out: impl Write,
) -> io::Result<()> {
    match format {
        RdfFormat::Turtle => {
            let mut turtle = TurtleSerializer::new();
            for (prefix, iri) in PREFIXES {
                turtle = turtle.with_prefix(prefix, iri).map_err(io::Error::other)?;
            }
            let mut turtle = turtle.for_writer(&mut out);
            triples(tables, options, &mut |triple| turtle.serialize_triple(triple))?;
            turtle.finish()?;
        }
        RdfFormat::JsonLd => {
            let mut json = JsonLdSerializer::new();
            for (prefix, iri) in PREFIXES {
                json = json.with_prefix(prefix, iri).map_err(io::Error::other)?;
            }
            let mut json = json.for_writer(&mut out);
            triples(tables, options, &mut |triple| {
                json.serialize_quad(triple.in_graph(GraphNameRef::DefaultGraph))
            })?;
            json.finish()?;
        }
        RdfFormat::NQuads => {
            let mut lines = SortedLines::new();
            triples(tables, options, &mut |triple| lines.push(format_args!("{triple} .")))?;
            lines.write(&mut out)?;
        }
    }
    out.flush()
}

/// Calls `each` with every triple, in the order of the tables.
fn triples(
    tables: &Tables<'_>,
    options: &RdfOptions,
    each: &mut dyn FnMut(TripleRef<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let names = Names { base: &options.base };
    let mut sink = Sink::new(each);
    nodes::provenance(tables, names, &mut sink)?;
    nodes::write(tables.graph(), names, options.as_of, &mut sink)?;
    statements::write(tables.graph(), names, &mut sink)
}
