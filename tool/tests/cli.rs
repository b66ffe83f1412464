//! The program as people run it: what it prints, and its exit codes.

mod common;

use common::{TITLE, two_of_one_title};
use std::path::Path;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_policygraph");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    Command::new(program).args(arguments).current_dir(root).output().unwrap()
}

/// Runs a command that must exit with 0, and returns what it prints.
#[track_caller]
fn page(arguments: &[&str]) -> String {
    let output = run(arguments);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a command that must exit with 2, and returns its message.
#[track_caller]
fn refusal(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn nodes_are_shown_by_the_names_that_people_type() {
    let measure = page(&["show", "sx-2025/8"]);
    assert!(measure.contains("58 → 30 工作日") && measure.contains("山西省药品监督管理局"));
    assert!(
        page(&["show", "山西省药监局"]).starts_with("agency:山西省药品监督管理局  agency (机关)")
    );
    assert!(page(&["show", "国办发[2024]53号"]).starts_with("policy:国办发〔2024〕53号"));
    let json: serde_json::Value = serde_json::from_str(&page(&["show", "疫苗", "--json"])).unwrap();
    assert_eq!(json["key"], "product:疫苗");
    assert!(refusal(&["show", "疫苖"]).contains("product:疫苗"));
}

#[test]
fn questions_about_the_built_in_documents_have_answers() {
    let duties = page(&["duties", "山西省药监局"]);
    assert!(duties.contains("sx-2025/8") && duties.contains("sole (负责)"), "{duties}");
    let due = page(&["due", "--from", "2025-04-01", "--within", "30d"]);
    assert!(due.contains("2025-04-18") && due.contains("nm-2022-26/4"));
    let none = page(&["due", "--from", "1999-01-01", "--within", "1w"]);
    assert!(none.contains("Nothing is due."));
    assert!(page(&["similar", "sx-2025/12"]).contains("+ 0."));
    assert!(page(&["similar", "罕见病用药品注册检验批次", "-n", "1"]).contains("sx-2025/12"));
    assert!(page(&["align", "sx-2025", "nm-2025-18"]).contains("Without a counterpart"));
    assert!(page(&["coverage"]).contains("国办发〔2024〕53号"));
    assert!(page(&["coverage", "--regions"]).contains("山西省"));
    assert!(page(&["reuse", "sx-2025", "-n", "3"]).contains("characters"));
    assert!(page(&["asof", "2026-01-01"]).contains("in force ("));
    assert!(page(&["radar"]).contains("依据变动"));
    assert!(page(&["completions", "bash"]).contains("policygraph"));
}

#[test]
fn every_answer_has_a_form_for_programs() {
    for arguments in [
        &["duties", "山西省药监局"][..],
        &["due", "--from", "2025-04-01"],
        &["similar", "sx-2025/12"],
        &["align", "sx-2025", "nm-2025-18"],
        &["coverage"],
        &["reuse"],
        &["reuse", "--near"],
        &["asof", "2026-01-01"],
        &["radar"],
    ] {
        let lines = page(&[arguments, &["--json"]].concat());
        for line in lines.lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(value.is_object(), "{arguments:?}: {line}");
        }
    }
}

#[test]
fn a_corpus_is_a_folder_files_lines_or_a_saved_graph() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (graph, lines) = (path("seeds.graph"), path("seeds.jsonl"));
    page(&["build", "data/seeds", "-o", &graph, "-q"]);
    assert!(Path::new(&path("seeds.graph.index")).exists());
    page(&["read", "data/seeds", "-o", &lines, "-q"]);
    let file = "data/seeds/sx-2025.txt";
    for corpus in ["data/seeds", file, &lines, &graph] {
        let show = page(&["show", "sx-2025.txt/8", "-c", corpus, "-q"]);
        assert!(show.contains("58 → 30 工作日"), "{corpus}");
    }
    let [one, other] = [&graph, &lines]
        .map(|corpus| page(&["similar", "sx-2025.txt/12", "--json", "-q", "-c", corpus]));
    assert_eq!(one, other);
    assert!(refusal(&["build", "data/seeds", "-o", &graph]).contains("--force"));
    let parts = page(&["asof", "2026-01-01", "--split", "-c", "data/seeds", "-q"]);
    assert!(parts.contains("digest-2025-06.txt#9"));
}

