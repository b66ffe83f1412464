//! `export`: the graph for other programs. A file is written whole or not at all.

use crate::cli::Format;
use crate::corpus::Loaded;
use crate::output::{Failure, report};
use policygraph::export::{self, akn, csv, graphml, parquet, rdf, sqlite, xlsx};
use policygraph::{Graph, Lexicon};
use std::fs;
use std::path::Path;

pub fn run(loaded: &Loaded, format: Format, output: &Path, force: bool) -> Result<(), Failure> {
    check_new(output, force)?;
    let tables = export::tables(loaded.graph);
    let linked = rdf::RdfOptions::default();
    match format {
        Format::Csv => csv::save_folder(&tables, output, &csv::CsvOptions::default()),
        Format::CsvExcel => csv::save_folder(&tables, output, &csv::CsvOptions { excel: true }),
        Format::Neo4j => csv::save_neo4j(&tables, output),
        Format::Xlsx => xlsx::save(loaded.graph, Lexicon::builtin(), output),
        Format::Sqlite => sqlite::save(&tables, output),
        Format::Parquet => parquet::save_folder(&tables, output),
        Format::Graphml => graphml::save(&tables, &graphml::GraphmlOptions::default(), output),
        Format::Turtle => rdf::save(&tables, rdf::RdfFormat::Turtle, &linked, output),
        Format::Nquads => rdf::save(&tables, rdf::RdfFormat::NQuads, &linked, output),
        Format::Jsonld => rdf::save(&tables, rdf::RdfFormat::JsonLd, &linked, output),
        Format::Akn => return akoma_ntoso(loaded.graph, output),
    }?;
    report(format_args!("wrote {}", output.display()));
    Ok(())
}

/// Writes a file for each document, by its key.
fn akoma_ntoso(graph: &Graph, folder: &Path) -> Result<(), Failure> {
    let unwritable = |error| Failure::new(format!("{}: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(unwritable)?;
    for document in graph.documents().map(|id| graph.at(id)) {
        // A key can be a path.
        let name = document.key().replace(['/', '\\'], "_");
        akn::save(document, folder.join(format!("{name}.xml")))?;
    }
    report(format_args!("wrote {} files in {}", graph.documents().len(), folder.display()));
    Ok(())
}

/// Fails if an output exists, so that nothing is replaced by accident.
pub fn check_new(output: &Path, force: bool) -> Result<(), Failure> {
    match output.exists() && !force {
        true => {
            Err(Failure::new(format!("{} exists: give --force to replace it", output.display())))
        }
        false => Ok(()),
    }
}
