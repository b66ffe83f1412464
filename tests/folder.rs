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
        ("office.txt", "is a document of an old office program"),
        ("page.html", "is a"),
        ("vast.txt", "is larger than 1 GiB"),
        ("zip.md", "is an archive (zip)"),
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
    let files = ["b/a.txt", "a.HTM", "a.txt", "a/1/c.md", ".git/a.txt", ".a.txt", "a.png", "c"];
    let root = folder("keys", files.map(|key| (key, b"x".to_vec())));
    let folder = Folder::open(&root).unwrap();
    assert_eq!(keys(&folder), ["a.HTM", "a.txt", "a/1/c.md", "b/a.txt"]);
    assert_eq!(folder.others, ["a.png", "c"].map(|name| root.join(name)));
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
fn every_entry_is_in_one_list_and_special_files_are_not_opened() {
    use policygraph::folder::SkipReason::{Hidden, LinkToFolder, Special};
    use std::ffi::OsStr;
    use std::os::unix::{ffi::OsStrExt, fs::symlink};
    use std::process::Command;

    let files = ["a/a.txt", "zero.txt", ".git/a.txt", ".a.txt", "b.png"];
    let root = folder("entries", files.map(|key| (key, b"x".to_vec())));
    fs::write(root.join("zero.txt"), "").unwrap();
    symlink(&root, root.join("a/round.txt")).unwrap();
    symlink("a", root.join("again")).unwrap();
    symlink(root.join("a/a.txt"), root.join("b.txt")).unwrap();
    symlink("nowhere", root.join("c.txt")).unwrap();
    symlink("loop-b.txt", root.join("loop-a.txt")).unwrap();
    symlink("loop-a.txt", root.join("loop-b.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(root.join("pipe.txt")).status().unwrap().success());
    symlink("pipe.txt", root.join("pipe-link.txt")).unwrap();
    symlink("/dev/zero", root.join("device.txt")).unwrap();
    // A kernel interface: a regular file of 0 bytes, from which reading blocks or never ends.
    symlink("/proc/self/status", root.join("kernel.txt")).unwrap();
    fs::write(root.join(OsStr::from_bytes(b"\xB4\xEB.txt")), "x").unwrap();

    let folder = Folder::open(&root).unwrap();
    assert_eq!(keys(&folder), ["a/a.txt", "b.txt", "kernel.txt", "zero.txt"]);
    assert_eq!(folder.others, [root.join("b.png")]);
    let skipped: Vec<_> = folder.skipped.iter().map(|of| (of.path.clone(), of.reason)).collect();
    let expected = [
        (".a.txt", Hidden),
        (".git", Hidden),
        ("a/round.txt", LinkToFolder),
        ("again", LinkToFolder),
        ("device.txt", Special),
        ("pipe-link.txt", Special),
        ("pipe.txt", Special),
    ];
    assert_eq!(skipped, expected.map(|(name, reason)| (root.join(name), reason)));
    let errors: Vec<String> = folder.errors.iter().map(Error::to_string).collect();
    let [dangling, first, second, name] = &errors[..] else { panic!("{errors:?}") };
    assert!(dangling.contains("c.txt: cannot be read"), "{dangling}");
    assert!(first.contains("loop-a.txt: cannot be read"), "{first}");
    assert!(second.contains("loop-b.txt: cannot be read"), "{second}");
    assert!(name.ends_with("\\xB4\\xEB.txt: has a name that is not Unicode"), "{name}");

    let results = read(&folder);
    let whys = results.iter().map(|result| result.as_ref().err().map(Error::to_string));
    let empty = |name| Some(format!("{}: is empty", root.join(name).display()));
    assert_eq!(whys.collect::<Vec<_>>(), [None, None, empty("kernel.txt"), empty("zero.txt")]);

    // A file that is replaced by a pipe after it was listed.
    fs::remove_file(root.join("a/a.txt")).unwrap();
    fs::rename(root.join("pipe.txt"), root.join("a/a.txt")).unwrap();
    let error = folder.files[0].read(Lexicon::builtin()).unwrap_err().to_string();
    assert!(error.ends_with("cannot be read: it is not a regular file"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_name_with_control_characters_is_escaped_in_messages() {
    let root = folder("control", [("\u{1b}[31m\u{202e}\n.txt", Vec::new())]);
    let folder = Folder::open(&root).unwrap();
    let error = folder.files[0].read(Lexicon::builtin()).unwrap_err();
    assert!(error.to_string().ends_with(r"/\u{1b}[31m\u{202e}\n.txt: is empty"), "{error}");
    assert!(error.place().ends_with("\u{202e}\n.txt"), "the place is the path itself");
}

#[cfg(not(feature = "html"))]
#[test]
fn a_page_without_the_feature_is_reported_by_its_path() {
    let root = folder("page", [("a/page.html", b"<p>x".to_vec())]);
    let folder = Folder::open(&root).unwrap();
    let error = folder.files[0].read(Lexicon::builtin()).unwrap_err();
    assert_eq!(error.place(), root.join("a/page.html").display().to_string());
}

/// A notice of an office with `number` and `items`.
fn notice(office: &str, number: &str, items: &str) -> String {
    format!(
        "{office}关于规范农村供水收费的通知\n{number}\n各县水务局:\n为规范收费行为,现将有关事项通知如下。\n\
         {items}\n{office}\n2025年5月6日\n"
    )
}

#[test]
fn a_document_in_several_files_is_read_once_with_a_note() {
    const OFFICE: &str = "陕西省水利厅";
    let items =
        "一、各县每季度至少公布一次水价和水质检测结果。\n二、收费应当出具票据并且接受用户监督。\n";
    let text = notice(OFFICE, "陕水发〔2025〕12号", items);
    let extract =
        notice(OFFICE, "陕水发〔2025〕12号", "一、各县每季度至少公布一次水价和水质检测结果。");
    let unnumbered = text.replace("陕水发〔2025〕12号\n", "");
    let files = [
        ("b/extract.txt", extract),
        ("b/notice.md", format!("# {text}")),
        ("notice.txt", text.replace("。\n", "。\r\n")),
        ("unnumbered.txt", unnumbered),
        // Other documents of the same title.
        ("other-number.txt", notice(OFFICE, "陕水发〔2024〕9号", items)),
        ("other-office.txt", notice("安徽省水利厅", "2025年第12号", items)),
        ("draft.txt", text.replacen("通知", "通知(征求意见稿)", 1)),
    ];
    let root = folder("duplicates", files.iter().map(|(key, text)| (*key, text.clone().into())));
    let folder = Folder::open(&root).unwrap();

    let loaded = folder.corpus(Lexicon::builtin());
    let keys: Vec<&str> = loaded.corpus.iter().map(|record| record.key.as_str()).collect();
    assert_eq!(keys, ["draft.txt", "notice.txt", "other-number.txt", "other-office.txt"]);
    let duplicates = loaded.duplicates.iter();
    let duplicates: Vec<String> =
        duplicates.map(|of| format!("{} of {}: {}", of.key, of.kept, of.by)).collect();
    assert_eq!(
        duplicates,
        [
            "b/extract.txt of notice.txt: same title and number",
            "b/notice.md of notice.txt: same title and number",
            "unnumbered.txt of notice.txt: same text",
        ]
    );
    let kept = loaded.corpus.get("notice.txt").unwrap();
    let named = |key: &str| kept.notes.iter().any(|note| note.message.contains(key));
    assert!(["b/extract.txt", "b/notice.md", "unnumbered.txt"].into_iter().all(named));

    let records: Vec<Record> = read(&folder).into_iter().map(Result::unwrap).collect();
    let found = |records: &mut dyn Iterator<Item = &Record>| {
        let mut duplicates = policygraph::corpus::Duplicates::new();
        records.for_each(|record| duplicates.add(record));
        duplicates.find()
    };
    assert_eq!(found(&mut records.iter()), loaded.duplicates);
    assert_eq!(found(&mut records.iter().rev()), loaded.duplicates);
}

#[cfg(feature = "html")]
#[test]
fn a_page_and_its_text_are_one_document() {
    let text = text();
    let paragraphs: String = text.lines().map(|line| format!("<p>{line}</p>\n")).collect();
    let title = "<title>通知公告-某某网</title>";
    let page = format!(
        "<html><head>{title}</head><body><nav>首页 政务公开</nav>{paragraphs}</body></html>"
    );
    let files = [("a.txt", text.into_bytes()), ("b.html", page.into_bytes())];
    let loaded = Folder::open(folder("page-and-text", files)).unwrap().corpus(Lexicon::builtin());
    assert_eq!((loaded.corpus.len(), loaded.duplicates.len()), (1, 1));
}

#[test]
fn two_versions_of_a_law_are_two_documents() {
    let version = |amended: &str| {
        let articles: String = ["规划", "建设", "监督"]
            .map(|word| format!("第X条 城乡{word}应当符合本法的规定并且依法公开。\n"))
            .concat();
        format!("城乡规划法\n(2007年10月28日通过{amended})\n{articles}").into_bytes()
    };
    let files = [("2007.txt", version("")), ("2019.txt", version(" 根据2019年4月23日决定修正"))];
    let loaded = Folder::open(folder("versions", files)).unwrap().corpus(Lexicon::builtin());
    assert_eq!((loaded.corpus.len(), loaded.duplicates.len()), (2, 0));
}

#[test]
fn finding_duplicates_is_linear_in_the_records() {
    // One title, one number and one text for half of them: comparisons are bounded.
    let mut duplicates = policygraph::corpus::Duplicates::new();
    let text = notice("陕西省水利厅", "陕水发〔2025〕12号", "一、公布水价。");
    let mut record = policygraph::read(Lexicon::builtin(), "", text);
    for n in 0..20_000 {
        record.key = format!("{n:05}");
        if let Some(number) = record.number.as_mut().filter(|_| n % 2 == 1) {
            number.value = format!("陕水发〔2025〕{n}号");
        }
        duplicates.add(&record);
    }
    assert!(duplicates.find().len() < 10_000);
}