#[test]
fn a_file_that_cannot_be_read_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::write(root.join("好.txt"), "一、加强药品监管。省药监局负责。").unwrap();
    std::fs::write(root.join("bad.txt"), b"\x89PNG\r\n\x1A\n\x00\x01").unwrap();
    std::fs::write(root.join("cut.docx"), b"PK\x03\x04word/document.xml").unwrap();
    std::fs::write(root.join("table.xls"), b"\xD0\xCF\x11\xE0").unwrap();
    let root = root.to_string_lossy();
    let output = run(&["read", &root]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
    let error = String::from_utf8(output.stderr).unwrap();
    for name in ["bad.txt", "cut.docx", ".xls"] {
        assert!(error.contains(name), "{name}: {error}");
    }
    let none = tempfile::tempdir().unwrap();
    assert!(refusal(&["read", &none.path().to_string_lossy()]).contains("nothing was read"));
    assert!(refusal(&["read", "no-such-folder"]).contains("no-such-folder"));
    assert!(refusal(&["show", "sx", "-c", "no-such-folder"]).contains("no-such-folder"));
}

#[test]
fn changes_between_two_files_are_listed_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (old, new) = (path("old.txt"), path("new.txt"));
    let text = "某某市关于供水保障的若干措施\n一、改造管网。更换管道。(市水务局负责)\n\
        二、检测水质。每季度检测1次。(市水务局负责)";
    std::fs::write(&old, text).unwrap();
    std::fs::write(
        &new,
        text.replace("每季度检测1次", "每月检测2次")
            .replace("一、", "一、宣传节水。办节水周。\n二、"),
    )
    .unwrap();
    let page = page(&["diff", &old, &new]);
    assert!(page.contains("1 added, 0 removed, 0 moved, 1 altered"), "{page}");
    assert!(page.contains("每〔季度〕检测〔1〕次"), "{page}");
}

#[test]
fn each_format_is_written_and_nothing_is_replaced_by_accident() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for (format, file) in [
        ("csv", "datapackage.json"),
        ("csv-excel", "measures.csv"),
        ("neo4j", ""),
        ("xlsx", ""),
        ("sqlite", ""),
        ("parquet", "measures.parquet"),
        ("graphml", ""),
        ("turtle", ""),
        ("nquads", ""),
        ("jsonld", ""),
        ("akn", "sx-2025.xml"),
    ] {
        let output = path(format);
        page(&["export", "--to", format, "-o", &output]);
        assert!(Path::new(&output).join(file).exists() || file.is_empty(), "{format}");
        assert!(Path::new(&output).exists(), "{format}");
        assert!(refusal(&["export", "--to", format, "-o", &output]).contains("--force"));
    }
    assert!(refusal(&["export", "--to", "xlsx", "-o", &path("none/a.xlsx")]).contains("none"));
    assert!(refusal(&["export", "--to", "word", "-o", &path("a")]).contains("possible values"));
}

#[test]
fn wrong_arguments_are_refused_with_what_to_do() {
    assert!(refusal(&["due", "--within", "soon"]).contains("90d"));
    assert!(refusal(&["due", "--from", "tomorrow"]).contains("tomorrow"));
    assert!(refusal(&["duties", "山西省药监据"]).contains("山西省药品监督管理局"));
    assert!(refusal(&["align", "sx-2025", "sx-2026"]).contains("sx-2025"));
    assert!(refusal(&["similar", "sx-2025/99"]).contains("sx-2025/28"));
    assert!(refusal(&["coverage", "国办发〔2099〕1号"]).contains("国办发〔2099〕1号"));
    assert!(refusal(&["diff", "sx-2025", "none"]).contains("none"));
}

#[test]
fn the_graph_is_counted_if_no_node_is_named() {
    let census = page(&["show"]);
    assert!(census.contains("measure (措施)") && census.contains("sx-2025"), "{census}");
    let json: serde_json::Value = serde_json::from_str(&page(&["show", "--json"])).unwrap();
    assert_eq!(json["nodes"][0], serde_json::json!(["document", 13]));
}

