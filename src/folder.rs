//! Reads the files of a folder in parallel, in order (feature `folder`).

use crate::corpus::{Corpus, Duplicate};
use crate::error::{Error, ErrorKind};
use crate::lexicon::Lexicon;
use crate::model::Record;
use crate::read::read;
use crate::split::split;
use crate::text::{Source, is_document};
use rayon::prelude::*;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::{fmt, fs, iter};
use walkdir::{DirEntry, WalkDir};

/// Maximum size of a file in bytes. Decoding makes it at most three times as long, which a span
/// still counts in 32 bits.
const MAX_FILE: u64 = 1 << 30;

/// Maximum size of the files of a batch, in bytes. A batch is read before its first result is
/// returned.
const MAX_BATCH: u64 = 8 << 20;

/// Bytes added to the size of each file of a batch, which bounds a batch of empty files.
const FILE_OVERHEAD: u64 = 4 << 10;

/// The files of a folder (文件夹) and its subfolders.
///
/// Every entry that is met is in exactly one of the four lists. Files and folders with a leading dot,
/// links to folders, and devices, pipes and sockets are skipped; links to files are read. No file is
/// opened before it is read, and only regular files are.
///
/// ```
/// use policygraph::Lexicon;
/// use policygraph::folder::Folder;
///
/// let lexicon = Lexicon::builtin();
/// let folder = Folder::open("data/seeds")?;
/// let mut loaded = folder.corpus(lexicon);
/// let graph = loaded.corpus.graph(lexicon);
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
    /// Entries that are not read whatever their extension, with the reason.
    pub skipped: Vec<Skipped>,
    /// Errors of entries that cannot be listed: links to nothing, names that are not Unicode,
    /// folders without permission.
    pub errors: Vec<Error>,
}

/// An entry of a folder that is not read.
///
/// ```
/// use policygraph::folder::{Folder, SkipReason};
///
/// # let root = tempfile::tempdir().unwrap();
/// # std::fs::create_dir(root.path().join(".git")).unwrap();
/// # std::fs::write(root.path().join(".git/notes.txt"), "一、加强监管").unwrap();
/// let folder = Folder::open(&root)?;
/// let [git] = &folder.skipped[..] else { unreachable!() };
/// assert!(git.path.ends_with(".git"));
/// assert_eq!((git.reason, git.reason.to_string().as_str()), (SkipReason::Hidden, "hidden"));
/// # Ok::<(), policygraph::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Path of the entry.
    pub path: PathBuf,
    /// Reason why it is not read.
    pub reason: SkipReason,
}

/// Reason why an entry of a folder is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// The name has a leading dot. The entries of a hidden folder are not listed.
    Hidden,
    /// A link to a folder. Its entries are listed where the folder is, so that none is read twice
    /// and a loop ends.
    LinkToFolder,
    /// A device, pipe or socket, or a link to one. Reading it may never end.
    Special,
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SkipReason::Hidden => "hidden",
            SkipReason::LinkToFolder => "a link to a folder",
            SkipReason::Special => "a device, pipe or socket",
        })
    }
}

/// A file that holds one document, or several ([`read_all`](File::read_all)).
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

