//! A page that shows the documents of a graph and each fact in the words that state it. Feature `report`.
//!
//! The page is one HTML file that opens without a server and fetches nothing: styles and script are
//! inside, and its Content-Security-Policy allows no others. Labels are Chinese and English, with a
//! switch; texts of documents are escaped. Past [`Options::max_documents`] documents, [`save`] writes
//! a folder of pages in place of one.
//!
//! Each view and each node has an address, which is its key ([`Graph::key`]):
//! `report.html#measure:sx-2025/11`. `#document:sx-2025@1203-1218` marks the bytes 1203 to 1218 of
//! the text of a document. Without script the page is a long document with a table of contents; with
//! script it shows the addressed view alone.
//!
//! ```
//! use policygraph::report::{self, Options};
//! use policygraph::similar::Index;
//! use policygraph::{Lexicon, builtin};
//!
//! let index = Index::new(builtin(), Lexicon::builtin());
//! let page = report::html(&index, &Options::default());
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! assert!(page.contains(r##"<a href="#measure:sx-2025/11""##));
//! ```

mod address;
mod page;
mod kit;
mod views;
mod shell;

pub use address::fragment;

use crate::container;
use crate::error::Error;
use crate::graph::Graph;
use crate::model::Date;
use crate::model::terms::terms;
use crate::parallel;
use crate::similar::Index;
use kit::{Derived, Report};
use page::Page;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

terms! {
    /// The language of the labels when a page opens.
    ///
    /// ```
    /// use policygraph::report::Language;
    ///
    /// assert_eq!("中文".parse::<Language>()?, Language::Chinese);
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub enum Language {
        /// Chinese.
        Chinese = "zh" "中文",
        /// English.
        English = "en" "英文",
    }
}

/// Options of a report.
///
/// ```
/// use policygraph::report::{Language, Options};
///
/// let options = Options { language: Language::English, ..Options::default() };
/// assert_eq!(options.max_documents, 300);
/// ```
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// Heading of the report.
    pub title: Option<String>,
    /// Language of the labels when the page opens. The default is Chinese.
    pub language: Language,
    /// Day for which the page shows the status of documents when it opens. The default is the last
    /// day on which a document of the graph was issued.
    pub day: Option<Date>,
    /// An older graph of the documents; the page then lists the changes since.
    pub older: Option<&'a Graph>,
    /// Files that could not be read, each with the reason.
    pub unread: Vec<String>,
    /// Maximum number of documents on one page. The default is 300.
    pub max_documents: usize,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            title: None,
            language: Language::Chinese,
            day: None,
            older: None,
            unread: Vec::new(),
            max_documents: 300,
        }
    }
}

/// Returns the page of a graph and its index, whatever the number of documents.
///
/// The same graph and options give the same bytes.
pub fn html(index: &Index<&Graph>, options: &Options<'_>) -> String {
    let mut out = Vec::new();
    write(index, options, &mut out).expect("memory takes any bytes");
    String::from_utf8(out).expect("markup is UTF-8")
}

/// Writes the page that [`html`] returns, view by view.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): the writer fails.
///
/// ```
/// use policygraph::report::{self, Options};
/// use policygraph::similar::Index;
/// use policygraph::{Lexicon, builtin};
///
/// let index = Index::new(builtin(), Lexicon::builtin());
/// let mut out = Vec::new();
/// report::write(&index, &Options::default(), &mut out)?;
/// assert!(out.ends_with(b"</html>\n"));
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn write(
    index: &Index<&Graph>,
    options: &Options<'_>,
    mut out: impl Write,
) -> Result<(), Error> {
    shell::write_single(index, options, &mut out).map_err(Error::not_written)
}

/// Saves the report at `path`: one file, or past [`Options::max_documents`] documents a folder.
///
/// A folder has a page for each view, for each document with its measures, and for each hundred nodes of
/// another kind; its first page is `index.html`, and styles and script are files that the pages share. The
/// page of a document has the name of its key, with `_` and a checksum for characters that not every
/// file system takes. Each file replaces an older one when it is complete, `index.html` the last; other
/// files of the folder stay.
///
/// # Errors
///
/// [`Io`](crate::ErrorKind::Io): a file or folder cannot be created, written or replaced.
///
/// ```
/// use policygraph::report::{self, Options};
/// use policygraph::similar::Index;
/// use policygraph::{Lexicon, builtin};
///
/// let folder = tempfile::tempdir().unwrap();
/// let index = Index::new(builtin(), Lexicon::builtin());
/// report::save(&index, &Options::default(), folder.path().join("report.html"))?;
///
/// let pages = folder.path().join("report");
/// report::save(&index, &Options { max_documents: 10, ..Options::default() }, &pages)?;
/// assert!(pages.join("index.html").exists() && pages.join("d-sx-2025.html").exists());
/// # Ok::<(), policygraph::Error>(())
/// ```
pub fn save(
    index: &Index<&Graph>,
    options: &Options<'_>,
    path: impl AsRef<Path>,
) -> Result<(), Error> {
    let path = path.as_ref();
    if index.graph().documents().len() <= options.max_documents {
        return save_file(path, |out| shell::write_single(index, options, out));
    }
    let uncreated = |error| Error::io(path.display().to_string(), "not created", error);
    fs::create_dir_all(path).map_err(uncreated)?;
    for (name, content) in shell::shared_files() {
        save_file(&path.join(name), |out| out.write_all(content.as_bytes()))?;
    }
    let derived = Derived::new(index);
    let report = Report::new(index, &derived, options, Page::Whole);
    let save_page = |&page: &Page| {
        let name = page.file(index.graph());
        save_file(&path.join(name), |out| shell::write_page(Report { page, ..report }, out))
    };
    let pages: Vec<Page> = shell::pages(index.graph()).collect();
    let Some((first, others)) = pages.split_last() else { return Ok(()) };
    parallel::map(others, save_page).into_iter().collect::<Result<(), Error>>()?;
    save_page(first)
}

fn save_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    container::save(path, |mut out| {
        write(&mut out)?;
        out.flush()
    })
}