#[test]
fn records_are_measured_against_gold_of_ones_own() {
    let built_in = page(&["evaluate", "data/gold/documents"]);
    assert!(built_in.contains("documents: 6, measures: 82"), "{built_in}");

    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let gold = |doc: &str| {
        let measure = r#"{ "n": 1, "section": null, "title": "改造管网", "starts": "更换", "ends": "管道。" }"#;
        format!(r#"{{ "doc": "{doc}", "measures": [{measure}] }}"#)
    };
    write("texts/供水.txt", "某某市关于供水保障的若干措施\n一、改造管网。更换管道。");
    write("gold/供水.json", &gold("供水"));
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (texts, folder) = (path("texts"), path("gold"));
    let arguments = ["evaluate", &folder, "-c", &texts, "-q", "--json"];
    let json: serde_json::Value = serde_json::from_str(&page(&arguments)).unwrap();
    assert_eq!(json["overall"]["measures"]["f1"], 1.0);
    assert_eq!(json["by_document"]["供水"]["headings"]["found"], 1);

    write("gold/供热.json", &gold("供热"));
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("供热 is not a document"));
    assert!(refusal(&["evaluate", "no-such-folder"]).contains("no-such-folder"));
    assert!(refusal(&["evaluate", &texts]).contains("no gold record"));
}

#[test]
fn records_are_the_same_on_any_number_of_threads() {
    let [one, two] = ["1", "2"].map(|n| page(&["read", "data/seeds", "--threads", n, "-q"]));
    assert_eq!(one.lines().count(), 5);
    assert!(one == two);
}

#[test]
fn an_existing_output_is_replaced_only_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let lines = folder.path().join("records.jsonl");
    std::fs::write(&lines, "old").unwrap();
    let path = lines.to_string_lossy();
    assert!(refusal(&["read", "data/seeds", "-o", &path, "-q"]).contains("--force"));
    assert_eq!(std::fs::read(&lines).unwrap(), b"old");
    page(&["read", "data/seeds", "-o", &path, "-q", "--force"]);
    assert_eq!(std::fs::read_to_string(&lines).unwrap().lines().count(), 5);
    let folder = folder.path().to_string_lossy();
    let arguments = ["read", "data/seeds", "-o", &folder, "-q", "--force"];
    assert!(refusal(&arguments).contains("is a folder"));
}

/// A limit of the size of files stands for a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let full = |arguments: &[&str]| {
        let limited = "trap '' XFSZ; ulimit -f 4; exec \"$@\"";
        let program = ["-c", limited, "sh", env!("CARGO_BIN_EXE_policygraph")];
        let mut command = Command::new("sh");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        command.args(program).args(arguments).current_dir(root).output().unwrap()
    };
    let check = |name: &str, arguments: &[&str]| {
        let path = folder.path().join(name);
        std::fs::write(&path, "old").unwrap();
        let output = path.to_string_lossy();
        let output = full(&[arguments, &["--force", "-o", &output]].concat());
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {error}");
        assert!(error.contains(name), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), b"old", "{name}");
    };
    check("records.jsonl", &["read", "data/seeds", "-q"]);
    check("policies.graph", &["build", "data/seeds", "-q"]);
    for format in ["xlsx", "sqlite", "graphml", "turtle", "nquads", "jsonld"] {
        check(format, &["export", "--to", format]);
    }
    for (format, file) in
        [("csv", "measures.csv"), ("parquet", "texts.parquet"), ("akn", "sx-2025.xml")]
    {
        let path = folder.path().join("of-".to_owned() + format);
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join(file), "old").unwrap();
        let output = full(&["export", "--to", format, "--force", "-o", &path.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(2), "{format}");
        assert_eq!(std::fs::read(path.join(file)).unwrap(), b"old", "{format}");
    }
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 11, "temporary files are left");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_takes_nothing_is_an_error() {
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    for arguments in
        [&["read", "data/seeds", "-q"][..], &["show", "sx-2025/8"], &["duties", "省药监局"]]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_policygraph"));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let output = command.args(arguments).current_dir(root).stdout(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

/// A pipe that nobody writes would never end, and a name can contain control characters.
#[cfg(unix)]
#[test]
fn special_files_are_passed_over_and_names_are_escaped() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.txt"), "一、加强药品监管。省药监局负责。").unwrap();
    std::fs::write(path("\u{1b}[31m\u{202e}.txt"), "").unwrap();
    assert!(Command::new("mkfifo").arg(path("pipe.txt")).status().unwrap().success());
    std::os::unix::fs::symlink("pipe.txt", path("link.txt")).unwrap();
    let output = run(&["read", &folder.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("is empty"), "{error}");
    assert!(error.contains("link.txt: a device, pipe or socket"), "{error}");
    let is_control =
        |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    assert!(!error.contains(is_control), "{error:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_opened_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::write(folder.path().join("a.txt"), "一、加强药品监管。省药监局负责。").unwrap();
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o000)).unwrap();
    // The superuser opens any folder.
    if std::fs::read_dir(&closed).is_err() {
        assert!(refusal(&["read", &closed.to_string_lossy()]).contains("closed"));
        let output = run(&["read", &folder.path().to_string_lossy()]);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("closed"));
    }
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o700)).unwrap();
}