/// The corpus of a folder: [`Folder::corpus`].
///
/// ```
/// use policygraph::Lexicon;
/// use policygraph::folder::Folder;
///
/// let loaded = Folder::open("data/seeds")?.corpus(Lexicon::builtin());
/// assert_eq!(loaded.corpus.len(), 5);
/// assert!(loaded.duplicates.is_empty() && loaded.errors.is_empty());
/// # Ok::<(), policygraph::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Loaded {
    /// Records of the files, each document once.
    pub corpus: Corpus,
    /// Records that were left out, by key: the same document as a fuller one.
    pub duplicates: Vec<Duplicate>,
    /// Errors of files that cannot be read, in the order of the files.
    pub errors: Vec<Error>,
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
        let mut entries = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if is_hidden(&entry) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                    folder.skip(entry.into_path(), SkipReason::Hidden);
                }
                // Its entries follow.
                Ok(entry) if entry.file_type().is_dir() => {}
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

    /// Reads all files, one document each, into a corpus in which a document that several files
    /// contain counts once ([`Corpus::merge_duplicates`]).
    ///
    /// ```
    /// use policygraph::Lexicon;
    /// use policygraph::folder::Folder;
    ///
    /// # let root = tempfile::tempdir().unwrap();
    /// let text = "某某市教育局关于规范校外培训的通知\n某教发〔2025〕7号\n一、公开收费标准。";
    /// std::fs::write(root.path().join("notice.txt"), text).unwrap();
    /// std::fs::write(root.path().join("notice.md"), format!("# {text}\n二、加强巡查。")).unwrap();
    ///
    /// let loaded = Folder::open(&root)?.corpus(Lexicon::builtin());
    /// assert_eq!(loaded.corpus.iter().map(|record| &record.key).collect::<Vec<_>>(), ["notice.md"]);
    /// assert_eq!(loaded.duplicates[0].key, "notice.txt");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn corpus(&self, lexicon: &Lexicon) -> Loaded {
        let mut loaded = Loaded::default();
        for read in self.map(|file| file.read(lexicon)) {
            match read {
                Ok(record) => drop(loaded.corpus.insert(record)),
                Err(error) => loaded.errors.push(error),
            }
        }
        loaded.duplicates = loaded.corpus.merge_duplicates();
        loaded
    }

    fn add(&mut self, root: &Path, path: PathBuf) {
        let metadata = match fs::metadata(&path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(metadata) if metadata.is_dir() => {
                return self.skip(path, SkipReason::LinkToFolder);
            }
            Ok(_) => return self.skip(path, SkipReason::Special),
            Err(error) => return self.unreadable(&path, error),
        };
        if !is_document(&path.to_string_lossy()) {
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

    fn skip(&mut self, path: PathBuf, reason: SkipReason) {
        self.skipped.push(Skipped { path, reason });
    }

    fn unreadable(&mut self, path: &Path, error: impl Into<std::io::Error>) {
        self.errors.push(Error::io(place(path), "cannot be read", error));
    }
}

impl File {
    /// Reads the document in the format of its extension, as [`Source::from_bytes`] does.
    ///
    /// Malformed bytes become U+FFFD, with a note at the first one. Fails with the reason if the
    /// file cannot be read, is not a regular file, is larger than 1 GiB, is empty, is not text, or is
    /// HTML without the feature `html`.
    ///
    /// A file of 0 bytes or more than 1 GiB is not opened: files of kernel interfaces, such as
    /// `/proc/kmsg`, give their size as 0 and may never end.
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

    /// Reads all documents of the file, those into which [`split`](crate::split()) parts its text.
    ///
    /// The first has the key of the file, the second `<key>#2`, and so on. A file of one document
    /// gives the record of [`read`](File::read), which reads several as one, with a note.
    ///
    /// Fails as [`read`](File::read) does.
    ///
    /// ```
    /// use policygraph::Lexicon;
    /// use policygraph::folder::Folder;
    ///
    /// let folder = Folder::open("data/seeds")?;
    /// let digest = &folder.files[0];
    /// let records = digest.read_all(Lexicon::builtin())?;
    /// assert_eq!(records.len(), 9);
    /// assert_eq!(records[7].key, "digest-2025-06.txt#8");
    /// assert_eq!(records[7].issuers[0].value, "辽宁省医疗保障局");
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn read_all(&self, lexicon: &Lexicon) -> Result<Vec<Record>, Error> {
        let parts = split(lexicon, self.source()?);
        let key = |n: usize| match n {
            1 => self.key.clone(),
            n => format!("{}#{n}", self.key),
        };
        Ok((1..).zip(parts).map(|(n, part)| read(lexicon, &key(n), part)).collect())
    }

    fn source(&self) -> Result<Source, Error> {
        let place = || place(&self.path);
        let unsupported = |why: String| Error::new(ErrorKind::UnsupportedFormat, place(), why);
        let bytes = match bytes(&self.path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let why = "is larger than 1 GiB: split it into its documents";
                return Err(unsupported(why.into()));
            }
            Err(error) => return Err(Error::io(place(), "cannot be read", error)),
        };
        Source::from_bytes(&self.key, &bytes).map_err(|error| error.at(place()))
    }
}

/// Returns the content of a regular file; `None` if it is larger than [`MAX_FILE`].
///
/// At most `MAX_FILE` + 1 bytes are read, also if the file grows meanwhile.
fn bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    if metadata.len() == 0 || metadata.len() > MAX_FILE {
        return Ok((metadata.len() == 0).then(Vec::new));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).map_or(0, |len| len + 1));
    fs::File::open(path)?.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MAX_FILE).then_some(bytes))
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

/// Returns a path for messages, with bytes that are not Unicode as `\xB4`.
fn place(path: &Path) -> String {
    let mut place = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        place += chunk.valid();
        chunk.invalid().iter().for_each(|byte| place += &format!("\\x{byte:02X}"));
    }
    place
}
