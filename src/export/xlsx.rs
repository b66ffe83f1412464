//! A workbook for offices (Excel, LibreOffice, WPS). Feature `xlsx`.
//!
//! Its sheets are those that a person works with, not one for each table: 说明, 文件 (documents),
//! 措施 (measures), 职责 (duties), 时限 (deadlines), 指标 (targets), 引用 (citations), 落实 (coverage
//! of a policy's articles by the documents that implement it). Captions are in Chinese and English, heads
//! are frozen and have filters, texts are wrapped, days are dates and figures are numbers. Each fact
//! links to its measure.
//!
//! ```
//! use policygraph::{Lexicon, builtin, export::xlsx};
//!
//! let mut workbook = Vec::new();
//! xlsx::write(builtin(), Lexicon::builtin(), &mut workbook)?;
//! assert!(workbook.starts_with(b"PK"));
//! # Ok::<(), policygraph::Error>(())
//! ```

mod cell;
mod coverage;
mod sheet;
mod sheets;

use crate::container;
use crate::error::{Error, ErrorKind};
use crate::graph::{EdgeKind, Graph};
use crate::lexicon::Lexicon;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

/// Maximum number of rows of a sheet below its head.
const MAX_ROWS: usize = 1_048_575;

/// Writes the workbook.
///
/// Rows go to temporary files while they are made, so that the workbook is not held in memory. A text
/// longer than a cell holds (32,767 characters) is cut and ends with `…（截断）`.
///
/// # Errors
///
/// * [`InvalidInput`](ErrorKind::InvalidInput): a sheet would have more than 1,048,575 rows.
/// * [`Io`](ErrorKind::Io): the writer or a temporary file fails. If the disk of temporary files is
///   full, the message of a caught panic comes before the error.
///
/// ```
/// use policygraph::{Corpus, Lexicon, export::xlsx};
///
/// let empty = Corpus::new().graph(Lexicon::builtin());
/// let mut workbook = Vec::new();
/// xlsx::write(&empty, Lexicon::builtin(), &mut workbook)?; // sheets with heads alone
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn write(graph: &Graph, lexicon: &Lexicon, out: impl Write + Send) -> Result<(), Error> {
    check(graph)?;
    workbook(graph, lexicon, out).map_err(Error::not_written)
}

/// Saves the workbook as [`write()`] makes it. A file at `path` is replaced when the new one is
/// complete.
///
/// # Errors
///
/// Those of [`write()`], and if the file cannot be created or replaced.
///
/// ```
/// use policygraph::{Lexicon, builtin, export::xlsx};
///
/// let folder = tempfile::tempdir().unwrap();
/// xlsx::save(builtin(), Lexicon::builtin(), folder.path().join("policies.xlsx"))?;
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn save(graph: &Graph, lexicon: &Lexicon, path: impl AsRef<Path>) -> Result<(), Error> {
    check(graph)?;
    container::save(path.as_ref(), |mut out| {
        workbook(graph, lexicon, &mut out)?;
        out.flush()
    })
}

/// Checks that no sheet has more rows than a sheet holds.
fn check(graph: &Graph) -> Result<(), Error> {
    let of = |kinds: &[EdgeKind]| -> usize {
        let edges = graph.census().edges;
        edges.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, count)| count).sum()
    };
    let sheets = [
        ("measures", graph.measures().len()),
        ("duties", of(&[EdgeKind::Responsible]) + sheets::classes(graph)),
        ("deadlines", graph.deadlines().len()),
        ("targets", graph.targets().len()),
        ("citations", of(&sheets::CITATIONS)),
    ];
    match sheets.iter().find(|(_, rows)| *rows > MAX_ROWS) {
        None => Ok(()),
        Some((sheet, rows)) => {
            let message = format!(
                "has {rows} rows, and a sheet holds {MAX_ROWS}; export to CSV, Parquet or SQLite"
            );
            Err(Error::new(ErrorKind::InvalidInput, format!("sheet of {sheet}"), message))
        }
    }
}

fn workbook(graph: &Graph, lexicon: &Lexicon, out: impl Write + Send) -> io::Result<()> {
    let write = || -> Result<(), XlsxError> {
        let mut workbook = Workbook::new();
        // A fixed day, as equal graphs give equal bytes.
        let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let title = "政策文件 Policy documents";
        let properties = DocProperties::new().set_title(title).set_creation_datetime(&day);
        workbook.set_properties(&properties);
        sheets::write(&mut workbook, graph, lexicon)?;
        coverage::write(&mut workbook, graph, lexicon)?;
        workbook.save_to_writer(out)
    };
    // rust_xlsxwriter panics if its temporary file cannot be written. Nothing that the panic
    // interrupts is used afterwards: the workbook is dropped, and the graph is only read.
    match panic::catch_unwind(AssertUnwindSafe(write)) {
        Ok(written) => written.map_err(|error| match error {
            XlsxError::IoError(error) => error,
            other => io::Error::other(other),
        }),
        Err(_) => Err(io::Error::other("a temporary file of the workbook cannot be written")),
    }
}