#[test]
fn a_corpus_without_documents_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.jsonl");
    std::fs::write(&empty, "").unwrap();
    let corpora = [folder.path().join("none"), empty];
    std::fs::create_dir(&corpora[0]).unwrap();
    for corpus in corpora {
        let corpus = corpus.to_string_lossy();
        let output = folder.path().join("output").to_string_lossy().into_owned();
        for arguments in [
            &["show"][..],
            &["radar"],
            &["build", "-o", &output],
            &["export", "--to", "csv", "-o", &output],
        ] {
            let message = refusal(&[arguments, &["-c", &corpus]].concat());
            assert!(message.contains("nothing was read"), "{arguments:?}: {message}");
        }
        assert!(!Path::new(&output).exists());
    }
}

#[test]
fn an_unknown_name_is_refused_with_the_nearest_ones() {
    for (arguments, nearest) in [
        (&["show", "sx-2025/99"][..], "sx-2025/1 to sx-2025/28"),
        (&["show", "山西省药监句"], "agency:山西省药品监督管理局"),
        (&["duties", "山西省药监句"], "山西省药品监督管理局"),
        (&["due", "--agency", "山西省药监句"], "山西省药品监督管理局"),
        (&["similar", "sx-2025/99"], "sx-2025/1 to sx-2025/28"),
        (&["similar", "sx-2052/1"], "sx-2025"),
        (&["align", "sx-2052", "nm-2025-18"], "sx-2025"),
        (&["coverage", "国办发〔2024〕35号"], "nearest: 国务院办公厅"),
        (&["reuse", "sx-2052"], "sx-2025"),
        (&["reuse", "sx-2025/99"], "sx-2025/1 to sx-2025/28"),
        (&["diff", "sx-2052", "nm-2025-18"], "sx-2025"),
    ] {
        let message = refusal(arguments);
        assert!(message.contains(nearest), "{arguments:?}: {message}");
    }
}

#[test]
fn duties_of_a_document_without_measures_are_listed() {
    for (agency, role) in [("四川省药监局", "lead"), ("重庆市药监局", "support")] {
        let lines = page(&["duties", agency, "--json"]);
        let mut lines =
            lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let duty = lines.find(|duty| duty["key"] == "document:sc-cq-community").unwrap();
        assert_eq!(duty["role"], role);
    }
}

#[test]
fn a_name_of_several_documents_is_refused_with_their_keys() {
    let folder = two_of_one_title();
    let corpus = folder.path().to_string_lossy();
    for arguments in [&["show", TITLE][..], &["align", TITLE, "a.txt"]] {
        let message = refusal(&[arguments, &["-q", "-c", &corpus]].concat());
        assert!(message.contains("is the name of several nodes"), "{message}");
        assert!(message.contains("document:a.txt") && message.contains("document:b.txt"));
    }
}

#[test]
fn duplicates_are_left_out_unless_they_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let text = "关于加强药品监管的通知\n\n一、加强疫苗监管。省药监局负责。\n".repeat(3);
    for name in ["one.txt", "two.txt"] {
        std::fs::write(folder.path().join(name), &text).unwrap();
    }
    let corpus = folder.path().to_str().unwrap();
    let documents = |more: &[&str]| {
        let asked = page(&[&["asof", "2026-01-01", "--json", "--corpus", corpus], more].concat());
        asked.lines().count()
    };
    assert_eq!((documents(&[]), documents(&["--keep-duplicates"])), (1, 2));
}
