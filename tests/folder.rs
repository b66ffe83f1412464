//! A folder is read into the same records on any number of threads, and files that cannot be read
//! do not stop the others.

#![cfg(feature = "folder")]

use std::fs;
use std::path::{Path, PathBuf};

use policygraph::folder::{File, Folder};
use policygraph::{Error, Lexicon, Record};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/seeds");

/// Makes a folder with these files and returns its path.
fn folder<'f>(name: &str, files: impl IntoIterator<Item = (&'f str, Vec<u8>)>) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).unwrap();
    for (key, bytes) in files {
        let path = root.join(key);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

fn text() -> String {
    fs::read_to_string(Path::new(SEEDS).join("nm-2025-18.txt")).unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn keys(folder: &Folder) -> Vec<&str> {
    folder.files.iter().map(|file| file.key.as_str()).collect()
}

fn read(folder: &Folder) -> Vec<Result<Record, Error>> {
    folder.map(|file| file.read(Lexicon::builtin())).collect()
}

/// Returns the records as JSON lines, and the errors.
fn lines(folder: &Folder, threads: usize) -> (String, Vec<String>) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (mut lines, mut errors) = (String::new(), Vec::new());
    for record in pool.install(|| read(folder)) {
        match record {
            Ok(record) => lines += &(serde_json::to_string(&record).unwrap() + "\n"),
            Err(error) => errors.push(error.to_string()),
        }
    }
    (lines, errors)
}

#[test]
fn records_are_the_same_on_any_number_of_threads() {
    let mut files = Vec::new();
    for seed in Folder::open(SEEDS).unwrap().files {
        let text = fs::read_to_string(&seed.path).unwrap();
        let gb18030 = encoding_rs::GB18030.encode(&text).0.into_owned();
        files.push((format!("gb18030/{}", seed.key), gb18030));
        files.push((format!("utf-16/{}", seed.key), utf16(&text)));
        files.push((format!("utf-8/{}", seed.key), text.into_bytes()));
        files.push((format!("broken/{}", seed.key), b"%PDF-1.7".to_vec()));
    }
    let files = files.iter().map(|(key, bytes)| (key.as_str(), bytes.clone()));
    let folder = Folder::open(folder("threads", files)).unwrap();
    let alone = lines(&folder, 1);
    assert_eq!((alone.0.lines().count(), alone.1.len()), (15, 5));
    for threads in [2, 5] {
        assert!(lines(&folder, threads) == alone, "{threads} threads");
    }

    let measures = |key: &str| {
        let at = folder.files.iter().position(|file| file.key == key).unwrap();
        folder.files[at].read(Lexicon::builtin()).unwrap().measures.len()
    };
    for encoding in ["gb18030", "utf-16", "utf-8"] {
        assert_eq!(measures(&format!("{encoding}/nm-2025-18.txt")), 16, "{encoding}");
    }
}

#[test]
fn results_of_several_batches_are_in_the_order_of_the_files() {
    let file = |n: u64| File {
        key: format!("{n:05}.txt"),
        path: PathBuf::new(),
        // Up to 1 MB; one in a thousand is larger than a batch.
        bytes: if n.is_multiple_of(1_000) { 100 << 20 } else { n * 7919 % (1 << 20) },
    };
    let folder = Folder { files: (0..5_000).map(file).collect(), ..Folder::default() };
    let made: Vec<&str> = folder.map(|file| file.key.as_str()).collect();
    assert_eq!(made, keys(&folder));
}

#[test]
fn a_file_that_is_not_text_is_an_error_and_does_not_stop_the_others() {
    let noise = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let files = [
        ("blank.txt", "\u{FEFF} \r\n\u{3000}".as_bytes().to_vec()),
        ("empty.txt", Vec::new()),
        ("good.txt", text().into_bytes()),
        ("noise.txt", noise),
        ("nul.txt", vec![0; 1_000]),
        ("office.txt", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()),
        ("page.html", b"%PDF-1.7 as servers send it".to_vec()),
        ("zip.md", b"PK\x03\x04".to_vec()),
    ];
    let root = folder("broken", files);
    fs::File::create(root.join("vast.txt")).unwrap().set_len((1 << 30) + 1).unwrap();
    let folder = Folder::open(&root).unwrap();
    fs::remove_file(root.join("nul.txt")).unwrap();

    let whys = [
        ("blank.txt", "is empty"),
        ("empty.txt", "is empty"),
        ("good.txt", ""),
        ("noise.txt", "is not text"),
        ("nul.txt", "cannot be read"),
        ("office.txt", "is an Office document"),
        ("page.html", "is a PDF"),
        ("vast.txt", "is larger than 1 GiB"),
        ("zip.md", "is a ZIP archive"),
    ];
    assert_eq!(keys(&folder), whys.map(|(key, _)| key));
    for ((key, why), record) in whys.into_iter().zip(read(&folder)) {
        match record {
            Ok(record) => assert_eq!((key, record.measures.len()), ("good.txt", 16)),
            Err(error) => {
                let start = format!("{}: {why}", root.join(key).display());
                assert!(error.to_string().starts_with(&start), "{error}");
            }
        }
    }
}

#[test]
fn a_damaged_file_is_read_with_a_note() {
    let text = text();
    let mut bytes = text.clone().into_bytes();
    let at = text.find("内药监发").unwrap();
    bytes[at] = 0xFF;
    let folder = Folder::open(folder("damaged", [("cut.txt", bytes)])).unwrap();
    let record = folder.files[0].read(Lexicon::builtin()).unwrap();
    let note = record.notes.iter().find(|note| note.message.contains("malformed")).unwrap();
    assert_eq!((note.span.start as usize, note.span.slice(&record.text)), (at, "\u{FFFD}"));
    assert!(record.notes.is_sorted_by_key(|note| note.span.start));
}

#[test]
fn a_key_is_the_path_in_the_folder() {
    let files = ["b/a.txt", "a.HTM", "a.txt", "a/1/c.md", ".git/a.txt", ".a.txt", "a.pdf", "c"];
    let root = folder("keys", files.map(|key| (key, b"x".to_vec())));
    let folder = Folder::open(&root).unwrap();
    assert_eq!(keys(&folder), ["a.HTM", "a.txt", "a/1/c.md", "b/a.txt"]);
    assert_eq!(folder.others, ["a.pdf", "c"].map(|name| root.join(name)));
    assert!(folder.errors.is_empty());

    let record = folder.files[2].read(Lexicon::builtin()).unwrap();
    assert_eq!(
        (record.key.as_str(), record.origin.file.as_deref()),
        ("a/1/c.md", Some("a/1/c.md"))
    );
    for missing in ["a.txt", "none"] {
        let error = Folder::open(root.join(missing)).unwrap_err();
        assert!(error.to_string().ends_with("is not a folder"), "{error}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn links_to_folders_are_not_followed() {
    use std::ffi::OsStr;
    use std::os::unix::{ffi::OsStrExt, fs::symlink};

    let root = folder("links", [("a/a.txt", b"x".to_vec())]);
    symlink(&root, root.join("a/round.txt")).unwrap();
    symlink(root.join("a/a.txt"), root.join("b.txt")).unwrap();
    symlink("nowhere", root.join("c.txt")).unwrap();
    fs::write(root.join(OsStr::from_bytes(b"\xB4\xEB.txt")), "x").unwrap();

    let folder = Folder::open(&root).unwrap();
    assert_eq!(keys(&folder), ["a/a.txt", "b.txt"]);
    let errors: Vec<String> = folder.errors.iter().map(Error::to_string).collect();
    let [broken, name] = &errors[..] else { panic!("{errors:?}") };
    assert!(broken.contains("c.txt: cannot be read"), "{broken}");
    assert!(name.ends_with("has a name that is not Unicode"), "{name}");
}
