//! Reads the files of a folder in parallel, in order (feature `folder`).

use crate::error::{Error, ErrorKind};
use crate::lexicon::Lexicon;
use crate::model::Record;
use crate::read::read;
use crate::text::{Format, Source};
use rayon::prelude::*;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, iter};
use walkdir::{DirEntry, WalkDir};

/// Maximum size of a file in bytes. Decoding makes it at most three times as long, which a span
/// still counts in 32 bits.
const MAX_FILE: u64 = 1 << 30;

/// Maximum size of the files of a batch, in bytes. A batch is read before its first result is
/// returned.
const MAX_BATCH: u64 = 8 << 20;

/// Bytes added to the size of each file of a batch, which bounds a batch of empty files.
const FILE_OVERHEAD: u64 = 4 << 10;

/// First bytes of files that are not text whatever their extension, with the name of the format.
const BINARY: [(&[u8], &str); 4] = [
    (b"%PDF-", "a PDF"),
    (b"\xD0\xCF\x11\xE0", "an Office document"),
    (b"PK\x03\x04", "a ZIP archive, as docx and ofd are"),
    (b"{\\rtf", "an RTF document"),
];

/// The files of a folder (文件夹) and its subfolders.
///
/// Files and folders with a leading dot are left out. Links to files are read; links to folders are
/// not followed.
///
/// ```
/// use policygraph::folder::Folder;
/// use policygraph::{Corpus, Lexicon};
///
/// let lexicon = Lexicon::builtin();
/// let folder = Folder::open("data/seeds")?;
/// let mut corpus = folder.map(|file| file.read(lexicon)).collect::<Result<Corpus, _>>()?;
/// let graph = corpus.graph(lexicon);
/// let measure = graph.measure("nm-2025-18.txt/7").unwrap();
/// assert_eq!(measure.document().number(), Some("内药监发〔2025〕18号"));
///
/// assert!(folder.others[0].ends_with("manifest.json"));
/// # Ok::<(), policygraph::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Folder {
    /// Files of a format that can be read, by key: text, markdown and HTML.
    pub files: Vec<File>,
    /// Files with other extensions, which are not read.
    pub others: Vec<PathBuf>,
    /// Errors of entries that could not be listed.
    pub errors: Vec<Error>,
}

/// A file that holds one document.
///
/// ```
/// let folder = policygraph::folder::Folder::open("data")?;
/// let file = folder.files.iter().find(|file| file.key == "seeds/sx-2025.txt").unwrap();
/// assert!(file.path.ends_with("data/seeds/sx-2025.txt") && file.bytes > 10_000);
/// # Ok::<(), policygraph::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Key of its record: the path in the folder, with `/` between names and with the extension, so
    /// that it is unique in the folder.
    pub key: String,
    /// Path of the file.
    pub path: PathBuf,
    /// Size in bytes when the folder was listed.
    pub bytes: u64,
}

impl Folder {
    /// Lists a folder and its subfolders, without opening a file.
    ///
    /// Fails if `root` is not a folder. An entry in it that cannot be listed becomes one of the
    /// [`errors`](Folder::errors).
    pub fn open(root: impl AsRef<Path>) -> Result<Folder, Error> {
        let root = root.as_ref();
        if !root.is_dir() {
            return Err(Error::new(ErrorKind::Io, place(root), "is not a folder"));
        }
        let mut folder = Folder::default();
        let entries = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
            match entry {
                Ok(entry) => folder.add(root, entry.into_path()),
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    folder.unreadable(&path, error);
                }
            }
        }
        folder.files.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        Ok(folder)
    }

    /// Calls `work` on each file and returns the results in the order of the files, for any number of
    /// threads.
    ///
    /// Runs on the threads of the rayon pool in which the iterator is advanced, in batches of up to
    /// 8 MB of files. Memory is bounded by the results of a batch.
    ///
    /// ```
    /// use policygraph::Lexicon;
    /// use policygraph::folder::Folder;
    ///
    /// let folder = Folder::open("data/seeds")?;
    /// let measures = folder.map(|file| {
    ///     let record = file.read(Lexicon::builtin())?;
    ///     Ok(format!("{} {}", file.key, record.measures.len()))
    /// });
    /// let lines: Vec<String> = measures.collect::<Result<_, policygraph::Error>>()?;
    /// assert_eq!(lines[2], "nm-2025-18.txt 16");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn map<'f, T: Send + 'f>(
        &'f self,
        work: impl Fn(&'f File) -> T + Sync + 'f,
    ) -> impl Iterator<Item = T> + 'f {
        let mut rest = &self.files[..];
        let batches = iter::from_fn(move || {
            let (batch, after) = rest.split_at_checked(batch(rest)?)?;
            rest = after;
            Some(batch.par_iter().map(&work).collect::<Vec<T>>())
        });
        batches.flatten()
    }

    fn add(&mut self, root: &Path, path: PathBuf) {
        let metadata = match fs::metadata(&path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return,
            Err(error) => return self.unreadable(&path, error),
        };
        if Format::of(&path.to_string_lossy()).is_none() {
            return self.others.push(path);
        }
        match key(root, &path) {
            Some(key) => self.files.push(File { key, path, bytes: metadata.len() }),
            None => self.errors.push(Error::new(
                ErrorKind::Io,
                place(&path),
                "has a name that is not Unicode",
            )),
        }
    }

    fn unreadable(&mut self, path: &Path, error: impl Into<std::io::Error>) {
        self.errors.push(Error::io(place(path), "cannot be read", error));
    }
}

impl File {
    /// Reads the document in the format of its extension, as [`Source::file`] does.
    ///
    /// Malformed bytes become U+FFFD, with a note at the first one. Fails with the reason if the
    /// file cannot be read, is larger than 1 GiB, is empty, is not text, or is HTML without the
    /// feature `html`.
    ///
    /// ```
    /// use policygraph::Lexicon;
    /// use policygraph::folder::Folder;
    ///
    /// let folder = Folder::open("data/seeds")?;
    /// let record = folder.files[2].read(Lexicon::builtin())?;
    /// assert_eq!(record.number.unwrap().value, "内药监发〔2025〕18号");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn read(&self, lexicon: &Lexicon) -> Result<Record, Error> {
        Ok(read(lexicon, &self.key, self.source()?))
    }

    fn source(&self) -> Result<Source, Error> {
        let place = || place(&self.path);
        let unsupported = |why: String| Error::new(ErrorKind::UnsupportedFormat, place(), why);
        if self.bytes > MAX_FILE {
            return Err(unsupported("is larger than 1 GiB: split it into its documents".into()));
        }
        let bytes =
            fs::read(&self.path).map_err(|error| Error::io(place(), "cannot be read", error))?;
        if let Some((_, kind)) = BINARY.iter().find(|(start, _)| bytes.starts_with(start)) {
            return Err(unsupported(format!("is {kind}, not text: extract its text first")));
        }
        let source = Source::file(&self.key, &bytes)?;
        match defect(&source.text) {
            Some(why) => Err(unsupported(why)),
            None => Ok(source),
        }
    }
}

/// Returns the reason why `text` cannot be a document; `None` if it can.
fn defect(text: &str) -> Option<String> {
    let chars = text.chars().count();
    let bad = text.chars().filter(|&c| is_bad(c)).count();
    if bad > chars / 10 {
        return Some(format!(
            "is not text: {bad} of {chars} characters are malformed or control characters"
        ));
    }
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    text.chars().all(blank).then(|| "is empty".to_owned())
}

/// Returns true for U+FFFD and for control characters: text contains few or none.
fn is_bad(c: char) -> bool {
    c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace())
}

/// Returns the number of files in the next batch, at least one; `None` if no file is left.
fn batch(files: &[File]) -> Option<usize> {
    let mut bytes = 0;
    let fits = files.iter().take_while(|file| {
        bytes += file.bytes + FILE_OVERHEAD;
        bytes <= MAX_BATCH
    });
    let fits = fits.count().max(1);
    (!files.is_empty()).then_some(fits)
}

fn key(root: &Path, path: &Path) -> Option<String> {
    let names = path.strip_prefix(root).ok()?.iter().map(OsStr::to_str);
    names.collect::<Option<Vec<_>>>().map(|names| names.join("/"))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn place(path: &Path) -> String {
    path.display().to_string()
}
